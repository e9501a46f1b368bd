import { lstatSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { DEFAULT_HOST, githubInstance, hostRule, type GithubInstance } from "../github/issuer";
import { enterpriseSlugRule } from "../github/names";
import type { AccountAccess } from "./account-access";
import { expandPairs, type Written } from "./expand-pairs";
import { MAX_FILE_BYTES } from "../yaml/file-kind";
import { checkMigrationEnds } from "./migration-end";
import { PolicyFiles } from "./policy-file";
import { AccessConfigError, MAX_PROBLEMS, quote, type Diagnostic, type Path, type Problem } from "../yaml/problem";
import { consequencesLeftOut, repair } from "./repair";
import { RepositorySubjects } from "./repository-subjects";
import { findTwins, resolveAccounts, type AccountDraft } from "./resolve-account";
import { ChainedRoles } from "./resolve-chain";
import { resolveOrganization } from "./resolve-organization";
import { checkRenames, resolveRepository } from "./resolve-repository";
import { resolveStates } from "./resolve-states";
import { SubjectTemplates } from "./resolve-template";
import { accessConfigSchema, type AccessConfig } from "./schema";
import { readYaml, type YamlSource } from "../yaml/source";
import { StackOrder } from "./stack-order";
import { ValueNames } from "./value-names";
import { RESERVED_KEY } from "../yaml/yaml-structure";
import { suppressionsOf, type SuppressionAccess } from "./suppressions";
import { problemsOf } from "./zod-problems";

/** How an `AccessConfig` written in TypeScript is read. */
export interface AccessOptions {
  /** Folder that paths of policy files start from, and may not leave. @default the working directory */
  readonly policyFolder?: string;
  /** The day that ends of migrations are compared with. @default now */
  readonly today?: Date;
}

/**
 * Who may deploy where, checked: the only way to make one is to have everything right, so whoever
 * holds one need not check again.
 */
export class Access {
  /** @param accounts in the order in which their stacks can be applied, which is the file's where none waits for another */
  private constructor(
    readonly accounts: readonly AccountAccess[],
    /** Findings of `github-oidc check` that are excused. */
    readonly suppressions: readonly SuppressionAccess[],
    private readonly written: Written,
    private readonly source?: { readonly file: string; readonly locate: YamlSource["locate"] },
  ) {}

  /**
   * Reads an access file and the policy files that it names.
   *
   * @throws AccessConfigError with everything that is wrong, each with its line and column.
   */
  static fromFile(file: string, { today }: Pick<AccessOptions, "today"> = {}): Access {
    const text = readText(file);
    const source = readYaml(text);
    const name = path.relative(process.cwd(), path.resolve(file)).startsWith("..")
      ? file
      : path.relative(process.cwd(), path.resolve(file));
    const fail = (diagnostics: Diagnostic[]): never => {
      throw new AccessConfigError(diagnostics);
    };
    if (source.problems.length > 0)
      fail(source.problems.map(({ position, message }) => ({ file: name, position, path: [], message })));
    const { accounts, suppressions, written, problems } = read(
      source.value,
      { policyFolder: path.dirname(path.resolve(file)), today },
      source,
    );
    if (problems.length > 0)
      fail(
        inOrder(
          problems.map(({ path, atKey, message }) => ({
            file: name,
            position: source.locate(path, atKey),
            path,
            message,
          })),
        ),
      );
    return new Access(accounts, suppressions, written, { file: name, locate: source.locate });
  }

  /**
   * Takes what a TypeScript user wrote.
   *
   * @throws AccessConfigError with everything that is wrong, each with its path.
   */
  static from(config: AccessConfig | Access, options: AccessOptions = {}): Access {
    if (config instanceof Access) return config;
    const { accounts, suppressions, written, problems: others } = read(config, options);
    const problems = [...reservedKeys(config, [], new Set()), ...others];
    if (problems.length > 0)
      throw new AccessConfigError(
        problems.map((problem) => ({
          file: undefined,
          position: undefined,
          path: problem.path,
          message: problem.message,
        })),
      );
    return new Access(accounts, suppressions, written);
  }

  /** Where something stands in the file, by its keys; `undefined` for what a TypeScript user wrote. */
  locate(path: Path): { readonly file: string; readonly line: number; readonly column: number } | undefined {
    const position = this.source?.locate(path, true);
    return this.source && position
      ? { file: this.source.file, line: position.line, column: position.column }
      : undefined;
  }

  /** The keys under which the file has a role or environment: those of the pair that it was made for. */
  keysOf(path: Path): readonly string[] {
    return this.written(path).map(String);
  }

  /**
   * The account of that name.
   *
   * @throws RangeError when there is none.
   */
  account(name: string): AccountAccess {
    const account = this.accounts.find((each) => each.name === name);
    if (!account)
      throw new RangeError(
        `There is no account ${quote(name)}: there are ${this.accounts.map((each) => each.name).join(", ")}`,
      );
    return account;
  }
}

/** Keys that Zod passes over: what stands below them would be neither checked nor used. In files they are refused before. */
function reservedKeys(value: unknown, path: Path, seen: Set<unknown>): Problem[] {
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, child]): Problem[] => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return key === "__proto__" ? [{ path: place, message: RESERVED_KEY }] : reservedKeys(child, place, seen);
  });
}

