import { oneOf } from "./one-of";

/** Kinds of principals in a trust policy. `*` is the bare `"Principal": "*"`. */
export type PrincipalKind = "*" | "AWS" | "CanonicalUser" | "Federated" | "Service";

/** Who a request comes from: for a web identity, the ARN of the provider that its issuer belongs to. */
export interface RequestPrincipal {
  readonly kind: Exclude<PrincipalKind, "*">;
  readonly value: string;
}

/** Says whether a principal is among those of a statement. */
export type PrincipalTest = (principal: RequestPrincipal) => boolean;

/**
 * Makes a test of a statement's principals. An account stands for everybody in it; `*`, bare or as
 * `"AWS"`, for everybody there is: AWS does not say that web identities are exempt, so they are not here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipals(
  principals: readonly { readonly kind: PrincipalKind; readonly value: string }[],
): PrincipalTest {
  if (principals.some(({ kind, value }) => value === "*" && (kind === "*" || kind === "AWS"))) return () => true;
  const everyOf = new Set(principals.filter(({ value }) => value === "*").map(({ kind }) => kind));
  const namedOf = (kind: PrincipalKind): string[] =>
    principals.filter((each) => each.kind === kind).map((each) => each.value);
  const isNamed = {
    AWS: oneOf(namedOf("AWS")),
    CanonicalUser: oneOf(namedOf("CanonicalUser")),
    Federated: oneOf(namedOf("Federated")),
    Service: oneOf(namedOf("Service")),
  };
  const accounts = new Set(namedOf("AWS").map(accountOfRoot));
  return ({ kind, value }) =>
    isNamed[kind](value) || everyOf.has(kind) || (kind === "AWS" && accounts.has(accountOf(value)));
}

/** The account that a principal stands for: `111122223333` and `arn:aws:iam::111122223333:root` are one. */
const accountOfRoot = (value: string): string | undefined =>
  /^(?:arn:[^:]+:iam::)?([0-9]{12})(?::root)?$/.exec(value)?.[1];

/** The account of a principal of AWS, or an empty text. */
const accountOf = (value: string): string => accountOfRoot(value) ?? value.split(":")[4] ?? "";

/**
 * Says why IAM refuses a principal, or `undefined`. A wildcard is everybody or nothing: it cannot stand
 * for a part of a name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalRule(kind: PrincipalKind, value: string): string | undefined {
  if (value === "*" && (kind === "AWS" || kind === "Federated" || kind === "*")) return undefined;
  if (value === "" || /\s/.test(value)) return "name somebody";
  if (/[*?]/.test(value)) return "a wildcard cannot stand for a part of a name";
  if (kind === "AWS" && !/^(?:[0-9]{12}|[A-Z0-9]{16,128}|arn:[^:]+:(?:iam|sts)::[^:]*:.+)$/.test(value))
    return "use an ARN, an account id of 12 digits, or the unique id of a user or role";
  return undefined;
}
