/** Most problems of a policy that are told at once. */
const MOST = 10;

/** The first problems, and how many more there are. */
export const atMost = (problems: readonly string[]): string[] => [
  ...problems.slice(0, MOST),
  ...(problems.length > MOST ? [`and ${problems.length - MOST} more`] : []),
];
