import { unmentioned } from "../aws/pattern";
import type { TrustDocument } from "../aws/policy/trust-document";
import { AdmissionSearch, isAbsent, isLike, isNoneOf, isOneOf, type JobAnswer } from "./admission-search";
import { keyTest, type KeyTest } from "./key-test";
import type { TokenProvider } from "./policy-formula";
import { spelledNames, type SpelledNames } from "./spelled-names";

/** Asks how far a trust policy is open. */
export class BreadthSearch {
  private readonly search: AdmissionSearch;
  private readonly names: SpelledNames;

  constructor(
    private readonly document: TrustDocument,
    private readonly provider: TokenProvider,
  ) {
    this.search = new AdmissionSearch(document, provider);
    this.names = spelledNames(document, provider);
  }

  /** Whether any job is let in. */
  anybody(...also: readonly KeyTest[]): JobAnswer {
    return this.search.find(...also);
  }

  /** Whether a repository of an owner is let in whom the policy does not spell out whole. */
  stranger(...also: readonly KeyTest[]): JobAnswer {
    const { owners, ownerIds, repositoryIds, enterpriseIds } = this.names;
    return this.search.find(
      isNoneOf("owner", owners),
      isNoneOf("repository_owner_id", ownerIds),
      isNoneOf("repository_id", repositoryIds),
      isNoneOf("enterprise_id", enterpriseIds),
      ...also,
    );
  }

  /** Whether a repository is let in that the policy does not spell out whole. */
  otherRepository(...also: readonly KeyTest[]): JobAnswer {
    const { repositories, repositoryIds } = this.names;
    return this.search.find(isNoneOf("repository", repositories), isNoneOf("repository_id", repositoryIds), ...also);
  }

  /** Whether jobs of pull requests are let in that name no environment. */
  pullRequests(...also: readonly KeyTest[]): JobAnswer {
    return this.search.findInOwnForm(isLike("ref", "refs/pull/*/merge"), isAbsent("environment"), ...also);
  }

  /**
   * Whether every kind of job is let in: pull requests, and a branch, a tag and an environment of which the policy says
   * nothing. The answer is the first that is not `yes`, or that of the pull request.
   */
  everyJob(...also: readonly KeyTest[]): JobAnswer {
    const fresh = this.freshName();
    const pullRequest = this.pullRequests(...also);
    const others = [
      () => this.search.findInOwnForm(isOneOf("ref", [`refs/heads/${fresh}`]), isAbsent("environment"), ...also),
      () => this.search.findInOwnForm(isOneOf("ref", [`refs/tags/${fresh}`]), isAbsent("environment"), ...also),
      () => this.search.findInOwnForm(isOneOf("environment", [fresh]), ...also),
    ];
    if (pullRequest.answer !== "yes") return pullRequest;
    for (const ask of others) {
      const answer = ask();
      if (answer.answer !== "yes") return answer;
    }
    return pullRequest;
  }

  /** A name that no pattern of the policy asks for: only wildcards let it in. */
  private freshName(): string {
    const { statements, version } = this.document;
    const patterns = statements.flatMap(({ conditions }) =>
      conditions.flatMap((condition) => {
        const test = keyTest(condition, this.provider, version === "2012-10-17", "widest");
        return typeof test === "object" ? test.patterns.map(({ pattern }) => pattern) : [];
      }),
    );
    return String.fromCodePoint(unmentioned(patterns));
  }
}
