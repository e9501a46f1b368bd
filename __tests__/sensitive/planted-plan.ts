import { ACCOUNT, ISSUER, trust } from "../readers/small-plan";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Values = Readonly<Record<string, Json>>;

/** Numbers from 0 up to a limit, the same for the same seed. */
export class Dice {
  constructor(private state: number) {}

  upTo(limit: number): number {
    this.state = (Math.imul(this.state ^ (this.state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((this.state ^ (this.state >>> 13)) >>> 0) % limit;
  }

  oneIn = (chances: number): boolean => this.upTo(chances) === 0;
  of = <T>(items: readonly T[]): T => items[this.upTo(items.length)] as T;
}

/** Names that the resources share. Those that are secret are marked where the configuration sets them, and nowhere else. */
interface Names {
  readonly role: string;
  readonly policy: string;
  readonly repository: string;
  readonly environment: string;
  readonly team: string;
  readonly subject: string;
}

const ROLE_ARN = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::octo/*" }],
});

/** All the types that are read, each with what its provider knows, and the arguments that a name was given to. */
function resources(
  names: Names,
): Record<string, { readonly values: Values; readonly named?: Partial<Record<keyof Names, readonly string[]>> }> {
  const { role, policy, repository, environment, team, subject } = names;
  const policyArn = `arn:aws:iam::${ACCOUNT}:policy/${policy}`;
  const full = `octo-org/${repository}`;
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${ISSUER}:sub`]: subject } },
      },
    ],
  });
  const inRepository = { repository: ["repository"] };
  const inEnvironment = { repository: ["repository"], environment: ["environment"] };
  return {
    "aws_iam_role.hidden": {
      values: {
        name: role,
        name_prefix: null,
        path: "/",
        arn: ROLE_ARN(role),
        id: role,
        unique_id: "AROA1",
        assume_role_policy: document,
        managed_policy_arns: [policyArn],
        inline_policy: [{ name: "inline", policy: POLICY }],
        max_session_duration: 3600,
        permissions_boundary: policyArn,
        tags: { a: "b" },
      },
      named: { role: ["name"] },
    },
    "aws_iam_role.ci": {
      values: {
        name: "ci",
        path: "/",
        arn: ROLE_ARN("ci"),
        id: "ci",
        assume_role_policy: trust(`repo:octo-org/web:environment:production`),
        managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        inline_policy: [
          { name: "a", policy: POLICY },
          { name: "b", policy: POLICY },
        ],
        max_session_duration: 7200,
        permissions_boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
      },
    },
    "aws_iam_role.other": {
      values: {
        name: "other",
        path: "/x/",
        arn: ROLE_ARN("x/other"),
        id: "other",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { AWS: [ROLE_ARN(role), ROLE_ARN("ci")] }, Action: "sts:AssumeRole" },
          ],
        }),
        managed_policy_arns: [],
        inline_policy: [],
        max_session_duration: 3600,
      },
    },
    "aws_iam_policy.p": {
      values: { name: policy, path: "/", arn: policyArn, id: policyArn, policy: POLICY, description: "what" },
      named: { policy: ["name"] },
    },
    "aws_iam_role_policy_attachment.a": { values: { role, policy_arn: policyArn, id: `${role}-1` } },
    "aws_iam_policy_attachment.a": {
      values: { name: "attachment", roles: [role, "ci"], users: [], policy_arn: policyArn },
    },
    "aws_iam_role_policy.i": { values: { name: "given", role, policy: POLICY, id: `${role}:given` } },
    "aws_iam_role_policy.of_ci": { values: { name: "given", role: "ci", policy: POLICY, id: "ci:given" } },
    "aws_iam_role_policies_exclusive.x": { values: { role_name: "ci", policy_names: ["given", "a"] } },
    "aws_iam_role_policy_attachments_exclusive.x": {
      values: { role_name: role, policy_arns: [policyArn, "arn:aws:iam::aws:policy/ReadOnlyAccess"] },
    },
    "aws_iam_openid_connect_provider.github": {
      values: {
        url: `https://${ISSUER}`,
        arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
        id: "x",
        client_id_list: ["sts.amazonaws.com"],
        thumbprint_list: [],
      },
    },
    "data.aws_iam_openid_connect_provider.github": {
      values: {
        url: `https://${ISSUER}`,
        arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
        id: "x",
        client_id_list: ["sts.amazonaws.com"],
      },
    },
    "data.aws_iam_policy_document.d": {
      values: {
        version: "2012-10-17",
        statement: [
          {
            sid: "",
            effect: "Allow",
            actions: ["sts:AssumeRoleWithWebIdentity"],
            principals: [{ type: "Federated", identifiers: [`arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`] }],
            condition: [{ test: "StringEquals", variable: `${ISSUER}:sub`, values: [subject] }],
          },
        ],
        json: document,
        minified_json: document,
      },
    },
    "data.aws_caller_identity.me": { values: { account_id: ACCOUNT, arn: ROLE_ARN("me"), id: ACCOUNT } },
    "github_repository.web": {
      values: {
        name: repository,
        full_name: full,
        id: repository,
        repo_id: 74,
        visibility: "private",
        html_url: `https://github.com/${full}`,
      },
      named: { repository: ["name"] },
    },
    "data.github_repository.web": { values: { name: "api", full_name: "octo-org/api", id: "api", repo_id: 75 } },
    "github_repository_environment.e": {
      values: {
        repository,
        environment,
        id: `${repository}:${environment}`,
        wait_timer: 10,
        prevent_self_review: true,
        can_admins_bypass: false,
        reviewers: [{ teams: [7], users: [8] }],
        deployment_branch_policy: [{ protected_branches: false, custom_branch_policies: true }],
      },
      named: inEnvironment,
    },
    "github_repository_environment_deployment_policy.b": {
      values: { repository, environment, branch_pattern: "main", tag_pattern: "" },
      named: inEnvironment,
    },
    "github_repository_deployment_branch_policy.b": {
      values: { repository, environment_name: environment, name: "release/*" },
      named: { repository: ["repository"], environment: ["environment_name"] },
    },
    "github_actions_environment_secret.s": {
      values: {
        repository,
        environment,
        secret_name: "AWS_ROLE_ARN",
        plaintext_value: ROLE_ARN("ci"),
        encrypted_value: null,
      },
      named: inEnvironment,
    },
    "github_actions_environment_variable.v": {
      values: { repository, environment, variable_name: "AWS_ROLE_ARN", value: ROLE_ARN(role) },
      named: inEnvironment,
    },
    "github_actions_secret.s": { values: { repository: "web", secret_name: "AWS_ROLE_ARN", value: ROLE_ARN("ci") } },
    "github_actions_variable.v": {
      values: { repository, variable_name: "AWS_ROLE_ARN", value: ROLE_ARN(role) },
      named: inRepository,
    },
    "github_actions_organization_secret.s": {
      values: {
        secret_name: "AWS_ROLE_ARN",
        visibility: "selected",
        plaintext_value: ROLE_ARN("ci"),
        selected_repository_ids: [],
      },
    },
    "github_actions_organization_secret_repositories.s": {
      values: { secret_name: "AWS_ROLE_ARN", selected_repository_ids: [74, 75] },
    },
    "github_actions_organization_variable.v": {
      values: {
        variable_name: "AWS_ROLE_ARN",
        visibility: "all",
        value: ROLE_ARN(role),
        selected_repository_ids: null,
      },
    },
    "github_actions_organization_oidc_subject_claim_customization_template.t": {
      values: { include_claim_keys: ["repo", "context"] },
    },
    "github_actions_repository_oidc_subject_claim_customization_template.t": {
      values: { repository, use_default: false, include_claim_keys: ["repo", "ref"] },
      named: inRepository,
    },
    "github_branch_protection.p": { values: { repository_id: repository, pattern: "main" } },
    "github_branch_protection_v3.p": { values: { repository, branch: "main" }, named: inRepository },
    "github_organization_ruleset.r": { values: { name: "r", target: "branch", enforcement: "active" } },
    "github_repository_ruleset.r": {
      values: { name: "r", repository, target: "branch", enforcement: "active" },
      named: inRepository,
    },
    "data.github_rest_api.r": {
      values: { endpoint: `repos/${full}/branches?protected=true&per_page=100`, body: "[]" },
    },
    "github_team.t": { values: { name: team, slug: team.toLowerCase(), id: "7" }, named: { team: ["name"] } },
    "data.github_team.t": { values: { slug: "octo", name: "Octo", id: "9" } },
    "data.github_user.u": { values: { username: "mona", login: "mona", id: "8", name: "Mona" } },
    "aws_db_instance.d": { values: { password: "x", endpoint: "y" } },
  };
}

