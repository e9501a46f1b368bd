import { stepRule } from "../rule";

/** The token is not signed as the issuer signs. */
export const signature = stepRule("signature", "signature", () => ({
  message: "The token's signature is not valid.",
  fix: "Use the token as GitHub minted it, with all three parts, and the keys that its issuer publishes today.",
}));
