import { type Need, reasonsToSkip } from "./requirements";

/**
 * A test that is reported as skipped, with the reasons in its name, where something it needs is not there.
 * Jest collects tests synchronously, so the needs are looked at while the file loads.
 */
export function storyTest(needs: readonly Need[], name: string, story: () => Promise<void>, timeoutMs?: number): void {
  const reasons = reasonsToSkip(needs);
  if (reasons.length === 0) test(name, story, timeoutMs);
  else test.skip(`${name} [skipped: ${reasons.join(" ")}]`, story, timeoutMs);
}
