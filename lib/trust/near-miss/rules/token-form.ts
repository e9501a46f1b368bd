import { stepRule } from "../rule";

/** The token is too long, or lacks a claim that STS asks for. */
export const tokenForm = stepRule("token-form", "token", (_, detail) =>
  detail.startsWith("Missing")
    ? {
        message: "The token lacks a claim without which STS takes none: it is not an OIDC token of a job.",
        fix: 'Request it from GitHub\'s token service: "ACTIONS_ID_TOKEN_REQUEST_TOKEN" itself is not such a token.',
      }
    : {
        message: "The token is longer than STS takes one.",
        fix: "Let fewer claims go into it: custom properties of the repository and the subject's template are what makes one long.",
      },
);
