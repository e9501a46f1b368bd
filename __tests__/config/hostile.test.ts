import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { isFull } from "../support/runs";
import { AccessFolder, mistakesOf } from "./access-folder";

const MEBIBYTE = 1024 * 1024;
const HEAD = 'github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1}\n';
const POLICY = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}}';

const folder = new AccessFolder();
afterAll(() => folder.remove());

/** What a file is refused with; an error of any other kind, or none, ends the test. */
function refusal(text: string | Buffer): string {
  const lines = folder.mistakesIn(text);
  expect(lines).not.toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(101);
  for (const line of lines)
    expect(line).toMatch(/^(access\.yaml(:[0-9]+:[0-9]+)?: .{1,2000}|… and (thousands|[0-9]+) more)$/);
  return lines.join("\n");
}

const repositories = (text: string): string => `${HEAD}repositories:\n${text}`;
const environment = (text: string): string =>
  repositories(`  web-shop:\n    environments:\n      production: ${text}\n`);
const inlinePolicy = (source: string): string => environment(`{role: {inlinePolicies: {deploy: ${source}}}}`);

describe("a file that would take all the time or memory", () => {
  /** Lines until the file is as large as one may be; a tenth of that where not all of the laws are tried. */
  function fill(head: string, lineOf: (n: number) => string): string {
    const full = isFull() ? 10 * MEBIBYTE : MEBIBYTE;
    const lines = [head];
    let size = head.length;
    for (let n = 0; size < full - 100; n++) size += lines[lines.push(lineOf(n)) - 1]?.length ?? 0;
    return lines.join("");
  }
  const fillWith = (text: string): string => text.repeat(Math.floor((10 * MEBIBYTE) / text.length));

  test("ends with 10 MB of keys, and does not print them all", () => {
    const message = refusal(fill(HEAD, (n) => `key-${n}: {owner: octo-org}\n`));
    expect(message).toContain(
      'access.yaml:4:1: unknown key "key-0": use one of github, accounts, states, repositories, chainedRoles, organization',
    );
    expect(message).toMatch(/\n… and thousands more$/);
    expect(message.length).toBeLessThan(20_000);
  }, 180_000);

  test("is not even read when it is over 10 MB", () => {
    expect(refusal(Buffer.alloc(10 * MEBIBYTE + 1, "["))).toBe(
      "access.yaml: has 10485761 bytes, over the 10485760 that an access file may have: split it by account",
    );
  });

  test("has aliases that multiply", () => {
    const laughs = Array.from(
      { length: 9 },
      (_, n) => `  l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(", ")}]\n`,
    ).join("");
    expect(refusal(`laughs:\n  l0: &l0 lol\n${laughs}`)).toMatch(
      /^access\.yaml:[0-9]+:[0-9]+: written out, the aliases \(\*name\) up to here have over 10485760 characters: an access file has fewer, write out what is meant$/,
    );
  });

  test("has a long text that aliases repeat", () => {
    expect(refusal(`text: &text ${"x".repeat(MEBIBYTE)}\nlist: [${Array(100).fill("*text").join(", ")}]\n`)).toMatch(
      /^access\.yaml:2:71: written out, the aliases/,
    );
  });

  test("has aliases that nest", () => {
    const levels = Array.from({ length: 100 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}]\n`).join("");
    expect(refusal(`l0: &l0 []\n${levels}`)).toBe(
      "access.yaml:64:12: nested more than 64 levels deep: no access file is, check the brackets and dashes",
    );
  });

  test.each([
    ["anchors", "&a "],
    ["tags", "!a "],
    ["aliases", "- *a\n"],
  ])("is full of %s", (_, text) => {
    expect(refusal(fillWith(text))).toMatch(/: more than 10000 anchors, aliases and tags: write the values out$/);
  });

  test.each([
    ["brackets", fillWith("[")],
    ["braces", fillWith("{a: ")],
    ["dashes", fillWith("- ")],
    ["dashes with tabs", fillWith("-\t")],
    ["question marks", fillWith("? ")],
    ["dashes and question marks", fillWith("- ? ")],
    ["colons", fillWith(": ")],
    ["keys", fillWith("a: ")],
    ["indentation", Array.from({ length: 4_000 }, (_, n) => `${" ".repeat(n)}a:\n`).join("")],
    ["lists in lists", Array.from({ length: 4_000 }, (_, n) => `${" ".repeat(n)}-\n`).join("")],
  ])("is nested too deeply, by %s", (_, text) => {
    expect(refusal(text)).toMatch(
      /^access\.yaml:[0-9]+:[0-9]+: nested more than 64 levels deep: no access file is, check the brackets and dashes$/,
    );
  });

  test("is one value", () => {
    expect(refusal(repositories(`  web-shop: ${"x".repeat(9 * MEBIBYTE)}\n`))).toMatch(
      /^access\.yaml:5:13: "web-shop" is the text "x{120}…": use keys with values/,
    );
  });

  test("has more mistakes than a call has arguments", () => {
    const variables = Array.from({ length: 150_000 }, (_, n) => `          V${n}: 1\n`).join("");
    expect(
      refusal(repositories(`  web-shop:\n    environments:\n      production:\n        variables:\n${variables}`)),
    ).toBe(
      "access.yaml:1:1: too many errors to list: begin with one account and one repository, and add the others once it is valid",
    );
  }, 60_000);

  test("has a subject that a careless expression would go back over and over", () => {
    expect(
      refusal(
        repositories(
          `  web-shop:\n    roles:\n      deploy: {allow: [{subject: "repo:octo-org/${"*".repeat(MEBIBYTE)}x"}]}\n`,
        ),
      ),
    ).toContain("shorten it: it has 1048591 characters, and no trust policy has room for so many");
  });

  test("admits more jobs than can be measured", () => {
    const entries = Array.from({ length: 20_000 }, (_, n) => `          - branch: b${n}\n`).join("");
    expect(refusal(repositories(`  web-shop:\n    roles:\n      deploy:\n        allow:\n${entries}`))).toBe(
      "access.yaml:7:7: 20000 alternatives, and a trust policy has room for 2048 characters: admit fewer jobs, or make several roles of it",
    );
  });

  test("has a policy that is larger than any", () => {
    const actions = `[${Array(30_000).fill("1").join(", ")}]`;
    expect(refusal(inlinePolicy(`{Statement: [{Effect: Allow, Resource: "*", Action: ${actions}}]}`))).toMatch(
      /^access\.yaml:7:52: policy "deploy": it has 60059 characters|: use a string$/m,
    );
    expect(
      refusal(
        inlinePolicy(`{Statement: [{Effect: Allow, Resource: "*", Action: [${Array(60_000).fill("1").join(", ")}]}]}`),
      ),
    ).toContain('policy "deploy": it has 120060 characters: shorten it, IAM stores no policy that large');
  });
});

describe("names that every JavaScript object has", () => {
  const NAMES = ["constructor", "toString", "hasOwnProperty", "valueOf"];

  afterEach(() => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)["waitTimer"]).toBeUndefined();
  });

  test.each(NAMES)("%s is a name like any other where it is a legal one", (name) => {
    const access = folder.read(
      `github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1, tags: {${name}: x}}\nrepositories:\n  ${name}:\n    environments:\n      ${name}: {account: staging, role: {inlinePolicies: {${name}: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}}}}\n    roles:\n      ${name}: {allow: [{environment: ${name}, repository: ${name}}], name: role}\n`,
    );
    const account = access.account("staging");
    expect(account.tags).toEqual({ [name]: "x" });
    expect(account.environments.map((each) => [each.repository, each.name])).toEqual([[name, name]]);
    expect(account.roles.map((each) => each.name)).toEqual([`${name}-${name}`, "role"]);
  });

  test.each(NAMES)("%s is no account, no key and no claim where nobody made one", (name) => {
    const message = refusal(
      `${HEAD}${name}: {}\nrepositories:\n  web-shop:\n    ${name}: 1\n    environments:\n      production: {account: ${name}, ${name}: 1}\n    roles:\n      deploy: {allow: [{branch: main, ${name}: 1, claims: {${name}: x}}]}\n`,
    );
    expect(message).toContain(
      `access.yaml:4:1: unknown key "${name}": use one of github, accounts, states, repositories, chainedRoles, organization`,
    );
    expect(message).toContain(`unknown account "${name}": name one of staging`);
    expect(message).toContain(`claim "${name}": AWS has no condition key for it`);
    expect(message).not.toMatch(/native code|function/);
  });

  test.each(NAMES)("subjects of the repository %s are not those of an object's own", (name) => {
    const [role] = folder
      .read(repositories(`  web-shop:\n    roles:\n      deploy: {allow: [{branch: main, repository: ${name}}]}\n`))
      .account("staging").roles;
    expect(role?.admits[0]?.repository).toEqual({ owner: "octo-org", name, subjects: "lookup", ids: undefined });
  });

  test.each([
    ["the file", "__proto__: {accounts: {}}\n"],
    [
      "accounts",
      'github: {owner: octo-org}\naccounts:\n  __proto__: {id: "222233334444", region: eu-west-1}\nrepositories: {}\n',
    ],
    [
      "tags",
      'github: {owner: octo-org}\naccounts:\n  staging: {id: "222233334444", region: eu-west-1, tags: {__proto__: x}}\nrepositories: {}\n',
    ],
    ["repositories", repositories("  __proto__: {id: '1'}\n")],
    ["environments", repositories("  web-shop: {environments: {__proto__: {waitTimer: 5}}}\n")],
    ["variables", environment("{variables: {__proto__: x}}")],
    ["claims", repositories("  web-shop: {roles: {deploy: {allow: [{branch: main, claims: {__proto__: x}}]}}}\n")],
    ["a policy", inlinePolicy("{__proto__: {Statement: []}}")],
    ["quotes", repositories('  "__proto__": {}\n')],
    ["escapes", repositories('  "\\u005f_proto__": {}\n')],
  ])("__proto__ is refused in %s", (_, text) => {
    expect(refusal(text)).toMatch(
      /^access\.yaml:[0-9]+:[0-9]+: key "__proto__": choose another name, JavaScript keeps this one for itself$/,
    );
  });

  test("__proto__ is refused in what JSON made", () => {
    const config = JSON.parse(
      '{"github":{"owner":"octo-org"},"accounts":{"staging":{"id":"222233334444","region":"eu-west-1"}},"repositories":{"__proto__":{"waitTimer":5}}}',
    ) as AccessConfig;
    expect(mistakesOf(() => Access.from(config))).toEqual([
      'repositories.__proto__: key "__proto__": choose another name, JavaScript keeps this one for itself',
    ]);
  });
});

describe("a policy file that is not to be read", () => {
  const outside = new AccessFolder();
  beforeAll(() => {
    outside.write("policy.json", POLICY);
    folder.write("policies/policy.json", POLICY);
    folder.write("policies/latin-1.json", Buffer.from('{"Id":"\xe9"}', "latin1"));
    folder.write("policies/with-mark.json", `\ufeff${POLICY}`);
    folder.write("policies/large.json", `${POLICY}${" ".repeat(100 * 1024)}`);
    mkdirSync(path.join(folder.path, "policies/folder.json"));
    symlinkSync(path.join(outside.path, "policy.json"), path.join(folder.path, "policies/link-out.json"));
    symlinkSync(outside.path, path.join(folder.path, "linked-folder"));
    symlinkSync("policy.json", path.join(folder.path, "policies/link-in.json"));
    symlinkSync("nowhere.json", path.join(folder.path, "policies/dangling.json"));
    symlinkSync("loop.json", path.join(folder.path, "policies/loop.json"));
  });
  afterAll(() => outside.remove());

  test.each([
    ["lies above", "../policy.json", "the path leaves the folder of the access file, move the policy into it"],
    [
      "lies above, behind a folder",
      "policies/../../policy.json",
      "the path leaves the folder of the access file, move the policy into it",
    ],
    ["is the folder above", "..", "the path leaves the folder of the access file, move the policy into it"],
    ["is the folder itself", ".", "the path leaves the folder of the access file, move the policy into it"],
    ["is named from the root", "/etc/passwd", "use a path relative to the access file"],
    [
      "is linked from outside",
      "policies/link-out.json",
      "the link leaves the folder of the access file, move the policy into it",
    ],
    [
      "lies in a linked folder",
      "linked-folder/policy.json",
      "the link leaves the folder of the access file, move the policy into it",
    ],
    ["is a folder", "policies/folder.json", "it is a folder: name a JSON file"],
    ["is a link to nothing", "policies/dangling.json", "there is no such file: create it, or correct the path"],
    ["is a link to itself", "policies/loop.json", "it cannot be read (ELOOP): correct the path"],
    ["has a name that no file has", `${"n".repeat(300)}.json`, "it cannot be read (ENAMETOOLONG): correct the path"],
    ["is in another encoding", "policies/latin-1.json", "it is not text in UTF-8: save it as such"],
    [
      "is over-large",
      "policies/large.json",
      `it has ${POLICY.length + 100 * 1024} bytes: shorten it, IAM stores no policy that large`,
    ],
  ])("because it %s", (_, file, reason) => {
    expect(refusal(inlinePolicy(file))).toMatch(
      new RegExp(`^access\\.yaml:7:52: policy file ".*": ${reason.replace(/[()]/g, "\\$&")}$`),
    );
  });

  test("because its name holds a NUL", () => {
    expect(refusal(inlinePolicy('"policies/policy.json\\0"'))).toBe(
      'access.yaml:7:52: policy file "policies/policy.json\\u0000": remove the control characters',
    );
  });

  test("because it is a pipe, which would be waited for", () => {
    execFileSync("mkfifo", [path.join(folder.path, "policies/pipe.json")]);
    expect(refusal(inlinePolicy("policies/pipe.json"))).toBe(
      'access.yaml:7:52: policy file "policies/pipe.json": it is no regular file: name a JSON file',
    );
  });

  test("but a link within the folder is followed, and two dots in a name are only dots", () => {
    folder.write("..policies/policy.json", POLICY);
    for (const file of [
      "policies/link-in.json",
      "..policies/policy.json",
      "policies/../policies/policy.json",
      "policies/with-mark.json",
    ])
      expect(folder.mistakesIn(inlinePolicy(file))).toEqual([]);
  });
});

describe("an access file that is not to be read", () => {
  const at = (file: string): string[] =>
    mistakesOf(() => Access.fromFile(file)).map((line) => line.replace(`${folder.path}${path.sep}`, ""));

  test("because there is none", () => {
    expect(at(path.join(folder.path, "none.yaml"))).toEqual([
      "none.yaml: there is no such file: write one (docs/access-file.md), or name another with --config",
    ]);
  });

  test("because it is a folder", () => {
    mkdirSync(path.join(folder.path, "folder.yaml"));
    expect(at(path.join(folder.path, "folder.yaml"))).toEqual(["folder.yaml: is a folder: name the access file"]);
  });

  test("because it is a pipe", () => {
    execFileSync("mkfifo", [path.join(folder.path, "pipe.yaml")]);
    expect(at(path.join(folder.path, "pipe.yaml"))).toEqual(["pipe.yaml: is no regular file: name the access file"]);
  });

  test("because it is a link to nothing", () => {
    symlinkSync("nowhere.yaml", path.join(folder.path, "link.yaml"));
    expect(at(path.join(folder.path, "link.yaml"))).toEqual([
      "link.yaml: cannot be read (ENOENT): check the path and its permissions",
    ]);
  });

  test("because its name would speak to the terminal", () => {
    expect(at(`${folder.path}/a\u001b[31m\nb.yaml`)).toEqual([
      expect.stringMatching(/^a\\u001b\[31m\\u000ab\.yaml: there is no such file/),
    ]);
  });
});

describe("a text in another form", () => {
  const SOUND = `${HEAD}repositories:\n  web-shop:\n    environments:\n      production: {role: {}}\n`;

  test.each([
    ["with a byte order mark", `\ufeff${SOUND}`],
    ["with the line ends of Windows", SOUND.replaceAll("\n", "\r\n")],
    ["with the marks of a document", `---\n${SOUND}...\n`],
    ["with a directive for its version", `%YAML 1.2\n---\n${SOUND}`],
    ["without a line end", SOUND.trimEnd()],
    ["with tabs between values", SOUND.replace("github: {", "github:\t{")],
    ["with comments", `# one\n${SOUND.replace("web-shop:", "web-shop: # two")}# three`],
    [
      "with anchors and aliases",
      SOUND.replace("eu-west-1", "&region eu-west-1").replace(
        "}\nrepositories",
        ", backend: {s3: {bucket: octo-state, key: key, region: *region}}}\nrepositories",
      ),
    ],
    [
      "in JSON",
      JSON.stringify({
        github: { owner: "octo-org" },
        accounts: { staging: { id: "222233334444", region: "eu-west-1" } },
        repositories: { "web-shop": { environments: { production: { role: {} } } } },
      }),
    ],
  ])("is read %s", (_, text) => {
    expect(
      folder
        .read(text)
        .account("staging")
        .roles.map((role) => role.name),
    ).toEqual(["web-shop-production"]);
  });

  test.each([
    ["in another encoding", Buffer.from("github: {owner: \xe9}", "latin1")],
    ["in UTF-16", Buffer.from(`\ufeff${SOUND}`, "utf16le")],
    ["cut within a character", Buffer.from("# é").subarray(0, 3)],
  ])("is refused %s", (_, bytes) => {
    expect(refusal(bytes)).toBe("access.yaml: is not text in UTF-8: save it as such");
  });

  test.each([
    ["nothing", ""],
    ["white space", " \n\n  \n"],
    ["comments", "# nothing\n# at all\n"],
    ["a byte order mark", "\ufeff"],
    ["the mark of a document", "---\n"],
    ["null", "~\n"],
  ])("is refused when it is only %s", (_, text) => {
    expect(refusal(text)).toMatch(
      /^access\.yaml:[0-9]+:[0-9]+: the file is empty: write the keys "github", "accounts", "repositories"$/,
    );
  });

  test.each([
    ["two documents", `${SOUND}---\n${SOUND}`, "access.yaml:8:1: a second document begins here"],
    ["a document behind its end", `${SOUND}...\n${SOUND}`, "access.yaml:9:1: a second document begins here"],
    ["an indentation of tabs", SOUND.replaceAll("  ", "\t"), "a tab in the indentation"],
    ["a function", 'github: !!js/function "function () { return 1 }"\n', 'text begins with "!", the mark of a tag'],
    ["a tag of its own", "github: !github {owner: octo-org}\n", 'text begins with "!", the mark of a tag'],
    [
      "a set, which would lose what it holds",
      inlinePolicy("{Statement: {Effect: Allow, Action: '*', Resource: '*', Condition: !!set {a}}}"),
      "access.yaml:7:125: a tag (!name): an access file has none",
    ],
    ["an ordered map", "github: !!omap [owner: octo-org]\n", "a tag (!name): an access file has none"],
    ["bytes", "github: !!binary aGVsbG8=\n", "a tag (!name): an access file has none"],
    [
      "a merge key",
      "github: &a {owner: octo-org}\naccounts:\n  <<: *a\n",
      'access.yaml:3:3: key "<<": YAML 1.2 has no merge keys',
    ],
    ["the rules of YAML 1.1", `%YAML 1.1\n---\n${SOUND}`, '"%YAML 1.1": an access file is YAML 1.2'],
    [
      "keys that are numbers",
      repositories("  1: {}\n  0x10: {}\n  1.5: {}\n"),
      "access.yaml:6:3: key 0x10 is read as the number 16",
    ],
    ["a key that is a list", repositories("  [a]: {}\n"), "access.yaml:5:3: a key that is no name"],
    ["a key that is a map", repositories("  {a: b}: {}\n"), "access.yaml:5:3: a key that is no name"],
    [
      "a key that is an alias",
      `x: &x web-shop\n${repositories("  *x : {}\n")}`,
      "access.yaml:6:3: a key that is no name",
    ],
    [
      "a key that stands twice in other quotes",
      repositories("  web-shop: {}\n  'web-shop': {}\n"),
      'access.yaml:6:3: key "web-shop" is also on line 5',
    ],
  ])("is refused with %s", (_, text, start) => {
    expect(refusal(text)).toContain(start);
  });

  test.each([
    ".nan",
    ".inf",
    "-.inf",
    "1e999",
    "9".repeat(400),
    "-9223372036854775809",
    "0x1FFFFFFFFFFFFFFFFF",
    "1e-400",
  ])("is refused with the number %s where it would count", (number) => {
    expect(refusal(environment(`{waitTimer: ${number}, role: {sessionDuration: ${number}}}`))).toMatch(
      /duration|Duration/,
    );
    expect(
      refusal(
        `github: {owner: ${number}, ownerId: ${number}}\naccounts:\n  staging: {id: ${number}, region: ${number}}\nrepositories: {}\n`,
      ),
    ).toContain("is read as a number: put it in quotes");
  });
});

