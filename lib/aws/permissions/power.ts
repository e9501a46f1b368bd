import { quoted } from "../policy/position";
import { ESCALATIONS, needKey } from "./escalation";
import { type Evidence, type Grant, leastNarrow } from "./grant";
import { compareLevels, highest, type Level, type Power } from "./level";

/** Most actions, and most ways to administrator, that reasons name. */
const NAMED = 3;

/** What policies give together. @param unknowns why policies that belong to them were not read */
export function combinedPower(grants: readonly Grant[], unknowns: readonly string[] = []): Power {
  const reasons = administratorReasons(grants);
  if (reasons.length > 0) return { level: "administrator", because: reasons };
  const known = highest(
    grants.map(({ level }) => level),
    "nothing",
  );
  const level = highest<Level>(unknowns.length > 0 ? [known, "unknown"] : [known], "nothing");
  const telling = grants.filter((grant) => grant.level === known && known !== "nothing");
  const because = [...telling.map(levelReason), ...unknowns];
  return { level, because: because.length > 0 ? because : ["no policy allows it anything"] };
}

/** What of grants a permissions boundary lets through: what both allow. */
export const withinBoundary = (grant: Grant, boundary: Grant): Grant => ({
  policy: grant.policy,
  ...(compareLevels(boundary.level, grant.level) < 0
    ? { level: boundary.level, actions: [] }
    : { level: grant.level, actions: grant.actions }),
  everything: boundary.everything && grant.everything,
  needs: new Map([...grant.needs].filter(([key]) => boundary.needs.has(key))),
});

function administratorReasons(grants: readonly Grant[]): string[] {
  const everything = grants.flatMap(({ policy, everything: evidence }) =>
    evidence ? [`${quoted(policy)} allows * on *${underCondition(evidence)}`] : [],
  );
  if (everything.length > 0) return everything;
  const ways = WAYS.flatMap((needs) => wayReason(needs, grants) ?? []);
  return ways.length <= NAMED
    ? ways
    : [...ways.slice(0, NAMED), `${ways.length - NAMED} more ways to become administrator`];
}

/** Each need beside its key. */
const WAYS = ESCALATIONS.map(({ needs }) => needs.map((need) => ({ action: need.action, key: needKey(need) })));

/** Which policies fulfil all that a way needs, or `undefined`. */
function wayReason(needs: (typeof WAYS)[number], grants: readonly Grant[]): string | undefined {
  if (!needs.every(({ key }) => grants.some((grant) => grant.needs.has(key)))) return undefined;
  const byPolicy = new Map<string, string[]>();
  for (const { action, key } of needs) {
    const found = grants.flatMap((grant) => grant.needs.get(key) ?? []);
    const evidence = leastNarrow(found);
    const policy = grants.find((grant) => grant.needs.get(key) === evidence)?.policy ?? "";
    byPolicy.set(policy, [
      ...(byPolicy.get(policy) ?? []),
      `${action}${evidence?.on === undefined ? "" : ` on ${evidence.on}`}${underCondition(evidence)}`,
    ]);
  }
  return [...byPolicy].map(([policy, allowed]) => `${quoted(policy)} allows ${allowed.join(" and ")}`).join(", ");
}

const underCondition = (evidence: Evidence | undefined): string =>
  evidence?.condition === undefined ? "" : ` (under ${evidence.condition})`;

function levelReason({ policy, level, actions }: Grant): string {
  if (actions.length === 0) return `${quoted(policy)} ${level}`;
  const more = actions.length - NAMED;
  return `${quoted(policy)} allows ${actions.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
