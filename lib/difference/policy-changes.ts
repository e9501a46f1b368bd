import { awsManagedGrant } from "../aws/permissions/aws-managed";
import type { PermissionsStatement } from "../aws/permissions/read-policy";
import type { RoleModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText, isKnown } from "../trust/text";
import {
  inlinePoliciesOf,
  managedPoliciesOf,
  mayBeArn,
  type RolePolicies,
  type RolePolicy,
  statementsIn,
  unreadWhen,
} from "./role-policies";
import type { PermissionChange } from "./schema";
import { addedStatements, removedStatements, type StatementChange } from "./statement-changes";
import { statementWords } from "./statement-words";

/** What changes of a role, whatever role it is. */
export type Told = Pick<PermissionChange, "change" | "what" | "direction">;

/** Policies of a role. */
type Policies = Pick<RoleModel, "managedPolicies" | "inlinePolicies">;

/** Statement and policy that has it. */
type Placed = PermissionsStatement & { readonly policy: string };

/** What of a role's policies changes by meaning. */
export function policyChanges(before: Policies, after: Policies): Told[] {
  const kinds = [
    compared(managedPoliciesOf(before), managedPoliciesOf(after), "managed"),
    compared(inlinePoliciesOf(before), inlinePoliciesOf(after), "inline"),
  ];
  const of = (side: "before" | "after", which: "told" | "known"): Placed[] =>
    kinds.flatMap((kind) =>
      kind[side].filter((policy) => which === "known" || !kind.untold.has(policy.key)).flatMap(statementsOf),
    );
  const [was, is] = [
    { told: of("before", "told"), known: of("before", "known") },
    { told: of("after", "told"), known: of("after", "known") },
  ];
  return [
    ...kinds.flatMap(({ told }) => told),
    ...addedStatements(was.known, is.told, is.known).map(toldAs("statement added")),
    ...removedStatements(is.known, was.told, was.known).map(toldAs("statement removed")),
  ];
}

const statementsOf = ({ content, name }: RolePolicy): Placed[] =>
  (statementsIn(content) ?? []).map((statement) => placed(statement, name));

const placements = new WeakMap<PermissionsStatement, Map<string, Placed>>();

/** The same object for the same statement, so that what is worked out of it is so once. */
function placed(statement: PermissionsStatement, policy: string): Placed {
  const known = placements.get(statement) ?? new Map<string, Placed>();
  placements.set(statement, known);
  const made = known.get(policy) ?? { ...statement, policy };
  known.set(policy, made);
  return made;
}

const toldAs =
  (change: "statement added" | "statement removed") =>
  ({ excess, direction }: StatementChange<Placed>): Told => ({
    change,
    what: `${statementWords(excess)} (policy ${excess.statement.policy})`,
    direction,
  });

/** Policies of one kind, before and after. */
interface Compared {
  readonly before: readonly RolePolicy[];
  readonly after: readonly RolePolicy[];
  /** Keys of policies whose statements are not told: what became of them is not known. */
  readonly untold: ReadonlySet<string>;
  readonly told: readonly Told[];
}

function compared(before: RolePolicies, after: RolePolicies, kind: string): Compared {
  const [was, is] = ["policies" in before ? before.policies : [], samePolicies(before, after)];
  if (isUnknown(before) || isUnknown(after)) {
    if (isUnknown(before) && isUnknown(after) && before.unknown === after.unknown)
      return { before: was, after: is, untold: new Set(), told: [] };
    const sides = [
      isUnknown(before) ? `before: ${before.unknown}` : [],
      isUnknown(after) ? `after: ${after.unknown}` : [],
    ].flat();
    return {
      before: was,
      after: is,
      untold: new Set([...was, ...is].map(({ key }) => key)),
      told: [notKnown(`its ${kind} policies are not known ${sides.join("; ")}`)],
    };
  }
  const [byKeyBefore, byKeyAfter] = [byKey(was), byKey(is)];
  const unread = [...new Set([...byKeyBefore.keys(), ...byKeyAfter.keys()])].flatMap((key) => {
    const told = unreadChange(byKeyBefore.get(key), byKeyAfter.get(key));
    return told ? [{ key, told }] : [];
  });
  return {
    before: was,
    after: is,
    untold: new Set(unread.map(({ key }) => key)),
    told: unread.flatMap(({ told }) => told),
  };
}

/** Those of after, where an ARN that is not all known may be that of a policy before, under its key. */
function samePolicies(before: RolePolicies, after: RolePolicies): readonly RolePolicy[] {
  if (isUnknown(after)) return [];
  if (
    isUnknown(before) ||
    ![...before.policies, ...after.policies].some(({ arn }) => arn !== undefined && !isKnown(arn))
  )
    return after.policies;
  const taken = new Set(after.policies.map(({ key }) => key));
  return after.policies.map((policy) => {
    const match = before.policies.find(
      ({ key, arn }) =>
        !taken.has(key) &&
        arn !== undefined &&
        policy.arn !== undefined &&
        (mayBeArn(policy.arn, arn) || mayBeArn(arn, policy.arn)),
    );
    if (!match || before.policies.some(({ key }) => key === policy.key)) return policy;
    taken.add(match.key);
    return { ...policy, key: match.key };
  });
}

const byKey = (policies: readonly RolePolicy[]): ReadonlyMap<string, RolePolicy> =>
  new Map(policies.map((policy) => [policy.key, policy]));

/** What is to be told of a policy that was not read before, after, or both; `undefined` where its statements tell it. */
function unreadChange(before: RolePolicy | undefined, after: RolePolicy | undefined): Told[] | undefined {
  const policies = [before, after].filter((policy) => policy !== undefined);
  const [first, second] = policies;
  if (!first || policies.every(({ content }) => statementsIn(content))) return undefined;
  if (!second)
    return typeof first.content === "string"
      ? [attachment(first, after !== undefined)]
      : [documentNotKnown(first, after ? "after" : "before")];
  const when = unreadWhen(first.content, second.content);
  return when === undefined ? [] : [documentNotKnown(second, when)];
}

function attachment({ name, arn, awsManaged }: RolePolicy, isAttached: boolean): Told {
  if (arn !== undefined && !isKnown(arn) && !hasName(arn))
    return notKnown(`${isAttached ? "attached" : "detached"} is a policy that is not known: ${formatText(arn)}`);
  const change = isAttached ? "policy attached" : "policy detached";
  const grant = awsManaged === undefined ? undefined : awsManagedGrant(awsManaged, []);
  // What is in it may be a denial as well.
  if (!grant) return { change, what: `${name}: what it allows is not known`, direction: "changed" };
  const denies = grant.level === "nothing" && grant.everything === undefined;
  return { change, what: name, direction: isAttached === denies ? "less" : "more" };
}

const hasName = (arn: readonly unknown[]): boolean => {
  const last = arn.at(-1);
  return typeof last === "string" && last.includes("/");
};

/** @param kind what to call the policy */
export function documentNotKnown({ name, content }: RolePolicy, when: string, kind = "policy"): Told {
  const why = typeof content === "object" && "unread" in content ? `: ${content.unread}` : "";
  return notKnown(`${kind} ${name}: its document is not known ${when}${why}`);
}

const notKnown = (what: string): Told => ({ change: "not known", what, direction: "changed" });
