import { checkValueName, checkValueSize, storedName } from "./names";
import { NamedValues, type NamedValue, type ValueHome } from "./named-values";
import { Refusal } from "./refusal";
import type { Sharing } from "./sharing";

/** A configuration variable. */
export interface Variable extends NamedValue {
  readonly value: string;
}

/** What an update may change; what is left out stays. */
export interface VariableChange {
  readonly name?: string;
  readonly value?: string;
  readonly sharing?: Sharing;
}

/** The variables of an organization, a repository or an environment. */
export class Variables extends NamedValues<Variable> {
  constructor(home: ValueHome) {
    super("Variable", home);
  }

  /** Adds a variable; refused when the name is taken. */
  create(name: string, value: string, sharing = this.home.sharing): Variable {
    this.check(name, value);
    this.checkFree(name);
    this.checkRoom();
    const now = this.home.clock.tick();
    const variable: Variable = {
      name: storedName(name),
      value,
      createdAt: now,
      updatedAt: now,
      ...(sharing && { sharing }),
    };
    this.keep(variable);
    return variable;
  }

  /** Changes a variable, its name included. */
  update(name: string, change: VariableChange): Variable {
    const before = this.get(name);
    const { value = before.value, sharing = before.sharing } = change;
    const renamed = storedName(change.name ?? before.name);
    this.check(renamed, value);
    if (renamed !== before.name) this.checkFree(renamed);
    const updatedAt = this.home.clock.tick();
    const after: Variable = { ...before, name: renamed, value, updatedAt, ...(sharing && { sharing }) };
    this.delete(before.name);
    this.keep(after);
    return after;
  }

  /** What a person does on GitHub's pages: adds the variable, or changes its value. */
  set(name: string, value: string): Variable {
    return this.find(name) ? this.update(name, { value }) : this.create(name, value);
  }

  private check(name: string, value: string): void {
    this.home.checkPlan?.();
    checkValueName(this.kind, name);
    checkValueSize(this.kind, Buffer.byteLength(value));
  }

  private checkFree(name: string): void {
    if (this.find(name)) throw new Refusal("taken", "Already exists - Variable already exists");
  }
}
