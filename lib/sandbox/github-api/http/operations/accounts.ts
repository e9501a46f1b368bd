import { ok, param, type Call, type Operation } from "../operation";
import { existing, onOrganization } from "../resolve";
import { organization, publicAccount } from "../shapes/account";

const account = (call: Call) => call.state.account(param(call, "username"));

const organizationById = (call: Call) =>
  existing(call.state.findOrganizationById(Number(param(call, "organization_id"))));

/** Organizations and people. A sandbox knows no keys of theirs. */
export const accounts: readonly Operation[] = [
  ...onOrganization("GET", "", "orgs/orgs#get-an-organization", (call, owner) => ok(organization(owner, call.links))),
  {
    method: "GET",
    path: "/organizations/:organization_id",
    documentation: "orgs/orgs#get-an-organization",
    handle: (call) => ok(organization(organizationById(call), call.links)),
  },
  {
    method: "GET",
    path: "/users/:username",
    documentation: "users/users#get-a-user",
    handle: (call) => ok(publicAccount(account(call), call.links)),
  },
  {
    method: "GET",
    path: "/users/:username/gpg_keys",
    documentation: "users/gpg-keys#list-gpg-keys-for-a-user",
    handle: (call) => ok(account(call) && []),
  },
  {
    method: "GET",
    path: "/users/:username/keys",
    documentation: "users/keys#list-public-keys-for-a-user",
    handle: (call) => ok(account(call) && []),
  },
];
