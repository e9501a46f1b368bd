import { fromConfig } from "../readers/from-config";
import { fromPlan } from "../readers/from-plan";
import { fromSynth } from "../readers/from-synth";
import type { AccessModel } from "../model/model";
import { SourceError } from "../model/source-error";
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

/** A model and where it came from. */
export interface Source {
  readonly model: AccessModel;
  readonly kind: "config" | "synth" | "plan";
  /** As it was given. */
  readonly file: string;
  /** What of the access file is not in the model. */
  readonly access?: Access;
}

export const DEFAULT_CONFIG = "access.yaml";

/**
 * Reads the model from whichever source was named.
 *
 * @throws UsageError for more than one source, or one that cannot be read, and AccessConfigError for a
 *   mistake in the access file.
 */
export function openSource(options: SourceOptions): Source {
  const given = namedSources(options);
  if (given.length > 1) throw new UsageError(`${given.join(" and ")}: give one source`);
  const { config = DEFAULT_CONFIG, synth, plan } = options;
  try {
    if (synth !== undefined) return { model: fromSynth(synth), kind: "synth", file: synth };
    if (plan !== undefined) return { model: fromPlan(plan), kind: "plan", file: plan };
    const access = Access.fromFile(config);
    return { model: fromConfig(access), kind: "config", file: config, access };
  } catch (error) {
    throw error instanceof SourceError ? new UsageError(error.message) : error;
  }
}

/** The options that name a source, as they are written. */
export const namedSources = ({ config, synth, plan }: SourceOptions): string[] =>
  [
    config === undefined ? "" : "--config",
    synth === undefined ? "" : "--synth",
    plan === undefined ? "" : "--plan",
  ].filter(Boolean);

/** The model alone of a source. @throws as `openSource` does */
export const readSource = (options: SourceOptions): AccessModel => openSource(options).model;
