import { Token, type TerraformResource } from "cdktf";
import { keyIdRule, sealedValueRule, type EncryptedSecret } from "../github/values";

/** What becomes a secret: a reference such as a sensitive Terraform variable, or a value that is sealed already. */
export type SecretValue = string | EncryptedSecret;

/** Says why a value may not become a secret, or `undefined`. One that is written out would be in the synthesized JSON. */
export function secretRule(value: SecretValue): string | undefined {
  if (typeof value === "string")
    return Token.isUnresolved(value) ? undefined : "is written out: pass a reference or a sensitive Terraform variable";
  return sealedValueRule(value.encrypted) ?? keyIdRule(value.keyId);
}

/** The arguments that the bindings know, which are those of providers before 6.12. */
interface SecretResource extends TerraformResource {
  plaintextValue: string;
  encryptedValue: string;
}

/**
 * Gives a secret its value. Before version 6.12 the provider seals with the key that GitHub has at that
 * time, and takes no id of another.
 *
 * @param isProvider612 whether the stack's GitHub provider is 6.12 or newer
 */
export function setSecret(secret: SecretResource, value: SecretValue, isProvider612 = false): void {
  if (typeof value === "string") {
    if (isProvider612) secret.addOverride("value", value);
    else secret.plaintextValue = value;
    return;
  }
  if (!isProvider612) secret.encryptedValue = value.encrypted;
  else
    for (const [argument, text] of [
      ["value_encrypted", value.encrypted],
      ["key_id", value.keyId],
    ] as const)
      secret.addOverride(argument, text);
}
