import { formatText, isKnown, partsOf, text, type Text } from "../trust/text";
import type { Position } from "../yaml/problem";
import { EMPTY_SCOPE, evaluate, type Scope } from "./scope";
import { readProperty, soleExpression } from "./template";
import { settingOf, type Job, type Setting, type Step, type Workflow } from "./workflow";

/** How a step names its role. */
export type RoleReference =
  /** `${{ vars.NAME }}`; the name in upper case, as GitHub keeps it. `isPassed`: the calling job has the value, which names no environment. */
  | { readonly kind: "variable"; readonly name: string; readonly isPassed: boolean }
  /** `${{ secrets.NAME }}`. */
  | { readonly kind: "secret"; readonly name: string; readonly isPassed: boolean }
  /** Written out: mostly its ARN. */
  | { readonly kind: "literal"; readonly text: string }
  /** Not all known; the expressions are parts of the text. */
  | { readonly kind: "unknown"; readonly text: Text };

/** A step that asks for a role with a token of GitHub's. */
export interface RoleCall {
  readonly file: string;
  readonly job: string;
  /** Index of the step in its job. */
  readonly step: number;
  readonly position: Position;
  readonly role: RoleReference;
  /** Where the role is named. */
  readonly rolePosition: Position;
  readonly audience: Text;
  readonly audiencePosition: Position;
  /** What the session is called. */
  readonly sessionName: Text;
  /** Length of the session in seconds; `undefined` where it is not known. */
  readonly durationSeconds: number | undefined;
  readonly durationPosition: Position;
}

/** What the action does without these inputs. @see https://github.com/aws-actions/configure-aws-credentials/blob/main/action.yml */
const DEFAULT_AUDIENCE = "sts.amazonaws.com";
const DEFAULT_SECONDS = 3600;
const DEFAULT_SESSION_NAME = "GitHubActions";

/**
 * The steps of a workflow's jobs that ask for a role with a token of GitHub's: those of
 * aws-actions/configure-aws-credentials that have a role, and nothing that makes it take another way.
 *
 * @see https://github.com/aws-actions/configure-aws-credentials#assuming-a-role
 */
export const roleCallsOf = (workflow: Workflow): RoleCall[] =>
  workflow.jobs.flatMap((job) => roleCallsOfJob(job, workflow, { ...EMPTY_SCOPE, env: [job.env, workflow.env] }));

/** The same of one job. @param scope what its expressions are worked out from */
export function roleCallsOfJob(job: Job, { file }: Pick<Workflow, "file">, scope: Scope): RoleCall[] {
  return job.steps.flatMap((step, index): RoleCall[] => {
    if (!isAwsCredentials(step)) return [];
    const before = job.steps.slice(0, index);
    const within: Scope = {
      ...scope,
      env: [step.env, ...scope.env],
      isChanged: (name) => before.some((each) => changes(each, name)),
    };
    const inputs = new Inputs(step, within);
    const role = inputs.get("role-to-assume", "ROLE_TO_ASSUME");
    if (!role || role.value === "" || OTHER_WAYS.some(([name, variable]) => inputs.isOn(name, variable))) return [];
    const audience = inputs.get("audience");
    const duration = inputs.get("role-duration-seconds", "ROLE_DURATION_SECONDS");
    return [
      {
        file,
        job: job.id,
        step: index,
        position: step.position,
        role: referenceOf(role.value),
        rolePosition: role.position,
        audience: audience?.value ?? DEFAULT_AUDIENCE,
        audiencePosition: audience?.position ?? step.position,
        sessionName: inputs.get("role-session-name", "ROLE_SESSION_NAME")?.value ?? DEFAULT_SESSION_NAME,
        durationSeconds: secondsOf(duration?.value),
        durationPosition: duration?.position ?? step.position,
      },
    ];
  });
}

function isAwsCredentials({ uses }: Step): boolean {
  return (
    uses?.kind === "repository" &&
    `${uses.owner}/${uses.repository}`.toLowerCase() === "aws-actions/configure-aws-credentials" &&
    uses.path === ""
  );
}

/** Inputs that keep the action from asking for a token, or may do so; the action takes some from the environment. */
const OTHER_WAYS: readonly (readonly [input: string, variable?: string])[] = [
  ["aws-access-key-id"],
  ["web-identity-token-file", "WEB_IDENTITY_TOKEN_FILE"],
  ["role-chaining", "ROLE_CHAINING"],
  ["force-skip-oidc"],
  ["use-existing-credentials", "USE_EXISTING_CREDENTIALS"],
];

/** Inputs of a step, as far as they are known. */
class Inputs {
  constructor(
    private readonly step: Step,
    private readonly scope: Scope,
  ) {}

  /** An input that is not empty; `variable` feeds one that is. */
  get(name: string, variable?: string): Setting | undefined {
    const given = settingOf(this.step.with, name);
    const setting = given && given.value !== "" ? given : variable === undefined ? undefined : this.variable(variable);
    if (!setting) return undefined;
    const value = trimmed(evaluate(setting.value, this.scope));
    return value === "" ? undefined : { ...setting, value };
  }

  /** Whether an input is given, and is not `false`. What is not known counts as given. */
  isOn(name: string, variable?: string): boolean {
    if (this.step.with === null) return true;
    const setting = this.get(name, variable);
    return setting !== undefined && !(isKnown(setting.value) && /^false$/i.test(setting.value));
  }

  private variable(name: string): Setting | undefined {
    return this.scope.env.map((settings) => settingOf(settings, name)).find((each) => each !== undefined);
  }
}

/** Actions read their inputs without the white space around them. */
function trimmed(value: Text): Text {
  const parts = partsOf(value);
  return text(
    ...parts.map((part, index) =>
      typeof part !== "string"
        ? part
        : index === 0
          ? parts.length === 1
            ? part.trim()
            : part.trimStart()
          : index === parts.length - 1
            ? part.trimEnd()
            : part,
    ),
  );
}

/** Whether a step may give a name of `env` another value: it writes to the file that GitHub reads such from. */
const changes = ({ run }: Step, name: string): boolean =>
  run !== null && run.includes("GITHUB_ENV") && run.toLowerCase().includes(name.toLowerCase());

/** What a text names a role by. */
export function referenceOf(value: Text): RoleReference {
  if (isKnown(value)) return { kind: "literal", text: value };
  const { expression = "", isPassed = false } = soleExpression(value) ?? {};
  const { context, property = "" } = readProperty(expression) ?? {};
  if (context === "vars") return { kind: "variable", name: property.toUpperCase(), isPassed };
  return context === "secrets"
    ? { kind: "secret", name: property.toUpperCase(), isPassed }
    : { kind: "unknown", text: value };
}

/** As the workflow writes it, for people. */
export function formatReference(role: RoleReference): string {
  switch (role.kind) {
    case "variable":
      return `vars.${role.name}`;
    case "secret":
      return `secrets.${role.name}`;
    case "literal":
      return role.text;
    case "unknown":
      return formatText(role.text);
  }
}

/** What is no number is taken for none by the action. */
function secondsOf(value: Text | undefined): number | undefined {
  if (value === undefined) return DEFAULT_SECONDS;
  return isKnown(value) && /^\s*[0-9]{1,9}\s*$/.test(value) ? Number(value) : undefined;
}
