import type { AccessModel } from "../../model/model";
import { agreement, runsOf, type AgreementFact, type Place, type Workflow } from "../../workflows";
import type { Location } from "../finding";
import { placeOf } from "../place";
import type { AgreementSubject, WorkflowSubject } from "../subject";

/** What rules look at in workflow files by themselves. */
export function workflowSubjects(workflows: readonly Workflow[]): WorkflowSubject[] {
  const { runs } = runsOf(workflows);
  return workflows.map((workflow) => {
    const mayMint = new Set(
      runs
        .filter((run) => run.workflow === workflow && (run.idToken === "write" || run.idToken === "unknown"))
        .map(({ job }) => job.id),
    );
    return {
      kind: "workflow",
      workflow,
      mayMint,
      locate: ({ line, column } = { line: 1, column: 1 }) => ({ file: workflow.file, line, column }),
    };
  });
}

/**
 * What rules look at in workflow files beside the access model.
 *
 * @param repository `OWNER/NAME` whose workflows they are.
 * @param file what the model was read from, as it was given.
 */
export const agreementSubjects = (
  model: AccessModel,
  workflows: readonly Workflow[],
  repository: string,
  file: string,
): AgreementSubject[] =>
  agreement(model, workflows, repository).map((fact) => {
    const place = placeOfFact(fact, file);
    return { kind: "agreement", fact, repository, locate: () => place };
  });

function placeOfFact(fact: AgreementFact, file: string): Location {
  switch (fact.kind) {
    case "unusedRole":
      return placeOf(fact.role.role.location, file);
    case "longSession":
      return inFile({ file: fact.call.file, position: fact.call.durationPosition });
    case "missingPermission":
      return inFile(fact.statedAt ?? { file: fact.call.file, position: fact.call.position });
    case "admitted":
    case "undecided":
    case "neverAdmitted":
    case "noValue":
      return inFile({ file: fact.call.file, position: fact.call.rolePosition });
  }
}

const inFile = ({ file, position: { line, column } }: Place): Location => ({ file, line, column });
