import { stepRule } from "../rule";

/** The token is too long, or lacks a claim that STS asks for. */
export const tokenForm = stepRule("token-form", "token", (_, detail) =>
  detail.startsWith("Missing")
    ? {
        message: "The token lacks a claim that STS requires: it is not an OIDC token of a job.",
        fix: 'Request it from GitHub\'s token service: "ACTIONS_ID_TOKEN_REQUEST_TOKEN" itself is not such a token.',
      }
    : {
        message: "The token exceeds the length that STS accepts.",
        fix: "Reduce its claims: custom properties of the repository and the subject's template make a token long.",
      },
);
