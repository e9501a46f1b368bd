/** How many variables and secrets GitHub keeps at each level. */
export const LIMITS = {
  organization: { variables: 1000, secrets: 1000 },
  repository: { variables: 500, secrets: 100 },
  environment: { variables: 100, secrets: 100 },
} as const;

/** The most reviewers an environment takes, users and teams counted together. */
export const MAX_REVIEWERS = 6;

/** The longest wait timer: thirty days, in minutes. */
export const MAX_WAIT_TIMER = 43_200;
