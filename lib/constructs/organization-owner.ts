import { type Construct } from "constructs";
import { address } from "./address";
import { DataGithubRestApi } from "./bindings";

/**
 * Has the plan fail, with a sentence that says why, where the owner of the repositories is no organization:
 * a user has no variables and secrets for several repositories.
 *
 * @see https://docs.github.com/en/rest/orgs/orgs#get-an-organization
 */
export function requireOrganization(scope: Construct, login: string): void {
  // Three parts: a repository that is looked up has one or two.
  new DataGithubRestApi(scope, `organization:${address("owner", "is", login)}`, {
    endpoint: `orgs/${login}`,
    lifecycle: {
      postcondition: [
        {
          condition: "${self.code == 200}",
          errorMessage: `"${login}" is no organization that the GitHub token may read (GitHub answered \${self.code}), and only an organization has variables and secrets for several repositories. Publish in the repositories instead, or correct the owner in the access file.`,
        },
      ],
    },
  });
}
