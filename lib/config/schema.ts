/**
 * The shape of the access file. This is the single source: of the type `AccessConfig`, of the JSON
 * Schema that editors use, and of the table in the documentation. What needs more than one value to
 * judge is in `resolve-*.ts`.
 */
import { z } from "zod";
import {
  audienceRule,
  descriptionRule,
  policyNameRule,
  roleNameRule,
  rolePathRule,
  sessionNameRule,
  tagKeyRule,
  tagValueRule,
  TRUST_POLICY_LENGTH,
} from "../aws/role-rules";
import { accountIdRule } from "../aws/arn";
import type { GithubClaimKey } from "../aws/condition-keys";
import { externalIdRule, serviceRule, trustedRoleRule } from "../aws/other-principals";
import { regionRule } from "../aws/partition";
import { STATE_ACCESS, stateKeyRule as stateOrFolderRule } from "../aws/terraform-state";
import { hostRule } from "../github/issuer";
import {
  deploymentPatternRule,
  enterpriseSlugRule,
  environmentNameRule,
  hasControlCharacter,
  numericIdRule,
  ownerLoginRule,
  protectedBranchRule,
  refNameRule,
  repositoryNameRule,
  splitFullName,
  teamSlugRule,
  variableNameRule,
  type NameRule,
} from "../github/names";
import { dateRule } from "../github/migration";
import { GITHUB_PLANS, MAX_WAIT_TIMER, VISIBILITIES } from "../github/protection";
import { isTemplateKey, SUBJECT_CLAIMS, templateRule } from "../github/subject-template";
import { keyIdRule, MAX_VALUE_BYTES, sealedValueRule } from "../github/values";
import { durationRule } from "./duration";
import { nearest } from "../github/nearest";
import { quote } from "../yaml/problem";
import { ROLE_FACTS } from "./published-names";

/** Text that a rule accepts; the message quotes it and says what to do. */
const text = (what: string, rule: NameRule) =>
  z.string().check((context) => {
    const remedy = safeText(context.value) ?? rule(context.value);
    if (remedy)
      context.issues.push({
        code: "custom",
        input: context.value,
        message: `${what} ${quote(context.value)}: ${remedy}`,
      });
  });

/** What no value of the file may hold: it would reach terminals, read as something else, or be taken for a reference. */
function safeText(value: string): string | undefined {
  if (value.includes("{TfToken[")) return 'remove "{TfToken[": it is a mark of cdktf\'s own';
  if (/[\u202a-\u202e\u2066-\u2069]/.test(value)) return "remove the characters that turn the direction of writing";
  if (/\p{Cs}/u.test(value)) return "remove the unpaired surrogate";
  return hasControlCharacter(value.replaceAll(/[\n\t]/g, "")) ? "remove the control characters" : undefined;
}

/** Keys that a rule accepts. Values are checked even where a name is wrong: everything is reported at once. */
const named = <T extends z.ZodType>(what: string, rule: NameRule, value: T) =>
  z.record(z.string(), value).superRefine(
    (record, context) => {
      for (const name of Object.keys(record)) {
        const remedy = safeText(name) ?? rule(name);
        if (remedy)
          context.addIssue({
            code: "custom",
            path: [name],
            params: { atKey: true },
            message: `${what} ${quote(name)}: ${remedy}`,
          });
      }
    },
    { when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value) },
  );

const anything: NameRule = () => undefined;
const isExpression = (value: string): boolean => /[$%]\{/.test(value);
const arnRule =
  (type: string): NameRule =>
  (value) =>
    /^arn:[a-z-]+:iam::([0-9]{12}|aws):[^\s]+$/.test(value) && !isExpression(value)
      ? undefined
      : `use the ARN of a ${type}, as in "arn:aws:iam::111122223333:${type}/NAME"`;
const pathRule: NameRule = (path) =>
  isExpression(path) ? 'remove "${" and "%{": Terraform reads them as expressions' : rolePathRule(path);
const policyReferenceRule: NameRule = (value) =>
  value.startsWith("arn:")
    ? arnRule("policy")(value)
    : /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/.test(value)
      ? undefined
      : 'use the name of an AWS-managed policy, as in "ReadOnlyAccess" or "job-function/ViewOnlyAccess", or a full ARN';
/** cdktf keeps its stacks in a plain object, where a name that every object has is taken. */
const accountNameRule: NameRule = (name) => {
  if (name in Object.prototype) return "choose another name: JavaScript keeps this one for itself";
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)
    ? undefined
    : "name an account with letters, digits, hyphens and underscores: it becomes the name of a stack and a folder";
};
const roleKeyRule: NameRule = (name) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name) ? undefined : 'use letters, digits, ".", "_" and "-"';
/** @see https://developer.hashicorp.com/terraform/language/values/variables#declaring-an-input-variable */
const RESERVED_VARIABLES = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];
const terraformNameRule: NameRule = (name) =>
  RESERVED_VARIABLES.includes(name)
    ? "choose another name: Terraform keeps this one for itself"
    : /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/.test(name)
      ? undefined
      : "use the name of a Terraform variable: letters, digits, underscores and hyphens, not starting with a digit";
