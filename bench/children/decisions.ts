/**
 * Measures decisions on the trust policy of a typical role, by the toolkit and by the outside tool in turn.
 *
 * The outside tool's `runSimulation` drops `sub` and `aud` from the context, and its `runUnsafeSimulation`
 * fails on resource policies: a trust policy as it stands cannot be decided with either. So it is given the
 * closest work that is no more than the toolkit's: the same statements, condition for condition, as an
 * identity policy (without a principal to compare), by `runUnsafeSimulation`, which leaves validation out,
 * and of the context nothing but the two keys that the policy asks for. It has no way to prepare a policy.
 * Both must agree on every context.
 */
import assert from "node:assert";
import { allows, prepare, type RequestContext } from "../../lib/aws/policy/evaluate";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import { conditionKeys } from "../../lib/aws/token-keys";
import { trustPolicy } from "../../lib/aws/trust-policy";
import type { GithubJob } from "../../lib/github/job";
import { mintClaims } from "../../lib/github/token";
import type { DecisionRates } from "../decision-rates";
import { COMMON } from "../generate";
import { isInstalled, loadOutsideTool, type Simulation } from "../outside-tool";

const ISSUER = "token.actions.githubusercontent.com";
const ACCOUNT = "111122223333";
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
const ACTION = "sts:AssumeRoleWithWebIdentity";
const REPOSITORY = `${COMMON.owner}/service`;
/** Processor time that one measurement takes about. */
const MILLISECONDS = 300;

/** An environment, a branch, and a pattern of tags. */
const POLICY = trustPolicy({
  providerArn: PROVIDER,
  issuer: ISSUER,
  audiences: ["sts.amazonaws.com"],
  alternatives: ["environment:production", "ref:refs/heads/main", "ref:refs/tags/v*"].map((context) => ({
    sub: [`repo:${REPOSITORY}:${context}`],
  })),
});

/** Half of them are let in. */
const JOBS: readonly GithubJob[] = [
  { repository: REPOSITORY, environment: "production" },
  { repository: REPOSITORY, environment: "staging" },
  { repository: REPOSITORY, branch: "main" },
  { repository: REPOSITORY, branch: "topic" },
  { repository: REPOSITORY, tag: "v1.2.3" },
  { repository: REPOSITORY, pullRequest: 7 },
  { repository: REPOSITORY, tag: "v2.0.0-rc.1" },
  { repository: `${COMMON.owner}/service-of-others`, environment: "production" },
];

/** A thing to decide, each time the next context. */
type Decide = (index: number) => boolean;

function toolkit(): Decide {
  const { document } = parseTrustDocument(JSON.stringify(POLICY));
  assert(document, "the policy cannot be read");
  const policy = prepare(document);
  const contexts = JOBS.map((job): RequestContext => ({
    action: ACTION,
    principal: { kind: "Federated", value: PROVIDER },
    keys: conditionKeys(mintClaims(job), {
      issuer: ISSUER,
      partition: "aws",
      providerArn: PROVIDER,
      roleSessionName: "deploy",
    }),
  }));
  return (index) => allows(policy, contexts[index % contexts.length] as RequestContext);
}

function outside(): Decide {
  const { runUnsafeSimulation } = loadOutsideTool();
  const resource = `arn:aws:iam::${ACCOUNT}:role/service-production`;
  const policy = {
    Version: POLICY.Version,
    Statement: POLICY.Statement.map(({ Effect, Action, Condition }) => ({
      Effect,
      Action,
      Condition,
      Resource: resource,
    })),
  };
  const simulations = JOBS.map(mintClaims).map(({ sub, aud }): Simulation => ({
    request: {
      principal: `arn:aws:iam::${ACCOUNT}:user/someone`,
      action: ACTION,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: { [`${ISSUER}:sub`]: sub, [`${ISSUER}:aud`]: aud },
    },
    identityPolicies: [{ name: "trust", policy }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }));
  return (index) => runUnsafeSimulation(simulations[index % simulations.length] as Simulation, {}) === "Allowed";
}

/** Decisions a second of processor time. */
function rateOf(decide: Decide, count: number): number {
  const start = process.cpuUsage();
  let allowed = 0;
  for (let index = 0; index < count; index++) if (decide(index)) allowed++;
  const { user, system } = process.cpuUsage(start);
  // Also keeps the decisions from being optimized away.
  assert.strictEqual(allowed * 2, count, "half of the contexts are to be allowed");
  return (count * 1e6) / (user + system);
}

/** As many decisions as take about as long as a measurement should; finding out warms the code up. */
function countFor(decide: Decide): number {
  let count = JOBS.length * 100;
  for (;;) {
    const milliseconds = (count * 1000) / rateOf(decide, count);
    if (milliseconds >= MILLISECONDS / 2) return count;
    count *= 2;
  }
}

process.setSourceMapsEnabled(false);
const own = toolkit();
const other = isInstalled() ? outside() : undefined;
if (other)
  assert.deepStrictEqual(
    JOBS.map((_, index) => other(index)),
    JOBS.map((_, index) => own(index)),
    "not the same decisions",
  );
const [ownCount, otherCount] = [countFor(own), other ? countFor(other) : 0];
const rates: { [kind in keyof DecisionRates]: number[] } = { toolkit: [], outside: [] };
for (let round = 0; round < Number(process.argv[2]); round++) {
  rates.toolkit.push(rateOf(own, ownCount));
  if (other) rates.outside.push(rateOf(other, otherCount));
}
console.log(JSON.stringify(rates));
