import type { PlanChange } from "../model/plan-change";
import { plannedResource } from "./planned-resource";
import { SourceError } from "../model/source-error";
import { assembleChange } from "./terraform/assemble";
import { readTextFile } from "./terraform/json-file";
import { Plan } from "./terraform/plan";
import { isPlan, readShown } from "./terraform/shown";

/**
 * What a plan changes: the output of `terraform show -json PLAN`. Nothing of what is marked sensitive is in it.
 *
 * @throws SourceError when the file cannot be read, or is something else.
 */
export const planChange = (file: string): PlanChange => planChangeOfText(readTextFile(file), file);

/** @throws SourceError when the text is something else. @param name what to call it in the message */
export function planChangeOfText(text: string, name: string): PlanChange {
  const shown = readShown(text, name);
  if (!isPlan(shown))
    throw new SourceError(`${name}: is a state, not a plan: name the output of "terraform show -json PLAN"`);
  const plan = new Plan(shown, name);
  const models = assembleChange(plan);
  return {
    file: name,
    ...models,
    terraform: shown.terraform_version ?? null,
    errored: shown.errored === true,
    partial: shown.complete === false && shown.errored !== true,
    changes: plan.changes.flatMap((change) => plannedResource(change, name) ?? []),
    withheld: plan.withheld(),
  };
}
