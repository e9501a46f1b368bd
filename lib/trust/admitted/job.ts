import { parseContext, parseTemplatedContext, type TemplatedContext } from "../../github/subject";
import type { SubjectSet } from "./subject-set";

/** What the jobs of a set do, as far as their subject says it in a form that GitHub mints. */
export function jobOf({
  context,
  leadingClaim,
}: Pick<SubjectSet, "context" | "leadingClaim">): TemplatedContext | undefined {
  const parsed = parseContext(context);
  if (parsed) return { context: parsed, claims: {} };
  return leadingClaim === undefined && context !== "*" ? parseTemplatedContext(context) : undefined;
}