/** A plan or a state in which values are marked sensitive, and a text of its own stands in each. */
export interface Planted {
  readonly text: string;
  readonly canaries: readonly string[];
}

class Planting {
  readonly canaries: string[] = [];

  constructor(readonly dice: Dice) {}

  canary(): string {
    const canary = `Canary${this.canaries.length}q${this.dice.upTo(100_000)}z`;
    this.canaries.push(canary);
    return canary;
  }

  /** Marks some places, and plants texts there. */
  mark(value: Json, depth = 0): { readonly value: Json; readonly marks: Json } {
    if (depth > 0 && this.dice.oneIn(depth === 1 ? 9 : 6)) return { value: this.planted(value), marks: true };
    if (Array.isArray(value)) {
      const each = (value as readonly Json[]).map((item) => this.mark(item, depth + 1));
      return { value: each.map((item) => item.value), marks: each.map((item) => item.marks) };
    }
    if (typeof value !== "object" || value === null) return { value, marks: false };
    const each = Object.entries(value).map(([key, item]) => [key, this.mark(item, depth + 1)] as const);
    return {
      value: Object.fromEntries(each.map(([key, item]) => [key, item.value])),
      marks: Object.fromEntries(each.flatMap(([key, { marks }]) => (marks === false ? [] : [[key, marks]]))),
    };
  }

