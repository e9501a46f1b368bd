// Compiled, as people run it: what loads TypeScript turns every import into a getter, which shows here.
import { fromConfig } from "../../../dist/lib/readers/from-config";
import { grantsOf } from "../../../dist/lib/questions/grants";
import { Access } from "../../../dist/lib/config/access";
import { accessConfigOf, generateFleet } from "../../generate";
import { probe } from "../../probe";

probe(generateFleet, (fleet) => {
  const access = Access.from(accessConfigOf(fleet));
  return () => void grantsOf(fromConfig(access));
});
