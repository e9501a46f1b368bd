import type { AnyRule } from "./rule";
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
import { environment } from "./rules/L17-environment";
import { protectedBranches } from "./rules/L18-protected-branches";
import { pullRequestRefs } from "./rules/L19-pull-request-refs";
import { subjectForm } from "./rules/L20-subject-form";
import { hyphenIds } from "./rules/L21-hyphen-ids";
import { letterCase } from "./rules/L22-letter-case";
import { rawColon } from "./rules/L23-raw-colon";
import { audience } from "./rules/L24-audience";
import { issuerMismatch } from "./rules/L25-issuer-mismatch";
import { refAsProof } from "./rules/L26-ref-as-proof";
import { subjectTemplate } from "./rules/L27-subject-template";
import { policyLength } from "./rules/L28-policy-length";
import { sessionLength } from "./rules/L29-session-length";
import { broadAdministrator } from "./rules/L30-broad-administrator";
import { workflow } from "./rules/L31-workflow";
import { everybody } from "./rules/L32-everybody";
import { saidTwice } from "./rules/L33-said-twice";
import { coveredStatement } from "./rules/L34-covered-statement";
import { neverMinted } from "./rules/L35-never-minted";
import { trustNotKnown } from "./rules/L36-trust-not-known";
import { suppression } from "./rules/L37-suppression";
import { pastedArn } from "./rules/L38-pasted-arn";
import { neverAdmitted } from "./rules/L39-never-admitted";
import { unusedRole } from "./rules/L40-unused-role";
import { migration } from "./rules/L41-migration";
import { otherCall } from "./rules/L42-other-call";
import { nobody } from "./rules/L43-nobody";
import { foreignProvider } from "./rules/L44-foreign-provider";
import { anyEnvironment } from "./rules/L45-any-environment";

/** Every rule, by its id. A new one needs a line here. */
export const RULES: readonly AnyRule[] = [
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
  environment,
  protectedBranches,
  pullRequestRefs,
  subjectForm,
  hyphenIds,
  letterCase,
  rawColon,
  audience,
  issuerMismatch,
  refAsProof,
  subjectTemplate,
  policyLength,
  sessionLength,
  broadAdministrator,
  workflow,
  everybody,
  saidTwice,
  coveredStatement,
  neverMinted,
  trustNotKnown,
  suppression,
  pastedArn,
  neverAdmitted,
  unusedRole,
  migration,
  otherCall,
  nobody,
  foreignProvider,
  anyEnvironment,
];

/** The rule of an id, in whatever case, with a zero or without: `L1`, `l01`. `undefined` for none. */
export function findRule(id: string): AnyRule | undefined {
  const number = /^l0*([0-9]+)$/i.exec(id)?.[1];
  return number === undefined ? undefined : RULES.find(({ id: own }) => own === `L${number}`);
}
