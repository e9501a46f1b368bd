import { Access } from "../../../lib/config/access";
import { generatePairs, pairsConfigOf } from "../../generate-pairs";
import { probe } from "../../probe";
import { synthesizeToolkit } from "../../toolkit";

probe(generatePairs, (fleet, folder) => {
  const access = Access.from(pairsConfigOf(fleet));
  return () => synthesizeToolkit(access, folder);
});
