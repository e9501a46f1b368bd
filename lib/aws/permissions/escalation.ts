/** What a way to more power asks for. */
export interface EscalationNeed {
  readonly action: string;
  /** It takes all resources of a kind, as in `iam:role/*`, and not some that are named. @default any resource will do */
  readonly all?: string;
  /** The role itself, or a policy of its own, will do as well. @default false */
  readonly own?: boolean;
  /** The service that the role must be passed to. @default none */
  readonly passedTo?: string;
  /**
   * It reaches as far as what already stands in the account, a function or a role that trusts it. Then a policy has to
   * name the action or its service: AWS itself calls everything but IAM a power user, and no administrator.
   *
   * @default false
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html#jf_developer-power-user
   */
  readonly named?: boolean;
}

/** A published way from some permissions to all of them. */
export interface Escalation {
  readonly id: string;
  readonly needs: readonly EscalationNeed[];
  readonly source: string;
}

const RHINO = "https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/";
const RHINO_2 = "https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation-part-2/";
const STEP_FUNCTIONS = "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html";
const pathfinding = (id: string): string => `https://pathfinding.cloud/paths/${id}`;

const ROLES = "iam:role/*";
const USERS = "iam:user/*";
const GROUPS = "iam:group/*";
const POLICIES = "iam:policy/*";
const FUNCTIONS = "lambda:function:*";

const pass = (service: string): EscalationNeed => ({ action: "iam:PassRole", all: ROLES, passedTo: service });
/** Whoever may create one resource of the service may run code in it. */
const any = (action: string): EscalationNeed => ({ action });
const passing = (id: string, service: string, actions: readonly string[], source: string): Escalation => ({
  id,
  needs: [pass(service), ...actions.map(any)],
  source,
});
const alone = (id: string, need: EscalationNeed, source: string): Escalation => ({ id, needs: [need], source });

