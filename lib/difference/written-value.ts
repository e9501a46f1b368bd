/**
 * A value of a condition for people. What looks like a policy variable is told to be none where the document's
 * version has none: nothing else tells two versions of one text apart.
 *
 * @param variables whether the document's version reads policy variables; see `readsVariables`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export const writtenValue = (value: string, variables: boolean): string =>
  variables || !value.includes("${") ? value : `${value} (plain text: version 2008-10-17 has no variables)`;
