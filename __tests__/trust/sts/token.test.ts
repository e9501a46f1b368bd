import { generateKeyPairSync, sign } from "node:crypto";
import { InputError } from "../../../lib/trust/sts/input-error";
import { readKeySet } from "../../../lib/trust/sts/jwks";
import { playSts } from "../../../lib/trust/sts/play";
import type { Step } from "../../../lib/trust/sts/step";
import { readToken } from "../../../lib/trust/sts/token";
import { call, CLAIMS } from "../calls";

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const HEADER = { alg: "RS256", kid: "one", typ: "JWT" };
const PAYLOAD = { ...CLAIMS, exp: call().at };

function jwt(header: object = HEADER, payload: object = PAYLOAD, key = privateKey): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
}

const jwk = (kid: string, key = publicKey): object => ({
  ...key.export({ format: "jwk" }),
  kid,
  alg: "RS256",
  use: "sig",
});
const JWKS = JSON.stringify({ keys: [jwk("one"), jwk("two", other.publicKey)] });

describe("reading", () => {
  test.each([
    ["bare claims", JSON.stringify(CLAIMS)],
    ["bare claims, laid out", `\n${JSON.stringify(CLAIMS, undefined, 2)}\n`],
    ["a token", jwt()],
    ["a token with a line break behind it", `${jwt()}\r\n`],
    ["the answer of GitHub's token service", JSON.stringify({ count: 1, value: jwt() })],
  ])("takes %s", (_what, text) => expect(readToken(text).claims).toMatchObject(CLAIMS));

  test("counts the characters of a token, and of bare claims the fewest that a token would have", () => {
    expect(readToken(jwt()).length).toBe(jwt().length);
    const { length } = readToken(JSON.stringify(PAYLOAD));
    expect(length).toBeLessThanOrEqual(jwt().length);
    expect(length).toBe(encode(PAYLOAD).length);
  });

  const [header = "", payload = "", signature = ""] = jwt().split(".");
  test.each([
    ["", "it is empty"],
    [" \n", "it is empty"],
    ["x".repeat(1_048_577), "it has 1048577 characters, and at most 1048576 are read"],
    ["***", "it is neither a token"],
    ["[1]", "it is JSON, but a list and not an object"],
    ['"text"', "it is JSON, but a string and not an object"],
    ["{}", "it is JSON without a claim of GitHub's tokens"],
    ['{"name":"web-shop"}', "it is JSON without a claim of GitHub's tokens"],
    ['{"Statement":[],"sub":"x"}', "it is a policy, and the claims of a token are wanted"],
    ['{"sub":"x"', "it is not JSON, or has been cut off (line 1, column 11)"],
    ['{"sub":"x","sub":"y"}', "an object has a key twice (line 1, column 12)"],
    [`{"sub":${"[".repeat(100_000)}`, "it is not JSON, or has been cut off"],
    [`${header}.${payload}`, "it is neither a token"],
    [`${header}.${payload.slice(0, 20)}.${signature}`, "the token's payload is not"],
    [`${header}.${payload}.${signature}.x.y`, "it is an encrypted token"],
    [`${header}.***.${signature}`, "the token's payload is not"],
    [`${header}.${encode([1])}.${signature}`, "the token's payload is not a JSON object"],
    [
      `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url")}.${signature}`,
      "the token's payload is not a JSON object",
    ],
    [`${encode("x")}.${payload}.${signature}`, "the token's header is not a JSON object"],
    [`${header}.${payload}.a b`, "the token's signature is not base64url"],
  ])("refuses %.60s", (text, reason) => {
    let message = "";
    try {
      readToken(text);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      message = (error as Error).message;
    }
    expect(message).toContain(reason);
    for (const secret of [header, payload.slice(0, 16), signature.slice(0, 16), "repo:octo-org"])
      expect(message).not.toContain(secret);
  });
});

