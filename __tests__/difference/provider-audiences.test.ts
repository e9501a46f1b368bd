import { audienceChanges } from "../../lib/difference/provider-audiences";
import type { AccessModel, ProviderModel } from "../../lib/model/model";

const ISSUER = "token.actions.githubusercontent.com";

const withAudiences = (clientIds: ProviderModel["clientIds"], id = "111122223333"): AccessModel => ({
  accounts: [
    {
      name: null,
      id,
      partition: "aws",
      region: null,
      roles: [],
      providers: [
        {
          arn: `arn:aws:iam::${id}:oidc-provider/${ISSUER}`,
          issuer: ISSUER,
          clientIds,
          mode: "created",
          location: null,
        },
      ],
    },
  ],
  environments: [],
  values: [],
  subjectTemplates: [],
  branchProtections: [],
  newRepositories: [],
  notes: [],
});

const told = (before: ProviderModel["clientIds"], after: ProviderModel["clientIds"]): [string, boolean][] =>
  audienceChanges(withAudiences(before), withAudiences(after)).map(({ reason, mayAdmit }) => [reason, mayAdmit]);

describe("audiences of an OIDC provider", () => {
  test.each<[string, ProviderModel["clientIds"], ProviderModel["clientIds"], [string, boolean][]]>([
    ["in another order they are the same", ["sts.amazonaws.com", "octo"], ["octo", "sts.amazonaws.com"], []],
    [
      "one more may let somebody in",
      ["sts.amazonaws.com"],
      ["sts.amazonaws.com", "octo"],
      [["it will take tokens for the audience octo too: roles whose trust names no audience let in more", true]],
    ],
    [
      "one less lets nobody in",
      ["sts.amazonaws.com", "octo"],
      ["sts.amazonaws.com"],
      [["it will no longer take tokens for the audience octo: jobs that ask for such a token are refused", false]],
    ],
    ["not known both times is no change", { unknown: "client_id_list" }, { unknown: "client_id_list" }, []],
    [
      "not known afterwards may let somebody in",
      ["octo"],
      { unknown: "client_id_list" },
      [["for which audiences it will take tokens: client_id_list", true]],
    ],
    [
      "not known before may let somebody in",
      { unknown: "client_id_list" },
      ["octo"],
      [["for which audiences it took tokens before: client_id_list", true]],
    ],
  ])("%s", (_, before, after, expected) => expect(told(before, after)).toEqual(expected));

  test("the provider of another account is another one", () =>
    expect(audienceChanges(withAudiences(["a"]), withAudiences(["a", "b"], "444455556666"))).toEqual([]));
});
