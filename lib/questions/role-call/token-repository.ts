import { parsePrefix, type SubjectPrefix } from "../../github/subject";
import { quote } from "../../trust/near-miss/words";
import { textClaim, type PresentedToken } from "../../trust/sts/token";

/** The repository that a token is of, as far as the token says. */
export interface TokenRepository {
  /** `OWNER/NAME`, in GitHub's spelling. */
  readonly fullName: string;
  /** What its subject begins with; `undefined` where that is not the repository, as in some customised subjects. */
  readonly prefix: SubjectPrefix | undefined;
}

/** Claims that GitHub never mints together. The message has the two, and nothing else of a token. */
export class ContradictoryClaims extends Error {}

/**
 * Whose token it is, or `undefined` where neither subject nor repository is there.
 *
 * @throws ContradictoryClaims for claims that contradict the subject: nothing can be concluded from them.
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function tokenRepository(token: PresentedToken): TokenRepository | undefined {
  const prefix = parsePrefix(textClaim(token, "sub") ?? "");
  if (!prefix) {
    const fullName = textClaim(token, "repository");
    return fullName === undefined ? undefined : { fullName, prefix };
  }
  for (const [claim, inSubject] of namedIn(prefix)) {
    const value = textClaim(token, claim);
    if (value !== undefined && value.toLowerCase() !== inSubject.toLowerCase())
      throw new ContradictoryClaims(
        `its claims contradict each other: "sub" has ${quote(inSubject)}, and "${claim}" is ${quote(value)}. GitHub mints no such token: correct one of them`,
      );
  }
  return { fullName: fullNameOf(prefix), prefix };
}

const fullNameOf = ({ owner, repository }: SubjectPrefix): string => `${owner}/${repository}`;

/** Claims that say the same as a prefix. */
function namedIn(prefix: SubjectPrefix): (readonly [claim: string, value: string])[] {
  const names = [
    ["repository", fullNameOf(prefix)],
    ["repository_owner", prefix.owner],
  ] as const;
  return prefix.form === "name"
    ? [...names]
    : [...names, ["repository_owner_id", prefix.ownerId], ["repository_id", prefix.repositoryId]];
}
