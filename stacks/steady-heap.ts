import { setFlagsFromString } from "node:v8";

/**
 * For programs that synthesize, once before they do. V8 guesses by its first collections which objects live long, and
 * puts their like where collecting is dear. In cdktf's resolving of tokens, where nothing lives long, it now and then
 * guesses wrong: ten thousand roles then take twice the time and memory. `npm run bench -- pairs` measures without the
 * guess, on both of its sides.
 */
export const steadyHeap = (): void => setFlagsFromString("--no-allocation-site-pretenuring");
