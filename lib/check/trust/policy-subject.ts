import { admits } from "../../trust/admitted";
import type { TrustReading } from "../../aws/policy/trust-document";
import type { TrustPolicySubject } from "../subject";

/**
 * Makes a subject of a policy in a file of its own; `undefined` for one that AWS refuses, of which nothing can
 * be said.
 *
 * @param file as it was given.
 */
export function trustPolicySubject(file: string, { document, length }: TrustReading): TrustPolicySubject | undefined {
  return (
    document && {
      kind: "trustPolicy",
      document,
      admitted: admits(document),
      length,
      power: undefined,
      locate: ({ line, column } = { line: 1, column: 1 }) => ({ file, line, column }),
    }
  );
}