describe("characters that would deceive", () => {
  const ESCAPED: readonly (readonly [string, string])[] = [
    ["a terminal's commands", "\\e[31mred\\e[0m"],
    ["a bell", "\\a"],
    ["a line end", "first\\nsecond"],
    ["a carriage return", "shown\\rhidden"],
    ["C1 controls", "\\x9b31m"],
    ["a line separator", "first\\Lsecond"],
    ["an override of the direction", "safe\\u202egnp.exe"],
    ["isolates", "\\u2066x\\u2069"],
    ["a mark of the direction", "x\\u200fy"],
    ["no width", "x\\u200by"],
    ["a byte order mark", "x\\ufeffy"],
    ["a tag character", "x\\U000E0001y"],
    ["half a character", "\\ud800"],
    ["a deletion", "x\\x7f"],
  ];
  const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

  test.each(ESCAPED)("%s never reach the message, whatever they stand in", (_, text) => {
    const inText = `"${text}"`;
    const message = refusal(
      `github: {owner: ${inText}, host: ${inText}, plan: ${inText}, ${inText}: 1}\naccounts:\n  ${inText}: {id: ${inText}, region: ${inText}, audiences: [${inText}], rolePath: ${inText}, tags: {${inText}: ${inText}}}\nrepositories:\n  ${inText}:\n    ${inText}: 1\n    environments:\n      ${inText}: {account: ${inText}, reviewers: {teams: [${inText}], users: [${inText}, ${inText}]}, deployFrom: {branches: [${inText}]}, variables: {${inText}: ${inText}}, secrets: {${inText}: ${inText}}}\n    roles:\n      ${inText}: {allow: [{branch: ${inText}, claims: {${inText}: ${inText}}}], inlinePolicies: {${inText}: ${inText}}}\n`,
    );
    expect(message.split("\n").length).toBeGreaterThan(10);
    for (const line of message.split("\n")) expect(line).not.toMatch(UNSEEN);
  });

  test.each(["\u0000", "\u0008", "\u001b", "\u007f", "\u0085\u009b", "\u202e", "\u2066", "\ufffe"])(
    "%j does not stand in a file as it is",
    (character) => {
      const shown = character.at(-1)?.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      expect(refusal(`${HEAD}# comment ${character}\nrepositories: {}\n`)).toMatch(
        new RegExp(`^access\\.yaml:4:1[12]: the invisible character U\\+${shown}: take it away$`),
      );
    },
  );

  test.each(["\\e[31m", "\\r", "\\u202e", "\\ud800", "\\x9b"])("%s does not stand in a variable's value", (text) => {
    expect(refusal(environment(`{variables: {A: "x${text}"}}`))).toMatch(
      /^access\.yaml:7:35: a value that cannot stand in the file: remove the [a-z ]+$/,
    );
  });

  test("lines, tabs and the scripts of the world do stand in a variable's value", () => {
    const value = "first\n\tsecond é 日本 שלום 👩‍🚀";
    const [production] = folder
      .read(environment(`{variables: {A: ${JSON.stringify(value)}}}`))
      .account("staging").environments;
    expect(production?.variables).toEqual({ A: value });
  });
});

