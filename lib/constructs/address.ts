import { createHash } from "node:crypto";

/**
 * Names for Terraform addresses that depend on nothing but the thing they stand for: adding one never
 * renames another, and no two things share one.
 *
 * The parts of an address are joined by "__". A part that is a good identifier stands as it is; any
 * other has its foreign characters replaced and a hash of the whole behind it.
 */
export const address = (...parts: readonly string[]): string => parts.map(addressPart).join(SEPARATOR);

const SEPARATOR = "__";
const HASH_LENGTH = 8;

function addressPart(part: string): string {
  // What looks like a hashed part is hashed as well, so that it cannot stand for another.
  if (/^[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*$/.test(part) && !/-[0-9a-f]{8}$/.test(part)) return part;
  const readable = part
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 60);
  return `${readable}-${createHash("sha256").update(part).digest("hex").slice(0, HASH_LENGTH)}`;
}

/**
 * The address of a construct, from the ids on the way to it. An id may begin with a kind and a colon
 * (`role:web-shop__production`), which keeps siblings apart and is no part of the address.
 */
export function addressOfPath(ids: readonly string[]): string {
  const joined = ids
    .filter((id) => id !== "Resource")
    .map((id) => id.slice(id.indexOf(":") + 1))
    // What `address` made stands as it is; an id of somebody else's may be no identifier.
    .map((id) => (/^[A-Za-z0-9_-]*$/.test(id) ? id : addressPart(id)))
    .join(SEPARATOR);
  // Terraform's identifiers do not begin with a digit or a hyphen.
  return /^[A-Za-z_]/.test(joined) ? joined : `_${joined}`;
}
