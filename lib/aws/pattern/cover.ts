import { escape, type Work } from "./inclusion";
import { ANY, example, fill, matches, ONE, unmentioned, type Pattern } from "./pattern";

/** Whether patterns admit, all together, what another one admits. */
export type Cover =
  | { readonly answer: "yes" }
  /** `escapes` is a text of the pattern that none of the others admits. */
  | { readonly answer: "no"; readonly escapes: string }
  /** Neither was found within the bound: treat it as the worse of the two. */
  | { readonly answer: "undecided" };

/** Most sets of places that are followed side by side. */
export const MAX_SETS = 256;
/** Most steps of one search: a fraction of a second for the largest policy that AWS stores. */
export const MAX_STEPS = 200_000;

/**
 * Do the patterns of a list, as alternatives, admit every text that `b` admits?
 *
 * The answer is exact and quick whenever one pattern of the list covers `b` by itself, or `b` has no star,
 * or no pattern of the list has a `?`. In general the question is as hard as whether a formula is always
 * true: `a?b*` and its like can say of each star of `b` how long it must be, and a list of them is any
 * combination of such sayings. So the search for a text that escapes follows at most MAX_SETS cases at a
 * time, for MAX_STEPS steps. Where it had to leave cases out, a text that it finds is still an answer, and
 * finding none is not.
 */
export function cover(list: readonly Pattern[], b: Pattern, work: Work = { steps: 0 }): Cover {
  const plain = [example(b), fill(b, unmentioned(list), 1)].find(
    (text) => !list.some((pattern) => matches(pattern, text)),
  );
  if (plain !== undefined) return { answer: "no", escapes: plain };
  for (const pattern of list) {
    const text = escape(pattern, b, work);
    if (text === undefined) return { answer: "yes" };
    if (!list.some((other) => matches(other, text))) return { answer: "no", escapes: text };
  }
  return search(list, b, work);
}

/** Whether the list surely admits all that `b` admits: an undecided case counts as no. */
export const includesAny = (list: readonly Pattern[], b: Pattern): boolean => cover(list, b).answer === "yes";

/** A text that `b` admits and none of the list, or `undefined` when there is none or none was found. */
export function difference(list: readonly Pattern[], b: Pattern): string | undefined {
  const result = cover(list, b);
  return result.answer === "no" ? result.escapes : undefined;
}

/** How a set of places was reached: the lengths of `b`'s stars so far, the last one first. */
interface Path {
  readonly length: number;
  readonly before: Path | undefined;
}

/** A set of places, and how it was reached. */
type Reached = readonly [set: bigint, path: Path | undefined];

/**
 * Reads the texts of `b` one token after the other and keeps, for each way its stars may be filled, the set
 * of places that the list's patterns can be at: one bit for each place. As in `escape`, a character that the
 * list does not mention is all that `b`'s wildcards need to be filled with. A set that contains another is
 * left out: whatever escapes the larger one escapes the smaller one too.
 */
function search(list: readonly Pattern[], b: Pattern, work: Work): Cover {
  const places = placesOf(list);
  const limit = work.steps + MAX_STEPS;
  let sets: readonly Reached[] = [[places.start, undefined]];
  let complete = true;
  for (const token of b.tokens) {
    const next =
      token === ANY
        ? sets.flatMap((reached) => lengthened(reached, places.advance, work, limit))
        : sets.map(([set, path]): Reached => [places.advance(set, token), path]);
    work.steps += next.length;
    const open = next.filter(([set]) => (set & places.settled) === 0n);
    const kept = token === ANY ? smallest(open, work) : open;
    if (kept.length > MAX_SETS) complete = false;
    if (work.steps > limit) return { answer: "undecided" };
    sets = kept.slice(0, MAX_SETS);
  }
  const escaped = sets.find(([set]) => (set & places.final) === 0n);
  if (escaped) return { answer: "no", escapes: fill(b, unmentioned(list), lengthsOf(escaped[1], b)) };
  return complete ? { answer: "yes" } : { answer: "undecided" };
}

/** What becomes of a set with each further character of a star. After as many as the longest run of `?` in the list, nothing changes any more. */
function lengthened(
  [set, path]: Reached,
  advance: (set: bigint, token: number) => bigint,
  work: Work,
  limit: number,
): Reached[] {
  const result: Reached[] = [];
  let [before, each] = [-1n, set];
  while (each !== before && work.steps <= limit) {
    result.push([each, { length: result.length, before: path }]);
    work.steps += 1;
    [before, each] = [each, advance(each, ONE)];
  }
  return result;
}

/** The sets that contain no other; a set is, as a number, never less than one that it contains. */
function smallest(sets: readonly Reached[], work: Work): Reached[] {
  const kept: Reached[] = [];
  for (const reached of sets.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))) {
    if (kept.length > MAX_SETS) break;
    work.steps += kept.length;
    if (!kept.some(([smaller]) => (smaller & reached[0]) === smaller)) kept.push(reached);
  }
  return kept;
}

/** The places of all patterns of a list as bits: before each token, and at each end. */
function placesOf(list: readonly Pattern[]) {
  let [start, final, settled, stars, ones, at] = [0n, 0n, 0n, 0n, 0n, 0n];
  const letters = new Map<number, bigint>();
  for (const { tokens } of list) {
    start |= 1n << at;
    for (const [index, token] of tokens.entries()) {
      const bit = 1n << at;
      if (token === ANY) stars |= bit;
      else if (token === ONE) ones |= bit;
      else letters.set(token, (letters.get(token) ?? 0n) | bit);
      // From a star at its end on, a pattern admits everything.
      if (token === ANY && index === tokens.length - 1) settled |= bit;
      at += 1n;
    }
    final |= 1n << at;
    at += 1n;
  }
  const close = (set: bigint): bigint => set | ((set & stars) << 1n);
  const advance = (set: bigint, token: number): bigint =>
    close((set & stars) | ((set & (ones | (letters.get(token) ?? 0n))) << 1n));
  return { start: close(start), final, settled, advance };
}

/** Reads a path back: for the index of each star of `b`, its length. */
function lengthsOf(path: Path | undefined, { tokens }: Pattern): (star: number) => number {
  const lengths = new Map<number, number>();
  let rest = path;
  for (let index = tokens.length - 1; index >= 0 && rest; index -= 1)
    if (tokens[index] === ANY) {
      lengths.set(index, rest.length);
      rest = rest.before;
    }
  return (star) => lengths.get(star) ?? 0;
}
