import { type Admission, type Breadth, isAtLeast } from "../../trust/admitted";
import type { Severity } from "../finding";

/** The rule's severity, unless other claims of the statement make the set narrower than the value alone does. */
export const severityOf = (own: Severity, { breadth }: Admission, least: Breadth): Severity =>
  isAtLeast(breadth, least) ? own : "note";
