import type { AdmissionChange, ProtectionChange } from "../../../../lib/difference/schema";
import { type Review, reviewSchema } from "../../../../lib/review/review";

/** A review in which nothing changes. */
export const QUIET: Review = reviewSchema.parse({
  gained: [],
  lost: [],
  widened: [],
  narrowed: [],
  permissions: [],
  protection: [],
  values: [],
  unknown: [],
  findings: { new: [], gone: 0, old: 0 },
  drift: null,
  resources: { changing: 1, withoutAccess: 1, forgotten: [] },
  plans: [{ file: "plan.json", terraform: "1.11.4", errored: false, account: "production" }],
  summary: {
    headline: "No change in who can do what",
    gained: 0,
    lost: 0,
    widened: 0,
    narrowed: 0,
    morePermissions: 0,
    lessPermissions: 0,
    weakened: 0,
    strengthened: 0,
    values: 0,
    newFindings: 0,
    unknown: 0,
    drift: 0,
    errored: false,
  },
});

const location = { file: "plan.json", address: "aws_iam_role.deploy" };

/** Somebody gets a role that nobody had. */
export const admission = (role = "web-shop-production", repository = "octo-org/web-shop"): AdmissionChange => ({
  account: "production",
  accountId: "111122223333",
  role,
  roleArn: `arn:aws:iam::111122223333:role/${role}`,
  location,
  state: "created",
  who: [
    {
      kind: "jobs",
      repository,
      jobs: ["environment production"],
      subjects: [`repo:${repository}:environment:production`],
      breadth: "exact",
      conditions: {},
      environment: null,
      principal: null,
      calls: [],
    },
  ],
  instead: [],
  strangers: [],
  example: null,
  certain: true,
  can: { level: "reads", because: [], permissions: [{ managed: "arn:aws:iam::aws:policy/ReadOnlyAccess" }] },
});

export const weakened: ProtectionChange = {
  repository: "octo-org/web-shop",
  environment: "production",
  aspect: "reviewers",
  before: "release-managers",
  after: "nobody",
  direction: "weaker",
  roles: ["web-shop-production"],
  location,
};

/** So many roles gained. */
export const gaining = (...gained: readonly AdmissionChange[]): Review =>
  reviewSchema.parse({
    ...QUIET,
    gained,
    summary: { ...QUIET.summary, headline: `${gained.length} roles gained`, gained: gained.length },
  });
