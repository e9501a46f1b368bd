/** Something in the step, or in what it names, that its writer can put right: one sentence. */
export class InputError extends Error {}
