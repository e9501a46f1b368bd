import { formatText } from "../../trust/text";
import type { Job, Step, Uses } from "../../workflows";
import type { Rule, RuleFinding } from "../rule";
import type { WorkflowSubject } from "../subject";
import { SOURCES } from "../trust/sources";
import { workflowWith } from "../workflows/examples";

const CHECKOUT = "- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1";
const HEAD = `${CHECKOUT}\n  with:\n    ref: \${{ github.event.pull_request.head.sha }}`;
const TEST_JOB = "test:\n  runs-on: ubuntu-latest\n  steps:\n    - run: npm test";

export const workflow: Rule<"workflow"> = {
  id: "L31",
  title: "A workflow that exposes its token",
  severity: "error",
  explanation:
    "Any code in a job that may request a token can get the roles of the job. At the level of the workflow, id-token: write grants this to every job. An action pinned to a tag or branch runs whatever that points to tomorrow: in such a job this is a warning for third-party actions, a note for those of GitHub and AWS. A job of pull_request_target or workflow_run that checks out the head of a pull request runs a stranger's code with the rights of the repository: an error where it may get a token.",
  remedy:
    "Grant id-token: write only to the job that needs it, pin actions to a commit, and never check out a pull request's head where secrets or tokens are available.",
  source: SOURCES.githubHardening,
  appliesTo: "workflow",
  compliant: [
    {
      about: "the permission at the job, actions by commit",
      workflow: workflowWith({ steps: CHECKOUT, jobs: TEST_JOB }),
    },
    {
      about: "the permission at the workflow, of the only job",
      workflow: workflowWith({ permissions: { workflow: "{ id-token: write }" } }),
    },
    {
      about: "pull_request_target without its code",
      workflow: workflowWith({ on: "pull_request_target", steps: CHECKOUT }),
    },
    {
      about: "the head of a pull request in a job of pull_request",
      workflow: workflowWith({ on: "pull_request", steps: HEAD }),
    },
  ],
  nonCompliant: [
    {
      about: "every job may ask for a token",
      workflow: workflowWith({ permissions: { workflow: "{ id-token: write }" }, jobs: TEST_JOB }),
    },
    { about: "an action by a tag", workflow: workflowWith({ steps: "- uses: somebody/setup-tool@v1" }) },
    { about: "a pull request's code with a token", workflow: workflowWith({ on: "pull_request_target", steps: HEAD }) },
  ],
  check: (subject) => [
    ...wideToken(subject),
    ...subject.workflow.jobs.flatMap((job) => [...unpinned(job, subject), ...strangersCode(job, subject)]),
  ],
};

/** Jobs that get the permission from the workflow, and show no use of it. */
function wideToken({ workflow: { permissions, jobs } }: WorkflowSubject): RuleFinding[] {
  if (permissions?.idToken !== "write") return [];
  const idle = jobs.filter((job) => job.permissions === null && !mayNeedToken(job));
  if (idle.length === 0) return [];
  const names = idle
    .slice(0, 5)
    .map(({ id }) => `"${id}"`)
    .join(", ");
  return [
    {
      position: permissions.position,
      severity: "warning",
      message: `"id-token: write" of the whole workflow also lets ${idle.length === 1 ? "job" : "jobs"} ${names} request a token`,
      fix: "grant it in each job that needs it",
    },
  ];
}

/** Whether a job calls a workflow or an action that may ask for a token; a script may too, but seldom does. */
const mayNeedToken = ({ call, steps }: Job): boolean =>
  call !== null ||
  steps.some(
    ({ uses, run }) =>
      (uses !== null && !isHarmless(uses)) || /ACTIONS_ID_TOKEN|aws sts assume-role-with-web-identity/.test(run ?? ""),
  );

/** Actions that never ask for one. */
const HARMLESS =
  /^actions\/(?:checkout|setup-[a-z-]+|cache|upload-artifact|download-artifact|github-script|labeler|stale)$/;

const isHarmless = (uses: Uses): boolean =>
  uses.kind === "repository" && HARMLESS.test(`${uses.owner}/${uses.repository}`.toLowerCase());

function unpinned(job: Job, { mayMint }: WorkflowSubject): RuleFinding[] {
  if (!mayMint.has(job.id)) return [];
  const used = [
    ...job.steps.map(({ uses, position }) => ({ uses, position })),
    ...(job.call ? [{ uses: job.call.uses, position: job.call.position }] : []),
  ];
  return used.flatMap(({ uses, position }): RuleFinding[] => {
    const moving = uses && movingPart(uses);
    if (!moving) return [];
    return [
      {
        position,
        severity: moving.isOfVendor ? "note" : "warning",
        message: `${moving.name} can change at any time, and job "${job.id}" may request a token`,
        fix: moving.fix,
      },
    ];
  });
}

/** Whose accounts are those of the platforms themselves. */
const VENDORS = ["actions", "github", "aws-actions"];

function movingPart(
  uses: Uses,
): { readonly name: string; readonly isOfVendor: boolean; readonly fix: string } | undefined {
  switch (uses.kind) {
    case "local":
      return undefined;
    case "image":
      return uses.image.includes("@sha256:")
        ? undefined
        : { name: `image "${uses.image}"`, isOfVendor: false, fix: "pin the image to its digest" };
    case "repository":
      if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(uses.ref)) return undefined;
      return {
        name: `"${uses.owner}/${uses.repository}${uses.path === "" ? "" : `/${uses.path}`}@${uses.ref}"`,
        isOfVendor: VENDORS.includes(uses.owner.toLowerCase()),
        fix: "pin it to a commit, with the version in a comment after it",
      };
  }
}

/** Events that give a stranger's pull request the rights of the repository. @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/ */
const PRIVILEGED = ["pull_request_target", "workflow_run"];

function strangersCode(job: Job, { workflow: file, mayMint }: WorkflowSubject): RuleFinding[] {
  const event = file.triggers.find((each) => PRIVILEGED.includes(each.event))?.event;
  if (event === undefined) return [];
  return job.steps.filter(checksOutHead).map(({ position }) => ({
    position,
    severity: mayMint.has(job.id) ? "error" : "warning",
    message: `job "${job.id}" of ${event} checks out the head of a pull request: a stranger's code runs ${mayMint.has(job.id) ? "where it may request a token" : "with the rights of the repository"}`,
    fix: "run code of pull requests in a workflow for pull_request, without a token",
  }));
}

/** What names the head of a pull request, or brings it. */
const HEAD_REF = /pull_request\.head\.|github\.head_ref|workflow_run\.head_|refs\/pull\//;
const FETCHES_HEAD = /gh pr checkout|pull\/[^\s]*\/(?:head|merge)/;

function checksOutHead({ uses, with: inputs, run }: Step): boolean {
  if (run !== null && FETCHES_HEAD.test(run)) return true;
  if (uses?.kind !== "repository" || `${uses.owner}/${uses.repository}`.toLowerCase() !== "actions/checkout")
    return false;
  return (inputs ?? []).some(
    ({ name, value }) => /^(?:ref|repository)$/i.test(name) && HEAD_REF.test(formatText(value)),
  );
}
