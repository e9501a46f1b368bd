import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { mergeModels } from "../model/merge";
import type { AccessModel, Location } from "../model/model";
import { SourceError } from "../model/source-error";
import { assemble } from "./terraform/assemble";
import { readTemplate, type Scope } from "./terraform/expression";
import { parseJson, readTextFile } from "./terraform/json-file";
import { readAttributes, readValue } from "./terraform/read-value";
import type { Attributes, ProviderSettings, Resource, TerraformRoot, Value } from "./terraform/resource";
import { settingsOf } from "./terraform/settings";

const block = z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]);
const blocks = z.record(z.string(), z.record(z.string(), block));

/** What is looked at of a file of Terraform's JSON syntax. */
const fileSchema = z.looseObject({
  "//": z.unknown().optional(),
  resource: blocks.optional(),
  data: blocks.optional(),
  locals: block.optional(),
  provider: z.record(z.string(), block).optional(),
  module: z.record(z.string(), z.unknown()).optional(),
});

type TerraformFile = z.infer<typeof fileSchema>;

/**
 * The model of synthesized Terraform: `cdktf.out`, the folder of one stack, or any folder with Terraform in
 * its JSON syntax.
 *
 * @throws SourceError when there is nothing to read, or it is not Terraform's JSON.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function fromSynth(folder: string): AccessModel {
  return mergeModels(stackFolders(folder).map((each) => fromStack(each)));
}

/** The model of one stack, from its JSON. @param name of the stack, where the JSON does not say */
export function fromStackJson(json: unknown, name: string | null = null): AccessModel {
  return assemble(rootOf([checked(json, name ?? "stack")], name, []));
}

/** `cdktf.out` has a folder for each stack; any other folder is one itself. */
function stackFolders(folder: string): string[] {
  if (!existsSync(folder))
    throw new SourceError(`${folder}: there is no such folder: run "github-oidc synth", or name another`);
  if (!statSync(folder).isDirectory()) throw new SourceError(`${folder}: is a file: name the folder that it is in`);
  const stacks = path.join(folder, "stacks");
  if (!existsSync(stacks)) return [folder];
  const found = readdirSync(stacks, { withFileTypes: true })
    .filter((each) => each.isDirectory() && existsSync(path.join(stacks, each.name, "cdk.tf.json")))
    .map(({ name }) => path.join(stacks, name));
  if (found.length === 0) throw new SourceError(`${folder}: there is no stack in it: run "github-oidc synth"`);
  return found.sort();
}

function fromStack(folder: string): AccessModel {
  const names = readdirSync(folder).sort();
  const json = names.filter((name) => name.endsWith(".tf.json"));
  const hcl = names.filter((name) => name.endsWith(".tf"));
  if (json.length === 0)
    throw new SourceError(
      `${folder}: there is no file in Terraform's JSON syntax${hcl.length > 0 ? ': of HCL only a plan tells; name the output of "terraform show -json" with --plan' : ": name cdktf.out, or the folder of a stack"}`,
    );
  const files = json
    .sort(overridesLast)
    .map((name) =>
      checked(parseJson(readTextFile(path.join(folder, name)), path.join(folder, name)), path.join(folder, name)),
    );
  const model = assemble(
    rootOf(
      files,
      path.basename(path.resolve(folder)),
      hcl.map((name) => `${path.join(folder, name)} is HCL and was not read: only a plan tells what it adds`),
    ),
  );
  return inFile(model, json.length === 1 ? path.join(folder, json[0] ?? "") : folder);
}

/** Addresses are of one stack: with its file they are of one among many. */
function inFile(model: AccessModel, file: string): AccessModel {
  const placed = <T extends { readonly location: Location }>(each: T): T =>
    each.location && "address" in each.location ? { ...each, location: { ...each.location, file } } : each;
  return {
    ...model,
    accounts: model.accounts.map((account) => ({
      ...account,
      providers: account.providers.map(placed),
      roles: account.roles.map(placed),
    })),
    environments: model.environments.map(placed),
    values: model.values.map(placed),
    subjectTemplates: model.subjectTemplates.map(placed),
  };
}

/** Terraform merges override files into the others, in order. */
const overridesLast = (a: string, b: string): number =>
  Number(isOverride(a)) - Number(isOverride(b)) || (a < b ? -1 : 1);
