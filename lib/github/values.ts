/**
 * Variables and secrets of GitHub Actions.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#limits-for-configuration-variables
 * @see https://docs.github.com/en/actions/reference/security/secrets#limits-for-secrets
 */

/** Most variables, and most secrets, of one repository. */
export const MAX_REPOSITORY_VALUES = { variable: 500, secret: 100 } as const;
/** Most variables, and most secrets, of one organization. */
export const MAX_ORGANIZATION_VALUES = { variable: 1_000, secret: 1_000 } as const;
/** Most bytes of a variable's or secret's value. */
export const MAX_VALUE_BYTES = 48 * 1024;

/** Bytes that a sealed box of libsodium has beside what is in it: a public key and a tag. @see https://doc.libsodium.org/public-key_cryptography/sealed_boxes */
export const SEAL_BYTES = 48;

/** A value that is sealed with the public key of the place that it goes to, and of no use anywhere else. */
export interface EncryptedSecret {
  /** The sealed box, in base64. */
  readonly encrypted: string;
  /** Id of the public key, as GitHub gives it beside the key. */
  readonly keyId: string;
}

/** Says why a text cannot be a sealed secret, or `undefined`. It never repeats the text: it may be the secret itself. */
export function sealedValueRule(encrypted: string): string | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encrypted))
    return "is no base64: seal the secret with GitHub's public key, and write what comes out";
  const bytes = Buffer.from(encrypted, "base64").length;
  if (bytes <= SEAL_BYTES)
    return `has ${bytes} bytes, and what is sealed has over ${SEAL_BYTES}: seal the secret with GitHub's public key, and write what comes out`;
  return bytes > MAX_VALUE_BYTES + SEAL_BYTES
    ? `seals ${bytes - SEAL_BYTES} bytes: shorten the secret, GitHub stores at most ${MAX_VALUE_BYTES}`
    : undefined;
}

/** Says why a text cannot be the id of a public key, or `undefined`. It never repeats the text. */
export const keyIdRule = (keyId: string): string | undefined =>
  /^[A-Za-z0-9_-]{1,100}$/.test(keyId)
    ? undefined
    : 'is no id of a key: write the "key_id" that GitHub gives beside the public key, in quotes';
