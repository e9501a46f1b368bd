import { spawnSync } from "node:child_process";
import path from "node:path";
import { runCommandLine } from "../../lib/cli/command-line";

const ROOT = path.join(__dirname, "../..");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `github-oidc` in a folder, within this process: a process of its own takes a second for each command.
 * It sees the folder, a bare environment and outputs that are no terminal, as `spawnCli` would give it.
 */
export async function runCli(folder: string, ...args: string[]): Promise<CliResult> {
  return runCliWith({}, folder, ...args);
}

let running = false;

/** As `runCli`, with these variables in the environment. */
export async function runCliWith(env: NodeJS.ProcessEnv, folder: string, ...args: string[]): Promise<CliResult> {
  // The folder, the environment and the outputs are the process's: two commands at once would mix theirs.
  if (running) throw new Error("A command is running already: wait for it before the next");
  running = true;
  const [place, variables] = [process.cwd(), process.env];
  const [stdout, stderr] = [kept(process.stdout), kept(process.stderr)];
  try {
    process.env = { PATH: variables["PATH"] ?? "", ...env };
    process.chdir(folder);
    const code = await runCommandLine(args);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(place);
    process.env = variables;
    stdout.restore();
    stderr.restore();
    running = false;
  }
}

/** Runs `github-oidc` as a process of its own: for what only a process shows, such as standard input. */
export function spawnCli(folder: string, args: readonly string[], input: string | Buffer = ""): CliResult {
  const program = [path.join(ROOT, "node_modules/tsx/dist/cli.mjs"), path.join(ROOT, "lib/cli/main.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "" },
    input,
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

interface Kept {
  text(): string;
  restore(): void;
}

/** Keeps what is written to a stream, which is a terminal for nobody meanwhile. */
function kept(stream: NodeJS.WriteStream): Kept {
  const parts: string[] = [];
  const write = jest.spyOn(stream, "write").mockImplementation((text) => parts.push(String(text)) > 0);
  const terminal = Object.getOwnPropertyDescriptor(stream, "isTTY");
  Object.defineProperty(stream, "isTTY", { value: false, configurable: true });
  return {
    text: () => parts.join(""),
    restore: () => {
      write.mockRestore();
      if (terminal) Object.defineProperty(stream, "isTTY", terminal);
      else delete (stream as { isTTY?: boolean }).isTTY;
    },
  };
}
