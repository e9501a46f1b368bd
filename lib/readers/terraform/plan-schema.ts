import { z } from "zod";

/**
 * The outline of `terraform show -json`, for a plan and for a state. What there may be ten thousands of is
 * checked where it is read (`plan-entry.ts`): a schema over all of it would cost more than parsing the file.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */

const list = z.array(z.unknown());
const values = z.looseObject({ root_module: z.unknown().optional() });

export const shownSchema = z.looseObject({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  values: values.optional(),
  planned_values: values.optional(),
  prior_state: z.looseObject({ values: values.optional() }).optional(),
  resource_changes: list.optional(),
  resource_drift: list.optional(),
  deferred_changes: list.optional(),
  configuration: z
    .looseObject({
      provider_config: z
        .record(
          z.string(),
          z.looseObject({
            name: z.string().optional(),
            module_address: z.string().optional(),
            expressions: z.record(z.string(), z.unknown()).optional(),
          }),
        )
        .optional(),
      root_module: z.unknown().optional(),
    })
    .optional(),
});

export type Shown = z.infer<typeof shownSchema>;