const isOverride = (name: string): boolean => /^override\.tf\.json$|_override\.tf\.json$/.test(name);

function checked(json: unknown, name: string): TerraformFile {
  const { data, error } = fileSchema.safeParse(json);
  if (data) return data;
  const [issue] = error.issues;
  throw new SourceError(
    `${name}: is not Terraform in JSON: ${issue && issue.path.length > 0 ? `${issue.path.slice(0, 3).join(".")}: ` : ""}${issue?.message ?? "wrong shape"}`,
  );
}

function rootOf(files: readonly TerraformFile[], name: string | null, notes: readonly string[]): TerraformRoot {
  const locals = new Locals(files);
  const read = (text: string): Value => readTemplate(text, locals);
  const resources = new Map<string, Resource>();
  for (const file of files) {
    for (const [mode, section] of [
      ["managed", file.resource],
      ["data", file.data],
    ] as const)
      for (const [type, named] of Object.entries(section ?? {}))
        for (const [label, body] of Object.entries(named)) {
          const made = resource(mode, type, label, [body].flat(), read);
          const before = resources.get(made.address);
          // An override file changes what it names.
          resources.set(made.address, before ? { ...before, values: { ...before.values, ...made.values } } : made);
        }
  }
  const instances = [...resources.values()].filter(({ values }) => values["count"] !== 0);
  return {
    name: stackName(files) ?? name,
    resources: instances,
    providers: providersOf(files, read),
    notes: [
      ...notes,
      ...files.flatMap(({ module }) =>
        Object.keys(module ?? {}).map((each) => `module.${each} was not read: only a plan tells what it adds`),
      ),
      ...instances
        .filter(({ values }) => values["for_each"] !== undefined || values["count"] !== undefined)
        .map(({ address }) => `${address} may stand for several or none: only a plan tells`),
    ],
  };
}

function resource(
  mode: Resource["mode"],
  type: string,
  name: string,
  bodies: readonly Readonly<Record<string, unknown>>[],
  read: (text: string) => Value,
): Resource {
  const values: Attributes = Object.assign(
    {},
    ...bodies.map((body) => readAttributes(withoutMeta(body), read)),
  ) as Attributes;
  const provider = typeof values["provider"] === "string" ? values["provider"] : (type.split("_")[0] ?? type);
  return {
    address: `${mode === "data" ? "data." : ""}${type}.${name}`,
    module: "",
    mode,
    type,
    name,
    index: "",
    provider,
    values,
    configured: new Set(Object.keys(values)),
  };
}

/** Comments, and what Terraform itself asks of a resource. */
const withoutMeta = ({
  "//": _,
  lifecycle: _lifecycle,
  ...rest
}: Readonly<Record<string, unknown>>): Record<string, unknown> => rest;

function stackName(files: readonly TerraformFile[]): string | undefined {
  const comment = z.looseObject({ metadata: z.looseObject({ stackName: z.string() }) });
  return files.map((file) => comment.safeParse(file["//"]).data?.metadata.stackName).find((each) => each !== undefined);
}

function providersOf(files: readonly TerraformFile[], read: (text: string) => Value): Map<string, ProviderSettings> {
  const settings = new Map<string, ProviderSettings>();
  for (const { provider = {} } of files)
    for (const [name, bodies] of Object.entries(provider))
      for (const body of [bodies].flat()) {
        const values = readAttributes(body, read);
        const key = typeof values["alias"] === "string" ? `${name}.${values["alias"]}` : name;
        settings.set(key, { ...settings.get(key), ...settingsOf(values) });
      }
  return settings;
}

/** The locals, each read when it is first asked for. */
class Locals implements Scope {
  readonly module = "";
  private readonly written = new Map<string, unknown>();
  private readonly values = new Map<string, Value>();
  private readonly open = new Set<string>();

  constructor(files: readonly TerraformFile[]) {
    for (const { locals } of files)
      for (const [name, value] of Object.entries(Object.assign({}, ...[locals ?? []].flat()) as object))
        this.written.set(name, value);
  }

  readonly local = (name: string): Value | undefined => {
    const known = this.values.get(name);
    if (known !== undefined || !this.written.has(name) || this.open.has(name) || this.open.size > 30) return known;
    this.open.add(name);
    const value = readValue(this.written.get(name), (text) => readTemplate(text, this));
    this.open.delete(name);
    this.values.set(name, value);
    return value;
  };
}
