import { isIP } from "node:net";
import { type Decision, type RequestContext } from "../../../lib/aws/policy/evaluate";
import { globMatches } from "../trust-evaluator";

/**
 * What a policy means, said as plainly as AWS's pages say it: over the bare JSON, one value at a time, with
 * nothing prepared and nothing shared with the product.
 */
export function plainDecision(policy: unknown, { action, principal, keys }: RequestContext): Decision {
  const { Version: version, Statement: statements } = policy as { Version?: string; Statement: unknown };
  const applying = listOf(statements).filter((each) => {
    const { Principal, Action, NotAction, Condition } = each as Record<string, unknown>;
    const names = (patterns: unknown): boolean =>
      listOf(patterns).some((pattern) => globMatches(String(pattern).toLowerCase(), action.toLowerCase()));
    const isPrincipal =
      Principal === "*" ||
      Object.entries(Principal as object).some(([kind, values]) =>
        listOf(values).some(
          (value) => (value === "*" && kind === "AWS") || (kind === principal.kind && value === principal.value),
        ),
      );
    if (!isPrincipal || (Action === undefined ? names(NotAction) : !names(Action))) return false;
    return Object.entries(Condition ?? {}).every(([operator, block]) =>
      Object.entries(block as object).every(([key, values]) =>
        plainCondition(operator, key, listOf(values).map(String), keys, version === "2012-10-17"),
      ),
    );
  });
  const effects = applying.map((each) => (each as { Effect: string }).Effect);
  return effects.includes("Deny") ? "explicitDeny" : effects.includes("Allow") ? "allow" : "implicitDeny";
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function plainCondition(
  operator: string,
  key: string,
  wanted: readonly string[],
  keys: RequestContext["keys"],
  variables: boolean,
): boolean {
  const name = operator.toLowerCase();
  const actual = keys.get(key.toLowerCase()) ?? [];
  const base = name.replace(/^for\w+:/, "").replace(/ifexists$/, "");
  if (base === "null") return wanted.some((value) => value.toLowerCase() === String(actual.length === 0));
  const negated = base.includes("not");
  const matches = (value: string): boolean =>
    wanted.some((each) => plainMatch(base.replace("not", ""), each, value, keys, variables));
  if (name.startsWith("for")) {
    const values = actual.some((value) => value !== "") ? actual : [];
    if (name.startsWith("forallvalues:")) return values.every((value) => matches(value) !== negated);
    return values.some((value) => matches(value) !== negated);
  }
  if (actual.length === 0) return negated || name.endsWith("ifexists");
  return negated ? !actual.some(matches) : actual.some(matches);
}

/** Private letters that stand for a character that is no wildcard. */
const HIDDEN: Readonly<Record<string, string>> = { "*": "\ue000", "?": "\ue001" };
const hide = (text: string): string => text.replaceAll(/[*?]/g, (character) => HIDDEN[character] ?? "");

function plainMatch(
  base: string,
  wanted: string,
  actual: string,
  keys: RequestContext["keys"],
  variables: boolean,
): boolean {
  const isText = base.startsWith("string") || base.startsWith("arn");
  let unresolved = false;
  const filled =
    variables && isText
      ? wanted.replaceAll(
          /\$\{(?:([*?$])|([^{}$,'"*?\s]+)(?:,\s*'([^']*)')?)\}/g,
          (_, escaped: string | undefined, key: string | undefined, fallback: string | undefined) => {
            if (escaped !== undefined) return hide(escaped);
            const values = keys.get((key ?? "").toLowerCase()) ?? [];
            const value = values.length === 1 && values[0] ? values[0] : fallback;
            unresolved ||= value === undefined;
            return hide(value ?? "");
          },
        )
      : wanted;
  if (unresolved) return false;
  switch (base) {
    case "stringequals":
      return hide(filled) === hide(actual);
    case "stringequalsignorecase":
      return hide(filled).toLowerCase() === hide(actual).toLowerCase();
    case "stringlike":
      return globMatches(filled, hide(actual));
    case "arnequals":
    case "arnlike": {
      const cut = (text: string): string[] => [...text.split(":").slice(0, 5), text.split(":").slice(5).join(":")];
      const isArn = actual.startsWith("arn:") && actual.split(":").length > 5;
      if (filled === "*") return isArn;
      return (
        isArn &&
        filled.split(":").length > 5 &&
        cut(filled).every((each, index) => globMatches(each, hide(cut(actual)[index] ?? "")))
      );
    }
    case "bool":
      return /^(true|false)$/i.test(wanted) && wanted.toLowerCase() === actual.toLowerCase();
    case "binaryequals":
      return !wanted.includes("?") && wanted.replaceAll("=", "") === actual.replaceAll("=", "");
    case "ipaddress":
      return plainIpMatch(wanted, actual);
    default:
      return compared(
        base,
        base.startsWith("date") ? instant(wanted) : number(wanted),
        base.startsWith("date") ? instant(actual) : number(actual),
      );
  }
}

const number = (text: string): bigint | undefined =>
  text.trim() === "" || Number.isNaN(Number(text))
    ? undefined
    : /^-?[0-9]+$/.test(text)
      ? BigInt(text) * 10n
      : BigInt(Number(text) * 10);

function instant(text: string): bigint | undefined {
  if (/^[0-9]+$/.test(text)) return BigInt(text) * 1_000n;
  // A year alone is a date too, when something shows that it is no number of seconds.
  if (/^-[0-9]+$/.test(text)) return BigInt(new Date(0).setUTCFullYear(Number(text), 0, 1));
  return /^[0-9]{4}-/.test(text) ? BigInt(Date.parse(text)) : undefined;
}

function compared(base: string, wanted: bigint | undefined, actual: bigint | undefined): boolean {
  if (wanted === undefined || actual === undefined) return false;
  if (base.endsWith("lessthan")) return actual < wanted;
  if (base.endsWith("lessthanequals")) return actual <= wanted;
  if (base.endsWith("greaterthan")) return actual > wanted;
  if (base.endsWith("greaterthanequals")) return actual >= wanted;
  return actual === wanted;
}

/** An address as the bits of its text. */
function bits(address: string): string | undefined {
  if (isIP(address) === 0) return undefined;
  if (isIP(address) === 4)
    return address
      .split(".")
      .map((byte) => Number(byte).toString(2).padStart(8, "0"))
      .join("");
  const dotted = /[\d.]+$/.exec(address)?.[0] ?? "";
  const tail = dotted.includes(".") ? (bits(dotted) ?? "") : "";
  const [head = [], end = []] = (tail ? address.slice(0, -dotted.length).replace(/([^:]):$/, "$1") : address)
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const binary = (groups: readonly string[]): string =>
    groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
  return binary(head).padEnd(128 - binary(end).length - tail.length, "0") + binary(end) + tail;
}

function plainIpMatch(wanted: string, actual: string): boolean {
  const [host = "", prefix] = wanted.split("/");
  const [range, address] = [bits(host), bits(actual)];
  if (range === undefined || address === undefined || range.length !== address.length) return false;
  const length = prefix === undefined ? range.length : Number(prefix);
  return length <= range.length && range.slice(0, length) === address.slice(0, length);
}
