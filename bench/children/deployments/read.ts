import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { Access } from "../../../lib/config/access";
import { accessConfigOf, type Fleet, generateFleet } from "../../generate";
import { probe } from "../../probe";

probe(generateFleet, (fleet, folder) => {
  const file = writeAccessFile(fleet, folder);
  return () => void Access.fromFile(file);
});

/** Writes an access file and, beside it, a policy file for each role. Returns its path. */
function writeAccessFile(fleet: Fleet, folder: string): string {
  mkdirSync(path.join(folder, "policies"));
  const config = accessConfigOf(fleet, ({ repository, inlinePolicy }) => {
    const name = `policies/${repository}.json`;
    writeFileSync(path.join(folder, name), JSON.stringify(inlinePolicy, undefined, 2));
    return name;
  });
  const file = path.join(folder, "access.yaml");
  writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }));
  return file;
}
