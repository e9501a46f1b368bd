import fc from "fast-check";

/** `npm test` tries a law on this share of its cases; `npm run test:full` tries it on all. */
const SHARE = 1 / 10;

/** Below this number a share of a law would hardly try it: a law of few runs keeps them. */
const FEWEST = 20;

// A failure prints its seed. By this variable all laws of a run start from one seed.
const seed = process.env["LAWS_SEED"];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: seedOf(seed) });

/** Whether all of every law is to be tried, at its full size: `npm run test:full`. */
export const isFull = (env: NodeJS.ProcessEnv = process.env): boolean => env["FULL_LAWS"] === "1";

/** How often a property is tried. @param all in the full run: `FULL_LAWS=1` */
export function runs(all: number, env: NodeJS.ProcessEnv = process.env): number {
  return isFull(env) ? all : Math.min(all, Math.max(FEWEST, Math.ceil(all * SHARE)));
}

/**
 * How many cases of a kind a law has to meet, so that it is not kept for want of them.
 * Of fewer runs it may be far fewer: chance has more say there.
 *
 * @param all in the full run
 */
export function casesMet(all: number, env: NodeJS.ProcessEnv = process.env): number {
  return isFull(env) ? all : Math.floor((all * SHARE) / 4);
}

function seedOf(text: string): number {
  if (!/^-?[0-9]{1,10}$/.test(text)) throw new Error(`LAWS_SEED must be a whole number, and is "${text}"`);
  return Number(text);
}
