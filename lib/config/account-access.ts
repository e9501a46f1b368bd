import type { GithubInstance } from "../github/issuer";
import type { JobFilter } from "../github/job-filter";
import type { SubjectForm, SubjectTemplate } from "../github/subject-template";
import type { GithubPlan, Protection, Visibility } from "../github/protection";
import type { OtherPrincipal } from "../aws/other-principals";
import type { Partition } from "../aws/partition";
import type { PolicyDocument } from "../aws/policy-document";
import type { AccountConfig, SubjectsMode } from "./schema";

/**
 * What one account's stack holds: the access file with every default filled in, every name resolved
 * and everything checked. Plain data, made only by `Access`.
 */
export interface AccountAccess {
  /** Name of the account in the file, and of its stack. */
  readonly name: string;
  /** Twelve digits. */
  readonly id: string;
  readonly region: string;
  readonly partition: Partition;
  readonly github: GithubAccess;
  readonly oidcProvider: "create" | "existing";
  readonly audiences: readonly string[];
  /** Whether the file vouches for condition keys of GitHub's claims where AWS does not document them. */
  readonly assertsClaimKeys: boolean;
  readonly permissionsBoundary: string | undefined;
  readonly rolePath: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly assumeRole: string | undefined;
  readonly backend: AccountConfig["backend"];
  /** Most characters of a trust policy. */
  readonly trustPolicyQuota: number;
  readonly roles: readonly RoleAccess[];
  readonly environments: readonly EnvironmentAccess[];
  /** Roles that no job of GitHub's assumes by itself. */
  readonly chainedRoles: readonly ChainedRoleAccess[];
  /** Templates of subjects that this account's stack sets. */
  readonly subjectTemplates: readonly SubjectTemplateAccess[];
}

export interface SubjectTemplateAccess {
  /** Of the file's owner; `undefined` for the organization's own template. */
  readonly repository: string | undefined;
  readonly claims: SubjectTemplate;
  /** The template before, trusted as well while the change is applied. */
  readonly also: SubjectTemplate | undefined;
}

export interface GithubAccess {
  readonly owner: string;
  readonly instance: GithubInstance;
  /** Unknown when the file does not say. */
  readonly plan: GithubPlan | undefined;
}

/** A repository whose jobs a role admits, and how its subjects are written. */
export interface RepositoryAccess {
  readonly owner: string;
  readonly name: string;
  readonly subjects: SubjectsMode;
  /** Present where the subjects are written with ids that the file gives. */
  readonly ids: { readonly owner: string; readonly repository: string } | undefined;
  /** The forms that its subjects may have, the one to be first. Absent where the file does not say: GitHub's own. */
  readonly forms?: readonly SubjectForm[];
  /** Claims of its tokens that templates may ask for. Absent without `forms`. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** One alternative of a role: jobs of a repository. */
export interface Admission {
  readonly repository: RepositoryAccess;
  readonly jobs: JobFilter;
}

export interface RoleAccess {
  /** Repository, of the file's owner, that the role stands under in the file. */
  readonly repository: string;
  /** Environment that the role belongs to, or the key of a role of the whole repository. */
  readonly scope: { readonly environment: string } | { readonly role: string };
  readonly name: string;
  readonly description: string | undefined;
  /** Longest session, in seconds. */
  readonly sessionSeconds: number;
  /** Full ARNs, without duplicates, in order. */
  readonly managedPolicies: readonly string[];
  readonly inlinePolicies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  readonly admits: readonly Admission[];
  /** Who may assume the role beside GitHub's jobs. */
  readonly alsoTrusts: readonly OtherPrincipal[];
  /** Where the ARN is published in the repository or environment. */
  readonly publish: PublishedAs | undefined;
}

/** A role that other roles of the file assume. */
export interface ChainedRoleAccess extends Pick<RoleAccess, "name" | "description" | "sessionSeconds" | "managedPolicies" | "inlinePolicies"> {
  /** In the file. */
  readonly key: string;
  /** At least one. */
  readonly trusts: readonly OtherPrincipal[];
}

export interface PublishedAs {
  readonly kind: "variable" | "secret";
  readonly name: string;
}

export interface EnvironmentAccess {
  readonly repository: string;
  readonly visibility: Visibility;
  readonly name: string;
  /** With every default filled in. */
  readonly protection: Required<Omit<Protection, "deployFrom">> & Pick<Protection, "deployFrom">;
  readonly variables: Readonly<Record<string, string>>;
  /** Name of the secret to the Terraform variable that holds it. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** An account whose roles publish nothing and look nothing up needs no GitHub provider at all. */
export const needsGithub = (account: AccountAccess): boolean =>
  account.environments.length > 0 || account.subjectTemplates.length > 0 || account.roles.some((role) => role.publish !== undefined || role.admits.some(({ repository }) => repository.subjects === "lookup"));

