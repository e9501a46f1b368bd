import type { Call } from "./operation";

/** What GitHub lists at a time unless asked otherwise, and the most it lists. */
const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

/** The part of a list that `per_page` and `page` ask for. Numbers that make no sense count as not given. */
export function page<T>(
  call: Call,
  items: readonly T[],
): { readonly items: readonly T[]; readonly headers: Record<string, string> } {
  const size = Math.min(number(call, "per_page") ?? DEFAULT_PER_PAGE, MAX_PER_PAGE);
  const current = number(call, "page") ?? 1;
  const last = Math.max(1, Math.ceil(items.length / size));
  const start = (current - 1) * size;
  return { items: items.slice(start, start + size), headers: current < last ? link(call, current + 1, last) : {} };
}

/** Clients that page follow this header; there is none where nothing follows. */
function link(call: Call, next: number, last: number): Record<string, string> {
  const to = (target: number): string => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(target));
    return `${call.links.self}?${query}`;
  };
  return { link: `<${to(next)}>; rel="next", <${to(last)}>; rel="last"` };
}

function number(call: Call, name: string): number | undefined {
  const value = Number(call.query.get(name));
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
