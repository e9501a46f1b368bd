import { SourceError } from "../model/source-error";

/** What is needed of cdktf's `TerraformStack`, so that nothing of cdktf is loaded here. */
export interface SynthesizableStack {
  prepareStack(): void;
  toTerraform(): unknown;
}

/** A stack, or the Terraform that it became: `cdk.tf.json` as text or as an object. */
export type StackOrJson = SynthesizableStack | string | object;

/**
 * The Terraform of a stack, as plain JSON. Aspects are not run: for a stack that has some, pass the text
 * that cdktf's `Testing.synth(stack)` returns.
 *
 * @throws SourceError for anything else.
 */
export function stackJson(received: unknown): unknown {
  if (typeof received === "string") return parsed(received);
  if (typeof received !== "object" || received === null)
    throw new SourceError(
      `expect(…).toAllow: pass a TerraformStack, or its cdk.tf.json, not ${received === null ? "null" : typeof received}`,
    );
  if (!isStack(received)) return received;
  received.prepareStack();
  // What is resolved may still have members that only JSON leaves out.
  return JSON.parse(JSON.stringify(received.toTerraform())) as unknown;
}

const isStack = (received: object): received is SynthesizableStack =>
  "toTerraform" in received &&
  "prepareStack" in received &&
  typeof received.toTerraform === "function" &&
  typeof received.prepareStack === "function";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SourceError(
      "expect(…).toAllow: the text is not JSON: pass what cdk.tf.json holds, not the name of a file",
    );
  }
}
