import type { Account } from "../../state/account";
import { invalid } from "../../state/refusal";
import type { SealedValue, Secret, Secrets } from "../../state/secrets";
import { VISIBILITIES, type Sharing } from "../../state/sharing";
import { Fields } from "../fields";
import { created, done, ok, param, type Answer, type Call, type Operation } from "../operation";
import { page } from "../page";
import { onEnvironment, onOrganization, onRepository } from "../resolve";
import { secretShape } from "../shapes/values";
import { bare, type Level } from "./level";
import { listSelected, sharingIn, withAdded, withRemoved, withSelected } from "./sharing";

const DOCS = "actions/secrets";

/** Secrets of organizations, repositories and environments, each home with a key of its own to seal them with. */
export const secrets: readonly Operation[] = [
  ...reading({ on: onOrganization, path: "/actions/secrets", one: "an-organization", of: (owner) => owner.secrets }),
  // GitHub still points at this page's old place.
  ...onOrganization(
    "PUT",
    "/actions/secrets/:name",
    "reference/actions#create-or-update-an-organization-secret",
    putShared,
  ),
  ...selectedRepositories(),
  ...all({ on: onRepository, path: "/actions/secrets", one: "a-repository", of: (repository) => repository.secrets }),
  ...all({ on: onEnvironment, path: "/secrets", one: "an-environment", of: (environment) => environment.secrets }),
];

function all<T extends unknown[]>(level: Level<T, Secrets>): Operation[] {
  const { on, path, one, of } = level;
  return [
    ...reading(level),
    ...on("PUT", `${path}/:name`, `${DOCS}#create-or-update-${one}-secret`, (call, ...found) =>
      put(call, of(...found)),
    ),
  ];
}

/** What no level does differently. The key comes before the names: no secret is called `public-key`. */
function reading<T extends unknown[]>(level: Level<T, Secrets>): Operation[] {
  const { on, path, one, of } = level;
  return [
    ...on("GET", path, `${DOCS}#list-${bare(level)}-secrets`, (call, ...found) => list(call, of(...found))),
    ...on("GET", `${path}/public-key`, `${DOCS}#get-${one}-public-key`, (_, ...found) => publicKey(of(...found))),
    ...on("GET", `${path}/:name`, `${DOCS}#get-${one}-secret`, (call, ...found) => get(call, of(...found))),
    ...on("DELETE", `${path}/:name`, `${DOCS}#delete-${one}-secret`, (call, ...found) => remove(call, of(...found))),
  ];
}

function list(call: Call, values: Secrets): Answer {
  const everything = values.list();
  const { items, headers } = page(call, everything);
  const shown = items.map((secret) => secretShape(secret, call.links.self));
  return { status: 200, headers, body: { total_count: everything.length, secrets: shown } };
}

const publicKey = ({ key }: Secrets): Answer => ok({ key_id: key.id, key: key.publicKey });

const get = (call: Call, values: Secrets): Answer =>
  ok(secretShape(values.get(param(call, "name")), call.links.parent));

const put = (call: Call, values: Secrets): Answer =>
  answer(values.put(param(call, "name"), sealedIn(new Fields(call.body))));

function remove(call: Call, values: Secrets): Answer {
  values.delete(param(call, "name"));
  return done();
}

/** An organization's secret may be shared anew without being sealed anew. */
function putShared(call: Call, owner: Account): Answer {
  const fields = new Fields(call.body);
  const name = param(call, "name");
  const before = owner.secrets.find(name);
  const sharing = sharingIn(call, fields, fields.oneOf("visibility", VISIBILITIES), before?.sharing);
  if (!before || fields.has("encrypted_value")) return answer(owner.secrets.put(name, sealedIn(fields), sharing));
  owner.secrets.share(name, sharing);
  return done();
}

const answer = (result: "created" | "updated"): Answer => (result === "created" ? created() : done());

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;

function sealedIn(fields: Fields): SealedValue {
  const encryptedValue = fields.string("encrypted_value");
  const keyId = fields.string("key_id");
  // GitHub's own message quotes what it got; this one does not, since a careless client may have sent the plaintext.
  if (!BASE64.test(encryptedValue)) throw invalid("Invalid request.\n\nThe encrypted value is not base64.");
  return { encryptedValue, keyId };
}

/** Which repositories see an organization's secret. Unlike that of a variable, the list may always be read. */
function selectedRepositories(): Operation[] {
  const path = "/actions/secrets/:name/repositories";
  const change = (changed: (call: Call, sharing: Sharing) => Sharing) => (call: Call, owner: Account) => {
    const { name, sharing } = named(call, owner);
    if (sharing) owner.secrets.share(name, changed(call, sharing));
    return done();
  };
  const docs = (verb: string) => `${DOCS}#${verb}-an-organization-secret`;
  return [
    ...onOrganization("GET", path, docs("list-selected-repositories-for"), (call, owner) =>
      listSelected(call, named(call, owner).sharing),
    ),
    ...onOrganization("PUT", path, docs("set-selected-repositories-for"), change(withSelected)),
    ...onOrganization("PUT", `${path}/:repository_id`, docs("add-selected-repository-to"), change(withAdded)),
    ...onOrganization("DELETE", `${path}/:repository_id`, docs("remove-selected-repository-from"), change(withRemoved)),
  ];
}

const named = (call: Call, owner: Account): Secret => owner.secrets.get(param(call, "name"));
