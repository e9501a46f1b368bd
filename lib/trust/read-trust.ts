import { formatOperatorName } from "../aws/policy/condition-operator-name";
import { parseTrustDocument, type TrustDocument } from "../aws/policy/trust-document";
import type { StatementModel, TrustModel } from "./trust-model";
import { isKnown, partsOf, text, unknownsOf, type Text, type TextPart } from "./text";

/**
 * Reads a trust policy of which parts may not be known. A part stands for itself only where a value does:
 * where it could be anything else of the document, nothing of the policy is known.
 */
export function readTrust(policy: Text): TrustModel {
  const marks = new Marks(policy);
  const { document, problems, length } = parseTrustDocument(marks.marked, marks.length);
  if (document) return modelOf(document, length, marks);
  if (isKnown(policy)) return { refused: problems.map(({ message }) => message), text: policy };
  return { unknown: unknownsOf(policy)[0] ?? `AWS would refuse it: ${problems[0]?.message ?? ""}` };
}

function modelOf({ version, statements }: TrustDocument, length: number, marks: Marks): TrustModel {
  const hidden = statements.some(({ sid, actions, conditions }) =>
    [sid ?? "", ...actions.map((each) => each.text), ...conditions.map(({ key }) => key)].some((each) =>
      marks.isIn(each),
    ),
  );
  if (hidden) return { unknown: marks.reason };
  return {
    version: version ?? null,
    length,
    statements: statements.map(({ sid, effect, principals, notAction, actions, conditions }): StatementModel => ({
      sid: sid ?? null,
      effect,
      principals: principals.map(({ kind, value }) => ({ kind, value: marks.unmark(value) })),
      notAction,
      actions: actions.map((each) => each.text),
      conditions: conditions.map(({ operator, key, values }) => ({
        operator: formatOperatorName(operator),
        key,
        values: values.map((value) => marks.unmark(value.text)),
      })),
    })),
  };
}

/** Words that stand for the parts that are not known, while a document is parsed. */
class Marks {
  readonly marked: string;
  /** An identifier of IAM's own form, so that it may stand in the place of one. */
  private readonly word: string;
  private readonly parts: TextPart[] = [];

  constructor(policy: Text) {
    const pieces = partsOf(policy);
    const known = pieces.filter((each) => typeof each === "string").join("");
    let word = "UNREADPARTOFPOLICY";
    while (known.includes(word)) word += "X";
    this.word = word;
    this.marked = pieces.map((each) => (typeof each === "string" ? each : this.mark(each))).join("");
  }

  /** Characters of all the marks. */
  get length(): number {
    return this.parts.reduce((sum, _, index) => sum + this.markOf(index).length, 0);
  }

  get reason(): string {
    return unknownsOf(this.parts)[0] ?? "what a repository's subjects begin with";
  }

  isIn(value: string): boolean {
    return this.parts.length > 0 && value.includes(this.word);
  }

  unmark(value: string): Text {
    if (!this.isIn(value)) return value;
    return text(
      ...value
        .split(new RegExp(`${this.word}([0-9]+)E`))
        .map((piece, index) => (index % 2 === 0 ? piece : (this.parts[Number(piece)] ?? ""))),
    );
  }

  private mark(part: TextPart): string {
    return this.markOf(this.parts.push(part) - 1);
  }

  private markOf(index: number): string {
    return `${this.word}${index}E`;
  }
}
