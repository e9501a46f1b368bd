import type { RoleModel } from "./model";
import { isKnown, type Text } from "../trust/text";

/** Trust policies as they are written. */
const written = new WeakMap<RoleModel, string>();

/** Keeps a role's trust policy as it is written, so that not all of them have to be read. */
export function rememberTrust(role: RoleModel, policy: Text): void {
  if (isKnown(policy)) written.set(role, policy);
}

/** The subjects that a condition names: one, or a list. */
const SUBJECTS = /:sub"\s*:\s*(?:("[^"]*")|\[(\s*"[^"]*"(?:\s*,\s*"[^"]*")*\s*)\])/gi;

/**
 * The subjects that a trust policy lets in, where its text alone tells them: it has one statement, which asks for
 * them plainly. `undefined` where the policy has to be read. Of ten thousand roles that is a tenth of the work.
 */
export function writtenSubjects(role: RoleModel): readonly string[] | undefined {
  const policy = written.get(role);
  // What is escaped, denied or asked for in a roundabout way is for those who read it all.
  if (policy === undefined || /\\|Not|IfExists|ForAllValues/i.test(policy) || countOf(policy, /"effect"/gi) !== 1)
    return undefined;
  const [found, ...others] = policy.matchAll(SUBJECTS);
  if (!found || others.length > 0) return undefined;
  const subjects = ((found[1] ?? found[2] ?? "").match(/"[^"]*"/g) ?? []).map((each) => each.slice(1, -1));
  return subjects.length > 0 &&
    subjects.every((each) => /^repo:/i.test(each)) &&
    countOf(policy, /"repo:/gi) === subjects.length &&
    countOf(policy, /:sub"/gi) === 1
    ? subjects
    : undefined;
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
