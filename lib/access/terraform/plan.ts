import { Configuration, prefixOf, providerSettings, type ConfiguredResource } from "./configuration";
import { changeEntryProblem, memberOf, sameJson, type ChangeEntry, type JsonObject, type StateEntry } from "./plan-entry";
import { PlanResource, type Origin } from "./plan-resource";
import type { Shown } from "./plan-schema";
import { isRead } from "./read-types";
import { Template, type AccountFacts, type Attributes, type Resource, type TerraformRoot, type Value } from "./resource";
import { learnAccounts } from "./resources";
import { hasMark, isWithheld, linksOf, withheldChanges, withholdMarked } from "./sensitive";
import { notShown, stateEntries } from "./shown";
import { fillUnknown } from "./unknown-values";

/** What to do with sensitive values: read roles' ARNs out of secrets, or let nothing see them. */
export type Sensitive = "read" | "withheld";

/** What a plan says of a resource of a mode that is read. */
export type PlannedChange = ChangeEntry & { readonly mode: Resource["mode"] };

/** The resources of a plan, as they are when it is made and as it leaves them; of a state as they are. */
export class Plan {
  /** Each once; what the plan leaves as it is is the same object on both sides. */
  readonly before: Resource[] = [];
  readonly after: Resource[] = [];
  readonly changes: readonly PlannedChange[];
  /** What of the plan is not read. */
  readonly notes: string[] = [];
  private readonly configuration: Configuration | undefined;
  private last: Origin | undefined;
  private readonly changed = new Map<string, PlannedChange>();
  /** Data sources of which the state knows what they said. */
  private readonly looked = new Set<string>();

  /** @throws SourceError when a resource has another form than Terraform gives it. @param name of the file, for the message */
  constructor(
    private readonly shown: Shown,
    private readonly name: string,
    private readonly sensitive: Sensitive,
  ) {
    this.configuration = Configuration.of(shown);
    this.changes = this.changesIn("resource_changes");
    for (const change of this.changes) this.once(this.changed, addressOf(change), change);
    this.addUnchanged();
    for (const change of this.changes) this.addChange(change);
    for (const deferred of shown.deferred_changes ?? []) this.noteDeferred(deferred);
  }

  /** The root module on one side. */
  root(resources: readonly Resource[], more: Partial<TerraformRoot> = {}): TerraformRoot {
    return { name: null, resources, providers: providerSettings(this.shown), notes: [], ...more };
  }

  /** What both sides tell of the accounts, so that both name the same. */
  accounts(): ReadonlyMap<string, AccountFacts> {
    return learnAccounts(this.before, this.after);
  }

  /** What was there before something else than Terraform changed it; `undefined` where nothing did that is read. */
  beforeDrift(): readonly Resource[] | undefined {
    const drifted = this.changesIn("resource_drift").filter(({ type, mode, deposed, change: { before, after } }) => isRead(type, mode) && deposed === undefined && before && !sameJson(before, after));
    if (drifted.length === 0) return undefined;
    const now = new Map(this.before.map((resource) => [resource.address, resource]));
    for (const entry of drifted) now.set(entry.address, this.drifted(entry, entry.change.before ?? {}, now.get(entry.address)));
    return [...now.values()];
  }

  /** Arguments that change and are withheld. */
  withheld(): { address: string; type: string; attributes: string[] }[] {
    return this.changes.flatMap((entry) => {
      const { before, after, before_sensitive: beforeMarks, after_sensitive: afterMarks, after_unknown: unknown } = entry.change;
      if (!before || !after || !isRead(entry.type, entry.mode)) return [];
      const attributes = withheldChanges(entry.type, [before, beforeMarks], [after, afterMarks], unknown);
      return attributes.length === 0 ? [] : [{ address: addressOf(entry), type: entry.type, attributes }];
    });
  }

