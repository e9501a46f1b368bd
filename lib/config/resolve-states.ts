import { kmsKeyArnRule, stateKeyRule, terraformStatePolicy, type StateBucket } from "../aws/terraform-state";
import { partitionOf } from "../aws/partition";
import type { PolicyDocument } from "../aws/policy-document";
import type { Written } from "./expand-pairs";
import { nearest } from "../github/nearest";
import { quote, renderPath, type Path, type Problem } from "../yaml/problem";
import type { AccountDraft } from "./resolve-account";
import { accountNamed } from "./role-accounts";
import type { MadePolicy } from "./resolve-policies";
import type { EnvironmentRoleConfig, StateAccessConfig, StatesConfig } from "./schema";

/** Name of the inline policy that gives a role its access to states. */
export const STATE_POLICY = "terraform-state";

/** Buckets by their names in the file; nothing for one that has mistakes. */
export type States = ReadonlyMap<string, StateBucket | undefined>;

/** The buckets of a file with their defaults, and what is wrong with them. */
export function resolveStates(
  states: Readonly<Record<string, StatesConfig>> = {},
  accounts: ReadonlyMap<string, AccountDraft>,
  report: (problem: Problem) => void,
): States {
  return new Map(
    Object.entries(states).map(([name, config]) => [name, bucketOf(config, ["states", name], accounts, report)]),
  );
}

function bucketOf(
  { bucket, account: inAccount, region: given, lock = "file", kmsKey }: StatesConfig,
  path: Path,
  accounts: ReadonlyMap<string, AccountDraft>,
  report: (problem: Problem) => void,
): StateBucket | undefined {
  const account = accountNamed(inAccount, [...path, "account"], path, { accounts, report });
  if (!account) return undefined;
  const { id, partition } = account;
  const region = given ?? account.region;
  if (partitionOf(region) !== partition) {
    report({
      path: [...path, "region"],
      message: `region ${quote(region)} is in partition "${partitionOf(region)}", and account ${quote(account.name)} is in "${partition}": name a region of that`,
    });
    return undefined;
  }
  const wrong = kmsKey === undefined ? undefined : kmsKeyArnRule(kmsKey, partition, region);
  if (wrong) report({ path: [...path, "kmsKey"], message: `"kmsKey" ${quote(kmsKey)}: ${wrong}` });
  return wrong ? undefined : { bucket, region, partition, account: id, lock, kmsKeyArn: kmsKey };
}

/** What the access of a role is resolved with. */
export interface StateContext {
  readonly account: AccountDraft;
  readonly states: States;
  readonly path: Path;
  /** Whether the role has a list of them. */
  readonly isList: boolean;
  /** Where the file has what messages tell of. */
  readonly written: Written;
  readonly report: (problem: Problem) => void;
}

/** The policy for a role's access to states; none where it has no access, or mistakes. */
export function statePolicies(
  { state }: Pick<EnvironmentRoleConfig, "state">,
  context: Omit<StateContext, "isList">,
): MadePolicy[] {
  const document =
    state === undefined
      ? undefined
      : statePolicy([state].flat(), { ...context, path: [...context.path, "state"], isList: Array.isArray(state) });
  return document ? [{ name: STATE_POLICY, by: "state", document }] : [];
}

function statePolicy(accesses: readonly StateAccessConfig[], context: StateContext): PolicyDocument | undefined {
  const { path, isList, report } = context;
  const seen = new Map<string, Path>();
  const grants = accesses.map((access, index) => {
    const place: Path = isList ? [...path, index] : path;
    const states = statesNamed(access, place, context);
    // The schema has reported a key that is none.
    if (!states || stateKeyRule(access.key)) return undefined;
    const twin = seen.get(`${states.bucket} ${access.key}`);
    if (twin)
      report({
        path: [...place, "key"],
        message: `state ${quote(access.key)} is also at ${renderPath(context.written(twin))}: keep one`,
      });
    else seen.set(`${states.bucket} ${access.key}`, [...place, "key"]);
    return twin ? undefined : { states, key: access.key, access: access.access };
  });
  const sound = grants.filter((grant) => grant !== undefined);
  // The schema has reported a list without any.
  return sound.length > 0 && sound.length === grants.length ? terraformStatePolicy(sound) : undefined;
}

/** The bucket that an access names, or the only one; reports why the role cannot use it. */
function statesNamed(
  { in: name, access }: StateAccessConfig,
  path: Path,
  { account, states, report }: StateContext,
): StateBucket | undefined {
  const [only, ...others] = states.keys();
  const chosen = name ?? only;
  const all = [...states.keys()];
  const listed =
    all.length === 0
      ? 'describe the bucket under "states"'
      : `name ${all.length > 1 ? "one of " : ""}${all.join(", ")}`;
  if (chosen === undefined || (name === undefined && others.length > 0)) {
    report({ path, atKey: true, isLack: true, message: `no "in" says which states are meant: ${listed}` });
    return undefined;
  }
  if (!states.has(chosen)) {
    const meant = nearest(chosen, all);
    report({
      path: [...path, "in"],
      message: `unknown states ${quote(chosen)}: ${meant === undefined ? listed : `did you mean "${meant}"?`}`,
    });
    return undefined;
  }
  const bucket = states.get(chosen);
  const wrong = bucket && unusable(bucket, chosen, access, account);
  if (wrong) report({ path: name === undefined ? path : [...path, "in"], message: wrong });
  return wrong ? undefined : bucket;
}

function unusable(
  { partition, account, lock }: StateBucket,
  name: string,
  access: StateAccessConfig["access"],
  role: AccountDraft,
): string | undefined {
  if (partition !== role.partition)
    return `states ${quote(name)} are in partition "${partition}", and the role is in "${role.partition}": no role reaches across partitions`;
  if (access === "lock" && lock === "none")
    return `access "lock" to states ${quote(name)}, which are not locked: use "read"`;
  // Terraform looks for the table in the account of its own credentials.
  if (typeof lock === "object" && account !== role.id)
    return `states ${quote(name)} are locked in a DynamoDB table of account ${account}, and the role is in ${role.id}: Terraform looks for a table in its own account, lock with a "file"`;
  return undefined;
}
