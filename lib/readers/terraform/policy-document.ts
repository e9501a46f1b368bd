import { partsOf, text, type Text } from "../../trust/text";
import { blocksOf, listOf, type Attributes, type Resource, type Value } from "./resource";

/** Attributes that bring in other documents: which statements then stand is for Terraform to say. */
const OTHER_DOCUMENTS = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];

/**
 * The JSON of a `data.aws_iam_policy_document` of which the statements are known but not yet the text.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function documentText({ values }: Resource, textOf: (value: Value) => Text): Text | undefined {
  if (OTHER_DOCUMENTS.some((name) => listOf(values[name]).length > 0 && values[name] !== "")) return undefined;
  const statements = blocksOf(values["statement"]);
  if (statements.length === 0 || statements.length !== listOf(values["statement"]).length) return undefined;
  if (!statements.every(isReadable)) return undefined;
  const version = values["version"];
  if (version !== undefined && version !== null && typeof version !== "string") return undefined;
  return json({ Version: version ?? "2012-10-17", Statement: statements.map((each) => statementOf(each, textOf)) });
}

type Json = Text | readonly Json[] | { readonly [key: string]: Json } | Wrapped;

/** A text in JSON, apart from a list of texts. */
class Wrapped {
  constructor(readonly value: Text) {}
}

function statementOf(statement: Attributes, textOf: (value: Value) => Text): { [key: string]: Json } {
  const texts = (value: Value | undefined): Wrapped[] => listOf(value).map((each) => new Wrapped(textOf(each)));
  const given = (key: string, attribute: string): Record<string, Json> =>
    listOf(statement[attribute]).length > 0 ? { [key]: texts(statement[attribute]) } : {};
  const { sid, effect } = statement;
  return {
    ...(sid === undefined || sid === null || sid === "" ? {} : { Sid: new Wrapped(textOf(sid)) }),
    Effect: new Wrapped(effect === undefined || effect === null ? "Allow" : textOf(effect)),
    ...principals("Principal", statement["principals"], texts),
    ...principals("NotPrincipal", statement["not_principals"], texts),
    ...given("Action", "actions"),
    ...given("NotAction", "not_actions"),
    ...given("Resource", "resources"),
    ...given("NotResource", "not_resources"),
    ...conditions(statement["condition"], texts),
  };
}

/** Without a prototype: a key may have any name. */
const empty = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

/** Whether all is known that decides what the values of a statement mean. */
const isReadable = ({ principals: allowed, not_principals: excluded, condition }: Attributes): boolean =>
  [allowed, excluded, condition].every((value) => blocksOf(value).length === listOf(value).length) &&
  [...blocksOf(allowed), ...blocksOf(excluded)].every(({ type }) => typeof type === "string") &&
  blocksOf(condition).every(({ test, variable }) => typeof test === "string" && typeof variable === "string");

function principals(
  key: string,
  value: Value | undefined,
  texts: (value: Value | undefined) => Wrapped[],
): Record<string, Json> {
  const named = empty<Wrapped[]>();
  for (const { type, identifiers } of blocksOf(value)) {
    if (type === "*") return { [key]: new Wrapped("*") };
    (named[String(type)] ??= []).push(...texts(identifiers));
  }
  return Object.keys(named).length === 0 ? {} : { [key]: named };
}

function conditions(value: Value | undefined, texts: (value: Value | undefined) => Wrapped[]): Record<string, Json> {
  const operators = empty<Record<string, Wrapped[]>>();
  for (const { test, variable, values } of blocksOf(value))
    ((operators[String(test)] ??= empty())[String(variable)] ??= []).push(...texts(values));
  return Object.keys(operators).length === 0 ? {} : { Condition: operators };
}

function json(value: Json): Text {
  if (value instanceof Wrapped)
    return text(
      '"',
      ...partsOf(value.value).map((part) => (typeof part === "string" ? JSON.stringify(part).slice(1, -1) : part)),
      '"',
    );
  if (typeof value === "string") return JSON.stringify(value);
  // As the provider writes it: the brackets would count against AWS's limit.
  if (Array.isArray(value) && value.length === 1 && value[0] instanceof Wrapped) return json(value[0]);
  if (Array.isArray(value))
    return text(
      "[",
      ...(value as readonly Json[]).flatMap((each, index) => (index === 0 ? [json(each)] : [",", json(each)])),
      "]",
    );
  return text(
    "{",
    ...Object.entries(value as Readonly<Record<string, Json>>).flatMap(([key, each], index) => [
      index === 0 ? "" : ",",
      `${JSON.stringify(key)}:`,
      json(each),
    ]),
    "}",
  );
}
