import type { GrammarEdge, GrammarNode } from "./grammar";
import { evaluate, type Formula, type Outcome } from "./formula";
import type { KeyTest } from "./key-test";
import { Tape, type Places } from "./tape";

/** What a walk through a grammar wrote. */
export interface WrittenToken {
  /** By name. A claim that is absent has none. */
  readonly texts: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/**
 * Work that may still be done: a step is a state looked at, for each 64 places of its patterns. Policies as people
 * write them take a few thousand.
 */
export interface Budget {
  steps: number;
}

/** For all that is asked of one policy: a fraction of a second. */
export const MAX_STEPS = 100_000;

/** Texts of which a walk keeps in mind whether they have ended, also where no test looks at them. */
const STRUCTURAL: readonly string[] = ["owner", "repository", "environment", "ref"];

/** `overBudget`: neither a token was found nor that there is none. */
export type SearchResult = { readonly found: readonly WrittenToken[]; readonly overBudget: boolean };

/**
 * Looks for tokens of a grammar for which a formula over their texts is true. Every pattern is followed at once, a
 * character at a time, so that the answer "none" is certain: a way is left only where the formula cannot become true
 * any more, or where another way stands at the very same places.
 *
 * @param budget what is done is taken from it
 * @param most how many tokens to look for. @default 1
 */
export function searchTokens(
  grammar: GrammarNode,
  formula: Formula,
  tests: readonly KeyTest[],
  budget: Budget,
  most = 1,
): SearchResult {
  return new TokenSearch(grammar, formula, tests, budget, most).run();
}

/** Where a walk stands. Outcomes are two bits for each test: whether it is decided, and what it came to. */
interface State {
  readonly at: GrammarNode;
  readonly places: readonly Places[];
  /** Of the texts with a tape, those that have ended. */
  readonly ended: number;
  readonly started: number;
  readonly decided: bigint;
  readonly true: bigint;
  readonly before: State | undefined;
  readonly edge: GrammarEdge | undefined;
  readonly character: number;
}

class TokenSearch {
  /** Texts that are tested or guarded, by name; the first ones have a tape. */
  private readonly indexes = new Map<string, number>();
  private readonly tapes: Tape[] = [];
  private readonly testsOf: { readonly number: number; readonly question: number }[][] = [];
  /** Of each test its tape, and its question there. */
  private readonly askedAt: { readonly index: number; readonly question: number }[] = [];
  private readonly seen = new Map<GrammarNode, Set<string>>();
  private readonly found: WrittenToken[] = [];
  private readonly waiting: State[] = [];
  private readonly size: number;

  constructor(
    private readonly grammar: GrammarNode,
    private readonly formula: Formula,
    private readonly tests: readonly KeyTest[],
    private readonly budget: Budget,
    private readonly most: number,
  ) {
    for (const [number, { subject }] of tests.entries()) {
      const index = this.indexOf(subject);
      const own = (this.testsOf[index] ??= []);
      this.askedAt.push({ index, question: own.length });
      own.push({ number, question: own.length });
    }
    for (const own of this.testsOf) this.tapes.push(new Tape(own.map(({ number }) => this.testAt(number).patterns)));
    this.size = Math.floor(this.tapes.reduce((size, tape) => size + tape.size, 0) / 64);
  }

  run(): SearchResult {
    this.push({
      at: this.grammar,
      places: this.tapes.map(({ start }) => start),
      ended: 0,
      started: 0,
      decided: 0n,
      true: 0n,
      before: undefined,
      edge: undefined,
      character: 0,
    });
    // The last one first: where many tokens fulfil the formula, one is found without looking at all ways to it.
    for (let state = this.waiting.pop(); state && this.found.length < this.most; state = this.waiting.pop()) {
      if (this.budget.steps <= 0) return { found: this.found, overBudget: true };
      this.expand(state);
    }
    return { found: this.found, overBudget: false };
  }

  private expand(state: State): void {
    if (state.at.edges.length === 0) {
      if (this.outcome(state) === true) this.found.push(written(state));
      return;
    }
    for (const edge of state.at.edges.toReversed()) this.follow(state, edge);
  }

  private follow(state: State, edge: GrammarEdge): void {
    switch (edge.kind) {
      case "note":
        return this.push({ ...state, at: edge.to, before: state, edge, character: 0 });
      case "guard":
        if (this.isOpen(state, edge)) this.push({ ...state, at: edge.to, before: state, edge, character: 0 });
        return;
      case "end":
        return this.push(this.atEnd(state, edge));
      case "letter":
        return this.push(this.advanced(state, edge, edge.character));
      case "any":
        for (const character of this.charactersFor(state, edge)) this.push(this.advanced(state, edge, character));
    }
  }

  /** One character of each kind that makes a difference. */
  private charactersFor(state: State, { characters, feeds }: Extract<GrammarEdge, { kind: "any" }>): number[] {
    const letters = new Set<number>();
    for (const text of feeds) {
      const tape = this.tapeOf(text);
      if (tape) for (const letter of tape.lettersAt(state.places[this.indexOf(text)] ?? 0n)) letters.add(letter);
    }
    const asked = [...letters].filter((letter) => characters.has(letter));
    const other = characters.preferred.find((each) => !letters.has(each)) ?? anyOther(characters, letters);
    return other === undefined ? asked : [other, ...asked];
  }

