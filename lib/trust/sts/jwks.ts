import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { checkLength, InputError } from "./input-error";
import { isPlainObject, member, type PlainObject, readObject } from "./read-object";

/** Public keys of an issuer, by their id. */
export type KeySet = ReadonlyMap<string, KeyObject>;

/**
 * Reads a JWKS file, such as `https://token.actions.githubusercontent.com/.well-known/jwks`. Keys that
 * RS256 has no use for are left out, so that a token signed with one has an unknown key.
 *
 * @throws InputError
 * @see https://www.rfc-editor.org/rfc/rfc7517
 */
export function readKeySet(text: string): KeySet {
  checkLength(text);
  const keys = member(readObject(text), "keys");
  if (!Array.isArray(keys)) throw new InputError('it is no JWKS: a list "keys" is missing');
  const usable = keys.filter(isPlainObject).filter(isForRs256);
  if (usable.length === 0) throw new InputError("it has no RSA key with an id that RS256 could use");
  return new Map(usable.map((key) => [String(key["kid"]), publicKey(key)]));
}

const isForRs256 = (key: PlainObject): boolean =>
  key["kty"] === "RSA" &&
  typeof key["kid"] === "string" &&
  (key["alg"] ?? "RS256") === "RS256" &&
  (key["use"] ?? "sig") === "sig";

/** Takes the public part alone, should somebody have given a private key. */
function publicKey({ n, e }: PlainObject): KeyObject {
  try {
    return createPublicKey({ format: "jwk", key: { kty: "RSA", n, e } as JsonWebKey });
  } catch {
    throw new InputError("a key in it is not an RSA public key");
  }
}
