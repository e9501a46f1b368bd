import { ANY, ONE } from "../aws/pattern";
import type { ValuePattern } from "./key-test";

/** Places that the patterns of a tape can be at, one bit for each: before each token, and at each end. */
export type Places = bigint;

/**
 * The patterns that one value is compared with, read side by side, a character at a time. Each list of patterns
 * is one question: does any of them admit the value?
 *
 * A character is here what the evaluator takes for one, a unit of UTF-16: `?` is half of a character beyond the basic
 * plane. AWS says nothing of those.
 */
export class Tape {
  readonly start: Places;
  /** Places of all patterns. */
  readonly size: number;
  private stars = 0n;
  private ones = 0n;
  private readonly letters = new Map<number, bigint>();
  private readonly questions: { readonly all: bigint; final: bigint; settled: bigint }[] = [];

  constructor(lists: readonly (readonly ValuePattern[])[]) {
    let [start, at] = [0n, 0];
    for (const patterns of lists) {
      const from = at;
      let [final, settled] = [0n, 0n];
      for (const pattern of patterns) {
        start |= 1n << BigInt(at);
        const end = this.add(pattern, at);
        final |= 1n << BigInt(end);
        // From a star at its end on, a pattern admits everything.
        if (pattern.pattern.tokens.at(-1) === ANY) settled |= 1n << BigInt(end - 1);
        at = end + 1;
      }
      this.questions.push({ all: ((1n << BigInt(at - from)) - 1n) << BigInt(from), final, settled });
    }
    this.size = at;
    this.start = this.normalized(this.closed(start));
  }

  /** @returns the place behind its last token */
  private add({ pattern, anyCase }: ValuePattern, from: number): number {
    let at = from;
    for (const token of pattern.tokens) {
      const bit = 1n << BigInt(at);
      if (token === ANY) this.stars |= bit;
      else if (token === ONE) this.ones |= bit;
      else {
        at = this.addCharacter(String.fromCodePoint(token), anyCase, at);
        continue;
      }
      at += 1;
    }
    return at;
  }

  /** All spellings of a character are as long, and begin with the same half where they have two. */
  private addCharacter(character: string, anyCase: boolean, from: number): number {
    const all = anyCase ? spellings(character) : [character];
    for (let index = 0; index < character.length; index += 1)
      for (const unit of new Set(all.map((each) => each.charCodeAt(index))))
        this.letters.set(unit, (this.letters.get(unit) ?? 0n) | (1n << BigInt(from + index)));
    return from + character.length;
  }

  /** Where the patterns are after one more character. */
  advance(places: Places, character: number): Places {
    const taking = this.ones | (this.letters.get(character) ?? 0n);
    return this.normalized(this.closed((places & this.stars) | ((places & taking) << 1n)));
  }

  /** A star admits no character too. Two stars never stand side by side. */
  private closed(places: Places): Places {
    return places | ((places & this.stars) << 1n);
  }

  /** Of a question that is settled, only that: states that differ in nothing else are then one. */
  private normalized(places: Places): Places {
    let result = places;
    for (const { all, settled } of this.questions) {
      const decided = result & settled;
      // One settled place says as much as several.
      if (decided !== 0n) result = (result & ~all) | (decided & -decided);
    }
    return result;
  }

  /** What is known of a question before the value's end; `undefined` for not yet. */
  outlook(places: Places, question: number): boolean | undefined {
    const { all, settled } = this.questionAt(question);
    if ((places & settled) !== 0n) return true;
    return (places & all) === 0n ? false : undefined;
  }

  /** The answer at the value's end. */
  answer(places: Places, question: number): boolean {
    const { final, settled } = this.questionAt(question);
    return (places & (final | settled)) !== 0n;
  }

  /** Characters that the patterns ask for at these places: any other one is like all others. */
  lettersAt(places: Places): number[] {
    const found: number[] = [];
    for (const [letter, bits] of this.letters) if ((places & bits) !== 0n) found.push(letter);
    return found;
  }

  private questionAt(question: number): { all: bigint; final: bigint; settled: bigint } {
    const found = this.questions[question];
    if (!found) throw new RangeError(`there is no question ${question}`);
    return found;
  }
}

/** Capitals of the letters of a policy, which has Latin-1 alone, that no upper-casing of theirs leads to. */
const OTHER_CAPITALS: Readonly<Record<string, string>> = { k: "\u212a", "\u00e5": "\u212b", "\u00df": "\u1e9e" };

/** A character in every case that lower-casing makes the same, as StringEqualsIgnoreCase compares. */
function spellings(character: string): string[] {
  const lower = character.toLowerCase();
  const all = [character, lower, lower.toUpperCase(), OTHER_CAPITALS[lower] ?? lower];
  return all.filter((each) => each.length === character.length && each.toLowerCase() === lower);
}