/** Not quoted when wrong: it is long, or what is wrong with it cannot be seen. */
const variableValue = z.string().check((context) => {
  const { value } = context;
  const bytes = Buffer.byteLength(value);
  const unsafe = safeText(value);
  const wrong =
    value === ""
      ? "an empty value: write one, GitHub stores nothing else"
      : bytes > MAX_VALUE_BYTES
        ? `a value of ${bytes} bytes: shorten it, GitHub stores at most ${MAX_VALUE_BYTES}`
        : unsafe && `a value that cannot stand in the file: ${unsafe}`;
  if (wrong) context.issues.push({ code: "custom", input: value, message: wrong });
});
/** Not quoted when wrong: it may be the secret itself that somebody wrote here. */
const terraformVariable = z.string().check((context) => {
  const remedy = terraformNameRule(context.value);
  if (remedy)
    context.issues.push({ code: "custom", input: context.value, message: `"fromVariable" is no name: ${remedy}` });
});
/** Fewer letters are no reason. */
const MIN_REASON = 5;
const ruleIdRule: NameRule = (id) =>
  /^L[1-9][0-9]{0,2}$/.test(id) ? undefined : 'use the id of a rule of "github-oidc check", as in "L17"';
/** Not quoted when wrong, for the same reason. */
const unquoted = (key: string, rule: NameRule) =>
  z.string().check((context) => {
    const wrong = rule(context.value);
    if (wrong) context.issues.push({ code: "custom", input: context.value, message: `"${key}" ${wrong}` });
  });
/** @see https://github.com/integrations/terraform-provider-github/releases */
const providerVersionRule: NameRule = (version) => {
  const [, minor = "", patch = "0"] = /^6\.([0-9]{1,3})(?:\.([0-9]{1,3}))?$/.exec(version) ?? [];
  return minor !== "" && (Number(minor) > 9 || (Number(minor) === 9 && Number(patch) >= 1))
    ? undefined
    : 'use a version from "6.9.1" on and below 7, as in "6.12"';
};
const kmsKeyRule: NameRule = (key) =>
  /^[A-Za-z0-9:/_-]{1,2048}$/.test(key) ? undefined : 'use the ARN, id or alias of a KMS key, as in "alias/terraform"';
const tableRule: NameRule = (name) =>
  /^[A-Za-z0-9_.-]{3,255}$/.test(name)
    ? undefined
    : "use the name of a DynamoDB table: 3 to 255 letters, digits, dots, hyphens and underscores";
const stateKeyRule: NameRule = (key) =>
  key.trim() === "" || hasControlCharacter(key) || isExpression(key) || /^\/|\/$/.test(key)
    ? 'use the key of an S3 object, without "/" at its start or end, as in "github-access.tfstate"'
    : undefined;
const bucketRule: NameRule = (name) =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
    ? undefined
    : "use the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens";
const repositoryReferenceRule: NameRule = (name) =>
  name.includes("/")
    ? splitFullName(name)
      ? undefined
      : 'write it as "NAME" or "OWNER/NAME"'
    : repositoryNameRule(name);

const variableName = text("variable name", variableNameRule);
const secretName = text("secret name", variableNameRule);
const roleArn = text("role", arnRule("role"));
const subjectsMode = z.enum(["lookup", "name", "immutable", "both"]);
const subjects = z.union([
  subjectsMode,
  z.strictObject({
    both: z
      .strictObject({
        until: text("date", dateRule).describe(
          "Last day on which both forms are trusted, as in `2027-01-31`; after it the file is refused",
        ),
      })
      .describe("Both forms, up to a day"),
  }),
]);
const claimValue = text("claim value", (value) =>
  value.trim() === "" ? "write the value that the token must have" : undefined,
);
const filterText = text("value", (value) =>
  value.length > TRUST_POLICY_LENGTH.max
    ? `shorten it: it has ${value.length} characters, and no trust policy has room for so many`
    : undefined,
);

const tags = named("tag key", tagKeyRule, text("tag value", tagValueRule));

const claim = (description: string) =>
  z
    .union([claimValue, z.array(claimValue).min(1)])
    .optional()
    .describe(description);