  private advanced(state: State, edge: GrammarEdge & { readonly feeds: readonly string[] }, character: number): State {
    let { places, started } = state;
    for (const text of edge.feeds) {
      const tape = this.tapeOf(text);
      if (!tape) continue;
      const index = this.indexOf(text);
      if ((state.ended & (1 << index)) !== 0) continue;
      if (places === state.places) places = [...places];
      (places as Places[])[index] = tape.advance(places[index] ?? 0n, character);
      started |= 1 << index;
    }
    return { ...state, at: edge.to, places, started, before: state, edge, character };
  }

  private atEnd(state: State, edge: Extract<GrammarEdge, { kind: "end" }>): State {
    const index = this.indexOf(edge.text);
    let { decided, true: yes, places } = state;
    const tape = this.tapes[index];
    // What says a text again, in a customised subject, changes nothing of it.
    if (tape && (state.ended & (1 << index)) === 0) {
      const isEmpty = (state.started & (1 << index)) === 0;
      for (const { number, question } of this.testsOf[index] ?? []) {
        decided |= 1n << BigInt(number);
        if (outcomeAtEnd(this.testAt(number), edge.present, isEmpty, () => tape.answer(places[index] ?? 0n, question)))
          yes |= 1n << BigInt(number);
      }
      places = places.with(index, 0n);
    }
    return {
      ...state,
      at: edge.to,
      places,
      ended: this.isRemembered(edge.text) ? state.ended | (1 << index) : state.ended,
      decided,
      true: yes,
      before: state,
      edge,
      character: 0,
    };
  }

  /** Takes a state up, unless nothing can come of it or it was there before. */
  private push(state: State): void {
    const outcome = this.outcome(state);
    if (outcome === false) return;
    const key = outcome === true ? `+${state.ended}` : keyOf(state);
    const seen = this.seen.get(state.at) ?? new Set<string>();
    if (seen.has(key)) return;
    this.seen.set(state.at, seen.add(key));
    this.budget.steps -= 1 + this.size;
    this.waiting.push(state);
  }

  private outcome(state: State): Outcome {
    return evaluate(this.formula, (number) => this.outcomeOfTest(state, number));
  }

  private outcomeOfTest({ decided, true: yes, places, started }: State, number: number): Outcome {
    const bit = 1n << BigInt(number);
    if ((decided & bit) !== 0n) return (yes & bit) !== 0n;
    const asked = this.askedAt[number];
    // Before its first character a text may yet be absent, or empty.
    if (!asked || (started & (1 << asked.index)) === 0) return undefined;
    const matched = this.tapes[asked.index]?.outlook(places[asked.index] ?? 0n, asked.question);
    return matched === undefined ? undefined : matched !== this.testAt(number).negated;
  }

  private isOpen(
    { ended }: State,
    { text, ended: wanted, untested }: Extract<GrammarEdge, { kind: "guard" }>,
  ): boolean {
    return this.isRemembered(text) ? ((ended & (1 << this.indexOf(text))) !== 0) === wanted : untested;
  }

  private isRemembered(text: string): boolean {
    return STRUCTURAL.includes(text) || this.tapeOf(text) !== undefined;
  }

  private tapeOf(text: string): Tape | undefined {
    const index = this.indexes.get(text);
    return index === undefined ? undefined : this.tapes[index];
  }

  private indexOf(text: string): number {
    const known = this.indexes.get(text);
    if (known !== undefined) return known;
    this.indexes.set(text, this.indexes.size);
    return this.indexes.size - 1;
  }

  private testAt(number: number): KeyTest {
    return this.tests[number] as KeyTest;
  }
}

/** Hexadecimal is what long numbers are written in quickly. */
const keyOf = ({ ended, decided, true: yes, places }: State): string =>
  [ended, ...[decided, yes, ...places].map((each) => each.toString(16))].join(" ");

function outcomeAtEnd(test: KeyTest, present: boolean, isEmpty: boolean, matches: () => boolean): boolean {
  if (!present) return test.whenAbsent;
  return isEmpty && test.whenEmpty !== undefined ? test.whenEmpty : matches() !== test.negated;
}

/** A character that no pattern asks for, where the preferred ones are all asked for. */
function anyOther(
  { has }: { readonly has: (character: number) => boolean },
  letters: ReadonlySet<number>,
): number | undefined {
  for (let character = 0x21; character < 0x250; character += 1)
    if (has(character) && !letters.has(character)) return character;
  return undefined;
}

function written(state: State): WrittenToken {
  const texts = new Map<string, string>();
  const ended = new Set<string>();
  const notes: string[] = [];
  const steps: State[] = [];
  for (let each: State | undefined = state; each; each = each.before) steps.push(each);
  for (const { edge, character } of steps.reverse()) {
    if (edge?.kind === "note") notes.push(edge.note);
    if (edge?.kind === "end") ended.add(edge.text);
    if (edge?.kind !== "letter" && edge?.kind !== "any") continue;
    for (const text of edge.feeds)
      if (!ended.has(text)) texts.set(text, `${texts.get(text) ?? ""}${String.fromCodePoint(character)}`);
  }
  return { texts, notes };
}
