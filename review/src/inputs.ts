import { z } from "zod";
import { GATES } from "../../lib/review/review";
import { InputError } from "./input-error";

const lines = z.string().transform((text) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== ""),
);

const quoted = (value: unknown): string => JSON.stringify(value);

/** What the step gives, by the names in `review/action.yml`; what it leaves out comes as an empty text. */
const inputsSchema = z
  .object({
    plans: lines,
    reviews: lines,
    "fail-on": z
      .string()
      .transform((text) => text || "none")
      .pipe(z.enum(GATES, { error: ({ input }) => `${quoted(input)} is none of ${GATES.join(", ")}` })),
    comment: z
      .string()
      .transform((text) => text.toLowerCase() || "true")
      .pipe(z.enum(["true", "false"], { error: ({ input }) => `${quoted(input)} is neither true nor false` })),
    // It stands in an HTML comment, which "--" could end.
    key: z.string().regex(/^$|^(?!.*--)[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/, {
      error: ({ input }) =>
        `${quoted(input)} is no key: use letters, digits, ".", "_", "/" and single "-", at most 100`,
    }),
    "comment-author": z
      .string()
      .transform((text) => text || "github-actions[bot]")
      .pipe(
        z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\[bot\])?$/, {
          error: ({ input }) => `${quoted(input)} is no login, as "octocat" or "my-app[bot]"`,
        }),
      ),
    // Never quoted: it may be a token that is written wrongly.
    "github-token": z
      .string()
      .regex(/^[\x21-\x7e]*$/, "it is no token: it has spaces, line breaks or other characters that none has"),
    report: z.string(),
    matrix: z.string(),
  })
  .transform((given) => ({
    plans: given.plans,
    reviews: given.reviews,
    gate: given["fail-on"],
    comment: given.comment === "true",
    key: given.key,
    author: given["comment-author"],
    token: given["github-token"],
    report: given.report,
    matrix: given.matrix,
  }));

export type Inputs = z.infer<typeof inputsSchema>;

/** The names in `review/action.yml`. */
export const INPUTS = [
  "plans",
  "reviews",
  "fail-on",
  "comment",
  "key",
  "comment-author",
  "github-token",
  "report",
  "matrix",
] as const;

/**
 * Reads what the step gives, which the runner puts into variables named `INPUT_` and the name in upper case.
 *
 * @throws InputError for what cannot be meant. It never repeats the token.
 */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const given = Object.fromEntries(INPUTS.map((name) => [name, env[`INPUT_${name.toUpperCase()}`]?.trim() ?? ""]));
  const { data, error } = inputsSchema.safeParse(given);
  const [issue] = error?.issues ?? [];
  if (issue) throw new InputError(`${issue.path.join(".")}: ${issue.message}`);
  const inputs = data as Inputs;
  if (inputs.plans.length + inputs.reviews.length === 0)
    throw new InputError('plans: name what "terraform show -json" printed of a plan, one file on each line');
  if (inputs.plans.length > 0 && inputs.reviews.length > 0) throw new InputError("plans and reviews: give one of them");
  return inputs;
}
