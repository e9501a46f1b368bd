import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Access } from "../../lib/config/access";
import { AccessConfigError } from "../../lib/yaml/problem";

/** A folder of its own, with an access file and the policy files beside it. */
export class AccessFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), "access-"));

  /** Writes a file below the folder, and answers with its whole path. */
  write(name: string, content: string | Buffer): string {
    const file = path.join(this.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** Reads a text as an access file. */
  read(text: string | Buffer): Access {
    return Access.fromFile(this.write("access.yaml", text));
  }

  /** The lines that tell what is wrong with a text, with the file's name alone; none where nothing is. */
  mistakesIn(text: string | Buffer): string[] {
    return mistakesOf(() => this.read(text)).map((line) => line.replace(`${this.path}${path.sep}`, ""));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The lines of the error that reading ends with; none where it does not. Any other error is passed on. */
export function mistakesOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof AccessConfigError)) throw error;
    return error.message.split("\n");
  }
}
