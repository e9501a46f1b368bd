import { intersect, textSet, type Admission, type Term, type TextPattern, type TextSet } from "../trust/admitted";
import { partsOf, type Text } from "../trust/text";
import { SESSION_NAME_KEY } from "../aws/condition-keys";
import { literalPattern, parsePattern, type Pattern } from "../aws/pattern";
import { formatContext } from "../github/subject";
import type { Possibility } from "./minted";

/** What the claims of a job's tokens may be, by name. A claim that is not here may be anything. */
export type ClaimSets = ReadonlyMap<string, TextSet>;

/**
 * The claims of one way for a job to run. The spelling of owner, repository and environment is left open:
 * GitHub ignores case in these, and the token has the one that GitHub shows.
 *
 * @param sessionName what the step calls its session, which a policy may ask for beside. @default not known
 */
export function claimSetsOf(
  { context, environment, ref, jobWorkflowRef, workflow }: Possibility,
  repository: string,
  audience: Text,
  sessionName?: Text,
): ClaimSets {
  return new Map([
    ["sub", subjects(repository, formatContext(context), environment === null)],
    ["aud", one(parsePattern(withWildcards(audience)))],
    ["ref", one(parsePattern(ref))],
    ["job_workflow_ref", one(parsePattern(jobWorkflowRef), true)],
    ["environment", environment === null ? textSet([]) : one(parsePattern(environment), true)],
    ["repository", one(literalPattern(repository), true)],
    ["workflow", one(literalPattern(workflow))],
    ...(sessionName === undefined ? [] : [[SESSION_NAME_KEY, one(parsePattern(withWildcards(sessionName)))] as const]),
  ]);
}

/** Claims that a statement asks for and that no token with these claims has; with none, some token may be admitted. */
export const failingClaims = ({ claims }: Pick<Admission, "claims">, minted: ClaimSets): string[] =>
  [...claims].filter(([claim, wanted]) => surelyDiffer(wanted, minted.get(claim))).map(([claim]) => claim);

const surelyDiffer = (wanted: TextSet, minted: TextSet | undefined): boolean =>
  wanted.terms.length === 0 || (minted !== undefined && intersect(wanted, minted).terms.length === 0);

/** A text with anything in the place of what is not known. */
export const withWildcards = (value: Text): string =>
  partsOf(value)
    .map((part) => (typeof part === "string" ? part : "*"))
    .join("");

const one = (pattern: Pattern, anyCase = false): TextSet => textSet([[{ pattern, anyCase }]]);

/** By name, and with the ids, which are not known here. The case of a ref counts. */
function subjects(repository: string, context: string, isRef: boolean): TextSet {
  const [owner = "", name = ""] = repository.split("/");
  const exactCase: readonly TextPattern[] = isRef ? [{ pattern: parsePattern(`*:${context}`), anyCase: false }] : [];
  return textSet(
    [`repo:${owner}/${name}`, `repo:${owner}@*/${name}@*`].map((prefix) => [
      { pattern: parsePattern(`${prefix}:${context}`), anyCase: true },
      ...exactCase,
    ]),
  );
}

/** Whether some subject of a repository may be of a term. */
export const isOfRepository = (term: Term, repository: string): boolean =>
  !surelyDiffer(textSet([term]), subjects(repository, "*", false));
