// Compiled, as people run it: what loads TypeScript turns every import into a getter, which shows here.
import { fromConfig } from "../../../dist/lib/readers/from-config";
import { modelSubjects } from "../../../dist/lib/check/model/subjects";
import { RULES } from "../../../dist/lib/check/registry";
import { runRules } from "../../../dist/lib/check/run";
import { Access } from "../../../dist/lib/config/access";
import type { AccessConfig } from "../../../lib/config/schema";
import { accessConfigOf, COMMON, generateFleet } from "../../generate";
import { probe } from "../../probe";

probe(generateFleet, (fleet) => {
  const access = Access.from(someUnprotected(accessConfigOf(fleet)));
  return () => {
    const findings = runRules(RULES, modelSubjects(fromConfig(access), "config", "access.yaml"));
    if (findings.length === 0) throw new Error("nothing was found");
  };
});

/** Where an environment protects nothing, as one in ten here, what its role can do is judged too. */
const someUnprotected = (config: AccessConfig): AccessConfig => ({
  ...config,
  repositories: Object.fromEntries(
    Object.entries(config.repositories).map(([name, repository], index) => {
      const environment = repository?.environments?.[COMMON.environment];
      return [
        name,
        index % 10 > 0 ? repository : { environments: { [COMMON.environment]: { role: environment?.role } } },
      ];
    }),
  ),
});
