/**
 * Words of ours around texts of others, before it is said how either is printed. Names, policies, addresses and
 * files come from strangers: they are kept apart from the sentence that they stand in, so that a renderer cannot
 * mistake one for the other.
 */
export type Phrase = readonly Part[];

type Part =
  /** Ours: letters, spaces and signs that mean nothing in Markdown or HTML. */
  | { readonly kind: "own"; readonly text: string }
  /** Somebody's, and anything may be in it. */
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "strong"; readonly of: Phrase };

/**
 * A sentence: the template's own text is ours, what is put into it are phrases and numbers.
 *
 * A text that is no phrase does not compile: `name` makes one of it.
 */
export const say = (own: TemplateStringsArray, ...values: readonly (Phrase | number)[]): Phrase =>
  own.flatMap((text, index) => [...ownPart(text), ...partsOf(values[index] ?? [])]);

const ownPart = (text: string): Phrase => (text === "" ? [] : [{ kind: "own", text }]);
const partsOf = (value: Phrase | number): Phrase =>
  typeof value === "number" ? ownPart(value.toLocaleString("en-US")) : value;

/** A text of others. */
export const name = (text: string): Phrase => [{ kind: "name", text }];

export const strong = (of: Phrase): Phrase => [{ kind: "strong", of }];

/** A sentence without its marks. @param of how names are written. @default as they are: where it is printed, they are to be made harmless */
export const plainText = (phrase: Phrase, of = (text: string): string => text): string =>
  phrase
    .map((part) => (part.kind === "strong" ? plainText(part.of, of) : part.kind === "own" ? part.text : of(part.text)))
    .join("");

export const NOTHING: Phrase = [];

export const joined = (phrases: readonly Phrase[], separator: Phrase): Phrase =>
  phrases.filter((each) => each.length > 0).flatMap((each, index) => (index === 0 ? each : [...separator, ...each]));

export const commas = (phrases: readonly Phrase[]): Phrase => joined(phrases, say`, `);

/** `a, b and 7 more`. @param most how many are said */
export const firstOf = (phrases: readonly Phrase[], most: number): Phrase => {
  if (phrases.length <= most) return commas(phrases);
  return say`${commas(phrases.slice(0, most))} and ${phrases.length - most} more`;
};

/** `1 role`, `1,200 roles`. */
export const counted = (count: number, one: Phrase, many: Phrase): Phrase => say`${count} ${count === 1 ? one : many}`;
