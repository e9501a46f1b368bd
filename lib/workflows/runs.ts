import type { Text } from "../trust/text";
import type { Position } from "../yaml/problem";
import { legsOf } from "./matrix";
import { EMPTY_SCOPE, evaluate, type Scope } from "./scope";
import { passedOn } from "./template";
import type { Job, Permissions, Trigger, Uses, Workflow, WorkflowCall } from "./workflow";

/**
 * Whether a job may ask for a token. `default`: nobody says, and GitHub gives none; `unknown`: only the
 * called workflow says so, which suffices for some callers.
 *
 * @see https://docs.github.com/en/actions/reference/github_token-reference
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
 */
export type IdToken = "write" | "none" | "default" | "unknown";

/** A job as it may run: by itself, or called from jobs of other workflows, once for each job of a matrix. */
export interface Run {
  /** The workflow that an event starts. */
  readonly entry: Workflow;
  /** The events; none for a workflow of which it is not known who calls it. */
  readonly triggers: readonly Trigger[];
  /** Where the job stands. */
  readonly workflow: Workflow;
  readonly job: Job;
  readonly scope: Scope;
  readonly idToken: IdToken;
  /** Where it is said that it may not, for `none`. */
  readonly refusedAt: Place | null;
  /** Name of the environment, empty for none. */
  readonly environment: Text;
  /** Whether an `if` of a job may keep it from running just so. */
  readonly isConditional: boolean;
}

export interface Place {
  readonly file: string;
  readonly position: Position;
}

export interface Runs {
  readonly runs: readonly Run[];
  /** Whether these are all: reusable workflows can call each other more often than anybody can follow. */
  readonly isComplete: boolean;
}

const NONE_KNOWN: ReadonlyMap<string, Text> = new Map();

/** Most levels of workflows. @see https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations */
const MAX_LEVELS = 10;
/** Most jobs and steps, each counted as often as it may run. */
const MAX_WORK = 50_000;

/** Every job of the workflows as it may run. A workflow is called by its file name in `.github/workflows`. */
export function runsOf(workflows: readonly Workflow[]): Runs {
  const walk = new Walk(workflows);
  for (const workflow of workflows) walk.start(workflow);
  return { runs: walk.runs, isComplete: walk.isComplete };
}

/** A workflow that is being run: by events, or by a job that calls it. */
interface Frame {
  readonly entry: Workflow;
  readonly triggers: readonly Trigger[];
  readonly workflow: Workflow;
  readonly scope: Scope;
  /** The calling job, as far as it decides on the called one; `undefined` for a workflow that events start. */
  readonly caller: Pick<Run, "idToken" | "refusedAt" | "isConditional"> | undefined;
  readonly level: number;
}

class Walk {
  readonly runs: Run[] = [];
  isComplete = true;
  private readonly byFile: ReadonlyMap<string, Workflow>;
  private readonly called = new Set<Workflow>();
  private work = 0;

  constructor(workflows: readonly Workflow[]) {
    this.byFile = new Map(workflows.map((workflow) => [fileName(workflow.file), workflow]));
    for (const { call } of workflows.flatMap(({ jobs }) => jobs)) {
      const callee = this.calleeOf(call);
      if (callee) this.called.add(callee);
    }
  }

  start(workflow: Workflow): void {
    const frame = { entry: workflow, workflow, scope: EMPTY_SCOPE, level: 1 };
    const triggers = workflow.triggers.filter(({ event }) => event !== "workflow_call");
    if (triggers.length > 0) this.follow({ ...frame, triggers, caller: undefined });
    // Called from elsewhere: what it runs as is the caller's to say.
    else if (!this.called.has(workflow))
      this.follow({
        ...frame,
        triggers: [],
        scope: { ...EMPTY_SCOPE, secrets: NONE_KNOWN },
        caller: { idToken: "unknown", refusedAt: null, isConditional: false },
      });
  }

  private follow(frame: Frame): void {
    for (const job of frame.workflow.jobs)
      for (const matrix of legsOf(job.matrix)) {
        this.work += 1 + job.steps.length;
        if (this.work > MAX_WORK) this.isComplete = false;
        if (!this.isComplete) return;
        const scope: Scope = { ...frame.scope, matrix, env: [job.env, frame.workflow.env] };
        const run = this.run(job, scope, frame);
        const callee = this.calleeOf(job.call);
        if (!job.call || !callee) this.runs.push(run);
        else if (frame.level < MAX_LEVELS)
          this.follow({
            ...frame,
            workflow: callee,
            scope: scopeOfCall(job.call, callee, scope),
            caller: run,
            level: frame.level + 1,
          });
      }
  }

  private run(job: Job, scope: Scope, { entry, triggers, workflow, caller }: Frame): Run {
    const environment = job.environment ? evaluate(job.environment.name, scope) : "";
    const stated = job.permissions ?? workflow.permissions;
    return {
      entry,
      triggers,
      workflow,
      job,
      // A secret of the environment hides one that is passed.
      scope: environment !== "" && scope.secrets ? { ...scope, secrets: NONE_KNOWN } : scope,
      environment,
      idToken: idTokenOf(stated, caller?.idToken),
      refusedAt:
        stated?.idToken === "none" ? { file: workflow.file, position: stated.position } : (caller?.refusedAt ?? null),
      isConditional: job.condition !== null || (caller?.isConditional ?? false),
    };
  }

  private calleeOf(call: WorkflowCall | null): Workflow | undefined {
    const file = call && localWorkflow(call.uses);
    return file === undefined || file === null ? undefined : this.byFile.get(file);
  }
}

const fileName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** File name of a workflow of the same repository and commit. */
export const localWorkflow = (uses: Uses): string | undefined =>
  uses.kind === "local" ? /^\.\/\.github\/workflows\/([^/]+\.ya?ml)$/.exec(uses.path)?.[1] : undefined;

/** A called job has no more than its caller. */
function idTokenOf(stated: Permissions | null, caller: IdToken | undefined): IdToken {
  if (caller === "none" || stated?.idToken === "none") return "none";
  if (caller === undefined || caller === "write") return stated?.idToken ?? caller ?? "default";
  return stated ? "unknown" : caller;
}

function scopeOfCall(call: WorkflowCall, callee: Workflow, caller: Scope): Scope {
  const inputs = new Map<string, Text>();
  const declared = callee.triggers.find(({ event }) => event === "workflow_call");
  for (const { name, value } of declared?.inputs ?? []) inputs.set(name.toLowerCase(), value);
  // With an expression for all of them, none keeps its default for certain.
  if (call.with === null) inputs.clear();
  for (const { name, value } of call.with ?? []) inputs.set(name.toLowerCase(), passedOn(evaluate(value, caller)));
  return { ...EMPTY_SCOPE, inputs, secrets: passedSecrets(call, caller) };
}

function passedSecrets({ secrets }: WorkflowCall, caller: Scope): Scope["secrets"] {
  if (secrets === "inherit") return caller.secrets;
  return new Map((secrets ?? []).map(({ name, value }) => [name.toLowerCase(), passedOn(evaluate(value, caller))]));
}
