import type { GithubInstance } from "../github/issuer";
import type { JobFilter } from "../github/job-filter";
import type { SubjectForm, SubjectTemplate } from "../github/subject-template";
import type { GithubPlan, Protection, Visibility } from "../github/protection";
import type { GithubClaimKey } from "../aws/condition-keys";
import type { OtherPrincipal } from "../aws/other-principals";
import type { EncryptedSecret } from "../github/values";
import type { Partition } from "../aws/partition";
import type { PolicyDocument } from "../aws/policy-document";
import type { RoleFact } from "./published-names";
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
  /** Of roles that name no other. */
  readonly permissionsBoundary: string | undefined;
  /** Whether roles that do not say so themselves have no policies but those of the file. */
  readonly exclusive: boolean;
  readonly rolePath: string;
  /** Those of the provider; a role has its own. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether plans that destroy the provider, a role or an environment are refused. */
  readonly preventDestroy: boolean;
  readonly assumeRole: string | undefined;
  readonly backend: AccountConfig["backend"];
  /** Most characters of a trust policy. */
  readonly trustPolicyQuota: number;
  readonly roles: readonly RoleAccess[];
  readonly environments: readonly EnvironmentAccess[];
  readonly protectedBranches: readonly ProtectedBranchAccess[];
  readonly renames: readonly RenameAccess[];
  /** Roles that no job of GitHub's assumes by itself. */
  readonly chainedRoles: readonly ChainedRoleAccess[];
  /** Templates of subjects that this account's stack sets. */
  readonly subjectTemplates: readonly SubjectTemplateAccess[];
  /** What the file puts into whole repositories and into the organization. */
  readonly values: readonly GivenValue[];
  /** Accounts whose stacks are applied before this one: they make environments that values of its roles go into. */
  readonly waitsFor: readonly string[];
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
  /** Least version of GitHub's provider for Terraform that the stacks ask for. */
  readonly terraformProvider: string | undefined;
}

/** A repository whose jobs a role admits, and how its subjects are written. */
export interface RepositoryAccess {
  readonly owner: string;
  readonly name: string;
  readonly subjects: SubjectsMode;
  /** Last day on which both forms are trusted, as `2027-01-31`; absent for other forms, and where there is no end. */
  readonly until?: string;
  /** Present where the subjects are written with ids that the file gives. */
  readonly ids: { readonly owner: string; readonly repository: string } | undefined;
  /** Where the plan reads the ids: those that the file gives all the same, and that GitHub must have. */
  readonly expectedIds?: { readonly owner?: string; readonly repository?: string };
  /** The forms that its subjects may have, the one to be first. Absent where the file does not say: GitHub's own. */
  readonly forms?: readonly SubjectForm[];
  /** Claims of its tokens that templates may ask for. Absent without `forms`. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** Whether something of the repository's subjects is known only in the plan. */
export const isLookedUp = ({ subjects, ids }: RepositoryAccess): boolean =>
  subjects === "lookup" || (subjects === "both" && ids === undefined);

/** One alternative of a role: jobs of a repository. */
export interface Admission {
  readonly repository: RepositoryAccess;
  readonly jobs: JobFilter<GithubClaimKey>;
}

export interface RoleAccess {
  /** Repository, of the file's owner, that the role stands under in the file. */
  readonly repository: string;
  readonly scope: RoleScope;
  /** Of a role that is split, the repository that this part is for: `NAME`, or `OWNER/NAME` of another owner. */
  readonly part: string | undefined;
  readonly name: string;
  readonly description: string | undefined;
  /** Longest session, in seconds. */
  readonly sessionSeconds: number;
  /** With those of the account. */
  readonly tags: Readonly<Record<string, string>>;
  /** Name, or pattern of names, that a session must have; any where absent. */
  readonly sessionName: string | undefined;
  /** Full ARNs, without duplicates, in order. */
  readonly managedPolicies: readonly string[];
  /** Managed policies that are made for the role alone: their names in IAM are of the role and the key. */
  readonly customerPolicies: readonly {
    readonly key: string;
    readonly name: string;
    readonly document: PolicyDocument;
  }[];
  readonly inlinePolicies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  /** ARN: the role's own, or the account's. */
  readonly permissionsBoundary: string | undefined;
  /** Whether policies of anybody else's are taken off the role. */
  readonly exclusive: boolean;
  readonly admits: readonly Admission[];
  /** Who may assume the role beside GitHub's jobs. */
  readonly alsoTrusts: readonly OtherPrincipal[];
  /** What GitHub is told of the role, and where. */
  readonly publish: readonly PublishedValue[];
}

/** A role that other roles of the file assume. */
export interface ChainedRoleAccess extends Pick<
  RoleAccess,
  | "name"
  | "description"
  | "sessionSeconds"
  | "managedPolicies"
  | "customerPolicies"
  | "inlinePolicies"
  | "permissionsBoundary"
> {
  /** In the file. */
  readonly key: string;
  /** At least one. */
  readonly trusts: readonly OtherPrincipal[];
}

/** Environment that a role belongs to, with its key where it is one of several; or the key of a role of the whole repository. */
export type RoleScope = { readonly environment: string; readonly key: string | undefined } | { readonly role: string };

/** A variable or secret that holds a fact of a role. */
export interface PublishedValue {
  readonly kind: "variable" | "secret";
  readonly name: string;
  readonly value: RoleFact;
  readonly place: ValuePlace;
}

/** Where in GitHub a value is: in an environment, in a whole repository of the file's owner, or in the organization for some of its repositories. */
export type ValuePlace =
  | { readonly repository: string; readonly environment: string }
  | { readonly repository: string }
  | { readonly organization: OrganizationReach };

/** Which repositories see a value of the organization: all of them, those that are not public, or those named, in order. */
export type OrganizationReach = "all" | "private" | readonly string[];

/** Where a secret comes from: a Terraform variable, or sealed by whoever wrote it. Never from the file in the clear. */
export type SecretSource = { readonly fromVariable: string } | EncryptedSecret;

/** A variable or secret that the file itself gives. */
export type GivenValue = { readonly name: string; readonly place: ValuePlace } & (
  { readonly kind: "variable"; readonly value: string } | { readonly kind: "secret"; readonly source: SecretSource }
);

export interface EnvironmentAccess {
  readonly repository: string;
  readonly visibility: Visibility;
  readonly name: string;
  /** With every default filled in. */
  readonly protection: Required<Omit<Protection, "deployFrom">> & Pick<Protection, "deployFrom">;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretSource>>;
}

/** What something in the file was called before. */
export interface RenameAccess {
  readonly repository: string;
  /** Environment or role of the repository; `undefined` for the repository itself. */
  readonly scope: RoleAccess["scope"] | undefined;
  readonly formerly: string;
}

/** A branch whose protection the account's stack makes. */
export interface ProtectedBranchAccess {
  readonly repository: string;
  readonly branch: string;
}

/** An account whose roles publish nothing and look nothing up needs no GitHub provider at all. */
export const needsGithub = (account: AccountAccess): boolean =>
  account.environments.length +
    account.values.length +
    account.protectedBranches.length +
    account.subjectTemplates.length >
    0 ||
  account.roles.some((role) => role.publish.length > 0 || role.admits.some(({ repository }) => isLookedUp(repository)));