describe("a secret that is written out", () => {
  test.each([
    ["as the secret", "{secrets: {TOKEN: hunter2}}"],
    ["as a list", "{secrets: {TOKEN: [hunter2]}}"],
    ["as a block", "\n        secrets:\n          TOKEN: |\n            -----BEGIN KEY-----\n            hunter2\n"],
    ["as another key", "{secrets: {TOKEN: {value: hunter2, plaintext: hunter2}}}"],
    ["as a key", "{secrets: {TOKEN: {hunter2: }}}"],
    ["in place of the variable's name", '{secrets: {TOKEN: {fromVariable: "hunter2 "}}}'],
    ["as a list of names", "{secrets: {TOKEN: {fromVariable: [hunter2]}}}"],
    ["in place of all", "{secrets: hunter2}"],
    ["as a list of secrets", "{secrets: [hunter2]}"],
    ["below a misspelt key", "{secret: {TOKEN: hunter2}}"],
    ["with a YAML mistake behind it", '{secrets: {TOKEN: "hunter2" x}}'],
    ["without the quotes that it needs, as an alias", "{secrets: {TOKEN: *hunter2}}"],
    ["without the quotes that it needs, as a tag", "{secrets: {TOKEN: !hunter2}}"],
    ["without the quotes that it needs, as a directive", "{secrets: {TOKEN: %hunter2}}"],
    ["without the quotes that it needs, with a colon", "\n        secrets:\n          TOKEN: hunter2: x\n"],
    ["with quotes that do not end", '{secrets: {TOKEN: "hunter2}}'],
    ["with an escape that is none", '{secrets: {TOKEN: "\\hunter2"}}'],
  ])("%s appears in no message and no diagnostic", (_, text) => {
    const file = folder.write("access.yaml", environment(text));
    let error: unknown;
    try {
      Access.fromFile(file);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Error);
    expect(
      `${(error as Error).message} ${JSON.stringify((error as { diagnostics?: { message: string }[] }).diagnostics?.map(({ message }) => message))}`,
    ).not.toContain("hunter2");
  });
});

