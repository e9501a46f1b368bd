import { parseIamArn } from "../aws/arn";
import type { AccessModel, AccountModel, RoleModel, ValueModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText, isKnown, type Text } from "../trust/text";
import type { RoleReference } from "./role-calls";

/** A role of the model. */
export interface RoleInAccount {
  readonly role: RoleModel;
  readonly account: AccountModel;
}

/** What a reference comes to in a job. */
export type ResolvedRole =
  | { readonly kind: "role"; readonly found: RoleInAccount }
  /** The model has the name, but in no place that the job can see. `elsewhere` are the environments that have it. */
  | { readonly kind: "noValue"; readonly elsewhere: readonly string[]; readonly isEnvironmentKnown: boolean }
  | { readonly kind: "unknown"; readonly because: string };

const unknown = (because: string): ResolvedRole => ({ kind: "unknown", because });

/** Finds the roles of a model that the jobs of one repository name. */
export class RoleResolver {
  private readonly byArn = new Map<string, RoleInAccount[]>();

  /** @param repository `OWNER/NAME` */
  constructor(
    private readonly model: AccessModel,
    private readonly repository: string,
  ) {
    for (const account of model.accounts)
      for (const role of account.roles) {
        const arn = formatText(role.arn);
        this.byArn.set(arn, [...(this.byArn.get(arn) ?? []), { role, account }]);
      }
  }

  /**
   * @param environment that the job names; empty for none
   */
  resolve(reference: RoleReference, environment: Text): ResolvedRole {
    switch (reference.kind) {
      case "literal":
        return this.literal(reference.text);
      case "variable":
      case "secret":
        return this.value(reference.kind, reference.name, reference.isPassed ? "" : environment);
      case "unknown":
        return unknown("an expression decides which role it is");
    }
  }

  private literal(arn: string): ResolvedRole {
    if (parseIamArn(arn)?.type !== "role") return unknown("the role is not named by its ARN");
    return this.roleOf(arn);
  }

  private roleOf(arn: Text): ResolvedRole {
    const [found, ...others] = this.byArn.get(formatText(arn)) ?? [];
    return found && others.length === 0 ? { kind: "role", found } : unknown("the role is not one of the source's");
  }

  /** An environment's value hides the repository's, and that the organization's. @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#configuration-variable-precedence */
  private value(kind: ValueModel["kind"], name: string, environment: Text): ResolvedRole {
    if (!isKnown(environment)) return unknown("an expression decides which environment the job names");
    const candidates = this.model.values.filter(
      (each) =>
        each.kind === kind &&
        isOrMayBe(each.name, name) &&
        (each.repository === null ? this.maySee(each) : isOrMayBe(each.repository, this.repository)),
    );
    if (
      candidates.some(
        (each) =>
          ![each.name, each.repository ?? "", each.environment ?? ""].every(isKnown) ||
          isUnknown(each.visibleTo) ||
          (Array.isArray(each.visibleTo) && !each.visibleTo.every(isKnown)),
      )
    )
      return unknown("the source does not know all names of its variables and secrets");
    const levels = [
      environment === ""
        ? []
        : candidates.filter((each) => each.environment !== null && isOrMayBe(each.environment, environment)),
      candidates.filter((each) => each.environment === null && each.repository !== null),
      candidates.filter((each) => each.environment === null && each.repository === null),
    ];
    const values = levels.find((level) => level.length > 0);
    const isEnvironmentKnown = environment === "" || this.hasEnvironment(environment);
    if (values && (isEnvironmentKnown || values === levels[0])) return this.roleOfValues(values);
    // An environment from elsewhere may have a value that hides the repository's.
    if (values) return unknown(`the source does not have the environment ${environment}`);
    return candidates.length === 0
      ? unknown("the source has no such variable or secret")
      : {
          kind: "noValue",
          elsewhere: [...new Set(candidates.map((each) => formatText(each.environment ?? "")))].sort(),
          isEnvironmentKnown,
        };
  }

  /** Whether the repository is among those that an organization's value is for; one that is for private repositories counts as seen. */
  private maySee({ visibleTo }: ValueModel): boolean {
    return !Array.isArray(visibleTo) || visibleTo.some((each) => isOrMayBe(each, this.repository));
  }

  private hasEnvironment(environment: string): boolean {
    return this.model.environments.some(
      ({ repository, name }) => isOrMayBe(repository, this.repository) && isKnown(name) && isOrMayBe(name, environment),
    );
  }

  private roleOfValues(values: readonly ValueModel[]): ResolvedRole {
    const [first, ...others] = values;
    if (
      !first ||
      first.role === null ||
      others.some(({ role }) => role === null || formatText(role) !== formatText(first.role ?? ""))
    )
      return unknown("it is not known to be the ARN of a role");
    return this.roleOf(first.role);
  }
}

/** GitHub ignores case in names. */
const isOrMayBe = (name: Text, wanted: string): boolean =>
  !isKnown(name) || name.toLowerCase() === wanted.toLowerCase();