/** What AWS makes condition keys of, and no other claim. */
const claims = {
  actor: claim("Login of who started the run; apps are `NAME[bot]`"),
  actor_id: claim("Numeric id of who started the run"),
  enterprise_id: claim("Numeric id of the enterprise"),
  environment: claim("Deployment environment that the job names"),
  job_workflow_ref: claim("Workflow that the job's steps come from: `workflow` next to `claims` does the same for one"),
  ref: claim("Full ref that the job runs on: `refs/heads/main`, `refs/tags/v*`, `refs/pull/*/merge`"),
  repository: claim("`OWNER/NAME`, without ids"),
  repository_id: claim("Numeric id of the repository"),
  repository_owner_id: claim("Numeric id of the owner"),
  workflow: claim("Name of the workflow, which whoever writes it chooses"),
} satisfies Record<GithubClaimKey, z.ZodType>;
const templateKeyRule: NameRule = (key) => {
  if (isTemplateKey(key)) return undefined;
  const meant = nearest(key, ["repo", "context", ...SUBJECT_CLAIMS]);
  return `GitHub mints no such claim: ${meant === undefined ? 'name "repo", "context" or a claim of its tokens' : `did you mean "${meant}"?`}`;
};

const filterShape = {
  branch: filterText.optional().describe('Branch, or pattern with "*" and "?"'),
  tag: filterText.optional().describe('Tag, or pattern with "*" and "?"'),
  environment: filterText.optional().describe("Deployment environment that the job names"),
  mergeQueue: filterText.optional().describe("Branch whose merge queue the job runs for"),
  pullRequest: z.boolean().optional().describe("`true`: jobs of pull requests, code that nobody has reviewed yet"),
  any: z.boolean().optional().describe("`true`: every job of the repository"),
  repository: text("repository", repositoryReferenceRule)
    .optional()
    .describe("Another repository: `NAME` of the same owner, or `OWNER/NAME`"),
  workflow: filterText
    .optional()
    .describe("Reusable workflow (`job_workflow_ref`): `OWNER/REPO/.github/workflows/FILE.yml@refs/heads/BRANCH`"),
  claims: z
    .strictObject(claims)
    .optional()
    .describe("Other claims that AWS knows, by name; several values are alternatives"),
  subjectClaims: named("claim", templateKeyRule, z.union([claimValue, z.array(claimValue).min(1)]))
    .optional()
    .describe(
      "Claims that the repository's subject template carries, and AWS has no key of; several values are alternatives",
    ),
  subject: filterText.optional().describe("The whole subject, written out: the escape hatch for customised templates"),
};

const suppressionReason = text("reason", (value) =>
  value.trim().length < MIN_REASON ? "say why this is no problem here, in a few words" : undefined,
);
const suppress = named(
  "rule",
  ruleIdRule,
  z.union([
    suppressionReason,
    z.strictObject({
      reason: suppressionReason.describe("Why it is no problem here"),
      until: text("last day", dateRule)
        .optional()
        .describe("Last day, as `2027-01-31`: from the next one on it is found again. Default: no end"),
    }),
  ]),
)
  .optional()
  .describe("Findings of `github-oidc check` that are excused here and below: rule → reason, or `{reason, until}`");

const stateAccess = z.strictObject({
  in: text("states", anything)
    .optional()
    .describe("Name of the bucket under `states`. May be left out where there is only one"),
  key: text("state", stateOrFolderRule).describe(
    "Key of the state, as its backend is given it; with `/` at the end every state below it",
  ),
  access: z
    .enum(STATE_ACCESS)
    .describe("`read` plans without a lock, `lock` also takes and releases the lock, `write` applies"),
});
/** Claims in order. What is wrong between them is told where each by itself is right. */
const templateClaims = z
  .array(text("claim", templateKeyRule))
  .min(1)
  .check((context) => {
    const remedy =
      context.value.length > 0 && context.value.every(isTemplateKey) ? templateRule(context.value) : undefined;
    if (remedy)
      context.issues.push({
        code: "custom",
        input: context.value,
        message: `subject template ${quote(context.value.join(", "))}: ${remedy}`,
      });
  });
const repositoryTemplate = z.union([z.literal("default"), z.literal("organization"), templateClaims]);
const organizationTemplate = z.union([z.literal("default"), templateClaims]);
const ALSO = "Template that is trusted as well while the change is applied: the one before. Default: none";
const subjectTemplate = z.union([
  ...repositoryTemplate.options,
  z.strictObject({
    claims: repositoryTemplate.describe("The template: claims in order, `default` or `organization`"),
    also: repositoryTemplate.optional().describe(ALSO),
  }),
]);

const organizationReach = z.union([
  z.literal("all"),
  z.literal("private"),
  z.array(text("repository", repositoryNameRule)),
]);

