import type { AccessModel, ProviderModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText } from "../trust/text";
import type { UnknownChange } from "./schema";

/**
 * OIDC providers that take tokens for other audiences than before. Which roles name no audience of their own, and
 * let in more or fewer by it, only those of the source could tell: others may trust the provider as well.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function audienceChanges(before: AccessModel, after: AccessModel): UnknownChange[] {
  const earlier = new Map(providersOf(before));
  return providersOf(after).flatMap(([key, provider]) => {
    const was = earlier.get(key);
    return was ? changeOf(was, provider) : [];
  });
}

const providersOf = ({ accounts }: AccessModel): [string, ProviderModel][] =>
  accounts.flatMap(({ id, name, providers }) =>
    providers.map((provider): [string, ProviderModel] => [
      JSON.stringify([id ?? name, formatText(provider.issuer).toLowerCase()]),
      provider,
    ]),
  );

function changeOf(was: ProviderModel, is: ProviderModel): UnknownChange[] {
  const say = (reason: string, mayAdmit: boolean): UnknownChange[] => [
    { what: `OIDC provider ${formatText(is.issuer)}`, reason, mayAdmit },
  ];
  if (isUnknown(is.clientIds))
    return isUnknown(was.clientIds)
      ? []
      : say(`for which audiences it will take tokens: ${is.clientIds.unknown}`, true);
  if (isUnknown(was.clientIds)) return say(`for which audiences it took tokens before: ${was.clientIds.unknown}`, true);
  const [old, now] = [was.clientIds.map(formatText), is.clientIds.map(formatText)];
  const [added, gone] = [now.filter((each) => !old.includes(each)), old.filter((each) => !now.includes(each))];
  return [
    ...(added.length > 0
      ? say(
          `it will take tokens for the audience ${added.join(" and ")} too: roles whose trust names no audience let in more`,
          true,
        )
      : []),
    ...(gone.length > 0
      ? say(
          `it will no longer take tokens for the audience ${gone.join(" and ")}: jobs that ask for such a token are refused`,
          false,
        )
      : []),
  ];
}
