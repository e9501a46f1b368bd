import path from "node:path";
import tseslint from "typescript-eslint";

/** Who may import whom (docs/architecture.md). A folder may always import itself. */
const LAYERS = {
  "lib/github": [],
  "lib/aws": [],
  "lib/yaml": [],
  "lib/trust": ["lib/aws", "lib/github"],
  "lib/config": ["lib/yaml", "lib/aws", "lib/github"],
  "lib/model": ["lib/trust", "lib/aws", "lib/github"],
  "lib/readers": ["lib/model", "lib/config", "lib/trust", "lib/aws", "lib/github"],
  "lib/questions": ["lib/model", "lib/trust", "lib/aws", "lib/github"],
  "lib/difference": ["lib/questions", "lib/model", "lib/trust", "lib/aws", "lib/github"],
  "lib/workflows": ["lib/model", "lib/trust", "lib/questions", "lib/yaml", "lib/github", "lib/aws"],
  "lib/check": ["lib/workflows", "lib/questions", "lib/model", "lib/trust", "lib/aws", "lib/github"],
  "lib/review": ["lib/difference", "lib/check", "lib/readers", "lib/questions", "lib/model", "lib/trust"],
  "lib/drift": ["lib/readers", "lib/config", "lib/model", "lib/github", "lib/aws"],
  "lib/report": [
    ...["lib/review", "lib/check", "lib/drift", "lib/workflows", "lib/difference", "lib/questions", "lib/model"],
    ...["lib/trust", "lib/config", "lib/yaml", "lib/github", "lib/aws"],
  ],
  "lib/testing": ["lib/readers", "lib/questions", "lib/trust", "lib/model", "lib/yaml", "lib/github", "lib/aws"],
  "lib/constructs": ["lib/github", "lib/aws"],
  "lib/sandbox": ["lib/trust", "lib/github", "lib/aws"],
  review: ["lib/report", "lib/review", "lib/model", "lib/readers", "lib/difference", "lib/github", "lib/aws"],
  stacks: ["lib/constructs", "lib/config", "lib/github", "lib/aws"],
  "main.ts": ["stacks", "lib/config", "lib/yaml"],
};

/** The only places that load cdktf: everything else starts in milliseconds. */
const SYNTHESIZES = [
  "lib/constructs",
  "stacks",
  "main.ts",
  "index.ts",
  "lib/cli/commands/synth.ts",
  "bench",
  "__tests__",
];

const within = (file, folder) => file === folder || file.startsWith(`${folder}/`);

const downwards = {
  meta: {
    type: "problem",
    messages: { up: '"{{from}}" may not import "{{to}}"', cdktf: '"{{from}}" may not load cdktf' },
  },
  create(context) {
    const root = context.settings.root;
    const file = path.relative(root, context.filename).split(path.sep).join("/");
    const layer = Object.keys(LAYERS).find((folder) => within(file, folder));
    const check = (node, source) => {
      // A type is erased: only what is loaded at run time costs or ties.
      if (
        /^(cdktf|constructs)$|^@cdktf\//.test(source) &&
        node.importKind !== "type" &&
        !SYNTHESIZES.some((f) => within(file, f))
      )
        context.report({ node, messageId: "cdktf", data: { from: file } });
      if (!layer || !source.startsWith(".")) return;
      const target = path
        .relative(root, path.resolve(path.dirname(context.filename), source))
        .split(path.sep)
        .join("/");
      if (!within(target, layer) && !LAYERS[layer].some((folder) => within(target, folder)))
        context.report({ node, messageId: "up", data: { from: layer, to: target } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => node.source && check(node, node.source.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => node.source.type === "Literal" && check(node, String(node.source.value)),
    };
  },
};

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "node_modules/", "coverage/", "**/*.js", "**/*.mjs"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { root: import.meta.dirname },
    plugins: { layers: { rules: { downwards } } },
    rules: {
      "layers/downwards": "error",
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "@cdktf/provider-aws",
              message: "The package root costs seconds: import @cdktf/provider-aws/lib/<resource>.",
            },
            {
              name: "@cdktf/provider-github",
              message: "The package root costs seconds: import @cdktf/provider-github/lib/<resource>.",
            },
          ],
        },
      ],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
);
