/** Something in the command line, or in what it names, that its writer can put right. */
export class UsageError extends Error {}