  /** The same with something of its own in every text. */
  planted(value: Json): Json {
    if (typeof value === "string") return this.inText(value);
    if (Array.isArray(value)) return (value as readonly Json[]).map((each) => this.planted(each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.planted(each)]));
  }

  private inText(text: string): string {
    // What is planted already stands unmarked in other resources, in this form.
    if (this.canaries.some((each) => text.includes(each))) return text;
    const canary = this.canary();
    if (/^\{/.test(text))
      return this.dice.oneIn(3)
        ? canary
        : text.replace(/:environment:[a-z]+|octo\/\*|octo-org\/[A-Za-z0-9]+/, `$&${canary}`) +
            (this.dice.oneIn(2) ? ` ${canary}` : "");
    if (/^arn:|:\/\/|^repo:/.test(text)) return text + canary;
    return this.dice.oneIn(2) ? canary : `${text}${canary}`;
  }
}

const merged = (a: Json, b: Json): Json => {
  if (a === true || b === true) return true;
  if (typeof a !== "object" || a === null) return b;
  if (typeof b !== "object" || b === null) return a;
  if (Array.isArray(a) && Array.isArray(b))
    return (a as readonly Json[]).map((each, index) => merged(each, (b as readonly Json[])[index] ?? false));
  const [left, right] = [a as Values, b as Values];
  return Object.fromEntries(
    [...new Set([...Object.keys(left), ...Object.keys(right)])].map((key) => [
      key,
      merged(left[key] ?? false, right[key] ?? false),
    ]),
  );
};

