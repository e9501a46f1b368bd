import type { WrongFile } from "./wrong-files";

/** Two accounts, of which production gives its pairs what they may do; then keys of "network", which begin on line 8, in column 5. */
const file = (
  lines: string,
  production = ", terraform: {apply: {managedPolicies: [PowerUserAccess]}}",
  plan = "",
): string => `github: {owner: octo-org${plan}}
accounts:
  staging: {id: "222233334444", region: eu-west-1}
  production: {id: "111122223333", region: eu-west-1${production}}
states: {main: {account: production, bucket: octo-tfstate}}
repositories:
  network:
${lines.replaceAll(/^(?=.)/gm, "    ")}
`;

/** Mistakes in pairs of plan and apply role, and roles that are neither the one nor the other. */
export const WRONG_PAIR_FILES: readonly WrongFile[] = [
  {
    name: "a pair is in an account that there is not",
    yaml: file("terraform: prodction"),
    expected: ['access.yaml:8:16: unknown account "prodction": did you mean "production"?'],
  },
  {
    name: "a pair does not say which of several accounts it is in",
    yaml: file("terraform: {branch: main}"),
    expected: ['access.yaml:8:5: no "account" says where this belongs: name one of staging, production'],
  },
  {
    name: "pairs of a list are in accounts that there are not",
    yaml: file("terraform: [prodction, {account: stagng}]"),
    expected: [
      'access.yaml:8:17: unknown account "prodction": did you mean "production"?',
      'access.yaml:8:38: unknown account "stagng": did you mean "staging"?',
    ],
  },
  {
    name: "nothing says what an apply role may do",
    yaml: file("terraform: staging"),
    expected: [
      'access.yaml:8:5: nothing says what the apply role may do: say it, as in "apply: {managedPolicies: [AmazonECS_FullAccess]}", here or under "terraform" of the account',
    ],
  },
  {
    name: "an apply role may do nothing",
    yaml: file("terraform: {account: production, apply: {managedPolicies: []}}"),
    expected: [
      'access.yaml:8:5: nothing says what the apply role may do: say it, as in "apply: {managedPolicies: [AmazonECS_FullAccess]}", here or under "terraform" of the account',
    ],
  },
  {
    name: "an apply role's environment has no protection",
    yaml: file("terraform: production\nenvironments: {production: {waitTimer: 10, account: production}}"),
    expected: [
      'access.yaml:9:20: environment "production" has an apply role of "terraform", and whoever can push could use it: give it "reviewers" or "deployFrom", or remove it to create the role for branch "main" only',
    ],
  },
  {
    name: "an apply role's environment is declared and nothing more",
    yaml: file("environments:\n  production:\nterraform: production"),
    expected: [
      'access.yaml:9:7: environment "production" has an apply role of "terraform", and whoever can push could use it: give it "reviewers" or "deployFrom", or remove it to create the role for branch "main" only',
    ],
  },
  {
    name: "an apply role's environment has a role of its own",
    yaml: file(
      "environments: {production: {deployFrom: {branches: [main]}, role: {account: production}}}\nterraform: production",
    ),
    expected: [
      'access.yaml:8:65: "terraform" makes the role of environment "production": take this one away, or name another "environment" there',
    ],
  },
  {
    name: "an apply role's environment belongs to another account",
    yaml: file("environments: {production: {deployFrom: {branches: [main]}, account: staging}}\nterraform: production"),
    expected: [
      'access.yaml:8:74: account "staging", and the role at repositories.network.terraform is in "production": an environment belongs to the account of its role, leave this "account" out',
    ],
  },
  {
    name: "a role has the key of a plan role",
    yaml: file("roles: {plan: {account: production, allow: [{branch: main}]}}\nterraform: production"),
    expected: ['access.yaml:8:13: role "plan" is what "terraform" makes: give this one another key'],
  },
  {
    name: "a role has the key of a plan role of a list",
    yaml: file("roles: {plan-production: {account: production, allow: [{branch: main}]}}\nterraform: [production]"),
    expected: ['access.yaml:8:13: role "plan-production" is what "terraform" makes: give this one another key'],
  },
  {
    name: "a role has the name of a plan role",
    yaml: file(
      "terraform: production\nroles: {other: {account: production, name: Network-Plan, allow: [{branch: main}]}}",
    ),
    expected: [
      'access.yaml:8:5: role name "network-plan" is also at repositories.network.roles.other.name, in the same account (IAM does not regard case): give one of them another "name"',
    ],
  },
  {
    name: "two pairs are in one account",
    yaml: file("terraform: [production, {account: production}]"),
    expected: [
      'access.yaml:8:29: account "production" is also that of the pair at repositories.network.terraform[0]: each pair needs its own',
    ],
  },
  {
    name: "two pairs have one environment",
    yaml: file(
      "terraform: [production, {account: staging, environment: production, apply: {managedPolicies: [PowerUserAccess]}}]",
    ),
    expected: [
      'access.yaml:8:29: environment "production" is also that of the pair at repositories.network.terraform[0]: each pair needs its own',
    ],
  },
  {
    name: "another role publishes what a plan role does",
    yaml: file(
      "terraform: production\nroles: {other: {account: production, allow: [{branch: main}], publish: {variable: AWS_PLAN_ROLE_ARN}}}",
    ),
    expected: [
      'access.yaml:8:5: variable "AWS_PLAN_ROLE_ARN" is also set at repositories.network.roles.other.publish: publish the ARN under another name, as in "publish: {variable: NAME}"',
    ],
  },
  {
    name: "an environment has the variable of its apply role",
    yaml: file(
      "terraform: production\nenvironments: {production: {deployFrom: protectedBranches, variables: {AWS_ROLE_ARN: x}}}",
    ),
    expected: [
      'access.yaml:8:5: variable "AWS_ROLE_ARN" is also set at repositories.network.environments.production.variables.AWS_ROLE_ARN: publish the ARN under another name, as in "publish: {variable: NAME}"',
    ],
  },
  {
    name: "the names of a pair's roles are too long",
    yaml: file("terraform: production").replace("network", "n".repeat(60)),
    expected: [
      `access.yaml:8:5: the apply role's default name "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-apply" is not valid in IAM (use at most 64 characters, this has 66): give "apply" a "name"`,
      `access.yaml:8:5: the role's default name "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-plan" is not valid in IAM (use at most 64 characters, this has 65): give it a "name"`,
    ],
  },
  {
    name: "the names of a pair's roles are none",
    yaml: file("terraform: {account: production, plan: {name: a b}, apply: {name: ö}}"),
    expected: [
      'access.yaml:8:51: role name "a b": use letters, digits and "+=,.@_-"',
      'access.yaml:8:71: role name "ö": use letters, digits and "+=,.@_-"',
    ],
  },
  {
    name: "a pair's settings are wrong",
    yaml: file(
      'terraform: {account: production, branch: "a b", workflow: plan.yml, environment: "", plan: {managedPolicies: [Read Only]}, apply: {sessionDuration: 13h}, state: {key: "*"}, reviewers: 1}',
    ),
    expected: [
      'access.yaml:8:46: branch "a b": remove spaces, control characters and "~", "^", ":", "[", "\\": git allows none of them in a ref',
      'access.yaml:8:86: environment name "": use 1 to 255 characters, this has 0',
      'access.yaml:8:115: policy "Read Only": use the name of an AWS-managed policy, as in "ReadOnlyAccess" or "job-function/ViewOnlyAccess", or a full ARN',
      'access.yaml:8:153: session duration "13h": a session lasts 1h to 12h: use "1h" to "12h"',
      'access.yaml:8:172: state "*": remove "*", "?", "${" and "%{": IAM and Terraform read them as more than a name',
      'access.yaml:8:178: unknown key "reviewers": use one of account, environment, branch, workflow, state, plan, apply',
    ],
  },
  {
    name: "a pair's workflow is wrong",
    yaml: file("terraform: {account: production, workflow: plan.yml}"),
    expected: [
      'access.yaml:8:48: "workflow" "plan.yml": write it as "OWNER/REPO/.github/workflows/FILE.yml@refs/heads/BRANCH", with the ref or commit it is called at',
    ],
  },
  {
    name: "an account's pairs are bound to what is no workflow",
    yaml: file(
      "terraform: production",
      ", terraform: {workflow: plan.yml, apply: {managedPolicies: [PowerUserAccess]}}",
    ),
    expected: [
      'access.yaml:4:77: "workflow" "plan.yml": write it as "OWNER/REPO/.github/workflows/FILE.yml@refs/heads/BRANCH", with the ref or commit it is called at',
    ],
  },
  {
    name: "a pair's state is in a bucket that there is not",
    yaml: file("terraform: {account: production, state: mian}"),
    expected: ['access.yaml:8:38: unknown states "mian": did you mean "main"?'],
  },
  {
    name: "a pair's state is in a bucket that there is not, by its key",
    yaml: file("terraform: {account: production, state: {in: mian, key: network/}}"),
    expected: ['access.yaml:8:50: unknown states "mian": did you mean "main"?'],
  },
  {
    name: "a plan role's further state is the pair's",
    yaml: file(
      "terraform: {account: production, state: main, plan: {state: [{key: dns/, access: read}, {key: network/, access: read}]}}",
    ),
    expected: ['access.yaml:8:99: state "network/" is also at repositories.network.terraform.state.key: keep one'],
  },
  {
    name: "a plan role's policy file is not there",
    yaml: file("terraform: {account: production, plan: {inlinePolicies: {x: none.json}}}"),
    expected: ['access.yaml:8:65: policy file "none.json": there is no such file: create it, or correct the path'],
  },
  {
    name: "a pair is a list without any",
    yaml: file("terraform: []"),
    expected: ['access.yaml:8:16: "terraform" is an empty list: name at least one'],
  },
  {
    name: "a pair is nothing",
    yaml: file("terraform:"),
    expected: [
      'access.yaml:8:5: "terraform" is empty: use text or {account: …, environment: …, branch: …, workflow: …, state: …, plan: …, apply: …} or a list',
    ],
  },
  {
    name: "a pair is for an environment that the plan does not grant",
    yaml: file("terraform: production", undefined, ", plan: free"),
    expected: [
      'access.yaml:8:5: an environment in a private repository needs GitHub Pro, Team or Enterprise, and "plan" is "free": on Free its protection and secrets are silently ignored',
    ],
  },
  {
    name: "pull requests get the role of a deployment",
    yaml: file(
      "roles:\n  deploy:\n    account: production\n    allow: [{pullRequest: true}, {environment: production}]\n  raw:\n    account: production\n    allow: [{subject: 'repo:octo-org/network:pull_request'}, {environment: production, branch: main}]",
    ),
    expected: [
      'access.yaml:11:9: pull requests, whose code nobody has reviewed, get the same role as a deployment to an environment: make two roles of it, or say "pullRequestsMayDeploy: true" as well',
      'access.yaml:14:9: pull requests, whose code nobody has reviewed, get the same role as a deployment to an environment: make two roles of it, or say "pullRequestsMayDeploy: true" as well',
    ],
  },
  {
    name: "what is said twice is not meant",
    yaml: file(
      "roles:\n  plan:\n    account: production\n    allow: [{pullRequest: true}, {branch: main}]\n    pullRequestsMayDeploy: true",
    ),
    expected: [
      'access.yaml:12:9: "pullRequestsMayDeploy" without both pull requests and an environment in "allow" does nothing: leave it out',
    ],
  },
  {
    name: "subjects are made of what a pair does not say",
    yaml: file(
      "subjectTemplate: [repo, context, job_workflow_ref]\nterraform: {account: production, workflow: octo-org/ci/.github/workflows/x.yml@refs/heads/main}",
    ),
    expected: [
      'access.yaml:9:5: subjects of the repository are made of repo, context, job_workflow_ref, and nothing says which job_workflow_ref: say it with "workflow" in an entry of "allow" (a pair has none: write its two roles out under "roles")',
    ],
  },
  {
    name: "subjects are made of what neither role of a pair says",
    yaml: file("subjectTemplate: [repo, context, actor_id]\nterraform: production"),
    expected: [
      'access.yaml:9:5: subjects of the repository are made of repo, context, actor_id, and nothing says which actor_id: say it with "subjectClaims: {actor_id: …}" in an entry of "allow" (a pair has none: write its two roles out under "roles")',
      'access.yaml:9:16: subjects of the repository are made of repo, context, actor_id, and nothing says which actor_id: say it with "subjectClaims: {actor_id: …}" in an entry of "allow" (a pair has none: write its two roles out under "roles")',
    ],
  },
];
