import type { AccessModel } from "../model/model";
import { SourceError } from "../model/source-error";
import { assemble } from "./terraform/assemble";
import { readTextFile } from "./terraform/json-file";
import { Plan } from "./terraform/plan";
import { readShown } from "./terraform/shown";

/**
 * The model of what a plan leads to, or of what a state holds: the output of `terraform show -json`.
 * Nothing of what is marked sensitive is in it.
 *
 * @throws SourceError when the file cannot be read, or is something else.
 */
export const fromPlan = (file: string): AccessModel => fromPlanText(readTextFile(file), file);

/** @throws SourceError when the text is something else. @param name what to call it in the message */
export function fromPlanText(text: string, name: string): AccessModel {
  const shown = readShown(text, name);
  if (shown.errored === true)
    throw new SourceError(
      `${name}: the plan ended with an error, and does not say all: correct the configuration and plan again`,
    );
  const plan = new Plan(shown, name);
  return assemble(plan.root(plan.after, { accounts: plan.accounts(), notes: plan.notes }));
}