export function plantedPlan(seed: number): Planted {
  const dice = new Dice(seed);
  const planting = new Planting(dice);
  const secret = {
    role: dice.oneIn(3),
    policy: dice.oneIn(3),
    repository: dice.oneIn(6),
    environment: dice.oneIn(6),
    team: dice.oneIn(3),
    subject: dice.oneIn(4),
  };
  const name = (key: keyof Names, plain: string): string => (secret[key] ? planting.canary() : plain);
  const names: Names = {
    role: name("role", "deploy"),
    policy: name("policy", "Deploy"),
    repository: name("repository", "web"),
    environment: name("environment", "production"),
    team: name("team", "octo-team"),
    subject: secret.subject ? `repo:octo-org/${planting.canary()}:*` : "repo:octo-org/web:ref:refs/heads/main",
  };
  const isState = dice.oneIn(5);
  const lists: Record<"changes" | "drift" | "prior" | "planned", object[]> = {
    changes: [],
    drift: [],
    prior: [],
    planned: [],
  };
  for (const [address, { values, named = {} }] of Object.entries(resources(names))) {
    const [mode, type, label] = address.startsWith("data.")
      ? ["data", ...address.slice(5).split(".")]
      : ["managed", ...address.split(".")];
    const given = (Object.keys(named) as (keyof Names)[])
      .filter((key) => secret[key])
      .flatMap((key) => named[key] ?? []);
    const always: Json = {
      ...Object.fromEntries(given.map((key) => [key, true])),
      ...(secret.subject && type === "aws_iam_policy_document"
        ? { statement: [{ condition: [{ values: [true] }] }] }
        : {}),
    };
    const side = (): { readonly value: Json; readonly marks: Json } => {
      if (dice.oneIn(25)) return { value: planting.planted(values), marks: true };
      const { value, marks } = dice.oneIn(2) ? { value: values, marks: {} } : planting.mark(values);
      return { value, marks: merged(marks, always) };
    };
    const entry = { address, mode, type, name: label };
    if (isState) {
      const { value, marks } = side();
      lists.planned.push({ ...entry, values: value, sensitive_values: marks });
    } else addToPlan(dice, lists, entry, side);
  }
  const root = (list: readonly object[]): object => ({ root_module: { resources: list } });
  if (isState)
    return {
      text: JSON.stringify({ format_version: "1.0", values: root(lists.planned) }),
      canaries: planting.canaries,
    };
  return {
    text: JSON.stringify({
      format_version: "1.2",
      variables: { secret: { value: planting.canary() } },
      planned_values: { outputs: { secret: { sensitive: true, value: planting.canary() } }, ...root(lists.planned) },
      prior_state: {
        format_version: "1.0",
        values: { outputs: { secret: { sensitive: true, value: planting.canary() } }, ...root(lists.prior) },
      },
      resource_changes: lists.changes,
      resource_drift: lists.drift,
      output_changes: {
        secret: {
          actions: ["update"],
          before: planting.canary(),
          after: planting.canary(),
          before_sensitive: true,
          after_sensitive: true,
        },
      },
      configuration: configuration(planting),
    }),
    canaries: planting.canaries,
  };
}

function addToPlan(
  dice: Dice,
  { changes, drift, prior, planned }: Record<"changes" | "drift" | "prior" | "planned", object[]>,
  entry: object,
  side: () => { readonly value: Json; readonly marks: Json },
): void {
  const kind = dice.upTo(8);
  const [before, after] = [side(), side()];
  const none = { value: null, marks: false };
  const changed = (actions: readonly string[], was: ReturnType<typeof side>, is: ReturnType<typeof side>): object => ({
    ...entry,
    change: {
      actions,
      before: was.value,
      after: is.value,
      before_sensitive: was.marks,
      after_sensitive: is.marks,
      after_unknown: dice.oneIn(4) && is !== none ? { assume_role_policy: true, arn: true, json: true } : {},
    },
  });
  if (kind === 0) prior.push({ ...entry, values: before.value, sensitive_values: before.marks });
  if (kind === 1) planned.push({ ...entry, values: after.value, sensitive_values: after.marks });
  if (kind === 2) changes.push(changed(["create"], none, after));
  if (kind === 3) changes.push(changed(["delete"], before, none));
  if (kind === 4) changes.push(changed(["no-op"], after, after));
  // What becomes sensitive is the same value on both sides, marked on one.
  if (kind === 5) changes.push(changed(["update"], { ...after, marks: dice.oneIn(2) ? false : after.marks }, after));
  if (kind > 5) changes.push(changed(["update"], before, after));
  if (dice.oneIn(4)) drift.push(changed(["update"], side(), kind > 3 ? before : side()));
}

/** Sensitive variables: what is written out for them in a module's call, and their defaults. */
function configuration(planting: Planting): object {
  const [default_, constant] = [planting.canary(), planting.canary()];
  return {
    provider_config: {
      aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } },
      github: {
        name: "github",
        expressions: { owner: { constant_value: "octo-org" }, token: { references: ["var.secret"] } },
      },
    },
    root_module: {
      variables: { secret: { sensitive: true, default: default_ } },
      module_calls: {
        roles: {
          expressions: { policy: { constant_value: constant } },
          module: {
            variables: { policy: { sensitive: true } },
            outputs: { policy: { sensitive: true, expression: { references: ["var.policy"] } } },
          },
        },
      },
      resources: [
        {
          address: "aws_iam_role.ci",
          mode: "managed",
          type: "aws_iam_role",
          name: "ci",
          provider_config_key: "aws",
          expressions: {
            name: {},
            inline_policy: [],
            managed_policy_arns: {},
            assume_role_policy: { references: ["module.roles.policy", "module.roles"] },
          },
        },
      ],
    },
  };
}
