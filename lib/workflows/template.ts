import { partsOf, text, unknownText, type Text } from "../trust/text";

/**
 * A text of a workflow, in which `${{ … }}` may stand. An expression is never worked out here: it is a part
 * that is not known, as it is written.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export function readTemplate(written: string): Text {
  const parts: Text[] = [];
  let from = 0;
  for (let at = written.indexOf(OPEN); at >= 0; at = written.indexOf(OPEN, from)) {
    // Beyond that, the rest counts as one.
    const end = parts.length < MAX_PARTS ? endOfExpression(written, at + OPEN.length) : undefined;
    parts.push(written.slice(from, at), unknownText(written.slice(at + OPEN.length, end ?? undefined).trim()));
    from = end === undefined ? written.length : end + CLOSE.length;
  }
  return text(...parts, written.slice(from));
}

/** Most pieces that a text is taken apart into. */
const MAX_PARTS = 1_000;

const OPEN = "${{";
const CLOSE = "}}";

/** Where an expression ends: braces within quotes are text. `undefined` for one that does not. */
function endOfExpression(written: string, from: number): number | undefined {
  for (let at = from; at < written.length; at += 1) {
    if (written[at] === "'") {
      const quote = written.indexOf("'", at + 1);
      if (quote < 0) return undefined;
      at = quote;
    } else if (written.startsWith(CLOSE, at)) return at;
  }
  return undefined;
}

/** What an expression begins with that a calling job worked out: there its names may stand for something else. */
const PASSED = "caller's ";

/** A text that a calling job passes on. */
export const passedOn = (value: Text): Text =>
  text(
    ...partsOf(value).map((part) =>
      typeof part === "object" && "unknown" in part && !part.unknown.startsWith(PASSED)
        ? { unknown: PASSED + part.unknown }
        : part,
    ),
  );

/** The expression of a text that is one and nothing else. */
export function soleExpression(value: Text): { readonly expression: string; readonly isPassed: boolean } | undefined {
  const [only, ...others] = partsOf(value);
  if (others.length > 0 || typeof only !== "object" || !("unknown" in only)) return undefined;
  const isPassed = only.unknown.startsWith(PASSED);
  return { expression: isPassed ? only.unknown.slice(PASSED.length) : only.unknown, isPassed };
}

/** A property of one of the contexts of a workflow: `vars.AWS_ROLE_ARN`, `matrix.target.role`, `secrets['ARN']`. */
export interface ContextProperty {
  readonly context: string;
  /** In lower case, as GitHub tells no cases apart here; its parts joined by dots. */
  readonly property: string;
}

/** Reads an expression that is a property of a context and nothing else. */
export function readProperty(expression: string): ContextProperty | undefined {
  const [, context, rest = ""] =
    /^([A-Za-z]+)((?:\s*(?:\.\s*[A-Za-z_][\w-]*|\[\s*'[^']+'\s*\]))+)$/.exec(expression) ?? [];
  if (context === undefined) return undefined;
  const property = [...rest.matchAll(/\.\s*([A-Za-z_][\w-]*)|'([^']+)'/g)]
    .map(([, name, quoted]) => name ?? quoted)
    .join(".");
  return { context: context.toLowerCase(), property: property.toLowerCase() };
}
