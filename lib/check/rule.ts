import type { Position } from "../aws/policy/position";
import type { Severity } from "./finding";
import type { CheckSubject } from "./subject";

/** What a rule says of a subject; the runner adds the rule and the file. */
export interface RuleFinding {
  readonly message: string;
  readonly fix: string;
  readonly position: Position;
  /** @default the rule's own */
  readonly severity?: Severity;
}

/** A case of a rule, run as a test and shown in the documentation. */
export interface RuleExample {
  /** What the case shows, in a few words. */
  readonly about: string;
  /** The policy, as JSON. */
  readonly policy: object;
}

/** Something to look for, in one kind of subject. */
export interface Rule<K extends CheckSubject["kind"] = CheckSubject["kind"]> {
  /** Never given to another rule: people write it into their scripts. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What goes wrong, and how: one paragraph. */
  readonly explanation: string;
  /** What to do, in general. */
  readonly remedy: string;
  /** Page that says so. */
  readonly source: string;
  readonly appliesTo: K;
  readonly compliant: readonly RuleExample[];
  readonly nonCompliant: readonly RuleExample[];
  /** A method, so that rules of every kind fit into one list: `appliesTo` says what it is to be given. */
  check(subject: Extract<CheckSubject, { readonly kind: K }>): readonly RuleFinding[];
}
