import { audiencesOf } from "../sts/token";
import type { Miss } from "./miss";

/** Audiences that are wanted, by the policy or by the provider's client ids, and those that the token has. */
export interface AudienceMiss {
  readonly wanted: readonly string[];
  readonly actual: readonly string[];
}

/** What is wrong with the audience, where something is. */
export function audienceMiss({ call, verdict, blocking }: Miss): AudienceMiss | undefined {
  const actual = audiencesOf(call.token);
  const condition = blocking.find(({ claim, record }) => claim === "aud" && record.reason === "notMatched");
  const refused = verdict.steps.some(({ name, outcome }) => name === "audience" && outcome === "fail");
  if (actual.length === 0 || !(condition ?? refused)) return undefined;
  return { wanted: condition?.record.wanted ?? call.clientIds ?? [], actual };
}
