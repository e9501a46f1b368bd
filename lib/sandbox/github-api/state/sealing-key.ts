import { randomInt } from "node:crypto";
import sodium from "libsodium-wrappers";

/** Settles once keys can be made: libsodium is WebAssembly and loads asynchronously. */
export const sealingReady: Promise<void> = sodium.ready;

/** A key pair as GitHub hands out: anyone seals with the public half, only the holder opens. */
export class SealingKey {
  /** The id that a client must send back with what it sealed. */
  readonly id: string;
  /** In base64. */
  readonly publicKey: string;
  readonly #pair: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };

  constructor() {
    this.#pair = sodium.crypto_box_keypair();
    this.id = `${randomInt(10 ** 8, 10 ** 9)}${randomInt(10 ** 8, 10 ** 9)}`;
    this.publicKey = Buffer.from(this.#pair.publicKey).toString("base64");
  }

  /** What was sealed, or undefined when it was not sealed with this key. */
  open(sealed: string): Buffer | undefined {
    try {
      const box = Buffer.from(sealed, "base64");
      return Buffer.from(sodium.crypto_box_seal_open(box, this.#pair.publicKey, this.#pair.privateKey));
    } catch {
      return undefined;
    }
  }
}
