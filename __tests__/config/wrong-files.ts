import { awsManagedPoliciesDate } from "../../lib/aws/permissions/aws-managed";
import { quote } from "../../lib/yaml/problem";
import { WRONG_PAIR_FILES } from "./wrong-pair-files";
import { WRONG_STATE_FILES } from "./wrong-state-files";

/**
 * Access files with mistakes, and the exact lines that tell of them: what is wrong, the value, what to
 * do, and where. Every mistake that the project knows has a place here.
 */
export interface WrongFile {
  /** Ends the sentence "when …". */
  readonly name: string;
  readonly yaml: string;
  /** All the lines of the message, in order. */
  readonly expected: readonly string[];
}

/** What every file below begins with, unless it is about that: three lines. */
const HEAD = `github: {owner: octo-org}
accounts:
  staging: {id: "222233334444", region: eu-west-1}
`;

/** The same with a second account: four lines. */
const TWO_ACCOUNTS = `${HEAD}  production: {id: "111122223333", region: eu-west-1}
`;

const indented = (lines: string, spaces: number): string => lines.replaceAll(/^(?=.)/gm, " ".repeat(spaces));

/** Lines below the account "staging": they begin on line 6, in column 5. */
const inAccount = (lines: string): string => `github: {owner: octo-org}
accounts:
  staging:
    id: "222233334444"
    region: eu-west-1
${indented(lines, 4)}
repositories: {}
`;

/** Lines below the environment "production" of "web-shop": they begin on line 8, in column 9. */
const inEnvironment = (lines: string): string => `${HEAD}repositories:
  web-shop:
    environments:
      production:
${indented(lines, 8)}
`;

/** Lines below the role "deploy" of "web-shop": they begin on line 8, in column 9. */
const inRole = (lines: string): string => `${HEAD}repositories:
  web-shop:
    roles:
      deploy:
${indented(lines, 8)}
`;

/** The keys of the only entry of `allow`, a line each: they begin on line 9, in column 13. */
const inAllow = (lines: string): string => inRole(`allow:\n  - ${indented(lines, 4).trimStart()}`);

/** An environment, with its name, in a repository of a visibility on a plan: it begins on line 8, in column 7. */
const onPlan = (
  plan: string,
  visibility: string,
  environment: string,
): string => `github: {owner: octo-org, plan: ${plan}}
accounts:
  staging: {id: "222233334444", region: eu-west-1}
repositories:
  web-shop:
    visibility: ${visibility}
    environments:
${indented(environment, 6)}
`;

const numbered = (count: number, each: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => each(n)).join(", ");

/** What a sealed secret may look like. */
const SEALED = Buffer.alloc(60, 7).toString("base64");

/** Thirteen branches that no trust policy of 2,048 characters has room for. */
const LONG_BRANCHES = Array.from({ length: 13 }, (_, n) => `          - branch: ${"b".repeat(100)}${n}\n`).join("");

/** The policy files that stand beside each access file. */
export const POLICY_FILES: Readonly<Record<string, string>> = {
  "deploy.json": '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}}',
  "trailing-comma.json": '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", }\n  ]\n}\n',
  "empty.json": "",
  "list.json": "[]",
  "mistakes.json":
    '{"Version":"2013-10-17","Statements":[],"Statement":[{"Effect":"allow","Action":"GetObject","Resource":"bucket"}]}',
  "trust.json":
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}]}',
  "small.json": JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
  }),
  "large.json": JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: Array.from({ length: 300 }, (_, n) => `arn:aws:s3:::bucket-of-the-shop-${n}/*`),
      },
    ],
  }),
};

