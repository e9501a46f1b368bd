import { TerraformVariable, type TerraformStack } from "cdktf";
import { DeploymentEnvironment, type DeploymentEnvironmentProps } from "../../lib/constructs/deployment-environment";
import { synthesizePlain } from "./plain-stack";
import { argumentsOf, blocksOf, onlyBlock } from "./terraform-json";

const make = (
  props: Partial<DeploymentEnvironmentProps> = {},
  then: (environment: DeploymentEnvironment, stack: TerraformStack) => void = () => undefined,
) =>
  synthesizePlain((stack) =>
    then(new DeploymentEnvironment(stack, "environment", { repository: "web", name: "production", ...props }), stack),
  );

const PROTECTED_BRANCHES = {
  deployFrom: "protectedBranches",
  protectedBranches: [{ dependency: { fqn: "aws_thing.other" } }],
} as const;

const content = (props: Partial<DeploymentEnvironmentProps> = {}) =>
  argumentsOf(onlyBlock(make(props).resource, "github_repository_environment"));

describe("DeploymentEnvironment", () => {
  test("keeps administrators from bypassing it, and has no other rule, unless told", () => {
    expect(content()).toEqual({
      repository: "web",
      environment: "production",
      can_admins_bypass: false,
      prevent_self_review: false,
      reviewers: [{ teams: [], users: [] }],
    });
  });

  test.each<[Partial<DeploymentEnvironmentProps>, Record<string, unknown>]>([
    [{ adminsCanBypass: true }, { can_admins_bypass: true }],
    [{ preventSelfReview: true }, { prevent_self_review: true }],
    [{ waitTimer: 1 }, { wait_timer: 1 }],
    [{ waitTimer: 43_200 }, { wait_timer: 43_200 }],
    [PROTECTED_BRANCHES, { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }],
    [
      { deployFrom: { branches: ["main"] } },
      { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
    ],
  ])("with %j has %j", (props, expected) => {
    expect(content(props)).toMatchObject(expected);
  });

  test("leaves a wait timer of 0 out, as GitHub does", () => {
    expect(content({ waitTimer: 0 })).not.toHaveProperty("wait_timer");
  });

  test("names nobody as reviewer when nobody is named, in a list that is empty: GitHub keeps those of a list that is not there", () => {
    expect(content({ reviewers: { teams: [], users: [] } })["reviewers"]).toEqual([{ teams: [], users: [] }]);
    expect(content({ reviewers: { users: ["octocat"] } })["reviewers"]).toEqual([
      { users: ["${data.github_user.useroctocat.id}"] },
    ]);
  });

  test("looks the numbers of teams and users up, once for a stack", () => {
    const { data, resource } = synthesizePlain((stack) => {
      const reviewers = { teams: ["release", "ops"], users: ["octocat"] };
      for (const name of ["staging", "production"])
        new DeploymentEnvironment(stack, name, { repository: "web", name, reviewers });
    });
    expect(
      blocksOf(data, "github_team")
        .map(({ slug }) => slug)
        .sort(),
    ).toEqual(["ops", "release"]);
    expect(onlyBlock(data, "github_user")["username"]).toBe("octocat");
    for (const { reviewers } of blocksOf(resource, "github_repository_environment"))
      expect(reviewers).toEqual([
        {
          teams: ["${data.github_team.teamrelease.id}", "${data.github_team.teamops.id}"],
          users: ["${data.github_user.useroctocat.id}"],
        },
      ]);
  });

  test("asks of a team only its number, not its members", () => {
    expect(onlyBlock(make({ reviewers: { teams: ["release"] } }).data, "github_team")["summary_only"]).toBe(true);
  });

  test("has a policy for each branch and tag that may deploy, each once", () => {
    const { resource } = make({ deployFrom: { branches: ["main", "release/*", "main"], tags: ["v*"] } });
    const policies = blocksOf(resource, "github_repository_environment_deployment_policy").map(argumentsOf);
    const place = {
      repository: "web",
      environment: expect.stringMatching(/^\$\{github_repository_environment\.[\w-]+\.environment\}$/) as string,
    };
    expect(policies).toHaveLength(3);
    expect(policies).toEqual(
      expect.arrayContaining([
        { ...place, branch_pattern: "main" },
        { ...place, branch_pattern: "release/*" },
        { ...place, tag_pattern: "v*" },
      ]),
    );
  });

  test("tells a branch from a tag of the same name", () => {
    expect(
      blocksOf(
        make({ deployFrom: { branches: ["v1"], tags: ["v1"] } }).resource,
        "github_repository_environment_deployment_policy",
      ),
    ).toHaveLength(2);
  });

  test("has no policies where branch protection decides", () => {
    expect(blocksOf(make(PROTECTED_BRANCHES).resource, "github_repository_environment_deployment_policy")).toEqual([]);
  });

  test("waits for a protected branch, and is refused without one", () => {
    expect(content(PROTECTED_BRANCHES)["depends_on"]).toEqual(["aws_thing.other"]);
    expect(() => make({ deployFrom: "protectedBranches" })).toThrow(
      new RangeError(
        'plain/environment: deployFrom "protectedBranches" without a protected branch, where GitHub lets every branch deploy: give "protectedBranches" a ProtectedBranch or a ProtectedBranchesLookup',
      ),
    );
    expect(() => make({ deployFrom: "protectedBranches", protectedBranches: [] })).toThrow(
      "without a protected branch",
    );
  });

  test("keeps a pattern as it stands from Terraform", () => {
    const { resource } = make({ deployFrom: { branches: ["${x}", "%{y}"] } });
    expect(
      blocksOf(resource, "github_repository_environment_deployment_policy")
        .map(({ branch_pattern: pattern }) => pattern)
        .sort(),
    ).toEqual(["$${x}", "%%{y}"]);
  });
});

describe("What is published in an environment", () => {
  test("waits for the environment", () => {
    const { resource } = make({}, (environment, stack) => {
      environment.publishVariable("LEVEL", "info");
      environment.publishSecret("TOKEN", new TerraformVariable(stack, "token", { sensitive: true }).stringValue);
    });
    const [address] = Object.keys(resource?.["github_repository_environment"] ?? {});
    const environment = `\${github_repository_environment.${address}.environment}`;
    expect(onlyBlock(resource, "github_actions_environment_variable")).toMatchObject({
      repository: "web",
      environment,
      variable_name: "LEVEL",
      value: "info",
    });
    expect(onlyBlock(resource, "github_actions_environment_secret")).toMatchObject({
      repository: "web",
      environment,
      secret_name: "TOKEN",
      plaintext_value: "${var.token}",
    });
  });

  test("is no secret that is written out: it would stand in the configuration", () => {
    expect(() => make({}, (environment) => environment.publishSecret("TOKEN", "hunter2"))).toThrow(
      new RangeError(
        'plain/environment: secret "TOKEN" is written out: pass a reference or a sensitive Terraform variable',
      ),
    );
  });

  test.each(["token", "1TOKEN", "GITHUB_TOKEN", "TO-KEN", ""])(
    "has no name that GitHub would refuse, as %j",
    (name) => {
      expect(() => make({}, (environment) => environment.publishVariable(name, "x"))).toThrow(
        `plain/environment: variable ${JSON.stringify(name)}: `,
      );
      expect(() => make({}, (environment) => environment.publishSecret(name, "${var.x}"))).toThrow(
        `plain/environment: secret ${JSON.stringify(name)}: `,
      );
    },
  );
});

const six = ["a", "b", "c", "d", "e", "f"];

describe("DeploymentEnvironment takes", () => {
  test.each<[string, Partial<DeploymentEnvironmentProps>]>([
    ["a name of 255 characters", { name: "a".repeat(255) }],
    ["a name with a slash and a colon", { name: "prod/eu:1" }],
    ["a repository's name of 100 characters", { repository: "a".repeat(100) }],
    ["six reviewers", { reviewers: { teams: six.slice(0, 3), users: six.slice(3) } }],
    ["a wait of thirty days", { waitTimer: 43_200 }],
    ["a pattern of 255 characters", { deployFrom: { tags: ["v".repeat(255)] } }],
  ])("%s", (_, props) => {
    expect(() => make(props)).not.toThrow();
  });
});

describe("DeploymentEnvironment refuses, with its path,", () => {
  test.each<[string, Partial<DeploymentEnvironmentProps>, string]>([
    ["a name of 256 characters", { name: "a".repeat(256) }, 'environment "aaa'],
    ["an empty name", { name: "" }, 'environment ""'],
    ["a name that is a pattern", { name: "prod*" }, 'environment "prod*"'],
    ["a name that is an expression", { name: "${x}" }, 'environment "${x}"'],
    ["a repository's name of 101 characters", { repository: "a".repeat(101) }, 'repository "aaa'],
    ["a repository with its owner", { repository: "octo-org/web" }, 'repository "octo-org/web"'],
    [
      "seven reviewers",
      { reviewers: { teams: six, users: ["g"] } },
      "7 reviewers: GitHub accepts at most 6 users and teams together",
    ],
    ["a team with its organization", { reviewers: { teams: ["octo-org/release"] } }, 'team "octo-org/release"'],
    ["a user that is no login", { reviewers: { users: ["@octocat"] } }, 'user "@octocat"'],
    ["a wait below zero", { waitTimer: -1 }, "wait timer of -1: use 0 to 43200 minutes"],
    ["a wait of more than thirty days", { waitTimer: 43_201 }, "wait timer of 43201"],
    ["a wait of half a minute", { waitTimer: 0.5 }, "wait timer of 0.5"],
    ["no branch and no tag", { deployFrom: { branches: [], tags: [] } }, "no branch or tag may deploy"],
    ["a pattern of 256 characters", { deployFrom: { tags: ["v".repeat(256)] } }, 'tag pattern "vvv'],
    [
      "a full ref as a pattern",
      { deployFrom: { branches: ["refs/heads/main"] } },
      'branch pattern "refs/heads/main": write "main"',
    ],
  ])("%s", (_, props, message) => {
    expect(() => make(props)).toThrow(RangeError);
    expect(() => make(props)).toThrow(`plain/environment: ${message}`);
  });
});
