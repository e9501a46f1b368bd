import { ANY, fill, ONE, shortest, unmentioned, type Pattern, type Token } from "./pattern";

/** What a decision cost, for whoever wants to know: comparisons of tokens, or of sets of them. */
export interface Work {
  steps: number;
}

/** Does `a` admit every text that `b` admits? Exact, in at most (a × b) steps. */
export const includes = (a: Pattern, b: Pattern, work?: Work): boolean => escape(a, b, work) === undefined;

/**
 * A text that `b` admits and `a` does not, or `undefined` when there is none.
 *
 * It suffices to look at texts in which `b`'s wildcards are filled with a character that `a` does not
 * mention: only `a`'s wildcards take it, and they would take any other in its place. Such a text is given
 * by how long each `*` of `b` is, and the best choice can be made from left to right. `a` is a beginning,
 * an end, and between them an alternation of gaps ("at least n characters") and cores (which begin and
 * end with a letter); matching it greedily never loses, and the further along `b` a match has to go, the
 * less is left for the rest. So, to lead `a` astray:
 *
 * - under a gap, leave the stars of `b` empty: it then swallows as much of `b` as it can;
 * - where a core is sought, make them longer than the core: no match crosses them, and the first one
 *   within an unbroken piece of `b` cannot be avoided anyway.
 *
 * No other choice goes further, so that `a` includes `b` if and only if it survives this one.
 */
export function escape(a: Pattern, b: Pattern, work: Work = { steps: 0 }): string | undefined {
  const lengths = misleadingLengths(a, b, work);
  return lengths && fill(b, unmentioned([a]), (star) => lengths.get(star) ?? 0);
}

/** How long to make the stars of `b` (by their index, 0 if absent), or `undefined` when no choice escapes `a`. */
function misleadingLengths(a: Pattern, b: Pattern, work: Work): ReadonlyMap<number, number> | undefined {
  const { places, starBefore } = placesOf(b);
  const lengths = new Map<number, number>();
  const long = a.tokens.length + 1;
  const lengthen = (from: number, to: number): ReadonlyMap<number, number> => {
    for (let place = from; place <= to; place += 1) {
      const star = starBefore[place];
      if (star !== undefined) lengths.set(star, long);
    }
    return lengths;
  };
  /** Whether places of `b`, with no star between them, fit tokens of `a`. */
  const fits = (wanted: readonly Token[], at: number): boolean =>
    wanted.every((token, index) => {
      work.steps += 1;
      return (index === 0 || starBefore[at + index] === undefined) && (token === ONE || token === places[at + index]);
    });

  if (places.length < shortest(a)) return lengths;
  const parts = splitAtStars(a.tokens);
  const [first = [], ...rest] = parts;
  const last = rest.pop();
  if (last === undefined)
    return starBefore.some((star) => star !== undefined)
      ? lengthen(0, places.length)
      : places.length === first.length && fits(first, 0)
        ? undefined
        : lengths;

  const beginning = coreAndGap(first);
  const end = places.length - last.length;
  if (beginning.core.length > 0 && (starBefore[0] !== undefined || !fits(beginning.core, 0)))
    return lengthen(0, beginning.core.length - 1);
  if (last.length > 0 && (starBefore[places.length] !== undefined || !fits(last, end)))
    return lengthen(end + 1, places.length);
  let place = beginning.core.length + beginning.gap;
  for (const { core, gap } of rest.map(coreAndGap)) {
    const from = place;
    while (place + core.length <= end && !fits(core, place)) place += 1;
    if (place + core.length > end) return lengthen(from, end);
    lengthen(from, place);
    place += core.length + gap;
  }
  return place > end ? lengths : undefined;
}

/** The tokens of a pattern without its stars, and before which of them (or at the end) a star stands: its index. */
function placesOf({ tokens }: Pattern): { places: readonly Token[]; starBefore: readonly (number | undefined)[] } {
  const places: Token[] = [];
  const starBefore: (number | undefined)[] = [undefined];
  tokens.forEach((token, index) => {
    if (token === ANY) starBefore[places.length] = index;
    else {
      places.push(token);
      starBefore[places.length] = undefined;
    }
  });
  return { places, starBefore };
}

function splitAtStars(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens)
    if (token === ANY) parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

/** What stands before a star: up to its last letter, and how many `?` follow, which make the star's gap wider. */
function coreAndGap(part: readonly Token[]): { core: readonly Token[]; gap: number } {
  const length = part.findLastIndex((token) => token !== ONE) + 1;
  return { core: part.slice(0, length), gap: part.length - length };
}
