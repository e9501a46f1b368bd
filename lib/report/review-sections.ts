import { compareLevels } from "../aws/permissions/level";
import type { PermissionChange } from "../difference/schema";
import { UNKNOWN_ACCOUNT } from "../review/headline";
import type { Review } from "../review/review";
import { commas, counted, joined, name, NOTHING, type Phrase, say } from "./phrase";
import {
  admissionLine,
  byRole,
  differenceLines,
  exampleLine,
  findingLine,
  permissionLine,
  protectionLine,
  unknownLine,
  valueLine,
} from "./review-words/changes";
import { accountsOf, type Mark } from "./review-words/headline";
import { visible } from "./escape/visible";

/** A list under a title that says how many there are. What is folded opens on a click, where a text can do so. */
export interface Section {
  readonly mark: Mark;
  readonly title: Phrase;
  readonly lines: readonly Phrase[];
  readonly folded: boolean;
}

/** Jobs that are newly let in, one for each role where there is one. */
export function examplesSection({ gained, widened }: Review): Section[] {
  const lines = [...gained, ...widened].map(exampleLine).filter((line) => line.length > 0);
  return lines.length === 0 ? [] : [{ mark: "none", title: say`Examples of who is newly let in`, lines, folded: true }];
}

/** Everything of a review but who is newly let in, of most worth first; empty lists are left out. What is folded is last. */
export function sectionsOf(review: Review): Section[] {
  const accounts = accountsOf(review).length;
  const { protection, permissions, findings, unknown, values, drift, resources, plans } = review;
  const weaker = protection.filter(({ direction }) => direction !== "stronger");
  const [more, less] = [permissions.filter((each) => !isLess(each)), permissions.filter(isLess)];
  const hiding = unknown.filter(({ mayAdmit }) => mayAdmit);
  const section = (
    mark: Mark,
    title: (count: number) => Phrase,
    lines: readonly Phrase[],
    folded: boolean,
    count = lines.length,
  ): Section => ({ mark, title: title(count), lines, folded });
  return [
    section(
      "weakened",
      (count) => say`${counted(count, say`protection is`, say`protections are`)} weaker`,
      weaker.map(protectionLine),
      false,
    ),
    section(
      "weakened",
      (count) => say`${counted(count, say`role`, say`roles`)} with more permissions`,
      byRole(more).map((each) => permissionLine(each, accounts)),
      false,
    ),
    section(
      "unknown",
      (count) => say`${counted(count, say`thing`, say`things`)} could not be known, and may let somebody in`,
      hiding.map(unknownLine),
      false,
    ),
    section(
      "finding",
      (count) => say`${counted(count, say`new finding`, say`new findings`)} of check`,
      findings.new.filter(({ severity }) => severity !== "note").map(findingLine),
      false,
    ),
    section(
      "none",
      (count) => say`${counted(count, say`new note`, say`new notes`)} of check`,
      findings.new.filter(({ severity }) => severity === "note").map(findingLine),
      true,
    ),
    section(
      "less",
      lessTitle(review),
      [
        ...review.lost.map((each) => admissionLine(each, "lost", accounts)),
        ...review.narrowed.map((each) => admissionLine(each, "narrowed", accounts)),
        ...byRole(less).map((each) => permissionLine(each, accounts)),
        ...protection.filter(({ direction }) => direction === "stronger").map(protectionLine),
      ],
      true,
    ),
    section(
      "none",
      (count) => say`${counted(count, say`value changes`, say`values change`)} at GitHub`,
      values.map(valueLine),
      true,
    ),
    section(
      "unknown",
      (count) => say`${counted(count, say`thing`, say`things`)} could not be known`,
      unknown.filter(({ mayAdmit }) => !mayAdmit).map(unknownLine),
      true,
    ),
    section(
      "none",
      (count) =>
        say`${counted(count, say`change`, say`changes`)} outside Terraform since the last apply (drift): not of this plan`,
      drift === null ? [] : differenceLines(drift, accounts),
      true,
    ),
    section(
      "none",
      (count) =>
        say`${counted(count, say`resource stays as it is`, say`resources stay as they are`)}, and Terraform no longer manages ${count === 1 ? say`it` : say`them`}`,
      resources.forgotten.map(name),
      true,
    ),
    section("none", (count) => say`${count} plans`, plans.length > 1 ? plans.map(planWords) : [], true),
  ].filter(({ lines }) => lines.length > 0);
}

const isLess = ({ direction, before, after }: PermissionChange): boolean =>
  direction === "less" && compareLevels(after, before) <= 0;

function lessTitle({ lost, narrowed, permissions, protection }: Review): () => Phrase {
  const parts = [
    ...some(lost.length, (count) => say`access to ${counted(count, say`role`, say`roles`)} lost`),
    ...some(narrowed.length, (count) => say`${counted(count, say`role`, say`roles`)} narrowed`),
    ...some(
      byRole(permissions.filter(isLess)).length,
      (count) => say`${counted(count, say`role`, say`roles`)} with fewer permissions`,
    ),
    ...some(
      protection.filter(({ direction }) => direction === "stronger").length,
      (count) => say`${counted(count, say`protection`, say`protections`)} stronger`,
    ),
  ];
  return () => say`Less: ${commas(parts)}`;
}

const some = (count: number, words: (count: number) => Phrase): Phrase[] => (count === 0 ? [] : [words(count)]);

/** `plan.json of production, made by version 1.13.4`. */
const planWords = ({ file, account, terraform, errored }: Review["plans"][number]): Phrase =>
  say`${name(file)}${account === null ? NOTHING : say` of ${name(account)}`}${terraform === null ? NOTHING : say`, made by version ${name(terraform)}`}${errored ? say`, which ended with an error` : NOTHING}`;

/** Most bytes of a name that the last line has room for. */
const NAME_BYTES = 60;
const hasRoom = (text: string): boolean => Buffer.byteLength(visible(text)) <= NAME_BYTES;

const accountWords = (account: string): Phrase =>
  account === UNKNOWN_ACCOUNT ? say`an account that is not known` : say`account ${name(account)}`;

/** The last line: what has nothing to do with this change of access, and which plan it is about. */
export function footWords(review: Review): Phrase {
  const { resources, findings, plans } = review;
  const [plan, another] = plans;
  const [account, other] = accountsOf(review);
  return joined(
    [
      plan && !another && hasRoom(plan.file)
        ? say`Review of ${name(plan.file)}`
        : say`Review of ${counted(plans.length, say`plan`, say`plans`)}`,
      account !== undefined && other === undefined && hasRoom(account) ? accountWords(account) : NOTHING,
      ...some(
        resources.withoutAccess,
        (count) => say`${counted(count, say`resource changes`, say`resources change`)} without changing access`,
      ),
      ...some(findings.old, (count) => say`${counted(count, say`finding`, say`findings`)} of check as before`),
      ...some(findings.gone, (count) => say`${counted(count, say`finding`, say`findings`)} gone`),
    ],
    say` · `,
  );
}
