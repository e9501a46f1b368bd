import { z } from "zod";

/**
 * The shape of a workflow file, as far as it is read here. Whatever else stands in it is GitHub's business,
 * and keys are added all the time: unknown ones are passed over. Each message says what to use instead.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], { error: "use text" });
const optionalText = scalar.optional();
/** One name, or a list of them. */
const names = z.union([scalar, z.array(scalar)], { error: "use a name, or a list of names" }).optional();
/** Names with values, or one expression that stands for all of them. */
const settings = z
  .union([z.record(z.string(), scalar), z.string(), z.null()], { error: "use names with texts, as in NAME: value" })
  .optional();

const event = z.looseObject(
  {
    types: names,
    branches: names,
    "branches-ignore": names,
    tags: names,
    "tags-ignore": names,
    inputs: z
      .union(
        [z.record(z.string(), z.union([z.looseObject({ default: z.unknown().optional() }), z.null()])), z.null()],
        { error: "use names of inputs, each with its keys" },
      )
      .optional(),
  },
  { error: "use filters, as in {branches: [main]}, or nothing" },
);

/** `schedule` has a list of times. */
const trigger = z.union([event, z.array(z.unknown()), z.null()], {
  error: "use filters, as in {branches: [main]}, or nothing",
});

const on = z.union(
  [z.string(), z.array(z.string({ error: "use the name of an event" })), z.record(z.string(), trigger)],
  { error: "use an event, a list of events, or events with their filters" },
);

const access = z.union([z.enum(["read", "write", "none"]), z.null()], { error: 'use "read", "write" or "none"' });
const permissions = z
  .union([z.enum(["read-all", "write-all"]), z.record(z.string(), access), z.null()], {
    error: 'use "read-all", "write-all", or permissions with "read", "write" or "none"',
  })
  .optional();

const environment = z
  .union([z.string(), z.number(), z.boolean(), z.null(), z.looseObject({ name: scalar })], {
    error: "use the name of an environment, or {name: …}",
  })
  .optional();

const step = z.looseObject(
  {
    if: optionalText,
    uses: z.string({ error: 'use an action, as in "OWNER/REPOSITORY@REF"' }).optional(),
    with: settings,
    env: settings,
    run: optionalText,
  },
  { error: 'use a step, with "uses" or "run"' },
);

const job = z.looseObject(
  {
    environment,
    permissions,
    env: settings,
    if: optionalText,
    strategy: z
      .union([z.looseObject({ matrix: z.unknown().optional() }), z.string(), z.null()], { error: "use {matrix: …}" })
      .optional(),
    uses: z.string({ error: 'use a reusable workflow, as in "./.github/workflows/FILE.yml"' }).optional(),
    with: settings,
    secrets: settings,
    steps: z.array(step, { error: "use a list of steps" }).nullish(),
  },
  { error: 'use a job, with "steps" or "uses"' },
);

export const workflowSchema = z.looseObject(
  {
    name: optionalText,
    on,
    permissions,
    env: settings,
    jobs: z.record(z.string(), job, { error: "use names of jobs, each with its keys" }),
  },
  { error: 'write the keys "on" and "jobs"' },
);

export type WrittenWorkflow = z.infer<typeof workflowSchema>;
export type WrittenJob = WrittenWorkflow["jobs"][string];
export type WrittenStep = NonNullable<WrittenJob["steps"]>[number];
export type WrittenPermissions = z.infer<typeof permissions>;
export type WrittenSettings = z.infer<typeof settings>;
export type WrittenNames = z.infer<typeof names>;
export type WrittenTrigger = z.infer<typeof trigger>;
