import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a child process prints, as JSON. */
export interface Measurement {
  /** Of the processor, not of the clock: what else the machine is doing hardly shows in it. */
  readonly milliseconds: number;
  /** Of the clock: what somebody waits for. */
  readonly waited: number;
  /** The most memory that the process ever had. */
  readonly peakBytes: number;
}

/** Prepares what need not be measured, and returns what is. */
export type Preparation<Fleet> = (fleet: Fleet, folder: string) => () => void;

/** Measures the work for as many roles as the command line says, with a folder of its own. */
export function probe<Fleet>(generate: (roles: number) => Fleet, prepare: Preparation<Fleet>): void {
  // Every token of cdktf records a stack trace. Neither what the loader spends on mapping it back to
  // TypeScript, nor its own frames below ours, shall water down what is compared here.
  process.setSourceMapsEnabled(false);
  setImmediate(() => {
    const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-bench-"));
    try {
      console.log(JSON.stringify(measure(prepare(generate(Number(process.argv[2])), folder))));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function measure(work: () => void): Measurement {
  // What preparing left behind is not the work's to clear away.
  globalThis.gc?.();
  const [start, began] = [process.cpuUsage(), performance.now()];
  work();
  const waited = performance.now() - began;
  const { user, system } = process.cpuUsage(start);
  return { milliseconds: (user + system) / 1000, waited, peakBytes: process.resourceUsage().maxRSS * 1024 };
}