/** Ways to become administrator, those first that work by themselves. */
export const ESCALATIONS: readonly Escalation[] = [
  alone("put-role-policy", { action: "iam:PutRolePolicy", all: ROLES, own: true }, RHINO),
  alone("attach-role-policy", { action: "iam:AttachRolePolicy", all: ROLES, own: true }, RHINO),
  alone("create-policy-version", { action: "iam:CreatePolicyVersion", all: POLICIES, own: true }, RHINO),
  alone("set-default-policy-version", { action: "iam:SetDefaultPolicyVersion", all: POLICIES }, RHINO),
  alone("update-assume-role-policy", { action: "iam:UpdateAssumeRolePolicy", all: ROLES }, RHINO),
  alone("put-user-policy", { action: "iam:PutUserPolicy", all: USERS }, RHINO),
  alone("attach-user-policy", { action: "iam:AttachUserPolicy", all: USERS }, RHINO),
  alone("put-group-policy", { action: "iam:PutGroupPolicy", all: GROUPS }, RHINO),
  alone("attach-group-policy", { action: "iam:AttachGroupPolicy", all: GROUPS }, RHINO),
  alone("add-user-to-group", { action: "iam:AddUserToGroup", all: GROUPS }, RHINO),
  alone("create-access-key", { action: "iam:CreateAccessKey", all: USERS }, RHINO),
  alone("create-login-profile", { action: "iam:CreateLoginProfile", all: USERS }, RHINO),
  alone("update-login-profile", { action: "iam:UpdateLoginProfile", all: USERS }, RHINO),
  passing("lambda-function", "lambda.amazonaws.com", ["lambda:CreateFunction"], RHINO),
  passing("ec2-instance", "ec2.amazonaws.com", ["ec2:RunInstances"], RHINO),
  passing("ec2-spot-instance", "ec2.amazonaws.com", ["ec2:RequestSpotInstances"], pathfinding("ec2-003")),
  passing("cloudformation-stack", "cloudformation.amazonaws.com", ["cloudformation:CreateStack"], RHINO),
  passing(
    "cloudformation-update",
    "cloudformation.amazonaws.com",
    ["cloudformation:UpdateStack"],
    pathfinding("cloudformation-002"),
  ),
  passing(
    "cloudformation-change-set",
    "cloudformation.amazonaws.com",
    ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
    pathfinding("cloudformation-005"),
  ),
  passing(
    "cloudformation-stack-set",
    "cloudformation.amazonaws.com",
    ["cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"],
    pathfinding("cloudformation-003"),
  ),
  passing(
    "cloudformation-update-stack-set",
    "cloudformation.amazonaws.com",
    ["cloudformation:UpdateStackSet"],
    pathfinding("cloudformation-004"),
  ),
  passing("ecs-run-task", "ecs-tasks.amazonaws.com", ["ecs:RunTask"], pathfinding("ecs-004")),
  passing("ecs-start-task", "ecs-tasks.amazonaws.com", ["ecs:StartTask"], pathfinding("ecs-005")),
  passing(
    "ecs-create-service",
    "ecs-tasks.amazonaws.com",
    ["ecs:RegisterTaskDefinition", "ecs:CreateService"],
    pathfinding("ecs-003"),
  ),
  passing(
    "ecs-update-service",
    "ecs-tasks.amazonaws.com",
    ["ecs:RegisterTaskDefinition", "ecs:UpdateService"],
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  ),
  passing("glue-endpoint", "glue.amazonaws.com", ["glue:CreateDevEndpoint"], RHINO),
  passing("glue-job", "glue.amazonaws.com", ["glue:CreateJob", "glue:StartJobRun"], pathfinding("glue-003")),
  passing(
    "glue-triggered-job",
    "glue.amazonaws.com",
    ["glue:CreateJob", "glue:CreateTrigger"],
    pathfinding("glue-004"),
  ),
  passing("glue-changed-job", "glue.amazonaws.com", ["glue:UpdateJob", "glue:StartJobRun"], pathfinding("glue-005")),
  passing(
    "glue-changed-triggered-job",
    "glue.amazonaws.com",
    ["glue:UpdateJob", "glue:CreateTrigger"],
    pathfinding("glue-006"),
  ),
  passing("sagemaker-notebook", "sagemaker.amazonaws.com", ["sagemaker:CreateNotebookInstance"], RHINO_2),
  passing(
    "sagemaker-training",
    "sagemaker.amazonaws.com",
    ["sagemaker:CreateTrainingJob"],
    pathfinding("sagemaker-002"),
  ),
  passing(
    "sagemaker-processing",
    "sagemaker.amazonaws.com",
    ["sagemaker:CreateProcessingJob"],
    pathfinding("sagemaker-003"),
  ),
  passing(
    "codebuild-project",
    "codebuild.amazonaws.com",
    ["codebuild:CreateProject", "codebuild:StartBuild"],
    pathfinding("codebuild-001"),
  ),
  passing(
    "codebuild-batch",
    "codebuild.amazonaws.com",
    ["codebuild:CreateProject", "codebuild:StartBuildBatch"],
    pathfinding("codebuild-004"),
  ),
  passing(
    "data-pipeline",
    "datapipeline.amazonaws.com",
    ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
    RHINO,
  ),
  passing(
    "state-machine",
    "states.amazonaws.com",
    ["states:CreateStateMachine", "states:StartExecution"],
    STEP_FUNCTIONS,
  ),
  passing(
    "app-runner-service",
    "tasks.apprunner.amazonaws.com",
    ["apprunner:CreateService"],
    pathfinding("apprunner-001"),
  ),
  passing(
    "bedrock-code-interpreter",
    "bedrock-agentcore.amazonaws.com",
    [
      "bedrock-agentcore:CreateCodeInterpreter",
      "bedrock-agentcore:StartCodeInterpreterSession",
      "bedrock-agentcore:InvokeCodeInterpreter",
    ],
    pathfinding("bedrock-001"),
  ),
  alone("assume-role", { action: "sts:AssumeRole", all: ROLES, named: true }, pathfinding("sts-001")),
  alone("lambda-code", { action: "lambda:UpdateFunctionCode", all: FUNCTIONS, named: true }, RHINO),
  alone("lambda-layer", { action: "lambda:UpdateFunctionConfiguration", all: FUNCTIONS, named: true }, RHINO_2),
  alone("glue-endpoint-key", { action: "glue:UpdateDevEndpoint", all: "glue:devEndpoint/*", named: true }, RHINO),
  alone(
    "sagemaker-notebook-url",
    { action: "sagemaker:CreatePresignedNotebookInstanceUrl", all: "sagemaker:notebook-instance/*", named: true },
    RHINO_2,
  ),
];

/** A need in one word, the same for the same need: `iam:PassRole>lambda.amazonaws.com`. */
export const needKey = ({ action, passedTo }: EscalationNeed): string =>
  passedTo === undefined ? action : `${action}>${passedTo}`;

/** Every need of the table, once, by its key. */
export const NEEDS: ReadonlyMap<string, EscalationNeed> = new Map(
  ESCALATIONS.flatMap(({ needs }) => needs.map((need) => [needKey(need), need] as const)),
);
