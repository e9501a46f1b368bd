import { explainCall, type Explained, outputOf } from "../../trust/near-miss/explained";
import type { RoleCall } from "../../questions/role-call/explain-role";
import type { WebIdentityCall } from "../../trust/sts/call";
import { checkLength, InputError } from "../../trust/sts/input-error";
import { readKeySet } from "../../trust/sts/jwks";
import { parseRoleArn, readRoleFacts, type RoleFacts } from "../../trust/sts/role-facts";
import { readToken } from "../../trust/sts/token";
import { parsePointInTime } from "../../aws/policy/point-in-time";
import { quoted } from "../../aws/policy/position";
import { parseTrustDocument, type TrustDocument } from "../../aws/policy/trust-document";
import { colors } from "../../report/colors";
import { renderExplanation } from "../../report/explanation";
import { atMost } from "../at-most";
import { nameOf, readInput } from "../read-input";
import type { SourceOptions } from "../source";
import { UsageError } from "../usage-error";

/** Options of `github-oidc explain`, as the command line gives them. */
export interface ExplainOptions extends SourceOptions {
  /** File with the trust policy, or `-`: this, or a role of a source. */
  readonly trustPolicy?: string;
  /** Name of the role. */
  readonly role?: string;
  /** Name or id of the role's account. @default the only one that has the role */
  readonly account?: string;
  /** File with claims or a token, or `-`: exactly one of the two. */
  readonly claims?: string;
  readonly token?: string;
  readonly clientId: readonly string[];
  readonly roleArn?: string;
  readonly at?: string;
  readonly duration?: string;
  readonly sessionName?: string;
  readonly jwks?: string;
  readonly format: "text" | "json";
}

/** Last second that a date can show. */
const LAST_SECOND = 8_640_000_000_000;

/**
 * Plays STS: whether a token may assume a role, and if not, why.
 *
 * @returns whether it may.
 * @throws UsageError for options or input that cannot be read, and for a role of which too little is known;
 *   AccessConfigError for a mistake in the access file.
 */
export async function explain(options: ExplainOptions): Promise<boolean> {
  const explained = await explainedBy(options);
  const layout = {
    colors: colors(process.stdout.isTTY),
    width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120),
  };
  process.stdout.write(
    `${options.format === "json" ? JSON.stringify(outputOf(explained), null, 2) : renderExplanation(explained, layout)}\n`,
  );
  return explained.verdict.decision === "allow";
}

async function explainedBy(options: ExplainOptions): Promise<Explained> {
  const { trustPolicy, role, roleArn } = options;
  if (trustPolicy !== undefined && role !== undefined) throw new UsageError("Give --role or --trust-policy, not both");
  if (trustPolicy !== undefined) return explainCall({ ...policyOf(trustPolicy, options), ...callOf(options) });
  if (role === undefined)
    throw new UsageError("Give the role by --role NAME, or its trust policy by --trust-policy FILE");
  if (roleArn !== undefined)
    throw new UsageError("--role-arn goes with --trust-policy: with --role, --account chooses the account");
  checkStandardInput(options);
  const call = callOf(options);
  const { option, file } = tokenInput(options);
  // Only now: what reads the sources takes longer to load than all the rest.
  return (await import("../explain-named")).explainNamed({ ...options, role }, call, nameOf(option, file));
}

function policyOf(file: string, options: ExplainOptions): Pick<WebIdentityCall, "policy" | "role"> {
  const foreign = (["config", "synth", "plan", "account"] as const).find((option) => options[option] !== undefined);
  if (foreign) throw new UsageError(`--${foreign} goes with --role, not with --trust-policy`);
  checkStandardInput(options);
  const text = readInput("--trust-policy", file);
  return {
    policy: readPolicy(text, nameOf("--trust-policy", file)),
    role: roleOf(options.roleArn, readRoleFacts(text)),
  };
}

function checkStandardInput(options: ExplainOptions): void {
  const files = [options.trustPolicy, options.plan, tokenInput(options).file, options.jwks];
  if (files.filter((file) => file === "-").length > 1)
    throw new UsageError('Standard input ("-") can be one of the files only');
}

function callOf(options: ExplainOptions): RoleCall {
  const token = tokenInput(options);
  return {
    token: reading(token.option, token.file, readToken),
    ...(options.clientId.length > 0 ? { clientIds: options.clientId } : {}),
    ...(options.jwks === undefined ? {} : { keys: reading("--jwks", options.jwks, readKeySet) }),
    at: timeOf(options.at),
    ...(options.duration === undefined ? {} : { durationSeconds: durationOf(options.duration) }),
    ...(options.sessionName === undefined ? {} : { sessionName: options.sessionName }),
  };
}

function tokenInput({ claims, token }: ExplainOptions): { readonly option: string; readonly file: string } {
  if (claims !== undefined && token !== undefined) throw new UsageError("Give --claims or --token, not both");
  if (claims !== undefined) return { option: "--claims", file: claims };
  if (token !== undefined) return { option: "--token", file: token };
  throw new UsageError("Give the token by --token FILE, or what it says by --claims FILE");
}

function reading<T>(option: string, file: string, read: (text: string) => T): T {
  try {
    return read(readInput(option, file));
  } catch (error) {
    throw error instanceof InputError ? new UsageError(`${nameOf(option, file)}: ${error.message}`) : error;
  }
}

function readPolicy(text: string, name: string): TrustDocument {
  // Before anything could quote it.
  if (/^\s*"?[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\./.test(text))
    throw new UsageError(`${name}: it is a token; expected a trust policy`);
  try {
    checkLength(text);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
  const { document, problems } = parseTrustDocument(text);
  if (document) return document;
  throw new UsageError(
    [
      "AWS would not accept this trust policy:",
      ...atMost(problems.map(({ message, position }) => `${name}:${position.line}:${position.column}: ${message}`)),
    ].join("\n"),
  );
}

function roleOf(text: string | undefined, facts: RoleFacts): RoleFacts {
  if (text === undefined) return facts;
  const arn = parseRoleArn(text);
  if (!arn)
    throw new UsageError(
      `--role-arn ${quoted(text)}: use the ARN of a role, as in "arn:aws:iam::111122223333:role/deploy"`,
    );
  return { ...facts, arn };
}

function timeOf(text: string | undefined): number {
  if (text === undefined) return Date.now() / 1_000;
  const seconds = (parsePointInTime(text) ?? NaN) / 1_000;
  if (!(seconds >= 0 && seconds < LAST_SECOND))
    throw new UsageError(`--at ${quoted(text)}: write a time as "2026-11-20T12:00:00Z", or in seconds since 1970`);
  return seconds;
}

function durationOf(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new UsageError(`--duration ${quoted(text)}: write whole seconds, as in "3600"`);
  return Number(text);
}
