import type { Configuration, ConfiguredResource } from "./configuration";
import { prefixOf } from "./configuration";
import type { Attributes, Resource } from "./resource";

/** What says which resource it is. */
interface Named {
  readonly address: string;
  readonly module: string;
  readonly mode: Resource["mode"];
  readonly type: string;
  readonly name: string;
  readonly index?: string | number | undefined;
}

/** A resource of a plan. Its values are read when they are asked for: most are of types that say nothing of access. */
export class PlanResource implements Resource {
  readonly address: string;
  readonly module: string;
  readonly mode: Resource["mode"];
  readonly type: string;
  readonly name: string;
  readonly index: string;
  readonly provider: string;
  readonly configured: ReadonlySet<string> | undefined;
  readonly isNew: boolean;
  private made: Attributes | undefined;

  constructor(
    { address, module, mode, type, name, index }: Named,
    { configuration, configured, isNew = false }: { readonly configuration: Configuration | undefined; readonly configured: ConfiguredResource | undefined; readonly isNew?: boolean },
    private readonly make: () => Attributes,
  ) {
    this.address = address;
    this.module = module;
    this.mode = mode;
    this.type = type;
    this.name = name;
    this.index = index === undefined ? "" : `[${JSON.stringify(index)}]`;
    this.provider = configured?.provider ?? configuration?.providerOf(prefixOf(type)) ?? prefixOf(type);
    this.configured = configured?.set;
    this.isNew = isNew;
  }

  get values(): Attributes {
    return (this.made ??= this.make());
  }
}
