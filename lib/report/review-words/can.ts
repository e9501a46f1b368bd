import type { AdmissionChange } from "../../access/difference/schema";
import type { Permission } from "../../access/grants";
import type { Level } from "../../aws/permissions/level";
import { firstOf, name, type Phrase, say, strong } from "../phrase";

/** Most policies that are named. */
const NAMED = 3;

/** What a role can do, as a verb. */
export function levelWords(level: Level): Phrase {
  switch (level) {
    case "administrator":
      return strong(say`anything, as administrator`);
    case "writes":
      return say`write`;
    case "unknown":
      return say`do what is not known`;
    case "reads":
      return say`read`;
    case "nothing":
      return say`do nothing yet`;
  }
}

/** `write (AmazonECS_FullAccess, deploy)`. */
export function canWords({ level, permissions }: AdmissionChange["can"]): Phrase {
  return permissions.length === 0 ? levelWords(level) : say`${levelWords(level)} (${firstOf(permissions.map(policyWords), NAMED)})`;
}

/** Of an ARN the policy's name alone. */
function policyWords(permission: Permission): Phrase {
  if ("managed" in permission) return name(permission.managed.replace(/^arn:[^:]*:iam::(?:aws|[0-9]{12}):policy\//, ""));
  return "inline" in permission ? name(permission.inline) : say`not known: ${name(permission.unknown)}`;
}
