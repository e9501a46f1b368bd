import { z } from "zod";
import type { JsonSchema } from "../yaml/json-schema";
import { accessConfigSchema } from "./schema";

let made: JsonSchema | undefined;

/**
 * The JSON Schema of the access file, for completion in editors: `access.schema.json`.
 * It takes milliseconds to make and is asked for with every refused file, so it is made once.
 */
export function accessJsonSchema(): JsonSchema {
  return (made ??= makeAccessJsonSchema());
}

function makeAccessJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(accessConfigSchema, { io: "input", target: "draft-7" });
  return {
    ...schema,
    title: "Access file of cdktf-github-oidc",
    description: "Which GitHub repositories and environments may deploy into which AWS accounts",
  } as JsonSchema;
}
