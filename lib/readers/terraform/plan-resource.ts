import type { ConfiguredResource } from "./configuration";
import type { Attributes, Resource } from "./resource";

/** What the instances of one resource have in common. */
export interface Origin {
  readonly module: string;
  readonly mode: Resource["mode"];
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly configured: ConfiguredResource | undefined;
}

/** A resource of a plan. Its values are read when they are asked for: most are of types that say nothing of access. */
export class PlanResource<T extends { readonly index?: string | number | null | undefined }> implements Resource {
  private made: Attributes | undefined;

  constructor(
    private readonly entry: T,
    readonly address: string,
    readonly name: string,
    private readonly origin: Origin,
    readonly isNew: boolean,
    private readonly read: (entry: T, origin: Origin) => Attributes,
  ) {}

  get module(): string {
    return this.origin.module;
  }

  get mode(): Resource["mode"] {
    return this.origin.mode;
  }

  get type(): string {
    return this.origin.type;
  }

  get provider(): string {
    return this.origin.provider;
  }

  get configured(): ReadonlySet<string> | undefined {
    return this.origin.configured?.set;
  }

  get index(): string {
    const { index } = this.entry;
    return index === undefined || index === null ? "" : `[${JSON.stringify(index)}]`;
  }

  get values(): Attributes {
    return (this.made ??= this.read(this.entry, this.origin));
  }
}
