/** A local GitHub REST API: what the GitHub provider of Terraform and a person on GitHub's pages need of it. */
export { GithubApi, type GithubApiOptions, type ServerOptions } from "./api";
export type { Crash, FailableRequest, Failure } from "./faults";
export type { RecordedRequest } from "./request-log";
export type { Account, AccountType, Team } from "./state/account";
export { Clock } from "./state/clock";
export { type Comment, type CommentAuthor, Comments, WORKFLOW } from "./state/comments";
export type { DeploymentPolicies, DeploymentPolicy, PolicyType } from "./state/deployment-policies";
export type { Environment } from "./state/environment";
export type { Plan, RepositoryVisibility } from "./state/plan";
export type { DeployableRefs, Protection, Reviewer } from "./state/protection";
export { Refusal, type RefusalReason } from "./state/refusal";
export type { Flavour, Repository } from "./state/repository";
export type { Secret, Secrets } from "./state/secrets";
export type { AccountSeed, GithubSeed, RepositorySeed, TeamSeed } from "./state/seed";
export type { Sharing, Visibility } from "./state/sharing";
export { GithubState } from "./state/state";
export type { OrganizationSubject, RepositorySubject } from "./state/subject";
export type { Variable, Variables } from "./state/variables";
