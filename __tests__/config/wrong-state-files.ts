import type { WrongFile } from "./wrong-files";

const KEY = "arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-44cd-86ef-1234567890ab";

/** Two accounts, and the states given, on line 6; then the access of a role to them, which begins on line 11, in column 16. */
const file = (
  states: string,
  access: string,
  regions: readonly [string, string] = ["eu-west-1", "eu-west-1"],
): string => `github: {owner: octo-org}
accounts:
  staging: {id: "222233334444", region: ${regions[0]}}
  production: {id: "111122223333", region: ${regions[1]}}
states:
  ${states}
repositories:
  network:
    roles:
      plan: {account: production, allow: [{branch: main}], ${
        access.startsWith("inlinePolicies")
          ? access
          : `state:
        ${access}`
      }}
`;

const MAIN = "main: {account: production, bucket: octo-tfstate}";
/** Access with mistakes to states without any. */
const inAccess = (access: string): string => file(MAIN, access);
/** States with mistakes, and access to them without any. */
const inStates = (states: string): string => file(states, "{in: main, key: network/, access: read}");

/** Mistakes in `states`, and in what roles say of them. */
export const WRONG_STATE_FILES: readonly WrongFile[] = [
  {
    name: "states are in an account that there is not",
    yaml: inStates("main: {account: prodction, bucket: octo-tfstate}"),
    expected: ['access.yaml:6:19: unknown account "prodction": did you mean "production"?'],
  },
  {
    name: "states do not say which of several accounts they are in",
    yaml: inStates("main: {bucket: octo-tfstate}"),
    expected: ['access.yaml:6:3: no "account" says where this belongs: name one of staging, production'],
  },
  {
    name: "states have no bucket",
    yaml: inStates("main: {account: production}"),
    expected: ['access.yaml:6:3: "bucket" is missing (bucket that holds the states): add it'],
  },
  {
    name: "states have the wrong bucket, region, lock and table",
    yaml: inStates(
      '{main: {account: production, bucket: Octo, region: europe, lock: files}, old: {account: production, bucket: octo, lock: {dynamodbTable: x}}, "a b": {account: production, bucket: octo, lock: {table: locks}}}',
    ),
    expected: [
      'access.yaml:6:40: bucket "Octo": use the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens',
      'access.yaml:6:54: region "europe": use the code of a region, as in "eu-west-1"',
      'access.yaml:6:68: "lock" "files": did you mean "file"?',
      'access.yaml:6:139: table "x": use the name of a DynamoDB table: 3 to 255 letters, digits, dots, hyphens and underscores',
      'access.yaml:6:144: name of states "a b": use letters, digits, ".", "_" and "-"',
      'access.yaml:6:194: unknown key "table": use dynamodbTable',
    ],
  },
  {
    name: "states are in a region of another partition",
    yaml: inStates("main: {account: production, bucket: octo-tfstate, region: cn-north-1}"),
    expected: [
      'access.yaml:6:61: region "cn-north-1" is in partition "aws-cn", and account "production" is in "aws": name a region of that',
    ],
  },
  {
    name: "states are encrypted with an alias",
    yaml: inStates("main: {account: production, bucket: octo-tfstate, kmsKey: alias/terraform}"),
    expected: [
      'access.yaml:6:61: "kmsKey" "alias/terraform": use the ARN of a key, not of an alias: IAM compares nothing else, as in "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-44cd-86ef-1234567890ab"',
    ],
  },
  {
    name: "states are encrypted with a key of another region",
    yaml: inStates(`main: {account: production, bucket: octo-tfstate, region: eu-west-2, kmsKey: "${KEY}"}`),
    expected: [
      'access.yaml:6:80: "kmsKey" "arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-44cd-86ef-1234567890ab": it is of region "eu-west-1", and the bucket is in "eu-west-2": S3 encrypts with keys of its own region',
    ],
  },
  {
    name: "states are encrypted with a key of another partition",
    yaml: inStates(
      `main: {account: production, bucket: octo-tfstate, kmsKey: "${KEY.replace("arn:aws", "arn:aws-cn")}"}`,
    ),
    expected: [
      'access.yaml:6:61: "kmsKey" "arn:aws-cn:kms:eu-west-1:222233334444:key/1234abcd-12ab-44cd-86ef-1234567890ab": it is of partition "aws-cn", and the bucket is in "aws"',
    ],
  },
  {
    name: "a role uses states that there are not",
    yaml: inAccess("{in: mian, key: network/, access: read}"),
    expected: ['access.yaml:11:14: unknown states "mian": did you mean "main"?'],
  },
  {
    name: "a role uses states where the file has none",
    yaml: file("{}", "{key: network/, access: read}"),
    expected: ['access.yaml:10:60: no "in" says which states are meant: describe the bucket under "states"'],
  },
  {
    name: "a role does not say which of several states it uses",
    yaml: file(
      "{main: {account: production, bucket: octo-tfstate}, old: {account: production, bucket: octo-old}}",
      "[{key: network/, access: read}]",
    ),
    expected: ['access.yaml:11:10: no "in" says which states are meant: name one of main, old'],
  },
  {
    name: "a role's state has no access, or another",
    yaml: inAccess("[{key: network/}, {key: dns/, access: apply}]"),
    expected: [
      'access.yaml:11:10: "access" is missing (`read` plans without a lock, `lock` also takes and releases the lock, `write` applies): add it',
      'access.yaml:11:47: "access" "apply": use "read" or "lock" or "write"',
    ],
  },
  {
    name: "a role's state is no key",
    yaml: inAccess(
      '[{key: "*", access: read}, {key: "${x}/", access: read}, {key: /a, access: read}, {key: "", access: read}, {key: a.tflock, access: lock}]',
    ),
    expected: [
      'access.yaml:11:16: state "*": remove "*", "?", "${" and "%{": IAM and Terraform read them as more than a name',
      'access.yaml:11:42: state "${x}/": remove "*", "?", "${" and "%{": IAM and Terraform read them as more than a name',
      'access.yaml:11:72: state "/a": use the key that the backend is given, without "/" at its start, as in "network/terraform.tfstate"; with "/" at the end it means every state below it, as in "network/"',
      'access.yaml:11:97: state "": use the key that the backend is given, without "/" at its start, as in "network/terraform.tfstate"; with "/" at the end it means every state below it, as in "network/"',
      'access.yaml:11:122: state "a.tflock": name the state: Terraform keeps its locks and digests under names that end in ".tflock" and "-md5"',
    ],
  },
  {
    name: "a role's state is named twice",
    yaml: inAccess("[{key: network/, access: read}, {in: main, key: network/, access: write}]"),
    expected: ['access.yaml:11:57: state "network/" is also at repositories.network.roles.plan.state[0].key: keep one'],
  },
  {
    name: "a role's states are an empty list",
    yaml: inAccess("[]"),
    expected: ['access.yaml:11:9: "state" is an empty list: name at least one'],
  },
  {
    name: "a role's state is a word",
    yaml: inAccess("write"),
    expected: ['access.yaml:11:9: "state" is the text "write": use {key: …, access: …} or a list'],
  },
  {
    name: "a role locks states that are not locked",
    yaml: file(
      "main: {account: production, bucket: octo-tfstate, lock: none}",
      "{in: main, key: network/, access: lock}",
    ),
    expected: ['access.yaml:11:14: access "lock" to states "main", which are not locked: use "read"'],
  },
  {
    name: "a role uses states of another partition",
    yaml: file("main: {account: staging, bucket: octo-tfstate}", "{in: main, key: network/, access: read}", [
      "cn-north-1",
      "eu-west-1",
    ]),
    expected: [
      'access.yaml:11:14: states "main" are in partition "aws-cn", and the role is in "aws": no role reaches across partitions',
    ],
  },
  {
    name: "a role's states are locked in a table of another account",
    yaml: file(
      "main: {account: staging, bucket: octo-tfstate, lock: {dynamodbTable: locks}}",
      "{key: network/, access: read}",
    ),
    expected: [
      'access.yaml:11:9: states "main" are locked in a DynamoDB table of account 222233334444, and the role is in 111122223333: Terraform looks for a table in its own account, lock with a "file"',
    ],
  },
  {
    name: "a policy has the name of the one for states",
    yaml: file(MAIN, "inlinePolicies: {terraform-state: policies/deploy.json}, state: {key: network/, access: read}"),
    expected: ['access.yaml:10:77: policy "terraform-state" is what "state" makes: give it another name'],
  },
  {
    name: "inline policies are longer than IAM takes because of the one for states",
    yaml: file(
      MAIN,
      `inlinePolicies: {deploy: policies/deploy.json}, state: [${Array.from({ length: 60 }, (_, n) => `{key: ${"k".repeat(80)}${n}/, access: write}`).join(", ")}]`,
    ),
    expected: [
      'access.yaml:10:76: inline policies of 19560 characters together exceed IAM\'s limit of 10240: put the largest under "customerPolicies", where each may have 6144',
    ],
  },
];
