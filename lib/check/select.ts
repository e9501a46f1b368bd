import { findRule, RULES } from "./registry";
import type { AnyRule } from "./rule";

/** The rules that somebody asks for, or the id that is none. */
export type Selection = { readonly rules: readonly AnyRule[] } | { readonly unknown: string };

/**
 * The rules to run.
 *
 * @param only ids of the rules to run; empty for all.
 * @param without ids of rules not to run; wins over `only`.
 */
export function selectRules(only: readonly string[], without: readonly string[]): Selection {
  const unknown = [...only, ...without].find((id) => !findRule(id));
  if (unknown !== undefined) return { unknown };
  const [wanted, unwanted] = [only, without].map((ids) => new Set(ids.map(findRule)));
  return { rules: RULES.filter((rule) => (only.length === 0 || wanted?.has(rule)) && !unwanted?.has(rule)) };
}
