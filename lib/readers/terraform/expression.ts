import { Template, type Piece, type Value } from "./resource";

/** Gives what an expression stands for, for the few forms that say something about access. */
export interface Scope {
  readonly module: string;
  /** The value of a local, already read; `undefined` when there is none. */
  readonly local: (name: string) => Value | undefined;
}

/** Longest expression that is looked at: none that is understood comes near it. */
const MAX_EXPRESSION = 1_000;

/**
 * Reads a string of Terraform's JSON: a template, in which `$${` is a literal `${`. What is more than a
 * reference is not evaluated: it stands in the text as not known.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#string-templates
 */
export function readTemplate(source: string, scope: Scope): Value {
  if (!/[$%]\{/.test(source)) return source;
  const pieces: Piece[] = [];
  let literal = "";
  let at = 0;
  while (at < source.length) {
    const two = source.slice(at, at + 3);
    if (two === "$${" || two === "%%{") {
      literal += two.slice(1);
      at += 3;
      continue;
    }
    if (!source.startsWith("${", at) && !source.startsWith("%{", at)) {
      literal += source[at];
      at += 1;
      continue;
    }
    const end = endOfExpression(source, at + 2);
    // A directive decides over all that follows.
    if (end === undefined || source[at] === "%") return new Template([{ unknown: shortened(source) }]);
    const value = readExpression(source.slice(at + 2, end).trim(), scope);
    if (at === 0 && end === source.length - 1) return value;
    if (literal !== "") pieces.push(literal);
    literal = "";
    pieces.push(...piecesOf(value, source.slice(at + 2, end).trim()));
    at = end + 1;
  }
  if (literal !== "") pieces.push(literal);
  return pieces.every((piece) => typeof piece === "string") ? pieces.join("") : new Template(pieces);
}

/** Place of the brace that ends an expression; `undefined` where none does. */
function endOfExpression(source: string, from: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < source.length; at += 1) {
    const character = source[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{") depth += 1;
    else if (character === "}" && depth-- === 0) return at;
  }
  return undefined;
}

const REFERENCE =
  /^((?:data\.)?[A-Za-z][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*(?:\[(?:[0-9]+|"[^"\\$%]*")\])?)\.([A-Za-z_][A-Za-z0-9_-]*)$/;
/** What our own stacks look up. */
const SUBJECT_PREFIX = /^jsondecode\((data\.github_rest_api\.[A-Za-z_][A-Za-z0-9_-]*)\.body\)\.sub_claim_prefix$/;
/** The same with ids, as our own stacks put it together. */
const PREFIX_WITH_IDS =
  /^format\("repo:%s@%d\/%s@%d", jsondecode\((data\.github_rest_api\.[A-Za-z_][A-Za-z0-9_-]*)\.body\)\.owner\.login, jsondecode\(\1\.body\)\.owner\.id, jsondecode\(\1\.body\)\.name, jsondecode\(\1\.body\)\.id\)$/;
/** Words that begin a reference to something else than a resource. */
const OTHERS = /^(?:local|var|each|count|module|path|self|terraform)\./;

function readExpression(expression: string, scope: Scope): Value {
  if (expression.length > MAX_EXPRESSION) return notRead(expression);
  const local = /^local\.([A-Za-z_][A-Za-z0-9_-]*)$/.exec(expression)?.[1];
  if (local !== undefined) return scope.local(local) ?? notRead(expression);
  const lookedUp = SUBJECT_PREFIX.exec(expression)?.[1];
  if (lookedUp !== undefined)
    return new Template([{ reference: { module: scope.module, resource: lookedUp, attribute: "sub_claim_prefix" } }]);
  const withIds = PREFIX_WITH_IDS.exec(expression)?.[1];
  if (withIds !== undefined)
    return new Template([
      { reference: { module: scope.module, resource: withIds, attribute: "subject_prefix_with_ids" } },
    ]);
  const [, resource, attribute] = OTHERS.test(expression) ? [] : (REFERENCE.exec(expression) ?? []);
  if (resource === undefined || attribute === undefined) return notRead(expression);
  return new Template([{ reference: { module: scope.module, resource, attribute } }]);
}

const notRead = (expression: string): Template => new Template([{ unknown: shortened(expression) }]);

/** A value inside a longer text. */
function piecesOf(value: Value, expression: string): readonly Piece[] {
  if (value instanceof Template) return value.pieces;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [String(value)];
  return [{ unknown: shortened(expression) }];
}

const shortened = (source: string): string => (source.length > 120 ? `${source.slice(0, 120)}…` : source);
