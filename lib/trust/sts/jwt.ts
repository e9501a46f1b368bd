import { InputError } from "./input-error";
import { member, type PlainObject, readObject } from "./read-object";

/** A signed token, taken apart. */
export interface SignedToken {
  readonly alg: unknown;
  readonly kid: unknown;
  /** Whether the header has extensions that a reader must understand or refuse. */
  readonly critical: boolean;
  readonly claims: PlainObject;
  /** What the signature is of. */
  readonly signed: string;
  readonly signature: Buffer;
}

/**
 * Takes a JSON Web Token apart: three parts in base64url, joined by dots. Nothing is verified.
 *
 * @throws InputError that repeats nothing of the token.
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-7.1
 */
export function parseJwt(text: string): SignedToken {
  const parts = text.split(".");
  const [header = "", payload = "", signature = ""] = parts;
  if (parts.length === 5)
    throw new InputError("it is an encrypted token (five parts): GitHub's are signed and not encrypted");
  if (parts.length !== 3)
    throw new InputError('it is neither a token (three parts joined by ".") nor JSON with claims');
  const fields = readPart(header, "header");
  return {
    alg: member(fields, "alg"),
    kid: member(fields, "kid"),
    critical: member(fields, "crit") !== undefined,
    claims: readPart(payload, "payload"),
    signed: `${header}.${payload}`,
    signature: decode(signature, "signature"),
  };
}

function readPart(part: string, name: string): PlainObject {
  try {
    return readObject(new TextDecoder("utf-8", { fatal: true }).decode(decode(part, name)));
  } catch (error) {
    if (error instanceof InputError && error.message.startsWith("the token's")) throw error;
    throw new InputError(`the token's ${name} is not a JSON object in base64url: it may have been cut off or masked`);
  }
}

/** Strictly: `Buffer` would skip what does not belong there. */
function decode(part: string, name: string): Buffer {
  if (!/^[A-Za-z0-9_-]*$/.test(part) || part.length % 4 === 1)
    throw new InputError(`the token's ${name} is not base64url: it may have been cut off or masked`);
  return Buffer.from(part, "base64url");
}
