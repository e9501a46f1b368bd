import type { TerraformResourceLifecycle } from "cdktf";

/**
 * The lifecycle of what others depend on. Terraform refuses to destroy it, and to replace it, for as long as it is in
 * the configuration; what is taken out of it has no lifecycle any more.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
 */
export const keeping = (preventDestroy: boolean | undefined): TerraformResourceLifecycle | undefined =>
  preventDestroy ? { preventDestroy } : undefined;
