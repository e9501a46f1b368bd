import { Configuration, prefixOf, providerSettings } from "./configuration";
import { HiddenTexts } from "./hidden-texts";
import { hasMark } from "./marks";
import { changeEntryProblem, memberOf, sameJson, type ChangeEntry, type StateEntry } from "./plan-entry";
import { PlanResource, type Origin } from "./plan-resource";
import type { Shown } from "./plan-schema";
import { isRead } from "./read-types";
import {
  Template,
  type AccountFacts,
  type Attributes,
  type Resource,
  type TerraformRoot,
  type Value,
} from "./resource";
import { learnAccounts } from "./resources";
import { linksOf, withheldChanges, withholdMarked, type Side } from "./sensitive";
import { notShown, stateEntries } from "./shown";
import { fillUnknown } from "./unknown-values";
import { isWithheld } from "./withheld";

/** What a plan says of a resource of a mode that is read. */
export type PlannedChange = ChangeEntry & { readonly mode: Resource["mode"] };

/**
 * The resources of a plan, as they are when it is made and as it leaves them; of a state as they are. Nothing that
 * is marked sensitive is in them.
 */
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
  /** Known in full before any value is read. */
  private readonly hidden = new HiddenTexts();

  /** @throws SourceError when a resource has another form than Terraform gives it. @param name of the file, for the message */
  constructor(
    private readonly shown: Shown,
    private readonly name: string,
  ) {
    this.configuration = Configuration.of(shown);
    this.changes = this.changesIn("resource_changes");
    for (const change of this.changes) this.once(this.changed, addressOf(change), change);
    this.addUnchanged();
    for (const change of [...this.changes, ...this.changesIn("resource_drift")]) this.learnHidden(change);
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
    const drifted = this.changesIn("resource_drift").filter(
      ({ type, mode, deposed, change: { before, after } }) =>
        isRead(type, mode) && deposed === undefined && before && !sameJson(before, after),
    );
    if (drifted.length === 0) return undefined;
    const now = new Map(this.before.map((resource) => [resource.address, resource]));
    for (const entry of drifted) now.set(entry.address, this.drifted(entry, now.get(entry.address)));
    return [...now.values()];
  }

  /** Arguments that change and are withheld. */
  withheld(): { address: string; type: string; attributes: string[] }[] {
    return this.changes.flatMap((entry) => {
      if (!entry.change.before || !entry.change.after || !isRead(entry.type, entry.mode)) return [];
      const attributes = withheldChanges(entry.type, beforeOf(entry), afterOf(entry), entry.change.after_unknown);
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
      this.once(before, address, this.held(entry, module));
      if (isChanged) this.looked.add(address);
    }
    const after = new Map(before);
    for (const address of this.looked) after.delete(address);
    for (const root of [values, planned])
      for (const [module, entry] of stateEntries(root?.root_module, this.name))
        if (isMode(entry.mode) && !this.changed.has(addressOf(entry)))
          after.set(addressOf(entry), this.held(entry, module));
    for (const resource of before.values()) this.before.push(resource);
    for (const resource of after.values()) this.after.push(resource);
  }

  private addChange(entry: PlannedChange): void {
    const { module_address: module } = entry;
    const { before, after, actions } = entry.change;
    const stays = isUnchanged(entry);
    const isNew = actions.length === 1 && actions[0] === "create";
    const next = after && this.resource(entry, module, stays ? this.readUnchanged : this.readAfter, isNew);
    const previous = before && (stays && next ? next : this.resource(entry, module, this.readBefore));
    if (previous && !this.looked.has(entry.address)) this.before.push(previous);
    // Terraform lets go of it, and it stays in AWS or at GitHub.
    const left = actions.length === 1 && actions[0] === "forget" ? previous : next;
    if (left) this.after.push(left);
    if (actions.length > 1 && actions.includes("forget") && isRead(entry.type, entry.mode))
      this.notes.push(`${entry.address} is recreated; Terraform forgets the old object, which is not reviewed`);
  }

  private readonly readUnchanged = (entry: PlannedChange, origin: Origin): Attributes =>
    this.linked(origin, this.shownValues(entry, afterOf(entry), beforeOf(entry)));

  private readonly readBefore = (entry: PlannedChange, origin: Origin): Attributes => {
    const { before, after, after_unknown: unknown } = entry.change;
    const isKept = (name: string): boolean =>
      !hasMark(memberOf(unknown, name)) && sameJson(before?.[name], after?.[name]);
    return this.linked(origin, this.shownValues(entry, beforeOf(entry), afterOf(entry)), isKept);
  };

  private readonly readAfter = (entry: PlannedChange, origin: Origin): Attributes => {
    const after = afterOf(entry);
    const stand = (expression: unknown): Value | undefined =>
      this.configuration?.unknownValue(expression, origin.module);
    const filled = fillUnknown(
      after.values as Attributes,
      entry.change.after_unknown,
      origin.configured?.expressions,
      stand,
    );
    return this.linked(origin, this.shownValues(entry, after, beforeOf(entry), filled));
  };

  private readonly readHeld = (entry: StateEntry): Attributes => this.shownValues(entry, heldBy(entry));

  /** As it was before something else changed it. What is withheld and did not change is of what it is now. */
  private drifted(entry: PlannedChange, now: Resource | undefined): Resource {
    return this.resource(entry, entry.module_address, () => {
      const { before, after } = entry.change;
      const shown = this.shownValues(entry, beforeOf(entry), afterOf(entry));
      const kept = linksOf(entry.type).filter(
        (name) => isWithheld(shown[name]) && sameJson(before?.[name], after?.[name]),
      );
      return { ...shown, ...Object.fromEntries(kept.map((name) => [name, now?.values[name]])) };
    });
  }

  /** Where a resource comes from. Most follow one of the same origin. */
  private originOf(module: string, { address, mode, type, name }: ChangeEntry | StateEntry): Origin {
    const { last, configuration } = this;
    if (last?.module === module && last.mode === mode && last.type === type && last.name === name) return last;
    // Without an index it has its address in the configuration too: to put that together again for each costs more.
    const configured =
      configuration?.at(address) ?? configuration?.resource(module, `${mode === "data" ? "data." : ""}${type}.${name}`);
    const provider = configured?.provider ?? configuration?.providerOf(prefixOf(type)) ?? prefixOf(type);
    return (this.last = { module, mode: mode === "data" ? mode : "managed", type, name, provider, configured });
  }

  private held(entry: StateEntry, module: string): Resource {
    this.learnHidden(entry);
    return this.resource(entry, module, this.readHeld);
  }

  private resource<T extends ChangeEntry | StateEntry>(
    entry: T,
    module = "",
    read: (entry: T, origin: Origin) => Attributes,
    isNew = false,
  ): Resource {
    return new PlanResource(
      entry,
      addressOf(entry),
      `${entry.name}${deposedIn(entry)}`,
      this.originOf(module, entry),
      isNew,
      read,
    );
  }

  /** Values without what is sensitive. @param values those of `own`, perhaps with more of them known */
  private shownValues(
    entry: ChangeEntry | StateEntry,
    own: Side,
    other?: Side,
    values = own.values as Attributes,
  ): Attributes {
    return this.hidden.hideIn(withholdMarked({ type: entry.type, address: addressOf(entry) }, values, own, other));
  }

  private learnHidden(entry: ChangeEntry | StateEntry): void {
    const named = { type: entry.type, address: addressOf(entry) };
    if (!isRead(entry.type, entry.mode) && !(entry.mode === "data" && entry.type === "aws_iam_policy_document")) return;
    for (const side of "change" in entry ? [afterOf(entry), beforeOf(entry)] : [heldBy(entry)])
      this.hidden.learn(named, side);
  }

  /** Of what is withheld the configuration may say which resource it is of: that gives nothing away. */
  private linked(
    { type, module, configured }: Origin,
    values: Attributes,
    isKept: (name: string) => boolean = () => true,
  ): Attributes {
    const hidden = linksOf(type).filter(
      (name) => isWithheld(values[name]) && configured?.set.has(name) && isKept(name),
    );
    if (hidden.length === 0) return values;
    const links = hidden
      .map((name) => [name, this.configuration?.unknownValue(configured?.expressions[name], module)] as const)
      .filter(([, link]) => isReference(link));
    return { ...values, ...Object.fromEntries(links) };
  }

  private noteDeferred(deferred: unknown): void {
    const entry = memberOf(deferred, "resource_change");
    if (changeEntryProblem(entry) !== undefined) return;
    const { address, type, mode } = entry as ChangeEntry;
    if (isRead(type, mode)) this.notes.push(`${address} is deferred to a later plan; it is not reviewed here`);
  }
}

