import { fromPlanText } from "../../lib/readers/from-plan";
import { fromStackJson } from "../../lib/readers/from-synth";
import type { AccessModel } from "../../lib/model/model";

const reachOf = ({ values }: AccessModel): unknown => values.map(({ visibleTo }) => visibleTo);
const stack = (resource: object, data: object = {}): AccessModel =>
  fromStackJson({ provider: { github: { owner: "octo-org" } }, resource, data });

describe("Which repositories see an organization's value", () => {
  test.each(["all", "private"])("are %s, where it says so", (visibility) => {
    expect(
      reachOf(stack({ github_actions_organization_variable: { one: { variable_name: "A", value: "x", visibility } } })),
    ).toEqual([visibility]);
  });

  test("are those whose numbers it refers to", () => {
    const ids = ["${data.github_repository.web.repo_id}", "${github_repository.api.repo_id}"];
    const model = stack(
      {
        github_actions_organization_variable: {
          one: { variable_name: "A", value: "x", visibility: "selected", selected_repository_ids: ids },
        },
        github_repository: { api: { name: "api" } },
      },
      { github_repository: { web: { name: "web" } } },
    );
    expect(reachOf(model)).toEqual([["octo-org/web", "octo-org/api"]]);
  });

  test("are those that another resource gives to a secret", () => {
    const model = stack(
      {
        github_actions_organization_secret: {
          one: { secret_name: "A", value: "${var.x}", visibility: "selected" },
          two: { secret_name: "B", value: "${var.x}", visibility: "selected" },
        },
        github_actions_organization_secret_repositories: {
          one: {
            secret_name: "${github_actions_organization_secret.one.secret_name}",
            selected_repository_ids: ["${data.github_repository.web.repo_id}"],
          },
        },
      },
      { github_repository: { web: { full_name: "other-org/web" } } },
    );
    expect(reachOf(model)).toEqual([["other-org/web"], { unknown: "selected_repository_ids" }]);
  });

  test("are not known where it is an expression, or a number that nothing tells of", () => {
    const variable = (settings: object) =>
      stack({ github_actions_organization_variable: { one: { variable_name: "A", value: "x", ...settings } } });
    expect(reachOf(variable({ visibility: "${var.x}" }))).toEqual([{ unknown: "visibility" }]);
    expect(reachOf(variable({ visibility: "selected", selected_repository_ids: "${var.ids}" }))).toEqual([
      { unknown: "selected_repository_ids" },
    ]);
    expect(reachOf(variable({ visibility: "selected", selected_repository_ids: [74] }))).toEqual([
      [[{ unknown: "a repository that is known by its number alone" }]],
    ]);
  });

  test("are those whose numbers a plan has read", () => {
    const resource = (mode: string, type: string, values: object): object => ({
      address: `${mode === "data" ? "data." : ""}${type}.x`,
      mode,
      type,
      name: "x",
      values,
    });
    const plan = {
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            resource("managed", "github_actions_organization_variable", {
              variable_name: "A",
              value: "x",
              visibility: "selected",
              selected_repository_ids: [74],
            }),
          ],
        },
      },
      prior_state: {
        values: {
          root_module: {
            resources: [resource("data", "github_repository", { name: "web", full_name: "octo-org/web", repo_id: 74 })],
          },
        },
      },
    };
    expect(reachOf(fromPlanText(JSON.stringify(plan), "plan"))).toEqual([["octo-org/web"]]);
  });

  test("is said of no value of a repository or an environment", () => {
    expect(
      reachOf(stack({ github_actions_variable: { one: { repository: "web", variable_name: "A", value: "x" } } })),
    ).toEqual([null]);
  });
});
