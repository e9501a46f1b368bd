/**
 * Fuzzing without a dependency: a corpus, mutated by a seeded generator, so that every run and every
 * failure can be had again.
 */

/** What is fuzzed: a parser, wrapped so that it throws exactly when it has misbehaved. */
export interface FuzzTarget {
  readonly name: string;
  /** Sound inputs and known odd ones: everything else is made of them. */
  readonly corpus: readonly string[];
  /** Words that mean something in the format: a mutation puts them anywhere. */
  readonly dictionary: readonly string[];
  /** @throws anything when the parser crashed, or broke one of its laws. */
  readonly run: (input: string | Uint8Array) => void;
}

export interface FuzzOptions {
  readonly runs: number;
  /** Runs of the same seed are the same. @default 1 */
  readonly seed?: number;
  /** Longest time in all; the run ends early without failing. @default unlimited */
  readonly milliseconds?: number;
  /** Longest time of one input: more is taken for a hang. @default 2000 */
  readonly millisecondsPerInput?: number;
  /** Longest input, in characters. @default 16384 */
  readonly maxLength?: number;
}

export interface FuzzReport {
  readonly name: string;
  readonly runs: number;
  readonly milliseconds: number;
  /** Time of the slowest input. */
  readonly slowest: number;
}

/** How much of an input a failure repeats. */
const SHOWN = 4_000;

/** An input on which the target failed, and how to have it again. */
export class FuzzFailure extends Error {
  constructor(
    readonly target: string,
    readonly run: number,
    readonly seed: number,
    readonly input: string | Uint8Array,
    reason: unknown,
  ) {
    const shown =
      typeof input === "string"
        ? JSON.stringify(input.slice(0, SHOWN))
        : `bytes ${Buffer.from(input.slice(0, SHOWN)).toString("base64")}`;
    super(
      `${target}, seed ${seed}, run ${run}: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\ninput: ${shown}`,
    );
    this.name = "FuzzFailure";
  }
}

/**
 * Runs the corpus as it is, and then mutations of it.
 *
 * @throws FuzzFailure for the first input that the target throws on, or takes too long with.
 */
export function fuzz(
  target: FuzzTarget,
  { runs, seed = 1, milliseconds = Infinity, millisecondsPerInput = 2_000, maxLength = 16_384 }: FuzzOptions,
): FuzzReport {
  const random = generator(seed);
  const encoder = new TextEncoder();
  const started = performance.now();
  let slowest = 0;
  let run = 0;
  for (; run < runs && performance.now() - started < milliseconds; run += 1) {
    const text = target.corpus[run] ?? mutate(target, random, maxLength);
    // Now and then bytes, which need not be text at all.
    const input = run % 16 === 15 ? spoil(encoder.encode(text), random) : text;
    const before = performance.now();
    try {
      target.run(input);
    } catch (error) {
      throw new FuzzFailure(target.name, run, seed, input, error);
    }
    const taken = performance.now() - before;
    if (taken > millisecondsPerInput)
      throw new FuzzFailure(target.name, run, seed, input, `took ${Math.round(taken)} ms`);
    slowest = Math.max(slowest, taken);
  }
  return { name: target.name, runs: run, milliseconds: performance.now() - started, slowest };
}

/** A number from 0 up to, but without, a bound. */
type Random = (below: number) => number;

/** Mulberry32: small, quick, and the same everywhere. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const pick = <T>(items: readonly T[], random: Random): T | undefined => items[random(items.length)];

/** Changes an input of the corpus: mostly a little, so that much of what comes out is still nearly sound. */
function mutate({ corpus, dictionary }: FuzzTarget, random: Random, maxLength: number): string {
  let input = pick(corpus, random) ?? "";
  for (let left = 1 + random(1 + random(6)); left > 0; left -= 1)
    input = (pick(MUTATIONS, random) ?? keep)(input, random, corpus, dictionary).slice(0, maxLength);
  return input;
}

