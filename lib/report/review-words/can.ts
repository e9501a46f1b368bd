import type { AdmissionChange } from "../../difference/schema";
import type { Permission } from "../../questions/grants";
import type { Level } from "../../aws/permissions/level";
import { firstOf, name, type Phrase, say, strong } from "../phrase";

/** Most policies that are named. */
const NAMED = 3;

/** What a role can do: it reads, it writes. */
export const LEVEL_WORDS: Readonly<Record<Level, Phrase>> = {
  administrator: say`administrator`,
  writes: say`writes`,
  unknown: say`not known`,
  reads: say`reads`,
  nothing: say`nothing`,
};

const CAN: Readonly<Record<Level, Phrase>> = {
  administrator: strong(say`is administrator`),
  writes: say`can write`,
  unknown: say`can do what is not known`,
  reads: say`can read`,
  nothing: say`can do nothing yet`,
};

export const canInShort = ({ level }: AdmissionChange["can"]): Phrase => CAN[level];

/** `can write: AmazonECS_FullAccess, deploy`. */
export function canWords({ level, permissions }: AdmissionChange["can"]): Phrase {
  return permissions.length === 0 ? CAN[level] : say`${CAN[level]}: ${firstOf(permissions.map(policyWords), NAMED)}`;
}

/** Of an ARN the policy's name alone. */
function policyWords(permission: Permission): Phrase {
  if ("managed" in permission)
    return name(permission.managed.replace(/^arn:[^:]*:iam::(?:aws|[0-9]{12}):policy\//, ""));
  return "inline" in permission ? name(permission.inline) : say`not known: ${name(permission.unknown)}`;
}
