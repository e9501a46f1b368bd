import { fits } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";

/** The policy has a space too much at an end of the value. */
export const whiteSpace = pairRule("white-space", ({ wanted, actual }) =>
  wanted !== wanted.trim() && fits(wanted.trim(), actual)
    ? {
        message: `The policy's value begins or ends with white space: ${quote(wanted)}.`,
        fix: `Write ${quote(wanted.trim())}.`,
      }
    : undefined,
);
