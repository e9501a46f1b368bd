import type { Operation } from "../operation";
import { accounts } from "./accounts";
import { branches } from "./branches";
import { comments } from "./comments";
import { deploymentPolicies } from "./deployment-policies";
import { environments } from "./environments";
import { repositories } from "./repositories";
import { secrets } from "./secrets";
import { subjects } from "./subjects";
import { teams } from "./teams";
import { variables } from "./variables";

/** Everything that the API can do. */
export const OPERATIONS: readonly Operation[] = [
  ...accounts,
  ...teams,
  ...repositories,
  ...branches,
  ...comments,
  ...environments,
  ...deploymentPolicies,
  ...variables,
  ...secrets,
  ...subjects,
];
