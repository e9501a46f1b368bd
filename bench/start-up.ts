import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pairwise, type Claim } from "./ratio";

/** Help should feel instant: a command that loaded cdktf first would take several times as long as Node alone. */
const BOUND = 2;
const CLI = path.resolve(__dirname, "..", "dist", "lib", "cli", "main.js");

/** How long `github-oidc --help` takes, to a Node that does nothing. */
export function startUpClaim(rounds: number): Claim {
  const claim = { what: "github-oidc --help, to node -e 0", bound: BOUND };
  if (!existsSync(CLI)) return { ...claim, ratios: [], problem: "dist/lib/cli/main.js is not there: npm run build" };
  if (!spawnSync(process.execPath, [CLI, "--help"], { encoding: "utf8" }).stdout.includes("Usage: github-oidc"))
    return { ...claim, ratios: [], problem: "dist/lib/cli/main.js prints no help: npm run build" };
  const pairs = Array.from({ length: rounds }, () => [wallTime(["-e", "0"]), wallTime([CLI, "--help"])] as const);
  return {
    ...claim,
    ratios: pairwise(
      pairs.map(([, help]) => help),
      pairs.map(([nothing]) => nothing),
    ),
  };
}

function wallTime(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args, { stdio: "ignore" });
  return performance.now() - start;
}
