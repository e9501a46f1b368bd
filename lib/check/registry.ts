import type { Rule } from "./rule";
import { noSubject } from "./rules/L01-no-subject";
import { anyOwner } from "./rules/L02-any-owner";
import { anyRepository } from "./rules/L03-any-repository";
import { unterminatedName } from "./rules/L04-unterminated-name";
import { anyId } from "./rules/L05-any-id";
import { everyJob } from "./rules/L06-every-job";
import { pullRequest } from "./rules/L07-pull-request";
import { branchPrefix } from "./rules/L08-branch-prefix";
import { looseValue } from "./rules/L09-loose-value";
import { looseStatement } from "./rules/L10-loose-statement";
import { literalWildcard } from "./rules/L11-literal-wildcard";
import { vacuousGuard } from "./rules/L12-vacuous-guard";
import { unknownKey } from "./rules/L13-unknown-key";
import { workflowAlone } from "./rules/L14-workflow-alone";
import { mutableWorkflow } from "./rules/L15-mutable-workflow";
import { claimOfChoice } from "./rules/L16-claim-of-choice";
import { hyphenIds } from "./rules/L21-hyphen-ids";
import { letterCase } from "./rules/L22-letter-case";
import { rawColon } from "./rules/L23-raw-colon";
import { audience } from "./rules/L24-audience";
import { issuerMismatch } from "./rules/L25-issuer-mismatch";
import { refAsProof } from "./rules/L26-ref-as-proof";
import { policyLength } from "./rules/L28-policy-length";
import { everybody } from "./rules/L32-everybody";
import { saidTwice } from "./rules/L33-said-twice";
import { coveredStatement } from "./rules/L34-covered-statement";
import { neverMinted } from "./rules/L35-never-minted";

/** Every rule, by its id. A new one needs a line here. */
export const RULES: readonly Rule[] = [
  noSubject,
  anyOwner,
  anyRepository,
  unterminatedName,
  anyId,
  everyJob,
  pullRequest,
  branchPrefix,
  looseValue,
  looseStatement,
  literalWildcard,
  vacuousGuard,
  unknownKey,
  workflowAlone,
  mutableWorkflow,
  claimOfChoice,
  hyphenIds,
  letterCase,
  rawColon,
  audience,
  issuerMismatch,
  refAsProof,
  policyLength,
  everybody,
  saidTwice,
  coveredStatement,
  neverMinted,
];

/** The rule of an id, in whatever case, with a zero or without: `L1`, `l01`. `undefined` for none. */
export function findRule(id: string): Rule | undefined {
  const number = /^l0*([0-9]+)$/i.exec(id)?.[1];
  return number === undefined ? undefined : RULES.find(({ id: own }) => own === `L${number}`);
}
