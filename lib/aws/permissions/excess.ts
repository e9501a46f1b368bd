import { escapeVariables, readsVariables } from "../policy/policy-variables";
import { actionText, type Answer, type Extent, extentsOf, resourceText, within } from "./extent";
import { areImplied, normalCondition, type NormalCondition, pieces } from "./implied-conditions";
import type { PermissionsStatement } from "./read-policy";

/** What a statement is about and others are not. */
export interface Excess<S extends PermissionsStatement = PermissionsStatement> {
  readonly statement: S;
  /** Of the statement's own, as written; all of them where it is about every action but these. */
  readonly actions: readonly string[];
  /** As `actions`. */
  readonly resources: readonly string[];
  /** false: the others may be about it after all, under conditions or by variables that cannot be compared. */
  readonly certain: boolean;
}

/**
 * What statements are about and others, taken together, are not, whatever the effect: by meaning, however either are
 * split, merged and ordered. Nothing is left out that a request could tell: what cannot be decided is in it.
 *
 * @param of in the language of 2012-10-17; see `inLanguageOf2012`
 * @param exempt what need not be told, as it is denied anyway. Conditions are not compared with theirs
 */
export function excessOf<S extends PermissionsStatement>(
  of: readonly S[],
  over: readonly PermissionsStatement[],
  exempt: readonly PermissionsStatement[] = [],
): Excess<S>[] {
  const same = new Set(over.map((each) => prepared(each).key));
  const left = of.filter((each) => !same.has(prepared(each).key));
  if (left.length === 0) return [];
  const [others, denied] = [over.map(prepared), exempt.map(prepared)];
  return left.flatMap((statement) => excessOfOne(statement, others, denied));
}

interface Prepared {
  readonly actions: readonly Extent[];
  readonly resources: readonly Extent[];
  readonly conditions: readonly NormalCondition[];
  /** The same for statements that say the same in another order. */
  readonly key: string;
}

const known = new WeakMap<PermissionsStatement, Prepared>();

function prepared(statement: PermissionsStatement): Prepared {
  const before = known.get(statement);
  if (before) return before;
  const { effect, actions, notAction, resources, notResource } = statement;
  const conditions = statement.conditions.map(normalCondition);
  const result = {
    actions: extentsOf(actions, notAction, actionText),
    resources: extentsOf(resources, notResource, resourceText),
    conditions,
    key: JSON.stringify([
      effect,
      notAction,
      distinct(actions.map((action) => action.toLowerCase())),
      notResource,
      distinct(resources),
      distinct(conditions.map((each) => JSON.stringify(each))),
    ]),
  };
  known.set(statement, result);
  return result;
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

function excessOfOne<S extends PermissionsStatement>(
  statement: S,
  others: readonly Prepared[],
  denied: readonly Prepared[],
): Excess<S>[] {
  const own = prepared(statement);
  const alternatives = pieces(own.conditions).map(
    (piece) =>
      new Covering(
        own,
        [...others, ...denied].filter(({ conditions }) => areImplied(conditions, piece)),
      ),
  );
  const unlike = new Covering(
    own,
    others.filter(
      ({ conditions }) => !areImplied(conditions, own.conditions) && !areImplied(own.conditions, conditions),
    ),
  );
  const groups = new Map<string, Excess<S>>();
  for (const [action, written] of own.actions.entries()) {
    const uncovered = own.resources.flatMap((resource, index) => {
      const answers = alternatives.map((each) => each.covers(action, index));
      if (answers.every((answer) => answer === "yes")) return [];
      return [{ resource, certain: answers.includes("no") && unlike.covers(action, index) === "no" }];
    });
    for (const certain of [true, false]) {
      const resources = uncovered
        .filter((each) => each.certain === certain)
        .flatMap(({ resource }) => textsOf(resource));
      if (resources.length === 0) continue;
      const key = JSON.stringify([certain, resources]);
      groups.set(key, {
        statement,
        actions: [...(groups.get(key)?.actions ?? []), ...textsOf(written)],
        resources,
        certain,
      });
    }
  }
  return [...groups.values()];
}

const textsOf = ({ texts }: Extent): string[] => texts.map(({ written }) => written);

/** Whether statements, taken together, are about an action and a resource of another one. Their conditions are left out. */
class Covering {
  private readonly byAction = new Map<number, readonly Answer[]>();
  private readonly byResource = new Map<number, readonly Answer[]>();

  constructor(
    private readonly own: Prepared,
    private readonly list: readonly Prepared[],
  ) {}

  /** Exact where one half of the two is in no need of several statements. */
  covers(action: number, resource: number): Answer {
    const [ownAction, ownResource] = [this.own.actions[action], this.own.resources[resource]];
    if (!ownAction || !ownResource || this.list.length === 0) return "no";
    const actions = answersOf(this.byAction, action, () => this.list.map((each) => within(ownAction, each.actions)));
    const resources = answersOf(this.byResource, resource, () =>
      this.list.map((each) => within(ownResource, each.resources)),
    );
    if (actions.some((answer, index) => answer === "yes" && resources[index] === "yes")) return "yes";
    const answers = [
      within(
        ownResource,
        this.list.filter((_, index) => actions[index] === "yes").flatMap((each) => each.resources),
      ),
      within(
        ownAction,
        this.list.filter((_, index) => resources[index] === "yes").flatMap((each) => each.actions),
      ),
    ];
    if (answers.includes("yes")) return "yes";
    const isOpen = actions.some(
      (answer, index) =>
        answer !== "no" && resources[index] !== "no" && (answer === "undecided" || resources[index] === "undecided"),
    );
    return isOpen || answers.includes("undecided") ? "undecided" : "no";
  }
}

function answersOf(
  known: Map<number, readonly Answer[]>,
  index: number,
  answer: () => readonly Answer[],
): readonly Answer[] {
  const before = known.get(index);
  if (before) return before;
  const found = answer();
  known.set(index, found);
  return found;
}

/**
 * Statements of a policy of any version, written in the newest language: in the older one `${…}` is text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function inLanguageOf2012(
  statements: readonly PermissionsStatement[],
  version: string | undefined,
): readonly PermissionsStatement[] {
  if (readsVariables(version)) return statements;
  return statements.map((statement) => ({
    ...statement,
    resources: statement.resources.map(escapeVariables),
    conditions: statement.conditions.map((condition) => ({
      ...condition,
      values: condition.values.map(escapeVariables),
    })),
  }));
}
