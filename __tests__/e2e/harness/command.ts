import { type ChildProcess, spawn, spawnSync } from "node:child_process";

/** What a command left behind. `exitCode` is null when a signal ended it. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment: nothing of this process's own is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /**
   * How long the command may clean up after each signal at its time limit.
   * @default 10 seconds
   */
  readonly graceMs?: number;
}

/** Runs a command to its end, or to its time limit. */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ["ignore", "pipe", "pipe"] });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    // Terraform cleans up on the first interrupt and gives up on the second; its plugins end with it either way.
    void stop(child, ["SIGINT", "SIGINT", "SIGKILL"], options.graceMs ?? 10_000);
  }, options.timeoutMs);
  try {
    const exitCode = await ended(child);
    return { exitCode, stdout: stdout(), stderr: stderr(), timedOut };
  } finally {
    clearTimeout(limit);
  }
}

/** Sends the signals one after another until the process has ended. Only ever its own process id. */
export async function stop(child: ChildProcess, signals: readonly NodeJS.Signals[], graceMs: number): Promise<void> {
  for (const signal of signals) {
    if (hasEnded(child)) return;
    child.kill(signal);
    await exitWithin(child, graceMs);
  }
}

/** The last lines of a program's output, for a message. */
export function tail(text: string, lines = 15): string {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}

/** Collects a stream as text; the returned function gives what came so far. */
export function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

/** Asks a program for its version: its standard output, or undefined if it cannot be run. */
export function ask(command: string, args: readonly string[]): string | undefined {
  const answer = spawnSync(command, args, { encoding: "utf8", timeout: 60_000 });
  return answer.status === 0 ? answer.stdout : undefined;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

function exitWithin(child: ChildProcess, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (hasEnded(child)) return resolve();
    const limit = setTimeout(resolve, limitMs);
    child.once("exit", () => {
      clearTimeout(limit);
      resolve();
    });
  });
}
