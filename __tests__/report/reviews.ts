import type {
  AdmissionChange,
  Difference,
  PermissionChange,
  ProtectionChange,
  UnknownChange,
  ValueChange,
  Who,
} from "../../lib/difference/schema";
import type { GrantProtection } from "../../lib/questions/grants";
import type { Review } from "../../lib/review/review";

/** Reviews as they come out of plans, made by hand. */

const WEB_SHOP = "octo-org/web-shop";
const PRODUCTION = {
  account: "production",
  accountId: "111122223333",
  location: { address: "aws_iam_role.web_shop", file: "plan.json" },
} as const;
const BEHIND: GrantProtection = {
  reviewers: ["release-managers"],
  waitMinutes: 10,
  preventSelfReview: true,
  adminsCanBypass: false,
  deployFrom: ["main", "release/*"],
};
const OPEN: GrantProtection = {
  reviewers: [],
  waitMinutes: 0,
  preventSelfReview: false,
  adminsCanBypass: true,
  deployFrom: "any ref",
};
const MANAGED = (name: string): { managed: string } => ({ managed: `arn:aws:iam::aws:policy/${name}` });

export const who = (job: string, more: Partial<Who> = {}): Who => ({
  kind: "jobs",
  repository: WEB_SHOP,
  jobs: [job],
  subjects: [`repo:${WEB_SHOP}:ref`],
  breadth: "exact",
  conditions: { aud: ["sts.amazonaws.com"] },
  environment: null,
  principal: null,
  calls: [],
  ...more,
});
const environment = (name: string, protection: GrantProtection | null): Who =>
  who(`environment ${name}`, { environment: { name, protection } });

export const admission = (role: string, more: Partial<AdmissionChange> = {}): AdmissionChange => ({
  ...PRODUCTION,
  role,
  roleArn: `arn:aws:iam::111122223333:role/${role}`,
  state: "kept",
  who: [who("any pull request")],
  instead: [],
  strangers: [],
  example: { issuer: null, claims: { sub: `repo:${WEB_SHOP}:pull_request`, aud: "sts.amazonaws.com" } },
  certain: true,
  can: { level: "reads", because: ['"ReadOnlyAccess" reads'], permissions: [MANAGED("ReadOnlyAccess")] },
  ...more,
});

export const permission = (role: string, more: Partial<PermissionChange> = {}): PermissionChange => ({
  ...PRODUCTION,
  role,
  roleArn: `arn:aws:iam::111122223333:role/${role}`,
  change: "policy attached",
  what: "AmazonS3FullAccess",
  direction: "more",
  before: "reads",
  after: "writes",
  because: [],
  admits: true,
  ...more,
});
export const protection = (more: Partial<ProtectionChange> = {}): ProtectionChange => ({
  repository: WEB_SHOP,
  environment: "production",
  aspect: "reviewers",
  before: "release-managers",
  after: "nobody",
  direction: "weaker",
  roles: ["web-shop-production"],
  location: null,
  ...more,
});
export const value = (more: Partial<ValueChange> = {}): ValueChange => ({
  kind: "variable",
  name: "AWS_ROLE_ARN",
  repository: WEB_SHOP,
  environment: "production",
  change: "points elsewhere",
  before: "arn:aws:iam::111122223333:role/web-shop-production",
  after: "arn:aws:iam::111122223333:role/web-shop-admin",
  location: null,
  ...more,
});
export const unknown = (more: Partial<UnknownChange> = {}): UnknownChange => ({
  what: "aws_iam_role.batch",
  reason: "its trust policy is read during apply",
  mayAdmit: true,
  ...more,
});

export const difference = (more: Partial<Difference> = {}): Difference => ({
  gained: [],
  lost: [],
  widened: [],
  narrowed: [],
  permissions: [],
  protection: [],
  values: [],
  unknown: [],
  ...more,
});

type Given = Partial<Omit<Review, "summary" | "findings" | "resources">> & {
  readonly findings?: Partial<Review["findings"]>;
  readonly resources?: Partial<Review["resources"]>;
};

