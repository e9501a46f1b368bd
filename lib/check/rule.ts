import type { Position } from "../aws/policy/position";
import type { Severity } from "./finding";
import type { CheckSubject } from "./subject";

/** What a rule says of a subject; the runner adds the rule and the file. */
export interface RuleFinding {
  readonly message: string;
  readonly fix: string;
  /** Where in the subject's text. @default the place of the subject itself */
  readonly position?: Position;
  /** @default the rule's own */
  readonly severity?: Severity;
}

/** A case of a rule, run as a test and shown in the documentation. */
export type RuleExample = {
  /** What the case shows, in a few words. */
  readonly about: string;
} & ExampleSource;

/** What a case is found in. */
export type ExampleSource =
  /** A trust policy. */
  | { readonly policy: object }
  /** Accounts (of `production` what is not the same everywhere) and repositories of an access file. */
  | { readonly access: { readonly account?: object; readonly repositories: object } }
  /** Terraform in its JSON syntax. */
  | { readonly terraform: object }
  /** A workflow as YAML; with repositories of an access file, the repository octo-org/web-shop among them, where both are held beside each other. */
  | { readonly workflow: string; readonly beside?: object };

/** Something to look for, in one kind of subject. */
export interface Rule<K extends CheckSubject["kind"]> {
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
  check(subject: Extract<CheckSubject, { readonly kind: K }>): readonly RuleFinding[];
}

/** A rule of any kind: `appliesTo` says what it is to be given. */
export type AnyRule = { [K in CheckSubject["kind"]]: Rule<K> }[CheckSubject["kind"]];