  private changesIn(list: "resource_changes" | "resource_drift"): PlannedChange[] {
    return (this.shown[list] ?? []).filter((entry, index): entry is PlannedChange => {
      const problem = changeEntryProblem(entry);
      if (problem !== undefined) throw notShown(this.name, `${list}.${index}${problem}`);
      return isMode((entry as ChangeEntry).mode);
    });
  }

  private once<T>(known: Map<string, T>, address: string, item: T): void {
    if (known.has(address)) throw notShown(this.name, `${JSON.stringify(address.slice(0, 200))} is there twice`);
    known.set(address, item);
  }

  /** What the plan does not speak of stays as Terraform's state has it: it was not a target. */
  private addUnchanged(): void {
    const { values, planned_values: planned, prior_state: prior } = this.shown;
    const moved = new Set(this.changes.flatMap(({ previous_address: previous }) => previous ?? []));
    const before = new Map<string, Resource>();
    for (const [module, entry] of stateEntries(prior?.values?.root_module, this.name)) {
      const address = addressOf(entry);
      const isChanged = this.changed.has(address);
      if (!isMode(entry.mode) || (isChanged ? entry.mode === "managed" : moved.has(address))) continue;
      this.once(before, address, this.held(module, entry));
      if (isChanged) this.looked.add(address);
    }
    const after = new Map(before);
    for (const address of this.looked) after.delete(address);
    for (const root of [values, planned])
      for (const [module, entry] of stateEntries(root?.root_module, this.name)) if (isMode(entry.mode) && !this.changed.has(addressOf(entry))) after.set(addressOf(entry), this.held(module, entry));
    for (const resource of before.values()) this.before.push(resource);
    for (const resource of after.values()) this.after.push(resource);
  }

  private addChange(entry: PlannedChange): void {
    const { before, after, actions } = entry.change;
    const stays = isUnchanged(entry);
    const next = after && (stays ? this.unchanged(entry, after) : this.next(entry, after));
    const previous = before && (stays && next ? next : this.previous(entry, before));
    if (previous && !this.looked.has(entry.address)) this.before.push(previous);
    // Terraform lets go of it, and it stays in AWS or at GitHub.
    const left = actions.length === 1 && actions[0] === "forget" ? previous : next;
    if (left) this.after.push(left);
    if (actions.length > 1 && actions.includes("forget") && isRead(entry.type, entry.mode)) this.notes.push(`${entry.address} is made anew, and what it was stays without Terraform: that is in none of these`);
  }

  private unchanged(entry: PlannedChange, values: JsonObject): Resource {
    const { before_sensitive: was, after_sensitive: is } = entry.change;
    return this.resource(entry, entry.module_address, (configured) => this.linked(entry, this.shownValues(entry.type, values, was, is), configured));
  }

  private previous(entry: PlannedChange, values: JsonObject): Resource {
    const { before_sensitive: marks, after, after_unknown: unknown } = entry.change;
    const isKept = (name: string): boolean => !hasMark(memberOf(unknown, name)) && sameJson(values[name], after?.[name]);
    return this.resource(entry, entry.module_address, (configured) => this.linked(entry, this.shownValues(entry.type, values, marks), configured, isKept));
  }

  private next(entry: PlannedChange, values: JsonObject): Resource {
    const { actions, after_sensitive: marks, after_unknown: unknown } = entry.change;
    const module = entry.module_address ?? "";
    const stand = (expression: unknown): Value | undefined => this.configuration?.unknownValue(expression, module);
    const make = (configured: ConfiguredResource | undefined): Attributes => this.linked(entry, this.shownValues(entry.type, fillUnknown(values as Attributes, unknown, configured?.expressions, stand), marks), configured);
    return this.resource(entry, module, make, actions.length === 1 && actions[0] === "create");
  }

