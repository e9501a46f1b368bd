import { describeTemplate } from "../github/subject-template";
import type {
  Outline,
  AccountOutline,
  AdmissionOutline,
  ChainedRoleOutline,
  EnvironmentOutline,
  RoleOutline,
  SubjectTemplateOutline,
  ValueOutline,
} from "../config/outline";
import { besideName, INDENT } from "./beside-name";
import type { Colors } from "./colors";
import { describeDuration } from "../aws/duration";
import { terminalData, terminalText } from "./escape/terminal";
import { wrap } from "./wrap";

/** How a summary is laid out. */
export interface SummaryLayout {
  readonly colors: Colors;
  /** Columns of a line; 80 is enough for everything but a name longer than that. */
  readonly width: number;
  /** Folder that a stack's Terraform is in. */
  readonly folderOf: (account: string) => string;
}

/** What each account's stack holds, for a tired person at a terminal: who may do what, and behind what. */
export function renderSummary(outline: Outline, given: SummaryLayout): string {
  const { outline: model, layout } = printable(outline, given);
  const environments = new Map(
    model.accounts.flatMap((account) => account.environments.map((each) => [keyOf(each.repository, each.name), each])),
  );
  return model.accounts
    .map((account) => renderAccount(account, environments, model.owner, layout).join("\n"))
    .join("\n\n");
}

/** Names come from a file that others may have written; folders are named by the accounts as they are written there. */
export function printable(
  outline: Outline,
  layout: SummaryLayout,
): { readonly outline: Outline; readonly layout: SummaryLayout } {
  const written = new Map(outline.accounts.map(({ name }) => [terminalText(name), name]));
  return {
    outline: terminalData(outline),
    layout: { ...layout, folderOf: (name) => terminalText(layout.folderOf(written.get(name) ?? name)) },
  };
}

/** @param environments of all accounts: a role may be in another than its environment */
function renderAccount(
  account: AccountOutline,
  environments: ReadonlyMap<string, EnvironmentOutline>,
  owner: string,
  layout: SummaryLayout,
): string[] {
  const shown = new Set<string>();
  const lines = [
    title(account, layout),
    providerLine(account),
    ...waitLines(account, layout),
    ...protectedLines(account, owner),
    ...account.subjectTemplates.flatMap((each) => templateLines(each, owner, layout)),
  ];
  for (const role of account.roles) {
    const key = role.environment === null ? undefined : keyOf(role.repository, role.environment);
    const environment = key === undefined ? undefined : environments.get(key);
    const isFirst =
      key !== undefined && environment !== undefined && account.environments.includes(environment) && !shown.has(key);
    lines.push("", ...renderRole(role, environment, isFirst, layout));
    if (isFirst) shown.add(key);
  }
  for (const role of account.chainedRoles) lines.push("", ...renderChained(role, layout));
  for (const environment of account.environments)
    if (!shown.has(keyOf(environment.repository, environment.name)))
      lines.push("", ...renderEnvironment(environment, owner, layout));
  if (account.values.length > 0) lines.push("", ...renderValues(account.values, layout));
  if (account.roles.length + account.chainedRoles.length + account.environments.length + account.values.length === 0)
    lines.push("  no roles and no environments");
  return lines;
}

const keyOf = (repository: string, environment: string): string => JSON.stringify([repository, environment]);

function title({ name, id, region }: AccountOutline, { colors, width, folderOf }: SummaryLayout): string {
  const text = `${name} · ${id} · ${region}`;
  const folder = folderOf(name);
  const gap = width - text.length - folder.length;
  return gap < 2
    ? `${colors.bold(text)}\n${" ".repeat(INDENT)}${colors.dim(folder)}`
    : `${colors.bold(text)}${" ".repeat(gap)}${colors.dim(folder)}`;
}

const providerLine = ({ provider }: AccountOutline): string =>
  `  OIDC provider ${provider.issuer}, ${provider.mode === "existing" ? "existing" : "created here"}`;

