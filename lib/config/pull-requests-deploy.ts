import type { RepositoryRoleConfig } from "./schema";

type AllowEntry = RepositoryRoleConfig["allow"][number];

/**
 * What is wrong with a role that pull requests and an environment share: reviewers of the environment keep
 * nobody away from it, because a pull request gets it without them. Who means that says it twice.
 */
export function pullRequestsDeploy({
  allow,
  pullRequestsMayDeploy,
}: RepositoryRoleConfig): { readonly key: "allow" | "pullRequestsMayDeploy"; readonly message: string } | undefined {
  const isShared = allow.some(admitsPullRequests) && allow.some(admitsEnvironment);
  if (isShared && pullRequestsMayDeploy !== true)
    return {
      key: "allow",
      message:
        'pull requests, whose code nobody has reviewed, get the same role as a deployment to an environment: make two roles of it, or say "pullRequestsMayDeploy: true" as well',
    };
  if (!isShared && pullRequestsMayDeploy === true)
    return {
      key: "pullRequestsMayDeploy",
      message:
        '"pullRequestsMayDeploy" without both pull requests and an environment in "allow" does nothing: leave it out',
    };
  return undefined;
}

const admitsPullRequests = ({ pullRequest, subject }: AllowEntry): boolean =>
  pullRequest === true || (subject?.endsWith(":pull_request") ?? false);
const admitsEnvironment = ({ environment, subject }: AllowEntry): boolean =>
  environment !== undefined || (subject?.includes(":environment:") ?? false);
