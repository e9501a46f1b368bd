import { matches } from "../pattern";
import data from "./data/action-levels.json";
import { remembered } from "./remembered";
import { hasWildcard, patternOf, standsFor } from "./wildcards";

/**
 * Which actions only read, from the access levels that AWS gives its actions: List and Read are reading; Write,
 * Permissions management and Tagging are not. An action that begins with one of the data's verbs reads, unless the
 * data name it; any other one writes, unless the data name it, or hold a pattern of it that AWS's own read-only
 * policies use. So an action that AWS adds later is taken for writing unless its name says that it gets, lists or
 * describes.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
 */
const READING_VERB = new RegExp(`^[^:]*:(?:${data.verbs.join("|")})`);
const reads = namesIn(data.reads).map((name) => name.toLowerCase());
const readsByName = new Set(reads);
const readsByPattern = reads.filter(hasWildcard);
/** As AWS writes it, by the name in lower case. */
const writes = new Map(namesIn(data.writes).map((name) => [name.toLowerCase(), name]));

/**
 * An action that writes among those that a pattern stands for, or `undefined` when all of them only read. It is the
 * pattern itself, unless the data name one.
 *
 * @param except patterns of actions that are not meant, in lower case
 */
export function writingAction(written: string, except: readonly string[] = []): string | undefined {
  return except.length === 0 ? ofAll(written) : findWriting(written, except);
}

/** Policies have the same actions over and over. */
const ofAll = remembered((written: string) => findWriting(written, []));

function findWriting(written: string, except: readonly string[]): string | undefined {
  const action = written.toLowerCase();
  const hasVerb = READING_VERB.test(action);
  if (readsByName.has(action) || (hasVerb && !hasWildcard(action) && !writes.has(action))) return undefined;
  if (!hasVerb) return readsByPattern.some((each) => standsFor(each, action)) ? undefined : written;
  return [...writes].find(
    ([name]) => matches(patternOf(action), name) && !except.some((each) => matches(patternOf(each), name)),
  )?.[1];
}

/** The data write `service: "Action Action"`. */
function namesIn(byService: Readonly<Record<string, string>>): string[] {
  return Object.entries(byService).flatMap(([service, names]) => names.split(" ").map((name) => `${service}:${name}`));
}
