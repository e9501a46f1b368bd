import { type TerraformStack } from "cdktf";
import {
  Access,
  AccountStack,
  GithubActionsRole,
  GithubOidcProvider,
  GithubRepository,
  type AccessConfig,
  type AllowedJobs,
  type RepositoryConfig,
} from "../../index";
import { synthesizePlain } from "../constructs/plain-stack";
import { onlyBlock, synthesizeApp, terraformJson, type TerraformJson } from "../constructs/terraform-json";
import { synthesize } from "../stacks/synthesize";

/** A published case in the words of this toolkit. */
export interface Expression {
  /** What comes of it: the stacks that there are. */
  readonly stacks: () => readonly TerraformJson[];
  /**
   * Expectations that this toolkit meets in another way, by their place in the case, as `provider.thumbprint_list`:
   * why, and what holds in their stead.
   */
  readonly instead?: Readonly<
    Record<string, { readonly because: string; readonly holds: (stack: TerraformJson) => void }>
  >;
  /** What the case's note asks for beside the expected values. */
  readonly also?: () => void;
}

/** The ways of saying what a negative case says, each with the words of its refusal. */
export type Refusals = Readonly<Record<string, readonly [say: () => unknown, words: RegExp]>>;

const ACCOUNT = "123456789012";
type Roles = NonNullable<RepositoryConfig["roles"]>;
type Allow = Roles[string]["allow"];

interface File {
  readonly owner: string;
  readonly repository: string;
  readonly roles?: Roles;
  /** Ids of the owner and the repository; without them subjects have names alone. */
  readonly ids?: { readonly owner?: string; readonly repository?: string };
  readonly subjects?: "name" | "immutable" | "both";
  readonly github?: Partial<AccessConfig["github"]>;
  readonly account?: Partial<AccessConfig["accounts"][string]>;
}

const file = ({ owner, repository, roles = {}, ids = {}, subjects = "name", github, account }: File): AccessConfig => ({
  github: { owner, subjects, ...(ids.owner === undefined ? {} : { ownerId: ids.owner }), ...github },
  accounts: { main: { id: ACCOUNT, region: "eu-west-1", ...account } },
  repositories: { [repository]: { roles, ...(ids.repository === undefined ? {} : { id: ids.repository }) } },
});

/** The one stack of an access file. */
const stackOf = (which: File): TerraformJson => terraformJson(synthesize(file(which)), "main");

const UNFUNCO = { owner: "unfunco", repository: "terraform-aws-oidc-github" } as const;
const OCTO = { owner: "octo-org", repository: "octo-repo" } as const;
const MY = { owner: "my-org", repository: "my-repo" } as const;
const MY_IDS = { ids: { owner: "630449", repository: "919628491" }, subjects: "immutable" } as const;

/** A file with one role, and how it is said who may assume it. */
const allowing = (which: Omit<File, "roles">, ...allow: Allow): Expression => ({
  stacks: () => [stackOf({ ...which, roles: { deploy: { allow } } })],
});

/**
 * A provider with a client id that no role trusts: with the constructs, since a file's `audiences` are both
 * the provider's and every role's.
 */
const providerWithMore = (
  fullName: string,
  jobs: Omit<AllowedJobs, "repository">,
  ids?: { readonly owner: string; readonly repository: string },
): TerraformJson =>
  synthesizePlain((stack) => {
    const { arn, issuer, partition, dependency } = new GithubOidcProvider(stack, "oidc", {
      audiences: ["sts.amazonaws.com", "https://github.com/unfunco"],
      account: { id: ACCOUNT, partition: "aws" },
    });
    const repository = ids ? GithubRepository.byId(fullName, ids) : GithubRepository.byName(fullName);
    new GithubActionsRole(stack, "deploy", {
      provider: { arn, issuer, partition, dependency, audiences: ["sts.amazonaws.com"] },
      name: "deploy",
      allow: [{ ...jobs, repository }],
    });
  });

const attachmentNames = (stack: TerraformJson): string[] =>
  Object.keys(stack.resource?.["aws_iam_role_policy_attachment"] ?? {});

