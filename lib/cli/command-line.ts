/**
 * The command line: reads the arguments, calls the command, and turns what goes wrong into an exit code.
 * Commands are loaded when they run, so that `--help` answers at once.
 */
import { Command, CommanderError, Option } from "commander";
import type { AccessCommandOptions } from "./commands/access";
import type { CheckOptions } from "./commands/check";
import type { DriftOptions } from "./commands/drift";
import type { ExplainOptions } from "./commands/explain";
import type { ReviewOptions } from "./commands/review";
import type { SynthOptions } from "./commands/synth";
import { terminalLines } from "../report/escape/terminal";
import { UsageError } from "./usage-error";
import { withoutTokens } from "./without-tokens";

/** @see docs/commands.md */
const EXIT_FOUND = 1;
export const EXIT_USAGE = 2;

/** What a command has found: `bad` is what its caller would want to know of by the exit code. */
interface Outcome {
  bad: boolean;
}

const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];

function program(outcome: Outcome): Command {
  const root = new Command("github-oidc")
    .description(
      "Which GitHub repositories may deploy into which AWS accounts: one file, both sides, one Terraform plan.",
    )
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(withoutTokens(text)) })
    .showHelpAfterError("(see --help)")
    .addHelpText("after", "\nExample:\n  github-oidc synth --config access.yaml");
  root
    .command("synth")
    .description("access file → Terraform, one stack for each account; prints what each stack holds")
    .option("--config <file>", "the access file", "access.yaml")
    .option("--out <folder>", "folder to write to", "cdktf.out")
    .option("--account <name>", "only this account; may be given several times", collect, [])
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      "\nExample:\n  github-oidc synth --config access.yaml --account staging\n  terraform -chdir=cdktf.out/stacks/staging init\n  terraform -chdir=cdktf.out/stacks/staging plan",
    )
    .action(async (options: SynthOptions) => (await import("./commands/synth")).synth(options));
  root
    .command("explain")
    .description("may this token assume that role, and if not, why: plays STS step by step")
    .option("--role <name>", "a role in the access file or in another source")
    .option("--config <file>", "the access file (default: access.yaml)")
    .option("--synth <folder>", "synthesized Terraform instead of the access file")
    .option("--plan <file>", 'what "terraform show -json" prints of a plan or a state; "-" is standard input')
    .option("--account <name>", "name or id of the role's account, where several have a role of that name")
    .option(
      "--trust-policy <file>",
      'instead of a role: its trust policy, or what "aws iam get-role" prints; "-" is standard input',
    )
    .option("--claims <file>", 'the claims of the token as JSON; "-" is standard input')
    .option("--token <file>", 'the token, instead of its claims; "-" is standard input')
    .option("--client-id <id>", "client id of the OIDC provider; may be given several times", collect, [])
    .option("--role-arn <arn>", "the role: its account must be the provider's")
    .option("--at <time>", "time of the call, as 2026-11-20T12:00:00Z or in seconds since 1970 (default: now)")
    .option("--duration <seconds>", "length of the requested session")
    .option("--session-name <name>", "name of the session")
    .option("--jwks <file>", "the issuer's keys, to verify the token's signature")
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      "\nExample:\n  github-oidc explain --role web-shop-production --claims claims.json\n\n  aws iam get-role --role-name deploy > role.json\n  github-oidc explain --trust-policy role.json --claims claims.json",
    )
    .action(async (options: ExplainOptions) => {
      outcome.bad = !(await (await import("./commands/explain")).explain(options));
    });
  root
    .command("check")
    .description("what is dangerous, dead or doubtful in who may assume which role")
    .option("--config <file>", "the access file (default: access.yaml)")
    .option("--synth <folder>", "synthesized Terraform instead of the access file")
    .option("--plan <file>", 'what "terraform show -json" prints of a plan or a state; "-" is standard input')
    .option(
      "--trust-policy <file>",
      'one role\'s trust policy, or what "aws iam get-role" prints; "-" is standard input',
    )
    .option(
      "--workflows <folder>",
      "workflow files, alone or with one of the first three: can their jobs get the roles they request?",
    )
    .option(
      "--repository <name>",
      "OWNER/NAME whose workflows they are (default: GITHUB_REPOSITORY, or the only one there is)",
    )
    .addOption(
      new Option("--format <format>", "how to print; sarif is for GitHub's code scanning")
        .choices(["text", "json", "sarif"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "least severity that ends with exit code 1")
        .choices(["error", "warning", "note"])
        .default("error"),
    )
    .option("--rule <id>", "only this rule; may be given several times", collect, [])
    .option("--disable <id>", "not this rule; may be given several times", collect, [])
    .addHelpText(
      "after",
      "\nExamples:\n  github-oidc check --fail-on warning\n  aws iam get-role --role-name deploy | github-oidc check --trust-policy -",
    )
    .action(async (options: CheckOptions) => {
      outcome.bad = !(await import("./commands/check")).check(options);
    });
  root
    .command("access")
    .description("who may assume which role, with what permissions, behind which protection")
    .option("--config <file>", "the access file (default: access.yaml)")
    .option("--synth <folder>", "synthesized Terraform instead of the access file")
    .option("--plan <file>", 'what "terraform show -json" prints of a plan or a state; "-" is standard input')
    .addOption(
      new Option("--format <format>", "how to print; markdown is a table, mermaid a flowchart")
        .choices(["text", "json", "markdown", "mermaid"])
        .default("text"),
    )
    .option("--role <name>", "only this role")
    .option("--repository <name>", "only roles that jobs of this repository may assume: NAME or OWNER/NAME")
    .addHelpText(
      "after",
      "\nExample:\n  terraform show -json plan.out > plan.json\n  github-oidc access --plan plan.json --repository octo-org/web-shop",
    )
    .action(async (options: AccessCommandOptions) => (await import("./commands/access")).access(options));
  root
    .command("review")
    .description("what plans change about access: who gains it, who loses it, what protects it less")
    .argument(
      "[plans...]",
      'what "terraform show -json" prints of a plan; several make one review; "-" is standard input',
    )
    .addOption(
      new Option("--format <format>", "how to print; markdown is a comment for a pull request")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <change>", "least change that ends with exit code 1; each includes those before it")
        .choices(["none", "gained", "widened", "weakened"])
        .default("none"),
    )
    .addHelpText(
      "after",
      "\nExample:\n  terraform plan -out plan.out && terraform show -json plan.out > plan.json\n  github-oidc review plan.json --fail-on widened",
    )
    .action(async (plans: string[], options: ReviewOptions) => {
      outcome.bad = !(await import("./commands/review")).review(plans, options);
    });
  root
    .command("drift")
    .description("how GitHub differs from the access file, also where terraform plan does not see it")
    .option("--config <file>", "the access file", "access.yaml")
    .option("--account <name>", "only this account; may be given several times", collect, [])
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      "\nReads GitHub's API with GITHUB_TOKEN (or GH_TOKEN), and changes nothing.\n\nExample:\n  GITHUB_TOKEN=$(gh auth token) github-oidc drift --config access.yaml",
    )
    .action(async (options: DriftOptions) => {
      outcome.bad = !(await (await import("./commands/drift")).drift(options));
    });
  return root;
}

/** @param args without the program's name @returns the exit code */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const outcome: Outcome = { bad: false };
  try {
    await program(outcome).parseAsync(args, { from: "user" });
    return outcome.bad ? EXIT_FOUND : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    process.stderr.write(`${terminalLines(describe(error))}\n`);
    return EXIT_USAGE;
  }
}

/** A user's mistake is a sentence; for a mistake of ours the trace is there on request. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // By name: to load the class would load everything that reads an access file.
  if (error instanceof UsageError || error.name === "AccessConfigError") return error.message;
  if (process.env["GITHUB_OIDC_DEBUG"]) return error.stack ?? error.message;
  return `github-oidc: this is an internal error, please report it: ${error.message} (GITHUB_OIDC_DEBUG=1 shows where)`;
}
