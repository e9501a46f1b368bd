import { isKnown, partsOf, type Text } from "../trust/text";
import type { Position } from "../yaml/problem";
import type { JobContext } from "../github/subject";
import type { Run } from "./runs";
import { triggeredRefs, type TriggeredRef } from "./triggered-refs";

/** One way for a job to run, and what its token then says. Patterns are IAM's: `*` and `?`. */
export interface Possibility {
  readonly event: string;
  /** File and place of the event. */
  readonly file: string;
  readonly position: Position;
  /** What the subject says behind the repository, which may be a pattern. */
  readonly context: JobContext;
  /** The `environment` claim, `null` for none. */
  readonly environment: string | null;
  /** The `ref` claim. */
  readonly ref: string;
  /** The `job_workflow_ref` claim. */
  readonly jobWorkflowRef: string;
  /** The `workflow` claim. */
  readonly workflow: string;
  /** Whether GitHub may mint every subject of the pattern; otherwise perhaps fewer. */
  readonly exact: boolean;
  /** In plain words: `environment production, on push`. */
  readonly why: string;
}

export interface MintOptions {
  /** @default any branch may be it */
  readonly defaultBranch?: string;
}

/**
 * What the tokens of a job may say: never less than they do. A customised subject replaces all this.
 * `undefined` where nothing can be said: a workflow that is called by whom is not known.
 *
 * @param repository `OWNER/NAME`
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function mintedBy(
  run: Run,
  repository: string,
  { defaultBranch = "*" }: MintOptions = {},
): readonly Possibility[] | undefined {
  if (run.triggers.length === 0) return undefined;
  const environments = environmentsOf(run.environment);
  return run.triggers.flatMap((trigger) =>
    triggeredRefs(trigger, defaultBranch).flatMap((on) =>
      environments.map((environment): Possibility => {
        const context = environment === null ? on.context : ({ kind: "environment", environment } as const);
        return {
          event: trigger.event,
          file: run.entry.file,
          position: trigger.position,
          context,
          environment,
          ref: on.ref,
          jobWorkflowRef: `${repository}/.github/workflows/${fileName(run.workflow.file)}@${on.ref}`,
          workflow: run.entry.name === null ? `.github/workflows/${fileName(run.entry.file)}` : run.entry.name,
          exact: environment === null ? on.exact : isKnown(run.environment),
          why: `${placeInWords(environment, on)}, on ${trigger.event}`,
        };
      }),
    ),
  );
}

const fileName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** The environments that a job may name, as patterns; `null` is none: an expression may turn out empty. */
function environmentsOf(environment: Text): (string | null)[] {
  if (environment === "") return [null];
  const pattern = partsOf(environment)
    .map((part) => (typeof part === "string" ? part : "*"))
    .join("");
  return partsOf(environment).some((part) => typeof part === "string") ? [pattern] : [pattern, null];
}

function placeInWords(environment: string | null, { context }: TriggeredRef): string {
  if (environment !== null) return `environment ${environment}`;
  switch (context.kind) {
    case "branch":
      return context.branch === "*" ? "any branch" : `branch ${context.branch}`;
    case "tag":
      return context.tag === "*" ? "any tag" : `tag ${context.tag}`;
    case "mergeQueue":
      return context.base === "*" ? "any merge queue" : `merge queue of ${context.base}`;
    case "pullRequest":
      return "pull request";
    default:
      return "anything";
  }
}
