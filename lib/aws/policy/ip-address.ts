/** An address in groups of sixteen bits: two for IPv4, eight for IPv6. */
export type IpAddress = readonly number[];

/** Addresses that begin alike: `203.0.113.0/24`. */
export interface IpRange {
  readonly address: IpAddress;
  /** Number of bits that must agree. */
  readonly prefix: number;
}

/** Reads an address of either family, or answers `undefined`. */
export const parseIpAddress = (text: string): IpAddress | undefined =>
  text.includes(":") ? parseV6(text) : parseV4(text);

/** Reads a range of CIDR form; an address alone is the range of itself. */
export function parseIpRange(text: string): IpRange | undefined {
  const [host = "", bits, ...more] = text.split("/");
  const address = parseIpAddress(host);
  if (!address || more.length > 0 || (bits !== undefined && !/^(0|[1-9][0-9]{0,2})$/.test(bits))) return undefined;
  const prefix = bits === undefined ? address.length * 16 : Number(bits);
  return prefix <= address.length * 16 ? { address, prefix } : undefined;
}

/** Whether an address lies in a range. The families never meet. */
export const rangeIncludes = (range: IpRange, address: IpAddress): boolean =>
  address.length === range.address.length &&
  address.every((group, index) => {
    const bits = Math.max(0, Math.min(16, range.prefix - index * 16));
    const mask = (0xffff << (16 - bits)) & 0xffff;
    return (group & mask) === ((range.address[index] ?? 0) & mask);
  });

function parseV4(text: string): IpAddress | undefined {
  const match = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
  // A leading zero is octal to some readers and decimal to others.
  if (match.slice(1).some((byte) => Number(byte) > 255 || /^0[0-9]/.test(byte))) return undefined;
  return [a * 256 + b, c * 256 + d];
}

function parseV6(text: string): IpAddress | undefined {
  const lastColon = text.lastIndexOf(":");
  const v4 = text.includes(".") ? parseV4(text.slice(lastColon + 1)) : undefined;
  if (text.includes(".") && !v4) return undefined;
  const hex = v4 ? text.slice(0, lastColon + 1) + v4.map((group) => group.toString(16)).join(":") : text;
  const halves = hex.split("::");
  if (hex.length > 39 || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  if (![...head, ...tail].every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array.from({ length: missing }, () => "0"), ...tail].map((group) => Number.parseInt(group, 16));
}
