import { type Finding, isInText, type Location } from "./finding";
import { findRule } from "./registry";
import type { AnyRule } from "./rule";
import type { CheckSubject, SuppressionSubject } from "./subject";
import type { Suppression } from "./suppression";

/** A suppression and where it stands. */
export interface PlacedSuppression extends Suppression {
  readonly location: Location;
}

/** A finding that the access file excuses. */
export interface Suppressed {
  readonly finding: Finding;
  readonly suppression: PlacedSuppression;
}

/** What is left of findings, what was excused, and what came of the excuses. */
export interface Suppressing {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** For the rule that looks at excuses themselves. */
  readonly subjects: readonly CheckSubject[];
}

/**
 * Takes away what the access file excuses. An excuse whose last day is over excuses nothing; one of a rule that
 * was not run says nothing.
 *
 * @param rules those that were run.
 * @param today as `2026-11-21`.
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly PlacedSuppression[],
  rules: readonly AnyRule[],
  today: string,
): Suppressing {
  const index = new ByRule(suppressions);
  const uses = new Map<PlacedSuppression, number>();
  const left: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const covering = index.covering(finding);
    for (const each of covering) uses.set(each, (uses.get(each) ?? 0) + 1);
    const suppression = covering.find((each) => !isOver(each, today));
    if (suppression) suppressed.push({ finding, suppression });
    else left.push(finding);
  }
  const ran = suppressions.filter(({ rule }) => !findRule(rule) || rules.some(({ id }) => id === rule));
  return { findings: left, suppressed, subjects: ran.map((each) => subjectOf(each, uses.get(each) ?? 0, today)) };
}

const subjectOf = (suppression: PlacedSuppression, uses: number, today: string): SuppressionSubject => ({
  kind: "suppression",
  suppression,
  uses,
  isOver: isOver(suppression, today),
  isRule: findRule(suppression.rule) !== undefined,
  locate: () => suppression.location,
});

/** Days in ISO's form are in the order of their letters. */
const isOver = ({ until }: Suppression, today: string): boolean => until !== undefined && until < today;

/** Suppressions by rule and place: ten thousand of them must not be walked for each finding. */
class ByRule {
  private readonly byKey = new Map<string, PlacedSuppression[]>();

  constructor(suppressions: readonly PlacedSuppression[]) {
    for (const each of suppressions) {
      const key = keyOf(each.rule, each.path);
      this.byKey.set(key, [...(this.byKey.get(key) ?? []), each]);
    }
  }

  /** Those of the finding's rule at its place or above. */
  covering({ rule, location }: Finding): PlacedSuppression[] {
    const path = isInText(location) ? (location.path ?? []) : [];
    return path.flatMap((_, index) => this.byKey.get(keyOf(rule, path.slice(0, index + 1))) ?? []);
  }
}

const keyOf = (rule: string, path: readonly string[]): string => JSON.stringify([rule, ...path]);
