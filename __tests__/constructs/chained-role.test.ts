import { ChainedRole, type ChainedRoleProps } from "../../lib/constructs/chained-role";
import { GithubActionsRole, type GithubActionsRoleProps } from "../../lib/constructs/github-actions-role";
import { GithubOidcProvider } from "../../lib/constructs/github-oidc-provider";
import { GithubRepository } from "../../lib/constructs/github-repository";
import { synthesizePlain } from "./plain-stack";
import { onlyBlock } from "./terraform-json";

const props: ChainedRoleProps = {
  account: { id: "111122223333", partition: "aws" },
  name: "deployer",
  trusts: [{ account: "444455556666" }],
};
const chained = (more: Partial<ChainedRoleProps>) => () =>
  synthesizePlain((stack) => new ChainedRole(stack, "role", { ...props, ...more }));

test("A chained role has its permissions, and an hour", () => {
  const { resource } = chained({
    managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    inlinePolicies: {
      s3: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::${aws:username}/*" }] },
    },
    path: "/x/",
  })();
  expect(onlyBlock(resource, "aws_iam_role")).toMatchObject({
    name: "deployer",
    path: "/x/",
    max_session_duration: 3600,
  });
  expect(onlyBlock(resource, "aws_iam_role_policy_attachment")["policy_arn"]).toBe(
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
  );
  expect(onlyBlock(resource, "aws_iam_role_policy")["policy"]).toContain("$${aws:username}");
});

test.each<[Partial<ChainedRoleProps>, string]>([
  [{ trusts: [] }, "plain/role: a role needs at least one principal"],
  [{ name: "a b" }, 'plain/role: role name "a b"'],
  [{ trusts: [{ account: "44" }] }, 'plain/role: account "44": an AWS account id has 12 digits'],
  [{ trusts: [{ role: "*" }] }, 'plain/role: role "*": use the ARN of one role'],
  [{ trusts: [{ service: "*" }] }, 'plain/role: service "*"'],
  [{ trusts: [{ account: "444455556666", externalId: "" }] }, 'plain/role: external id ""'],
  [{ trusts: [{ service: "ec2.amazonaws.com", sourceAccount: "x" }] }, 'plain/role: account "x"'],
  [
    { trusts: Array.from({ length: 30 }, (_, index) => ({ account: String(100_000_000_000 + index) })) },
    "characters, over the quota of 2048: let fewer roles assume it",
  ],
])("%j is refused, with its path", (more, message) => expect(chained(more)).toThrow(message));

describe("A role of GitHub's jobs that trusts others too", () => {
  const role = (more: Partial<GithubActionsRoleProps>) => () =>
    synthesizePlain(
      (stack) =>
        new GithubActionsRole(stack, "role", {
          provider: GithubOidcProvider.fromArn(
            "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
          ),
          name: "role",
          allow: [{ repository: GithubRepository.byName("octo-org/web"), branch: "main" }],
          ...more,
        }),
    );

  test("has their statements behind GitHub's", () => {
    const policy = JSON.parse(
      String(
        onlyBlock(role({ alsoTrusts: [{ service: "ecs-tasks.amazonaws.com" }] })().resource, "aws_iam_role")[
          "assume_role_policy"
        ],
      ),
    ) as { Statement: unknown[] };
    expect(policy.Statement).toHaveLength(2);
    expect(policy.Statement[1]).toMatchObject({ Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } });
  });

  test("refuses a principal that is none, and one whose account it cannot know", () => {
    expect(role({ alsoTrusts: [{ service: "*" }] })).toThrow('plain/role: service "*": use the name of one service');
    const created = () =>
      synthesizePlain(
        (stack) =>
          new GithubActionsRole(stack, "role", {
            provider: new GithubOidcProvider(stack, "provider"),
            name: "role",
            allow: [{ repository: GithubRepository.byName("octo-org/web"), branch: "main" }],
            alsoTrusts: [{ account: "444455556666" }],
          }),
      );
    expect(created).toThrow('"alsoTrusts" needs the account of the role: give the provider its "account"');
  });
});
