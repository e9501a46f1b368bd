import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { build, type Metafile } from "esbuild";

const ROOT = path.join(__dirname, "..");

/**
 * The files of `review/dist`, by their path. The same sources give the same bytes on any machine: paths in the file are
 * relative to the project, also where `node_modules` is a link.
 */
export async function bundleAction(): Promise<Record<string, string>> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["review/src/main.ts"],
    outfile: "review/dist/index.js",
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    preserveSymlinks: true,
    legalComments: "none",
    charset: "utf8",
    logLevel: "silent",
    metafile: true,
    write: false,
    tsconfigRaw: {},
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error("The bundler gave no file");
  return {
    "review/dist/index.js": `// Built by "npm run build:action" from review/src. Licences: licenses.txt\n${bundle.text}`,
    "review/dist/licenses.txt": licensesOf(metafile),
  };
}

/** What the packages in the bundle demand to be told: name, version and licence of each. */
function licensesOf({ inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...folders].sort().map(licenseOf).join("\n");
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license: string;
  };
  const file = readdirSync(path.join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined
      ? `Licence: ${license}`
      : readFileSync(path.join(ROOT, folder, file), "utf8")
          .replaceAll("\r\n", "\n")
          .trim();
  return `${name} ${version} (${license})\n${"-".repeat(79)}\n${text}\n`;
}
