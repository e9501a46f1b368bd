import { z } from "zod";

/**
 * What is looked at of `terraform show -json`, for a plan and for a state.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */

const attributes = z.record(z.string(), z.unknown());

const instance = z.looseObject({
  address: z.string(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  deposed: z.string().optional(),
  deposed_key: z.string().optional(),
});

const stateResource = instance.extend({ values: attributes.nullish() });

const changedResource = instance.extend({
  module_address: z.string().optional(),
  change: z.looseObject({ actions: z.array(z.string()), after: attributes.nullish(), after_unknown: z.union([z.boolean(), attributes]).nullish() }),
});

export interface StateModule {
  readonly address?: string | undefined;
  readonly resources?: readonly z.infer<typeof stateResource>[] | undefined;
  readonly child_modules?: readonly unknown[] | undefined;
}

/** A module of values; those below it are read one at a time, so that no depth is too much. */
export const stateModuleSchema: z.ZodType<StateModule> = z.looseObject({
  address: z.string().optional(),
  resources: z.array(stateResource).optional(),
  child_modules: z.array(z.unknown()).optional(),
});

const configuredResource = z.looseObject({ address: z.string(), provider_config_key: z.string().optional(), expressions: attributes.optional() });

export interface ConfiguredModule {
  readonly resources?: readonly z.infer<typeof configuredResource>[] | undefined;
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>> | undefined;
  readonly module_calls?: Readonly<Record<string, { readonly expressions?: Readonly<Record<string, unknown>> | undefined; readonly module?: unknown }>> | undefined;
}

export const configuredModuleSchema: z.ZodType<ConfiguredModule> = z.looseObject({
  resources: z.array(configuredResource).optional(),
  outputs: z.record(z.string(), z.looseObject({ expression: z.unknown().optional() })).optional(),
  module_calls: z.record(z.string(), z.looseObject({ expressions: attributes.optional(), module: z.unknown().optional() })).optional(),
});

const values = z.looseObject({ root_module: z.unknown().optional() });

export const shownSchema = z.looseObject({
  format_version: z.string(),
  errored: z.boolean().optional(),
  values: values.optional(),
  planned_values: values.optional(),
  prior_state: z.looseObject({ values: values.optional() }).optional(),
  resource_changes: z.array(changedResource).optional(),
  configuration: z
    .looseObject({
      provider_config: z.record(z.string(), z.looseObject({ name: z.string().optional(), alias: z.string().optional(), module_address: z.string().optional(), expressions: attributes.optional() })).optional(),
      root_module: z.unknown().optional(),
    })
    .optional(),
});

export type Shown = z.infer<typeof shownSchema>;
export type StateResource = z.infer<typeof stateResource>;
export type ChangedResource = z.infer<typeof changedResource>;
export type ConfiguredResource = z.infer<typeof configuredResource>;
