import type { FuzzTarget } from "./harness";
import { planChangeFuzz, planFuzz, stackFuzz } from "./plan.fuzz";
import { tokenFuzz } from "./token.fuzz";
import { trustDocumentFuzz } from "./trust-document.fuzz";
import { workflowFuzz } from "./workflow.fuzz";

/** Every parser of what comes from outside. */
export const TARGETS: readonly FuzzTarget[] = [
  trustDocumentFuzz,
  tokenFuzz,
  planFuzz,
  planChangeFuzz,
  stackFuzz,
  workflowFuzz,
];
