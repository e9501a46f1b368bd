import { type TerraformResource } from "cdktf";

/**
 * A resource's attribute, for another resource of the same construct. Written out: a token of cdktf keeps
 * the stack trace of its making, and with thousands of roles those are most of the memory.
 */
export const attributeOf = (resource: TerraformResource, attribute: string): string =>
  `\${${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}}`;
