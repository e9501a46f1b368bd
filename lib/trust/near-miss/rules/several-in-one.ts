import { pairRule } from "../rule";
import { quote } from "../words";

/** Several subjects stand in one value, with a comma or a space between them. */
export const severalInOne = pairRule("several-in-one", ({ wanted }, { claim }) => {
  if (claim !== "sub" || wanted.length > LONGEST) return undefined;
  const values = wanted.split(/[,;|\s]+(?=repo:)/);
  if (values.length < 2) return undefined;
  return {
    message: `The value ${quote(wanted)} is ${values.length} subjects in one: a comma in a value is only itself.`,
    fix: `Write a list: [${values.map(quote).join(", ")}].`,
  };
});

/** A value that fills a policy is no list that somebody typed. */
const LONGEST = 2_000;
