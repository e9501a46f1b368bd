/**
 * Filter patterns of GitHub's, as for `branches` and `tags`, brought into the patterns of IAM, which know
 * only `*` and `?`. Nothing that GitHub's pattern admits is lost; mostly more is admitted.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export interface RefPattern {
  /** Name of a branch or tag, with `*` for any characters and `?` for one. */
  readonly pattern: string;
  /** Whether the filter admits just these. */
  readonly exact: boolean;
}

const ANY_REF: RefPattern = { pattern: "*", exact: true };

/**
 * What the filters of an event leave of its branches, or of its tags.
 *
 * @param only names that are admitted; one with `!` takes away from those before it
 * @param ignored names that are not
 */
export function admittedRefs(only: readonly string[] | null, ignored: readonly string[] | null): RefPattern[] {
  if (only === null) return [{ ...ANY_REF, exact: ignored === null }];
  const isExact = !only.some((each) => each.startsWith("!"));
  return only
    .filter((each) => !each.startsWith("!"))
    .map((each) => {
      const { pattern, exact } = refPattern(each);
      return { pattern, exact: exact && isExact };
    });
}

/** Longest filter that is looked at: no ref has a longer name. */
const MAX_LENGTH = 1_000;

/** One filter pattern. */
export function refPattern(filter: string): RefPattern {
  if (filter.length > MAX_LENGTH) return { ...ANY_REF, exact: false };
  let [pattern, exact] = ["", true];
  for (const { one, text, repeat } of tokensOf(filter)) {
    // What may stand never, once or often is anything; so is what a star stands for, which here stops at a slash.
    const isAny = text === "*" || text === "**" || repeat === "?";
    pattern += isAny ? "*" : repeat === "+" ? `${one}*` : one;
    exact &&= !isAny ? repeat === undefined && one === text && one !== "?" : text === "**" && repeat === undefined;
  }
  return { pattern: pattern.replaceAll(/\*{2,}/g, "*"), exact };
}

interface FilterToken {
  /** What one of it is as a pattern of IAM. */
  readonly one: string;
  readonly text: string;
  readonly repeat: "?" | "+" | undefined;
}

/** Takes a filter apart: a star or two, a character or a set of them, each perhaps with `?` or `+` behind it. */
function* tokensOf(filter: string): Generator<FilterToken> {
  for (const [, stars, set, escaped, character = "", repeat] of filter.matchAll(
    /(?:(\*+)|(\[[^\]]*\])|\\(.)|(.))([?+])?/gsu,
  )) {
    const one = stars === undefined && set === undefined ? (escaped ?? character) : "?";
    yield {
      one,
      text: stars ? (stars.length > 1 ? "**" : "*") : (set ?? one),
      repeat: repeat as FilterToken["repeat"],
    };
  }
}