const publishedFact = {
  value: z
    .enum(ROLE_FACTS)
    .optional()
    .describe("What of the role: `arn`, `name`, or its account's `region`, `accountId`, `partition`. Default: `arn`"),
  organization: organizationReach
    .optional()
    .describe("Publishes in the organization instead, for `all` repositories, the `private` ones, or those listed"),
};
const publishAsVariable = z.strictObject({ variable: variableName.describe("Name of the variable"), ...publishedFact });
const publishAsSecret = z.strictObject({ secret: secretName.describe("Name of the secret"), ...publishedFact });
const publish = z.union([
  z.literal(false),
  publishAsVariable,
  publishAsSecret,
  z.array(z.union([publishAsVariable, publishAsSecret])),
]);

const policyDocuments = named(
  "policy name",
  policyNameRule,
  z.union([
    text("policy file", (name) =>
      name.trim() === "" || hasControlCharacter(name)
        ? "name a JSON file below the folder of the access file"
        : undefined,
    ),
    z.looseObject({}),
  ]),
);
const externalId = text("external id", externalIdRule);
const tagSession = z.boolean().optional();
const otherPrincipal = z.union([
  z.strictObject({
    account: text("account id", accountIdRule).describe(
      "The 12 digits of an account: whoever its own policies allow may assume the role",
    ),
    externalId: externalId.optional().describe("External id that the caller must give. Default: none"),
    tagSession: tagSession.describe("Sessions may carry tags. Default: `false`"),
  }),
  z.strictObject({
    role: text("role", trustedRoleRule).describe("ARN of the role that may assume this one"),
    externalId: externalId.optional().describe("External id that the caller must give. Default: none"),
    tagSession: tagSession.describe("Sessions may carry tags. Default: `false`"),
  }),
  z.strictObject({
    service: text("service", serviceRule).describe("AWS service, as in `ecs-tasks.amazonaws.com`"),
    sourceAccount: z
      .union([z.literal(false), text("account id", accountIdRule)])
      .optional()
      .describe(
        "Account for whose resources the service may act; `false` for a service that does not say. Default: the role's account",
      ),
  }),
]);
/** Keys and ids are judged where they are followed: of a choice between shapes only the shape is judged here. */
const assumption = z.union([
  z.string(),
  z.strictObject({
    role: z.string().describe("Key under `chainedRoles`"),
    externalId: z.string().optional().describe("External id that the caller must give. Default: none"),
    tagSession: tagSession.describe(
      "Sessions may carry tags, as `aws-actions/configure-aws-credentials` sends when it chains roles. Default: `true`",
    ),
  }),
]);
const ASSUMES = "Chained roles that this role may assume, by their keys: permission here and trust there";

const roleShape = {
  account: text("account", anything)
    .optional()
    .describe("Name of the account the role is in. May be left out where there is only one"),
  accounts: z
    .union([z.literal("all"), z.array(text("account", anything))])
    .optional()
    .describe(
      "Accounts that the role is in, in place of `account`: a list, or `all`. What each publishes ends in `_<ACCOUNT>`",
    ),
  name: text("role name", roleNameRule)
    .optional()
    .describe("Name of the role. Default: `<repository>-<environment or role key>`"),
  description: text("description", descriptionRule).optional().describe("Description of the role in IAM"),
  sessionDuration: z
    .union([z.string(), z.number()])
    .check((context) => {
      const remedy = durationRule(context.value);
      if (remedy)
        context.issues.push({
          code: "custom",
          input: context.value,
          message: `session duration ${quote(context.value)}: ${remedy}`,
        });
    })
    .optional()
    .describe("Longest session: `1h`, `90m`, or seconds; 1 h to 12 h. Default: `1h`"),
  sessionName: text("session name", sessionNameRule)
    .optional()
    .describe(
      'Name that sessions must have (`role-session-name`), or pattern with "*" and "?", for CloudTrail. Default: any name',
    ),
  managedPolicies: z
    .array(text("policy", policyReferenceRule))
    .optional()
    .describe("Managed policies: names of AWS's own (`ReadOnlyAccess`, `job-function/ViewOnlyAccess`) or full ARNs"),
  alsoTrusts: z
    .array(otherPrincipal)
    .optional()
    .describe("Who may assume the role in addition to GitHub's jobs: accounts, roles and services"),
  assumes: z.array(assumption).optional().describe(ASSUMES),
  customerPolicies: policyDocuments
    .optional()
    .describe(
      "Managed policies made for the role, for documents too large for inline ones: key → path of a JSON policy file, or the document itself. Named `<role>-<key>`",
    ),
  inlinePolicies: policyDocuments
    .optional()
    .describe("Inline policies: name → path of a JSON policy file, relative to this file, or the document itself"),
  permissionsBoundary: z
    .union([text("permissions boundary", arnRule("policy")), z.literal(false)])
    .optional()
    .describe("ARN of the policy that bounds the role. Default: that of the account"),
  exclusive: z
    .boolean()
    .optional()
    .describe("`true`: policies that somebody else gives the role are taken off it. Default: that of the account"),
  tags: tags
    .optional()
    .describe("Tags of the role, in addition to those of the account; for a key that both have, this value wins"),
  state: z
    .union([stateAccess, z.array(stateAccess).min(1)])
    .optional()
    .describe("Terraform states that the role may use, one or a list: makes the inline policy `terraform-state`"),
  suppress,
};

