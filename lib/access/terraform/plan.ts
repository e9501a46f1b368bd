import { Configuration, providerSettings, type ConfiguredResource } from "./configuration";
import { changeEntryProblem, memberOf, sameJson, type ChangeEntry, type JsonObject, type StateEntry } from "./plan-entry";
import { PlanResource } from "./plan-resource";
import type { Shown } from "./plan-schema";
import { isRead } from "./read-types";
import { Template, type AccountFacts, type Attributes, type Resource, type TerraformRoot, type Value } from "./resource";
import { learnAccounts } from "./resources";
import { hasMark, isWithheld, linksOf, withheldChanges, withholdMarked } from "./sensitive";
import { notShown, stateEntries } from "./shown";
import { fillUnknown } from "./unknown-values";

/** What to do with sensitive values: read roles' ARNs out of secrets, or let nothing see them. */
export type Sensitive = "read" | "withheld";

/** Resources by address, in the order of the plan. */
type ByAddress = Map<string, Resource>;

/** A change that is read, of a mode that is. */
export type PlannedChange = ChangeEntry & { readonly mode: Resource["mode"] };

/** The resources of a plan, as they are when it is made and as it leaves them, and of a state as they are. */
export class Plan {
  readonly before: ByAddress = new Map();
  readonly after: ByAddress = new Map();
  /** What the plan says of each resource; of modes that are not read nothing. */
  readonly changes: readonly PlannedChange[];
  readonly notes: string[] = [];
  private readonly configuration: Configuration | undefined;

  /** @throws SourceError when a resource has another form than Terraform gives it. @param name of the file, for the message */
  constructor(
    private readonly shown: Shown,
    private readonly name: string,
    private readonly sensitive: Sensitive,
  ) {
    this.configuration = Configuration.of(shown);
    this.changes = this.changesIn("resource_changes");
    const changed = new Map<string, PlannedChange>();
    for (const change of this.changes) this.once(changed, addressOf(change), change);
    const moved = new Set(this.changes.flatMap(({ previous_address: previous }) => previous ?? []));
    this.addPrior(changed, moved);
    for (const change of this.changes) this.addChange(change);
    for (const root of [shown.values, shown.planned_values])
      for (const [module, entry] of stateEntries(root?.root_module, name)) if (isMode(entry.mode) && !changed.has(addressOf(entry))) this.after.set(addressOf(entry), this.held(module, entry));
    for (const deferred of shown.deferred_changes ?? []) this.noteDeferred(deferred);
  }

  /** The root module on one side. */
  root(resources: ByAddress, more: Partial<TerraformRoot> = {}): TerraformRoot {
    return { name: null, resources: [...resources.values()], providers: providerSettings(this.shown), notes: [], ...more };
  }

  /** What both sides tell of the accounts, so that both name the same. */
  accounts(): ReadonlyMap<string, AccountFacts> {
    const all = [...this.before.values(), ...this.after.values()];
    return learnAccounts([...all.filter(({ mode }) => mode === "data"), ...all.filter(({ mode }) => mode === "managed")]);
  }

  /** What was there before something else than Terraform changed it; `undefined` where nothing did that is read. */
  beforeDrift(): ByAddress | undefined {
    const drifted = this.changesIn("resource_drift").filter(({ type, mode, deposed, change: { before, after } }) => isRead(type, mode) && deposed === undefined && before && !sameJson(before, after));
    if (drifted.length === 0) return undefined;
    const resources = new Map(this.before);
    for (const entry of drifted) if (entry.change.before) resources.set(entry.address, this.previous(entry, entry.change.before));
    return resources;
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
    return (this.shown[list] ?? []).flatMap((entry, index) => {
      const problem = changeEntryProblem(entry);
      if (problem !== undefined) throw notShown(this.name, `${list}.${index}${problem}`);
      return isMode((entry as ChangeEntry).mode) ? [entry as PlannedChange] : [];
    });
  }

  private once<T>(known: Map<string, T>, address: string, item: T): void {
    if (known.has(address)) throw notShown(this.name, `${JSON.stringify(address.slice(0, 200))} is there twice`);
    known.set(address, item);
  }

  /** What Terraform's state has: of what the plan does not speak, it stays. */
  private addPrior(changed: ReadonlyMap<string, PlannedChange>, moved: ReadonlySet<string>): void {
    const seen = new Map<string, true>();
    for (const [module, entry] of stateEntries(this.shown.prior_state?.values?.root_module, this.name)) {
      if (!isMode(entry.mode)) continue;
      const address = addressOf(entry);
      this.once(seen, address, true);
      const isChanged = changed.has(address);
      if ((isChanged && entry.mode === "managed") || (!isChanged && moved.has(address))) continue;
      const resource = this.held(module, entry);
      this.before.set(address, resource);
      if (!isChanged) this.after.set(address, resource);
    }
  }

  private addChange(entry: PlannedChange): void {
    const address = addressOf(entry);
    const { before, after } = entry.change;
    const stays = after !== null && after !== undefined && isUnchanged(entry);
    const next = after && (stays ? this.unchanged(entry, after) : this.next(entry, after));
    const previous = before && (stays && next ? next : this.previous(entry, before));
    const isKnownData = entry.mode === "data" && this.before.has(address);
    if (previous && !isKnownData) this.before.set(address, previous);
    const actions = entry.change.actions.join();
    // Terraform lets go of it, and it stays in AWS or at GitHub.
    const left = actions === "forget" ? previous : next;
    if (left) this.after.set(address, left);
    if (actions === "create,forget" && isRead(entry.type, entry.mode)) this.notes.push(`${address} is made anew, and what it was stays without Terraform: that is in none of these`);
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
    const make = (configured: ConfiguredResource | undefined): Attributes => this.linked(entry, fillUnknown(this.shownValues(entry.type, values, marks), unknown, configured?.expressions, stand), configured);
    return this.resource(entry, module, make, actions.length === 1 && actions[0] === "create");
  }

  private held(module: string, entry: StateEntry): Resource {
    return this.resource(entry, module, () => this.shownValues(entry.type, entry.values ?? {}, entry.sensitive_values));
  }

  private resource(entry: ChangeEntry | StateEntry, module = "", make: (configured: ConfiguredResource | undefined) => Attributes, isNew = false): Resource {
    const { mode, type, name, index } = entry;
    const { configuration } = this;
    const configured = configuration?.resource(module, `${mode === "data" ? "data." : ""}${type}.${name}`);
    const named = { address: addressOf(entry), module, mode: mode === "data" ? ("data" as const) : ("managed" as const), type, name: `${name}${deposedIn(entry)}`, index };
    return new PlanResource(named, { configuration, configured, isNew }, () => make(configured));
  }

  /** Values without what is sensitive, unless that is to be read. */
  private shownValues(type: string, values: JsonObject, ...marks: readonly unknown[]): Attributes {
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
