import { explainCall, outputOf } from "../../access/near-miss/explained";
import type { WebIdentityCall } from "../../access/sts/call";
import { checkLength, InputError } from "../../access/sts/input-error";
import { readKeySet } from "../../access/sts/jwks";
import { parseRoleArn, readRoleFacts, type RoleFacts } from "../../access/sts/role-facts";
import { readToken } from "../../access/sts/token";
import { parsePointInTime } from "../../aws/policy/point-in-time";
import { quoted } from "../../aws/policy/position";
import { parseTrustDocument, type TrustDocument } from "../../aws/policy/trust-document";
import { colors } from "../../report/colors";
import { renderExplanation } from "../../report/explanation";
import { nameOf, readInput } from "../read-input";
import { UsageError } from "../usage-error";

/** Options of `github-oidc explain`, as the command line gives them. */
export interface ExplainOptions {
  /** File with the trust policy, or `-`. */
  readonly trustPolicy: string;
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

/** Most problems of a policy that are told at once. */
const MOST_PROBLEMS = 10;
/** Last second that a date can show. */
const LAST_SECOND = 8_640_000_000_000;

/**
 * Plays STS: whether a token may assume a role, and if not, why.
 *
 * @returns whether it may.
 * @throws UsageError for options or input that cannot be read.
 */
export function explain(options: ExplainOptions): boolean {
  const explained = explainCall(callOf(options));
  const layout = { colors: colors(process.stdout.isTTY), width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120) };
  process.stdout.write(`${options.format === "json" ? JSON.stringify(outputOf(explained), null, 2) : renderExplanation(explained, layout)}\n`);
  return explained.verdict.decision === "allow";
}

function callOf(options: ExplainOptions): WebIdentityCall {
  const token = tokenInput(options);
  if ([options.trustPolicy, token.file, options.jwks].filter((file) => file === "-").length > 1) throw new UsageError('Standard input ("-") can be one of the files only');
  const policyText = readInput("--trust-policy", options.trustPolicy);
  return {
    token: reading(token.option, token.file, readToken),
    policy: readPolicy(policyText, nameOf("--trust-policy", options.trustPolicy)),
    role: roleOf(options.roleArn, readRoleFacts(policyText)),
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
  if (/^\s*"?[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\./.test(text)) throw new UsageError(`${name}: it is a token, and a trust policy is wanted`);
  try {
    checkLength(text);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
  const { document, problems } = parseTrustDocument(text);
  if (document) return document;
  const lines = problems.slice(0, MOST_PROBLEMS).map(({ message, position }) => `${name}:${position.line}:${position.column}: ${message}`);
  const more = problems.length > MOST_PROBLEMS ? [`and ${problems.length - MOST_PROBLEMS} more`] : [];
  throw new UsageError(["AWS would not accept this trust policy:", ...lines, ...more].join("\n"));
}

function roleOf(text: string | undefined, facts: RoleFacts): RoleFacts {
  if (text === undefined) return facts;
  const arn = parseRoleArn(text);
  if (!arn) throw new UsageError(`--role-arn ${quoted(text)}: use the ARN of a role, as in "arn:aws:iam::111122223333:role/deploy"`);
  return { ...facts, arn };
}

function timeOf(text: string | undefined): number {
  if (text === undefined) return Date.now() / 1_000;
  const seconds = (parsePointInTime(text) ?? NaN) / 1_000;
  if (!(seconds >= 0 && seconds < LAST_SECOND)) throw new UsageError(`--at ${quoted(text)}: write a time as "2026-11-20T12:00:00Z", or in seconds since 1970`);
  return seconds;
}

function durationOf(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new UsageError(`--duration ${quoted(text)}: write whole seconds, as in "3600"`);
  return Number(text);
}