const environmentRole = z.strictObject({
  ...roleShape,
  publish: publish
    .optional()
    .describe(
      "Where the role's ARN goes in the environment. Default: `{variable: AWS_ROLE_ARN}`; `false` publishes neither ARN nor region, and a list just what it names",
    ),
});

const formerRoleKey = text("role key", roleKeyRule)
  .optional()
  .describe("Key that the role had before: what belongs to it is kept. For as long as a stack is not applied");

const repositoryRole = z.strictObject({
  ...roleShape,
  allow: z
    .array(z.strictObject(filterShape))
    .min(1)
    .describe("Which jobs may assume the role: a list of alternatives; the keys inside one entry must all hold"),
  split: z
    .literal("perRepository")
    .optional()
    .describe(
      "`perRepository`: a role for each repository in `allow`, `<name>-<repository>`, published in that repository. For trust that no one policy has room for",
    ),
  pullRequestsMayDeploy: z
    .boolean()
    .optional()
    .describe("`true` where `allow` intentionally has both pull requests and an environment. Default: `false`"),
  publish: publish.optional().describe("Where the role's ARN goes in the repository. Default: nowhere"),
  formerly: formerRoleKey,
});

const fromVariable = {
  fromVariable: terraformVariable.describe("Terraform variable that holds the secret; declared sensitive"),
};
const sealed = {
  encrypted: unquoted("encrypted", sealedValueRule).describe(
    "The secret, sealed with the public key of the place that it goes to, in base64",
  ),
  keyId: unquoted("keyId", keyIdRule).describe("Id of that public key, quoted"),
};
const secretValue = z.union([z.strictObject(fromVariable), z.strictObject(sealed)]);

const environment = z.strictObject({
  account: text("account", anything)
    .optional()
    .describe("Account whose stack makes the environment: of one without a role, or with roles in several accounts"),
  reviewers: z
    .strictObject({
      teams: z.array(text("team", teamSlugRule)).optional().describe("Slugs of teams of the owner"),
      users: z.array(text("user", ownerLoginRule)).optional().describe("Logins"),
    })
    .optional()
    .describe("Who must approve a deployment: up to six teams and users, one approval suffices"),
  waitTimer: z
    .int()
    .min(0)
    .max(MAX_WAIT_TIMER)
    .optional()
    .describe("Minutes a job waits before it starts, 0 to 43200. Default: `0`"),
  preventSelfReview: z
    .boolean()
    .optional()
    .describe("Whoever started a deployment may not approve it. Default: `false`"),
  adminsCanBypass: z
    .boolean()
    .optional()
    .describe("Administrators of the repository may skip the rules. Default: `false`"),
  deployFrom: z
    .union([
      z.literal("protectedBranches"),
      z.strictObject({
        branches: z
          .array(text("branch pattern", deploymentPatternRule))
          .optional()
          .describe("Branches that may deploy: names or patterns"),
        tags: z
          .array(text("tag pattern", deploymentPatternRule))
          .optional()
          .describe("Tags that may deploy: names or patterns"),
      }),
    ])
    .optional()
    .describe(
      "Which refs may deploy: `protectedBranches`, of which there must be one, or patterns. Default: every ref",
    ),
  variables: named("variable name", variableNameRule, variableValue)
    .optional()
    .describe("Variables of the environment"),
  secrets: named("secret name", variableNameRule, secretValue)
    .optional()
    .describe("Secrets of the environment, each from a sensitive Terraform variable, or sealed"),
  role: environmentRole.optional().describe("The AWS role that only jobs of this environment can assume"),
  formerly: text("environment name", environmentNameRule)
    .optional()
    .describe("Name that the environment had before: its role is kept. For as long as a stack is not applied"),
  roles: named("role key", roleKeyRule, environmentRole.extend({ formerly: formerRoleKey }))
    .optional()
    .describe(
      "Further such roles, by a key of your choice. Default name: `<repository>-<environment>-<key>`; default variables `AWS_ROLE_ARN_<KEY>` and `AWS_REGION_<KEY>`",
    ),
  suppress,
});

