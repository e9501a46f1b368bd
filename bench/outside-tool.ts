import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const FOLDER = path.join(__dirname, "outside");
const NAME = "@cloud-copilot/iam-simulate";

/** As much of a simulation as is used here. */
export interface Simulation {
  readonly request: {
    readonly principal: string;
    readonly action: string;
    readonly resource: { readonly resource: string; readonly accountId: string };
    readonly contextVariables: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly identityPolicies: readonly { readonly name: string; readonly policy: object }[];
  readonly serviceControlPolicies: readonly never[];
  readonly resourceControlPolicies: readonly never[];
}

/** As much of the outside tool as is used here. */
export interface OutsideTool {
  runUnsafeSimulation(simulation: Simulation, options: object): string;
}

/** Installs the outside tool into a folder of its own unless it is there. Returns why it could not, if so. */
export function installOutsideTool(): string | undefined {
  if (isInstalled()) return undefined;
  process.stderr.write(`installing ${NAME} into bench/outside\n`);
  const { status, stderr, error } = spawnSync(
    "npm",
    ["install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"],
    { cwd: FOLDER, encoding: "utf8", shell: process.platform === "win32", timeout: 120_000 },
  );
  if (status === 0 && isInstalled()) return undefined;
  const code = /\b(?:npm error|npm ERR!) code (\S+)/.exec(stderr ?? "")?.[1];
  return `${NAME} could not be installed (${code ?? error?.message ?? `npm ended with ${status}`})`;
}

export const isInstalled = (): boolean => existsSync(path.join(FOLDER, "node_modules", NAME, "package.json"));

export const loadOutsideTool = (): OutsideTool => createRequire(path.join(FOLDER, "package.json"))(NAME) as OutsideTool;
