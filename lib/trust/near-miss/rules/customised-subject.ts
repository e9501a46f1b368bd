import { aspectsOf } from "../aspects";
import { pairRule } from "../rule";
import { quote } from "../words";

/**
 * One of the two subjects is of a customised template, and the other of GitHub's own form.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
 */
export const customisedSubject = pairRule("customised-subject", ({ wanted, actual }, { claim }) => {
  if (claim !== "sub" || isTemplate(wanted) === isTemplate(actual)) return undefined;
  return isTemplate(actual)
    ? {
        message: `The repository's subjects follow a customised template, ${quote(actual)}; the policy expects GitHub's default form.`,
        fix: `Admit ${quote(actual)}, or reset the repository's subject to the default.`,
      }
    : {
        message: `The policy requires a subject of a customised template, ${quote(wanted)}, but this repository's subjects have GitHub's default form.`,
        fix: "Customise the repository's subject: an organization's template applies only to repositories that opt in.",
      };
});

/** Whether a subject begins with another claim than the repository, or goes on with one that GitHub's own form never has. */
export const isTemplate = (subject: string): boolean =>
  aspectsOf("sub", subject).claims !== undefined ||
  /^(?!repo:)[a-z_]+:[^/]/.test(subject) ||
  /^repo:[^:]+:(actor|actor_id|event_name|job_workflow_ref|repository_[a-z_]+|runner_environment|workflow|workflow_ref):./.test(
    subject,
  );