const {
  description,
  sessionDuration,
  sessionName,
  managedPolicies,
  customerPolicies,
  inlinePolicies,
  permissionsBoundary,
  exclusive,
  tags: roleTags,
  state,
} = roleShape;
const pairRole = {
  description,
  sessionDuration,
  sessionName,
  managedPolicies,
  customerPolicies,
  inlinePolicies,
  permissionsBoundary,
  exclusive,
  tags: roleTags,
  state: state.describe("Further states that the role may use, one or a list"),
};
const ownPairRole = { ...pairRole, name: roleShape.name, suppress };

const pairState = z.union([
  text("states", anything),
  z.strictObject({
    in: text("states", anything)
      .optional()
      .describe("Name of the bucket under `states`. May be left out where there is only one"),
    key: text("state", stateOrFolderRule)
      .optional()
      .describe(
        "Key of the state, or of all below it. Default: `<repository>/`, for a pair in a list `<repository>/<account>/`",
      ),
  }),
]);

const pairSettings = {
  environment: text("environment name", environmentNameRule)
    .optional()
    .describe("Environment that applies. Default: the account's name"),
  branch: text("branch", (name) => refNameRule(name) ?? deploymentPatternRule(name))
    .optional()
    .describe(
      "Branch that is planned, and that the environment is made for where the file has none of its name. Default: `main`",
    ),
  workflow: filterText
    .optional()
    .describe("Reusable workflow that plans (`job_workflow_ref`): no other job gets the plan role"),
  state: pairState
    .optional()
    .describe(
      "State of the pair, locked by the plan role and written by the apply role: name of the bucket under `states`, or `{in, key}`. Default: none",
    ),
};

const pairDefaults = z.strictObject({
  ...pairSettings,
  plan: z.strictObject(pairRole).optional().describe("What plan roles have in common"),
  apply: z.strictObject(pairRole).optional().describe("What apply roles have in common"),
});

const pair = z.strictObject({
  account: text("account", anything)
    .optional()
    .describe("Name of the account. May be left out where there is only one"),
  ...pairSettings,
  plan: z
    .strictObject({
      ...ownPairRole,
      publish: publish
        .optional()
        .describe(
          "Where the role's ARN goes in the repository. Default: `{variable: AWS_PLAN_ROLE_ARN}`, for a pair in a list `AWS_PLAN_ROLE_ARN_<ACCOUNT>`",
        ),
    })
    .optional()
    .describe("The plan role. Default: `managedPolicies: [ReadOnlyAccess]`"),
  apply: z
    .strictObject({
      ...ownPairRole,
      publish: publish
        .optional()
        .describe("Where the role's ARN goes in the environment. Default: `{variable: AWS_ROLE_ARN}`"),
    })
    .optional()
    .describe("The apply role: what it may do must be said, here or for the account"),
});

const pairOrAccount = z.union([text("account", anything), pair]);

const repository = z.strictObject({
  id: text("id", numericIdRule)
    .optional()
    .describe(
      "Numeric id of the repository, quoted: for `immutable`, and for `both` where the plan should not read it",
    ),
  visibility: z
    .enum(VISIBILITIES)
    .optional()
    .describe("What the repository is on GitHub, for what the plan grants. Default: `private`"),
  account: text("account", anything)
    .optional()
    .describe(
      "Account whose stack manages what belongs to the whole repository, as `variables`, `secrets`, `subjectTemplate` and `protectBranches`. May be left out where there is only one",
    ),
  protectBranches: z
    .array(text("branch", protectedBranchRule))
    .min(1)
    .optional()
    .describe(
      "Branches to protect: changes need a pull request that one other person has approved, administrators' too. Other rules of the branch are replaced",
    ),
  subjects: subjects
    .optional()
    .describe("How this repository's subjects are written. Default: that of `github.subjects`"),
  subjectTemplate: subjectTemplate
    .optional()
    .describe(
      "What this repository's subjects are made of, set on GitHub and trusted: claims in order, `organization` for its template, or `default`. Default: not set, and GitHub's own form is trusted",
    ),
  variables: named("variable name", variableNameRule, variableValue)
    .optional()
    .describe("Variables of the whole repository"),
  secrets: named("secret name", variableNameRule, secretValue)
    .optional()
    .describe("Secrets of the whole repository, each from a sensitive Terraform variable, or sealed"),
  environments: named("environment name", environmentNameRule, environment.nullable())
    .optional()
    .describe("Deployment environments to create, by name"),
  formerly: text("repository name", repositoryNameRule)
    .optional()
    .describe(
      "Name that the repository had before it was renamed on GitHub: what belongs to it is kept. For as long as a stack is not applied",
    ),
  roles: named("role key", roleKeyRule, repositoryRole)
    .optional()
    .describe("Roles that are not tied to one environment, by a key of your choice"),
  terraform: z
    .union([text("account", anything), pair, z.array(pairOrAccount).min(1)])
    .optional()
    .describe("A plan and an apply role: name of the account, or settings, or a list of these for several accounts"),
  suppress,
});

