import { parseIamArn, type IamArn } from "../../aws/arn";
import { addTo } from "../../model/add-to";
import { UNKNOWN_ACCOUNT, UNKNOWN_PARTITION, policyArn, roleArn } from "../../model/arns";
import { isKnown, text, unknownText, type Lookup, type Text } from "../../trust/text";
import { partitionOf } from "../../aws/partition";
import { documentText } from "./policy-document";
import type { ReadType } from "./read-types";
import { isWithheld } from "./withheld";
import {
  isAttributes,
  isList,
  Template,
  UNKNOWN_PROVIDER,
  type AccountFacts,
  type Piece,
  type ProviderSettings,
  type Reference,
  type Resource,
  type TerraformRoot,
  type Value,
} from "./resource";

/** Longest chain of references that is followed: a longer one is a circle. */
const MAX_CHAIN = 30;

/** The resources of a root module, and what they say of each other. */
export class Resources {
  /** Made when something is referred to: where all is known, nothing is. */
  private byPlace: Map<string, Resource[]> | undefined;
  private readonly all: readonly Resource[];
  private readonly byType = new Map<string, Resource[]>();
  private readonly accounts: ReadonlyMap<string, AccountFacts>;
  private readonly providers: ReadonlyMap<string, ProviderSettings>;
  private readonly owners = new Map<string, string>();
  private readonly policies = new Map<string, Resource>();
  private readonly facts = new Map<Resource, AccountFacts>();
  private depth = 0;

  constructor({ resources, providers, accounts }: TerraformRoot) {
    this.all = resources;
    this.providers = providers;
    this.accounts = accounts ?? learnAccounts(resources);
    for (const resource of resources)
      addTo(this.byType, resource.mode === "data" ? `data.${resource.type}` : resource.type, resource);
    for (const { values } of [...this.of("github_repository"), ...this.of("data.github_repository")]) {
      const [owner, name] = typeof values["full_name"] === "string" ? values["full_name"].split("/") : [];
      if (owner !== undefined && name !== undefined) this.owners.set(name, owner);
    }
    for (const policy of this.of("aws_iam_policy"))
      if (typeof policy.values["arn"] === "string") this.policies.set(policy.values["arn"], policy);
  }

