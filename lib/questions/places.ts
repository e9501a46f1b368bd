import type { Grant, GrantProtection } from "./grants";
import { addTo } from "../model/add-to";
import type { AccessModel, EnvironmentModel, Text } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText } from "../trust/text";

type Published = Grant["published"];

/** What GitHub has, by what it belongs to. */
export class Places {
  /** Where nothing is known of GitHub. */
  static readonly NONE = new Places({ environments: [], values: [] });

  /** By repository and name, in lower case. */
  private readonly environments = new Map<string, Map<string, EnvironmentModel>>();
  private readonly published = new Map<string, Published[number][]>();

  constructor({ environments, values }: Pick<AccessModel, "environments" | "values">) {
    for (const each of environments) {
      const repository = lower(formatText(each.repository));
      const known = this.environments.get(repository) ?? new Map<string, EnvironmentModel>();
      this.environments.set(repository, known.set(lower(formatText(each.name)), each));
    }
    for (const { kind, name, repository, environment, role } of values) {
      if (role === null) continue;
      const place = {
        kind,
        name: formatText(name),
        repository: repository === null ? null : formatText(repository),
        environment: environment === null ? null : formatText(environment),
      };
      addTo(this.published, formatText(role), place);
    }
  }

  /** An environment that jobs name, with what protects it. */
  environmentOf(repository: string, name: string | undefined): Grant["environment"] {
    return name === undefined ? null : { name, protection: this.protectionOf(repository, name) };
  }

  protectionOf(repository: string, environment: string): GrantProtection | null {
    const found = this.environments.get(lower(repository))?.get(lower(environment));
    if (!found) return null;
    const { reviewers, waitMinutes, preventSelfReview, adminsCanBypass, deployFrom } = found;
    return {
      reviewers: isUnknown(reviewers) ? null : reviewers.map(({ name }) => formatText(name)),
      waitMinutes: isUnknown(waitMinutes) ? null : waitMinutes,
      preventSelfReview: isUnknown(preventSelfReview) ? null : preventSelfReview,
      adminsCanBypass: isUnknown(adminsCanBypass) ? null : adminsCanBypass,
      deployFrom:
        typeof deployFrom === "string"
          ? deployFrom
          : isUnknown(deployFrom)
            ? null
            : [...deployFrom.branches, ...deployFrom.tags].map(formatText),
    };
  }

  publishedOf(arn: Text): Published {
    return this.published.get(formatText(arn)) ?? [];
  }
}

/** GitHub ignores case in these names. */
const lower = (name: string): string => name.toLowerCase();
