/** Names under which an environment's role is published, unless the file says otherwise. */
export const ROLE_ARN_VARIABLE = "AWS_ROLE_ARN";
/** The region always stands beside the role, under this name. */
export const REGION_VARIABLE = "AWS_REGION";
