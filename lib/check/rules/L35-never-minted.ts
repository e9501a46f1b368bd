import { AdmissionSearch, type JobAnswer } from "../../trust/admission-search";
import type { TrustDocument } from "../../aws/policy/trust-document";
import { quoted } from "../../aws/policy/position";
import type { RuleFinding } from "../rule";
import type { TrustPolicySubject } from "../subject";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { bindingConditions } from "../trust/values";

export const neverMinted: TrustRule = {
  id: "L35",
  title: "A subject that GitHub never mints",
  severity: "error",
  explanation:
    'After the repository a subject has "environment:NAME", "ref:refs/heads/BRANCH", "ref:refs/tags/TAG" or "pull_request"; with a template, other claims with their names. A value of any other form matches no token: AWS refuses the job and does not say why.',
  remedy: "Write the subject as GitHub does.",
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [
    subject("GitHub's own form", MAIN),
    subject("a template's", "repo:octo-org/web-shop:repository_visibility:private"),
    subject("a pattern that some subjects match", "repo:octo-org/web-shop:*pull*"),
  ],
  nonCompliant: [
    subject("a ref that is not complete", "repo:octo-org/web-shop:ref:main"),
    subject("a claim that is none", "repo:octo-org/web-shop:branch:main"),
    subject('no "ref:"', "repo:octo-org/web-shop:refs/heads/main"),
    subject('no "repo:"', "octo-org/web-shop:ref:refs/heads/main"),
    subject("a name that ends the value", "repo:octo-org/web-shop"),
    subject("a pattern that no subject matches", "repo:octo-org/web-shop:pr-*"),
    subject("two subjects in one value", "repo:octo-org/web-shop:*,repo:octo-org/orders:*"),
  ],
  check: (policy) =>
    policy.admitted.admissions.flatMap((admission) =>
      bindingConditions(admission, "sub").flatMap(({ operator, key, position, operatorPosition, values }) =>
        values.flatMap((value) =>
          judge(policy, admission, { operator, key, position, operatorPosition, values: [value] }),
        ),
      ),
    ),
};

type Admission = TrustPolicySubject["admitted"]["admissions"][number];
type OneValue = Admission["statement"]["conditions"][number];

function judge(
  { document }: TrustPolicySubject,
  { statement, source, issuer, subjects }: Admission,
  condition: OneValue,
): RuleFinding[] {
  const [value] = condition.values;
  // What lets in jobs beside the others of its statement is minted.
  if (!value || subjects.every(({ letsIn }) => letsIn === "jobs") || source.issuer === undefined) return [];
  const alone: TrustDocument = { ...document, statements: [{ ...statement, conditions: [condition] }] };
  const problem = problemOf(
    value.text,
    new AdmissionSearch(alone, { issuer, partition: source.partition, arn: source.principal.value }).find(),
  );
  return problem ? [{ position: value.position, ...problem }] : [];
}

function problemOf(text: string, answer: JobAnswer): Pick<RuleFinding, "message" | "fix"> | undefined {
  if (answer.answer === "no")
    return { message: `${quoted(text)} matches no subject that GitHub mints: it admits nobody`, fix: fixFor(text) };
  // A template may consist of the repository alone; nobody has one without knowing.
  if (answer.answer !== "yes" || answer.job.job.subjectTemplate?.join() !== "repo") return undefined;
  return {
    message: `${quoted(text)} ends at the repository: it admits nobody, unless the repository's subject template is only "repo"`,
    fix: FIX,
  };
}

const FIX = 'write it as "repo:OWNER/REPO:ref:refs/heads/BRANCH", "…:environment:NAME" or "…:pull_request"';

const fixFor = (text: string): string =>
  hasSeveral(text) ? "write a list of two values: a comma in a value is literal" : FIX;

/** A subject behind another one, in one value. */
function hasSeveral(text: string): boolean {
  const first = text.indexOf("repo:");
  return first >= 0 && /[,\s|]repo:/.test(text.slice(first + "repo:".length));
}
