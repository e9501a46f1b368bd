/**
 * `expect(stack).toAllow({ role, job })`: import this file in a setup file of Jest, one of
 * `setupFilesAfterEnv`.
 */
import { fromStackJson } from "../readers/from-synth";
import { allowsJob, type RoleAndJob } from "./allows-job";
import { failureMessage } from "./message";
import { stackJson } from "./stack-json";

export type { GithubJob } from "../github/job";
export type { RoleAndJob } from "./allows-job";
export type { StackOrJson } from "./stack-json";

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

declare global {
  // The form in which @types/jest is extended.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> {
      /** Whether a job of GitHub Actions may assume a role of the stack, a `TerraformStack` or its `cdk.tf.json`. */
      toAllow(expected: RoleAndJob): R;
    }
  }
}

function toAllow(this: { readonly isNot?: boolean }, received: unknown, expected: RoleAndJob): MatcherResult {
  const judgement = allowsJob(fromStackJson(stackJson(received)), expected);
  // What cannot be told fails either way: a `.not` that passes would be taken for a proof.
  const pass = "undecided" in judgement ? this.isNot === true : judgement.explained.verdict.decision === "allow";
  return { pass, message: () => failureMessage(expected, judgement) };
}

const { expect } = globalThis as { expect?: { extend(matchers: object): void } };
if (!expect)
  throw new Error(
    'cdktf-github-oidc/jest: there is no "expect" yet: import it in a file of "setupFilesAfterEnv", not of "setupFiles"',
  );
expect.extend({ toAllow });
