import { GITHUB_ISSUER } from "../../trust/admitted";
import type {
  AdmissionChange,
  Difference,
  PermissionChange,
  ProtectionChange,
  UnknownChange,
  ValueChange,
} from "../../difference/schema";
import { compareLevels } from "../../aws/permissions/level";
import { RULES } from "../../check/registry";
import type { Review } from "../../review/review";
import { commas, firstOf, joined, name, NOTHING, type Phrase, say, strong } from "../phrase";
import { canWords, LEVEL_WORDS } from "./can";
import { behindWords, whoWords, widerWords } from "./who";

/** Most of those who are let into one role that are said one by one. */
const NAMED = 3;

export type AdmissionKind = "gained" | "lost" | "widened" | "narrowed";

/** `gained`, or where it could not be decided `perhaps gained`. */
export const kindWords = (kind: AdmissionKind, { certain, strangers }: AdmissionChange): Phrase => {
  const words = kind === "widened" && strangers.length > 0 ? say`widened to another owner` : KINDS[kind];
  return certain ? words : say`perhaps ${words}`;
};

const KINDS: Readonly<Record<AdmissionKind, Phrase>> = {
  gained: say`gained`,
  lost: say`lost`,
  widened: say`widened`,
  narrowed: say`narrowed`,
};

/** Who is newly let in or shut out, each behind what; a line each. */
export function admittedWords({ who, instead }: AdmissionChange, kind: AdmissionKind): Phrase[] {
  const [only, second] = who;
  const [before, other] = instead;
  if (kind === "widened" && only && before && !second && !other)
    return [widerWords(before, only), behindWords(only)].filter((line) => line.length > 0);
  const lines = who.slice(0, NAMED).flatMap((each) => [commas([whoWords(each), behindWords(each)])]);
  return [
    ...lines,
    ...(who.length > NAMED ? [say`and ${who.length - NAMED} more`] : []),
    ...(instead.length > 0
      ? [say`${kind === "widened" ? say`until now only` : say`still let in:`} ${firstOf(instead.map(whoWords), NAMED)}`]
      : []),
  ];
}

export const STATE_WORDS: Readonly<Record<AdmissionChange["state"], Phrase>> = {
  created: say` (new)`,
  deleted: say` (deleted)`,
  replaced: say` (replaced)`,
  kept: NOTHING,
};

/** `web-shop-plan (new) in production`. @param accounts how many the review is about: where it is one, the headline says which */
export const roleWords = ({ role, account, state }: AdmissionChange, accounts: number): Phrase =>
  say`${name(role)}${STATE_WORDS[state]}${accounts > 1 ? say` in ${name(account)}` : NOTHING}`;

/** One line: `any pull request of octo-org/web-shop: web-shop-plan, which can read`. */
export const admissionLine = (change: AdmissionChange, kind: AdmissionKind, accounts: number): Phrase =>
  say`${strong(kindWords(kind, change))} ${roleWords(change, accounts)}: ${joined(admittedWords(change, kind), say`; `)}${kind === "gained" || kind === "widened" ? say`; it ${canWords(change.can)}` : NOTHING}`;

/** Most claims of an example that are said. */
const CLAIMS = 6;

/** Claims that a subject tells as well, or that every job has. */
const TOLD = new Set([
  "sub",
  "aud",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "environment",
  "ref",
]);

/** A job that is newly let in or shut out: its subject, and what that does not tell. */
export function exampleWords({ example }: AdmissionChange): Phrase {
  if (!example) return NOTHING;
  const { sub } = example.claims;
  const others = Object.entries(example.claims).filter(([claim]) =>
    sub === undefined ? claim !== "aud" : !TOLD.has(claim),
  );
  const issuer =
    example.issuer === null || example.issuer === GITHUB_ISSUER ? NOTHING : say`, of ${name(example.issuer)}`;
  return say`${firstOf([...(sub === undefined ? [] : [name(sub)]), ...others.map(([claim, value]) => say`${name(claim)} ${name(value)}`)], CLAIMS)}${issuer}`;
}

/** `web-shop-plan: repo:octo-org/web-shop:pull_request`. */
export function exampleLine(change: AdmissionChange): Phrase {
  const words = exampleWords(change);
  return words.length === 0 ? NOTHING : say`${name(change.role)}: ${words}`;
}

const PERMISSIONS: Readonly<Record<PermissionChange["change"], (what: Phrase) => Phrase>> = {
  "policy attached": (what) => say`policy ${what} attached`,
  "policy detached": (what) => say`policy ${what} detached`,
  "statement added": (what) => say`statement added: ${what}`,
  "statement removed": (what) => say`statement removed: ${what}`,
  "boundary added": (what) => say`boundary ${what} added`,
  "boundary removed": (what) => say`boundary ${what} removed`,
  "boundary changed": (what) => say`boundary changed: ${what}`,
  "session longer": (what) => say`longer session: ${what}`,
  "session shorter": (what) => say`shorter session: ${what}`,
  "not known": (what) => say`permissions not known: ${what}`,
};

