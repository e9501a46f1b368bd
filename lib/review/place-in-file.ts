import type { AccessModel, Location } from "../model/model";
import type { PlanChange } from "../model/plan-change";

/** Says of everything in a plan which file it is of: the same address may stand in several. */
export function placedInFile(plan: PlanChange): PlanChange {
  const place = new FilePlace(plan.file);
  return {
    ...plan,
    before: place.model(plan.before),
    after: place.model(plan.after),
    beforeDrift: plan.beforeDrift && place.model(plan.beforeDrift),
    ...(plan.elsewhere && { elsewhere: place.elsewhere(plan.elsewhere) }),
  };
}

interface Located {
  readonly location: Location;
}

class FilePlace {
  /** What is one object before and after stays one: by that it is known not to change. */
  private readonly placed = new Map<Located, Located>();

  constructor(private readonly file: string) {}

  model(model: AccessModel): AccessModel {
    return {
      accounts: model.accounts.map((account) => ({
        ...account,
        providers: this.all(account.providers),
        roles: this.all(account.roles),
      })),
      environments: this.all(model.environments),
      values: this.all(model.values),
      subjectTemplates: this.all(model.subjectTemplates),
      branchProtections: this.all(model.branchProtections),
      newRepositories: this.all(model.newRepositories),
      notes: model.notes,
    };
  }

  elsewhere({ roles, policies }: NonNullable<PlanChange["elsewhere"]>): NonNullable<PlanChange["elsewhere"]> {
    return {
      roles: roles.map(({ account, before, after }) => ({ account, before: this.one(before), after: this.one(after) })),
      policies,
    };
  }

  private all<T extends Located>(objects: readonly T[]): T[] {
    return objects.map((object) => {
      const placed = (this.placed.get(object) as T | undefined) ?? this.one(object);
      this.placed.set(object, placed);
      return placed;
    });
  }

  private one<T extends Located>(object: T): T {
    const { location } = object;
    return location !== null && "address" in location && location.file === undefined
      ? { ...object, location: { ...location, file: this.file } }
      : object;
  }
}