export const WRONG_FILES: readonly WrongFile[] = [
  // The YAML itself
  {
    name: "the file is empty",
    yaml: "",
    expected: ['access.yaml:1:1: the file is empty: write the keys "github", "accounts", "repositories"'],
  },
  {
    name: "the file holds nothing but comments",
    yaml: "# who may deploy what\n",
    expected: ['access.yaml:1:1: the file is empty: write the keys "github", "accounts", "repositories"'],
  },
  {
    name: "the file holds nothing but a text",
    yaml: "octo-org\n",
    expected: ['access.yaml:1:1: the file is the text "octo-org": write the keys "github", "accounts", "repositories"'],
  },
  {
    name: "the file is a list",
    yaml: "- github\n",
    expected: ['access.yaml:1:1: the file is a list: write the keys "github", "accounts", "repositories"'],
  },
  {
    name: "a bracket is not closed",
    yaml: "github: {owner: octo-org\naccounts: {}\nrepositories: {}\n",
    expected: ['access.yaml:2:1: a "{" is still open here: add its "}" before this, or take a bracket too many away'],
  },
  {
    name: "a list is closed by the wrong bracket",
    yaml: inEnvironment("deployFrom: {branches: [main}]}"),
    expected: ['access.yaml:8:37: a "[" is still open here: add its "]" before this, or take a bracket too many away'],
  },
  {
    name: "a bracket too many is closed",
    yaml: inEnvironment("deployFrom: {branches: [main]]}"),
    expected: ['access.yaml:8:38: a "{" is still open here: add its "}" before this, or take a bracket too many away'],
  },
  {
    name: "a closing bracket has no opening one",
    yaml: "github: {owner: octo-org}}\n",
    expected: ["access.yaml:1:26: a closing bracket without its opening one: take it away, or put the text in quotes"],
  },
  {
    name: "quotes are opened and not closed",
    yaml: 'github:\n  owner: "octo-org\naccounts: {}\nrepositories: {}\n',
    expected: ["access.yaml:2:10: the quotes that begin here are not closed: close them"],
  },
  {
    name: "text goes on behind its quotes",
    yaml: 'github: {owner: "octo"-org}\n',
    expected: [
      "access.yaml:1:23: text behind a value that has ended: put the whole value in quotes, or begin a new line",
    ],
  },
  {
    name: "a quote stands inside of single quotes",
    yaml: "github:\n  owner: 'it's'\n",
    expected: [
      "access.yaml:2:14: text behind a value that has ended: put the whole value in quotes, or begin a new line",
    ],
  },
  {
    name: "a tab indents a line",
    yaml: "github:\n\towner: octo-org\n",
    expected: ["access.yaml:2:1: a tab in the indentation: YAML takes only spaces, replace it"],
  },
  {
    name: "several things stand under the key of one",
    yaml: `${HEAD}repositories:\n  a:\n    account: [staging]\n    roles: {r: {account: [staging], allow: [{branch: main}]}}\n`,
    expected: [
      'access.yaml:6:14: "account" is a list: use text',
      'access.yaml:7:26: "account" is a list: for several there is "accounts"',
    ],
  },
  {
    name: "a tab begins a line, and all that follows stands wrong",
    yaml: "github:\n  owner: octo-org\naccounts:\n\t staging: {}\n  a: {}\n  b: {}\nrepositories: {}\n",
    expected: ["access.yaml:4:1: a tab in the indentation: YAML takes only spaces, replace it"],
  },
  {
    name: "a key stands further left than its neighbours",
    yaml: "github:\n    owner: octo-org\n  plan: team\n",
    expected: [
      "access.yaml:3:3: this stands further left or right than what it belongs to: indent it like its neighbours",
    ],
  },
  {
    name: "a list's entry lacks its dash",
    yaml: inEnvironment("deployFrom:\n  branches:\n    - main\n    release\n"),
    expected: [
      "access.yaml:11:13: this stands further left or right than what it belongs to: indent it like its neighbours",
    ],
  },
  {
    name: "a key lacks its colon",
    yaml: "github:\n  owner octo-org\n  plan: team\n",
    expected: ['access.yaml:2:3: a key without its colon, here or on the line before: write "key: value"'],
  },
  {
    name: "a colon lacks its space",
    yaml: "github:\n  owner:octo-org\naccounts: {}\nrepositories: {}\n",
    expected: ['access.yaml:2:3: "github" is the text "owner:octo-org": write a space after the ":"'],
  },
  {
    name: "two colons stand in one line",
    yaml: "github:\n  owner: octo: org\n",
    expected: ["access.yaml:2:10: two colons in one line: put the text in quotes, or begin a new line"],
  },
  {
    name: "a comma lacks between entries in brackets",
    yaml: "github: {owner: octo-org plan: team}\n",
    expected: [
      'access.yaml:1:17: a second ":" in one entry inside brackets: put a comma between the entries, and text with ":" in quotes',
    ],
  },
  {
    name: "a comma stands twice",
    yaml: inEnvironment("deployFrom: {branches: [main,, dev]}"),
    expected: ["access.yaml:8:38: a comma too many: take it away"],
  },
  {
    name: "a list begins beside its key",
    yaml: "accounts: - staging\n",
    expected: ['access.yaml:1:11: a "-" beside a key: begin the list on a line of its own'],
  },
  {
    name: "a wildcard stands without quotes",
    yaml: inEnvironment("deployFrom: {branches: [*]}"),
    expected: ['access.yaml:8:33: text begins with "*", the mark of an alias: put the text in quotes'],
  },
  {
    name: "a pattern that begins with a wildcard stands without quotes",
    yaml: inEnvironment("deployFrom: {branches: [*-stable]}"),
    expected: [
      "access.yaml:8:33: an alias (*name) before or without its anchor (&name): if it is text, put it in quotes",
    ],
  },
  {
    name: "an alias stands before its anchor",
    yaml: "github: *defaults\naccounts: &defaults {}\nrepositories: {}\n",
    expected: [
      "access.yaml:1:9: an alias (*name) before or without its anchor (&name): if it is text, put it in quotes",
    ],
  },
  {
    name: "an alias stands inside of what it stands for",
    yaml: "github: &github {owner: octo-org, again: *github}\n",
    expected: ["access.yaml:1:42: an alias (*name) inside of what it stands for: write the value out"],
  },
  {
    name: "a text begins with an exclamation mark",
    yaml: inEnvironment("deployFrom: {branches: [!main]}"),
    expected: [
      'access.yaml:8:33: text begins with "!", the mark of a tag, and an access file has no tags: put the text in quotes',
    ],
  },
  {
    name: "a text begins with an ampersand",
    yaml: inEnvironment("variables: {JOIN: &}"),
    expected: ['access.yaml:8:27: text begins with "&", the mark of an anchor: put the text in quotes'],
  },
  {
    name: "a text of several lines begins beside its mark",
    yaml: inEnvironment("variables:\n  NOTE: |first line\n    second line"),
    expected: ['access.yaml:9:18: text behind "|" or ">": begin it on the next line'],
  },
  {
    name: "a value has a tag of YAML's own",
    yaml: "github: {owner: !!str octo-org}\n",
    expected: [
      'access.yaml:1:23: a tag (!name): an access file has none, take it away, or put text that begins with "!" in quotes',
    ],
  },
  {
    name: "a login begins with an at sign",
    yaml: inEnvironment("reviewers: {users: [@octocat]}"),
    expected: ["access.yaml:8:29: text begins with a character that YAML keeps for itself: put the text in quotes"],
  },
  {
    name: "a text begins with a per cent sign",
    yaml: "github: {owner: %octo-org}\n",
    expected: ["access.yaml:1:17: text begins with a character that YAML keeps for itself: put the text in quotes"],
  },
  {
    name: "a backslash in quotes is no escape",
    yaml: 'github: {owner: "octo\\org"}\n',
    expected: [`access.yaml:1:22: a "\\" that begins no escape: write "\\\\", or use single quotes`],
  },
  {
    name: "a hash stands behind quotes without a space",
    yaml: 'github: {owner: "octo-org"# ours\n  }\n',
    expected: ['access.yaml:1:27: write a space before the "#", or put the text in quotes'],
  },
  {
    name: "a second document follows",
    yaml: "github: {owner: octo-org}\n---\naccounts: {}\n",
    expected: ['access.yaml:2:1: a second document begins here: an access file is one, take the "---" away'],
  },
  {
    name: "the file says that it is of another YAML",
    yaml: "%YAML 1.1\n---\ngithub: {owner: octo-org}\n",
    expected: ['access.yaml:1:1: "%YAML 1.1": an access file is YAML 1.2, take the line away'],
  },
  {
    name: "a directive is none that YAML knows",
    yaml: "%ACCESS 1\n---\ngithub: {owner: octo-org}\n",
    expected: [
      'access.yaml:1:1: a line begins with "%", the mark of a directive: put the text in quotes, or take the line away',
    ],
  },
  {
    name: "a merge key takes the place of keys",
    yaml: "github: &github {owner: octo-org}\naccounts: {<<: *github}\n",
    expected: ['access.yaml:2:12: key "<<": YAML 1.2 has no merge keys, write the keys out'],
  },
  {
    name: "a control character stands in the file",
    yaml: "github: {owner: octo-org} # \u001b[31m\n",
    expected: ["access.yaml:1:29: the invisible character U+001B: take it away"],
  },
  {
    name: "a character in a comment turns the direction of writing",
    yaml: "github: {owner: octo-org} # \u202e\n",
    expected: ["access.yaml:1:29: the invisible character U+202E: take it away"],
  },
  // Keys
  {
    name: "a key is given twice",
    yaml: 'github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories: {}\ngithub: {owner: other}\n',
    expected: [
      'access.yaml:4:3: key "staging" is also on line 3: keep one',
      'access.yaml:6:1: key "github" is also on line 1: keep one',
    ],
  },
  {
    name: "a key is given twice in brackets",
    yaml: inEnvironment("deployFrom: {branches: [main], branches: [dev]}"),
    expected: ['access.yaml:8:40: key "branches" is also on line 8: keep one'],
  },
  {
    name: "a key is a number",
    yaml: `${HEAD}repositories:\n  2048: {}\n`,
    expected: ['access.yaml:5:3: key 2048 is read as the number 2048: put it in quotes, "2048"'],
  },
  {
    name: "a key is a truth value",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      true: {}\n`,
    expected: ['access.yaml:7:7: key true is read as the boolean true: put it in quotes, "true"'],
  },
  {
    name: "a key is empty",
    yaml: `${HEAD}repositories:\n  : {}\n`,
    expected: ["access.yaml:5:3: a key that is no name: write a word before the colon"],
  },
  {
    name: "a key is a list",
    yaml: `${HEAD}repositories:\n  ? [web-shop]\n  : {}\n`,
    expected: ["access.yaml:5:5: a key that is no name: write a word before the colon"],
  },
  {
    name: "a key is longer than YAML takes",
    yaml: `${HEAD}repositories:\n  ${"x".repeat(1025)}: {}\n`,
    expected: ["access.yaml:5:3: a key of over 1024 characters: shorten it"],
  },
  {
    name: "a key is one that programs reserve",
    yaml: `${HEAD}repositories:\n  __proto__: {}\n`,
    expected: ['access.yaml:5:3: key "__proto__": choose another name, JavaScript keeps this one for itself'],
  },
  {
    name: "the parts of the file are missing",
    yaml: "github: {owner: octo-org}\n",
    expected: [
      'access.yaml:1:1: "accounts" is missing (AWS accounts by a name of your choice: each is one stack, one state, one plan): add it',
      'access.yaml:1:1: "repositories" is missing (repositories of the owner, by name): add it',
    ],
  },
  {
    name: "a part of the file is misspelt",
    yaml: 'github: {owner: octo-org}\naccount:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories: {}\n',
    expected: ['access.yaml:2:1: unknown key "account": did you mean "accounts"?'],
  },
  {
    name: "keys are misspelt at every level",
    yaml: inEnvironment("reviewer: {teams: [ops]}\nwait_timer: 5\nrole:\n  managedPolices: [ReadOnlyAccess]\n"),
    expected: [
      'access.yaml:8:9: unknown key "reviewer": did you mean "reviewers"?',
      'access.yaml:9:9: unknown key "wait_timer": did you mean "waitTimer"?',
      'access.yaml:11:11: unknown key "managedPolices": did you mean "managedPolicies"?',
    ],
  },
  {
    name: "a key means nothing here",
    yaml: `${HEAD}repositories:\n  web-shop: {topics: [shop]}\n`,
    expected: [
      'access.yaml:5:14: unknown key "topics": use one of id, visibility, account, protectBranches, subjects, subjectTemplate, variables, secrets, environments, formerly, roles, terraform, suppress',
    ],
  },
  {
    name: "an account lacks its region and its id",
    yaml: "github: {owner: octo-org}\naccounts:\n  staging: {oidcProvider: create}\nrepositories: {}\n",
    expected: [
      'access.yaml:3:3: "id" is missing (the 12 digits of the account, quoted): add it',
      'access.yaml:3:3: "region" is missing (region of the provider, as in `eu-west-1`; the partition follows from it): add it',
    ],
  },
  {
    name: "a role of the repository lacks allow",
    yaml: inRole("managedPolicies: [ReadOnlyAccess]"),
    expected: [
      'access.yaml:7:7: "allow" is missing (which jobs may assume the role: a list of alternatives; the keys inside one entry must all hold): add it',
    ],
  },
  {
    name: "the role of an environment has allow",
    yaml: inEnvironment("role: {allow: [{branch: main}]}"),
    expected: [
      `access.yaml:8:16: unknown key "allow": leave it out: the role of an environment admits that environment's jobs, and other roles stand under "roles" of the repository`,
    ],
  },
  {
    name: "the thumbprints of long ago are given",
    yaml: inAccount("thumbprints: [1c58a3a8518e8759bf075b76b750d4f2df264fcd]"),
    expected: [
      `access.yaml:6:5: unknown key "thumbprints": leave it out: AWS has verified GitHub's certificates by itself since July 2023`,
    ],
  },
  {
    name: "an entry asks for a ref",
    yaml: inAllow("ref: refs/heads/main"),
    expected: ['access.yaml:9:13: unknown key "ref": write "branch" or "tag"'],
  },
  {
    name: "a misspelt key is the only one of an entry",
    yaml: inAllow("branches: main"),
    expected: ['access.yaml:9:13: unknown key "branches": did you mean "branch"?'],
  },
  {
    name: "misspelt keys are all that says who reviews and what deploys",
    yaml: inEnvironment("reviewers: {team: [ops]}\ndeployFrom: {branch: [main]}"),
    expected: [
      'access.yaml:8:21: unknown key "team": did you mean "teams"?',
      'access.yaml:9:22: unknown key "branch": did you mean "branches"?',
    ],
  },
  {
    name: "a key of publish is misspelt",
    yaml: inRole("allow: [{branch: main}]\npublish: {Secret: ROLE_ARN}"),
    expected: ['access.yaml:9:19: unknown key "Secret": did you mean "secret"?'],
  },
  // Types
  {
    name: "an account id lost its leading zeros",
    yaml: "github: {owner: octo-org}\naccounts:\n  staging: {id: 012345678901, region: eu-west-1}\nrepositories: {}\n",
    expected: ['access.yaml:3:17: "id" 012345678901 is read as a number: put it in quotes, "012345678901"'],
  },
  {
    name: "an account id with an anchor lost its leading zeros",
    yaml: "github: {owner: octo-org}\naccounts:\n  staging: {id: &id 012345678901, region: eu-west-1}\n  production: {id: *id, region: eu-west-1}\nrepositories: {}\n",
    expected: [
      'access.yaml:3:21: "id" 012345678901 is read as a number: put it in quotes, "012345678901"',
      'access.yaml:4:20: "id" 012345678901 is read as a number: put it in quotes, "012345678901"',
    ],
  },
  {
    name: "an account id without quotes is a number",
    yaml: "github: {owner: octo-org}\naccounts:\n  staging: {id: 222233334444, region: eu-west-1}\nrepositories: {}\n",
    expected: ['access.yaml:3:17: "id" 222233334444 is read as a number: put it in quotes, "222233334444"'],
  },
  {
    name: "ids without quotes are numbers",
    yaml: `github: {owner: octo-org, ownerId: 65}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  web-shop: {id: 74}\n`,
    expected: [
      'access.yaml:1:36: "ownerId" 65 is read as a number: put it in quotes, "65"',
      'access.yaml:5:18: "id" 74 is read as a number: put it in quotes, "74"',
    ],
  },
  {
    name: "parts of the file are empty",
    yaml: "github:\naccounts:\nrepositories:\n",
    expected: [
      'access.yaml:1:1: "github" is empty: use keys with values (owner, host, enterpriseSlug, plan, ownerId, terraformProvider, subjects)',
      'access.yaml:2:1: "accounts" is empty: use keys with values',
      'access.yaml:3:1: "repositories" is empty: use keys with values',
    ],
  },
  {
    name: "the parts of the file are of another type",
    yaml: "github: [octo-org]\naccounts: []\nrepositories: web-shop\n",
    expected: [
      'access.yaml:1:9: "github" is a list: use keys with values (owner, host, enterpriseSlug, plan, ownerId, terraformProvider, subjects)',
      'access.yaml:2:11: "accounts" is a list: use keys with values',
      'access.yaml:3:15: "repositories" is the text "web-shop": use keys with values',
    ],
  },
  {
    name: "numbers and truth values stand in quotes",
    yaml: inEnvironment('waitTimer: "10"\npreventSelfReview: "true"\nadminsCanBypass: yes\n'),
    expected: [
      'access.yaml:8:20: "waitTimer" is the text "10": take the quotes away, 10',
      'access.yaml:9:28: "preventSelfReview" is the text "true": take the quotes away, true',
      'access.yaml:10:26: "adminsCanBypass" is the text "yes": use true or false',
    ],
  },
  {
    name: "values of variables are numbers, truth values and nothing",
    yaml: inEnvironment("variables: {PORT: 8080, DEBUG: true, RATE: 1.0, MASK: 0x1F, REGION: }"),
    expected: [
      'access.yaml:8:27: "PORT" 8080 is read as a number: put it in quotes, "8080"',
      'access.yaml:8:40: "DEBUG" true is read as a truth value: put it in quotes, "true"',
      'access.yaml:8:52: "RATE" 1.0 is read as a number: put it in quotes, "1.0"',
      'access.yaml:8:63: "MASK" 0x1F is read as a number: put it in quotes, "0x1F"',
      'access.yaml:8:69: "REGION" is empty: use text',
    ],
  },
  {
    name: "reviewers are a list",
    yaml: inEnvironment("reviewers: [octocat]"),
    expected: ['access.yaml:8:20: "reviewers" is a list: use keys with values (teams, users)'],
  },
  {
    name: "a list is a text",
    yaml: inRole("allow: [{branch: main}]\nmanagedPolicies: ReadOnlyAccess"),
    expected: ['access.yaml:9:26: "managedPolicies" is the text "ReadOnlyAccess": use a list, ["ReadOnlyAccess"]'],
  },
  {
    name: "allow is an object",
    yaml: inRole("allow: {branch: main}"),
    expected: ['access.yaml:8:16: "allow" is an object: use a list, with "- " before each entry'],
  },
  {
    name: "an entry of allow is a text",
    yaml: inRole("allow: [main]"),
    expected: [
      'access.yaml:8:17: entry 1 of "allow" is the text "main": use keys with values (branch, tag, environment, mergeQueue, pullRequest, any, repository, workflow, claims, subjectClaims, subject)',
    ],
  },
  {
    name: "an entry of allow is empty",
    yaml: inRole("allow:\n  -\n"),
    expected: [
      'access.yaml:9:12: entry 1 of "allow" is empty: use keys with values (branch, tag, environment, mergeQueue, pullRequest, any, repository, workflow, claims, subjectClaims, subject)',
    ],
  },
  {
    name: "a branch is a list",
    yaml: inAllow("branch: [main, dev]"),
    expected: ['access.yaml:9:21: "branch" is a list: use text'],
  },
  {
    name: "a tag is a number",
    yaml: inAllow("tag: 1.0"),
    expected: ['access.yaml:9:18: "tag" 1.0 is read as a number: put it in quotes, "1.0"'],
  },
  {
    name: "a role is the name of its account",
    yaml: inEnvironment("role: staging"),
    expected: [
      'access.yaml:8:15: "role" is the text "staging": use keys with values (account, accounts, name, description, sessionDuration, sessionName, managedPolicies, alsoTrusts, assumes, customerPolicies, inlinePolicies, permissionsBoundary, exclusive, tags, state, suppress, publish)',
    ],
  },
  {
    name: "a role is empty",
    yaml: inEnvironment("role:"),
    expected: [
      'access.yaml:8:9: "role" is empty: use keys with values (account, accounts, name, description, sessionDuration, sessionName, managedPolicies, alsoTrusts, assumes, customerPolicies, inlinePolicies, permissionsBoundary, exclusive, tags, state, suppress, publish)',
    ],
  },
  {
    name: "deployFrom is a branch",
    yaml: inEnvironment("deployFrom: main"),
    expected: ['access.yaml:8:21: "deployFrom" is the text "main": use "protectedBranches" or {branches: …, tags: …}'],
  },
  {
    name: "deployFrom is a list",
    yaml: inEnvironment("deployFrom: [main]"),
    expected: ['access.yaml:8:21: "deployFrom" is a list: use "protectedBranches" or {branches: …, tags: …}'],
  },
  {
    name: "a plan, a provider and a way to write subjects are none that exist",
    yaml: 'github: {owner: octo-org, plan: busines, subjects: imutable}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1, oidcProvider: lookup}\nrepositories: {}\n',
    expected: [
      'access.yaml:1:33: "plan" "busines": use "free" or "pro" or "team" or "enterprise"',
      'access.yaml:1:52: "subjects" "imutable": did you mean "immutable"?',
      'access.yaml:3:66: "oidcProvider" "lookup": use "create" or "existing"',
    ],
  },
  {
    name: "a plan is a number",
    yaml: "github: {owner: octo-org, plan: 3}\naccounts: {}\nrepositories: {}\n",
    expected: [
      'access.yaml:1:33: "plan" is the number 3: use "free" or "pro" or "team" or "enterprise"',
      'access.yaml:2:11: "accounts" is empty: name at least one account',
    ],
  },
  {
    name: "a backend is a text",
    yaml: inAccount("backend: s3"),
    expected: ['access.yaml:6:14: "backend" is the text "s3": use keys with values (s3)'],
  },
  {
    name: "publish is a name",
    yaml: inRole("allow: [{branch: main}]\npublish: ROLE_ARN"),
    expected: [
      'access.yaml:9:18: "publish" is the text "ROLE_ARN": use false or {variable: …} or {secret: …} or a list',
    ],
  },
  {
    name: "publish is true",
    yaml: inRole("allow: [{branch: main}]\npublish: true"),
    expected: [
      'access.yaml:9:18: "publish" is the truth value true: use false or {variable: …} or {secret: …} or a list',
    ],
  },
  {
    name: "publish is empty",
    yaml: inRole("allow: [{branch: main}]\npublish: {}"),
    expected: ['access.yaml:9:18: "publish" is an empty object: use false or {variable: …} or {secret: …} or a list'],
  },
  {
    name: "publish goes to a variable and a secret",
    yaml: inRole("allow: [{branch: main}]\npublish: {variable: ROLE_ARN, secret: ROLE_ARN}"),
    expected: ['access.yaml:9:39: "secret" stands beside "variable": keep one of them'],
  },
  {
    name: "claims are numbers and objects",
    yaml: inAllow("branch: main\nclaims: {actor_id: 7, ref: {is: main}, workflow: [1]}"),
    expected: [
      'access.yaml:10:32: "actor_id" 7 is read as a number: put it in quotes, "7"',
      'access.yaml:10:40: "ref" is an object: use text or a list',
      'access.yaml:10:63: entry 1 of "workflow" 1 is read as a number: put it in quotes, "1"',
    ],
  },
  {
    name: "an inline policy is a number",
    yaml: inRole("allow: [{branch: main}]\ninlinePolicies: {deploy: 7}"),
    expected: ['access.yaml:9:34: "deploy" 7 is read as a number: put it in quotes, "7"'],
  },
  {
    name: "an inline policy is empty",
    yaml: inRole("allow: [{branch: main}]\ninlinePolicies: {deploy: }"),
    expected: ['access.yaml:9:26: "deploy" is empty: use text or keys with values'],
  },
  // Secrets
  {
    name: "a secret is written out",
    yaml: inEnvironment("secrets: {SENTRY_DSN: hunter2}"),
    expected: [
      'access.yaml:8:31: "SENTRY_DSN" is a literal secret: take it out of the file, and replace it where it was in use; write {fromVariable: NAME}, with the secret in that Terraform variable',
    ],
  },
  {
    name: "a secret is a number, a list, nothing",
    yaml: inEnvironment("secrets: {PIN: 1234, LIST: [hunter2], NONE: }"),
    expected: [
      'access.yaml:8:24: "PIN" is a literal secret: take it out of the file, and replace it where it was in use; write {fromVariable: NAME}, with the secret in that Terraform variable',
      'access.yaml:8:36: "LIST" is a literal secret: take it out of the file, and replace it where it was in use; write {fromVariable: NAME}, with the secret in that Terraform variable',
      'access.yaml:8:47: "NONE" is empty: write {fromVariable: NAME}, with the secret in that Terraform variable',
    ],
  },
  {
    name: "a secret is a key by mistake",
    yaml: inEnvironment("secrets: {SENTRY_DSN: {hunter2}}"),
    expected: [
      'access.yaml:8:32: a key that is not "fromVariable": write {fromVariable: NAME} below the name of each secret',
    ],
  },
  {
    name: "a secret stands where the name of its variable should",
    yaml: inEnvironment('secrets: {SENTRY_DSN: {fromVariable: "hunter2!"}}'),
    expected: [
      'access.yaml:8:46: "fromVariable" is no name: use the name of a Terraform variable: letters, digits, underscores and hyphens, not starting with a digit',
    ],
  },
  {
    name: "the variable of a secret has a name that Terraform keeps",
    yaml: inEnvironment("secrets: {SENTRY_DSN: {fromVariable: count}}"),
    expected: ['access.yaml:8:46: "fromVariable" is no name: choose another name: Terraform keeps this one for itself'],
  },
  {
    name: "all secrets are one text",
    yaml: inEnvironment("secrets: hunter2"),
    expected: [
      'access.yaml:8:18: "secrets" is not keys with values: write {fromVariable: NAME} below the name of each secret',
    ],
  },
  // Names
  {
    name: "the owner and the host are no names",
    yaml: 'github: {owner: octo_org-, host: "https://github.example.com/"}\naccounts: {}\nrepositories: {}\n',
    expected: [
      'access.yaml:1:17: owner "octo_org-": use a GitHub login: up to 39 letters, digits and single hyphens',
      'access.yaml:1:34: host "https://github.example.com/": write the host alone, as in "github.example.com"',
      'access.yaml:2:11: "accounts" is empty: name at least one account',
    ],
  },
  {
    name: "the host has a port",
    yaml: 'github: {owner: octo-org, host: "github.example.com:8443"}\naccounts: {}\nrepositories: {}\n',
    expected: [
      'access.yaml:1:33: host "github.example.com:8443": leave out the port: an IAM OIDC provider accepts none',
      'access.yaml:2:11: "accounts" is empty: name at least one account',
    ],
  },
  {
    name: "a server has a slug in its issuer",
    yaml: 'github: {owner: octo-org, host: github.example.com, enterpriseSlug: octo}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories: {}\n',
    expected: [
      'access.yaml:1:69: GitHub Enterprise Server "github.example.com" has no enterprise slug in its issuer: leave "octo" out',
    ],
  },
  {
    name: "an enterprise slug has a space",
    yaml: 'github: {owner: octo-org, enterpriseSlug: octo corp}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories: {}\n',
    expected: [
      `access.yaml:1:43: enterprise slug "octo corp": use the enterprise's slug as its address shows it: letters, digits and hyphens`,
    ],
  },
  {
    name: "an account has too few digits, and a region that is a zone",
    yaml: 'github: {owner: octo-org}\naccounts:\n  staging: {id: "2222", region: eu-west-1a}\nrepositories: {}\n',
    expected: [
      'access.yaml:3:17: account id "2222": an AWS account id has 12 digits',
      'access.yaml:3:33: region "eu-west-1a": use the code of a region, as in "eu-west-1"',
    ],
  },
  {
    name: "the name of an account has a space",
    yaml: 'github: {owner: octo-org}\naccounts:\n  my account: {id: "222233334444", region: eu-west-1}\nrepositories: {}\n',
    expected: [
      'access.yaml:3:3: account name "my account": name an account with letters, digits, hyphens and underscores: it becomes the name of a stack and a folder',
    ],
  },
  {
    name: "the name of an account is one that every object of JavaScript has",
    yaml: 'github: {owner: octo-org}\naccounts:\n  constructor: {id: "222233334444", region: eu-west-1}\nrepositories: {}\n',
    expected: [
      'access.yaml:3:3: account name "constructor": choose another name: JavaScript keeps this one for itself',
    ],
  },
  {
    name: "ids are no numbers, and choices none that exist",
    yaml: 'github: {owner: octo-org, ownerId: octo}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  web-shop: {id: "074", visibility: hidden, subjects: names}\n',
    expected: [
      `access.yaml:1:36: owner id "octo": use GitHub's numeric id: digits only`,
      `access.yaml:5:18: id "074": use GitHub's numeric id: digits only`,
      'access.yaml:5:37: "visibility" "hidden": use "public" or "private" or "internal"',
      'access.yaml:5:55: "subjects" "names": did you mean "name"?',
    ],
  },
  {
    name: "a repository is named with its owner",
    yaml: `${HEAD}repositories:\n  octo-org/web-shop: {}\n  web-shop.git: {}\n`,
    expected: [
      'access.yaml:5:3: repository name "octo-org/web-shop": use a repository name: up to 100 letters, digits, ".", "_" and "-", without the owner and not ending in ".git"',
      'access.yaml:6:3: repository name "web-shop.git": use a repository name: up to 100 letters, digits, ".", "_" and "-", without the owner and not ending in ".git"',
    ],
  },
  {
    name: "environments have names that trust policies would misread",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      "prod*": {}\n      " prod": {}\n      "\${env}": {}\n      "prod%3Aeu": {}\n      "": {}\n`,
    expected: [
      'access.yaml:7:7: environment name "prod*": remove "*" and "?": an environment is one name, and in a trust policy these are wildcards',
      'access.yaml:8:7: environment name " prod": remove the space at its start or end',
      'access.yaml:9:7: environment name "${env}": remove "${" and "%{": IAM and Terraform read them as expressions',
      'access.yaml:10:7: environment name "prod%3Aeu": write ":" instead of "%3A": both would mint the same subject',
      'access.yaml:11:7: environment name "": use 1 to 255 characters, this has 0',
    ],
  },
  {
    name: "what stands below a wrong name is checked all the same",
    yaml: `${HEAD}repositories:\n  web shop:\n    environments:\n      "prod*": {waitTimer: never, role: {sessionDuration: 13h}}\n`,
    expected: [
      'access.yaml:5:3: repository name "web shop": use a repository name: up to 100 letters, digits, ".", "_" and "-", without the owner and not ending in ".git"',
      'access.yaml:7:7: environment name "prod*": remove "*" and "?": an environment is one name, and in a trust policy these are wildcards',
      'access.yaml:7:28: "waitTimer" is the text "never": use a number',
      'access.yaml:7:59: session duration "13h": a session lasts 1h to 12h: use "1h" to "12h"',
    ],
  },
  {
    name: "teams and users are no slugs and logins",
    yaml: inEnvironment('reviewers: {teams: [octo-org/ops, Release Managers], users: ["@octocat"]}'),
    expected: [
      `access.yaml:8:29: team "octo-org/ops": use the team's slug as its address shows it: lower-case letters, digits, hyphens and underscores, without the organization`,
      `access.yaml:8:43: team "Release Managers": use the team's slug as its address shows it: lower-case letters, digits, hyphens and underscores, without the organization`,
      'access.yaml:8:70: user "@octocat": use a GitHub login: up to 39 letters, digits and single hyphens',
    ],
  },
  {
    name: "variables and secrets have names that GitHub does not take",
    yaml: inEnvironment(
      "variables: {log_level: info, GITHUB_TOKEN: x, 2ND: x}\nsecrets: {sentry-dsn: {fromVariable: dsn}}",
    ),
    expected: [
      'access.yaml:8:21: variable name "log_level": write "LOG_LEVEL": GitHub stores names in upper case',
      'access.yaml:8:38: variable name "GITHUB_TOKEN": choose a name that does not start with "GITHUB_": GitHub keeps those for itself',
      'access.yaml:8:55: variable name "2ND": use letters, digits and underscores, not starting with a digit',
      'access.yaml:9:19: secret name "sentry-dsn": use letters, digits and underscores, not starting with a digit',
    ],
  },
  {
    name: "patterns are refs, empty or have spaces",
    yaml: inEnvironment('deployFrom: {branches: [refs/heads/main, "", a b], tags: [refs/tags/v1]}'),
    expected: [
      'access.yaml:8:33: branch pattern "refs/heads/main": write "main": GitHub compares the pattern with the name alone',
      'access.yaml:8:50: branch pattern "": use a pattern of 1 to 255 characters',
      'access.yaml:8:54: branch pattern "a b": remove spaces and control characters: no branch or tag has them',
      'access.yaml:8:67: tag pattern "refs/tags/v1": write "v1": GitHub compares the pattern with the name alone',
    ],
  },
  {
    name: "a role has a name, a description and a key that IAM does not take",
    yaml: `${HEAD}repositories:\n  web-shop:\n    roles:\n      my role:\n        name: "deploy!"\n        description: 日本\n        allow: [{branch: main}]\n`,
    expected: [
      'access.yaml:7:7: role key "my role": use letters, digits, ".", "_" and "-"',
      'access.yaml:8:15: role name "deploy!": use letters, digits and "+=,.@_-"',
      'access.yaml:9:22: description "日本": use at most 1,000 characters of Latin-1',
    ],
  },
  {
    name: "the default name of a role is too long",
    yaml: `${HEAD}repositories:\n  a-repository-with-a-name-that-is-as-long-as-its-history:\n    environments:\n      production:\n        role: {}\n`,
    expected: [
      `access.yaml:8:9: the role's default name "a-repository-with-a-name-that-is-as-long-as-its-history-production" is not valid in IAM (use at most 64 characters, this has 66): give it a "name"`,
    ],
  },
  {
    name: "the default name of a role has a space",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      blue green:\n        role: {}\n`,
    expected: [
      `access.yaml:8:9: the role's default name "web-shop-blue green" is not valid in IAM (use letters, digits and "+=,.@_-"): give it a "name"`,
    ],
  },
  {
    name: "the settings of an account are none that AWS takes",
    yaml: inAccount(
      'audiences: ["a b", "*"]\nrolePath: github\npermissionsBoundary: ci-boundary\nassumeRole: terraform\ntags: {"aws:team": ops, "": x, team: "a;b"}\ntrustPolicyQuota: 9000\n',
    ),
    expected: [
      'access.yaml:6:17: audience "a b": use 1 to 255 characters without spaces, "*", "?" or "${", as in "sts.amazonaws.com"',
      'access.yaml:6:24: audience "*": use 1 to 255 characters without spaces, "*", "?" or "${", as in "sts.amazonaws.com"',
      'access.yaml:7:15: role path "github": begin and end with "/", as in "/github/", with at most 512 characters and no spaces',
      'access.yaml:8:26: permissions boundary "ci-boundary": use the ARN of a policy, as in "arn:aws:iam::111122223333:policy/NAME"',
      'access.yaml:9:17: role "terraform": use the ARN of a role, as in "arn:aws:iam::111122223333:role/NAME"',
      'access.yaml:10:12: tag key "aws:team": choose a key that does not start with "aws:": AWS keeps those for itself',
      'access.yaml:10:29: tag key "": use 1 to 128 letters, digits, spaces and "_.:/=+-@"',
      'access.yaml:10:42: tag value "a;b": use at most 256 letters, digits, spaces and "_.:/=+-@"',
      `access.yaml:11:23: "trustPolicyQuota" 9000: use at most 8192 (most characters of a trust policy, where AWS has raised the account's quota: 2048 to 8192)`,
    ],
  },
  {
    name: "an account has no audience",
    yaml: inAccount("audiences: []"),
    expected: ['access.yaml:6:16: "audiences" is an empty list: name at least one'],
  },
  {
    name: "a backend is none that S3 takes",
    yaml: inAccount(
      'backend: {s3: {bucket: B, key: /state, region: eu, kmsKeyId: "my key", dynamodbTable: t, assumeRole: terraform}}',
    ),
    expected: [
      'access.yaml:6:28: bucket "B": use the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens',
      'access.yaml:6:36: key "/state": use the key of an S3 object, without "/" at its start or end, as in "github-access.tfstate"',
      'access.yaml:6:52: region "eu": use the code of a region, as in "eu-west-1"',
      'access.yaml:6:66: KMS key "my key": use the ARN, id or alias of a KMS key, as in "alias/terraform"',
      'access.yaml:6:91: table "t": use the name of a DynamoDB table: 3 to 255 letters, digits, dots, hyphens and underscores',
      'access.yaml:6:106: role "terraform": use the ARN of a role, as in "arn:aws:iam::111122223333:role/NAME"',
    ],
  },
  {
    name: "values would be read as expressions",
    yaml: inAccount(
      'rolePath: "/${x}/"\npermissionsBoundary: "arn:aws:iam::222233334444:policy/${x}"\nbackend: {s3: {bucket: octo-state, key: "${x}", region: eu-west-1}}',
    ),
    expected: [
      'access.yaml:6:15: role path "/${x}/": remove "${" and "%{": Terraform reads them as expressions',
      'access.yaml:7:26: permissions boundary "arn:aws:iam::222233334444:policy/${x}": use the ARN of a policy, as in "arn:aws:iam::111122223333:policy/NAME"',
      'access.yaml:8:45: key "${x}": use the key of an S3 object, without "/" at its start or end, as in "github-access.tfstate"',
    ],
  },
  {
    name: "text would be taken for a reference of cdktf",
    yaml: inEnvironment('variables: {A: "${TfToken[TOKEN.0]}"}\nrole: {description: "#{TfToken[TOKEN.0]}"}'),
    expected: [
      `access.yaml:8:24: a value that cannot stand in the file: remove "{TfToken[": it is a mark of cdktf's own`,
      `access.yaml:9:29: description "#{TfToken[TOKEN.0]}": remove "{TfToken[": it is a mark of cdktf's own`,
    ],
  },
  // Accounts
  {
    name: "two accounts have one id, one state and one name",
    yaml: 'github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1, backend: {s3: {bucket: octo-state, key: access, region: eu-west-1}}}\n  Staging: {id: "222233334444", region: eu-west-1, backend: {s3: {bucket: octo-state, key: access, region: eu-west-1}}}\nrepositories: {}\n',
    expected: [
      'access.yaml:4:3: account "Staging" is also at accounts.staging, in another spelling: keep one',
      'access.yaml:4:17: account id "222233334444" is also at accounts.staging.id: keep one',
      'access.yaml:4:92: state "octo-state/access" is also at accounts.staging.backend.s3.key: give each account its own key',
    ],
  },
  {
    name: "there is no account",
    yaml: "github: {owner: octo-org}\naccounts: {}\nrepositories: {}\n",
    expected: ['access.yaml:2:11: "accounts" is empty: name at least one account'],
  },
  {
    name: "accounts are misspelt, abbreviated, or not there",
    yaml: `${TWO_ACCOUNTS}repositories:\n  web-shop:\n    environments:\n      a: {account: stagign}\n      b: {role: {account: prod}}\n      c: {role: {account: sandbox}}\n`,
    expected: [
      'access.yaml:8:20: unknown account "stagign": did you mean "staging"?',
      'access.yaml:9:27: unknown account "prod": did you mean "production"?',
      'access.yaml:10:27: unknown account "sandbox": name one of staging, production',
    ],
  },
  {
    name: "nothing says which of two accounts is meant",
    yaml: `${TWO_ACCOUNTS}repositories:\n  web-shop:\n    environments:\n      a:\n      b: {role: {}}\n    roles:\n      c: {allow: [{branch: main}]}\n`,
    expected: [
      'access.yaml:8:7: no "account" says where this belongs: name one of staging, production',
      'access.yaml:9:11: no "account" says where this belongs: name one of staging, production',
      'access.yaml:11:7: no "account" says where this belongs: name one of staging, production',
    ],
  },
  {
    name: "nothing says which of many accounts is meant",
    yaml: `github: {owner: octo-org}\naccounts:\n${Array.from({ length: 12 }, (_, n) => `  a${n}: {id: "${String(n).padStart(12, "0")}", region: eu-west-1}\n`).join("")}repositories:\n  web-shop: {environments: {production: {}}}\n`,
    expected: [
      'access.yaml:16:29: no "account" says where this belongs: name one of a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, … (12 stand under "accounts")',
    ],
  },
  {
    name: "an environment is in another account than its role",
    yaml: `${TWO_ACCOUNTS}repositories:\n  web-shop:\n    environments:\n      a: {account: staging, role: {account: production}}\n`,
    expected: [
      'access.yaml:8:20: account "staging", and the role at repositories.web-shop.environments.a.role.account is in "production": an environment belongs to the account of its role, leave this "account" out',
    ],
  },
  {
    name: "tags differ in case only",
    yaml: inAccount("tags: {Team: ops, team: web}"),
    expected: ['access.yaml:6:23: tag "team" is also at accounts.staging.tags.Team, in another spelling: keep one'],
  },
  {
    name: "an account has more tags than IAM takes",
    yaml: inAccount(`tags: {${numbered(51, (n) => `t${n}: x`)}}`),
    expected: ["access.yaml:6:11: 51 tags: IAM takes at most 50, remove some"],
  },
  {
    name: "policies and roles are of another account or partition",
    yaml: inAccount(
      "permissionsBoundary: arn:aws:iam::111122223333:policy/b\nassumeRole: arn:aws-cn:iam::222233334444:role/terraform",
    ),
    expected: [
      'access.yaml:6:26: "permissionsBoundary" "arn:aws:iam::111122223333:policy/b": it is of account 111122223333, and this is account 222233334444: IAM uses only its own',
      `access.yaml:7:17: "assumeRole" "arn:aws-cn:iam::222233334444:role/terraform": it is of partition "aws-cn", and the account's region is in "aws": use one of that partition, as in "arn:aws:iam::222233334444:role/NAME", or correct the region`,
    ],
  },
  {
    name: "what should be a policy is a role",
    yaml: inAccount(
      "permissionsBoundary: arn:aws:iam::222233334444:role/b\nassumeRole: arn:aws:iam::aws:role/terraform",
    ),
    expected: [
      'access.yaml:6:26: "permissionsBoundary" "arn:aws:iam::222233334444:role/b": use the ARN of a policy, as in "arn:aws:iam::222233334444:policy/NAME"',
      'access.yaml:7:17: "assumeRole" "arn:aws:iam::aws:role/terraform": use a role of account 222233334444',
    ],
  },
  // Environments
  {
    name: "more than six review",
    yaml: inEnvironment("reviewers: {teams: [a, b, c], users: [d, e, f, g]}"),
    expected: [
      "access.yaml:8:20: 7 reviewers: GitHub accepts at most 6 users and teams together, name a team instead of its members",
    ],
  },
  {
    name: "nobody reviews",
    yaml: inEnvironment("reviewers: {}\npreventSelfReview: true"),
    expected: [
      'access.yaml:8:20: "reviewers" names nobody: name a team or user, or leave it out',
      'access.yaml:9:28: "preventSelfReview" without reviewers does nothing: name reviewers, or leave it out',
    ],
  },
  {
    name: "a reviewer is named twice",
    yaml: inEnvironment("reviewers: {teams: [ops, ops], users: [octocat, Octocat]}"),
    expected: [
      'access.yaml:8:34: reviewer "ops" is also at repositories.web-shop.environments.production.reviewers.teams[0]: keep one',
      'access.yaml:8:57: reviewer "Octocat" is also at repositories.web-shop.environments.production.reviewers.users[0], in another spelling: keep one',
    ],
  },
  {
    name: "the wait timer is negative, a fraction, endless, in seconds",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      a: {waitTimer: -1}\n      b: {waitTimer: 1.5}\n      c: {waitTimer: .inf}\n      d: {waitTimer: .nan}\n      e: {waitTimer: 86400}\n      f: {waitTimer: 99999999999999999999}\n`,
    expected: [
      'access.yaml:7:22: "waitTimer" -1: use at least 0 (minutes a job waits before it starts, 0 to 43200)',
      'access.yaml:8:22: "waitTimer" is the number 1.5: use a whole number',
      'access.yaml:9:22: "waitTimer" is the number .inf: use a number',
      'access.yaml:10:22: "waitTimer" is the number .nan: use a number',
      'access.yaml:11:22: "waitTimer" 86400: use at most 43200 (minutes a job waits before it starts, 0 to 43200)',
      'access.yaml:12:22: "waitTimer" 99999999999999999999: use at most 43200 (minutes a job waits before it starts, 0 to 43200)',
    ],
  },
  {
    name: "both ways to say what deploys are taken",
    yaml: inEnvironment("deployFrom: {protectedBranches: true, branches: [main]}"),
    expected: [
      'access.yaml:8:22: unknown key "protectedBranches": GitHub takes either protected branches or patterns: write "deployFrom: protectedBranches", or keep the patterns',
    ],
  },
  {
    name: "nothing may deploy",
    yaml: inEnvironment("deployFrom: {branches: [], tags: []}"),
    expected: [
      'access.yaml:8:21: "deployFrom" has no pattern, so nothing could deploy: name branches or tags, or leave it out',
    ],
  },
  {
    name: "nothing at all says what may deploy",
    yaml: inEnvironment("deployFrom: {}"),
    expected: [
      'access.yaml:8:21: "deployFrom" has no pattern, so nothing could deploy: name branches or tags, or leave it out',
    ],
  },
  {
    name: "a pattern is given twice",
    yaml: inEnvironment("deployFrom: {branches: [main, Main, main]}"),
    expected: [
      'access.yaml:8:45: pattern "main" is also at repositories.web-shop.environments.production.deployFrom.branches[0]: keep one',
    ],
  },
  {
    name: "two environments differ in case only",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      Production: {}\n      production: {}\n`,
    expected: [
      'access.yaml:8:7: environment "production" is also at repositories.web-shop.environments.Production, in another spelling: keep one',
    ],
  },
  {
    name: "two repositories differ in case only",
    yaml: `${HEAD}repositories:\n  web-shop: {}\n  Web-Shop: {}\n`,
    expected: [
      'access.yaml:6:3: repository "Web-Shop" is also at repositories.web-shop, in another spelling: keep one',
    ],
  },
  {
    name: "a variable is empty",
    yaml: inEnvironment('variables: {EMPTY: ""}'),
    expected: ["access.yaml:8:28: an empty value: write one, GitHub stores nothing else"],
  },
  {
    name: "a variable is larger than GitHub stores",
    yaml: inEnvironment(`variables: {LARGE: ${"x".repeat(48 * 1024 + 1)}}`),
    expected: ["access.yaml:8:28: a value of 49153 bytes: shorten it, GitHub stores at most 49152"],
  },
  {
    name: "an environment has more variables and secrets than GitHub keeps",
    yaml: inEnvironment(
      `variables: {${numbered(101, (n) => `V${n}: x`)}}\nsecrets: {${numbered(101, (n) => `S${n}: {fromVariable: s}`)}}`,
    ),
    expected: [
      "access.yaml:7:7: 101 variables: GitHub keeps at most 100 in an environment, take some away",
      "access.yaml:7:7: 101 secrets: GitHub keeps at most 100 in an environment, take some away",
    ],
  },
  {
    name: "variables take the names of what the role publishes",
    yaml: inEnvironment("variables: {AWS_ROLE_ARN: x, AWS_REGION: eu-west-1}\nrole: {}"),
    expected: [
      `access.yaml:9:15: variable "AWS_REGION" is also set at repositories.web-shop.environments.production.variables.AWS_REGION: take that away, the role's region goes there`,
      'access.yaml:9:15: variable "AWS_ROLE_ARN" is also set at repositories.web-shop.environments.production.variables.AWS_ROLE_ARN: publish the ARN under another name, as in "publish: {variable: NAME}"',
    ],
  },
  {
    name: "a secret takes the name of what the role publishes",
    yaml: inEnvironment("secrets: {ROLE_ARN: {fromVariable: arn}}\nrole: {publish: {secret: ROLE_ARN}}"),
    expected: [
      'access.yaml:9:25: secret "ROLE_ARN" is also set at repositories.web-shop.environments.production.secrets.ROLE_ARN: publish the ARN under another name, as in "publish: {secret: NAME}"',
    ],
  },
  {
    name: "the role's ARN takes the name of its region",
    yaml: inEnvironment("role: {publish: {variable: AWS_REGION}}"),
    expected: [
      `access.yaml:8:25: variable "AWS_REGION" is also the role's region: publish the ARN under another name, as in "publish: {variable: NAME}"`,
    ],
  },
  {
    name: "a role is in one account and in several",
    yaml: `${TWO_ACCOUNTS}repositories: {web-shop: {roles: {plan: {account: staging, accounts: all, allow: [{branch: main}]}}}}\n`,
    expected: ['access.yaml:5:60: "accounts" beside "account": keep one of them'],
  },
  {
    name: "a role names no account, one twice and one that there is not",
    yaml: `${TWO_ACCOUNTS}repositories:\n  web-shop:\n    roles:\n      plan: {accounts: [], allow: [{branch: main}]}\n      apply: {accounts: [staging, prodution, staging], allow: [{branch: main}]}\n`,
    expected: [
      'access.yaml:8:24: "accounts" is an empty list: name at least one, or write "all"',
      'access.yaml:9:35: unknown account "prodution": did you mean "production"?',
      'access.yaml:9:46: account "staging" is also at repositories.web-shop.roles.apply.accounts[0]: keep one',
    ],
  },
  {
    name: "accounts is one name",
    yaml: `${TWO_ACCOUNTS}repositories: {web-shop: {roles: {plan: {accounts: staging, allow: [{branch: main}]}}}}\n`,
    expected: ['access.yaml:5:52: "accounts" is the text "staging": use "all" or a list'],
  },
  {
    name: "an environment's roles are in several accounts, and none makes it",
    yaml: `${TWO_ACCOUNTS}repositories: {web-shop: {environments: {live: {role: {accounts: all}}}}}\n`,
    expected: [
      'access.yaml:5:42: its roles are in several accounts, and no "account" says whose stack makes the environment: name one of staging, production',
    ],
  },
  {
    name: "a further role of an environment names no account",
    yaml: `${TWO_ACCOUNTS}repositories: {web-shop: {environments: {live: {role: {account: staging}, roles: {migrate: {}}}}}}\n`,
    expected: ['access.yaml:5:83: no "account" says where this belongs: name one of staging, production'],
  },
  {
    name: "two accounts wait for each other",
    yaml: `${TWO_ACCOUNTS}repositories:\n  web-shop: {environments: {live: {account: staging, role: {accounts: all}}}}\n  api: {environments: {live: {account: production, role: {accounts: all}}}}\n`,
    expected: [
      'access.yaml:6:45: stack "production" waits here for "staging", which makes the environment, and "staging" for "production" at repositories.api.environments.live.account: none could be applied first, let one account make all of these environments',
    ],
  },
  {
    name: "the names of two accounts become one in a variable's name",
    yaml: `${HEAD}  prod-eu: {id: "111122223333", region: eu-west-1}\n  prod_eu: {id: "333344445555", region: eu-west-1}\nrepositories: {web-shop: {roles: {plan: {accounts: all, allow: [{branch: main}], publish: {variable: PLAN}}}}}\n`,
    expected: [
      'access.yaml:6:91: variable "PLAN_PROD_EU" would be that of account "prod-eu" (accounts.prod-eu) and of account "prod_eu" (accounts.prod_eu): rename one of the accounts, or make a role for each',
    ],
  },
  {
    name: "the keys of two roles become one in a variable's name",
    yaml: inEnvironment("roles: {read-only: {}, read.only: {}}"),
    expected: [
      'access.yaml:8:43: variable "AWS_REGION_READ_ONLY" is also set at repositories.web-shop.environments.production.roles.read-only: give one of the roles another key, or another "publish"',
      'access.yaml:8:43: variable "AWS_ROLE_ARN_READ_ONLY" is also set at repositories.web-shop.environments.production.roles.read-only: publish the ARN under another name, as in "publish: {variable: NAME}"',
    ],
  },
  {
    name: "a list publishes one name twice",
    yaml: inRole("allow: [{branch: main}]\npublish: [{variable: ROLE}, {variable: ROLE, value: name}, {secret: ROLE}]"),
    expected: [
      'access.yaml:9:37: variable "ROLE" is also set at repositories.web-shop.roles.deploy.publish[0]: publish the ARN under another name, as in "publish: {variable: NAME}"',
    ],
  },
  {
    name: "what is published of a role is nothing that it has",
    yaml: inRole("allow: [{branch: main}]\npublish: [{secret: ROLE, value: id}]"),
    expected: ['access.yaml:9:41: "value" "id": use "arn" or "region" or "accountId" or "partition" or "name"'],
  },
  // Roles that are split
  {
    name: "trust over the quota would fit if it were split",
    yaml: inRole(
      `allow:\n${Array.from({ length: 2 }, (_, n) => `  - {repository: repo-${n}, branch: ${"b".repeat(200)}${n}}\n  - {repository: repo-${n}, branch: ${"c".repeat(200)}${n}}\n  - {repository: repo-${n}, branch: ${"d".repeat(200)}${n}}\n  - {repository: repo-${n}, branch: ${"e".repeat(200)}${n}}`).join("\n")}`,
    ),
    expected: [
      'access.yaml:7:7: trust policy of up to 2435 characters, over the quota of 2048: admit fewer jobs, make two roles of it, say "split: perRepository", or have AWS raise quota L-C07B4B0D and set "trustPolicyQuota"',
    ],
  },
  {
    name: "a part of a split role is over the quota still",
    yaml: `${HEAD}repositories:\n  web-shop:\n    roles:\n      deploy:\n        split: perRepository\n        allow:\n          - {repository: api, branch: main}\n${LONG_BRANCHES}`,
    expected: [
      'access.yaml:7:7: trust policy for "web-shop" of up to 2474 characters, over the quota of 2048: admit fewer jobs, make two roles of it, or have AWS raise quota L-C07B4B0D and set "trustPolicyQuota"',
    ],
  },
  {
    name: "a split role has what no part of it can have",
    yaml: inRole(
      `split: perRepository\nname: ${"n".repeat(60)}\nallow: [{repository: api, branch: main}, {subject: "repo:octo-org/x:ref:refs/heads/main"}, {repository: other/api, branch: main}]\npublish: [{variable: A}, {variable: B, organization: all}]`,
    ),
    expected: [
      `access.yaml:7:7: the name "${"n".repeat(60)}-web-shop" of the role for "web-shop" is not valid in IAM (use at most 64 characters, this has 69): give it a shorter "name"`,
      `access.yaml:7:7: the name "${"n".repeat(60)}-other-api" of the role for "other/api" is not valid in IAM (use at most 64 characters, this has 70): give it a shorter "name"`,
      'access.yaml:10:60: "subject" beside "split": it does not say which repository\'s role it is for, write the job with the other keys',
      'access.yaml:11:18: nothing can be published in "other/api", which has another owner: remove "publish", or create a separate role for that repository',
      'access.yaml:11:62: "organization" beside "split": each repository has a role of its own, and one value cannot name them all, publish in the repositories',
    ],
  },
  {
    name: "a role is split by something else",
    yaml: inRole("split: true\nallow: [{branch: main}]"),
    expected: ['access.yaml:8:16: "split" is the truth value true: use "perRepository"'],
  },
  {
    name: "a part of a split role publishes what its repository has",
    yaml: `${HEAD}repositories:\n  api: {variables: {ROLE: x}}\n  web-shop:\n    roles:\n      deploy: {split: perRepository, allow: [{repository: api, branch: main}, {branch: main}], publish: {variable: ROLE}}\n`,
    expected: [
      'access.yaml:8:105: variable "ROLE" is also set at repositories.api.variables.ROLE: publish the ARN under another name, as in "publish: {variable: NAME}"',
    ],
  },
  // Values of repositories and of the organization
  {
    name: "a repository's secrets are written out",
    yaml: `${HEAD}repositories: {web-shop: {secrets: {ONE: hunter2, TWO: {value: hunter2}, THREE: {encrypted: hunter2}}}}\n`,
    expected: [
      'access.yaml:4:42: "ONE" is a literal secret: take it out of the file, and replace it where it was in use; write {fromVariable: NAME}, with the secret in that Terraform variable',
      'access.yaml:4:57: a key that is not "fromVariable": write {fromVariable: NAME} below the name of each secret',
      'access.yaml:4:74: "keyId" is missing (id of that public key, quoted): add it',
      `access.yaml:4:93: "encrypted" is no base64: seal the secret with GitHub's public key, and write what comes out`,
    ],
  },
  {
    name: "the organization's secrets are written out",
    yaml: `${HEAD}repositories: {}\norganization: {secrets: {ONE: hunter2, TWO: {value: hunter2, repositories: all}, THREE: [hunter2]}}\n`,
    expected: [
      'access.yaml:5:31: "ONE" is a literal secret: take it out of the file, and replace it where it was in use; write {fromVariable: NAME}, with the secret in that Terraform variable',
      'access.yaml:5:46: a key that is not "fromVariable": write {fromVariable: NAME} below the name of each secret',
      'access.yaml:5:89: "THREE" is a literal secret: take it out of the file, and replace it where it was in use; write {fromVariable: NAME}, with the secret in that Terraform variable',
    ],
  },
  {
    name: "a secret is sealed and from a variable",
    yaml: inEnvironment(`secrets: {DSN: {fromVariable: dsn, encrypted: ${SEALED}}}`),
    expected: [
      'access.yaml:8:44: "encrypted" together with "fromVariable": a secret comes from a variable or is sealed, keep one of the two',
    ],
  },
  {
    name: "what should be sealed is too short for it, and the key's id is none",
    yaml: inEnvironment(
      `secrets: {DSN: {encrypted: ${"A".repeat(64)}, keyId: "hunter2!"}, PIN: {encrypted: ${SEALED}, keyId: 568250167242549743}}`,
    ),
    expected: [
      `access.yaml:8:36: "encrypted" has 48 bytes, and what is sealed has over 48: seal the secret with GitHub's public key, and write what comes out`,
      'access.yaml:8:109: "keyId" is no id of a key: write the "key_id" that GitHub gives beside the public key, in quotes',
      'access.yaml:8:228: "keyId" is not text: put it in quotes',
    ],
  },
  {
    name: "values of the organization say not who sees them, or nobody",
    yaml: `${HEAD}repositories: {}\norganization: {variables: {A: {value: x}, B: {value: x, repositories: []}, C: {value: x, repositories: public}, D: {value: x, repositories: [a, A]}}}\n`,
    expected: [
      'access.yaml:5:28: "repositories" is missing (which repositories see it: `all`, `private` (those that are not public), or a list of names): add it',
      'access.yaml:5:71: "repositories" is an empty list: name at least one repository, or write "all" or "private"',
      'access.yaml:5:104: "repositories" is the text "public": use "all" or "private" or a list',
      'access.yaml:5:145: repository "A" is also at organization.variables.D.repositories[0], in another spelling: keep one',
    ],
  },
  {
    name: "values of the organization and of a repository say not whose stack sets them",
    yaml: `${TWO_ACCOUNTS}repositories: {web-shop: {variables: {A: x}}, api: {account: stagng, secrets: {B: {fromVariable: b}}}}\norganization: {variables: {A: {value: x, repositories: all}}}\n`,
    expected: [
      'access.yaml:5:16: no "account" says where this belongs: name one of staging, production',
      'access.yaml:5:62: unknown account "stagng": did you mean "staging"?',
      'access.yaml:6:1: no "account" says where this belongs: name one of staging, production',
    ],
  },
  {
    name: "values of the organization are seen by nobody on GitHub Free",
    yaml: `github: {owner: octo-org, plan: free}\naccounts: {staging: {id: "222233334444", region: eu-west-1}}\nrepositories: {web-shop: {}, site: {visibility: public}}\norganization: {variables: {A: {value: x, repositories: private}, B: {value: x, repositories: [web-shop, site, other]}}}\n`,
    expected: [
      'access.yaml:4:56: "private" repositories do not see an organization\'s values on GitHub Free, and "plan" is "free": publish in the repositories instead',
      'access.yaml:4:95: repository "web-shop" is private, and on GitHub Free such do not see an organization\'s values: publish in the repository instead',
    ],
  },
  {
    name: "a user publishes in an organization",
    yaml: `github: {owner: octocat, plan: pro}\naccounts: {staging: {id: "222233334444", region: eu-west-1}}\nrepositories: {web-shop: {roles: {plan: {allow: [{branch: main}], publish: {variable: PLAN, organization: all}}}}}\n`,
    expected: [
      'access.yaml:3:107: values of an organization, and "plan" is "pro", a plan of single users: publish in repositories instead',
    ],
  },
  {
    name: "a repository and the organization have a name twice",
    yaml: `${HEAD}repositories:\n  web-shop:\n    variables: {PLAN: x}\n    roles:\n      plan: {allow: [{branch: main}], publish: [{variable: PLAN}, {secret: PLAN, organization: all}]}\norganization: {secrets: {PLAN: {fromVariable: plan, repositories: all}}}\n`,
    expected: [
      'access.yaml:8:49: variable "PLAN" is also set at repositories.web-shop.variables.PLAN: publish the ARN under another name, as in "publish: {variable: NAME}"',
      'access.yaml:9:32: secret "PLAN" is also set at repositories.web-shop.roles.plan.publish[1]: keep one',
    ],
  },
  {
    name: "a repository and the organization have more values than GitHub keeps",
    yaml: `${HEAD}repositories:\n  web-shop: {variables: {${numbered(501, (n) => `V${n}: x`)}}, secrets: {${numbered(101, (n) => `S${n}: {fromVariable: s}`)}}}\norganization: {variables: {${numbered(1001, (n) => `V${n}: {value: x, repositories: all}`)}}}\n`,
    expected: [
      "access.yaml:5:3: 501 variables: GitHub keeps at most 500 in a repository, take some away",
      "access.yaml:5:3: 101 secrets: GitHub keeps at most 100 in a repository, take some away",
      "access.yaml:6:1: 1001 variables: GitHub keeps at most 1000 in an organization, take some away",
    ],
  },
  {
    name: "the version of GitHub's provider is too old",
    yaml: `github: {owner: octo-org, terraformProvider: "6.9"}\naccounts: {staging: {id: "222233334444", region: eu-west-1}}\nrepositories: {}\n`,
    expected: ['access.yaml:1:46: version "6.9": use a version from "6.9.1" on and below 7, as in "6.12"'],
  },
  {
    name: "the version of GitHub's provider is the next major",
    yaml: `github: {owner: octo-org, terraformProvider: "7.0"}\naccounts: {staging: {id: "222233334444", region: eu-west-1}}\nrepositories: {}\n`,
    expected: ['access.yaml:1:46: version "7.0": use a version from "6.9.1" on and below 7, as in "6.12"'],
  },
  {
    name: "the version of GitHub's provider is a number, which drops its last zero",
    yaml: `github: {owner: octo-org, terraformProvider: 6.10}\naccounts: {staging: {id: "222233334444", region: eu-west-1}}\nrepositories: {}\n`,
    expected: ['access.yaml:1:46: "terraformProvider" 6.10 is read as a number: put it in quotes, "6.10"'],
  },
  {
    name: "a provider has more audiences than AWS takes",
    yaml: inAccount(`audiences: [${numbered(101, (n) => `a${n}`)}]`),
    expected: ["access.yaml:6:16: 101 audiences: an OIDC provider takes at most 100, remove some"],
  },
  {
    name: "two roles publish under one name",
    yaml: `${HEAD}repositories:\n  web-shop:\n    roles:\n      plan: {allow: [{pullRequest: true}], publish: {variable: ROLE_ARN}}\n      apply: {allow: [{branch: main}], publish: {variable: ROLE_ARN}}\n`,
    expected: [
      'access.yaml:8:49: variable "ROLE_ARN" is also set at repositories.web-shop.roles.plan.publish: publish the ARN under another name, as in "publish: {variable: NAME}"',
    ],
  },
  // Plans
  {
    name: "the free plan has no environments in private repositories",
    yaml: onPlan("free", "private", "production: {}"),
    expected: [
      'access.yaml:8:7: an environment in a private repository needs GitHub Pro, Team or Enterprise, and "plan" is "free": on Free its protection and secrets are silently ignored',
    ],
  },
  {
    name: "the pro plan has no teams",
    yaml: onPlan("pro", "public", "production: {reviewers: {teams: [ops]}}"),
    expected: [
      'access.yaml:8:31: teams as reviewers need an organization, and "plan" is "pro", a plan of single users: name users instead',
    ],
  },
  {
    name: "the team plan has no rules in private repositories",
    yaml: onPlan(
      "team",
      "private",
      "production:\n  reviewers: {users: [octocat]}\n  waitTimer: 5\n  preventSelfReview: true\n  adminsCanBypass: false\n",
    ),
    expected: [
      'access.yaml:9:20: required reviewers in a private repository needs GitHub Enterprise, and "plan" is "team": leave it out, or make the repository public',
      'access.yaml:10:20: a wait timer in a private repository needs GitHub Enterprise, and "plan" is "team": leave it out, or make the repository public',
      'access.yaml:11:28: preventing self-review in a private repository needs GitHub Enterprise, and "plan" is "team": leave it out, or make the repository public',
      'access.yaml:12:26: keeping administrators from bypassing in a private repository needs GitHub Enterprise, and "plan" is "team": leave it out, or make the repository public',
    ],
  },
  {
    name: "the team plan has no internal repositories",
    yaml: onPlan("team", "internal", "production: {waitTimer: 5}"),
    expected: [
      'access.yaml:6:17: "internal" repositories exist only on GitHub Enterprise, and "plan" is "team": use "private" or "public"',
      'access.yaml:8:31: a wait timer in a private repository needs GitHub Enterprise, and "plan" is "team": leave it out, or make the repository public',
    ],
  },
  // Roles
  {
    name: "allow is empty",
    yaml: inRole("allow: []"),
    expected: ['access.yaml:8:16: "allow" is an empty list: name at least one'],
  },
  {
    name: "an entry of allow says nothing",
    yaml: inRole("allow: [{}]"),
    expected: [
      'access.yaml:8:17: nothing says which jobs are meant: give one of "branch", "tag", "environment", "mergeQueue", "pullRequest", "any"',
    ],
  },
  {
    name: "an entry names no jobs",
    yaml: inAllow("workflow: octo-org/ci/.github/workflows/release.yml@refs/heads/main"),
    expected: [
      'access.yaml:9:13: nothing says which jobs are meant: give one of "branch", "tag", "environment", "mergeQueue", "pullRequest", "any"',
    ],
  },
  {
    name: "an entry asks for what no job is",
    yaml: inAllow("branch: main\ntag: v1"),
    expected: ['access.yaml:10:18: "tag" beside "branch": no job is both, make them two entries of the list'],
  },
  {
    name: "an entry denies",
    yaml: inRole("allow: [{pullRequest: false}, {any: false}]"),
    expected: [
      'access.yaml:8:31: "pullRequest: false": write "pullRequest: true" or leave it out',
      'access.yaml:8:45: "any: false": write "any: true" or leave it out',
    ],
  },
  {
    name: "branches and tags are none that git takes",
    yaml: inRole('allow: [{branch: refs/heads/main}, {branch: ""}, {branch: a..b}, {tag: "v 1"}, {branch: "${x}"}]'),
    expected: [
      'access.yaml:8:26: "branch" "refs/heads/main": write "main": the "refs/…/" is added',
      'access.yaml:8:53: "branch" "": name a branch or tag',
      'access.yaml:8:67: "branch" "a..b": use a name that git accepts: see git check-ref-format',
      `access.yaml:8:80: "tag" "v 1": remove spaces, control characters and "~", "^", ":", "[", "\\": git allows none of them in a ref`,
      'access.yaml:8:97: "branch" "${x}": remove "${" and "%{": IAM and Terraform read them as expressions',
    ],
  },
  {
    name: "an environment is any that somebody makes up",
    yaml: inAllow('environment: "*"'),
    expected: [
      'access.yaml:9:26: "environment" "*": name an environment: a wildcard alone admits whatever environment a contributor makes up',
    ],
  },
  {
    name: "a workflow is no reference",
    yaml: inRole(
      'allow: [{branch: main, workflow: release.yml}, {branch: main, workflow: "octo-org/*/.github/workflows/release.yml@refs/heads/main"}, {branch: main, workflow: octo-org/ci/.github/workflows/release.yml@main}]',
    ),
    expected: [
      'access.yaml:8:42: "workflow" "release.yml": write it as "OWNER/REPO/.github/workflows/FILE.yml@refs/heads/BRANCH", with the ref or commit it is called at',
      'access.yaml:8:81: "workflow" "octo-org/*/.github/workflows/release.yml@refs/heads/main": use wildcards only behind the @: a pattern before it admits workflows of other repositories',
      'access.yaml:8:167: "workflow" "octo-org/ci/.github/workflows/release.yml@main": behind the "@" write a full ref ("refs/heads/main", "refs/tags/v1") or a commit of 40 hex digits',
    ],
  },
  {
    name: "subjects admit everybody",
    yaml: inRole(
      'allow: [{subject: "*"}, {subject: "repo:*"}, {subject: "repo:*/*"}, {subject: "repo:octo*/web-shop:*"}, {subject: "?"}]',
    ),
    expected: [
      'access.yaml:8:27: "subject" "*": begin with "repo:OWNER/REPO:", or with the claim that a subject template puts first',
      `access.yaml:8:43: "subject" "repo:*": write the owner out, followed by "/": a wildcard in it admits other people's organizations`,
      `access.yaml:8:64: "subject" "repo:*/*": write the owner out, followed by "/": a wildcard in it admits other people's organizations`,
      `access.yaml:8:87: "subject" "repo:octo*/web-shop:*": write the owner out, followed by "/": a wildcard in it admits other people's organizations`,
      'access.yaml:8:123: "subject" "?": begin with "repo:OWNER/REPO:", or with the claim that a subject template puts first',
    ],
  },
  {
    name: "subjects are cut short, or begin with a claim that anybody chooses",
    yaml: inRole(
      'allow: [{subject: ""}, {subject: "repo:octo-org/web-shop"}, {subject: "repo:octo-org/web-shop*"}, {subject: "environment:production"}, {subject: "repo:octo-org@1/web-shop:*"}]',
    ),
    expected: [
      'access.yaml:8:27: "subject" "": write a subject, as in "repo:OWNER/REPO:environment:NAME"',
      `access.yaml:8:42: "subject" "repo:octo-org/web-shop": end the repository's name and name the intended jobs, as in "repo:octo-org/web-shop:environment:NAME"`,
      `access.yaml:8:79: "subject" "repo:octo-org/web-shop*": end the repository's name and name the intended jobs, as in "repo:octo-org/web-shop:environment:NAME"`,
      'access.yaml:8:117: "subject" "environment:production": begin with a claim that says whose job it is (repo, repository, repository_id, repository_owner, repository_owner_id, enterprise, enterprise_id, workflow_ref, job_workflow_ref): any repository on GitHub can mint "environment:…"',
      'access.yaml:8:154: "subject" "repo:octo-org@1/web-shop:*": give the ids of both owner and repository, or of neither',
    ],
  },
  {
    name: "a subject stands beside what it says itself",
    yaml: inRole(
      'allow: [{subject: "repo:octo-org/ci:*", branch: main}, {subject: "repo:octo-org/ci:*", repository: ci}]',
    ),
    expected: [
      'access.yaml:8:57: "branch" beside "subject": the subject says it all, leave "branch" out',
      'access.yaml:8:74: "subject" together with "repository": the subject names its repository, remove "repository"',
    ],
  },
  {
    name: "another repository is none",
    yaml: inRole(
      'allow: [{branch: main, repository: a/b/c}, {branch: main, repository: "my repo"}, {branch: main, repository: "*/ci"}]',
    ),
    expected: [
      'access.yaml:8:44: repository "a/b/c": write it as "NAME" or "OWNER/NAME"',
      'access.yaml:8:79: repository "my repo": use a repository name: up to 100 letters, digits, ".", "_" and "-", without the owner and not ending in ".git"',
      'access.yaml:8:118: repository "*/ci": write it as "NAME" or "OWNER/NAME"',
    ],
  },
  {
    name: "claims are none that AWS compares",
    yaml: inAllow(
      "branch: main\nclaims: {repository_owner: octo-org, event_name: push, sub: x, aud: x, constructor: x}",
    ),
    expected: [
      'access.yaml:10:22: claim "repository_owner": GitHub mints this claim, but AWS has no condition key for it and the condition would never hold: use "repository_owner_id"',
      'access.yaml:10:50: claim "event_name": GitHub mints this claim, but AWS has no condition key for it and the condition would never hold: use "pullRequest", "branch" or "tag" of the entry',
      'access.yaml:10:68: claim "sub": the subject is always in the condition: use "branch", "environment" or "subject" of the entry',
      'access.yaml:10:76: claim "aud": the audience is always in the condition: set "audiences" of the account',
      'access.yaml:10:84: claim "constructor": AWS has no condition key for it: AWS knows actor, actor_id, enterprise_id, environment, job_workflow_ref, ref, repository, repository_id, repository_owner_id, workflow',
    ],
  },
  {
    name: "claims have no value, or any",
    yaml: inAllow('branch: main\nclaims: {actor: "", actor_id: [], ref: "*"}'),
    expected: [
      'access.yaml:10:29: claim value "": write the value that the token must have',
      'access.yaml:10:43: "actor_id" is an empty list: name at least one',
      'access.yaml:10:52: claim "ref" "*": a bare wildcard matches every job, write a value or remove the claim',
    ],
  },
  {
    name: "a claim is asked for twice",
    yaml: inAllow(
      "branch: main\nworkflow: octo-org/ci/.github/workflows/release.yml@refs/heads/main\nclaims: {job_workflow_ref: octo-org/ci/.github/workflows/other.yml@refs/heads/main}",
    ),
    expected: [
      'access.yaml:11:40: "job_workflow_ref" of "claims" beside "workflow": both ask for the same claim, leave one out',
    ],
  },
  {
    name: "claims are misspelt, or GitHub mints them for itself",
    yaml: inAllow(
      'branch: main\nclaims: {repository_ownr_id: "65", actorid: "7", Repository_ID: "74", enterprise: octo, repo_property_tier: gold, runner_environment: github-hosted}',
    ),
    expected: [
      'access.yaml:10:22: claim "repository_ownr_id": AWS has no condition key for it: did you mean "repository_owner_id"?',
      'access.yaml:10:48: claim "actorid": AWS has no condition key for it: did you mean "actor_id"?',
      'access.yaml:10:62: claim "Repository_ID": AWS has no condition key for it: did you mean "repository_id"?',
      'access.yaml:10:83: claim "enterprise": GitHub mints this claim, but AWS has no condition key for it and the condition would never hold: use "enterprise_id"',
      'access.yaml:10:101: claim "repo_property_tier": GitHub mints this claim, but AWS has no condition key for it and the condition would never hold: only a subject template can hold it, and "subject" of the entry then writes the subject out',
      'access.yaml:10:127: claim "runner_environment": GitHub mints this claim, but AWS has no condition key for it and the condition would never hold: only a subject template can hold it, and "subject" of the entry then writes the subject out',
    ],
  },
  {
    name: "claims have values that no token has",
    yaml: inRole(
      [
        "allow:",
        "  - {branch: main, claims: {actor: octo cat}}",
        '  - {branch: main, claims: {actor_id: octocat, repository_id: "7*"}}',
        '  - {branch: main, claims: {repository_owner_id: "065", enterprise_id: ["1", x]}}',
        "  - {any: true, claims: {ref: main}}",
        "  - {any: true, claims: {ref: refs/heads/a..b}}",
        "  - {any: true, claims: {repository: web-shop}}",
        "  - {any: true, claims: {repository: octo*/web-shop}}",
        "  - {any: true, claims: {repository: octo-org@65/web-shop@74}}",
        "  - {any: true, claims: {job_workflow_ref: octo-org/ci/.github/workflows/release.yml}}",
        "  - {any: true, claims: {workflow: octo-org/ci/.github/workflows/release.yml@refs/heads/main}}",
        "  - {any: true, claims: {environment: a%3Ab}}",
        "  - {branch: main, claims: {environment: production}}",
        "  - {environment: production, claims: {environment: production}}",
      ].join("\n"),
    ),
    expected: [
      'access.yaml:9:44: "actor" of "claims" "octo cat": use a login, as in "octocat" or "dependabot[bot]"',
      'access.yaml:10:47: "actor_id" of "claims" "octocat": use GitHub\'s numeric id: digits only',
      'access.yaml:10:71: "repository_id" of "claims" "7*": write the whole id: a pattern of digits admits whoever happens to have such an id',
      'access.yaml:11:58: "repository_owner_id" of "claims" "065": use GitHub\'s numeric id: digits only',
      'access.yaml:11:80: "enterprise_id" of "claims" "x": use GitHub\'s numeric id: digits only',
      'access.yaml:12:39: "ref" of "claims" "main": write the full ref, as in "refs/heads/main", "refs/tags/v*" or "refs/pull/*/merge"',
      'access.yaml:13:39: "ref" of "claims" "refs/heads/a..b": use a name that git accepts: see git check-ref-format',
      'access.yaml:14:46: "repository" of "claims" "web-shop": write it as "OWNER/NAME", without ids',
      'access.yaml:15:46: "repository" of "claims" "octo*/web-shop": write the owner out: a pattern of owners admits strangers',
      'access.yaml:16:46: "repository" of "claims" "octo-org@65/web-shop@74": use a GitHub login: up to 39 letters, digits and single hyphens',
      'access.yaml:17:52: "job_workflow_ref" of "claims" "octo-org/ci/.github/workflows/release.yml": write it as "OWNER/REPO/.github/workflows/FILE.yml@refs/heads/BRANCH", with the ref or commit it is called at',
      'access.yaml:18:44: "workflow" of "claims" "octo-org/ci/.github/workflows/release.yml@refs/heads/main": the claim is the workflow\'s name: for its file write "workflow" beside "claims", or "job_workflow_ref"',
      'access.yaml:19:47: "environment" of "claims" "a%3Ab": write ":" instead of "%3A": both would mint the same subject',
      'access.yaml:20:50: "environment" of "claims" beside "branch": the subject of a job that names an environment says nothing else, so none is both; write "environment" instead',
      'access.yaml:21:61: "environment" of "claims" beside "environment": both ask for the same claim, leave one out',
    ],
  },
  {
    name: "names are written in letters that IAM does not take",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      プロダクション:\n        role: {name: deploy}\n    roles:\n      release: {allow: [{tag: версия-*, claims: {actor: 名前}}]}\n`,
    expected: [
      'access.yaml:7:7: "environment" "プロダクション": IAM accepts only Latin-1 characters in a trust policy, which "プ" is not: choose another name',
      'access.yaml:10:31: "tag" "версия-*": IAM accepts only Latin-1 characters in a trust policy, which "в" is not: choose another name',
      'access.yaml:10:57: claim "actor" "名前": IAM accepts only Latin-1 characters in a trust policy, which "名" is not: choose another name',
    ],
  },
  {
    name: "claims are asked for where AWS has none",
    yaml: 'github: {owner: octo-org, host: octo.ghe.com}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  web-shop:\n    roles:\n      deploy:\n        allow:\n          - {any: true, claims: {actor: octocat}}\n          - {environment: production, branch: main}\n',
    expected: [
      'access.yaml:9:33: "claims" requires a claim in addition to the subject, but AWS is known to compare those only for token.actions.githubusercontent.com in partition "aws", not for token.actions.octo.ghe.com in "aws": leave it out, have the subject say it with "subjectTemplate", or vouch for it with "claimKeys: asserted" of the account',
      'access.yaml:10:47: "branch" requires a claim in addition to the subject, but AWS is known to compare those only for token.actions.githubusercontent.com in partition "aws", not for token.actions.octo.ghe.com in "aws": leave it out, have the subject say it with "subjectTemplate", or vouch for it with "claimKeys: asserted" of the account',
    ],
  },
  {
    name: "claims are asked for in a partition where AWS has none",
    yaml: 'github: {owner: octo-org}\naccounts:\n  china: {id: "222233334444", region: cn-north-1}\nrepositories:\n  web-shop:\n    roles:\n      deploy: {allow: [{branch: main, workflow: octo-org/ci/.github/workflows/release.yml@refs/heads/main}]}\n',
    expected: [
      'access.yaml:7:49: "workflow" requires a claim in addition to the subject, but AWS is known to compare those only for token.actions.githubusercontent.com in partition "aws", not for token.actions.githubusercontent.com in "aws-cn": leave it out, have the subject say it with "subjectTemplate", or vouch for it with "claimKeys: asserted" of the account',
    ],
  },
  {
    name: "two roles of one account have one name",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      production: {role: {name: deploy}}\n    roles:\n      deploy: {name: Deploy, allow: [{branch: main}]}\n  web:\n    environments:\n      shop-production: {role: {}}\n  web-shop-production:\n    roles: {}\n`,
    expected: [
      'access.yaml:9:22: role name "Deploy" is also at repositories.web-shop.environments.production.role.name, in the same account (IAM does not regard case): give one of them another "name"',
    ],
  },
  {
    name: "the default names of two roles are one",
    yaml: `${HEAD}repositories:\n  web:\n    environments:\n      shop-production: {role: {}}\n  web-shop:\n    environments:\n      production:\n        role:\n          description: the same name\n`,
    expected: [
      'access.yaml:11:9: role name "web-shop-production" is also at repositories.web.environments.shop-production.role, in the same account (IAM does not regard case): give one of them another "name"',
    ],
  },
  {
    name: "sessions are too short, too long, or no duration",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      a: {role: {sessionDuration: 2}}\n      b: {role: {sessionDuration: 13h}}\n      c: {role: {sessionDuration: 30m}}\n      d: {role: {sessionDuration: 2d}}\n      e: {role: {sessionDuration: "7200"}}\n      f: {role: {sessionDuration: 1.5}}\n      g: {role: {sessionDuration: true}}\n`,
    expected: [
      'access.yaml:7:35: session duration 2: a session lasts 1h to 12h: use 3600 to 43200 seconds, or write hours as in "2h"',
      'access.yaml:8:35: session duration "13h": a session lasts 1h to 12h: use "1h" to "12h"',
      'access.yaml:9:35: session duration "30m": a session lasts 1h to 12h: use "1h" to "12h"',
      'access.yaml:10:35: session duration "2d": write it as "1h", "90m" or a whole number of seconds without quotes',
      'access.yaml:11:35: session duration "7200": write it as "1h", "90m" or a whole number of seconds without quotes',
      'access.yaml:12:35: session duration 1.5: write it as "1h", "90m" or a whole number of seconds without quotes',
      'access.yaml:13:35: "sessionDuration" is the truth value true: use text or a number',
    ],
  },
  {
    name: "names of sessions are none that STS takes, or any",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      a: {role: {sessionName: d}}\n      b: {role: {sessionName: "deploy of \\u00e9"}}\n      c: {role: {sessionName: "*"}}\n      d: {role: {sessionName: "**"}}\n      e: {role: {sessionName: ${"x".repeat(65)}}}\n      f: {role: {sessionName: 12}}\n`,
    expected: [
      'access.yaml:7:31: session name "d": use 2 to 64 characters, this has 1',
      'access.yaml:8:31: session name "deploy of é": use letters, digits and "+=,.@_-", with "*" and "?" for a pattern',
      'access.yaml:9:31: session name "*": use 2 to 64 characters, this has 1',
      'access.yaml:10:31: session name "**": a wildcard alone admits every name: write a part of it, or leave it out',
      `access.yaml:11:31: session name "${"x".repeat(65)}": use 2 to 64 characters, this has 65`,
      'access.yaml:12:31: "sessionName" 12 is read as a number: put it in quotes, "12"',
    ],
  },
  {
    name: "a session is given what GitHub's tokens cannot give it",
    yaml: inEnvironment("role:\n  sessionTags: {team: shop}\n  transitiveTagKeys: [team]\n  sourceIdentity: octocat"),
    expected: [
      'access.yaml:9:11: "sessionTags": session tags come from a claim of the token, and GitHub mints none for them: leave it out, and give the tags where this role assumes a second one',
      'access.yaml:10:11: "transitiveTagKeys": session tags come from a claim of the token, and GitHub mints none for them: leave it out, and give the tags where this role assumes a second one',
      'access.yaml:11:11: "sourceIdentity": a source identity comes from a claim of the token, and GitHub mints none for it: leave it out, and bind the session\'s name with "sessionName", or set it where this role assumes a second one',
    ],
  },
  {
    name: "a migration of subjects is over",
    yaml: 'github: {owner: octo-org, subjects: {both: {until: 2026-07-15}}}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  web-shop: {subjects: {both: {until: "2025-12-31"}}}\n  api: {subjects: {both: {until: 2999-12-31}}}\n',
    expected: [
      'access.yaml:1:52: "2026-07-15" is past, and both forms were to be trusted only up to that day: write "subjects: immutable", or "subjects: lookup" where the file has no ids',
      'access.yaml:5:39: "2025-12-31" is past, and both forms were to be trusted only up to that day: write "subjects: immutable", or "subjects: lookup" where the file has no ids',
    ],
  },
  {
    name: "subjects are none, or end on no day",
    yaml: `${HEAD}repositories:\n  a: {subjects: imutable}\n  b: {subjects: {both: {until: 2027-02-29}}}\n  c: {subjects: {both: {until: tomorrow}}}\n  d: {subjects: {both: {}}}\n  e: {subjects: {both: true}}\n  f: {subjects: {name: {until: 2027-01-31}}}\n  g: {subjects: 7}\n  h: {subjects: {both: {untill: 2027-01-31}}}\n  i: {subjects: everything}\n`,
    expected: [
      'access.yaml:5:17: "subjects" "imutable": did you mean "immutable"?',
      'access.yaml:6:32: date "2027-02-29": write a day as in "2027-01-31"',
      'access.yaml:7:32: date "tomorrow": write a day as in "2027-01-31"',
      'access.yaml:8:18: "until" is missing (last day on which both forms are trusted, as in `2027-01-31`; after it the file is refused): add it',
      'access.yaml:9:24: "both" is the truth value true: use keys with values (until)',
      'access.yaml:10:18: unknown key "name": use both',
      'access.yaml:11:17: "subjects" is the number 7: use "lookup" or "name" or "immutable" or "both" or {both: …}',
      'access.yaml:12:25: unknown key "untill": did you mean "until"?',
      'access.yaml:13:17: "subjects" is the text "everything": use "lookup" or "name" or "immutable" or "both" or {both: …}',
    ],
  },
  {
    name: "subjects are both on a server that mints no ids, and the file gives none",
    yaml: 'github: {owner: octo-org, host: github.example.com, subjects: both}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  web-shop: {roles: {deploy: {allow: [{branch: main}]}}}\n',
    expected: [
      'access.yaml:5:39: "subjects: both" without ids, and GitHub Enterprise Server mints none: write "subjects: name"',
    ],
  },
  {
    name: "subjects are written with ids that the file does not give",
    yaml: 'github: {owner: octo-org, subjects: immutable}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  web-shop:\n    roles:\n      deploy:\n        allow:\n          - branch: main\n          - branch: main\n            repository: other/ci\n',
    expected: [
      'access.yaml:9:13: "subjects: immutable" needs both ids: give "github.ownerId" and "repositories.web-shop.id"',
      'access.yaml:11:25: "subjects: immutable" needs ids, and this file has none of "other": set "subjects: lookup" under "github", and "immutable" under the repositories that need it',
    ],
  },
  {
    name: "an id is missing, which is told once for all roles of a repository",
    yaml: 'github: {owner: octo-org, ownerId: "65", subjects: immutable}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  web-shop:\n    environments:\n      production: {role: {}}\n    roles:\n      deploy: {allow: [{branch: main}, {tag: v1}]}\n',
    expected: ['access.yaml:7:7: "subjects: immutable" needs both ids: give "repositories.web-shop.id"'],
  },
  {
    name: "a trust policy is over the quota",
    yaml: `${HEAD}repositories:\n  web-shop:\n    subjects: name\n    roles:\n      deploy:\n        allow:\n${LONG_BRANCHES}`,
    expected: [
      'access.yaml:8:7: trust policy of 2188 characters, over the quota of 2048: admit fewer jobs, make two roles of it, or have AWS raise quota L-C07B4B0D and set "trustPolicyQuota"',
    ],
  },
  {
    name: "a trust policy may be over the quota",
    yaml: `${HEAD}repositories:\n  web-shop:\n    roles:\n      deploy:\n        allow:\n${LONG_BRANCHES}`,
    expected: [
      'access.yaml:7:7: trust policy of up to 2474 characters, over the quota of 2048: admit fewer jobs, make two roles of it, or have AWS raise quota L-C07B4B0D and set "trustPolicyQuota"',
    ],
  },
  // Policies
  {
    name: "managed policies are no names and of no use here",
    yaml: inRole(
      'allow: [{branch: main}]\nmanagedPolicies: [Read Only, "arn:aws:s3:::bucket", "arn:aws:iam::111122223333:policy/p", "arn:aws-cn:iam::aws:policy/p", "arn:aws:iam::222233334444:role/p"]',
    ),
    expected: [
      'access.yaml:9:27: policy "Read Only": use the name of an AWS-managed policy, as in "ReadOnlyAccess" or "job-function/ViewOnlyAccess", or a full ARN',
      'access.yaml:9:38: policy "arn:aws:s3:::bucket": use the ARN of a policy, as in "arn:aws:iam::111122223333:policy/NAME"',
      'access.yaml:9:61: policy "arn:aws:iam::111122223333:policy/p": it is of account 111122223333, and this is account 222233334444: IAM uses only its own',
      `access.yaml:9:99: policy "arn:aws-cn:iam::aws:policy/p": it is of partition "aws-cn", and the account's region is in "aws": use one of that partition, as in "arn:aws:iam::aws:policy/NAME", or correct the region`,
      'access.yaml:9:131: policy "arn:aws:iam::222233334444:role/p": use the ARN of a policy, as in "arn:aws:iam::222233334444:policy/NAME"',
    ],
  },
  {
    name: "a role has more managed policies than IAM attaches",
    yaml: inRole(
      `allow: [{branch: main}]\nmanagedPolicies: [${numbered(26, (n) => `arn:aws:iam::aws:policy/Policy${n}`)}]`,
    ),
    expected: ["access.yaml:9:26: 26 managed policies: IAM attaches at most 25 to a role, make one of several"],
  },
  {
    name: "the name of an inline policy has a space",
    yaml: inRole("allow: [{branch: main}]\ninlinePolicies: {my policy: policies/deploy.json}"),
    expected: ['access.yaml:9:26: policy name "my policy": use 1 to 128 letters, digits and "+=,.@_-"'],
  },
  {
    name: "a policy file is missing",
    yaml: inRole("allow: [{branch: main}]\ninlinePolicies: {deploy: policies/deplyo.json}"),
    expected: [
      'access.yaml:9:34: policy file "policies/deplyo.json": there is no such file: create it, or correct the path',
    ],
  },
  {
    name: "a policy file is a folder, or behind a file",
    yaml: inRole('allow: [{branch: main}]\ninlinePolicies: {a: policies, b: policies/deploy.json/c.json, c: ""}'),
    expected: [
      'access.yaml:9:29: policy file "policies": it is a folder: name a JSON file',
      'access.yaml:9:42: policy file "policies/deploy.json/c.json": it cannot be read (ENOTDIR): correct the path',
      'access.yaml:9:74: policy file "": name a JSON file below the folder of the access file',
    ],
  },
  {
    name: "a policy file is not JSON",
    yaml: inRole(
      "allow: [{branch: main}]\ninlinePolicies:\n  trailing-comma: policies/trailing-comma.json\n  empty: policies/empty.json",
    ),
    expected: [
      'access.yaml:10:27: policy file "policies/trailing-comma.json" is not JSON (line 4, column 26: Expected double-quoted property name): correct the file',
      'access.yaml:11:18: policy file "policies/empty.json" is not JSON (Unexpected end of JSON input): correct the file',
    ],
  },
  {
    name: "a policy file is no policy",
    yaml: inRole(
      "allow: [{branch: main}]\ninlinePolicies: {list: policies/list.json, mistakes: policies/mistakes.json, trust: policies/trust.json}",
    ),
    expected: [
      'access.yaml:9:32: policy file "policies/list.json": a policy is a JSON object with "Version" and "Statement"',
      'access.yaml:9:62: policy file "policies/mistakes.json": unknown element "Statements": IAM knows Version, Id, Statement',
      'access.yaml:9:62: policy file "policies/mistakes.json": Version: "2013-10-17": use "2012-10-17"',
      'access.yaml:9:62: policy file "policies/mistakes.json": Statement[0].Effect: "allow": use "Allow" or "Deny"',
      'access.yaml:9:62: policy file "policies/mistakes.json": Statement[0].Action: "GetObject": write an action as "service:Action"',
      'access.yaml:9:62: policy file "policies/mistakes.json": Statement[0].Resource: "bucket": write a resource as an ARN or "*"',
      'access.yaml:9:93: policy file "policies/trust.json": Statement[0]: leave "Principal" out: in a permissions policy the principal is the role itself',
    ],
  },
  {
    name: "policy files are outside of the folder",
    yaml: inRole("allow: [{branch: main}]\ninlinePolicies: {a: ../deploy.json, b: /etc/passwd}"),
    expected: [
      'access.yaml:9:29: policy file "../deploy.json": the path leaves the folder of the access file, move the policy into it',
      'access.yaml:9:48: policy file "/etc/passwd": use a path relative to the access file',
    ],
  },
  {
    name: "a policy in the file has mistakes",
    yaml: inRole(
      'allow: [{branch: main}]\ninlinePolicies:\n  deploy:\n    Version: "2012-10-17"\n    Statement:\n      - Effect: allow\n        Action: GetObject\n        Resource: bucket\n      - Effect: Allow\n        Resource: "*"\n  none: {}\n',
    ),
    expected: [
      'access.yaml:13:25: policy "deploy": Statement[0].Effect: "allow": use "Allow" or "Deny"',
      'access.yaml:14:25: policy "deploy": Statement[0].Action: "GetObject": write an action as "service:Action"',
      'access.yaml:15:27: policy "deploy": Statement[0].Resource: "bucket": write a resource as an ARN or "*"',
      'access.yaml:16:17: policy "deploy": Statement[1]: give one of "Action" and "NotAction"',
      'access.yaml:18:11: policy "none": Statement: a policy needs at least one statement',
    ],
  },
  {
    name: "inline policies are longer than IAM takes",
    yaml: inRole("allow: [{branch: main}]\ninlinePolicies: {large: policies/large.json}"),
    expected: [
      'access.yaml:9:25: inline policies of 11984 characters together exceed IAM\'s limit of 10240: put the largest under "customerPolicies", where each may have 6144',
    ],
  },
  // Policies made for a role, boundaries and placeholders
  {
    name: "managed policies are none of AWS's, or have one name",
    yaml: inRole(
      'allow: [{branch: main}]\nmanagedPolicies: [ReadOnlyAcess, ViewOnlyAccess, NoSuchPolicyAtAllOfAws, "arn:aws:iam::aws:policy/NewerThanTheList"]',
    ).replace(
      "\n    roles:",
      '\n    environments:\n      x: {role: {managedPolicies: ["arn:aws:iam::aws:policy/ViewOnlyAccess", job-function/ViewOnlyAccess]}}\n    roles:',
    ),
    expected: [
      'access.yaml:7:35: "arn:aws:iam::aws:policy/ViewOnlyAccess" and "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess": AWS has no two policies of one name, keep the one that it has',
      `access.yaml:11:27: policy "ReadOnlyAcess": AWS's list of ${awsManagedPoliciesDate} has none of that name: did you mean "ReadOnlyAccess"? If it is newer, write its ARN`,
      `access.yaml:11:42: policy "ViewOnlyAccess": AWS's list of ${awsManagedPoliciesDate} has none of that name: did you mean "job-function/ViewOnlyAccess"? If it is newer, write its ARN`,
      `access.yaml:11:58: policy "NoSuchPolicyAtAllOfAws": AWS's list of ${awsManagedPoliciesDate} has none of that name: write the ARN of a newer one, or of your own, as in "arn:aws:iam::aws:policy/NoSuchPolicyAtAllOfAws"`,
    ],
  },
  {
    name: "policies made for roles are too large, have one name, or a name that is too long",
    yaml: `${HEAD}repositories:\n  a:\n    roles:\n      b-c: {name: a-b, allow: [{branch: main}], customerPolicies: {c: policies/small.json, large: policies/large.json}}\n      a: {name: a, allow: [{branch: main}], customerPolicies: {B-c: policies/small.json, ${"n".repeat(127)}: policies/small.json, a b: policies/small.json, none: policies/none.json}}\n`,
    expected: [
      'access.yaml:7:99: policy "large" of 11984 characters exceeds IAM\'s limit of 6144 for a managed policy: split it in two',
      'access.yaml:8:64: policy name "a-B-c", of role and key, is also at repositories.a.roles.b-c.customerPolicies.c, in the same account (IAM does not regard case): choose another key',
      `access.yaml:8:90: policy name ${quote(`a-${"n".repeat(127)}`)}, of role and key: use 1 to 128 letters, digits and "+=,.@_-"`,
      'access.yaml:8:240: policy name "a b": use 1 to 128 letters, digits and "+=,.@_-"',
      'access.yaml:8:272: policy file "policies/none.json": there is no such file: create it, or correct the path',
    ],
  },
  {
    name: "a policy made for a role would have a path that IAM takes of roles only",
    yaml: `github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1, rolePath: "/a!b/"}\nrepositories:\n  web-shop:\n    roles:\n      deploy: {allow: [{branch: main}], customerPolicies: {c: policies/small.json}}\n`,
    expected: [
      'access.yaml:7:41: policies are made under the account\'s "rolePath" "/a!b/": a policy\'s path has letters, digits and ".,+@=_-" between "/"',
    ],
  },
  {
    name: "a role lets itself out of the account's boundary, or has another account's",
    yaml: `github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1, permissionsBoundary: "arn:aws:iam::222233334444:policy/boundary"}\n  free: {id: "111122223333", region: eu-west-1}\nrepositories:\n  web-shop:\n    environments:\n      a: {role: {account: staging, permissionsBoundary: false}}\n      b: {role: {account: free, permissionsBoundary: false}}\n      c: {role: {account: free, permissionsBoundary: "arn:aws:iam::222233334444:policy/boundary"}}\n      d: {role: {account: free, permissionsBoundary: boundary}}\n      e: {role: {account: free, permissionsBoundary: "arn:aws:iam::111122223333:role/boundary"}}\n      f: {role: {account: free, permissionsBoundary: true, exclusive: "true"}}\n`,
    expected: [
      'access.yaml:8:57: "permissionsBoundary: false", and the account sets one, which holds for all its roles: leave it out, or name another policy',
      'access.yaml:9:54: "permissionsBoundary: false", and the account sets none: leave it out',
      'access.yaml:10:54: "permissionsBoundary" "arn:aws:iam::222233334444:policy/boundary": it is of account 222233334444, and this is account 111122223333: IAM uses only its own',
      'access.yaml:11:54: permissions boundary "boundary": use the ARN of a policy, as in "arn:aws:iam::111122223333:policy/NAME"',
      'access.yaml:12:54: "permissionsBoundary" "arn:aws:iam::111122223333:role/boundary": use the ARN of a policy, as in "arn:aws:iam::111122223333:policy/NAME"',
      'access.yaml:13:54: "permissionsBoundary" is the truth value true: use text or false',
      'access.yaml:13:71: "exclusive" is the text "true": take the quotes away, true',
    ],
  },
  {
    name: "placeholders of policies are none",
    yaml: inRole(
      'allow: [{branch: main}]\ninlinePolicies:\n  a: {Statement: {Effect: Allow, Action: "*", Resource: "arn:aws:s3:::{{acountId}}-{{accountId}}-{{acountId}}"}}\n  b: {Statement: {Effect: Allow, Action: "*", Resource: "arn:aws:s3:::{{ region }}/{{}}"}}\ncustomerPolicies:\n  c: {Statement: {Effect: Allow, Action: "*", Resource: "arn:aws:s3:::{{stage}}"}}',
    ),
    expected: [
      'access.yaml:10:14: policy "a": unknown placeholder "{{acountId}}": did you mean "{{accountId}}"?',
      'access.yaml:11:14: policy "b": unknown placeholder "{{ region }}": did you mean "{{region}}"?',
      'access.yaml:11:14: policy "b": unknown placeholder "{{}}": use "{{accountId}}", "{{region}}", "{{partition}}"',
      'access.yaml:13:14: policy "c": unknown placeholder "{{stage}}": use "{{accountId}}", "{{region}}", "{{partition}}"',
    ],
  },
  // Subject templates
  {
    name: "a subject template begins with a claim that a contributor chooses, or has one that is none",
    yaml: `${HEAD}repositories:\n  a: {subjectTemplate: [environment, repo]}\n  b: {subjectTemplate: [repo, contxt, sub]}\n  c: {subjectTemplate: [repo, repo]}\n  d: {subjectTemplate: []}\n  e: {subjectTemplate: [repository_owner_id, context]}\n  f: {subjectTemplate: own}\n  g: {subjectTemplate: {claims: [head_ref, repo], also: [workflow, repo]}}\n`,
    expected: [
      'access.yaml:5:24: subject template "environment, repo": begin with a claim that says whose job it is (repo, repository, repository_id, repository_owner, repository_owner_id, enterprise, enterprise_id, workflow_ref, job_workflow_ref): any repository on GitHub can mint "environment:…"',
      'access.yaml:6:31: claim "contxt": GitHub mints no such claim: did you mean "context"?',
      'access.yaml:6:39: claim "sub": GitHub mints no such claim: name "repo", "context" or a claim of its tokens',
      'access.yaml:7:24: subject template "repo, repo": "repo" is a duplicate: keep one',
      'access.yaml:8:24: "subjectTemplate" is an empty list: name at least one',
      'access.yaml:9:24: subject template "repository_owner_id, context": add one of repo, repository, repository_id: without it other repositories mint the same subjects',
      'access.yaml:10:24: "subjectTemplate" is the text "own": use "default" or "organization" or a list or {claims: …}',
      'access.yaml:11:33: subject template "head_ref, repo": begin with a claim that says whose job it is (repo, repository, repository_id, repository_owner, repository_owner_id, enterprise, enterprise_id, workflow_ref, job_workflow_ref): any repository on GitHub can mint "head_ref:…"',
      'access.yaml:11:57: subject template "workflow, repo": begin with a claim that says whose job it is (repo, repository, repository_id, repository_owner, repository_owner_id, enterprise, enterprise_id, workflow_ref, job_workflow_ref): any repository on GitHub can mint "workflow:…"',
    ],
  },
  {
    name: "nothing says what the organization's template is, or what the one before was",
    yaml: `${HEAD}repositories:\n  a: {subjectTemplate: organization}\n  b: {subjectTemplate: {claims: default, also: organization}}\n  c: {subjectTemplate: {claims: [repo, actor], also: [repo, actor]}}\n`,
    expected: [
      'access.yaml:5:24: "organization": the file does not say what the organization\'s template is, and its subjects cannot be written: add "subjectTemplate" under "organization"',
      'access.yaml:6:24: "organization": the file does not say what the organization\'s template is, and its subjects cannot be written: add "subjectTemplate" under "organization"',
      'access.yaml:7:54: "also" is the template itself: name the one before, or leave "also" out',
    ],
  },
  {
    name: "nothing says whose stack sets a template",
    yaml: `${TWO_ACCOUNTS}repositories:\n  a: {subjectTemplate: default}\n  b: {subjectTemplate: default, account: prodution}\n  c: {account: test}\n  d:\n    subjectTemplate: default\n    environments: {x: {account: staging}, y: {account: production}}\norganization: {subjectTemplate: default}\n`,
    expected: [
      'access.yaml:6:3: no "account" says whose stack sets the subject template: name one of staging, production',
      'access.yaml:7:42: unknown account "prodution": did you mean "production"?',
      'access.yaml:8:16: unknown account "test": name one of staging, production',
      'access.yaml:9:3: no "account" says whose stack sets the subject template: name one of staging, production',
      'access.yaml:12:1: no "account" says where this belongs: name one of staging, production',
    ],
  },
  {
    name: "a template asks for what an entry of allow does not say",
    yaml: `${HEAD}repositories:\n  a:\n    subjectTemplate: [repo, context, job_workflow_ref]\n    environments: {x: {role: {}}}\n    roles:\n      deploy:\n        allow:\n          - branch: main\n          - {branch: main, workflow: octo-org/ci/.github/workflows/x.yml@refs/heads/main, subjectClaims: {event_name: push}}\n  b:\n    subjectTemplate: [repo, event_name]\n    roles:\n      deploy: {allow: [{environment: x, subjectClaims: {event_name: push}}, {pullRequest: true, subjectClaims: {event_name: [push, "*"], evnt: x}}, {subject: "repo:octo-org/b:actor:x", subjectClaims: {actor: x}}, {branch: main, claims: {actor: x}, subjectClaims: {actor: x}}]}\n`,
    expected: [
      'access.yaml:7:20: subjects of the repository are made of repo, context, job_workflow_ref, and nothing says which job_workflow_ref: say it with "workflow" in an entry of "allow" (the role of an environment has none: make it one under "roles")',
      'access.yaml:11:13: subjects of the repository are made of repo, context, job_workflow_ref, and nothing says which job_workflow_ref: say it with "workflow" in an entry of "allow"',
      'access.yaml:12:106: "event_name" of "subjectClaims": subjects of the repository are made of repo, context, job_workflow_ref, and have no place for it: add it to the template, or leave it out',
      'access.yaml:16:16: pull requests, whose code nobody has reviewed, get the same role as a deployment to an environment: make two roles of it, or say "pullRequestsMayDeploy: true" as well',
      'access.yaml:16:38: "environment": subjects of the repository are made of repo, event_name, which does not tell it: add "context" to the template',
      'access.yaml:16:125: claim "event_name" "*": a bare wildcard matches every job, write a value or remove the claim',
      'access.yaml:16:138: claim "evnt": GitHub mints no such claim: name "repo", "context" or a claim of its tokens',
      'access.yaml:16:201: "subjectClaims" beside "subject": the subject says it all, leave "subjectClaims" out',
      'access.yaml:16:272: "actor" of "subjectClaims" beside "claims": both ask for the same claim, leave one out',
    ],
  },
  // Chained roles and other principals
  {
    name: "a chained role cannot be assumed as the file says",
    yaml: `${TWO_ACCOUNTS}  china: {id: "333344445555", region: cn-north-1}\nrepositories:\n  a:\n    roles:\n      entry:\n        account: staging\n        allow: [{branch: main}]\n        assumes: [deployr, far, deployer, {role: deployer, externalId: "a b"}, {role: nowhere}]\n        inlinePolicies: {assume: policies/deploy.json}\nchainedRoles:\n  deployer: {account: production, sessionDuration: 2h}\n  far: {account: china}\n  nowhere: {account: prod}\n  unused: {account: staging, sessionDuration: 1h}\n  twin: {account: staging, name: a-entry}\n  none: {}\n`,
    expected: [
      'access.yaml:9:7: role name "a-entry" is also at chainedRoles.twin.name, in the same account (IAM does not regard case): give one of them another "name"',
      'access.yaml:12:19: chained role "deployr": not found under "chainedRoles": did you mean "deployer"?',
      'access.yaml:12:28: chained role "far": it is in partition "aws-cn", and this role in "aws": no role is assumed across partitions',
      'access.yaml:12:43: chained role "deployer" is a duplicate: keep one',
      'access.yaml:12:72: external id "a b": use 2 to 1,224 letters, digits and "+=,.@:/_-"',
      'access.yaml:13:26: policy "assume" is what "assumes" makes: give it another name',
      'access.yaml:15:52: session duration "2h": a role that is assumed from another has sessions of 1h at most, whatever its own setting: remove it',
      'access.yaml:16:3: nobody could assume this role: name it in "assumes" of another, or take it out',
      'access.yaml:17:22: unknown account "prod": did you mean "production"?',
      'access.yaml:18:3: nobody could assume this role: name it in "assumes" of another, or take it out',
      'access.yaml:19:3: nobody could assume this role: name it in "assumes" of another, or take it out',
      'access.yaml:20:3: no "account" says where this role is: name one of staging, production, china',
    ],
  },
  {
    name: "another principal is nobody, everybody, or of another partition",
    yaml: inRole(
      'allow: [{branch: main}]\nalsoTrusts:\n  - {account: "44445555666"}\n  - {account: "444455556666", externalId: x}\n  - {role: "arn:aws:iam::444455556666:role/*"}\n  - {role: "arn:aws:iam::444455556666:user/octocat"}\n  - {role: "arn:aws-cn:iam::444455556666:role/deploy"}\n  - {service: "*"}\n  - {service: ecs-tasks.amazonaws.com, sourceAccount: true}\n  - {service: ec2.amazonaws.com}\n  - {service: ec2.amazonaws.com, sourceAccount: "222233334444"}\n  - "*"',
    ),
    expected: [
      'access.yaml:10:23: account id "44445555666": an AWS account id has 12 digits',
      'access.yaml:11:51: external id "x": use 2 to 1,224 letters, digits and "+=,.@:/_-"',
      'access.yaml:12:20: role "arn:aws:iam::444455556666:role/*": use the ARN of one role, without wildcards, as in "arn:aws:iam::444455556666:role/NAME"',
      'access.yaml:13:20: role "arn:aws:iam::444455556666:user/octocat": use the ARN of one role, without wildcards, as in "arn:aws:iam::444455556666:role/NAME"',
      'access.yaml:15:23: service "*": use the name of one service, as in "ecs-tasks.amazonaws.com"',
      'access.yaml:16:63: "sourceAccount" is the truth value true: use false or text',
      'access.yaml:19:13: entry 10 of "alsoTrusts" is the text "*": use {account: …} or {role: …} or {service: …}',
    ],
  },
  {
    name: "a role's path is a pattern, and the role assumes another",
    yaml: `github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1, rolePath: /git*/}\nrepositories:\n  a: {roles: {entry: {allow: [{branch: main}], assumes: [b]}}}\nchainedRoles: {b: {alsoTrusts: [{account: "444455556666"}]}}\n`,
    expected: [
      'access.yaml:5:58: chained role "b": the path of this role has a wildcard, and "arn:aws:iam::222233334444:role/git*/a-entry" would match other roles too: choose another "rolePath"',
    ],
  },
  {
    name: "another principal is of another partition, or stands twice",
    yaml: inRole(
      'allow: [{branch: main}]\nalsoTrusts:\n  - {role: "arn:aws-cn:iam::444455556666:role/deploy"}\n  - {service: ec2.amazonaws.com}\n  - {service: ec2.amazonaws.com, sourceAccount: "222233334444"}',
    ),
    expected: [
      'access.yaml:10:20: role "arn:aws-cn:iam::444455556666:role/deploy": it is of partition "aws-cn", and the account\'s region is in "aws": no role is assumed across partitions, name one of "aws"',
      'access.yaml:12:13: entry 3 of "alsoTrusts" is a duplicate: keep one',
    ],
  },
  // Suppressions
  {
    name: "a suppression has no reason, no rule or no day",
    yaml: inRole(
      'allow: [{branch: main}]\nsuppress:\n  L7: ok\n  L8: ""\n  l9: a good reason\n  L1000: a good reason\n  L10: {until: 2027-01-31}\n  L11: {reason: a good reason, until: 31.1.2027}\n  L12: {reason: a good reason, until: 2027-02-29}\n  L13: {reason: a good reason, til: 2027-02-28}\n  L14: true',
    ),
    expected: [
      'access.yaml:10:15: reason "ok": say why this is no problem here, in a few words',
      'access.yaml:11:15: reason "": say why this is no problem here, in a few words',
      'access.yaml:12:11: rule "l9": use the id of a rule of "github-oidc check", as in "L17"',
      'access.yaml:13:11: rule "L1000": use the id of a rule of "github-oidc check", as in "L17"',
      'access.yaml:14:11: "reason" is missing (why it is no problem here): add it',
      'access.yaml:15:47: last day "31.1.2027": write a day as in "2027-01-31"',
      'access.yaml:16:47: last day "2027-02-29": write a day as in "2027-01-31"',
      'access.yaml:17:40: unknown key "til": use one of reason, until',
      'access.yaml:18:16: "L14" true is read as a truth value: put it in quotes, "true"',
    ],
  },
  // Protected branches
  {
    name: "branches to protect are none, a pattern, no names, or said twice",
    yaml: `${HEAD}repositories:\n  a: {protectBranches: []}\n  b: {protectBranches: ["release/*", refs/heads/main]}\n  c: {protectBranches: [main, Main, main]}\n`,
    expected: [
      'access.yaml:5:24: "protectBranches" is an empty list: name at least one',
      'access.yaml:6:25: branch "release/*": name each branch: GitHub protects patterns only through an API that is not used here; "deployFrom: {branches: [PATTERN]}" needs no protected branch',
      'access.yaml:6:38: branch "refs/heads/main": write "main": the "refs/…/" is added',
      'access.yaml:7:37: branch "main" is also at repositories.c.protectBranches[0]: keep one',
    ],
  },
  {
    name: "it is not said whose stack protects the branches",
    yaml: `${TWO_ACCOUNTS}repositories:\n  a: {protectBranches: [main]}\n  b: {protectBranches: [main], account: prodction}\n`,
    expected: [
      'access.yaml:6:7: no "account" says where this belongs: name one of staging, production',
      'access.yaml:7:41: unknown account "prodction": did you mean "production"?',
    ],
  },
  {
    name: "the plan or the provider does not protect branches",
    yaml: 'github: {owner: octo-org, plan: free}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  a: {protectBranches: [main]}\n  b: {protectBranches: [main], visibility: public}\n',
    expected: [
      'access.yaml:5:24: protected branches of a private repository need GitHub Pro, Team or Enterprise, and "plan" is "free": leave it out, or make the repository public',
    ],
  },
  {
    name: "a single user's branches are to be protected",
    yaml: 'github: {owner: octocat, plan: pro}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\nrepositories:\n  a: {protectBranches: [main], visibility: public}\n',
    expected: [
      'access.yaml:5:24: the GitHub provider protects branches of organizations only, and "plan" is "pro", a plan of single users: protect them on GitHub\'s pages, and leave it out',
    ],
  },
  // Former names, and tags
  {
    name: "something is to have moved from where something is, or two things from one place",
    yaml: `${HEAD}repositories:
  a: {formerly: b}
  b: {}
  c: {formerly: old, environments: {x: {formerly: y}, y: {}, z: {formerly: w}, v: {formerly: w}}}
  d: {formerly: old, roles: {r: {formerly: r, allow: [{branch: main}]}}}
  e: {environments: {x: {roles: {k: {formerly: l}, l: {}, m: {formerly: n}, o: {formerly: n}}}}}
`,
    expected: [
      'access.yaml:5:17: "b" is the name of a repository that is there, at repositories.b: rename one thing at a time, and apply in between',
      'access.yaml:7:51: "y" is the name of an environment that is there, at repositories.c.environments.y: rename one thing at a time, and apply in between',
      'access.yaml:7:94: former name "w" is also at repositories.c.environments.z.formerly: one thing cannot have become two',
      'access.yaml:8:17: former name "old" is also at repositories.c.formerly: one thing cannot have become two',
      'access.yaml:8:44: "r" is the name of a role that is there, at repositories.d.roles.r: rename one thing at a time, and apply in between',
      'access.yaml:9:48: "l" is the name of a role that is there, at repositories.e.environments.x.roles.l: rename one thing at a time, and apply in between',
      'access.yaml:9:91: former name "n" is also at repositories.e.environments.x.roles.m.formerly: one thing cannot have become two',
    ],
  },
  {
    name: "a former name is none",
    yaml: `${HEAD}repositories:
  a: {formerly: octo-org/a, environments: {x: {formerly: ""}}, roles: {r: {formerly: "?", allow: [{branch: main}]}}}
  b: {environments: {x: {role: {formerly: y}, roles: {k: {formerly: "?"}}}}}
`,
    expected: [
      'access.yaml:5:17: repository name "octo-org/a": use a repository name: up to 100 letters, digits, ".", "_" and "-", without the owner and not ending in ".git"',
      'access.yaml:5:58: environment name "": use 1 to 255 characters, this has 0',
      'access.yaml:5:86: role key "?": use letters, digits, ".", "_" and "-"',
      'access.yaml:6:33: unknown key "formerly": use one of account, accounts, name, description, sessionDuration, sessionName, managedPolicies, alsoTrusts, assumes, customerPolicies, inlinePolicies, permissionsBoundary, exclusive, tags, state, suppress, publish',
      'access.yaml:6:69: role key "?": use letters, digits, ".", "_" and "-"',
    ],
  },
  {
    name: "a role's tags clash with those of the account, or are too many with them",
    yaml: `github: {owner: octo-org}
accounts:
  staging: {id: "222233334444", region: eu-west-1, tags: {owner: platform}}
repositories:
  a: {roles: {r: {tags: {Owner: me}, allow: [{branch: main}]}}}
  b: {roles: {r: {tags: {owner: me}, allow: [{branch: main}]}}}
  c: {roles: {r: {tags: {${Array.from({ length: 49 }, (_, index) => `t${index}: x`).join(", ")}}, allow: [{branch: main}]}}}
  d: {roles: {r: {tags: {${Array.from({ length: 50 }, (_, index) => `t${index}: x`).join(", ")}}, allow: [{branch: main}]}}}
`,
    expected: [
      'access.yaml:5:26: tag "Owner" is also at accounts.staging.tags.owner, in another spelling: keep one',
      "access.yaml:8:25: 51 tags: IAM takes at most 50, remove some",
    ],
  },
  // Everything at once
  {
    name: "mistakes of every kind are reported at once",
    yaml: "github: {owner: octo-org, plan: team}\naccounts:\n  staging: {id: 222233334444, region: eu-west-1}\nrepositories:\n  web-shop:\n    visibility: private\n    environments:\n      production:\n        waitTimer: 10\n        reviewrs: {teams: [ops]}\n        role:\n          acount: staging\n          managedPolicies: [ReadOnlyAccess, Read Only]\n          inlinePolicies: {deploy: policies/none.json}\n    roles:\n      plan:\n        allow: [{branch: main, tag: v1}, main]\n",
    expected: [
      'access.yaml:3:17: "id" 222233334444 is read as a number: put it in quotes, "222233334444"',
      'access.yaml:9:20: a wait timer in a private repository needs GitHub Enterprise, and "plan" is "team": leave it out, or make the repository public',
      'access.yaml:10:9: unknown key "reviewrs": did you mean "reviewers"?',
      'access.yaml:12:11: unknown key "acount": did you mean "account"?',
      'access.yaml:13:45: policy "Read Only": use the name of an AWS-managed policy, as in "ReadOnlyAccess" or "job-function/ViewOnlyAccess", or a full ARN',
      'access.yaml:14:36: policy file "policies/none.json": there is no such file: create it, or correct the path',
      'access.yaml:17:37: "tag" beside "branch": no job is both, make them two entries of the list',
      'access.yaml:17:42: entry 2 of "allow" is the text "main": use keys with values (branch, tag, environment, mergeQueue, pullRequest, any, repository, workflow, claims, subjectClaims, subject)',
    ],
  },
  {
    name: "an alias carries a mistake to several places",
    yaml: `${HEAD}repositories:\n  web-shop:\n    environments:\n      a: &settings {waitTimer: never}\n      b: *settings\n`,
    expected: ['access.yaml:7:32: "waitTimer" is the text "never": use a number'],
  },
  // Terraform's state
  ...WRONG_STATE_FILES,
  // Pairs of plan and apply role
  ...WRONG_PAIR_FILES,
];