/** What changes of one role's permissions: `web-shop-plan: policy AdministratorAccess attached: reads → administrator`. */
export function permissionLine(changes: readonly [PermissionChange, ...PermissionChange[]], accounts: number): Phrase {
  const [{ role, account, before, after, admits }] = changes;
  const rises = compareLevels(after, before) > 0;
  const because = [...new Set(changes.flatMap((each) => each.because))];
  const level = rises
    ? say`: ${strong(say`${LEVEL_WORDS[before]} → ${LEVEL_WORDS[after]}`)}`
    : after === "administrator"
      ? say`; it stays ${strong(LEVEL_WORDS[after])}`
      : NOTHING;
  return say`${name(role)}${accounts > 1 ? say` in ${name(account)}` : NOTHING}: ${firstOf(
    changes.map(
      ({ change, what, direction }) =>
        say`${PERMISSIONS[change](name(what))}${direction === "changed" && change !== "not known" ? say` (perhaps more)` : NOTHING}`,
    ),
    NAMED,
  )}${level}${because.length > 0 ? say`, as ${firstOf(because.map(name), NAMED)}` : NOTHING}${admits ? NOTHING : say` (no job of GitHub's may assume it)`}`;
}

/** Changes of one role beside each other. */
export function byRole(changes: readonly PermissionChange[]): [PermissionChange, ...PermissionChange[]][] {
  const groups = new Map<string, [PermissionChange, ...PermissionChange[]]>();
  for (const each of changes) {
    const key = JSON.stringify([each.account, each.role, each.roleArn]);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

const ASPECTS: Readonly<Record<ProtectionChange["aspect"], Phrase>> = {
  environment: say`the environment itself`,
  reviewers: say`reviewers`,
  "wait timer": say`wait timer`,
  "self-review": say`self-review`,
  administrators: say`bypass`,
  refs: say`deploys from`,
  "branch protection": say`branch protection`,
  "subject template": say`subject template`,
};

/** `environment production of octo-org/web-shop, reviewers: release-managers → nobody`. */
export function protectionLine({
  repository,
  environment,
  aspect,
  before,
  after,
  direction,
  roles,
}: ProtectionChange): Phrase {
  const behind = roles.length === 0 ? NOTHING : say`; behind it ${firstOf(roles.map(name), NAMED)}`;
  return say`${placeWords(repository, environment)}, ${strong(ASPECTS[aspect])}: ${name(before)} → ${name(after)}${direction === "changed" ? say` (perhaps weaker)` : NOTHING}${behind}`;
}

function placeWords(repository: string | null, environment: string | null): Phrase {
  const whole = repository === null ? say`the organization` : name(repository);
  return environment === null ? whole : say`environment ${name(environment)} of ${whole}`;
}

const VALUES: Readonly<Record<ValueChange["change"], Phrase>> = {
  added: say`is new`,
  removed: say`is gone`,
  "points elsewhere": say`points elsewhere`,
  "known after apply": say`is known after apply`,
  "another value": say`gets another value, which is not shown`,
  "seen by more": say`is seen by more repositories`,
  "seen by fewer": say`is seen by fewer repositories`,
};

/** `variable AWS_ROLE_ARN of environment production of octo-org/web-shop points elsewhere: … → …`. */
export function valueLine({ kind, name: of, repository, environment, change, before, after }: ValueChange): Phrase {
  const what =
    before !== null && after !== null && before !== after
      ? say`: ${name(before)} → ${name(after)}`
      : before === null && after === null
        ? NOTHING
        : say`: ${name(after ?? before ?? "")}`;
  return say`${kind === "secret" ? say`secret` : say`variable`} ${name(of)} of ${placeWords(repository, environment)} ${VALUES[change]}${what}`;
}

export const unknownLine = ({ what, reason }: UnknownChange): Phrase => say`${name(what)}: ${name(reason)}`;

const TITLES = new Map(RULES.map(({ id, title }) => [id, title]));

/** The rule's title is ours; message and fix have values of others in them. */
export function findingLine({ rule, severity, message, fix, address }: Review["findings"]["new"][number]): Phrase {
  const title = TITLES.get(rule);
  const what = title === undefined ? name(rule) : own(`${rule}, ${title}`);
  return say`${strong(own(severity))} ${what}: ${name(message)}${address === null ? NOTHING : say`, in ${name(address)}`}. Fix: ${name(fix)}`;
}

/** A word out of a list of ours. */
const own = (text: string): Phrase => [{ kind: "own", text }];

/** Everything of a difference, a line each: what changed outside Terraform is said in short. */
export function differenceLines(
  { gained, widened, lost, narrowed, permissions, protection, values, unknown }: Difference,
  accounts: number,
): Phrase[] {
  return [
    ...gained.map((each) => admissionLine(each, "gained", accounts)),
    ...widened.map((each) => admissionLine(each, "widened", accounts)),
    ...protection.map(protectionLine),
    ...byRole(permissions).map((each) => permissionLine(each, accounts)),
    ...lost.map((each) => admissionLine(each, "lost", accounts)),
    ...narrowed.map((each) => admissionLine(each, "narrowed", accounts)),
    ...values.map(valueLine),
    ...unknown.map(unknownLine),
  ];
}