/** A review with its counts. */
export function review(given: Given = {}): Review {
  const lists = difference(given);
  const findings = { new: [], gone: 0, old: 0, ...given.findings };
  const resources = { changing: 0, withoutAccess: 0, forgotten: [], ...given.resources };
  const plans = given.plans ?? [{ file: "plan.json", terraform: "1.13.4", errored: false, account: "production" }];
  const drift = given.drift ?? null;
  const rolesWith = (direction: PermissionChange["direction"][]): number =>
    new Set(lists.permissions.filter((each) => direction.includes(each.direction)).map(({ role }) => role)).size;
  return {
    ...lists,
    findings,
    resources,
    plans,
    drift,
    summary: {
      headline: "not printed",
      gained: lists.gained.length,
      lost: lists.lost.length,
      widened: lists.widened.length,
      narrowed: lists.narrowed.length,
      morePermissions: rolesWith(["more", "changed"]),
      lessPermissions: rolesWith(["less"]),
      weakened: lists.protection.filter(({ direction }) => direction !== "stronger").length,
      strengthened: lists.protection.filter(({ direction }) => direction === "stronger").length,
      values: lists.values.length,
      newFindings: findings.new.length,
      unknown: lists.unknown.length,
      drift: drift === null ? 0 : Object.values(drift).flat().length,
      errored: plans.some(({ errored }) => errored),
    },
  };
}

const release = admission("web-shop-release", {
  who: [who("branches main*", { breadth: "pattern" })],
  instead: [who("branch main")],
  example: { issuer: null, claims: { sub: `repo:${WEB_SHOP}:ref:refs/heads/mainframe`, aud: "sts.amazonaws.com" } },
  can: { level: "writes", because: ['"publish" allows s3:PutObject'], permissions: [{ inline: "publish" }] },
});

export const REVIEWS = {
  /** What the pull request of two lines does. */
  dangerous: review({
    gained: [admission("web-shop-plan", { state: "created" })],
    widened: [release],
    protection: [protection()],
    values: [
      value({
        name: "AWS_PLAN_ROLE_ARN",
        environment: null,
        change: "added",
        before: null,
        after: "arn:aws:iam::111122223333:role/web-shop-plan",
      }),
    ],
    findings: {
      new: [
        {
          rule: "L7",
          severity: "note",
          message: `"repo:${WEB_SHOP}:pull_request" admits the unreviewed code of pull requests, and the role only reads`,
          fix: "make sure that the role only reads, and reads no secrets",
          address: "aws_iam_role.web_shop_plan",
        },
      ],
      old: 2,
    },
    resources: { changing: 7, withoutAccess: 3 },
  }),
  /** Everything that can be said, in two accounts. */
  everything: review({
    gained: [
      admission("shared-deploy", {
        who: [who("every job", { repository: "*", breadth: "anyone" })],
        example: { issuer: null, claims: { sub: "repo:stranger/any:ref:refs/heads/main" } },
        can: {
          level: "administrator",
          because: ['"AdministratorAccess" allows * on *'],
          permissions: [MANAGED("AdministratorAccess")],
        },
      }),
      admission("web-shop-production", {
        state: "created",
        who: [environment("production", BEHIND)],
        example: { issuer: null, claims: { sub: `repo:${WEB_SHOP}:environment:production` } },
        can: { level: "writes", because: [], permissions: [MANAGED("AmazonECS_FullAccess"), { inline: "deploy" }] },
      }),
      admission("web-shop-staging", {
        account: "staging",
        accountId: "222233334444",
        state: "replaced",
        who: [
          environment("staging", OPEN),
          who("branch develop", {
            conditions: { job_workflow_ref: ["octo-org/ci/.github/workflows/deploy.yml@refs/heads/main"] },
          }),
        ],
        certain: false,
      }),
    ],
    widened: [
      release,
      admission("audit", {
        who: [
          who("", {
            kind: "principal",
            jobs: [],
            principal: "arn:aws:iam::999988887777:root",
            repository: null,
            breadth: null,
          }),
        ],
        instead: [who("every job", { repository: "octo-org/*", breadth: "organization" })],
        example: null,
      }),
    ],
    protection: [
      protection(),
      protection({ aspect: "refs", before: "branches main", after: "any ref", roles: [] }),
      protection({
        repository: null,
        environment: null,
        aspect: "subject template",
        before: "default",
        after: "repo, context",
        direction: "changed",
      }),
      protection({
        environment: "staging",
        aspect: "wait timer",
        before: "0 minutes",
        after: "10 minutes",
        direction: "stronger",
      }),
    ],
    permissions: [
      permission("web-shop-plan", {
        change: "statement added",
        what: "allows iam:PutRolePolicy on *",
        after: "administrator",
        because: ['"raise" allows iam:PutRolePolicy on *'],
      }),
      permission("web-shop-plan", { change: "boundary removed", what: "ci-boundary", after: "administrator" }),
      permission("web-shop-release", { change: "session longer", what: "1 h → 12 h", before: "writes" }),
      permission("web-shop-release", {
        change: "not known",
        what: "its policies are known after apply",
        direction: "changed",
        before: "writes",
      }),
      permission("batch", {
        change: "policy detached",
        direction: "less",
        before: "writes",
        after: "reads",
        admits: false,
      }),
    ],
    lost: [admission("old-deploy", { state: "deleted", who: [who("branch main", { repository: "octo-org/legacy" })] })],
    narrowed: [
      admission("web-shop-release", {
        who: [who("tags v*", { breadth: "pattern" })],
        instead: [who("tags v1*", { breadth: "pattern" })],
      }),
    ],
    values: [
      value(),
      value({
        kind: "secret",
        name: "AWS_RELEASE_ROLE_ARN",
        environment: null,
        change: "known after apply",
        before: null,
        after: "web-shop-release",
      }),
      value({
        name: "REGISTRY",
        repository: null,
        environment: null,
        change: "seen by more",
        before: null,
        after: null,
      }),
    ],
    unknown: [
      unknown(),
      unknown({
        what: "module.legacy.aws_iam_policy.deploy",
        reason: "its document is marked sensitive",
        mayAdmit: false,
      }),
    ],
    drift: difference({
      widened: [admission("web-shop-production", { who: [environment("production", null)], instead: [] })],
      protection: [protection({ aspect: "wait timer", before: "10 minutes", after: "none" })],
    }),
    findings: {
      new: [
        {
          rule: "L2",
          severity: "error",
          message: '"repo:*" is of any owner: anyone on GitHub can have such a subject',
          fix: 'write "repo:OWNER/NAME:…"',
          address: "aws_iam_role.shared_deploy",
        },
      ],
      old: 12,
      gone: 3,
    },
    resources: { changing: 31, withoutAccess: 17, forgotten: ["aws_iam_role.parked"] },
    plans: [
      { file: "production.json", terraform: "1.13.4", errored: false, account: "production" },
      { file: "staging.json", terraform: "1.13.4", errored: false, account: "staging" },
    ],
  }),
  /** Most pull requests. */
  nothing: review({ findings: { old: 2 }, resources: { changing: 3, withoutAccess: 3 } }),
  /** A clean-up. */
  less: review({
    lost: [admission("old-deploy", { state: "deleted", who: [who("every job", { breadth: "repository" })] })],
    protection: [protection({ before: "nobody", after: "release-managers", direction: "stronger" })],
    resources: { changing: 2, withoutAccess: 0 },
  }),
  errored: review({
    unknown: [unknown()],
    plans: [{ file: "plan.json", terraform: "1.13.4", errored: true, account: "production" }],
  }),
} as const satisfies Record<string, Review>;

