import { z } from "zod";
import { type ActionTest, compileActions } from "../policy/action";
import { readJson } from "../policy/json-reader";
import { remembered } from "./remembered";

/** A statement of a permissions policy. */
export interface PermissionsStatement {
  readonly effect: "Allow" | "Deny";
  /** As written. */
  readonly actions: readonly string[];
  /** Whether it is about every action but these: `NotAction`. */
  readonly notAction: boolean;
  /** As written, policy variables included. */
  readonly resources: readonly string[];
  /** Whether it is about every resource but these: `NotResource`. */
  readonly notResource: boolean;
  readonly conditions: readonly PermissionsCondition[];
  /** Whether it is about an action. */
  readonly isAction: ActionTest;
  /** Whether it names an action, or at least its service, rather than leaving it among all the others. */
  readonly names: ActionTest;
}

export interface PermissionsCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A permissions policy, or why it was not read. */
export type PermissionsReading =
  { readonly statements: readonly PermissionsStatement[] } | { readonly refused: string };

/** AWS takes one for a list of one. */
const listOf = <T extends z.ZodType>(item: z.ZodArray<T>) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), item);
const oneOrMore = <T extends z.ZodType>(item: T) => listOf(z.array(item).min(1));
const texts = oneOrMore(z.string().min(1));
const conditionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: z.record(z.string(), z.record(z.string(), listOf(z.array(conditionValue)))).optional(),
  })
  .refine(
    ({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined),
    'give one of "Action" and "NotAction"',
  )
  .refine(
    ({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined),
    'give one of "Resource" and "NotResource"',
  )
  .transform(toStatement);

const policySchema = z.strictObject({
  Version: z.enum(["2008-10-17", "2012-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: oneOrMore(statementSchema),
});

/**
 * Reads a permissions policy; each distinct text once. What may mean something else to AWS than it seems to say, as a
 * key that stands twice, is refused rather than read. Never throws.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const readPermissions: (text: string) => PermissionsReading = remembered(read);

function read(text: string): PermissionsReading {
  const [problem] = readJson(text).problems;
  if (problem)
    return { refused: `line ${problem.position.line}, column ${problem.position.column}: ${problem.message}` };
  const { data, error } = policySchema.safeParse(JSON.parse(text));
  if (data) return { statements: data.Statement };
  const [issue] = error.issues;
  return {
    refused: `${issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : ""}${issue?.message ?? "no permissions policy"}`,
  };
}

interface WrittenStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[] | undefined;
  readonly NotAction?: readonly string[] | undefined;
  readonly Resource?: readonly string[] | undefined;
  readonly NotResource?: readonly string[] | undefined;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined;
}

function toStatement({
  Effect,
  Action,
  NotAction,
  Resource,
  NotResource,
  Condition = {},
}: WrittenStatement): PermissionsStatement {
  const actions = Action ?? NotAction ?? [];
  return {
    effect: Effect,
    actions,
    notAction: NotAction !== undefined,
    resources: Resource ?? NotResource ?? [],
    notResource: NotResource !== undefined,
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
    ),
    isAction: compileActions(actions, NotAction !== undefined),
    names: compileActions(Action?.filter((action) => !isEveryAction(action)) ?? [], false),
  };
}

/** `*` and `*:*`. */
export const isEveryAction = (action: string): boolean => /^\*+(?::\*+)?$/.test(action);
