import { widest, type Admission } from "../trust/admitted";
import { formatOperatorName } from "../aws/policy/condition-operator-name";
import { jobGroupsOf } from "../questions/job-groups";
import type { Places } from "../questions/places";
import type { Who } from "./schema";
import { residualOf, type JobPart } from "./trusted-jobs";
import type { PrincipalPart } from "./trusted-principals";
import { writtenValue } from "./written-value";

/** Jobs in words: one entry for each repository, and of it for each environment and for what must hold beside. */
export function jobsInWords(parts: readonly JobPart[], places: Places): Who[] {
  const entries = new Map<string, Who>();
  for (const whole of new Set(parts.map((part) => part.whole))) {
    const among = parts.filter((part) => part.whole === whole);
    for (const { repository, jobs, subjects, breadth, conditions, environment } of jobGroupsOf(
      whole,
      among[0]?.lookups ?? new Map(),
      among.map(({ subject }) => subject),
    )) {
      const beside = { ...conditions, ...residualInWords(whole) };
      const key = JSON.stringify([
        repository.toLowerCase(),
        environment?.toLowerCase() ?? null,
        Object.entries(beside).sort(),
      ]);
      const other = entries.get(key);
      const together = (one: readonly string[] = [], more: readonly string[]): string[] => [
        ...new Set([...one, ...more]),
      ];
      entries.set(key, {
        kind: "jobs",
        repository,
        jobs: together(other?.jobs, jobs),
        subjects: together(other?.subjects, subjects),
        breadth: widest([breadth, other?.breadth ?? breadth]),
        conditions: beside,
        environment: places.environmentOf(repository, environment),
        principal: null,
        calls: [],
      });
    }
  }
  return [...entries.values()];
}

/** By condition key with its operator, as they are no claims of the token's. */
const residualInWords = (admission: Admission): Record<string, string[]> =>
  Object.fromEntries(
    residualOf(admission).map(({ key, operator, values }) => [
      `${key} (${formatOperatorName(operator)})`,
      values.map(({ text }) => writtenValue(text, admission.variables)),
    ]),
  );

const NO_JOBS: Pick<Who, "repository" | "jobs" | "subjects" | "breadth" | "environment"> = {
  repository: null,
  jobs: [],
  subjects: [],
  breadth: null,
  environment: null,
};

/** Principals in words: one entry for each and what must hold beside, with all the calls that it may make. */
export const principalsInWords = (parts: readonly PrincipalPart[]): Who[] => {
  const entries = new Map<string, Who>();
  for (const { name, described, call } of parts) {
    const key = JSON.stringify([name, described]);
    const calls = [...(entries.get(key)?.calls ?? []), call];
    entries.set(key, {
      ...NO_JOBS,
      kind: "principal",
      conditions: described,
      principal: name,
      calls: [...new Set(calls)],
    });
  }
  return [...entries.values()];
};