/** Texts that have a meaning of their own in a review: all others are somebody's. */
const OURS = new Set([
  "jobs",
  "principal",
  "exact",
  "pattern",
  "repository",
  "organization",
  "anyone",
  "created",
  "deleted",
  "replaced",
  "kept",
  "more",
  "less",
  "changed",
  "nothing",
  "reads",
  "unknown",
  "writes",
  "administrator",
  "any ref",
  "protected branches",
  "stronger",
  "weaker",
  "variable",
  "secret",
  "added",
  "removed",
  "points elsewhere",
  "known after apply",
  "seen by more",
  "seen by fewer",
  "another value",
  "error",
  "warning",
  "note",
  "L2",
  "L7",
  "policy attached",
  "policy detached",
  "statement added",
  "boundary removed",
  "session longer",
  "not known",
  "environment",
  "reviewers",
  "wait timer",
  "refs",
  "subject template",
  "every job",
  "any pull request",
  "*",
  "octo-org/*",
]);

/** The same review with other names: those of the list in turn, each for one name throughout. */
export function renamed(given: Review, names: readonly string[]): Review {
  const taken = new Map<string, string>();
  const nameFor = (old: string): string => {
    // What ends with a wildcard for repositories is none of one.
    const known = taken.get(old) ?? (names[taken.size] ?? `name ${taken.size}`).replace(/(^|\/)\*$/, "$1* ");
    taken.set(old, known);
    return known;
  };
  const text = (old: string): string => {
    if (OURS.has(old)) return old;
    const [, starts = "", rest = ""] = /^(environment |branch |branches |tags )(.*)$/.exec(old) ?? [];
    return starts === ""
      ? nameFor(old)
      : rest.endsWith("*")
        ? `${starts}${nameFor(rest).replaceAll(/[*?]/g, "") || "x"}*`
        : `${starts}${nameFor(rest)}`;
  };
  const walk = (node: unknown): unknown => {
    if (typeof node === "string") return text(node);
    if (Array.isArray(node)) return node.map(walk);
    return typeof node === "object" && node !== null
      ? Object.fromEntries(Object.entries(node).map(([key, each]) => [key, walk(each)]))
      : node;
  };
  return walk(given) as Review;
}
