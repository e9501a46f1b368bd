import type { AccessModel, RoleModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { isUnjudged, type Unjudged } from "../trust/reparsed-trust";
import { formatText } from "../trust/text";
import { mintedContexts, trustVerdict, type Mismatch, type TrustVerdict } from "./trust-verdict";
import { mintedBy, type MintOptions, type Possibility } from "./minted";
import { RoleResolver, type ResolvedRole, type RoleInAccount } from "./resolve-role";
import { roleCallsOfJob, type RoleCall } from "./role-calls";
import { trustOf, type RoleTrust } from "./role-trust";
import { runsOf, type Place, type Run } from "./runs";
import { unusedRoles } from "./unused-roles";
import type { Workflow } from "./workflow";

/** A step that asks for a role, in one of the ways that its job may run. */
interface OfCall {
  readonly call: RoleCall;
  /** The workflow that is started. */
  readonly entry: string;
  /** Name of the environment that the job names, with `{?…}` for an expression; empty for none. */
  readonly environment: string;
}

/** What was found of the workflows and the model beside each other. */
export type AgreementFact =
  /** Some token of the job may be admitted. */
  | (OfCall & { readonly kind: "admitted"; readonly role: RoleInAccount })
  /** Nothing can be said. */
  | (OfCall & { readonly kind: "undecided"; readonly because: string })
  /** However the job is started, the role's trust policy refuses its tokens. */
  | (OfCall & {
      readonly kind: "neverAdmitted";
      readonly role: RoleInAccount;
      /** What the job's subjects say behind the repository. */
      readonly mints: readonly string[];
      readonly possibilities: readonly Possibility[];
      readonly mismatch: Mismatch;
      /** What would make it otherwise and is not known; `undefined` when it is certain. */
      readonly unless: "customisedSubject" | undefined;
    })
  /** The job gets no token. `statedAt` says so; `null` where nobody says anything, and GitHub gives none by default. */
  | (OfCall & { readonly kind: "missingPermission"; readonly statedAt: Place | null })
  /**
   * The model has the variable or secret, but in other environments: unless somebody set one by hand, the step
   * has no role. Of an environment that is not the model's, somebody else may have set it.
   */
  | (OfCall & { readonly kind: "noValue"; readonly elsewhere: readonly string[]; readonly isEnvironmentKnown: boolean })
  /** AWS refuses a session that is longer than the role's. */
  | (OfCall & {
      readonly kind: "longSession";
      readonly role: RoleInAccount;
      readonly seconds: number;
      readonly most: number;
    })
  /** A role for this repository alone, which no job of its workflows seems to ask for. */
  | { readonly kind: "unusedRole"; readonly role: RoleInAccount };

type Failing = Extract<AgreementFact, { kind: "neverAdmitted" | "missingPermission" | "noValue" }>;

/**
 * Whether the jobs of a repository's workflows can get the roles that they ask for. Whatever is in doubt is
 * `undecided`: what a job may mint, and what a policy admits, are never taken for less than they are.
 *
 * Subjects are taken to be GitHub's own. Where the model says that the repository's are customised, all is
 * undecided; `unless` marks what a customised subject of which the model does not tell would make otherwise.
 *
 * @param repository `OWNER/NAME`
 * @param workflows all of its workflows: a called one that is not among them is not known
 */
export function agreement(
  model: AccessModel,
  workflows: readonly Workflow[],
  repository: string,
  options: MintOptions = {},
): AgreementFact[] {
  const { runs, isComplete } = runsOf(workflows);
  // Too many to follow: what is left out may be just what succeeds.
  if (!isComplete) return [];
  const context = new Context(model, repository, options);
  const calls = runs.flatMap((run) =>
    roleCallsOfJob(run.job, run.workflow, run.scope).map((call) => ({
      run,
      call,
      resolved: context.resolver.resolve(call.role, run.environment),
    })),
  );
  const outcomes = calls.map(({ run, call, resolved }) => ({
    run,
    call,
    facts: factsOf(call, run, resolved, context),
  }));
  const unused = unusedRoles(model, calls, runs, repository, context).map((role): AgreementFact => ({
    kind: "unusedRole",
    role,
  }));
  return [...withoutSkipped(outcomes), ...unused];
}

/** What decisions about one model and repository share. */
class Context {
  readonly resolver: RoleResolver;
  readonly subjects: "own" | "customised" | "notSaid";
  private readonly trusts = new Map<RoleModel, RoleTrust | Unjudged>();
  private readonly minted = new Map<Run, readonly Possibility[] | undefined>();

  constructor(
    model: AccessModel,
    readonly repository: string,
    private readonly options: MintOptions,
  ) {
    this.resolver = new RoleResolver(model, repository);
    this.subjects = subjectsOf(model, repository);
  }

  trustOf(role: RoleModel): RoleTrust | Unjudged {
    const trust = this.trusts.get(role) ?? trustOf(role);
    this.trusts.set(role, trust);
    return trust;
  }

  mintedBy(run: Run): readonly Possibility[] | undefined {
    if (!this.minted.has(run)) this.minted.set(run, mintedBy(run, this.repository, this.options));
    return this.minted.get(run);
  }
}

/** A template of the organization binds only repositories that opt in, so that it alone says nothing. */
function subjectsOf({ subjectTemplates }: AccessModel, repository: string): Context["subjects"] {
  const own = subjectTemplates.filter(
    (each) => each.repository !== null && (typeof each.repository !== "string" || isSame(each.repository, repository)),
  );
  if (own.length === 0) return "notSaid";
  return own.every(({ claims }) => claims === "default") ? "own" : "customised";
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function factsOf(call: RoleCall, run: Run, resolved: ResolvedRole, context: Context): AgreementFact[] {
  const of: OfCall = { call, entry: run.entry.file, environment: formatText(run.environment) };
  if (run.idToken === "none" || run.idToken === "default")
    return [{ ...of, kind: "missingPermission", statedAt: run.refusedAt }];
  if (resolved.kind === "unknown") return [{ ...of, kind: "undecided", because: resolved.because }];
  if (run.triggers.length === 0 && call.role.kind !== "literal")
    return [{ ...of, kind: "undecided", because: "it is not known who calls the workflow" }];
  if (resolved.kind === "noValue") return [{ ...of, ...resolved }];
  const { found } = resolved;
  const most = found.role.sessionSeconds;
  const isLong = call.durationSeconds !== undefined && !isUnknown(most) && call.durationSeconds > most;
  return [
    ...(isLong ? [{ ...of, kind: "longSession" as const, role: found, seconds: call.durationSeconds, most }] : []),
    admittance(of, run, found, context),
  ];
}

function admittance(of: OfCall, run: Run, role: RoleInAccount, context: Context): AgreementFact {
  const undecided = (because: string): AgreementFact => ({ ...of, kind: "undecided", because });
  const trust = context.trustOf(role.role);
  if (isUnjudged(trust)) return undecided(`the role's trust policy cannot be judged: ${trust.unjudged}`);
  const possibilities = context.mintedBy(run);
  if (!possibilities) return undecided("it is not known who calls the workflow");
  const verdict: TrustVerdict = trustVerdict(trust, possibilities, of.call, context.repository, role.account);
  if (verdict.answer === "undecided") return undecided(verdict.because);
  if (verdict.answer === "admitted") return { ...of, kind: "admitted", role };
  if (context.subjects === "customised") return undecided("the repository's subjects are customised");
  const isCertain =
    !hidesRef(verdict.mismatch) || context.subjects === "own" || trust.lookedUp.has(context.repository.toLowerCase());
  return {
    ...of,
    kind: "neverAdmitted",
    role,
    mints: mintedContexts(possibilities),
    possibilities,
    mismatch: verdict.mismatch,
    unless: isCertain ? undefined : "customisedSubject",
  };
}

/** A customised subject, of repository and ref, is the same with an environment and without. */
const hidesRef = (mismatch: Mismatch): boolean =>
  (mismatch.kind === "environmentHidesRef" || mismatch.kind === "otherEnvironment") &&
  mismatch.asks.some((each) => !each.startsWith("environment:"));

interface Outcome {
  readonly run: Run;
  readonly call: RoleCall;
  readonly facts: readonly AgreementFact[];
}

/**
 * Each fact once. Where an `if` may keep a step from being reached in some of the ways that its job runs, what
 * fails in these says nothing, as long as it does not fail in all of them.
 */
function withoutSkipped(outcomes: readonly Outcome[]): AgreementFact[] {
  const byStep = new Map<string, Outcome[]>();
  for (const each of outcomes) {
    const key = JSON.stringify([each.call.file, each.call.job, each.call.step]);
    byStep.set(key, [...(byStep.get(key) ?? []), each]);
  }
  const facts = [...byStep.values()].flatMap((group) => {
    const isReached = group.some((each) => !each.facts.some(isFailing));
    return group.flatMap((each) => each.facts.filter((fact) => !isReached || !isFailing(fact) || !mayBeSkipped(each)));
  });
  return distinct(facts);
}

const mayBeSkipped = ({ run, call }: Outcome): boolean =>
  run.isConditional || run.job.steps[call.step]?.condition !== null;

const FAILING: readonly AgreementFact["kind"][] = [
  "neverAdmitted",
  "missingPermission",
  "noValue",
] satisfies Failing["kind"][];

const isFailing = (fact: AgreementFact): boolean => FAILING.includes(fact.kind);

function distinct(facts: readonly AgreementFact[]): AgreementFact[] {
  const seen = new Set<string>();
  return facts.filter((fact) => {
    // A role is itself by its ARN: its account with all it holds need not be written out.
    const key = JSON.stringify(fact, (_, value: unknown) => (isRole(value) ? formatText(value.role.arn) : value));
    return seen.has(key) ? false : seen.add(key);
  });
}

const isRole = (value: unknown): value is RoleInAccount =>
  typeof value === "object" && value !== null && "role" in value && "account" in value;