const account = z.strictObject({
  id: text("account id", accountIdRule).describe("The 12 digits of the account, quoted"),
  region: text("region", regionRule).describe(
    "Region of the provider, as in `eu-west-1`; the partition follows from it",
  ),
  oidcProvider: z
    .enum(["create", "existing"])
    .optional()
    .describe("`create` the IAM OIDC provider, or look up the `existing` one. Default: `create`"),
  audiences: z
    .array(text("audience", audienceRule))
    .min(1)
    .optional()
    .describe("Audiences of the tokens. Default: the partition's, `sts.amazonaws.com` or `sts.amazonaws.com.cn`"),
  claimKeys: z
    .literal("asserted")
    .optional()
    .describe(
      "`asserted`: you know, as from a test, that AWS compares GitHub's own claims here, which it documents for github.com in partition `aws` alone. Default: entries of `allow` that need them are refused elsewhere",
    ),
  permissionsBoundary: text("permissions boundary", arnRule("policy"))
    .optional()
    .describe("ARN of the policy that bounds the roles of the account"),
  exclusive: z
    .boolean()
    .optional()
    .describe("`true`: policies that somebody else gives a role of this file are taken off it. Default: `false`"),
  rolePath: text("role path", pathRule)
    .optional()
    .describe("Path of every role of the account, and of policies made for them. Default: `/`"),
  tags: tags.optional().describe("Tags of every role, of policies made for them, and of a provider that is created"),
  preventDestroy: z
    .boolean()
    .optional()
    .describe(
      "Refuse plans that destroy or replace the account's OIDC provider, roles and environments, for as long as they are in the file. Default: `false`",
    ),
  assumeRole: roleArn.optional().describe("Role that Terraform assumes in the account"),
  trustPolicyQuota: z
    .int()
    .min(TRUST_POLICY_LENGTH.default)
    .max(TRUST_POLICY_LENGTH.max)
    .optional()
    .describe(
      "Most characters of a trust policy, where AWS has raised the account's quota: 2048 to 8192. Default: `2048`",
    ),
  terraform: pairDefaults
    .optional()
    .describe("What all plan and apply pairs of the account have, unless a repository says otherwise"),
  backend: z
    .strictObject({
      s3: z
        .strictObject({
          bucket: text("bucket", bucketRule).describe("Bucket that holds the state"),
          key: text("key", stateKeyRule).describe("Key of this account's state: another one for each account"),
          region: text("region", regionRule).describe("Region of the bucket"),
          encrypt: z.boolean().optional().describe("Encrypt the state. Default: `true`"),
          kmsKeyId: text("KMS key", kmsKeyRule).optional().describe("KMS key that encrypts the state"),
          useLockfile: z
            .boolean()
            .optional()
            .describe("Lock with a file next to the state. Needs Terraform 1.10. Default: `false`"),
          dynamodbTable: text("table", tableRule).optional().describe("DynamoDB table that locks the state"),
          assumeRole: roleArn.optional().describe("Role that Terraform assumes to reach the state"),
        })
        .describe("State in S3"),
    })
    .optional()
    .describe("Where the state is. Default: a local file, `terraform.<account>.tfstate`"),
});

const chainedRole = z.strictObject({
  account: roleShape.account,
  name: roleShape.name.describe("Name of the role. Default: its key"),
  description: roleShape.description,
  sessionDuration: sessionDuration.describe(
    "Longest session. Chained sessions last `1h` at most, and that is the default",
  ),
  alsoTrusts: roleShape.alsoTrusts,
  managedPolicies,
  inlinePolicies,
});

const reach = {
  repositories: organizationReach.describe(
    "Which repositories see it: `all`, `private` (those that are not public), or a list of names",
  ),
};
const organization = z.strictObject({
  account: text("account", anything)
    .optional()
    .describe("Account whose stack manages what is the organization's. May be left out where there is only one"),
  variables: named(
    "variable name",
    variableNameRule,
    z.strictObject({ value: variableValue.describe("Its value"), ...reach }),
  )
    .optional()
    .describe("Variables of the organization"),
  secrets: named(
    "secret name",
    variableNameRule,
    z.union([z.strictObject({ ...fromVariable, ...reach }), z.strictObject({ ...sealed, ...reach })]),
  )
    .optional()
    .describe("Secrets of the organization, each from a sensitive Terraform variable, or sealed"),
  subjectTemplate: z
    .union([
      ...organizationTemplate.options,
      z.strictObject({
        claims: organizationTemplate.describe("The template: claims in order, or `default`"),
        also: organizationTemplate.optional().describe(ALSO),
      }),
    ])
    .optional()
    .describe("What subjects are made of in repositories that opt in with `subjectTemplate: organization`"),
});

