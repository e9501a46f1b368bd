import { parsePrintedTrust, type TrustDocument } from "../aws/policy/trust-document";
import type { TrustModel } from "./trust-model";
import { printTrust } from "./print-trust";
import type { Lookup } from "./text";

/** A trust policy that was read, and still cannot be judged: whom it lets in is not known, and may be anyone. */
export interface Unjudged {
  readonly unjudged: string;
}

export const isUnjudged = (result: object): result is Unjudged => "unjudged" in result;

/** A trust policy of the model as a document. */
export interface ReparsedTrust {
  readonly document: TrustDocument;
  /** The document as JSON; positions count in it. */
  readonly text: string;
}

/** Most problems of a policy that are told at once. */
const MOST_PROBLEMS = 3;

/**
 * Makes a document of a trust policy of the model. Whether AWS would accept the policy was decided when it was
 * read: the text that is made here is never held to AWS's limits.
 *
 * @param lookUp the subject prefix of a repository that the plan looks up.
 */
export function reparsedTrust(
  trust: Extract<TrustModel, { readonly statements: unknown }>,
  lookUp: (lookup: Lookup) => string | undefined,
): ReparsedTrust | Unjudged {
  const text = printTrust(trust, lookUp);
  if (text === undefined) return { unjudged: "a part of it is not known" };
  // A policy without statements cannot be written, and lets nobody in.
  if (trust.statements.length === 0)
    return { document: { version: trust.version ?? undefined, id: undefined, statements: [] }, text };
  const { document, problems } = parsePrintedTrust(text);
  if (document) return { document, text };
  return {
    unjudged: problems
      .slice(0, MOST_PROBLEMS)
      .map(({ message }) => message)
      .join("; "),
  };
}
