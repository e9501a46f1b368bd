import { CHARACTER, concat, type Formula, star, textExpression, union } from "./smt-text";
import { ISSUER } from "./policy-json";

/** A text that is free within a language. One object for each: its name is that of one shape of tokens alone. */
export interface TextVariable {
  readonly name: string;
  /** The texts that it may be, as a regular expression of SMT-LIB. */
  readonly language: string;
  /** Whether a character occurs in any of them. */
  readonly mayHold: (character: string) => boolean;
  /** One of them, for where nothing is asked of it. */
  readonly example: string;
  /** Whether all of them are whole numbers above zero, without zeros before them. */
  readonly isNumber?: boolean;
}

/** A text made of fixed and free ones. */
export type TextParts = readonly (string | TextVariable)[];

/** What a request has for a condition key. */
export interface KeyValue {
  readonly text: TextParts;
  /** Whether the request has the key at all. */
  readonly isPresent: Formula;
}

/** Tokens of one kind, with what else a request of AssumeRoleWithWebIdentity has. */
export interface TokenShape {
  readonly name: string;
  /** By the key in lower case. Keys that are not here are absent. */
  readonly keys: ReadonlyMap<string, KeyValue>;
}

/** Seconds since 1970 of the request. */
export const NOW = "now";
/** Names of the Boolean variables: whether an optional key is there. */
export const FLAGS = ["hasEnvironment", "hasEnterprise", "hasAddress"] as const;

const SESSION_KEY = "sts:rolesessionname";
const ADDRESS_KEY = "aws:sourceip";

export const variable = (name: string, language: string, characters: RegExp, example: string): TextVariable => ({
  name,
  language,
  mayHold: (character) => characters.test(character),
  example,
});
export const ranges = (...all: readonly string[]): string =>
  union(all.map((each) => (each.length === 1 ? textExpression(each) : `(re.range "${each[0]}" "${each[1]}")`)));
export const many = (expression: string): string => concat([expression, star(expression)]);

export const LETTERS = ["az", "AZ", "09"];
export const DIGITS = concat([ranges("19"), star(ranges("09"))]);

const freeText = (name: string): TextVariable => variable(name, star(CHARACTER), /^[ -~]$/, name);
export const someText = (name: string): TextVariable => variable(name, many(CHARACTER), /^[ -~]$/, name);
export const id = (name: string): TextVariable => ({ ...variable(name, DIGITS, /^[0-9]$/, "7"), isNumber: true });

const OCTET = union([
  ranges("09"),
  concat([ranges("19"), ranges("09")]),
  concat(['(str.to_re "1")', ranges("09"), ranges("09")]),
  concat(['(str.to_re "2")', ranges("04"), ranges("09")]),
  concat(['(str.to_re "25")', ranges("05")]),
]);
const DOT = '(str.to_re ".")';
const ADDRESS = variable("address", concat([OCTET, DOT, OCTET, DOT, OCTET, DOT, OCTET]), /^[0-9.]$/, "192.0.2.1");
const SESSION_CHARACTER = ranges(...LETTERS, "_", "+", "=", ",", ".", "@", "-");
const SESSION_NAME = concat([SESSION_CHARACTER, many(SESSION_CHARACTER)]);
const SESSION = variable("session", SESSION_NAME, /^[A-Za-z0-9_+=,.@-]$/, "session");

export const always = (...text: TextParts): KeyValue => ({ text, isPresent: "true" });

/** What a request has beside its token. STS is reached by TLS alone; nobody has signed the call. */
const REQUEST_KEYS: readonly (readonly [string, KeyValue])[] = [
  [SESSION_KEY, always(SESSION)],
  // Absent where the call comes through an endpoint of a VPC.
  [ADDRESS_KEY, { text: [ADDRESS], isPresent: "hasAddress" }],
  ["aws:securetransport", always("true")],
];

/** Claims that every token of GitHub's has, and that AWS makes condition keys of. */
const CLAIMS = [
  "sub",
  "aud",
  "repository",
  "repository_id",
  "repository_owner_id",
  "ref",
  "actor",
  "actor_id",
  "workflow",
  "job_workflow_ref",
];

export const shape = (name: string, claims: Readonly<Record<string, KeyValue>>): TokenShape => ({
  name,
  keys: new Map([
    ...Object.entries(claims).map(([claim, value]) => [`${ISSUER}:${claim}`, value] as const),
    ...REQUEST_KEYS,
  ]),
});

/** Every token of the issuer if a claim may be any text, an empty one among them. */
export const PLAIN_TOKENS: readonly TokenShape[] = [
  shape("plain", {
    ...Object.fromEntries(CLAIMS.map((claim) => [claim, always(freeText(claim))])),
    environment: { text: [freeText("environment")], isPresent: "hasEnvironment" },
    enterprise_id: { text: [freeText("enterprise_id")], isPresent: "hasEnterprise" },
  }),
];
