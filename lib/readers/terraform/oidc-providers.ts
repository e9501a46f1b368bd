import type { Location, ProviderModel } from "../../model/model";
import { listOf, Template, type Resource } from "./resource";
import type { Resources } from "./resources";
import { whyUnknown } from "./withheld";

/** The OIDC providers that are created or looked up. */
export function* providersOf(
  resources: Resources,
): Generator<{ readonly resource: Resource; readonly model: ProviderModel }> {
  for (const resource of resources.of("aws_iam_openid_connect_provider"))
    yield { resource, model: providerModel(resource, "created", resources) };
  for (const resource of resources.of("data.aws_iam_openid_connect_provider"))
    yield { resource, model: providerModel(resource, "existing", resources) };
}

function providerModel(resource: Resource, mode: ProviderModel["mode"], resources: Resources): ProviderModel {
  const location: Location = { address: resource.address };
  return {
    arn: resources.attribute(resource, "arn"),
    issuer: resources.issuerOf(resource),
    clientIds: clientIds(resource, mode, resources),
    mode,
    location,
  };
}

function clientIds(resource: Resource, mode: ProviderModel["mode"], resources: Resources): ProviderModel["clientIds"] {
  const value = resource.values["client_id_list"];
  if (value === undefined || value === null)
    return { unknown: mode === "existing" ? "the provider exists already" : "client_id_list" };
  if (value instanceof Template) return whyUnknown(value, "client_id_list is an expression");
  return listOf(value).map((each) => resources.text(each, resource));
}
