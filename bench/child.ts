import { spawnSync } from "node:child_process";
import path from "node:path";
import type { DecisionRates } from "./decision-rates";
import type { Measurement } from "./probe";

/**
 * What is measured: the toolkit's synthesis, that of the same resources in bare cdktf, the reading of an access
 * file, who may assume which role by it, and the check of it all.
 */
export type Kind = "toolkit" | "bare" | "read" | "access" | "check";

/** What the access file is made of: a role for an environment of each repository, or what else a platform team asks for. */
export type Shape = "deployments" | "pairs";

/** What a measurement is taken for. */
export type Figure = "time" | "memory";

const NODE_OPTIONS = ["--require=tsx/cjs", "--expose-gc"];
const OF_FIGURE: Readonly<Record<Figure, readonly string[]>> = {
  // As the command synthesizes (stacks/steady-heap.ts). Left to guess, V8 takes once or twice the time, on either side.
  time: ["--no-allocation-site-pretenuring"],
  // Left alone, V8 lets a heap grow to several times what the last collection found in use: the peak then
  // tells where in the growth collections happened to fall, up to a quarter apart where as much is in use.
  // Times tell nothing then: a heap that just does not fit its limit is collected over and over.
  memory: ["--heap-growing-percent=20"],
};

/** Measures in a fresh process: nothing compiled, cached or collected by another one counts. */
export const measureChild = (kind: Kind, roles: number, shape: Shape, figure: Figure): Measurement =>
  JSON.parse(run(`${shape}/${kind}`, roles, OF_FIGURE[figure])) as Measurement;

/** Measures decisions, in a fresh process too. */
export const measureDecisions = (rounds: number): DecisionRates =>
  JSON.parse(run("decisions", rounds)) as DecisionRates;

/** @throws Error with the difference when the two sides do not write the same Terraform. */
export const assertComparable = (): void => void run("same", 0);

function run(child: string, count: number, options: readonly string[] = []): string {
  const root = path.resolve(__dirname, "..");
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [...NODE_OPTIONS, ...options, path.join(__dirname, "children", `${child}.ts`), String(count)],
    { cwd: root, encoding: "utf8" },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`bench/children/${child}.ts failed:\n${stderr.trim()}`);
  return stdout;
}
