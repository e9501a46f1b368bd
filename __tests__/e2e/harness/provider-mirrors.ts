import { existsSync, mkdirSync, readdirSync, realpathSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compareVersions } from "./version";

/** The folder name under which mirrors keep providers; also the host in every provider's address. */
const REGISTRY = "registry.terraform.io";

/** One version of a provider, unpacked for this machine's platform. */
export interface MirroredProvider {
  /** As in `required_providers`, such as `hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
  readonly folder: string;
}

/** Providers that can be installed without a network. */
export class ProviderMirrors {
  /** Mirrors named by TERRAFORM_PROVIDER_MIRRORS: folders that hold `registry.terraform.io`, or are it. */
  static fromEnvironment(env: NodeJS.ProcessEnv = process.env): ProviderMirrors {
    const folders = (env["TERRAFORM_PROVIDER_MIRRORS"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
    return new ProviderMirrors(folders.flatMap(providersUnder));
  }

  constructor(readonly providers: readonly MirroredProvider[]) {}

  /** The versions of a provider, newest first. */
  versions(source: string): readonly string[] {
    const versions = this.providers
      .filter((provider) => provider.source === source)
      .map((provider) => provider.version);
    return [...new Set(versions)].sort((a, b) => compareVersions(b, a));
  }

  /**
   * Writes a Terraform CLI configuration that installs from the mirrors and from nowhere else,
   * and returns its path, for TF_CLI_CONFIG_FILE.
   *
   * A provider offers all its versions, of which Terraform takes the newest that the stack accepts,
   * or only the one chosen in `versions`.
   */
  writeCliConfig(folder: string, versions: Readonly<Record<string, string>> = {}): string {
    const offered = this.offer(versions);
    const mirror = path.join(folder, "providers");
    for (const provider of offered) link(provider, mirror);
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, "terraform.rc");
    writeFileSync(file, cliConfig(mirror, [...new Set(offered.map((provider) => provider.source))]));
    return file;
  }

  private offer(versions: Readonly<Record<string, string>>): MirroredProvider[] {
    for (const [source, version] of Object.entries(versions)) {
      const known = this.versions(source);
      if (!known.includes(version))
        throw new Error(`No mirror holds ${source} "${version}": there is ${known.join(", ") || "none"}`);
    }
    return this.providers.filter(({ source, version }) => (versions[source] ?? version) === version);
  }
}

/** This machine as provider releases name it, such as `linux_amd64`. */
export function platform(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const processors: Partial<Record<string, string>> = { x64: "amd64", ia32: "386" };
  return `${system}_${processors[process.arch] ?? process.arch}`;
}

function providersUnder(folder: string): MirroredProvider[] {
  const root = path.basename(folder) === REGISTRY ? folder : path.join(folder, REGISTRY);
  return subfolders(root).flatMap((namespace) =>
    subfolders(path.join(root, namespace)).flatMap((type) =>
      subfolders(path.join(root, namespace, type)).flatMap((version) => {
        const unpacked = path.join(root, namespace, type, version, platform());
        return isFolder(unpacked) ? [{ source: `${namespace}/${type}`, version, folder: realpathSync(unpacked) }] : [];
      }),
    ),
  );
}

/**
 * Terraform follows a link in a mirror only where it stands for the unpacked provider itself,
 * so the folders above are real and hold exactly the versions on offer.
 */
function link(provider: MirroredProvider, mirror: string): void {
  const parent = path.join(mirror, REGISTRY, provider.source, provider.version);
  const target = path.join(parent, platform());
  mkdirSync(parent, { recursive: true });
  // Two mirrors may hold the same version: the first one named wins.
  if (!existsSync(target)) symlinkSync(provider.folder, target, "dir");
}

/** Without a `direct` block Terraform asks no registry: a provider that is in no mirror fails at once. */
function cliConfig(mirror: string, sources: readonly string[]): string {
  const blocks = sources.map((source) =>
    [
      "  filesystem_mirror {",
      `    path    = ${JSON.stringify(mirror)}`,
      `    include = [${JSON.stringify(`${REGISTRY}/${source}`)}]`,
      "  }",
    ].join("\n"),
  );
  return ["provider_installation {", ...blocks, "}", ""].join("\n");
}

/** Links are left out, as Terraform leaves them out. */
function subfolders(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
