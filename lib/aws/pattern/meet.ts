import { ANY, ONE, type Pattern, type Token } from "./pattern";

/** Is there a text that both admit? Exact, in at most (a × b) steps and mostly far fewer. */
export function intersects({ tokens: a }: Pattern, { tokens: b }: Pattern): boolean {
  if (!a.includes(ANY)) return admitsPlaces(b, a);
  if (!b.includes(ANY)) return admitsPlaces(a, b);
  // With a star each, either takes what is in the middle of the other: only the ends have to agree.
  return beginningsAgree(a, b) && beginningsAgree(a.toReversed(), b.toReversed());
}

/**
 * A text that both patterns admit, or `undefined` when there is none. Exact; time and memory (one byte)
 * grow with (a × b) when there is one.
 */
export function meet(a: Pattern, b: Pattern): string | undefined {
  return intersects(a, b) ? walk(a.tokens, b.tokens, meetings(a.tokens, b.tokens)) : undefined;
}

type CanMeet = (i: number, j: number) => boolean;

/** Tells for all places whether what follows them in the two patterns has a text in common. */
function meetings(a: readonly Token[], b: readonly Token[]): CanMeet {
  const width = b.length + 1;
  const table = new Uint8Array((a.length + 1) * width);
  table[a.length * width + b.length] = 1;
  for (let i = a.length; i >= 0; i -= 1) {
    const one = i < a.length ? a[i] : undefined;
    for (let j = b.length; j >= 0; j -= 1) {
      // Never read behind the end: the engine would make all reads slow.
      const other = j < b.length ? b[j] : undefined;
      const at = i * width + j;
      // A star ends here, or takes what the other pattern has next: a character or another star.
      if (one === ANY || other === ANY)
        table[at] = (i < a.length && table[at + width] === 1) || (j < b.length && table[at + 1] === 1) ? 1 : 0;
      else if (one !== undefined && other !== undefined && agree(one, other)) table[at] = table[at + width + 1] ?? 0;
    }
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

/** Whether two patterns agree up to the first star, or the end, of either. */
function beginningsAgree(a: readonly Token[], b: readonly Token[]): boolean {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const [one, other] = [a[index], b[index]];
    if (one === undefined || other === undefined || one === ANY || other === ANY) return true;
    if (!agree(one, other)) return false;
  }
  return true;
}

/** Whether a pattern admits a text of which some characters (`?`) are left open. As in `matches`, the last star alone is tried again. */
function admitsPlaces(tokens: readonly Token[], places: readonly Token[]): boolean {
  let [token, place, star, retry] = [0, 0, -1, 0];
  while (place < places.length) {
    const [wanted, found] = [tokens[token], places[place]];
    if (wanted === ANY) [star, token, retry] = [token, token + 1, place];
    else if (wanted !== undefined && found !== undefined && agree(wanted, found))
      [token, place] = [token + 1, place + 1];
    else if (star < 0) return false;
    else {
      retry += 1;
      [token, place] = [star + 1, retry];
    }
  }
  return tokens.slice(token).every((rest) => rest === ANY);
}