const states = z.strictObject({
  bucket: text("bucket", bucketRule).describe("Bucket that holds the states"),
  account: text("account", anything)
    .optional()
    .describe("Name of the account that the bucket is in. May be left out where there is only one"),
  region: text("region", regionRule)
    .optional()
    .describe("Region of the bucket, of its key and its table. Default: the account's"),
  lock: z
    .union([
      z.literal("file"),
      z.literal("none"),
      z.strictObject({ dynamodbTable: text("table", tableRule).describe("Table whose items are the locks") }),
    ])
    .optional()
    .describe(
      "How Terraform locks a state: with a `file` next to it (`use_lockfile`), in a DynamoDB table, or not at all. Default: `file`",
    ),
  kmsKey: text("KMS key", anything)
    .optional()
    .describe("ARN of the KMS key that encrypts the states. Default: one of S3's own, which needs no permission"),
});

export const accessConfigSchema = z.strictObject({
  github: z
    .strictObject({
      owner: text("owner", ownerLoginRule).describe("Login of the organization or user, in GitHub's own spelling"),
      host: text("host", hostRule)
        .optional()
        .describe(
          "`github.com`, a GitHub Enterprise Server, or `SUB.ghe.com`; decides issuer and API address. Default: `github.com`",
        ),
      enterpriseSlug: text("enterprise slug", enterpriseSlugRule)
        .optional()
        .describe("The enterprise's slug, when it was put into the issuer"),
      plan: z
        .enum(GITHUB_PLANS)
        .optional()
        .describe(
          "`free`, `pro`, `team` or `enterprise`: what the plan does not grant is then found before GitHub refuses it",
        ),
      ownerId: text("owner id", numericIdRule)
        .optional()
        .describe("Numeric id of the owner, quoted: for `immutable`, and for `both` where the plan should not read it"),
      terraformProvider: text("version", providerVersionRule)
        .optional()
        .describe(
          "Least version of GitHub's provider for Terraform, quoted. From `6.12` on secrets have its newer arguments. Default: `6.9.1`",
        ),
      subjects: subjects
        .optional()
        .describe(
          "How `sub` is written: `lookup` reads the repository's real prefix inside the plan, `name`, `immutable` by the ids given, or `both` (`{both: {until: 2027-01-31}}` up to a day). Default: `lookup`",
        ),
    })
    .describe("Where the repositories are. One file, one owner"),
  accounts: named("account name", accountNameRule, account).describe(
    "AWS accounts by a name of your choice: each is one stack, one state, one plan",
  ),
  states: named("name of states", roleKeyRule, states)
    .optional()
    .describe(
      "Buckets that hold Terraform states, by a name of your choice: roles say under `state` what they may do there",
    ),
  repositories: named("repository name", repositoryNameRule, repository.nullable()).describe(
    "Repositories of the owner, by name",
  ),
  chainedRoles: named("role key", roleKeyRule, chainedRole)
    .optional()
    .describe("Roles that other roles of the file assume (`assumes`), and no job of GitHub's by itself"),
  organization: organization
    .optional()
    .describe("What belongs to the owner as a whole, which has to be an organization"),
});

/** The access file as a person writes it. TypeScript users write the same object literally. */
export type AccessConfig = z.input<typeof accessConfigSchema>;

export type AccountConfig = AccessConfig["accounts"][string];
export type RepositoryConfig = NonNullable<AccessConfig["repositories"][string]>;
export type EnvironmentConfig = NonNullable<NonNullable<RepositoryConfig["environments"]>[string]>;
export type EnvironmentRoleConfig = NonNullable<EnvironmentConfig["role"]>;
export type RepositoryRoleConfig = NonNullable<RepositoryConfig["roles"]>[string];
export type ChainedRoleConfig = NonNullable<AccessConfig["chainedRoles"]>[string];
export type AssumptionConfig = NonNullable<EnvironmentRoleConfig["assumes"]>[number];
export type SubjectTemplateConfig =
  | NonNullable<RepositoryConfig["subjectTemplate"]>
  | NonNullable<NonNullable<AccessConfig["organization"]>["subjectTemplate"]>;
export type SubjectsConfig = z.infer<typeof subjects>;
export type PairConfig = z.infer<typeof pair>;
export type PairDefaults = z.infer<typeof pairDefaults>;
export type SubjectsMode = z.infer<typeof subjectsMode>;
export type OrganizationConfig = NonNullable<AccessConfig["organization"]>;
export type PublishConfig = z.infer<typeof publish>;
export type PublishItem = z.infer<typeof publishAsVariable> | z.infer<typeof publishAsSecret>;
export type StatesConfig = NonNullable<AccessConfig["states"]>[string];
export type StateAccessConfig = z.infer<typeof stateAccess>;
