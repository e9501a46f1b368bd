import { spawnSync } from "node:child_process";
import path from "node:path";
import type { Measurement } from "./probe";

/** What is measured: the toolkit's synthesis, that of the same resources in bare cdktf, and the reading of an access file. */
export type Kind = "toolkit" | "bare" | "read";

const NODE_OPTIONS = [
  "--require=tsx/cjs",
  "--expose-gc",
  // Left alone, V8 lets a heap grow to several times what the last collection found in use: the peak then
  // tells where in the growth collections happened to fall, up to a quarter apart where as much is in use.
  "--heap-growing-percent=20",
];

/** Measures in a fresh process: nothing compiled, cached or collected by another one counts. */
export const measureChild = (kind: Kind, roles: number): Measurement => JSON.parse(run(kind, String(roles))) as Measurement;

/** @throws Error with the difference when the two sides do not write the same Terraform. */
export const assertComparable = (): void => void run("same");

function run(child: string, ...args: string[]): string {
  const root = path.resolve(__dirname, "..");
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [...NODE_OPTIONS, path.join(__dirname, "children", `${child}.ts`), ...args], { cwd: root, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`bench/children/${child}.ts failed:\n${stderr.trim()}`);
  return stdout;
}