  /** As it was before something else changed it. What is withheld and did not change is of what it is now. */
  private drifted(entry: PlannedChange, values: JsonObject, now: Resource | undefined): Resource {
    const { before_sensitive: marks, after } = entry.change;
    return this.resource(entry, entry.module_address, () => {
      const shown = this.shownValues(entry.type, values, marks);
      const kept = linksOf(entry.type).filter((name) => isWithheld(shown[name]) && sameJson(values[name], after?.[name]));
      return { ...shown, ...Object.fromEntries(kept.map((name) => [name, now?.values[name]])) };
    });
  }

  /** Where a resource comes from. Most follow one of the same origin. */
  private originOf(module: string, { mode, type, name }: ChangeEntry | StateEntry): Origin {
    const { last, configuration } = this;
    if (last?.module === module && last.mode === mode && last.type === type && last.name === name) return last;
    const configured = configuration?.resource(module, `${mode === "data" ? "data." : ""}${type}.${name}`);
    const provider = configured?.provider ?? configuration?.providerOf(prefixOf(type)) ?? prefixOf(type);
    return (this.last = { module, mode: mode === "data" ? mode : "managed", type, name, provider, configured });
  }

  private held(module: string, entry: StateEntry): Resource {
    return this.resource(entry, module, () => this.shownValues(entry.type, entry.values ?? {}, entry.sensitive_values));
  }

  private resource(entry: ChangeEntry | StateEntry, module = "", make: (configured: ConfiguredResource | undefined) => Attributes, isNew = false): Resource {
    const origin = this.originOf(module, entry);
    return new PlanResource(entry, addressOf(entry), `${entry.name}${deposedIn(entry)}`, origin, isNew, make);
  }

  /** Values without what is sensitive, unless that is to be read. */
  private shownValues(type: string, values: JsonObject | Attributes, ...marks: readonly unknown[]): Attributes {
    return this.sensitive === "read" ? (values as Attributes) : marks.reduce<Attributes>((shown, each) => withholdMarked(shown, each, type), values as Attributes);
  }

  /** Of what is withheld the configuration may say which resource it is of: that gives nothing away. */
  private linked({ type, module_address: module = "" }: PlannedChange, values: Attributes, configured: ConfiguredResource | undefined, isKept: (name: string) => boolean = () => true): Attributes {
    const hidden = linksOf(type).filter((name) => isWithheld(values[name]) && isKept(name) && configured?.set.has(name));
    if (hidden.length === 0) return values;
    const links = hidden.map((name) => [name, this.configuration?.unknownValue(configured?.expressions[name], module)] as const).filter(([, link]) => isReference(link));
    return { ...values, ...Object.fromEntries(links) };
  }

  private noteDeferred(deferred: unknown): void {
    const entry = memberOf(deferred, "resource_change");
    if (changeEntryProblem(entry) !== undefined) return;
    const { address, type, mode } = entry as ChangeEntry;
    if (isRead(type, mode)) this.notes.push(`${address} is put off to a later plan: what becomes of it is in none of these`);
  }
}

const isMode = (mode: string): mode is Resource["mode"] => mode === "managed" || mode === "data";

const deposedIn = (entry: ChangeEntry | StateEntry): string => {
  const key = "change" in entry ? entry.deposed : entry.deposed_key;
  return key === undefined ? "" : ` (deposed ${key})`;
};

/** Address of a resource; an object that is only left to be deleted has one of its own. */
const addressOf = (entry: ChangeEntry | StateEntry): string => `${entry.address}${deposedIn(entry)}`;

/** Whether a change leaves everything as it is. Of types that nothing reads, Terraform's word suffices. */
const isUnchanged = ({ type, mode, change: { actions, before, after, after_unknown: unknown } }: PlannedChange): boolean => (isRead(type, mode) ? !hasMark(unknown) && sameJson(before, after) : actions.length === 1 && actions[0] === "no-op");

const isReference = (value: Value | undefined): boolean => value instanceof Template && value.pieces.length === 1 && value.pieces.every((piece) => typeof piece === "object" && "reference" in piece);
