import { writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Makes the AWS provider of a stack fail at the first error of the server instead of trying for minutes.
 * No environment variable does that: the provider's own default of 25 attempts wins.
 *
 * Terraform merges the file into the stack's `provider "aws"` block, so account and role stay as synthesized.
 */
export function failFast(stackFolder: string): void {
  const override = { provider: { aws: { max_retries: 1 } } };
  writeFileSync(path.join(stackFolder, "e2e_override.tf.json"), JSON.stringify(override));
}
