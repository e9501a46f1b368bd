import type { AdmissionChange, PermissionChange, ProtectionChange, Who } from "../../lib/access/difference/schema";
import type { Gate, Review } from "../../lib/review/review";
import type { Level } from "./step";

/** What is said on the page of the run. Its texts hold names as they are: whoever prints it escapes them. */
export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** Of each level, from the review: GitHub shows ten of a step, and what becomes of the comment is to be among them. */
const MOST = 8;

/**
 * The review in few words: an error is what fails the step, a warning what gives more access or may, a notice what is
 * left. The worst comes first, and what is too many is counted.
 */
export function annotationsOf(review: Review, gate: Gate, closed: boolean): Annotation[] {
  const error: Annotation[] = closed ? [{ level: "error", title: "The gate is closed", message: `${review.summary.headline} (fail-on: ${gate})` }] : [];
  return [...error, ...atMost(warnings(review)), ...atMost(notices(review))];
}

function warnings(review: Review): Annotation[] {
  const warning = (title: string, message: string): Annotation => ({ level: "warning", title, message });
  return [
    ...review.plans.filter(({ errored }) => errored).map(({ file }) => warning("A plan ended with an error", `${file} does not say all that would change`)),
    ...review.gained.map((change) => warning("Access gained", admission(change))),
    ...review.widened.map((change) => warning("Access widened", admission(change))),
    ...review.unknown.filter(({ mayAdmit }) => mayAdmit).map(({ what, reason }) => warning("May give access", `${what}: ${reason}`)),
    ...review.permissions.filter(raises).map((change) => warning("Permissions raised", `${change.role} in ${change.account}: ${change.change}: ${change.what}`)),
    ...review.protection.filter(({ direction }) => direction !== "stronger").map((change) => warning(change.direction === "weaker" ? "Protection weakened" : "Protection changed", protection(change))),
    ...review.findings.new.filter(({ severity }) => severity === "error").map(({ rule, message, fix }) => warning(`New finding ${rule}`, `${message}. Fix: ${fix}`)),
  ];
}

function notices(review: Review): Annotation[] {
  const notice = (title: string, message: string): Annotation => ({ level: "notice", title, message });
  const { drift } = review.summary;
  return [
    ...(drift === 0 ? [] : [notice("Changed outside Terraform", `${drift} ${drift === 1 ? "change" : "changes"} of access since the last apply: see the report`)]),
    ...review.unknown.filter(({ mayAdmit }) => !mayAdmit).map(({ what, reason }) => notice("Not known", `${what}: ${reason}`)),
  ];
}

/** Whether a role comes to do more by it, in kind and not only in number. */
const raises = ({ direction, before, after, because }: PermissionChange): boolean => direction === "more" && (before !== after || because.length > 0);

const admission = ({ who, role, account, certain }: AdmissionChange): string => `${who.map(whoWords).join("; ") || "somebody"} ${certain ? "may now" : "might now"} assume ${role} in ${account}`;

const whoWords = ({ kind, jobs, repository, principal, subjects }: Who): string => (kind === "principal" ? (principal ?? "an AWS principal") : `${jobs.join(", ") || subjects.join(", ") || "jobs"} of ${repository ?? "an unknown repository"}`);

function protection({ repository, environment, aspect, before, after }: ProtectionChange): string {
  const place = environment === null ? (repository ?? "the organization") : `environment ${environment} of ${repository ?? "an unknown repository"}`;
  return `${place}: ${aspect}: ${before} → ${after}`;
}

function atMost(annotations: readonly Annotation[]): Annotation[] {
  const [first] = annotations;
  if (!first || annotations.length <= MOST) return [...annotations];
  return [...annotations.slice(0, MOST - 1), { level: first.level, title: "And more", message: `${annotations.length - MOST + 1} more: see the summary of the run` }];
}
