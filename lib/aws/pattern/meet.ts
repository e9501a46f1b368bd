import { ANY, ONE, type Pattern, type Token } from "./pattern";

/** Is there a text that both admit? Exact, in (a × b) steps. */
export const intersects = (a: Pattern, b: Pattern): boolean => meet(a, b) !== undefined;

/**
 * A text that both patterns admit, or `undefined` when there is none. Exact; time and memory grow with
 * (a × b).
 */
export function meet(a: Pattern, b: Pattern): string | undefined {
  if (!beginningsAgree(a.tokens, b.tokens)) return undefined;
  const canMeet = meetings(a.tokens, b.tokens);
  return canMeet(0, 0) ? walk(a.tokens, b.tokens, canMeet) : undefined;
}

type CanMeet = (i: number, j: number) => boolean;

/** Tells for all places whether what follows them in the two patterns has a text in common. */
function meetings(a: readonly Token[], b: readonly Token[]): CanMeet {
  const width = b.length + 1;
  const table = new Uint8Array((a.length + 1) * width);
  table[a.length * width + b.length] = 1;
  for (let i = a.length; i >= 0; i -= 1)
    for (let j = b.length; j >= 0; j -= 1) {
      const [one, other, at] = [a[i], b[j], i * width + j];
      // A star ends here, or takes what the other pattern has next: a character or another star.
      if (one === ANY || other === ANY) {
        const leaveA = one !== undefined && table[at + width] === 1;
        const leaveB = other !== undefined && table[at + 1] === 1;
        table[at] = leaveA || leaveB ? 1 : 0;
      } else if (one !== undefined && other !== undefined && agree(one, other)) table[at] = table[at + width + 1] ?? 0;
    }
  return (i, j) => table[i * width + j] === 1;
}

/** Walks through both patterns, writing what both admit. */
function walk(a: readonly Token[], b: readonly Token[], canMeet: CanMeet): string {
  let [i, j, text] = [0, 0, ""];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one === ANY && other === ANY) {
      // What both leave open: one character, for a reader's sake.
      text += FILLER;
      if (canMeet(i + 1, j)) i += 1;
      else j += 1;
    } else if (one === ANY && (other === undefined || canMeet(i + 1, j))) i += 1;
    else if (other === ANY && (one === undefined || canMeet(i, j + 1))) j += 1;
    else {
      text += written(one, other);
      if (one !== ANY) i += 1;
      if (other !== ANY) j += 1;
    }
  }
  return text;
}

const FILLER = "x";

/** The character that two tokens share; a star takes what the other has. */
function written(one: Token | undefined, other: Token | undefined): string {
  const letter = [one, other].find((token) => token !== undefined && token >= 0);
  return letter === undefined ? FILLER : String.fromCodePoint(letter);
}

const agree = (one: Token, other: Token): boolean => one === other || one === ONE || other === ONE;

/** Tells most patterns that have nothing in common apart, without a table. */
function beginningsAgree(a: readonly Token[], b: readonly Token[]): boolean {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const [one, other] = [a[index], b[index]];
    if (one === undefined || other === undefined || one === ANY || other === ANY) return true;
    if (!agree(one, other)) return false;
  }
  return true;
}
