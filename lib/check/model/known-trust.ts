import { splitKey } from "../../trust/admitted";
import type { Text } from "../../model/model";
import type { StatementModel, TrustModel } from "../../trust/trust-model";
import { isUnjudged, reparsedTrust, type Unjudged } from "../../trust/reparsed-trust";
import { isKnown, partsOf, unknownsOf } from "../../trust/text";
import { placeholderOf } from "../../trust/widened-trust";
import type { TrustDocument } from "../../aws/policy/trust-document";
import type { Position } from "../../aws/policy/position";

/** A trust policy of the model as far as it is known. */
export interface KnownTrust {
  readonly document: TrustDocument;
  /** The document as JSON; positions count in it. */
  readonly text: string;
  /** Why parts are not known, each reason once. */
  readonly unknown: readonly string[];
  /** Whether a text has a stand-in for something not known. */
  isOpen(text: string): boolean;
  /** Whether such a text stands there. */
  isOpenAt(position: Position): boolean;
}

type Statements = Extract<TrustModel, { readonly statements: unknown }>;

/**
 * Puts stand-ins where values are not known, so that the rest can be judged: each is like one name, and no
 * wildcard.
 */
export function knownTrust(trust: Statements): KnownTrust | Unjudged {
  const standIns = new StandIns(trust);
  const filled = trust.statements.map((statement) => standIns.fill(statement));
  const reparsed = reparsedTrust({ version: trust.version, statements: filled }, placeholderOf);
  if (isUnjudged(reparsed)) return reparsed;
  const { document, text } = reparsed;
  const places = new Set(
    standIns.count === 0
      ? []
      : placesOf(document).flatMap(({ text: value, position }) => (standIns.isIn(value) ? [keyOf(position)] : [])),
  );
  return {
    document,
    text,
    unknown: [...new Set(standIns.reasons)],
    isOpen: (value) => standIns.count > 0 && standIns.isIn(value),
    isOpenAt: (position) => places.has(keyOf(position)),
  };
}

const keyOf = ({ line, column }: Position): string => `${line}:${column}`;

const placesOf = ({ statements }: TrustDocument): { readonly text: string; readonly position: Position }[] =>
  statements.flatMap(({ principals, conditions }) => [
    ...principals.map(({ value, position }) => ({ text: value, position })),
    ...conditions.flatMap(({ values }) => values),
  ]);

class StandIns {
  readonly reasons: string[] = [];
  count = 0;
  /** Letters and digits: it may stand for an owner, a repository, an environment or a branch. */
  private readonly word: string;

  constructor(trust: Statements) {
    this.word = isAllKnown(trust) ? WORD : unused(JSON.stringify(trust));
  }

  isIn(value: string): boolean {
    return value.includes(this.word);
  }

  fill(statement: StatementModel): StatementModel {
    const issuer =
      statement.conditions.map(({ key }) => splitKey(key)?.issuer).find((each) => each !== undefined) ??
      "token.actions.githubusercontent.com";
    return {
      ...statement,
      principals: statement.principals.map(({ kind, value }) => ({
        kind,
        value: isPartlyKnown(value) ? this.principal(kind, value, issuer) : value,
      })),
      conditions: statement.conditions.map((condition) => ({
        ...condition,
        values: condition.values.map((value) =>
          isPartlyKnown(value) ? this.value(splitKey(condition.key)?.claim, value) : value,
        ),
      })),
    };
  }

  /** A provider of which only the account is not known is the role's own. */
  private principal(kind: string, value: Text, issuer: string): string {
    const named = /:oidc-provider\/(.+)$/s.exec(
      partsOf(value)
        .map((part) => (typeof part === "string" ? part : ""))
        .join(""),
    )?.[1];
    if (kind === "Federated" && named !== undefined) return `arn:aws:iam::000000000000:oidc-provider/${named}`;
    this.note(value);
    return kind === "Federated" ? `arn:aws:iam::000000000000:oidc-provider/${issuer}` : "000000000000";
  }

  private value(claim: string | undefined, value: Text): Text {
    this.note(value);
    const repository = `repo:${this.word}/${this.word}`;
    const parts = partsOf(value);
    // A subject that is not known at all is taken for one of a single job, and its beginning for a repository.
    const first =
      claim !== "sub" ? this.word : parts.length === 1 ? `${repository}:environment:${this.word}` : repository;
    return parts.map((part, index) =>
      typeof part === "object" && "unknown" in part ? (index === 0 ? first : this.word) : part,
    );
  }

  private note(value: Text): void {
    this.count += 1;
    this.reasons.push(...unknownsOf(value));
  }
}

const WORD = "NotKnown";

function unused(text: string): string {
  let word = WORD;
  while (text.includes(word)) word += "N";
  return word;
}

const isAllKnown = ({ statements }: Statements): boolean =>
  statements.every(
    ({ principals, conditions }) =>
      principals.every(({ value }) => isKnown(value)) && conditions.every(({ values }) => values.every(isKnown)),
  );

const isPartlyKnown = (value: Text): boolean => !isKnown(value) && unknownsOf(value).length > 0;
