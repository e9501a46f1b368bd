import type { AccountAccess } from "../lib/config/account-access";

/** Versions of AWS's provider that the stacks run on: the oldest with all that they use, below the next major. */
export const AWS_PROVIDER = ">= 5.81.0, < 7.0.0";

const LEAST_GITHUB_PROVIDER = "6.9.1";
/** Before it the provider loses what it made in an environment whose name has a ":". */
const KNOWS_COLONS = "6.10.0";
/** Since then secrets have other arguments, and those before are deprecated. */
const NEWER_SECRETS = "6.12.0";

/** Versions of GitHub's provider that an account's stack runs on: from the one that the file or an environment's name asks for, below the next major. */
export function githubProviderRange({ github, environments, roles }: AccountAccess): string {
  const asked = github.terraformProvider ?? LEAST_GITHUB_PROVIDER;
  const hasColon =
    environments.some(({ name }) => name.includes(":")) ||
    roles.some(({ publish }) => publish.some(({ place }) => "environment" in place && place.environment.includes(":")));
  return `>= ${hasColon && isOlder(asked, KNOWS_COLONS) ? KNOWS_COLONS : asked}, < 7.0.0`;
}

/** Whether the file asks for a version with the newer arguments of secrets. */
export const isProvider612 = ({ github: { terraformProvider = LEAST_GITHUB_PROVIDER } }: AccountAccess): boolean =>
  !isOlder(terraformProvider, NEWER_SECRETS);

const isOlder = (version: string, other: string): boolean => version.localeCompare(other, "en", { numeric: true }) < 0;
