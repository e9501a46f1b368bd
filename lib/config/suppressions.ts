import type { Path } from "../yaml/problem";
import type { AccessConfig } from "./schema";
import { pairsOf } from "./terraform-pair";

/** A finding of `github-oidc check` that the access file excuses. */
export interface SuppressionAccess {
  /** Id of the rule, as `L17`. */
  readonly rule: string;
  readonly reason: string;
  /** Last day, as `2027-01-31`; without one it has no end. */
  readonly until: string | undefined;
  /** Keys of the repository, environment or role that it stands in: it holds there and below. */
  readonly path: readonly string[];
}

/** Everything that the file excuses. */
export function suppressionsOf({ repositories }: AccessConfig): SuppressionAccess[] {
  return Object.entries(repositories).flatMap(([name, repository]) => {
    const path = ["repositories", name];
    const environments = Object.entries(repository?.environments ?? {}).flatMap(([each, environment]) => {
      const own = [...path, "environments", each];
      return [
        ...read(environment, own),
        ...read(environment?.role, [...own, "role"]),
        ...Object.entries(environment?.roles ?? {}).flatMap(([key, role]) => read(role, [...own, "roles", key])),
      ];
    });
    const roles = Object.entries(repository?.roles ?? {}).flatMap(([key, role]) => read(role, [...path, "roles", key]));
    const pairs = pairsOf(name, repository?.terraform).flatMap(({ pair, path: own }) =>
      (["plan", "apply"] as const).flatMap((role) => read(pair[role], [...own.map(String), role])),
    );
    return [...read(repository, path), ...environments, ...roles, ...pairs];
  });
}

type Suppressing = {
  readonly suppress?:
    Readonly<Record<string, string | { readonly reason: string; readonly until?: string | undefined }>> | undefined;
};

const read = (holder: Suppressing | null | undefined, path: readonly string[]): SuppressionAccess[] =>
  Object.entries(holder?.suppress ?? {}).map(([rule, said]) =>
    typeof said === "string"
      ? { rule, reason: said, until: undefined, path }
      : { rule, reason: said.reason, until: said.until, path },
  );

/** Where a suppression stands. */
export const pathOfSuppression = ({ path, rule }: SuppressionAccess): Path => [...path, "suppress", rule];
