import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";

const PAGE = readFileSync(path.join(__dirname, "../../docs/several-roles.md"), "utf8");
const accessOf = (yaml: string): Access => Access.from(parse(yaml) as AccessConfig);
const examples = [...PAGE.matchAll(/^```yaml access\n([\s\S]*?)^```$/gm)].map(([, yaml = ""]) => accessOf(yaml));

test("what the page says that the example publishes is what it publishes", () => {
  const [, table = ""] = /<!-- names -->\n[^\n]*\n[^\n]*\n([\s\S]*?)<!-- end of names -->/.exec(PAGE) ?? [];
  const told = table
    .trim()
    .split("\n")
    .flatMap((row) => {
      const [account = "", where = "", what = ""] = row
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      return [...what.matchAll(/(variable|secret)s? ((?:`\w+`(?:, )?)+)/g)].flatMap(([, kind, names = ""]) =>
        [...names.matchAll(/`(\w+)`/g)].map(
          ([, name]) => `${account.replaceAll("`", "")} ${where.includes("live") ? "live" : "-"} ${kind} ${name}`,
        ),
      );
    });
  const published = (examples[1]?.accounts ?? []).flatMap(({ name: account, roles }) =>
    roles.flatMap(({ publish }) =>
      publish.map(
        ({ kind, name, place }) => `${account} ${"environment" in place ? place.environment : "-"} ${kind} ${name}`,
      ),
    ),
  );
  expect(told.sort()).toEqual(published.sort());
  expect(told.length).toBe(8);
});

test("the roles that the page names are those of its examples", () => {
  const names = examples.flatMap(({ accounts }) => accounts.flatMap(({ roles }) => roles.map(({ name }) => name)));
  expect(names).toEqual(
    expect.arrayContaining([
      "web-shop-production",
      "web-shop-production-migrate",
      "ci-artifacts-web-shop",
      "ci-artifacts-orders-api",
    ]),
  );
  for (const name of ["web-shop-production-migrate", "ci-artifacts-web-shop", "ci-artifacts-orders-api"])
    expect(PAGE).toContain(`\`${name}\``);
});
