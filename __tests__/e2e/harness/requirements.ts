import { ask } from "./command";
import { probeMoto } from "./moto";
import { type Probe, found, missing } from "./probe";
import { ProviderMirrors } from "./provider-mirrors";
import { probeTerraform } from "./terraform";
import { isAtLeast } from "./version";

/** What a story may need: Terraform, the two providers, a local AWS, and the CDKTF command line. */
export type Need = "terraform" | "aws" | "github" | "moto" | "cdktf";

const known = new Map<Need, Probe>();

/** Whether each need is met on this machine. Programs are asked once per test file. */
export function requirements(
  needs: readonly Need[] = ["terraform", "aws", "github", "moto"],
): ReadonlyMap<Need, Probe> {
  return new Map(needs.map((need) => [need, probe(need)]));
}

/** A sentence for each need that is not met. */
export function reasonsToSkip(needs: readonly Need[]): readonly string[] {
  return [...requirements(needs).values()].flatMap((probe) => (probe.found ? [] : [probe.reason]));
}

function probe(need: Need): Probe {
  const answer = known.get(need) ?? PROBES[need]();
  known.set(need, answer);
  return answer;
}

/** The oldest providers that the synthesized configuration accepts. */
const PROBES: Record<Need, () => Probe> = {
  terraform: probeTerraform,
  moto: probeMoto,
  cdktf: probeCdktf,
  aws: () => probeProvider("hashicorp/aws", "5.81.0"),
  github: () => probeProvider("integrations/github", "6.9.1"),
};

/** The version that the documentation names. */
const CDKTF_CLI = "cdktf-cli@0.21.0";

/** It is fetched when it is needed: what can be known before is whether npm can. */
function probeCdktf(): Probe {
  const version = ask("npm", ["view", CDKTF_CLI, "version"])?.trim();
  return version ? found(version) : missing(`npm cannot fetch ${CDKTF_CLI}.`);
}

function probeProvider(source: string, minimum: string): Probe {
  const newest = ProviderMirrors.fromEnvironment().versions(source)[0];
  if (newest === undefined) return missing(`The provider ${source} is in no folder of TERRAFORM_PROVIDER_MIRRORS.`);
  return isAtLeast(newest, minimum)
    ? found(newest)
    : missing(`The provider ${source} ${newest} is older than ${minimum}.`);
}
