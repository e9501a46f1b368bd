import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { App } from "cdktf";

/** A resource or data source, with what the tests look at. */
export type Block = Readonly<Record<string, unknown>> & {
  readonly depends_on?: readonly string[];
  readonly lifecycle?: { readonly postcondition?: readonly Postcondition[]; readonly prevent_destroy?: boolean };
};

export interface Postcondition {
  readonly condition: string;
  readonly error_message: string;
}

/** Type to name to content. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** `cdk.tf.json` of one stack. */
export interface TerraformJson {
  readonly "//": { readonly metadata: Record<string, unknown> };
  readonly terraform: {
    readonly required_version?: string;
    readonly required_providers: Readonly<Record<string, { readonly source: string; readonly version: string }>>;
    readonly backend: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A synthesized app: the text of each stack's `cdk.tf.json`, by the stack's name. */
export interface SynthesizedApp {
  readonly texts: Readonly<Record<string, string>>;
  /** Where it was written; gone by now. */
  readonly outdir: string;
}

/** Synthesizes into a fresh folder, as `cdktf synth` does, and takes the folder away again. */
export function synthesizeApp(build: (app: App) => void): SynthesizedApp {
  const outdir = mkdtempSync(path.join(os.tmpdir(), "synth-"));
  try {
    withoutTokenTraces(() => {
      const app = new App({ outdir });
      build(app);
      app.synth();
    });
    const manifest = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, { synthesizedStackPath: string }>;
    };
    const texts = Object.entries(manifest.stacks).map(([name, stack]) => [
      name,
      readFileSync(path.join(outdir, stack.synthesizedStackPath), "utf8"),
    ]);
    return { texts: Object.fromEntries(texts) as Record<string, string>, outdir };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** cdktf keeps a stack trace of every reference; jest would find each line's place in the sources, which takes most of the time. */
function withoutTokenTraces(run: () => void): void {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error, trace) =>
    error instanceof Error
      ? (prepareStackTrace?.(error, trace) ?? `${String(error)}\n    at ${trace.join("\n    at ")}`)
      : "";
  try {
    run();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** Reads the text of one stack. */
export function terraformJson(app: SynthesizedApp, stack: string): TerraformJson {
  const text = app.texts[stack];
  if (text === undefined)
    throw new RangeError(`There is no stack "${stack}": there are ${Object.keys(app.texts).join(", ")}`);
  return JSON.parse(text) as TerraformJson;
}

/** The one block of a type. */
export function onlyBlock(blocks: Blocks | undefined, type: string): Block {
  const [block, ...others] = blocksOf(blocks, type);
  if (!block || others.length > 0)
    throw new RangeError(`There are ${others.length + (block ? 1 : 0)} blocks of type "${type}", and not one`);
  return block;
}

export const blocksOf = (blocks: Blocks | undefined, type: string): Block[] => Object.values(blocks?.[type] ?? {});

/** The block at an address such as `aws_iam_role.web-shop__production`. */
export function blockAt(blocks: Blocks | undefined, address: string): Block {
  const [type = "", name = ""] = address.split(".");
  const block = blocks?.[type]?.[name];
  if (!block)
    throw new RangeError(
      `There is no ${address}: there are ${Object.keys(blocks?.[type] ?? {}).join(", ") || `none of type ${type}`}`,
    );
  return block;
}

/** A block without cdktf's note of where it comes from. */
export const argumentsOf = (block: Block): Record<string, unknown> =>
  Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//"));

/** Everything with an address, by that address: what a plan compares. */
export function addresses({ resource, data }: TerraformJson): Map<string, Block> {
  const all = new Map<string, Block>();
  for (const [prefix, blocks] of [
    ["", resource],
    ["data.", data],
  ] as const)
    for (const [type, named] of Object.entries(blocks ?? {}))
      for (const [name, block] of Object.entries(named)) all.set(`${prefix}${type}.${name}`, block);
  return all;
}
