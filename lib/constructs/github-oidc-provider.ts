import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { oidcProviderArn, parseIamArn } from "../aws/arn";
import { defaultAudience, type Partition } from "../aws/partition";
import { audienceRule, MAX_AUDIENCES } from "../aws/role-rules";
import { githubInstance } from "../github/issuer";
import { DataAwsIamOpenidConnectProvider, IamOpenidConnectProvider } from "./bindings";
import { keeping } from "./keeping";
import { located } from "./located";
import { literal } from "./template";

/** The OIDC provider of an account, as roles see it. */
export interface IGithubOidcProvider {
  readonly arn: string;
  /** The issuer without `https://`, as in `token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** Client ids: the audiences that a token may be meant for. */
  readonly audiences: readonly string[];
  /** Partition of its account. */
  readonly partition: Partition;
  /** Whether AWS is known to make condition keys of GitHub's own claims here, though it does not document it. @default false */
  readonly assertsClaimKeys?: boolean;
  /** What roles wait for: without the provider nobody could assume them. */
  readonly dependency: ITerraformDependable | undefined;
}

/** Account that a provider is in. With it, ARNs are written out and a plan shows them before they exist. */
export interface ProviderAccount {
  /** Twelve digits. */
  readonly id: string;
  readonly partition: Partition;
}

export interface GithubOidcProviderProps {
  /** `github.com`, `SUB.ghe.com` or the host of a GitHub Enterprise Server. @default github.com */
  readonly host?: string;
  /** Slug of the enterprise, when it has put it into its issuer. @default none */
  readonly enterpriseSlug?: string;
  /** Audiences that tokens are meant for. @default sts.amazonaws.com, or sts.amazonaws.com.cn in China */
  readonly audiences?: readonly string[];
  /** Account of the stack. @default unknown: the ARN is a reference, known after the first apply */
  readonly account?: ProviderAccount;
  /**
   * Vouches for condition keys of GitHub's own claims (`job_workflow_ref`, `ref`, …) where AWS does not
   * document them: outside partition "aws", and for any issuer but github.com's.
   *
   * @default false: roles that need them are refused there
   */
  readonly assertsClaimKeys?: boolean;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Refuse plans that destroy or replace it. @default false */
  readonly preventDestroy?: boolean;
}

/**
 * The IAM OIDC provider that lets an account trust GitHub's tokens. An account has one for each issuer.
 *
 * No thumbprints and no fetch of GitHub's certificate: AWS has verified it by its own list of
 * authorities since July 2023.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export class GithubOidcProvider extends Construct implements IGithubOidcProvider {
  readonly arn: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly partition: Partition;
  readonly assertsClaimKeys: boolean;
  readonly dependency: ITerraformDependable;

  /** @throws RangeError for a host, slug or audience that is not well formed. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, props: GithubOidcProviderProps = {}) {
    super(scope, id);
    const { issuer, issuerUrl, audiences, partition } = settingsOf(this.node.path, props);
    const provider = new IamOpenidConnectProvider(this, "Resource", {
      url: issuerUrl,
      clientIdList: [...audiences],
      tags: props.tags,
      lifecycle: keeping(props.preventDestroy),
    });
    this.arn = props.account ? oidcProviderArn(props.account.partition, props.account.id, issuer) : provider.arn;
    this.issuer = issuer;
    this.audiences = audiences;
    this.partition = partition;
    this.assertsClaimKeys = props.assertsClaimKeys ?? false;
    this.dependency = provider;
  }

  /**
   * The provider that the account has already. The plan fails when there is none, and when it lacks one of
   * the audiences.
   *
   * @throws RangeError for a host, slug or audience that is not well formed.
   */
  static fromLookup(
    scope: Construct,
    id: string,
    props: Omit<GithubOidcProviderProps, "tags"> = {},
  ): IGithubOidcProvider {
    const { issuer, issuerUrl, audiences, partition } = settingsOf(`${scope.node.path}/${id}`, props);
    const provider = new DataAwsIamOpenidConnectProvider(scope, id, {
      url: issuerUrl,
      lifecycle: {
        postcondition: audiences.map((audience) => ({
          condition: `\${contains(self.client_id_list, ${JSON.stringify(audience)})}`,
          errorMessage: literal(
            `The OIDC provider ${issuer} of this account lacks the audience "${audience}": AWS would refuse every token meant for it. Add it to the provider's client ids, or name the audiences that it has.`,
          ),
        })),
      },
    });
    return {
      arn: props.account ? oidcProviderArn(props.account.partition, props.account.id, issuer) : provider.arn,
      issuer,
      audiences,
      partition,
      assertsClaimKeys: props.assertsClaimKeys ?? false,
      dependency: provider,
    };
  }

  /**
   * A provider of which only the ARN is known. Nothing is read: that it exists and has the audiences is
   * for the caller to know.
   *
   * @param audiences its client ids. @default that of the ARN's partition
   * @throws RangeError when the text is not the ARN of an OIDC provider, or an audience not well formed.
   */
  static fromArn(arn: string, audiences?: readonly string[]): IGithubOidcProvider {
    const parsed = parseIamArn(arn);
    if (parsed?.type !== "oidc-provider")
      throw new RangeError(
        `${JSON.stringify(arn)} is not the ARN of an OIDC provider: arn:aws:iam::ACCOUNT:oidc-provider/ISSUER`,
      );
    const partition = parsed.partition as Partition;
    return {
      arn,
      issuer: parsed.resource,
      audiences: checkedAudiences(arn, audiences, partition),
      partition,
      dependency: undefined,
    };
  }
}

function settingsOf(
  path: string,
  props: GithubOidcProviderProps,
): { issuer: string; issuerUrl: string; audiences: readonly string[]; partition: Partition } {
  const { issuer, issuerUrl } = located(path, () => githubInstance(props.host, props.enterpriseSlug));
  const partition = props.account?.partition ?? "aws";
  return { issuer, issuerUrl, audiences: checkedAudiences(path, props.audiences, partition), partition };
}

/** The audiences given, each once, or the partition's own. */
function checkedAudiences(path: string, given: readonly string[] | undefined, partition: Partition): readonly string[] {
  const audiences = [...new Set(given ?? [defaultAudience(partition)])];
  if (audiences.length === 0) throw new RangeError(`${path}: an OIDC provider needs at least one audience`);
  if (audiences.length > MAX_AUDIENCES)
    throw new RangeError(`${path}: ${audiences.length} audiences: an OIDC provider takes at most ${MAX_AUDIENCES}`);
  for (const audience of audiences) {
    const wrong = audienceRule(audience);
    if (wrong) throw new RangeError(`${path}: audience ${JSON.stringify(audience)}: ${wrong}`);
  }
  return audiences;
}
