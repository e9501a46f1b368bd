import { quoted } from "../../aws/policy/position";
import { MAIN, statements, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const condition = { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } };

export const everybody: TrustRule = {
  id: "L32",
  title: "Everybody as principal",
  severity: "error",
  explanation: 'A "*" as principal stands for every identity provider of the account, also one that is added tomorrow, for every AWS account and for anonymous callers. A condition on one issuer\'s keys is then all that stands in the way.',
  remedy: "Name the ARN of the OIDC provider under Federated.",
  source: SOURCES.principal,
  appliesTo: "trustPolicy",
  compliant: [subject("the provider", MAIN)],
  nonCompliant: [statements("everybody", { principal: "*", condition }), statements("any provider", { principal: { Federated: "*" }, condition })],
  check: ({ admitted }) =>
    admitted.admissions
      .filter(({ source }) => source.issuer === undefined)
      .map(({ source: { principal } }) => ({ position: principal.position, message: `principal ${quoted(principal.value)} is everybody, and not GitHub's provider`, fix: 'write {"Federated": "arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com"}' })),
};
