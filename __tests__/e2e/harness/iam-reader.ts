import { AwsError, type AwsQuery } from "./aws-query";

export type Tags = Readonly<Record<string, string>>;

export interface OidcProvider {
  readonly arn: string;
  /** As IAM keeps it: without the scheme. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly tags: Tags;
}

export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly maxSessionDuration: number;
  readonly permissionsBoundary: string | undefined;
  /** The trust policy, to the letter as it was stored. */
  readonly assumeRolePolicyDocument: string;
  readonly tags: Tags;
}

/** What IAM holds in one account. */
export class IamReader {
  constructor(private readonly query: AwsQuery) {}

  async oidcProviderArns(): Promise<readonly string[]> {
    const { OpenIDConnectProviderList: providers } = await this.read<{ OpenIDConnectProviderList: { Arn: string }[] }>(
      "ListOpenIDConnectProviders",
    );
    return providers.map(({ Arn }) => Arn);
  }

  async oidcProvider(arn: string): Promise<OidcProvider> {
    const provider = await this.read<RawOidcProvider>("GetOpenIDConnectProvider", { OpenIDConnectProviderArn: arn });
    return {
      arn,
      url: provider.Url,
      clientIds: provider.ClientIDList ?? [],
      thumbprints: provider.ThumbprintList ?? [],
      tags: tags(provider.Tags),
    };
  }

  async roleNames(): Promise<readonly string[]> {
    const { Roles } = await this.list<{ Roles: { RoleName: string }[] }>("ListRoles");
    return Roles.map(({ RoleName }) => RoleName);
  }

  async role(name: string): Promise<Role> {
    const { Role: role } = await this.read<{ Role: RawRole }>("GetRole", { RoleName: name });
    return {
      arn: role.Arn,
      name: role.RoleName,
      path: role.Path,
      description: role.Description,
      maxSessionDuration: role.MaxSessionDuration,
      permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
      assumeRolePolicyDocument: decodeURIComponent(role.AssumeRolePolicyDocument),
      tags: tags(role.Tags),
    };
  }

  /** The role, or undefined if the account has none of that name. */
  async tryRole(name: string): Promise<Role | undefined> {
    try {
      return await this.role(name);
    } catch (error) {
      if (error instanceof AwsError && error.code === "NoSuchEntity") return undefined;
      throw error;
    }
  }

  /** The ARNs of the managed policies on a role, sorted. */
  async attachedPolicyArns(roleName: string): Promise<readonly string[]> {
    const { AttachedPolicies } = await this.list<{ AttachedPolicies: { PolicyArn: string }[] }>(
      "ListAttachedRolePolicies",
      { RoleName: roleName },
    );
    return AttachedPolicies.map(({ PolicyArn }) => PolicyArn).sort();
  }

  /** The names of the inline policies of a role, sorted. */
  async inlinePolicyNames(roleName: string): Promise<readonly string[]> {
    const { PolicyNames } = await this.list<{ PolicyNames: string[] }>("ListRolePolicies", { RoleName: roleName });
    return [...PolicyNames].sort();
  }

  /** An inline policy's document, to the letter as it was stored. */
  async inlinePolicy(roleName: string, policyName: string): Promise<string> {
    const parameters = { RoleName: roleName, PolicyName: policyName };
    const { PolicyDocument } = await this.read<{ PolicyDocument: string }>("GetRolePolicy", parameters);
    return decodeURIComponent(PolicyDocument);
  }

  /** The document of a managed policy's default version, to the letter as it was stored. */
  async managedPolicy(arn: string): Promise<string> {
    const { Policy: policy } = await this.read<{ Policy: { DefaultVersionId: string } }>("GetPolicy", {
      PolicyArn: arn,
    });
    const { PolicyVersion: version } = await this.read<{ PolicyVersion: { Document: string } }>("GetPolicyVersion", {
      PolicyArn: arn,
      VersionId: policy.DefaultVersionId,
    });
    return decodeURIComponent(version.Document);
  }

  private read<T>(action: string, parameters: Readonly<Record<string, string>> = {}): Promise<T> {
    return this.query.call<T>("iam", action, parameters);
  }

  /** Reads a list whole, or refuses: a test must not pass because the rest was on the next page. */
  private async list<T>(action: string, parameters: Readonly<Record<string, string>> = {}): Promise<T> {
    const page = await this.read<T & { IsTruncated?: boolean }>(action, { ...parameters, MaxItems: "1000" });
    if (page.IsTruncated) throw new Error(`${action} in account ${this.query.account} has more than one page`);
    return page;
  }
}

interface RawTag {
  readonly Key: string;
  readonly Value: string;
}

interface RawOidcProvider {
  readonly Url: string;
  readonly ClientIDList?: string[];
  readonly ThumbprintList?: string[];
  readonly Tags?: RawTag[];
}

interface RawRole {
  readonly Arn: string;
  readonly RoleName: string;
  readonly Path: string;
  readonly Description?: string;
  readonly MaxSessionDuration: number;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string };
  readonly AssumeRolePolicyDocument: string;
  readonly Tags?: RawTag[];
}

function tags(raw: readonly RawTag[] = []): Tags {
  return Object.fromEntries(raw.map(({ Key, Value }) => [Key, Value]));
}
