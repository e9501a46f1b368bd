import type { Text } from "../trust/text";
import type { Position } from "../yaml/problem";

/**
 * A workflow file as plain data: what decides which tokens its jobs may get, and where it stands. Texts are
 * known or, where an expression stands, not: an expression is never worked out.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
export interface Workflow {
  /** As it was given. */
  readonly file: string;
  readonly name: string | null;
  readonly triggers: readonly Trigger[];
  readonly permissions: Permissions | null;
  readonly env: Settings;
  readonly jobs: readonly Job[];
}

/** An event that starts the workflow, with the filters that decide on what it then runs. */
export interface Trigger {
  /** @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
  readonly event: string;
  readonly position: Position;
  readonly types: readonly string[] | null;
  readonly branches: readonly string[] | null;
  readonly branchesIgnore: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly tagsIgnore: readonly string[] | null;
  /** Inputs that have a default, with it. */
  readonly inputs: readonly Setting[];
}

/** `permissions` of a workflow or of a job: whatever it does not name is `none`. */
export interface Permissions {
  readonly position: Position;
  /** Whether a token for other services may be asked for. */
  readonly idToken: "write" | "none";
}

/** A name with its value: of `env`, `with` or `secrets`. */
export interface Setting {
  readonly name: string;
  readonly value: Text;
  readonly position: Position;
}

/** In the order of the file; `null` where all of them are one expression. */
export type Settings = readonly Setting[] | null;

/** The last one counts; GitHub ignores case in these names. */
export const settingOf = (settings: Settings, name: string): Setting | undefined =>
  settings?.findLast((each) => each.name.toLowerCase() === name.toLowerCase());

export interface Job {
  readonly id: string;
  readonly position: Position;
  readonly environment: { readonly name: Text; readonly position: Position } | null;
  readonly permissions: Permissions | null;
  readonly env: Settings;
  /** `if`, as it is written. */
  readonly condition: string | null;
  /** `strategy.matrix` as JSON, in which expressions are still text. */
  readonly matrix: unknown;
  /** The reusable workflow that it calls, in place of steps. */
  readonly call: WorkflowCall | null;
  readonly steps: readonly Step[];
}

export interface WorkflowCall {
  readonly uses: Uses;
  readonly position: Position;
  readonly with: Settings;
  readonly secrets: Settings | "inherit";
}

export interface Step {
  readonly position: Position;
  /** `if`, as it is written. */
  readonly condition: string | null;
  readonly uses: Uses | null;
  readonly with: Settings;
  readonly env: Settings;
  /** The script, as it is written. */
  readonly run: string | null;
}

/** What `uses` names. */
export type Uses =
  /** `OWNER/REPO/PATH@REF`; `path` is empty for the repository's root. */
  | {
      readonly kind: "repository";
      readonly owner: string;
      readonly repository: string;
      readonly path: string;
      readonly ref: string;
    }
  /** `./PATH` in the workflow's own repository. */
  | { readonly kind: "local"; readonly path: string }
  /** `docker://IMAGE`. */
  | { readonly kind: "image"; readonly image: string };

/** Reads what stands behind `uses`, or answers `undefined`. */
export function parseUses(written: string): Uses | undefined {
  if (written.startsWith("docker://")) return { kind: "image", image: written.slice("docker://".length) };
  if (/^\.\/?$|^\.{1,2}[/\\]/.test(written)) return { kind: "local", path: written };
  const [, owner, repository, path = "", ref] = /^([^/@\s]+)\/([^/@\s]+)(?:\/([^@\s]+))?@(\S+)$/.exec(written) ?? [];
  return owner === undefined || repository === undefined || ref === undefined
    ? undefined
    : { kind: "repository", owner, repository, path, ref };
}
