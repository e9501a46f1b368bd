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
export class PlanResource implements Resource {
  readonly module: string;
  readonly mode: Resource["mode"];
  readonly type: string;
  readonly provider: string;
  readonly configured: ReadonlySet<string> | undefined;
  private made: Attributes | undefined;

  constructor(
    private readonly entry: { readonly index?: string | number | null | undefined },
    readonly address: string,
    readonly name: string,
    private readonly origin: Origin,
    readonly isNew: boolean,
    private readonly make: (configured: ConfiguredResource | undefined) => Attributes,
  ) {
    this.module = origin.module;
    this.mode = origin.mode;
    this.type = origin.type;
    this.provider = origin.provider;
    this.configured = origin.configured?.set;
  }

  get index(): string {
    const { index } = this.entry;
    return index === undefined || index === null ? "" : `[${JSON.stringify(index)}]`;
  }

  get values(): Attributes {
    return (this.made ??= this.make(this.origin.configured));
  }
}
