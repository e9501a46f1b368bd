import { fromConfig } from "../../../lib/readers/from-config";
import { fromStackJson } from "../../../lib/readers/from-synth";
import { grantsOf, type Grant } from "../../../lib/questions/grants";
import { mergeModels } from "../../../lib/model/merge";
import { sameAccess } from "../../../lib/model/same-access";
import { outlineOf } from "../../../lib/config/outline-of-config";
import { Access } from "../../../lib/config/access";
import type { AccessConfig, SubjectsConfig } from "../../../lib/config/schema";
import { subjectWords } from "../../../lib/report/grant-words";
import { renderSummary } from "../../../lib/report/summary";
import { colors } from "../../../lib/report/colors";
import { synthesize } from "../../stacks/synthesize";

const config = (subjects: SubjectsConfig, ids = true, host = "github.com"): AccessConfig => ({
  github: { owner: "octo-org", host, subjects, ...(ids && { ownerId: "65" }) },
  accounts: { main: { id: "111122223333", region: "eu-west-1" } },
  repositories: {
    "web-shop": { ...(ids && { id: "74" }), roles: { deploy: { allow: [{ branch: "main" }, { tag: "v*" }] } } },
  },
});

const both: SubjectsConfig = { both: { until: "2999-12-31" } };
const PREFIX = {
  name: "repo:octo-org/web-shop",
  ids: "repo:octo-org@65/web-shop@74",
  lookup: "repo:{octo-org/web-shop}",
  idLookup: "repo:{octo-org@ID/web-shop@ID}",
};

describe("which form a repository's subjects have", () => {
  test.each<[string, AccessConfig, Grant["subjectForm"], string[], string]>([
    ["by name", config("name"), "name", [PREFIX.name], "by name"],
    ["with ids", config("immutable"), "immutable", [PREFIX.ids], "with ids"],
    ["in both forms", config("both"), "both", [PREFIX.name, PREFIX.ids], "by name and with ids"],
    ["in both forms up to a day", config(both), "both", [PREFIX.name, PREFIX.ids], "by name and with ids"],
    [
      "in both forms, with ids read in the plan",
      config(both, false),
      "both",
      [PREFIX.name, PREFIX.idLookup],
      "by name and with ids",
    ],
    ["looked up", config("lookup"), "looked up", [PREFIX.lookup], "looked up"],
    [
      "looked up on a server that mints no ids",
      config("lookup", false, "github.example.com"),
      "name",
      [PREFIX.name],
      "by name",
    ],
  ])("is said of one %s, in the file and in what it synthesizes", (_, file, form, prefixes, words) => {
    const access = Access.from(file);
    const models = [
      fromConfig(access),
      mergeModels(
        Object.entries(synthesize(access).texts).map(([name, text]) => fromStackJson(JSON.parse(text), name)),
      ),
    ];
    for (const model of models) {
      const { grants } = grantsOf(model);
      expect(grants.map(({ subjectForm }) => subjectForm)).toEqual([form, form]);
      expect(grants.flatMap(({ subjects }) => subjects).sort()).toEqual(
        prefixes.flatMap((prefix) => [`${prefix}:ref:refs/heads/main`, `${prefix}:ref:refs/tags/v*`]).sort(),
      );
      expect(grants.map(subjectWords)).toEqual([[`subjects ${words}`], [`subjects ${words}`]]);
    }
    const [file_, synth] = models;
    expect(file_ && synth && sameAccess(file_, synth)).toBe(true);
  });

  test.each(["repo:octo-org/*", "repo:octo-org@*/web-shop@*:*", "repository_id:74:environment:x"])(
    "is not said of %s",
    (subject) => {
      const file = config("name");
      file.repositories["web-shop"] = { roles: { deploy: { allow: [{ subject }] } } };
      expect(grantsOf(fromConfig(Access.from(file))).grants.map(({ subjectForm }) => subjectForm)).toEqual([null]);
    },
  );

  test("is a difference: ids that the plan reads are those of a plan, and a name is none of them", () => {
    const model = (file: AccessConfig) => fromConfig(Access.from(file));
    expect(sameAccess(model(config(both, false)), model(config(both)))).toBe(true);
    expect(sameAccess(model(config(both, false)), model(config("name")))).toBe(false);
    expect(sameAccess(model(config(both, false)), model(config("immutable")))).toBe(false);
    expect(sameAccess(model(config("lookup")), model(config("immutable")))).toBe(true);
  });
});

describe("the end of a migration in the summary", () => {
  const summary = (today: string): string => {
    const access = Access.from(config({ both: { until: "2027-01-31" } }), { today: new Date(today) });
    return renderSummary(outlineOf(access.accounts, new Date(today)), {
      colors: colors(false),
      width: 120,
      folderOf: (name) => name,
    }).replaceAll(/\s+/g, " ");
  };

  test.each([
    ["2027-01-01", "(30 days left)"],
    ["2027-01-30", "(1 day left)"],
    ["2027-01-31", "(its last day)"],
  ])("is warned of on %s, once for a role", (today, words) => {
    expect(
      summary(today).split(
        `! both forms of octo-org/web-shop's subjects are trusted until 2027-01-31 ${words}: then write "subjects: immutable"`,
      ),
    ).toHaveLength(2);
  });

  test("is not warned of 31 days before", () => expect(summary("2026-12-31")).not.toContain("both forms"));
});
