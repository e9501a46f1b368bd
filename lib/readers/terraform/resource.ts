import type { TextPart } from "../../trust/text";

/** An attribute of a resource that something else refers to. */
export interface Reference {
  /** Module that the resource is in, as `module.a["k"]`; empty for the root. */
  readonly module: string;
  /** Type and name, for a data source with `data.` before, and an index where one is given. */
  readonly resource: string;
  readonly attribute: string;
}

/** A piece of a text that Terraform puts together. */
export type Piece = TextPart | { readonly reference: Reference };

/** A text that is not all known. */
export class Template {
  constructor(readonly pieces: readonly Piece[]) {}
}

export type Value = null | boolean | number | string | Template | readonly Value[] | Attributes;

export interface Attributes {
  readonly [name: string]: Value | undefined;
}

/** A resource or data source, from whatever source. */
export interface Resource {
  /** Whole address, with module and index. */
  readonly address: string;
  readonly module: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** `["key"]`, `[0]` or empty. */
  readonly index: string;
  /** Configuration of the provider, as `aws` or `aws.production`; or `UNKNOWN_PROVIDER`. */
  readonly provider: string;
  readonly values: Attributes;
  /** Attributes that the configuration sets; `undefined` where there is none. What it does not set a provider may have computed. */
  readonly configured: ReadonlySet<string> | undefined;
  /** Whether a plan creates it; what is replaced was there before. @default false */
  readonly isNew?: boolean;
}

/** Stands for the provider's configuration of what is not configured any more, where that may be one of several. */
export const UNKNOWN_PROVIDER = "?";

/** What is known of an account or an owner from the configuration of a provider. */
export interface ProviderSettings {
  readonly accountId?: string;
  readonly region?: string;
  /** Owner of the repositories. */
  readonly owner?: string;
}

/** One root module: what one plan, state or stack holds. */
export interface TerraformRoot {
  /** Name of the stack; null where there is none. */
  readonly name: string | null;
  readonly resources: readonly Resource[];
  /** By the provider's configuration. */
  readonly providers: ReadonlyMap<string, ProviderSettings>;
  readonly notes: readonly string[];
  /** What is known of accounts by the provider's configuration. @default what the resources themselves tell */
  readonly accounts?: ReadonlyMap<string, AccountFacts>;
  /**
   * What counts of the policies that a provider found at a role, where the configuration does not name them:
   * all, or all but those that resources gave the role before, which may be taken away.
   *
   * @default what is not configured does not count; of a source without configuration all does
   */
  readonly found?: "all" | GivenPolicies;
}

/** Policies that resources beside a role give to it: ARNs and names by the address of the role. */
export type GivenPolicies = ReadonlyMap<string, ReadonlySet<string>>;

/** What is known of the AWS account that a resource is in. */
export interface AccountFacts {
  readonly id: string | null;
  readonly partition: string | null;
  readonly region: string | null;
}

export const isAttributes = (value: Value | undefined): value is Attributes =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Template);

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** A value as a list: one that is none is a list of one, and nothing an empty one. */
export const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

/** The blocks of a kind. Terraform's JSON has one as an object, and several as a list. */
export const blocksOf = (value: Value | undefined): readonly Attributes[] => listOf(value).filter(isAttributes);