type Mutation = (input: string, random: Random, corpus: readonly string[], dictionary: readonly string[]) => string;

const keep: Mutation = (input) => input;

/** Replaces what stands between two places. */
const put = (input: string, from: number, to: number, text: string): string =>
  input.slice(0, from) + text + input.slice(to);

const quotedTexts = (input: string): RegExpExecArray[] => [...input.matchAll(/"[^"\\]*"/g)];

/** Characters that formats give a meaning to, and some that they forget. */
const ODD = [
  ..."{}[]()<>:,;\"'\\/*?$%&#@!|`~^-+=._ \t\r\n\u0000\u001f\u007f\u00e9\u0130\u2028\ufeff\ud800",
  "\u{1f600}",
];

const MUTATIONS: readonly Mutation[] = [
  function replaceCharacter(input, random) {
    const at = random(input.length);
    return put(input, at, at + 1, pick(ODD, random) ?? "");
  },
  function insertCharacter(input, random) {
    const at = random(input.length + 1);
    return put(input, at, at, pick(ODD, random) ?? "");
  },
  function removePart(input, random) {
    const at = random(input.length);
    return put(input, at, at + 1 + random(12), "");
  },
  function removeMuch(input, random) {
    const at = random(input.length);
    return put(input, at, at + random(input.length), "");
  },
  function truncate(input, random) {
    return input.slice(0, random(input.length + 1));
  },
  function insertWord(input, random, _, dictionary) {
    const at = random(input.length + 1);
    return put(input, at, at, pick(dictionary, random) ?? "");
  },
  function replaceWord(input, random, _, dictionary) {
    const words = [...input.matchAll(/[A-Za-z0-9_]+/g)];
    const word = pick(words, random);
    return word ? put(input, word.index, word.index + word[0].length, pick(dictionary, random) ?? "") : input;
  },
  function replaceQuoted(input, random, corpus) {
    const [here, there] = [pick(quotedTexts(input), random), pick(quotedTexts(pick(corpus, random) ?? ""), random)];
    return here && there ? put(input, here.index, here.index + here[0].length, there[0]) : input;
  },
  function replaceByLiteral(input, random) {
    const here = pick(quotedTexts(input), random);
    return here
      ? put(
          input,
          here.index,
          here.index + here[0].length,
          pick(["1", "true", "null", "[]", "{}", '""', `[${here[0]}]`, `[${here[0]},${here[0]}]`, '"*"'], random) ?? "",
        )
      : input;
  },
  function removeMember(input, random) {
    const member = pick([...input.matchAll(/"[^"\\]*"\s*:\s*"[^"\\]*"\s*,/g)], random);
    return member ? put(input, member.index, member.index + member[0].length, "") : input;
  },
  function changeCase(input, random) {
    const at = random(input.length);
    const letter = input[at] ?? "";
    return put(input, at, at + 1, letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
  },
  function repeatPart(input, random) {
    const at = random(input.length);
    const part = input.slice(at, at + 1 + random(24));
    return put(input, at, at, part.repeat(1 + random(random(8) === 0 ? 200 : 4)));
  },
  function splice(input, random, corpus) {
    const other = pick(corpus, random) ?? "";
    return input.slice(0, random(input.length + 1)) + other.slice(random(other.length + 1));
  },
  function changeNumber(input, random) {
    const number = pick([...input.matchAll(/[0-9]+/g)], random);
    const other =
      pick(["0", "-1", "1e999", "9".repeat(40), "00", "1.5", "2147483648", "9007199254740993"], random) ?? "";
    return number ? put(input, number.index, number.index + number[0].length, other) : input;
  },
];

/** Bytes of which some are wrong, so that they need not be UTF-8. */
function spoil(bytes: Uint8Array, random: Random): Uint8Array {
  for (let left = random(4); left > 0 && bytes.length > 0; left -= 1) bytes[random(bytes.length)] = random(256);
  return bytes;
}
