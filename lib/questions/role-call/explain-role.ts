import { knowsGithubClaims } from "../../aws/condition-keys";
import type { FoundRole } from "../../model/find-role";
import type { AccountModel, RoleModel } from "../../model/model";
import { isUnknown } from "../../trust/trust-model";
import { explainCall, type Explained } from "../../trust/near-miss/explained";
import type { WebIdentityCall } from "../../trust/sts/call";
import { lookUpProvider } from "../../trust/sts/provider";
import { parseRoleArn, type RoleFacts } from "../../trust/sts/role-facts";
import { isUnjudged, type Unjudged } from "../../trust/reparsed-trust";
import { isKnown } from "../../trust/text";
import { decidedByForm, undecided } from "./certainty";
import { LookedUpPrefixes } from "./looked-up-prefixes";
import { lookupsIn, partialPolicy, type PartialPolicy } from "./partial-policy";
import { tokenRepository } from "./token-repository";

/** A call of AssumeRoleWithWebIdentity, of which the role is told by an access model. */
export type RoleCall = Omit<WebIdentityCall, "policy" | "role" | "assumptions">;

/**
 * What STS decides and why; or why that cannot be told: what AWS would not accept of the trust policy, or
 * what of it is not known.
 */
export type RoleExplained =
  { readonly explained: Explained } | { readonly refused: readonly string[] } | { readonly unknown: readonly string[] };

/**
 * Plays STS for a role of an access model. What is not known of its trust policy is never guessed: either the
 * decision is the same whatever it is, or there is none. Pure.
 *
 * @param call its client ids, where it has any, go before those of the model.
 * @throws ContradictoryClaims where the token has to say whose it is, and contradicts itself.
 */
export function explainRole({ role, account }: FoundRole, call: RoleCall): RoleExplained {
  const { trust } = role;
  if (isUnknown(trust)) return { unknown: [trust.unknown] };
  if ("refused" in trust) return trust;
  const lookups = lookupsIn(trust);
  const prefixes = new LookedUpPrefixes(lookups, lookups.length > 0 ? tokenRepository(call.token) : undefined);
  const policy = partialPolicy(trust, account, (lookup) => prefixes.of(lookup, "name"));
  const other = partialPolicy(trust, account, (lookup) => prefixes.of(lookup, "immutable"));
  if (isUnjudged(policy)) return notJudged(policy);
  if (isUnjudged(other)) return notJudged(other);
  const explain = ({ document }: PartialPolicy): Explained =>
    explainCall(
      withClientIds(
        {
          ...call,
          policy: document,
          role: factsOf(role),
          assumptions: [...assumptionsOf(policy, prefixes), ...assertionsOf(call, policy)],
        },
        account,
      ),
    );
  const explained = explain(policy);
  const judged = { policy, records: explained.verdict.statements, otherwise: explain(other).verdict.statements };
  const open = undecided(judged);
  if (open.length === 0) return { explained };
  const byForm = open.some((record) => decidedByForm(record, judged).length > 0)
    ? prefixes.unknown.map((repository) => `whether subjects of ${repository} carry ids`)
    : [];
  return { unknown: distinct([...open.flatMap(({ index }) => policy.unknowns[index] ?? []), ...byForm]) };
}

const notJudged = ({ unjudged }: Unjudged): RoleExplained => ({
  unknown: [`the trust policy cannot be judged: ${unjudged}`],
});

function assumptionsOf({ ownAccount, unknowns }: PartialPolicy, prefixes: LookedUpPrefixes): string[] {
  const unknown = distinct(unknowns.flat());
  return [
    ...prefixes.assumptions,
    ...(ownAccount ? ["the provider's account is not known, and was taken for the role's own"] : []),
    ...(unknown.length > 0
      ? [`the decision is the same whatever becomes of what is not known yet: ${unknown.join(", ")}`]
      : []),
  ];
}

/** That somebody vouches for claims, where AWS does not document that it compares them. */
function assertionsOf(call: RoleCall, { document }: PartialPolicy): string[] {
  const { issuer = "", partition } = lookUpProvider({ ...call, policy: document });
  return call.assertsClaimKeys && !knowsGithubClaims(issuer, partition)
    ? ['AWS compares GitHub\'s own claims here, as the access file vouches ("claimKeys: asserted")']
    : [];
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

function factsOf({ arn, sessionSeconds }: RoleModel): RoleFacts {
  const parsed = isKnown(arn) ? parseRoleArn(arn) : undefined;
  return {
    ...(parsed ? { arn: parsed } : {}),
    ...(isUnknown(sessionSeconds) ? {} : { maxSessionSeconds: sessionSeconds }),
  };
}

/** With the client ids of the account's provider for the token's issuer, where all of them are known. */
function withClientIds(call: WebIdentityCall, { providers }: AccountModel): WebIdentityCall {
  if (call.clientIds) return call;
  const { issuer } = lookUpProvider(call);
  const [clientIds] = providers
    .filter((each) => each.issuer === issuer)
    .flatMap((each) => (isUnknown(each.clientIds) || !each.clientIds.every(isKnown) ? [] : [each.clientIds]));
  return clientIds ? { ...call, clientIds } : call;
}
