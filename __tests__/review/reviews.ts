import type {
  AdmissionChange,
  PermissionChange,
  ProtectionChange,
  UnknownChange,
  ValueChange,
  Who,
} from "../../lib/difference/schema";
import type { AccessModel } from "../../lib/model/model";
import type { PlanChange } from "../../lib/model/plan-change";
import type { Reviewed } from "../../lib/review/headline";
import { NO_ACCESS } from "../difference/models";

const place = { account: "production", accountId: "111122223333", role: "deploy", roleArn: null, location: null };

export const jobs = (...names: readonly string[]): Who => ({
  kind: "jobs",
  repository: "octo-org/web-shop",
  jobs: [...names],
  subjects: [],
  breadth: "exact",
  conditions: {},
  environment: null,
  principal: null,
  calls: [],
});
export const principal = (name: string): Who => ({
  ...jobs(),
  kind: "principal",
  repository: null,
  breadth: null,
  principal: name,
  calls: ["sts:AssumeRole"],
});

export const admission = (
  who: readonly Who[] = [jobs("any pull request")],
  otherwise: Partial<AdmissionChange> = {},
): AdmissionChange => ({
  ...place,
  state: "kept",
  who: [...who],
  instead: [],
  strangers: [],
  example: null,
  certain: true,
  can: { level: "reads", because: [], permissions: [] },
  ...otherwise,
});
export const permission = (direction: PermissionChange["direction"], role = "deploy"): PermissionChange => ({
  ...place,
  role,
  change: "policy attached",
  what: "x",
  direction,
  before: "reads",
  after: "reads",
  because: [],
  admits: true,
});
export const protection = (
  direction: ProtectionChange["direction"],
  otherwise: Partial<ProtectionChange> = {},
): ProtectionChange => ({
  repository: "octo-org/web-shop",
  environment: "production",
  aspect: "wait timer",
  before: "10 minutes",
  after: "no wait",
  direction,
  roles: [],
  location: null,
  ...otherwise,
});
export const value = (name: string): ValueChange => ({
  kind: "variable",
  name,
  repository: "octo-org/web-shop",
  environment: null,
  change: "added",
  before: null,
  after: null,
  location: null,
});
export const unknown = (mayAdmit: boolean): UnknownChange => ({
  what: "role deploy of production",
  reason: "x",
  mayAdmit,
});

export const NO_DIFFERENCE = {
  gained: [],
  lost: [],
  widened: [],
  narrowed: [],
  permissions: [],
  protection: [],
  values: [],
  unknown: [],
};
export const reviewed = (otherwise: Partial<Reviewed> = {}): Reviewed => ({
  ...NO_DIFFERENCE,
  drift: null,
  plans: [{ file: "plan.json", terraform: null, errored: false, account: null }],
  newFindings: 0,
  ...otherwise,
});

export const planOf = (
  before: AccessModel,
  after: AccessModel = before,
  otherwise: Partial<PlanChange> = {},
): PlanChange => ({
  file: "plan.json",
  before,
  after,
  beforeDrift: undefined,
  terraform: "1.13.4",
  errored: false,
  changes: [],
  withheld: [],
  ...otherwise,
});
export { NO_ACCESS };
