import type { Drift } from "./output";

/** A difference, without where it is. */
export type Difference = Omit<Drift, "account" | "repository" | "environment" | "name" | "fix"> & {
  readonly name?: string;
  readonly fix?: string;
};

/** The stack, and so the account, that a difference concerns. */
export const located = (
  { name, fix, ...difference }: Difference,
  account: string,
  repository: string,
  environment: string | null,
): Drift => ({
  ...difference,
  account,
  repository,
  environment,
  name: name ?? null,
  fix: fix ?? `plan and apply the stack "${account}", or change the file`,
});

/** One name differs from another in more than case. */
export const differ = (a: string, b: string): boolean => a.toLowerCase() !== b.toLowerCase();
