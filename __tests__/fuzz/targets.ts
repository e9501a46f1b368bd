import type { FuzzTarget } from "./harness";
import { tokenFuzz } from "./token.fuzz";
import { trustDocumentFuzz } from "./trust-document.fuzz";

/** Every parser of what comes from outside. */
export const TARGETS: readonly FuzzTarget[] = [trustDocumentFuzz, tokenFuzz];