function templateLines(
  { repository, claims, also }: SubjectTemplateOutline,
  owner: string,
  { colors, width }: SummaryLayout,
): string[] {
  const whose = repository === null ? `${owner}'s repositories that opt in` : `${owner}/${repository}`;
  const indented = (text: string): string[] =>
    wrap(text, width - INDENT, INDENT).map((line) => " ".repeat(INDENT) + line);
  const warning =
    also === null
      ? []
      : indented(`! ${describeTemplate(also)} is trusted as well: when every account is applied, take "also" away`);
  return [...indented(`subjects of ${whose}: ${describeTemplate(claims)}`), ...warning.map(colors.warning)];
}

/** A line for each repository of which the stack protects branches. */
function protectedLines({ protectedBranches }: AccountOutline, owner: string): string[] {
  const byRepository = new Map<string, string[]>();
  for (const { repository, branch } of protectedBranches)
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), branch]);
  return [...byRepository].map(
    ([repository, branches]) => `  protected branches of ${owner}/${repository}: ${branches.join(", ")}`,
  );
}

/** What must be applied before. */
function waitLines({ waitsFor }: AccountOutline, { colors, width }: SummaryLayout): string[] {
  if (waitsFor.length === 0) return [];
  return wrap(
    `! apply ${waitsFor.join(", ")} first: environments that get values here are made there`,
    width - INDENT,
    INDENT,
  ).map((line) => " ".repeat(INDENT) + colors.warning(line));
}

/** @param withValues whether the environment's own values are told here: once, in its own account */
function renderRole(
  role: RoleOutline,
  environment: EnvironmentOutline | undefined,
  withValues: boolean,
  layout: SummaryLayout,
): string[] {
  const texts = [
    describeAdmissions(role.admits),
    ...role.alsoTrusts.map((who) => `and ${who}`),
    factsLine(role),
    ...publishedLines(role),
  ];
  if (environment) texts.push(protectionLine(environment));
  if (environment && withValues) texts.push(...valueLines(environment));
  return besideName(
    role.name,
    texts,
    [...warningsOf(role), ...(environment ? environmentWarnings(environment) : [])],
    layout,
  );
}

type Facts = Pick<RoleOutline, "managedPolicies" | "inlinePolicies" | "sessionSeconds" | "permissionsBoundary"> &
  Partial<Pick<RoleOutline, "customerPolicies" | "sessionName" | "exclusive">>;

function factsLine({
  managedPolicies,
  customerPolicies = [],
  inlinePolicies,
  sessionSeconds,
  sessionName = null,
  exclusive = false,
  permissionsBoundary,
}: Facts): string {
  const permissions = [
    ...managedPolicies.map((arn) => arn.replace(/^arn:[^:]*:iam::(aws:policy\/|[0-9]*:)/, "")),
    ...customerPolicies,
    ...inlinePolicies,
  ];
  return [
    [describeDuration(sessionSeconds), ...(sessionName === null ? [] : [`session named ${sessionName}`])].join(", "),
    permissions.length > 0 ? permissions.join(", ") : "no permissions",
    ...(exclusive ? ["no others"] : []),
    ...(permissionsBoundary === null ? [] : [`boundary ${permissionsBoundary.split("/").at(-1) ?? ""}`]),
  ].join(" · ");
}

const renderChained = (role: ChainedRoleOutline, layout: SummaryLayout): string[] =>
  besideName(role.name, [`assumed by ${role.trusts.join("; ")}`, factsLine(role)], [], layout);

function renderEnvironment(environment: EnvironmentOutline, owner: string, layout: SummaryLayout): string[] {
  const where = `environment ${environment.name} of ${owner}/${environment.repository}, without a role`;
  return besideName(
    "(no role)",
    [where, protectionLine(environment), ...valueLines(environment)],
    environmentWarnings(environment),
    layout,
  );
}