/** The positive cases. */
export const EXPRESSIONS: Readonly<Record<string, Expression>> = {
  "UNF-01": { stacks: () => [providerWithMore("unfunco/terraform-aws-oidc-github", { branch: "main" })] },
  "UNF-02": allowing(UNFUNCO, { pullRequest: true }),
  "UNF-03": allowing(UNFUNCO, { tag: "v*" }),
  "UNF-04": {
    stacks: () => [
      providerWithMore(
        "unfunco/terraform-aws-oidc-github",
        { pullRequest: true },
        { owner: "12345", repository: "67890" },
      ),
    ],
  },
  "UNF-05": allowing(
    { ...UNFUNCO, account: { audiences: ["sts.amazonaws.com", "https://github.com/unfunco"] } },
    { branch: "main" },
  ),
  "UNF-06": allowing({ ...UNFUNCO, account: { oidcProvider: "existing" } }, { branch: "main" }),
  "UNF-07": {
    ...allowing({ ...UNFUNCO, github: { enterpriseSlug: "octo-enterprise" } }, { branch: "main" }),
    // The peer has it for a provider that is made and for one that exists.
    also: () => {
      const of = (oidcProvider: "create" | "existing"): unknown =>
        onlyBlock(
          stackOf({
            ...UNFUNCO,
            github: { enterpriseSlug: "octo-enterprise" },
            account: { oidcProvider },
            roles: { deploy: { allow: [{ branch: "main" }] } },
          }).resource,
          "aws_iam_role",
        )["assume_role_policy"];
      expect(of("existing")).toBe(of("create"));
    },
  },
  "UNF-08": {
    // There is no switch: what a file does not name is not made, and nothing of it is read.
    stacks: () => {
      const without = synthesize({
        ...file(UNFUNCO),
        accounts: { another: { id: "999988887777", region: "eu-west-1" } },
      });
      expect(Object.keys(without.texts)).toEqual(["another"]);
      expect(without.texts["another"]).not.toContain(ACCOUNT);
      return [];
    },
    also: () =>
      expect(() =>
        Access.from({
          ...file(UNFUNCO),
          accounts: { main: { id: ACCOUNT, region: "eu-west-1", create: false } as never },
        }),
      ).toThrow(/accounts\.main\.create: unknown key "create"/),
  },
  "UNF-09": { stacks: () => [stackOf(UNFUNCO)] },
  "UNF-10": {
    stacks: () => [
      stackOf({
        ...UNFUNCO,
        roles: {
          deploy: {
            allow: [{ branch: "main" }],
            managedPolicies: ["AmazonS3FullAccess", "ReadOnlyAccess", "AmazonS3FullAccess"],
          },
        },
      }),
    ],
    also: () => {
      const withPolicies = (...managedPolicies: string[]): string[] =>
        attachmentNames(stackOf({ ...UNFUNCO, roles: { deploy: { allow: [{ branch: "main" }], managedPolicies } } }));
      expect(withPolicies("ReadOnlyAccess", "AmazonS3FullAccess").sort()).toEqual(
        withPolicies("AmazonS3FullAccess", "ReadOnlyAccess").sort(),
      );
      expect(withPolicies("AmazonS3FullAccess", "ReadOnlyAccess")).toEqual(
        expect.arrayContaining(withPolicies("ReadOnlyAccess")),
      );
    },
  },
  "UNF-12": {
    stacks: () => [
      stackOf({
        ...UNFUNCO,
        roles: {
          network: {
            name: "unfunco-test-terraform-aws-oidc-github-network",
            allow: [{ branch: "main" }],
            managedPolicies: ["AmazonVPCFullAccess"],
          },
          storage: {
            name: "unfunco-test-terraform-aws-oidc-github-storage",
            allow: [{ branch: "main" }],
            managedPolicies: ["AmazonS3FullAccess"],
          },
        },
      }),
    ],
  },
  "ARI-01": allowing(OCTO, { any: true }),
  "ARI-02": {
    stacks: () => [
      stackOf({
        ...OCTO,
        roles: {
          deploy: {
            name: "MyTestRole",
            description: "This role deploys stuff to AWS",
            sessionDuration: "2h",
            allow: [{ tag: "v*" }],
            managedPolicies: ["AdministratorAccess"],
            inlinePolicies: {
              deploy: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Deny", Action: "s3:PutObject", Resource: "arn:aws:s3:::mybucket/*" }],
              },
            },
          },
        },
      }),
    ],
  },
  "ARI-03": {
    stacks: () => [
      stackOf({
        ...OCTO,
        roles: {
          deploy: {
            name: "github-oidc-integ-role",
            description: "Integration test role for GitHub Actions OIDC",
            allow: [{ branch: "main" }],
            managedPolicies: ["ReadOnlyAccess"],
          },
        },
      }),
    ],
  },
  "ARI-06": {
    stacks: () => [stackOf({ ...OCTO, account: { oidcProvider: "existing" } })],
    instead: {
      "provider.lifecycle": {
        because:
          "a provider that outlives the stack is not the stack's: it exists outside the plan and is looked up, so that no destroy can reach it",
        holds: (stack) => {
          expect(stack.resource?.["aws_iam_openid_connect_provider"]).toBeUndefined();
          expect(onlyBlock(stack.data, "aws_iam_openid_connect_provider")).toMatchObject({
            url: "https://token.actions.githubusercontent.com",
          });
        },
      },
    },
    // Terraform's own guard is within reach for a provider that the stack makes.
    also: () => {
      const app = synthesizeApp((scope) =>
        new AccountStack(scope, "main", file(OCTO)).addOverride(
          "resource.aws_iam_openid_connect_provider.github.lifecycle.prevent_destroy",
          true,
        ),
      );
      expect(onlyBlock(terraformJson(app, "main").resource, "aws_iam_openid_connect_provider").lifecycle).toEqual({
        prevent_destroy: true,
      });
    },
  },
  "BLI-01": allowing(MY, { branch: "main" }, { branch: "staging" }),
  "BLI-02": allowing({ ...MY, ...MY_IDS, subjects: "both" }, { branch: "main" }),
  "BLI-03": allowing(MY, { branch: "*" }, { tag: "my-tag" }),
  "BLI-04": { stacks: () => [stackOf({ ...MY, account: { region: "cn-north-1", oidcProvider: "existing" } })] },
  "BLI-05": {
    stacks: () => [stackOf(MY)],
    instead: {
      "provider.thumbprint_list": {
        because: "AWS ignores thumbprints for GitHub since July 2023, and has none where none are given",
        holds: (stack) =>
          expect(onlyBlock(stack.resource, "aws_iam_openid_connect_provider")).not.toHaveProperty("thumbprint_list"),
      },
    },
    also: () => {
      for (const key of ["thumbprints", "thumbprintList"])
        expect(() => Access.from(file({ ...MY, account: { [key]: ["thumbprint"] } }))).toThrow(
          `unknown key "${key}": leave it out: AWS has verified GitHub's certificates by itself since July 2023`,
        );
    },
  },
  "BLI-10": allowing({ ...MY, ...MY_IDS }, { branch: "main" }),
  "BLI-11": allowing({ ...MY, ...MY_IDS }, { tag: "v1.0.0" }),
  "BLI-12": allowing({ ...MY, ...MY_IDS }, { environment: "production" }),
  "BLI-13": allowing({ ...MY, ...MY_IDS }, { pullRequest: true }),
  "BLI-14": allowing({ ...MY, ...MY_IDS }, { any: true }),
  "BLI-15": allowing(MY, { subject: "repo:my-org@630449/my-repo@919628491:something_new" }),
};

const checked = (which: Omit<File, "roles">, ...allow: Allow): Access =>
  Access.from(file({ ...which, roles: { deploy: { allow } } }));
const withRole = (allow: (stack: TerraformStack) => readonly AllowedJobs[]): TerraformJson =>
  synthesizePlain(
    (stack) =>
      void new GithubActionsRole(stack, "deploy", {
        provider: GithubOidcProvider.fromArn(
          `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
        ),
        name: "deploy",
        allow: allow(stack),
      }),
  );

/** The negative cases. */
export const REFUSALS: Readonly<Record<string, Refusals>> = {
  "UNF-11": {
    "as the subject of an entry": [
      () => checked(UNFUNCO, { subject: ":pull_request" }),
      /allow\[0\]\.subject: "subject" ":pull_request": begin with "repo:OWNER\/REPO:"/,
    ],
    "behind the repository of a subject": [
      () => checked(UNFUNCO, { subject: "repo:unfunco/terraform-aws-oidc-github::pull_request" }),
      /no context begins with a colon/,
    ],
    "as a branch": [
      () => checked(UNFUNCO, { branch: ":pull_request" }),
      /allow\[0\]\.branch: "branch" ":pull_request": remove .*":"/,
    ],
  },
  "BLI-06": {
    "in a file": [() => checked(MY), /roles\.deploy\.allow: "allow" is an empty list: name at least one/],
    "with the construct": [() => withRole(() => []), /plain\/deploy: a role needs at least one job that may assume it/],
  },
  "BLI-20": {
    "the owner's id in a file": [
      () => checked({ ...MY, ...MY_IDS, ids: { owner: "630449" } }, { branch: "main" }),
      /"subjects: immutable" needs both ids: give "repositories\.my-repo\.id"/,
    ],
    "the repository's id in a file": [
      () => checked({ ...MY, ...MY_IDS, ids: { repository: "919628491" } }, { branch: "main" }),
      /needs both ids: give "github\.ownerId"/,
    ],
    "no id in a file": [
      () => checked({ ...MY, subjects: "immutable" }, { branch: "main" }),
      /needs both ids: give "github\.ownerId" and "repositories\.my-repo\.id"/,
    ],
    "in a subject": [
      () => checked(MY, { subject: "repo:my-org@630449/my-repo:ref:refs/heads/main" }),
      /give the ids of both owner and repository, or of neither/,
    ],
    // The peer does not ask for digits.
    "an id that is no number": [
      () => checked({ ...MY, ...MY_IDS, ids: { owner: "my-org", repository: "919628491" } }, { branch: "main" }),
      /github\.ownerId: owner id "my-org": use GitHub's numeric id: digits only/,
    ],
  },
  "BLI-21": {
    "in a file": [
      () => checked({ ...MY_IDS, owner: "my-org@630449", repository: "my-repo" }, { branch: "main" }),
      /github\.owner: owner "my-org@630449": use a GitHub login/,
    ],
    "in the name of another repository": [
      () => checked({ ...MY, ...MY_IDS }, { branch: "main", repository: "my-org@630449/my-repo" }),
      /repository "my-org@630449\/my-repo": write it as "NAME" or "OWNER\/NAME"/,
    ],
    "with the construct": [
      () =>
        withRole(() => [{ branch: "main", repository: GithubRepository.byId("my-org@630449/my-repo", MY_IDS.ids) }]),
      /"my-org@630449\/my-repo" is not the full name of a repository: write it as "OWNER\/NAME", without ids/,
    ],
  },
  "BLI-22": {
    "in a file": [
      () => checked({ ...MY, ...MY_IDS, ids: { owner: "", repository: "" } }, { branch: "main" }),
      /github\.ownerId: owner id "": use GitHub's numeric id: digits only[^]*repositories\.my-repo\.id: id "": use GitHub's numeric id/,
    ],
    "with the construct": [
      () =>
        withRole(() => [
          { branch: "main", repository: GithubRepository.byId("my-org/my-repo", { owner: "", repository: "" }) },
        ]),
      /id "" of my-org\/my-repo: use GitHub's numeric id: digits only/,
    ],
    "in a subject": [
      () => checked(MY, { subject: "repo:my-org@/my-repo@:ref:refs/heads/main" }),
      /write the owner out/,
    ],
  },
};
