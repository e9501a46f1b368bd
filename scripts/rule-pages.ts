import { stringify } from "yaml";
import { RULES } from "../lib/check/registry";
import type { AnyRule, RuleExample } from "../lib/check/rule";

/** Folder of the pages. */
const FOLDER = "docs/rules";

/** A page for each rule of `github-oidc check`, and the table of all, by file. */
export function rulePages(): Record<string, string> {
  return {
    [`${FOLDER}/README.md`]: indexPage(),
    ...Object.fromEntries(RULES.map((rule) => [`${FOLDER}/${rule.id}.md`, rulePage(rule)])),
  };
}

function indexPage(): string {
  const rows = RULES.map(({ id, title, severity }) => `| [${id}](${id}.md) | ${title} | ${severity} |`);
  return `${[
    "# What `github-oidc check` looks for",
    "",
    "| rule | finds | severity |",
    "| --- | --- | --- |",
    ...rows,
    "",
    "`error`: strangers are let in, or nobody is. `warning`: probably more are let in than is meant. `note`: worth a",
    "thought. A rule may say less than here where the rest of the policy narrows what it found, and more or less by",
    "what the role can do: its page says how. Of a policy alone that is not known. Numbers are never given to another",
    "rule.",
  ].join("\n")}\n`;
}

function rulePage({ id, title, severity, explanation, remedy, source, compliant, nonCompliant }: AnyRule): string {
  return `${[`# ${id}: ${title}`, "", `Severity: ${severity}`, "", explanation, "", `**What to do.** ${remedy}`, "", `Source: <${source}>`, "", "## Found", ...nonCompliant.flatMap(example), "", "## Not found", ...compliant.flatMap(example), "", "[All rules](README.md)"].join("\n")}\n`;
}

/** Long examples are made for the test, not for a reader. */
const MOST_CHARACTERS = 3_000;

function example(example: RuleExample): string[] {
  const { language, text } = sourceOf(example);
  const { about } = example;
  return [
    "",
    `${about.charAt(0).toUpperCase()}${about.slice(1)}:`,
    "",
    `\`\`\`${language}`,
    text.length > MOST_CHARACTERS ? `${text.slice(0, text.indexOf("\n", MOST_CHARACTERS / 3))}\n…` : text,
    "```",
  ];
}

function sourceOf(example: RuleExample): { readonly language: string; readonly text: string } {
  if ("policy" in example) return { language: "json", text: JSON.stringify(example.policy, null, 2) };
  if ("terraform" in example) return { language: "json", text: JSON.stringify(example.terraform, null, 2) };
  if ("workflow" in example)
    return {
      language: "yaml",
      text: `${example.workflow}${example.beside ? `\n# access.yaml\n${stringify({ repositories: example.beside })}` : ""}`.trimEnd(),
    };
  const { account, repositories } = example.access;
  return {
    language: "yaml",
    text: stringify({ ...(account ? { accounts: { production: account } } : {}), repositories }).trimEnd(),
  };
}