function readText(file: string): string {
  const fail = (message: string): never => {
    throw new AccessConfigError([{ file, position: undefined, path: [], message }]);
  };
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return fail(`is ${stat.isDirectory() ? "a folder" : "no regular file"}: name the access file`);
    if (stat.size > MAX_FILE_BYTES)
      return fail(
        `has ${stat.size} bytes, over the ${MAX_FILE_BYTES} that an access file may have: split it by account`,
      );
    const bytes = readFileSync(file);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof AccessConfigError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return fail("is not text in UTF-8: save it as such");
    if (code === "ENOENT" && !isLink(file))
      return fail("there is no such file: write one (docs/access-file.md), or name another with --config");
    return fail(`cannot be read (${code ?? "unknown error"}): check the path and its permissions`);
  }
}

const isLink = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

interface Outcome {
  readonly accounts: readonly AccountAccess[];
  readonly suppressions: readonly SuppressionAccess[];
  readonly written: Written;
  readonly problems: readonly Problem[];
}

const NOTHING: Omit<Outcome, "problems"> = { accounts: [], suppressions: [], written: (path) => path };

function read(value: unknown, options: AccessOptions, source?: YamlSource): Outcome {
  const { data, issues } = validate(value);
  if (data) return resolve(data, options);
  if (!issues)
    return {
      ...NOTHING,
      problems: [
        {
          path: [],
          message:
            "too many errors to list: begin with one account and one repository, and add the others once it is valid",
        },
      ],
    };
  const problems = problemsOf(issues, source ? { value, written: source.written } : { value });
  const repaired = repair(value, issues, (mended) => validate(mended).issues ?? []);
  const further = repaired ? resolve(repaired.value as AccessConfig, options).problems : [];
  return { ...NOTHING, problems: [...problems, ...consequencesLeftOut(further, problems, repaired?.removed ?? [])] };
}

/** The value when its shape is right, or else its issues; neither when they are more than Zod, which hands them on as arguments of a call, can hold. */
function validate(value: unknown): { readonly data?: AccessConfig; readonly issues?: readonly z.core.$ZodIssue[] } {
  try {
    const { data, error } = accessConfigSchema.safeParse(value);
    return data ? { data } : { issues: error?.issues ?? [] };
  } catch (error) {
    if (error instanceof RangeError) return {};
    throw error;
  }
}

/** Fills in defaults, follows names and checks what takes more than one value to judge. */
function resolve(file: AccessConfig, { policyFolder = process.cwd(), today = new Date() }: AccessOptions): Outcome {
  const problems: Problem[] = [];
  let written: Written = (path) => path;
  const report = (problem: Problem): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ ...problem, path: written(problem.path) });
  };
  const instance = instanceOf(file, report);
  const { owner, plan, terraformProvider } = file.github;
  const github = { owner, instance, plan, terraformProvider: terraformProvider?.replace(/^[0-9]+\.[0-9]+$/, "$&.0") };
  checkMigrationEnds(file, today, report);
  const accounts = resolveAccounts(file, github, report);
  const { config, ...expanded } = expandPairs(file, accounts, report);
  written = expanded.written;
  const states = resolveStates(config.states, accounts, report);
  const templates = new SubjectTemplates(config, report);
  const policies = new PolicyFiles(policyFolder);
  const chain = new ChainedRoles(config, { accounts, policies, written, report });
  const [names, order] = [new ValueNames(report), new StackOrder()];
  const context = {
    github,
    accounts,
    states,
    subjects: new RepositorySubjects(config, instance, templates),
    chain,
    policies,
    repositories: config.repositories,
    names,
    order,
    count: { roles: 0 },
    written,
    report,
  };
  const repositories = Object.entries(config.repositories);
  findTwins(
    repositories.map(([name]) => [name, ["repositories", name]]),
    (name) => `repository ${quote(name)}`,
    report,
    { atKey: true },
  );
  checkRenames(
    repositories.map(([name, repository]) => [name, repository?.formerly]),
    "repository",
    ["repositories"],
    context,
  );
  for (const [name, repository] of repositories) resolveRepository(name, repository ?? {}, context);
  templates.assign(accounts);
  chain.assign();
  resolveOrganization(config.organization, context);
  names.checkLimits();
  return {
    accounts: order.sorted([...accounts.values()], report).map((draft) => resolved(draft, order)),
    suppressions: suppressionsOf(file),
    written,
    problems,
  };
}

function resolved(
  { roleNames: _, policyNames: _policies, ...account }: AccountDraft,
  order: StackOrder,
): AccountAccess {
  return { ...account, waitsFor: order.of(account.name) };
}

function instanceOf(
  { github: { host, enterpriseSlug } }: AccessConfig,
  report: (problem: Problem) => void,
): GithubInstance {
  try {
    return githubInstance(host, enterpriseSlug);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The schema has reported a host or slug that is none.
    const isNone =
      (host !== undefined && hostRule(host)) ?? (enterpriseSlug !== undefined && enterpriseSlugRule(enterpriseSlug));
    if (!isNone) report({ path: ["github", "enterpriseSlug"], message: error.message });
    return githubInstance(DEFAULT_HOST);
  }
}

/** By place, each once: what an alias stands for may be wrong in several. */
function inOrder(diagnostics: Diagnostic[]): Diagnostic[] {
  const sorted = diagnostics.sort(
    (a, b) =>
      (a.position?.line ?? 0) - (b.position?.line ?? 0) || (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
  const seen = new Set<string>();
  return sorted.filter(({ position, message }) => {
    const key = `${position?.line}:${position?.column}: ${message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
