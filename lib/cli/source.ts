import { fromConfig } from "../access/from-config";
import { fromPlan } from "../access/from-plan";
import { fromSynth } from "../access/from-synth";
import type { AccessModel } from "../access/model";
import { SourceError } from "../access/source-error";
import { Access } from "../config/access";
import { UsageError } from "./usage-error";

/** Where a command gets the access model from; at most one is given. */
export interface SourceOptions {
  /** The access file. @default access.yaml, when nothing else is given */
  readonly config?: string;
  /** Folder with synthesized Terraform. */
  readonly synth?: string;
  /** Output of `terraform show -json`. */
  readonly plan?: string;
}

const DEFAULT_CONFIG = "access.yaml";

/**
 * Reads the model from whichever source was named.
 *
 * @throws UsageError for more than one source, or one that cannot be read, and AccessConfigError for a
 *   mistake in the access file.
 */
export function readSource({ config, synth, plan }: SourceOptions): AccessModel {
  const given = [config === undefined ? "" : "--config", synth === undefined ? "" : "--synth", plan === undefined ? "" : "--plan"].filter(Boolean);
  if (given.length > 1) throw new UsageError(`${given.join(" and ")}: give one source`);
  try {
    if (synth !== undefined) return fromSynth(synth);
    if (plan !== undefined) return fromPlan(plan);
    return fromConfig(Access.fromFile(config ?? DEFAULT_CONFIG));
  } catch (error) {
    throw error instanceof SourceError ? new UsageError(error.message) : error;
  }
}