describe("objects that no file holds", () => {
  const circular: Record<string, unknown> = {};
  circular["Statement"] = circular;
  class Account {
    readonly id = "222233334444";
    readonly region = "eu-west-1";
  }

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "access.yaml"],
    ["a list", []],
    ["a function", () => 1],
    ["a bigint", { github: { owner: 1n, plan: 2n }, accounts: {}, repositories: {} }],
    [
      "functions and symbols",
      { github: { owner: () => "octo-org", plan: Symbol("free") }, accounts: {}, repositories: {} },
    ],
    [
      "keys that are symbols",
      { github: { owner: "octo-org" }, accounts: { [Symbol("staging")]: {} }, repositories: {} },
    ],
    ["a date", { github: new Date(0), accounts: new Map(), repositories: new Set() }],
    [
      "an instance of a class",
      {
        github: { owner: "octo-org" },
        accounts: { staging: new Account() },
        repositories: { "web-shop": new Account() },
      },
    ],
    [
      "a circle",
      {
        github: { owner: "octo-org" },
        accounts: { staging: { id: "222233334444", region: "eu-west-1" } },
        repositories: { a: { environments: { e: { role: { inlinePolicies: { p: circular } } } } } },
      },
    ],
    [
      "a bigint in a policy",
      {
        github: { owner: "octo-org" },
        accounts: { staging: { id: "222233334444", region: "eu-west-1" } },
        repositories: { a: { environments: { e: { role: { inlinePolicies: { p: { Statement: 1n } } } } } } },
      },
    ],
  ])("are refused in words: %s", (_, value) => {
    const lines = mistakesOf(() => Access.from(value as never));
    expect(lines).not.toEqual([]);
    expect(lines.join("\n")).not.toMatch(/native code|\bat .*\.[tj]s:/);
  });
});