  /** Those of a type; of a data source with `data.` before it. */
  of(type: ReadType): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource referred to, where it is certain which. @param from the one that refers to it */
  referred({ module, resource }: Reference, from: Resource | undefined): Resource | undefined {
    const [, place = resource, index = ""] = /^([^[]*)(\[.*\])?$/.exec(resource) ?? [];
    const instances = this.at(placeOf(module, place));
    if (index !== "") return instances.find((each) => each.index === index);
    if (instances.length === 1) return instances[0];
    return instances.find((each) => from !== undefined && each.index === from.index);
  }

  private at(place: string): readonly Resource[] {
    if (!this.byPlace) {
      this.byPlace = new Map();
      for (const each of this.all)
        addTo(
          this.byPlace,
          placeOf(each.module, `${each.mode === "data" ? "data." : ""}${each.type}.${each.name}`),
          each,
        );
    }
    return this.byPlace.get(place) ?? [];
  }

  /** The one resource that a value is an attribute of, where it is nothing else. */
  behind(value: Value | undefined, from: Resource): Resource | undefined {
    const [piece, ...rest] = value instanceof Template ? value.pieces : [];
    return piece !== undefined && rest.length === 0 && typeof piece === "object" && "reference" in piece
      ? this.referred(piece.reference, from)
      : undefined;
  }

  /** A value as text, as far as it is known. */
  text(value: Value | undefined, from: Resource): Text {
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (value instanceof Template) return text(...value.pieces.map((piece) => this.piece(piece, from)));
    return unknownText("it is not a string");
  }

  /** An attribute as text; `null` where it is not set. */
  optional(resource: Resource, attribute: string): Text | null {
    const value = resource.values[attribute];
    return value === undefined || value === null || value === "" ? null : this.text(value, resource);
  }

  private piece(piece: Piece, from: Resource): Text {
    if (typeof piece === "string") return piece;
    if (!("reference" in piece)) return [piece];
    const { resource, attribute } = piece.reference;
    const referred = this.referred(piece.reference, from);
    return referred ? this.attribute(referred, attribute) : unknownText(`${resource}.${attribute}`);
  }

  /** An attribute that others refer to. What a provider computes is put together where its form is certain. */
  attribute(resource: Resource, attribute: string): Text {
    if (this.depth > MAX_CHAIN) return unknownText(`${resource.address}.${attribute}`);
    this.depth += 1;
    try {
      return (
        this.known(resource, attribute) ??
        this.computed(resource, attribute) ??
        unknownText(`${resource.address}.${attribute}`)
      );
    } finally {
      this.depth -= 1;
    }
  }

  /** What the source itself says. */
  private known(resource: Resource, attribute: string): Text | undefined {
    const value = resource.values[attribute];
    if (value === undefined || value === null || isList(value) || isAttributes(value)) return undefined;
    const written = this.text(value, resource);
    return isKnown(written) ? written : isComputed(value) ? undefined : written;
  }

  private computed(resource: Resource, attribute: string): Text | undefined {
    const { id, partition } = this.accountOf(resource);
    const [inPartition, inAccount] = [partition ?? UNKNOWN_PARTITION, id ?? UNKNOWN_ACCOUNT];
    switch (`${resource.mode === "data" ? "data." : ""}${resource.type}.${attribute}`) {
      case "aws_iam_role.arn":
        return roleArn(inPartition, inAccount, this.pathOf(resource), this.nameOf(resource));
      case "aws_iam_role.id":
        return this.nameOf(resource);
      case "aws_iam_policy.arn":
      case "aws_iam_policy.id":
        return policyArn(inPartition, inAccount, this.pathOf(resource), this.nameOf(resource));
      case "aws_iam_openid_connect_provider.arn":
      case "aws_iam_openid_connect_provider.id":
      case "data.aws_iam_openid_connect_provider.arn":
      case "data.aws_iam_openid_connect_provider.id":
        return resource.values["url"] === undefined
          ? undefined
          : text("arn:", inPartition, ":iam::", inAccount, ":oidc-provider/", this.issuerOf(resource));
      case "data.aws_caller_identity.account_id":
      case "data.aws_caller_identity.id":
        return id ?? undefined;
      case "data.aws_partition.partition":
        return partition ?? undefined;
      case "data.aws_iam_policy_document.json":
        return documentText(resource, (value) => this.text(value, resource));
      case "data.github_rest_api.sub_claim_prefix":
        return lookupOf(resource, /^\/?repos\/([^/]+\/[^/]+)\/actions\/oidc\/customization\/sub$/);
      case "data.github_rest_api.subject_prefix_with_ids":
        return lookupOf(resource, /^\/?repos\/([^/]+\/[^/]+)$/, { withIds: true });
      default:
        return undefined;
    }
  }

  nameOf(resource: Resource): Text {
    const { name, name_prefix: prefix } = resource.values;
    const written =
      name === undefined || name === null ? unknownText("name, made by Terraform") : this.text(name, resource);
    return !isKnown(written) && typeof prefix === "string" && prefix !== ""
      ? text(prefix, { unknown: "name, made by Terraform" })
      : written;
  }

  pathOf(resource: Resource): Text {
    return this.optional(resource, "path") ?? "/";
  }

  /** Issuer of an OIDC provider, without `https://`. The provider of Terraform takes the scheme off or leaves it. */
  issuerOf(resource: Resource): Text {
    const [first, ...rest] = [this.optional(resource, "url") ?? unknownText("url")].flat();
    return typeof first === "string"
      ? text(first.replace(/^https:\/\//, "").replace(/\/$/, ""), ...rest)
      : text(first ?? "", ...rest);
  }

  /** The same for resources of one account: by its id or, where that is not known, by the configuration of the provider. */
  accountKeyOf(resource: Resource): string {
    return this.accountOf(resource).id ?? `provider ${resource.provider}`;
  }

  /** The account that a resource is in: by its own ARN, or else by its provider's. */
  accountOf(resource: Resource): AccountFacts {
    const known = this.facts.get(resource) ?? this.factsOf(resource);
    this.facts.set(resource, known);
    return known;
  }

  private factsOf(resource: Resource): AccountFacts {
    const settings = this.providers.get(resource.provider);
    const arn = iamArnIn(resource.values["arn"]);
    const learned = this.accounts.get(resource.provider);
    const region = settings?.region ?? null;
    return {
      id: (arn?.account === "aws" ? undefined : arn?.account) ?? settings?.accountId ?? learned?.id ?? null,
      partition: arn?.partition ?? (region === null ? undefined : partitionOf(region)) ?? learned?.partition ?? null,
      region,
    };
  }

  /** `OWNER/NAME` of the repository that something of GitHub's belongs to. */
  repositoryOf(resource: Resource): Text {
    return this.fullNameOf(resource.values["repository"], resource);
  }

  /** `OWNER/NAME` of a repository. @param from what names it */
  fullNameOf(written: Value | undefined, from: Resource): Text {
    const name = this.text(written, from);
    if (isKnown(name) && name.includes("/")) return name;
    const owner = this.providers.get(from.provider)?.owner ?? (isKnown(name) ? this.owners.get(name) : undefined);
    return owner !== undefined && isKnown(name) ? `${owner}/${name}` : text(owner ?? { unknown: "owner" }, "/", name);
  }

  /** The managed policy of that ARN, where the source makes it. */
  policyOf(arn: string): Resource | undefined {
    return this.policies.get(arn);
  }
}

/** What resources tell of the accounts that providers are configured for. */
export function learnAccounts(...lists: readonly (readonly Resource[])[]): Map<string, AccountFacts> {
  const accounts = new Map<string, AccountFacts>();
  // Whoever asked who it is knows for certain.
  for (const mode of ["data", "managed"] as const)
    for (const resources of lists)
      for (const resource of resources)
        if (resource.mode === mode && resource.type.startsWith("aws_")) learnAccount(accounts, resource);
  return accounts;
}

/** An ARN, of which the end may be withheld. */
function iamArnIn(value: Value | undefined): IamArn | undefined {
  if (typeof value === "string") return parseIamArn(value);
  const [first, ...rest] = value instanceof Template ? value.pieces : [];
  return typeof first === "string" && rest.length > 0 ? parseIamArn(`${first}-`) : undefined;
}

function learnAccount(accounts: Map<string, AccountFacts>, resource: Resource): void {
  const { mode, type, provider } = resource;
  const before = accounts.get(provider);
  // What is new has no ARN yet, and one that tells all suffices: there may be ten thousands.
  if (resource.isNew || provider === UNKNOWN_PROVIDER || (before && before.id !== null && before.partition !== null))
    return;
  const { arn: written, account_id: account } = resource.values;
  const arn = iamArnIn(written);
  const caller = mode === "data" && type === "aws_caller_identity" && typeof account === "string" ? account : undefined;
  // Other data sources may be asked for what another account has.
  const isOwn = mode === "managed" || type === "aws_iam_openid_connect_provider";
  const id = caller ?? (arn && arn.account !== "aws" && isOwn ? arn.account : undefined);
  if (id !== undefined || arn)
    accounts.set(provider, {
      id: before?.id ?? id ?? null,
      partition: before?.partition ?? arn?.partition ?? null,
      region: null,
    });
}

/** What is asked of the repository that an endpoint names. */
function lookupOf(
  { values: { endpoint } }: Resource,
  pattern: RegExp,
  form: Pick<Lookup, "withIds"> = {},
): Text | undefined {
  const fullName = typeof endpoint === "string" ? pattern.exec(endpoint)?.[1] : undefined;
  return fullName === undefined ? undefined : [{ lookup: fullName, ...form }];
}

/** Whether a value is not known because a provider has yet to compute it. */
const isComputed = (value: Value): boolean =>
  value instanceof Template &&
  !isWithheld(value) &&
  value.pieces.every((piece) => typeof piece === "object" && "unknown" in piece);

const placeOf = (module: string, resource: string): string => (module === "" ? resource : `${module}.${resource}`);
