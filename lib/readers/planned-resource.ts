import type { PlannedResource } from "../model/plan-change";
import { SourceError } from "../model/source-error";
import type { PlannedChange } from "./terraform/plan";

/** What Terraform does to a resource that is there already, or will be. @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const ACTIONS: Readonly<Record<string, PlannedResource["action"] | null>> = {
  "no-op": null,
  read: null,
  create: "create",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "replace",
  "forget,create": "replace",
};

/** What a plan does to a resource; `undefined` where it leaves it as it is, or only reads it. @throws SourceError for an action of which nothing is known */
export function plannedResource(
  { address, mode, type, previous_address: previous, deposed, change: { actions, importing } }: PlannedChange,
  name: string,
): PlannedResource | undefined {
  if (mode !== "managed") return undefined;
  const key = actions.join();
  const done = Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined;
  if (done === undefined)
    throw new SourceError(
      `${name}: ${JSON.stringify(address.slice(0, 200))} has the actions ${JSON.stringify(actions).slice(0, 100)}, of which nothing is known`,
    );
  const movedFrom = previous === address ? undefined : previous;
  const action =
    done ?? (importing === undefined || importing === null ? (movedFrom === undefined ? undefined : "move") : "import");
  return (
    action && { address: deposed === undefined ? address : `${address} (deposed ${deposed})`, type, action, movedFrom }
  );
}
