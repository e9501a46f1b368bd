import { fromConfig } from "../../lib/readers/from-config";
import { grantsOf } from "../../lib/questions/grants";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { warningsOf } from "../../lib/report/grant-words";

const WORKFLOW = "octo-org/ci/.github/workflows/plan.yml@refs/heads/main";
const UNREVIEWED = "code of pull requests is unreviewed code, and it may use this role";
const warnings = (repository: AccessConfig["repositories"][string]): string[] =>
  grantsOf(
    fromConfig(
      Access.from({
        github: { owner: "octo-org" },
        accounts: { main: { id: "111122223333", region: "eu-west-1" } },
        repositories: { web: repository },
      }),
    ),
  ).grants.flatMap(warningsOf);
const roles = (...allow: object[]) => ({ roles: { plan: { allow } } });

describe("that pull requests may use a role is told", () => {
  test.each([
    ["with nothing beside", roles({ pullRequest: true })],
    ["beside a branch", roles({ branch: "main" }, { pullRequest: true })],
    ["of one workflow", roles({ pullRequest: true, workflow: WORKFLOW })],
    [
      "of one workflow that the subject names",
      { subjectTemplate: ["repo", "context", "job_workflow_ref"], ...roles({ pullRequest: true, workflow: WORKFLOW }) },
    ],
    ["as some of every job", roles({ any: true })],
  ])("%s", (_, repository) => expect(warnings(repository)).toContain(UNREVIEWED));

  test.each([
    ["a branch", roles({ branch: "main" })],
    ["a branch called like them", roles({ branch: "any-pull-request" })],
  ])("and not of %s", (_, repository) => expect(warnings(repository)).toEqual([]));
});
