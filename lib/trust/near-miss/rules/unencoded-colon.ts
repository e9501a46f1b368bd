import { fits } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";

/**
 * GitHub writes a colon within a value of the subject as "%3A", and nowhere else.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const unencodedColon = pairRule("unencoded-colon", ({ wanted, actual, wants, has }, { claim }) => {
  if (claim === "sub") {
    const { name = "", kind } = wants.job ?? {};
    const encoded = name.replaceAll(":", "%3A");
    if (kind !== has.job?.kind || encoded === name || !fits(encoded, has.job?.name ?? "")) return undefined;
    return {
      message: `The policy has a ":" within a name, ${quote(name)}: in a subject GitHub writes it as "%3A".`,
      fix: `Write ${quote(encoded)}.`,
    };
  }
  const raw = wanted.replaceAll(/%3A/gi, ":");
  if (raw === wanted || !fits(raw, actual)) return undefined;
  return {
    message: `The policy writes ":" as "%3A", ${quote(wanted)}: GitHub does so in the subject, but not in the claim ${quote(claim)}.`,
    fix: `Write ${quote(raw)}.`,
  };
});
