import { Access } from "../../../lib/config/access";
import { accessConfigOf, generateFleet } from "../../generate";
import { synthesizeToolkit } from "../../toolkit";
import { probe } from "../../probe";

probe(generateFleet, (fleet, folder) => {
  const access = Access.from(accessConfigOf(fleet));
  return () => synthesizeToolkit(access, folder);
});
