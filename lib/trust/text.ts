import { z } from "zod";

/** Of a text that is not all known: what is, and what stands in the place of the rest. */
const part = z.union([
  z.string(),
  z.strictObject({
    lookup: z
      .string()
      .describe("`OWNER/NAME`: what the subjects of this repository begin with, read from GitHub in the plan"),
    withIds: z.literal(true).optional().describe("It begins with the form that has ids, and the ids are what is read"),
  }),
  z.strictObject({ unknown: z.string().describe("An expression, or why the value is not known") }),
]);

export const textSchema = z.union([z.string(), z.array(part)]);

/** A piece of a text: known, the subject prefix of a repository that the plan looks up, or not known at all. */
export type TextPart = z.infer<typeof part>;

/** The subject prefix of a repository that the plan looks up. */
export type Lookup = Extract<TextPart, { lookup: string }>;

export const isLookup = (part: TextPart): part is Lookup => typeof part === "object" && "lookup" in part;

/** A text of which parts may not be known. What is all known is always a plain string. */
export type Text = string | TextPart[];

/** Puts pieces together; what is all known becomes a string. */
export function text(...pieces: readonly (Text | TextPart)[]): Text {
  const parts: TextPart[] = [];
  for (const piece of pieces.flatMap(partsOf)) {
    const last = parts.at(-1);
    if (typeof piece === "string" && typeof last === "string") parts[parts.length - 1] = last + piece;
    else if (piece !== "") parts.push(piece);
  }
  const [only] = parts;
  if (parts.length === 0) return "";
  return parts.length === 1 && typeof only === "string" ? only : parts;
}

export const partsOf = (value: Text | TextPart): readonly TextPart[] =>
  typeof value === "string" || !Array.isArray(value) ? [value as TextPart] : value;

export const unknownText = (reason: string): Text => [{ unknown: reason }];

export const isKnown = (value: Text): value is string => typeof value === "string";

/** What is not known of a text: expressions and reasons. */
export const unknownsOf = (value: Text): string[] =>
  partsOf(value).flatMap((each) => (typeof each === "object" && "unknown" in each ? [each.unknown] : []));

/**
 * A text for people: `repo:{octo-org/web-shop}:pull_request` where the prefix is looked up,
 * `repo:{octo-org@ID/web-shop@ID}:…` where its ids are, `{?var.name}` where something is not known.
 */
export const formatText = (value: Text): string => (isKnown(value) ? value : value.map(formatPart).join(""));

const formatPart = (part: TextPart): string =>
  typeof part === "string" ? part : "lookup" in part ? formatLookup(part) : `{?${part.unknown}}`;

const formatLookup = ({ lookup, withIds }: Lookup): string =>
  `repo:{${withIds ? `${lookup.replace("/", "@ID/")}@ID` : lookup}}`;

/** Stands for a prefix whose ids are not known yet: of the right form, and no repository's, as no id is 0. */
export const prefixWithoutIds = (repository: string): string => `repo:${repository.replace("/", "@0/")}@0`;
