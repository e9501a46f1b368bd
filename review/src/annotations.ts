import type { PermissionChange } from "../../lib/difference/schema";
import { name, type Phrase, say } from "../../lib/report/phrase";
import {
  admissionLine,
  byRole,
  findingLine,
  permissionLine,
  protectionLine,
  unknownLine,
} from "../../lib/report/review-words/changes";
import type { Gate, Review } from "../../lib/review/review";
import { plainText } from "../../lib/report/phrase";
import type { Level } from "./step";

/** What is said on the page of the run. */
export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** Of each level, from the review: GitHub shows ten of a step, and what becomes of the comment is to be among them. */
const MOST = 8;
/** So that lines name the account of a role: nothing stands above an annotation that would. */
const SEVERAL_ACCOUNTS = 2;

/**
 * The review in few words: an error is what fails the step, a warning what gives more access or may, a notice what
 * else is worth a look. The worst comes first, and what is too many is counted.
 *
 * @param reasons why the gate is closed; none where it is open
 */
export function annotationsOf(review: Review, gate: Gate, reasons: readonly string[]): Annotation[] {
  const error: Annotation[] =
    reasons.length === 0
      ? []
      : [{ level: "error", title: "The gate is closed", message: `${reasons.join("; ")} (fail-on: ${gate})` }];
  return [...error, ...atMost("warning", warnings(review)), ...atMost("notice", notices(review))];
}

/** A title, and what is so. */
type Line = readonly [title: string, line: Phrase];

const warnings = ({ plans, gained, widened, unknown, permissions, protection, findings }: Review): Line[] => [
  ...plans
    .filter(({ errored }) => errored)
    .map(({ file }): Line => ["Planning ended with an error", say`${name(file)} does not say all that would change`]),
  ...gained.map((change): Line => ["Access", admissionLine(change, "gained", SEVERAL_ACCOUNTS)]),
  ...widened.map((change): Line => ["Access", admissionLine(change, "widened", SEVERAL_ACCOUNTS)]),
  ...unknown.filter(({ mayAdmit }) => mayAdmit).map((each): Line => ["May let somebody in", unknownLine(each)]),
  ...protection
    .filter(({ direction }) => direction !== "stronger")
    .map((change): Line => ["Protection weakened", protectionLine(change)]),
  ...byRole(permissions.filter(raises)).map((changes): Line => [
    "Permissions raised",
    permissionLine(changes, SEVERAL_ACCOUNTS),
  ]),
  ...findings.new
    .filter(({ severity }) => severity === "error")
    .map((finding): Line => ["New finding", findingLine(finding)]),
];

const notices = ({ summary: { drift }, unknown }: Review): Line[] => [
  ...(drift === 0
    ? []
    : [
        [
          "Changed outside Terraform",
          say`${drift} ${drift === 1 ? say`change` : say`changes`} of access since the last apply: see the summary of the run`,
        ] as const,
      ]),
  ...unknown.filter(({ mayAdmit }) => !mayAdmit).map((each): Line => ["Not known", unknownLine(each)]),
];

/** Whether a role comes to do more by it, in kind and not only in number. */
const raises = ({ direction, before, after, because }: PermissionChange): boolean =>
  direction !== "less" && (before !== after || because.length > 0);

function atMost(level: Level, lines: readonly Line[]): Annotation[] {
  const shown = lines.length <= MOST ? lines : lines.slice(0, MOST - 1);
  const annotations = shown.map(([title, line]): Annotation => ({ level, title, message: plainText(line) }));
  return lines.length === shown.length
    ? annotations
    : [
        ...annotations,
        { level, title: "And more", message: `${lines.length - shown.length} more: see the summary of the run` },
      ];
}
