import type { Visibility } from "./protection";

/**
 * What the token of a GitHub Actions job says. Ids are strings, as GitHub mints them.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
 */
export interface TokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti: string;
  readonly actor: string;
  readonly actor_id: string;
  readonly repository: string;
  readonly repository_id: string;
  readonly repository_owner: string;
  readonly repository_owner_id: string;
  readonly repository_visibility: Visibility;
  /** Slug of the enterprise; only where the enterprise is known. */
  readonly enterprise?: string;
  readonly enterprise_id?: string;
  readonly ref: string;
  /** `branch` also for pull requests. */
  readonly ref_type: "branch" | "tag";
  /** Target of a pull request, otherwise empty. */
  readonly base_ref: string;
  /** Source of a pull request, otherwise empty. */
  readonly head_ref: string;
  readonly sha: string;
  readonly event_name: string;
  readonly run_id: string;
  readonly run_number: string;
  readonly run_attempt: string;
  readonly check_run_id: string;
  readonly runner_environment: "github-hosted" | "self-hosted";
  readonly workflow: string;
  readonly workflow_ref: string;
  readonly workflow_sha: string;
  readonly job_workflow_ref: string;
  readonly job_workflow_sha: string;
  /** Only of a job that names an environment. */
  readonly environment?: string;
  /** A custom property of the repository that the owner lets tokens carry. */
  readonly [property: `repo_property_${string}`]: string;
}
