import { isKnown, partsOf, text, unknownText, type Text, type TextPart } from "../trust/text";
import type { Leg } from "./matrix";
import { readProperty } from "./template";
import { settingOf, type Settings } from "./workflow";

/** What the expressions of a job may be worked out from. What is not here stays as it is written. */
export interface Scope {
  readonly matrix: Leg;
  /** Values that the calling job passes, by name in lower case. */
  readonly inputs: ReadonlyMap<string, Text>;
  /** Secrets that the calling job passes one by one; `undefined` where the repository's are there by their names. */
  readonly secrets: ReadonlyMap<string, Text> | undefined;
  /** Levels of `env`, the innermost first. */
  readonly env: readonly Settings[];
  /** Whether a step may have changed a name of `env` while the job ran. */
  readonly isChanged: (name: string) => boolean;
}

export const EMPTY_SCOPE: Scope = {
  matrix: new Map(),
  inputs: new Map(),
  secrets: undefined,
  env: [],
  isChanged: () => false,
};

/** Most that `env` may refer to `env`. */
const MAX_DEPTH = 5;
/** Longest text that is worked out: a value may repeat another one. */
const MAX_LENGTH = 10_000;

/** A text with what its scope tells of `matrix`, `inputs`, `env` and passed secrets. Everything else stays as it is. */
export function evaluate(value: Text, scope: Scope, depth = 0): Text {
  if (isKnown(value)) return value;
  const evaluated = text(
    ...partsOf(value).map((part) =>
      typeof part === "object" && "unknown" in part ? evaluatePart(part, scope, depth) : part,
    ),
  );
  const length = partsOf(evaluated).reduce((sum, part) => sum + (typeof part === "string" ? part.length : 1), 0);
  return length > MAX_LENGTH ? unknownText("a long text") : evaluated;
}

function evaluatePart(part: Extract<TextPart, { unknown: string }>, scope: Scope, depth: number): Text {
  const { context, property = "" } = readProperty(part.unknown) ?? {};
  switch (context) {
    case "matrix":
      return within(scope.matrix.get(property), { ...scope, matrix: new Map() }, depth) ?? [part];
    case "inputs":
      return scope.inputs.get(property) ?? [part];
    case "env":
      return fromEnv(property, scope, depth) ?? [part];
    case "secrets":
      // Passed under another name, it may be hidden by a secret of the environment: no more is known of it.
      return scope.secrets
        ? (scope.secrets.get(property) ?? unknownText(`${part.unknown} of a called workflow`))
        : [part];
    default:
      return [part];
  }
}

const within = (value: Text | undefined, scope: Scope, depth: number): Text | undefined =>
  value === undefined || depth >= MAX_DEPTH ? undefined : evaluate(value, scope, depth + 1);

function fromEnv(name: string, scope: Scope, depth: number): Text | undefined {
  if (scope.isChanged(name)) return undefined;
  for (const [level, settings] of scope.env.entries()) {
    // One expression for all of them may hold the name.
    if (settings === null) return undefined;
    const found = settingOf(settings, name);
    if (found) return within(found.value, { ...scope, env: scope.env.slice(level + 1) }, depth);
  }
  return undefined;
}
