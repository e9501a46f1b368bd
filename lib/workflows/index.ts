/**
 * GitHub workflow files: what their jobs may mint, which roles they ask for, and whether they can get them.
 *
 * `readWorkflowFolder` reads them, `agreement` holds them against the access model.
 */
export { agreement, type AgreementFact } from "./agreement";
export { mintedBy, type MintOptions, type Possibility } from "./minted";
export { type Mismatch } from "./trust-verdict";
export { type WorkflowProblem } from "./problem";
export { readWorkflowFolder, type WorkflowFolder } from "./read-folder";
export { readWorkflow, type WorkflowReading } from "./read-workflow";
export { type RoleInAccount } from "./resolve-role";
export { formatReference, roleCallsOf, type RoleCall, type RoleReference } from "./role-calls";
export { runsOf, type IdToken, type Place, type Run, type Runs } from "./runs";
export {
  type Job,
  type Permissions,
  type Setting,
  type Settings,
  type Step,
  type Trigger,
  type Uses,
  type Workflow,
  type WorkflowCall,
} from "./workflow";
