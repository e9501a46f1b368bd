import { writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { Access } from "../../lib/config/access";
import { accessConfigOf } from "../generate";
import { probe } from "./probe";

probe((fleet, folder) => {
  const file = path.join(folder, "access.yaml");
  writeFileSync(file, stringify(accessConfigOf(fleet), { aliasDuplicateObjects: false }));
  return () => void Access.fromFile(file);
});
