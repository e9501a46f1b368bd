import type { Position } from "../aws/policy/position";

/** From the worst to the least: `error`, strangers are let in or nobody is; `warning`, more are let in than meant, probably; `note`, worth a thought. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Whether a severity is as bad as another one, or worse. */
export const isAtLeastAsBad = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);

/** Where something was found: a place in a text, or in Terraform an address. */
export type Location = TextLocation | ResourceLocation;

export interface TextLocation extends Position {
  /** As it was given, `-` for standard input. */
  readonly file: string;
  /** Keys of the access file that lead there. */
  readonly path?: readonly string[];
}

export interface ResourceLocation {
  /** As it was given: a plan, or a folder of synthesized Terraform. */
  readonly file: string;
  /** Address of the resource. */
  readonly address: string;
}

export const isInText = (location: Location): location is TextLocation => "line" in location;

/** Something that a rule found. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, with the value that is. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  readonly location: Location;
}

/** How many findings there are of each severity. */
export type FindingSummary = Readonly<Record<Severity, number>>;