const isMode = (mode: string): mode is Resource["mode"] => mode === "managed" || mode === "data";

const deposedIn = (entry: ChangeEntry | StateEntry): string => {
  const key = "change" in entry ? entry.deposed : entry.deposed_key;
  return key === undefined ? "" : ` (deposed ${key})`;
};

/** Address of a resource; an object that is only left to be deleted has one of its own. */
const addressOf = (entry: ChangeEntry | StateEntry): string => `${entry.address}${deposedIn(entry)}`;

const beforeOf = ({ change: { before, before_sensitive: marks } }: ChangeEntry): Side => ({
  values: before ?? {},
  marks,
});
const afterOf = ({ change: { after, after_sensitive: marks } }: ChangeEntry): Side => ({ values: after ?? {}, marks });
const heldBy = ({ values, sensitive_values: marks }: StateEntry): Side => ({ values: values ?? {}, marks });

/** Whether a change leaves everything as it is. Of types that nothing reads, Terraform's word suffices. */
const isUnchanged = ({
  type,
  mode,
  change: { actions, before, after, after_unknown: unknown },
}: PlannedChange): boolean =>
  isRead(type, mode) ? !hasMark(unknown) && sameJson(before, after) : actions.length === 1 && actions[0] === "no-op";

const isReference = (value: Value | undefined): boolean =>
  value instanceof Template &&
  value.pieces.length === 1 &&
  value.pieces.every((piece) => typeof piece === "object" && "reference" in piece);