/** `any pull request and branch main of octo-org/web-shop`: what differs in nothing else stands together. */
function describeAdmissions(admits: readonly AdmissionOutline[]): string {
  const alike = new Map<string, string[]>();
  for (const { repository, jobs, conditions } of admits) {
    const rest = [`of ${repository}`, ...conditions].join(", ");
    alike.set(rest, [...(alike.get(rest) ?? []), jobs]);
  }
  return [...alike].map(([rest, jobs]) => `${jobs.join(" and ")} ${rest}`).join("; ");
}

/** A line for each place: its environment, its repository or another one. */
function publishedLines({ published, repository }: RoleOutline): string[] {
  if (published.length === 0) return ["ARN not published"];
  const places = new Map<string, string[]>();
  for (const each of published) {
    const place =
      each.environment === null
        ? each.repository === repository
          ? "the repository"
          : describePlace(each)
        : `environment ${each.environment}`;
    places.set(place, [...(places.get(place) ?? []), each.kind === "secret" ? `${each.name} (secret)` : each.name]);
  }
  return [...places].map(([place, names]) => `${names.join(", ")} published in ${place}`);
}

function describePlace({ repository, organization }: ValueOutline): string {
  if (repository !== null) return `repository ${repository}`;
  return `the organization, for ${Array.isArray(organization) ? organization.join(", ") : `${organization ?? ""} repositories`}`;
}

/** What the file puts into whole repositories and the organization: a line for each place. */
function renderValues(values: readonly ValueOutline[], layout: SummaryLayout): string[] {
  const places = new Map<string, string[]>();
  for (const each of values)
    places.set(describePlace(each), [
      ...(places.get(describePlace(each)) ?? []),
      each.kind === "secret" ? `${each.name} (secret)` : each.name,
    ]);
  return besideName(
    "(values)",
    [...places].map(([place, names]) => `${names.join(", ")} in ${place}`),
    [],
    layout,
  );
}

function protectionLine({
  reviewers,
  waitMinutes,
  preventSelfReview,
  adminsCanBypass,
  deployFrom,
}: EnvironmentOutline): string {
  const parts = [
    ...(reviewers.length > 0
      ? [`behind ${reviewers.join(" or ")}${preventSelfReview ? " (not by whoever started it)" : ""}`]
      : []),
    ...(waitMinutes > 0 ? [`${waitMinutes} min wait`] : []),
    ...(deployFrom === "any ref" ? [] : [`from ${Array.isArray(deployFrom) ? deployFrom.join(", ") : deployFrom}`]),
    ...(adminsCanBypass ? ["administrators may bypass"] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "behind nothing";
}

function valueLines({ variables, secrets }: EnvironmentOutline): string[] {
  return [
    ...(variables.length > 0 ? [`variables ${variables.join(", ")}`] : []),
    ...(secrets.length > 0 ? [`secrets ${secrets.join(", ")}`] : []),
  ];
}

const warningsOf = ({ admits }: RoleOutline): string[] => [
  ...(admits.some(({ unreviewed }) => unreviewed)
    ? ["code of pull requests is unreviewed code, and it may use this role"]
    : []),
  ...new Set(
    admits.flatMap(({ repository, migration }) =>
      migration?.ending
        ? [
            `both forms of ${repository}'s subjects are trusted until ${migration.until} (${daysWords(migration.daysLeft)}): then write "subjects: immutable"`,
          ]
        : [],
    ),
  ),
];

const daysWords = (days: number): string => (days === 0 ? "its last day" : `${days} day${days === 1 ? "" : "s"} left`);

const environmentWarnings = ({ reviewers, waitMinutes, deployFrom }: EnvironmentOutline): string[] =>
  reviewers.length === 0 && waitMinutes === 0 && deployFrom === "any ref"
    ? ["whoever can push a workflow to any branch may deploy here"]
    : [];
