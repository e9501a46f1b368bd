import { Token } from "cdktf";

/** Says why a value may not become a secret, or `undefined`. One that is written out would be in the synthesized JSON. */
export const secretRule = (value: string): string | undefined => (Token.isUnresolved(value) ? undefined : "is written out: pass a reference or a sensitive Terraform variable");
