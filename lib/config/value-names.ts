import { MAX_ENVIRONMENT_VALUES } from "../github/protection";
import { MAX_ORGANIZATION_VALUES, MAX_REPOSITORY_VALUES } from "../github/values";
import type { ValuePlace } from "./account-access";
import { quote, renderPath, type Path, type Problem } from "../yaml/problem";
import type { RoleFact } from "./published-names";

type Kind = "variable" | "secret";

/** Who takes a name. */
export interface NameClaim {
  readonly kind: Kind;
  readonly name: string;
  /** What says so. */
  readonly path: Path;
  /** Account that the value is of, where the role is in several. */
  readonly account?: string | undefined;
  /** Which fact of a role it is; absent for what the file itself gives. */
  readonly fact?: RoleFact;
}

/** The names of the variables and secrets of each environment and repository, and of the organization: each is given once. */
export class ValueNames {
  private readonly homes = new Map<string, Home>();

  constructor(private readonly report: (problem: Problem) => void) {}

  /** @param home where the place itself stands in the file */
  take(place: ValuePlace, home: Path, claim: NameClaim): void {
    const key = keyOf(place);
    const known = this.homes.get(key) ?? { place, path: home, names: new Map<string, NameClaim>() };
    this.homes.set(key, known);
    const taken = `${claim.kind} ${claim.name}`;
    const twin = known.names.get(taken);
    if (twin) this.report({ path: claim.path, message: collision(claim, twin) });
    else known.names.set(taken, claim);
  }

  /** Reports the places that have more values than GitHub keeps. */
  checkLimits(): void {
    for (const { place, path, names } of this.homes.values()) {
      const { what, limits } = limitsOf(place);
      for (const kind of ["variable", "secret"] as const) {
        const count = [...names.values()].filter((each) => each.kind === kind).length;
        if (count > limits[kind])
          this.report({
            path,
            atKey: true,
            message: `${count} ${kind}s: GitHub keeps at most ${limits[kind]} in ${what}, take some away`,
          });
      }
    }
  }
}

interface Home {
  readonly place: ValuePlace;
  readonly path: Path;
  readonly names: Map<string, NameClaim>;
}

/** GitHub ignores case in the names of repositories and environments. */
const keyOf = (place: ValuePlace): string =>
  "organization" in place
    ? ""
    : JSON.stringify([place.repository.toLowerCase(), "environment" in place ? place.environment.toLowerCase() : null]);

function limitsOf(place: ValuePlace): { readonly what: string; readonly limits: Readonly<Record<Kind, number>> } {
  if ("organization" in place) return { what: "an organization", limits: MAX_ORGANIZATION_VALUES };
  if ("environment" in place)
    return { what: "an environment", limits: { variable: MAX_ENVIRONMENT_VALUES, secret: MAX_ENVIRONMENT_VALUES } };
  return { what: "a repository", limits: MAX_REPOSITORY_VALUES };
}

function collision(claim: NameClaim, twin: NameClaim): string {
  const { kind, name, path, account } = claim;
  const what = `${kind} ${quote(name)}`;
  if (renderPath(path) !== renderPath(twin.path))
    return `${what} is also set at ${renderPath(twin.path)}: ${remedyOf(claim, twin)}`;
  if (account === twin.account || account === undefined || twin.account === undefined)
    return `${what} is also the role's region: ${remedyOf(claim, twin)}`;
  return `${what} would be that of account ${quote(twin.account)} (${renderPath(["accounts", twin.account])}) and of account ${quote(account)} (${renderPath(["accounts", account])}): rename one of the accounts, or make a role for each`;
}

function remedyOf({ kind, fact }: NameClaim, twin: NameClaim): string {
  if (fact === "region" && twin.fact === undefined) return "take that away, the role's region goes there";
  if (fact === "region") return 'give one of the roles another key, or another "publish"';
  if (fact === undefined) return "keep one";
  return `publish the ARN under another name, as in "publish: {${kind}: NAME}"`;
}
