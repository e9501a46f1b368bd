import { readFileSync } from "node:fs";
import path from "node:path";
import type { Claims } from "../aws/trust-evaluator";

/** What a published tool for the same job is tested with, as data: input, expected result, and whose it is. */
export interface PublishedCase {
  readonly id: string;
  readonly source: {
    readonly repo: string;
    readonly path: string;
    readonly locator: string;
    readonly ref: string;
    readonly url: string;
  };
  readonly kind: "positive" | "negative";
  readonly topics: readonly string[];
  readonly input: unknown;
  readonly expected: Expected;
  /** Prefix of the condition keys. @default token.actions.githubusercontent.com */
  readonly issuer_host?: string;
  /** Judged against the trust policy of the first role. */
  readonly tokens?: { readonly allow: readonly Claims[]; readonly deny: readonly Claims[] };
  readonly note?: string;
}

export interface Expected {
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly roles?: readonly ExpectedRole[];
  readonly resource_counts?: Readonly<Record<string, number>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly attachments?: readonly string[];
  /** Meaning of the refusal. */
  readonly error?: string;
}

export interface ExpectedRole {
  readonly name?: string;
  readonly max_session_duration?: number;
  readonly managed?: readonly string[];
  readonly inline?: readonly unknown[];
  readonly trust: readonly ExpectedStatement[];
}

export interface ExpectedStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly principal: { readonly Federated: string };
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export const DEFAULT_ISSUER = "token.actions.githubusercontent.com";

export const PUBLISHED_CASES: readonly PublishedCase[] = (
  JSON.parse(readFileSync(path.join(__dirname, "published-cases.json"), "utf8")) as { cases: PublishedCase[] }
).cases;
