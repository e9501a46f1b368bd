/** What `github-oidc` prints of its help, read in this process: to start one for each command takes seconds. */
export async function helpOf(...command: readonly string[]): Promise<string> {
  const texts: string[] = [];
  const spy = jest.spyOn(process.stdout, "write").mockImplementation((text) => texts.push(String(text)) > 0);
  const [argv, exitCode, listeners] = [process.argv, process.exitCode, process.stdout.listeners("error")];
  process.argv = ["node", "github-oidc", ...command, "--help"];
  try {
    await jest.isolateModulesAsync(async () => {
      await import("../../lib/cli/main");
    });
    await new Promise((done) => setImmediate(done));
  } finally {
    spy.mockRestore();
    process.argv = argv;
    process.exitCode = exitCode;
    for (const listener of process.stdout.listeners("error"))
      if (!listeners.includes(listener)) process.stdout.off("error", listener as () => void);
  }
  return texts.join("");
}

/** Names of the commands that a help lists. */
export const commandsIn = (help: string): string[] =>
  [...help.slice(help.indexOf("\nCommands:")).matchAll(/^ {2}([a-z]+)(?= )/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help" && name !== "github");

/** The long options that a help lists, without `--help`. */
export const optionsIn = (help: string): string[] =>
  [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name = ""]) => name).filter((name) => name !== "--help");
