import type { Account } from "../../state/account";
import { VISIBILITIES, type Sharing } from "../../state/sharing";
import type { Variable, Variables } from "../../state/variables";
import { Fields } from "../fields";
import { created, done, ok, param, type Answer, type Call, type Operation } from "../operation";
import { page } from "../page";
import { onEnvironment, onOrganization, onRepository } from "../resolve";
import { variableShape } from "../shapes/values";
import { bare, type Level } from "./level";
import { listSelected, selected, sharingIn, withAdded, withRemoved, withSelected } from "./sharing";

const DOCS = "actions/variables";

/** Configuration variables of organizations, repositories and environments. */
export const variables: readonly Operation[] = [
  ...reading({
    on: onOrganization,
    path: "/actions/variables",
    one: "an-organization",
    of: (owner) => owner.variables,
  }),
  ...onOrganization("POST", "/actions/variables", `${DOCS}#create-an-organization-variable`, createShared),
  ...onOrganization("PATCH", "/actions/variables/:name", `${DOCS}#update-an-organization-variable`, updateShared),
  ...selectedRepositories(),
  ...all({
    on: onRepository,
    path: "/actions/variables",
    one: "a-repository",
    of: (repository) => repository.variables,
  }),
  ...all({ on: onEnvironment, path: "/variables", one: "an-environment", of: (environment) => environment.variables }),
];

function all<T extends unknown[]>(level: Level<T, Variables>): Operation[] {
  const { on, path, one, of } = level;
  return [
    ...reading(level),
    ...on("POST", path, `${DOCS}#create-${one}-variable`, (call, ...found) => create(call, of(...found))),
    ...on("PATCH", `${path}/:name`, `${DOCS}#update-${one}-variable`, (call, ...found) => update(call, of(...found))),
  ];
}

/** What no level does differently: to list, to get and to delete. */
function reading<T extends unknown[]>(level: Level<T, Variables>): Operation[] {
  const { on, path, one, of } = level;
  return [
    ...on("GET", path, `${DOCS}#list-${bare(level)}-variables`, (call, ...found) => list(call, of(...found))),
    ...on("GET", `${path}/:name`, `${DOCS}#get-${one}-variable`, (call, ...found) => get(call, of(...found))),
    ...on("DELETE", `${path}/:name`, `${DOCS}#delete-${one}-variable`, (call, ...found) => remove(call, of(...found))),
  ];
}

function list(call: Call, values: Variables): Answer {
  const everything = values.list();
  const { items, headers } = page(call, everything);
  const shown = items.map((variable) => variableShape(variable, call.links.self));
  return { status: 200, headers, body: { total_count: everything.length, variables: shown } };
}

const get = (call: Call, values: Variables): Answer =>
  ok(variableShape(values.get(param(call, "name")), call.links.parent));

function create(call: Call, values: Variables, sharing?: Sharing): Answer {
  const fields = new Fields(call.body);
  values.create(fields.string("name"), fields.string("value"), sharing);
  return created();
}

function update(call: Call, values: Variables, sharing?: Sharing): Answer {
  const fields = new Fields(call.body);
  const [name, value] = [fields.optionalString("name"), fields.optionalString("value")];
  values.update(param(call, "name"), { name, value, sharing });
  return done();
}

function remove(call: Call, values: Variables): Answer {
  values.delete(param(call, "name"));
  return done();
}

function createShared(call: Call, owner: Account): Answer {
  const fields = new Fields(call.body);
  return create(call, owner.variables, sharingIn(call, fields, fields.oneOf("visibility", VISIBILITIES)));
}

function updateShared(call: Call, owner: Account): Answer {
  const fields = new Fields(call.body);
  const { sharing } = named(call, owner);
  const visibility = fields.optionalOneOf("visibility", VISIBILITIES) ?? sharing?.visibility ?? "private";
  return update(call, owner.variables, sharingIn(call, fields, visibility, sharing));
}

/** Which repositories see an organization's variable; only while its visibility is `selected`. */
function selectedRepositories(): Operation[] {
  const path = "/actions/variables/:name/repositories";
  const change = (changed: (call: Call, sharing: Sharing) => Sharing) => (call: Call, owner: Account) => {
    const { name, sharing } = named(call, owner);
    if (sharing) owner.variables.update(name, { sharing: changed(call, sharing) });
    return done();
  };
  const read = (call: Call, owner: Account) => {
    const { sharing } = named(call, owner);
    return listSelected(call, sharing && selected(sharing));
  };
  const docs = (verb: string) => `${DOCS}#${verb}-an-organization-variable`;
  return [
    ...onOrganization("GET", path, docs("list-selected-repositories-for"), read),
    ...onOrganization("PUT", path, docs("set-selected-repositories-for"), change(withSelected)),
    ...onOrganization("PUT", `${path}/:repository_id`, docs("add-selected-repository-to"), change(withAdded)),
    ...onOrganization("DELETE", `${path}/:repository_id`, docs("remove-selected-repository-from"), change(withRemoved)),
  ];
}

const named = (call: Call, owner: Account): Variable => owner.variables.get(param(call, "name"));
