import { checkValueName, checkValueSize, storedName } from "./names";
import { NamedValues, type NamedValue, type ValueHome } from "./named-values";
import { invalid } from "./refusal";
import { SealingKey } from "./sealing-key";
import type { Sharing } from "./sharing";

/** A secret. Its plaintext is private, so that printing or serialising the state never shows it. */
export class Secret implements NamedValue {
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly sharing?: Sharing;
  readonly #plaintext: string;

  constructor(fields: NamedValue, plaintext: string) {
    this.name = fields.name;
    this.createdAt = fields.createdAt;
    this.updatedAt = fields.updatedAt;
    if (fields.sharing) this.sharing = fields.sharing;
    this.#plaintext = plaintext;
  }

  /** The plaintext. */
  reveal(): string {
    return this.#plaintext;
  }
}

/** A secret as it travels: sealed with the key that was handed out under this id. */
export interface SealedValue {
  readonly keyId: string;
  /** In base64. */
  readonly encryptedValue: string;
}

/** The secrets of an organization, a repository or an environment, and the key to seal them with. */
export class Secrets extends NamedValues<Secret> {
  private made?: SealingKey;

  constructor(home: ValueHome) {
    super("Secret", home);
  }

  /** The key that GitHub hands out for these secrets and no others. */
  get key(): SealingKey {
    return (this.made ??= new SealingKey());
  }

  /** Takes a sealed secret. */
  put(name: string, sealed: SealedValue, sharing?: Sharing): "created" | "updated" {
    return this.store(name, this.open(sealed), sharing ?? this.find(name)?.sharing);
  }

  /** Changes who sees a secret. Its value did not change, so neither does `updatedAt`, by which clients notice that. */
  share(name: string, sharing: Sharing): void {
    const secret = this.get(name);
    this.keep(new Secret({ ...secret, sharing }, secret.reveal()));
  }

  /** What a person does on GitHub's pages: types the secret in. */
  set(name: string, plaintext: string): "created" | "updated" {
    return this.store(name, plaintext, this.find(name)?.sharing);
  }

  private store(name: string, plaintext: string, sharing = this.home.sharing): "created" | "updated" {
    this.home.checkPlan?.();
    checkValueName(this.kind, name);
    checkValueSize(this.kind, Buffer.byteLength(plaintext));
    const before = this.find(name);
    if (!before) this.checkRoom();
    const now = this.home.clock.tick();
    const createdAt = before?.createdAt ?? now;
    this.keep(
      new Secret({ name: storedName(name), createdAt, updatedAt: now, ...(sharing && { sharing }) }, plaintext),
    );
    return before ? "updated" : "created";
  }

  private open(sealed: SealedValue): string {
    if (sealed.keyId !== this.key.id) throw invalid("Bad request - key_id is not that of the current public key");
    const plaintext = this.key.open(sealed.encryptedValue);
    if (!plaintext) throw invalid("Bad request - validation failed due to an improperly encrypted secret");
    return plaintext.toString("utf8");
  }
}