describe("the signature", () => {
  const step = (text: string, jwks: string | undefined = JWKS): Step | undefined =>
    playSts({
      ...call(),
      token: readToken(text),
      ...(jwks === undefined ? {} : { keys: readKeySet(jwks) }),
    }).steps.find(({ name }) => name === "signature");
  const [header = "", payload = "", signature = ""] = jwt().split(".");

  test("of the issuer's key is good", () => expect(step(jwt())).toMatchObject({ outcome: "pass" }));
  test("is skipped without the issuer's keys", () => {
    expect(
      playSts({ ...call(), token: readToken(jwt()) }).steps.find(({ name }) => name === "signature"),
    ).toMatchObject({ outcome: "skipped", detail: expect.stringContaining("--jwks") as string });
  });
  test("of bare claims is skipped", () => expect(step(JSON.stringify(CLAIMS))).toMatchObject({ outcome: "skipped" }));

  test.each([
    [
      "changed claims",
      `${header}.${encode({ ...PAYLOAD, sub: "repo:octo-org/other:ref:refs/heads/main" })}.${signature}`,
    ],
    ["a changed header", `${encode({ ...HEADER, x: 1 })}.${payload}.${signature}`],
    ["a changed signature", `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`],
    ["a signature that has been cut", `${header}.${payload}.${signature.slice(0, 40)}`],
    ["no signature", `${header}.${payload}.`],
    ["another key of the set", jwt({ ...HEADER, kid: "two" })],
    ["an unknown key", jwt({ ...HEADER, kid: "three" })],
    ["no key named", jwt({ alg: "RS256" })],
    ["a key named like what every object has", jwt({ ...HEADER, kid: "__proto__" })],
    ["alg none", `${encode({ alg: "none" })}.${payload}.`],
    ["alg None, with a signature", `${encode({ alg: "None", kid: "one" })}.${payload}.${signature}`],
    ["alg HS256", jwt({ ...HEADER, alg: "HS256" })],
    ["alg RS512", jwt({ ...HEADER, alg: "RS512" })],
    ["no alg", jwt({ kid: "one" })],
    ["an extension that must be understood", jwt({ ...HEADER, crit: ["exp"] })],
  ])("is refused: %s", (_what, text) =>
    expect(step(text)).toMatchObject({ outcome: "fail", error: "InvalidIdentityToken" }),
  );

  test.each([
    ["alg none", "none"],
    ["alg HS256", "HS256"],
  ])("is refused without the issuer's keys too: %s", (_what, alg) => {
    const { token, policy, at } = {
      ...call(),
      token: readToken(`${encode({ alg, kid: "one" })}.${payload}.${signature}`),
    };
    expect(playSts({ token, policy, at })).toMatchObject({ decision: "deny", error: "InvalidIdentityToken" });
  });

  test("never shows in what is found", () => {
    for (const text of [jwt(), jwt({ ...HEADER, kid: "three" })]) {
      const shown = JSON.stringify(playSts({ ...call(), token: readToken(text), keys: readKeySet(JWKS) }));
      for (const part of text.split(".")) expect(shown).not.toContain(part.slice(0, 24));
    }
  });
});

describe("a JWKS file", () => {
  test.each([
    ["{}", 'a list "keys" is missing'],
    ["[]", "a list and not an object"],
    ['{"keys":[]}', "it has no RSA key"],
    ['{"keys":[1,null,{"kty":"EC","kid":"a"}]}', "it has no RSA key"],
    [JSON.stringify({ keys: [{ ...jwk("one"), use: "enc" }] }), "it has no RSA key"],
    [JSON.stringify({ keys: [{ ...jwk("one"), alg: "RS512" }] }), "it has no RSA key"],
    ['{"keys":[{"kty":"RSA","kid":"a","n":1}]}', "a key in it is not an RSA public key"],
    ["", "it is empty"],
  ])("is refused: %.50s", (text, reason) => expect(() => readKeySet(text)).toThrow(reason));

  test("with a private key is read for its public part", () =>
    expect(
      [...readKeySet(JSON.stringify({ keys: [{ ...privateKey.export({ format: "jwk" }), kid: "one" }] })).values()].map(
        ({ type }) => type,
      ),
    ).toEqual(["public"]));
});
