import { App } from "cdktf";
import { Access } from "../../lib/config/access";
import { AccountStack } from "../../stacks/account-stack";
import type { Text } from "../../lib/model/model";
import type { StatementModel } from "../../lib/trust/trust-model";

/** The stack of the access file at the root of the project. */
export const sampleStack = (): AccountStack =>
  new AccountStack(new App(), "production", Access.fromFile("access.yaml"));

export const REPOSITORY = "octo-org/web-shop";

const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";

/** A statement about one subject. */
export const statement = (sub: Text, effect: StatementModel["effect"] = "Allow"): StatementModel => ({
  sid: null,
  effect,
  principals: [{ kind: "Federated", value: PROVIDER }],
  notAction: false,
  actions: ["sts:AssumeRoleWithWebIdentity"],
  conditions: [{ operator: "StringLike", key: "token.actions.githubusercontent.com:sub", values: [sub] }],
});

/** Terraform with one role, `deploy`. */
export const terraform = (assumeRolePolicy: string): object => ({
  provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"] }] },
  resource: { aws_iam_role: { deploy: { name: "deploy", assume_role_policy: assumeRolePolicy } } },
});

/** A trust policy as JSON. */
export const policy = (sub: string, audience = "sts.amazonaws.com"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": audience,
            "token.actions.githubusercontent.com:sub": sub,
          },
        },
      },
    ],
  });
