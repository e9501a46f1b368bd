// Compiled, as people run it: what loads TypeScript turns every import into a getter, which shows here.
import { oidcProviderArn } from "../../dist/lib/aws/arn";
import { parseTrustDocument } from "../../dist/lib/aws/policy/trust-document";
import { trustPolicy } from "../../dist/lib/aws/trust-policy";
import { RULES } from "../../dist/lib/check/registry";
import { runRules } from "../../dist/lib/check/run";
import { trustPolicySubject } from "../../dist/lib/check/trust/policy-subject";
import { COMMON, type Fleet } from "../generate";
import { probe } from "../probe";

const ISSUER = "token.actions.githubusercontent.com";

/** From the policies' text to the findings: reading them is part of what people wait for. */
probe((fleet) => {
  const policies = policiesOf(fleet);
  return () => {
    const subjects = policies.map(({ file, text }) => trustPolicySubject(file, parseTrustDocument(text))).filter((subject) => subject !== undefined);
    if (subjects.length < policies.length) throw new Error("a policy was refused");
    runRules(RULES, subjects);
  };
});

/** A trust policy for each role: an environment, and of every other repository all tags of versions too. */
function policiesOf({ accounts }: Fleet): { file: string; text: string }[] {
  return accounts.flatMap(({ id, deployments }) =>
    deployments.map(({ repository, roleName }, index) => {
      const subjects = [`environment:${COMMON.environment}`, ...(index % 2 === 0 ? [] : ["ref:refs/tags/v*"])].map((context) => `repo:${COMMON.owner}/${repository}:${context}`);
      const policy = trustPolicy({ providerArn: oidcProviderArn("aws", id, ISSUER) as string, issuer: ISSUER, audiences: ["sts.amazonaws.com"], alternatives: subjects.map((sub) => ({ sub: [sub] })) });
      return { file: `${roleName}.json`, text: JSON.stringify(policy, undefined, 2) };
    }),
  );
}
