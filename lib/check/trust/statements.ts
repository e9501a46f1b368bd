import { isAboutTokens, tokenSource } from "../../access/admitted";
import type { TrustStatement } from "../../aws/policy/trust-document";
import type { TrustPolicySubject } from "../subject";

/** The statements, allowing and denying, that tokens of GitHub's have to do with. */
export const githubStatements = ({ document }: TrustPolicySubject): TrustStatement[] =>
  document.statements.filter((statement) => isAboutTokens(statement) && statement.principals.some((principal) => tokenSource(principal) !== undefined));
