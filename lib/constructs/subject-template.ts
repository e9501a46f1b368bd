import { Construct } from "constructs";
import { repositoryNameRule } from "../github/names";
import {
  DEFAULT_TEMPLATE,
  isTemplateKey,
  templateRule,
  type SubjectTemplate as Template,
} from "../github/subject-template";
import {
  ActionsOrganizationOidcSubjectClaimCustomizationTemplate,
  ActionsRepositoryOidcSubjectClaimCustomizationTemplate,
} from "./bindings";
import { located } from "./located";

/** Something with an address in Terraform: a role, or another template. */
export interface Addressed {
  readonly address: string;
}

export interface SubjectTemplateProps {
  /** Name of the repository, without its owner: that is the GitHub provider's. @default the organization's own template is set */
  readonly repository?: string;
  /**
   * Claims in order, as GitHub's `include_claim_keys`; `default` for GitHub's own form, `organization` for a
   * repository that follows its organization's template.
   */
  readonly claims: Template;
  /** What is to be in place before tokens change: the roles that trust the new form. @default nothing */
  readonly after?: readonly Addressed[];
}

/**
 * Sets what the subjects of a repository are made of, or the organization's template. That one binds only
 * repositories that opt in.
 *
 * Destroying it sets GitHub's own form again.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
 */
export class SubjectTemplate extends Construct {
  /** Terraform's address of the template. */
  readonly address: string;

  /** @throws RangeError for a template that a stranger's repository could mint, or a name that is none. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, props: SubjectTemplateProps) {
    super(scope, id);
    const { repository, claims, after = [] } = props;
    located(this.node.path, () => check(props));
    const dependsOn = after.length > 0 ? after.map(({ address }) => address) : undefined;
    const includeClaimKeys = typeof claims === "string" ? undefined : [...claims];
    const resource =
      repository === undefined
        ? new ActionsOrganizationOidcSubjectClaimCustomizationTemplate(this, "Resource", {
            includeClaimKeys: includeClaimKeys ?? [...DEFAULT_TEMPLATE],
          })
        : new ActionsRepositoryOidcSubjectClaimCustomizationTemplate(this, "Resource", {
            repository,
            useDefault: claims === "default",
            includeClaimKeys,
          });
    if (dependsOn) resource.dependsOn = dependsOn;
    this.address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  }
}

function check({ repository, claims }: SubjectTemplateProps): void {
  const wrongName = repository === undefined ? undefined : repositoryNameRule(repository);
  if (wrongName) throw new RangeError(`repository ${JSON.stringify(repository)}: ${wrongName}`);
  if (repository === undefined && claims === "organization")
    throw new RangeError('the organization\'s template cannot be "organization": name its claims, or "default"');
  if (typeof claims === "string") return;
  const unknown = claims.find((key) => !isTemplateKey(key));
  const wrong = unknown === undefined ? templateRule(claims) : `GitHub mints no claim "${unknown}"`;
  if (wrong) throw new RangeError(`subject template ${JSON.stringify(claims.join(", "))}: ${wrong}`);
}
