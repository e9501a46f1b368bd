import { fromConfig } from "../../lib/readers/from-config";
import { terraformStatePolicy, type StateBucket } from "../../lib/aws/terraform-state";
import { policyLength, type PolicyDocument } from "../../lib/aws/policy-document";
import { Access } from "../../lib/config/access";
import type { AccessConfig, RepositoryRoleConfig } from "../../lib/config/schema";
import { blockAt } from "../constructs/terraform-json";
import { oneAccount, synthesizeMain } from "../stacks/synthesize";
import { mistakesOf } from "./access-folder";

const MAIN: StateBucket = {
  bucket: "octo-tfstate",
  region: "eu-west-1",
  partition: "aws",
  account: "111122223333",
  lock: "file",
  kmsKeyArn: undefined,
};

const file = (states: AccessConfig["states"], role: Partial<RepositoryRoleConfig>): AccessConfig =>
  oneAccount({ states, repositories: { network: { roles: { plan: { allow: [{ branch: "main" }], ...role } } } } });

const policiesOf = (config: AccessConfig): readonly { readonly name: string; readonly document: PolicyDocument }[] =>
  Access.from(config).account("main").roles[0]?.inlinePolicies ?? [];

describe("states of a file", () => {
  test("are locked with a file, in the account's region and encrypted by S3, unless that is said", () => {
    expect(
      policiesOf(file({ main: { bucket: "octo-tfstate" } }, { state: { key: "network/", access: "write" } })),
    ).toEqual([
      { name: "terraform-state", document: terraformStatePolicy([{ states: MAIN, key: "network/", access: "write" }]) },
    ]);
  });

  test("are what is said of them", () => {
    const kmsKey = "arn:aws:kms:eu-central-1:999999999999:key/1234abcd-12ab-44cd-86ef-1234567890ab";
    const config = file(
      {
        main: {
          bucket: "octo-tfstate",
          account: "main",
          region: "eu-central-1",
          lock: { dynamodbTable: "locks" },
          kmsKey,
        },
      },
      { state: [{ in: "main", key: "network/", access: "lock" }] },
    );
    expect(policiesOf(config)[0]?.document).toEqual(
      terraformStatePolicy([
        {
          states: { ...MAIN, region: "eu-central-1", lock: { dynamodbTable: "locks" }, kmsKeyArn: kmsKey },
          key: "network/",
          access: "lock",
        },
      ]),
    );
  });

  test("are in the account that is named, whatever the role's", () => {
    const accounts = {
      shared: { id: "222233334444", region: "eu-west-3" },
      main: { id: "111122223333", region: "eu-west-1" },
    };
    const { repositories } = file({}, { account: "main", state: { key: "a", access: "lock" } });
    const [role] = Access.from({
      github: { owner: "octo-org" },
      accounts,
      states: { main: { bucket: "octo-tfstate", account: "shared" } },
      repositories,
    }).account("main").roles;
    expect(role?.inlinePolicies[0]?.document).toEqual(
      terraformStatePolicy([
        { states: { ...MAIN, account: "222233334444", region: "eu-west-3" }, key: "a", access: "lock" },
      ]),
    );
  });

  test("make no policy where a role says nothing of them", () => {
    expect(policiesOf(file({ main: { bucket: "octo-tfstate" } }, {}))).toEqual([]);
  });

  test("stand among a role's other policies, in one order", () => {
    const document = { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } } as const;
    expect(
      policiesOf(
        file(
          { main: { bucket: "octo-tfstate" } },
          { state: { key: "network/", access: "read" }, inlinePolicies: { a: document, z: document } },
        ),
      ).map(({ name }) => name),
    ).toEqual(["a", "terraform-state", "z"]);
  });

  test("may have several keys in several buckets, of which each statement names its own", () => {
    const states = { main: { bucket: "octo-tfstate" }, old: { bucket: "octo-old", lock: "none" } } as const;
    const config = file(states, {
      state: [
        { in: "main", key: "network/", access: "write" },
        { in: "old", key: "network/", access: "read" },
      ],
    });
    expect(JSON.stringify(policiesOf(config)[0]?.document)).toContain(
      '"Action":"s3:GetObject","Resource":["arn:aws:s3:::octo-tfstate/network/*","arn:aws:s3:::octo-old/network/*"]',
    );
  });

  test("count among the characters that inline policies may have: the last is accepted, one more is not", () => {
    const rest =
      10_240 - policyLength(JSON.stringify(terraformStatePolicy([{ states: MAIN, key: "a", access: "read" }])));
    const ofLength = (length: number): Record<string, unknown> => {
      const document = (resource: string): Record<string, unknown> => ({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: resource },
      });
      return document(`arn:${"x".repeat(length - policyLength(JSON.stringify(document("arn:"))))}`);
    };
    const config = (length: number): AccessConfig =>
      file(
        { main: { bucket: "octo-tfstate" } },
        { state: { key: "a", access: "read" }, inlinePolicies: { rest: ofLength(length) } },
      );
    expect(mistakesOf(() => Access.from(config(rest)))).toEqual([]);
    expect(mistakesOf(() => Access.from(config(rest + 1)))).toEqual([
      expect.stringContaining("inline policies of 10241 characters together"),
    ]);
  });
});

test("access to states is an inline policy of its own in Terraform, and in the access model", () => {
  const config = oneAccount({
    states: { main: { bucket: "octo-tfstate" } },
    repositories: {
      network: { environments: { production: { role: { state: { key: "network/", access: "write" } } } } },
    },
  });
  const document = terraformStatePolicy([{ states: MAIN, key: "network/", access: "write" }]);
  const { resource } = synthesizeMain({ states: config.states, repositories: config.repositories });
  expect(blockAt(resource, "aws_iam_role_policy.network__production__terraform-state")).toMatchObject({
    name: "terraform-state",
    role: "${aws_iam_role.network__production.name}",
    policy: JSON.stringify(document),
  });
  expect(fromConfig(Access.from(config)).accounts[0]?.roles[0]?.inlinePolicies).toEqual([
    { name: "terraform-state", document: JSON.stringify(document) },
  ]);
});
