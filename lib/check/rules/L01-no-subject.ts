import { type Admission, binds, claimOf, excludes, splitKey } from "../../trust/admitted";
import { conditions, MAIN, subject } from "../trust/examples";
import { TENANCY_CLAIMS, type TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { isBound } from "../trust/values";

/** A subject of another issuer is for L25 to judge, and everybody as principal for L32. */
export const noSubject: TrustRule = {
  id: "L1",
  title: "No condition on the subject",
  severity: "error",
  explanation:
    "All of GitHub shares one issuer. A statement with no condition on the subject or the workflow lets in every repository on GitHub, unless another claim stops it. AWS no longer accepts such a statement. A condition that only excludes callers does not count.",
  remedy: 'Add a StringEquals condition on "sub" with the whole subject of the intended job.',
  source: SOURCES.secureByDefault,
  appliesTo: "trustPolicy",
  compliant: [
    subject("a whole subject", MAIN),
    conditions("a guard that also holds without a subject: every token has one", { StringLikeIfExists: { sub: MAIN } }),
  ],
  nonCompliant: [
    conditions("nothing but the audience", {}),
    conditions("the repository's id alone, which AWS refuses", { StringEquals: { repository_id: "74" } }),
    conditions("everybody but one", { StringNotEquals: { sub: MAIN } }),
  ],
  check: ({ admitted }) =>
    admitted.admissions
      .filter(
        (admission) =>
          admission.source.issuer !== undefined &&
          !isBound(admission, ...TENANCY_CLAIMS) &&
          !asksAnotherIssuer(admission) &&
          !isGuarded(admission),
      )
      .map(({ statement, breadth }) => ({
        position: statement.position,
        message:
          breadth === "anyone"
            ? "this statement has no condition on the subject: any repository on GitHub gets in"
            : "this statement has no condition on the subject: AWS refuses to store it, although other claims limit whose jobs get in",
        fix: 'add "sub" to its StringEquals, with the subject of the job that is meant',
      })),
};

/** Whether the subject is asked for in a way that would hold without one, and every token has one. */
const isGuarded = ({ statement, issuer, breadth }: Admission): boolean =>
  breadth !== "anyone" &&
  statement.conditions.some(
    (condition) =>
      (TENANCY_CLAIMS as readonly string[]).includes(claimOf(condition, issuer) ?? "") && !excludes(condition),
  );

const asksAnotherIssuer = ({ statement: { conditions: all }, issuer }: Admission): boolean =>
  all.some(
    (condition) =>
      binds(condition) &&
      claimOf(condition, issuer) === undefined &&
      (TENANCY_CLAIMS as readonly string[]).includes(splitKey(condition.key)?.claim ?? ""),
  );
