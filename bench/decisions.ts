import { measureDecisions } from "./child";
import { installOutsideTool } from "./outside-tool";
import { pairwise, type Claim } from "./ratio";

/** Million decisions a second. */
const RATE = 1;
const SPEED_UP = 30;

/** How fast a prepared policy decides, in itself and to a simulator of IAM from outside. */
export function decisionClaims(rounds: number): Claim[] {
  const problem = installOutsideTool();
  process.stderr.write(`decisions: ${rounds} rounds\n`);
  const { toolkit, outside } = measureDecisions(rounds);
  const faster: Claim = {
    what: "decisions a second, to iam-simulate",
    bound: SPEED_UP,
    atLeast: true,
    ratios: pairwise(toolkit, outside),
  };
  return [
    {
      what: "a role's policy: million decisions a second",
      bound: RATE,
      atLeast: true,
      ratios: toolkit.map((rate) => rate / 1e6),
    },
    problem === undefined ? faster : { ...faster, ratios: [], skipped: problem },
  ];
}
