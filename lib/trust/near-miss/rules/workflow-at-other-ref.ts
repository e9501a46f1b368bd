import { alike, fits } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";

/**
 * The right workflow, taken at another branch, tag or commit.
 *
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows
 */
export const workflowAtOtherRef = pairRule("workflow-at-other-ref", ({ wants, has, actual }) => {
  const same =
    wants.file !== undefined &&
    has.file !== undefined &&
    alike(wants.file, has.file) &&
    wants.owner?.name.toLowerCase() === has.owner?.name.toLowerCase() &&
    wants.repository?.name.toLowerCase() === has.repository?.name.toLowerCase();
  if (!same || wants.fileRef === undefined || has.fileRef === undefined || fits(wants.fileRef, has.fileRef))
    return undefined;
  const merged = /^refs\/pull\//.test(has.fileRef) ? " (for a pull request GitHub uses the workflow of the merge)" : "";
  return {
    message: `The workflow ${quote(has.file ?? "")} ran at ${quote(has.fileRef)}${merged}; the policy requires it at ${quote(wants.fileRef)}.`,
    fix: `Call it with "uses: …@${wants.fileRef.replace(/^refs\/(heads|tags)\//, "")}", or admit ${quote(actual)}.`,
  };
});
