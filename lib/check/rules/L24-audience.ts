import { type Admission, valueAsSet } from "../../trust/admitted";
import type { ConditionValue } from "../../aws/policy/condition";
import type { Partition } from "../../aws/partition";
import { defaultAudience } from "../../aws/partition";
import { exactText } from "../../aws/pattern";
import { quoted } from "../../aws/policy/position";
import { MAIN, statements, subject } from "../trust/examples";
import type { RuleFinding } from "../rule";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { bindingConditions, isBound, knowsVariables } from "../trust/values";

const PARTITIONS: readonly Partition[] = ["aws", "aws-cn"];

/** That nothing is asked is a note: AWS accepts only the client ids of the provider anyway. */
export const audience: TrustRule = {
  id: "L24",
  title: "The audience",
  severity: "warning",
  explanation:
    "The audience says whom a token is for. aws-actions/configure-aws-credentials asks for sts.amazonaws.com, in China for sts.amazonaws.com.cn; by default GitHub uses the owner's address, which every other use of tokens shares. A condition on an audience other than the token's, or other than the provider's client ids, admits nobody. Without a condition AWS still accepts only the provider's client ids: that is a note.",
  remedy: 'Add a StringEquals condition on "aud" with the client id of the provider.',
  source: SOURCES.actionAudience,
  appliesTo: "trustPolicy",
  compliant: [
    subject("that of the action", MAIN),
    statements("one of one's own", { condition: { StringEquals: { sub: MAIN, aud: "octo-deploy" } } }),
  ],
  nonCompliant: [
    statements("none", { condition: { StringEquals: { sub: MAIN } } }),
    statements("the owner's address", {
      condition: { StringEquals: { sub: MAIN, aud: "https://github.com/octo-org" } },
    }),
    statements("that of China", { condition: { StringEquals: { sub: MAIN, aud: "sts.amazonaws.com.cn" } } }),
    statements("any", { condition: { StringEquals: { sub: MAIN }, StringLike: { aud: "*" } } }),
  ],
  check: ({ admitted, document }) =>
    admitted.admissions.flatMap((admission): RuleFinding[] => {
      if (!isBound(admission, "aud"))
        return [
          {
            position: admission.statement.position,
            severity: "note",
            message: "this statement has no condition on the audience: it accepts any client id of the provider",
            fix: `add "aud" with ${quoted(defaultAudience(admission.source.partition))} to its StringEquals`,
          },
        ];
      return bindingConditions(admission, "aud").flatMap((condition) =>
        condition.values.flatMap((value) => {
          const pattern = valueAsSet(condition, value, knowsVariables(document)).terms[0]?.[0]?.pattern;
          return pattern ? problemOf(value, exactText(pattern), admission) : [];
        }),
      );
    }),
};

function problemOf(
  { text, position }: ConditionValue,
  exact: string | undefined,
  { source: { partition } }: Admission,
): RuleFinding[] {
  const right = defaultAudience(partition);
  if (exact === undefined)
    return [
      {
        position,
        message: `${quoted(text)} matches audiences that nobody has named`,
        fix: `write out the audience: ${quoted(right)}`,
      },
    ];
  if (/^https:\/\/[^/]+\/[^/]+\/?$/.test(exact))
    return [
      {
        position,
        message: `${quoted(text)} is the owner's address, GitHub's default audience, which every other use of tokens shares`,
        fix: `use ${quoted(right)}, and let the workflow ask for it`,
      },
    ];
  const other = PARTITIONS.find((each) => defaultAudience(each) === exact);
  if (other === undefined || exact === right) return [];
  return [
    {
      position,
      message: `${quoted(text)} is the audience of the partition ${other}, but the provider is in ${partition}`,
      fix: `use ${quoted(right)}`,
    },
  ];
}
