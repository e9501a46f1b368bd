import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generatePlan, type PlanKind } from "./generate-plan";
import { median, pairwise, type Claim } from "./ratio";

/** A review, from the file on, may take this many times what `JSON.parse` of the plan alone takes. */
const TIME = 2.5;
/** The whole process may need this many times what the parsed plan takes of the heap. */
const MEMORY = 3;
/** As for synthesis: a cost that grew with the square would come near ten. */
const GROWTH = 1.5;
/** Where every role is new, each is told in full, with a job that it lets in: this is kept, and was not promised. */
const ALL_CREATED = 20;
const [SMALL, LARGE] = [1_000, 10_000];

const CLI = path.resolve(__dirname, "..", "dist", "lib", "cli", "main.js");
const CHILDREN = path.join(__dirname, "children");

/** What a process took, of the processor. */
interface Usage {
  readonly milliseconds: number;
  readonly peakBytes: number;
  /** Of what a process parsed. */
  readonly heapBytes: number | null;
}

/** Of one plan: what its review took beyond that of a plan with nothing in it, and what parsing it did. */
interface Reviewed {
  readonly review: readonly Usage[];
  readonly start: readonly Usage[];
  readonly parse: readonly Usage[];
}

/** What a review of a plan costs, to `JSON.parse` of the same file: the command as people run it. */
export function reviewClaims(count: number): Claim[] {
  const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-bench-"));
  try {
    const measured = (roles: number, kind: PlanKind, rounds = count): Reviewed =>
      measureReviews(planIn(folder, roles, kind), planIn(folder, 0, kind), rounds, `${many(roles)} roles, ${kind}`);
    const [small, large, created] = [
      measured(SMALL, "few-changed", 2 * count + 1),
      measured(LARGE, "few-changed"),
      measured(LARGE, "all-created"),
    ];
    return [
      { what: `review, ${many(LARGE)} roles: time, to JSON.parse`, bound: TIME, ratios: timeRatios(large) },
      { what: `review, ${many(LARGE)} roles: memory, to it parsed`, bound: MEMORY, ratios: memoryRatios(large) },
      {
        what: `review, time per role: ${many(LARGE)} to ${many(SMALL)}`,
        bound: GROWTH,
        ratios: [median(beyondStart(large)) / LARGE / (median(beyondStart(small)) / SMALL)],
      },
      { what: `review, ${many(LARGE)} roles all new, to JSON.parse`, bound: ALL_CREATED, ratios: timeRatios(created) },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const many = (roles: number): string => roles.toLocaleString("en");

function planIn(folder: string, roles: number, kind: PlanKind): string {
  const file = path.join(folder, `${roles}-${kind}.json`);
  writeFileSync(file, generatePlan(roles, kind));
  return file;
}

function measureReviews(plan: string, empty: string, count: number, what: string): Reviewed {
  const taken: { readonly [kind in keyof Reviewed]: Usage[] } = { review: [], start: [], parse: [] };
  for (let round = 0; round < count; round++) {
    process.stderr.write(`review of ${what}: round ${round + 1} of ${count}\n`);
    taken.start.push(usageOf([CLI, "review", empty, "--format", "markdown"]));
    taken.review.push(usageOf([CLI, "review", plan, "--format", "markdown"]));
    taken.parse.push(usageOf([path.join(CHILDREN, "parse.mjs"), plan]));
  }
  // Clearing up costs time: it is measured apart.
  taken.parse.push(usageOf(["--expose-gc", path.join(CHILDREN, "parse.mjs"), plan]));
  return taken;
}

function usageOf(args: readonly string[]): Usage {
  const { status, stderr, error } = spawnSync(
    process.execPath,
    ["--import", path.join(CHILDREN, "usage.mjs"), ...args],
    { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${stderr.trim()}`);
  return JSON.parse(stderr) as Usage;
}

const beyondStart = ({ review, start }: Reviewed): number[] =>
  review.map(({ milliseconds }) => milliseconds - median(start.map((each) => each.milliseconds)));

const timeRatios = (reviewed: Reviewed): number[] =>
  pairwise(
    beyondStart(reviewed),
    reviewed.parse.map(({ milliseconds }) => milliseconds),
  );

const memoryRatios = ({ review, parse }: Reviewed): number[] =>
  pairwise(
    review.map(({ peakBytes }) => peakBytes),
    review.map(() => parse.at(-1)?.heapBytes ?? NaN),
  );
