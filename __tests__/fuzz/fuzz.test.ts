import { fuzz, FuzzFailure, type FuzzTarget } from "./harness";
import { runs } from "../support/runs";
import { TARGETS } from "./targets";

// The short form of `npm run fuzz`.
describe.each(TARGETS.map((target) => [target.name, target] as const))("%s", (_, target) => {
  test("survives what its corpus turns into", () => {
    // An input that hangs ends the run by itself: the harness takes two seconds for that.
    const report = fuzz(target, { runs: runs(5_000), seed: 20_261_121, milliseconds: 20_000 });
    expect(report.runs).toBeGreaterThan(target.corpus.length);
  });
});

describe("the harness", () => {
  const recording = (seen: string[], run: (input: string) => void = () => undefined): FuzzTarget => ({
    name: "recording",
    corpus: ["abc", '{"a": 12}'],
    dictionary: ["word"],
    run: (input) => {
      const text = typeof input === "string" ? input : Buffer.from(input).toString("latin1");
      seen.push(text);
      run(text);
    },
  });

  test("makes the same inputs of the same seed, and others of another", () => {
    const inputs = (seed: number): string[] => {
      const seen: string[] = [];
      fuzz(recording(seen), { runs: 500, seed });
      return seen;
    };
    expect(inputs(1)).toEqual(inputs(1));
    expect(inputs(1)).not.toEqual(inputs(2));
    expect(new Set(inputs(1)).size).toBeGreaterThan(200);
  });

  test("says on which input the target failed", () => {
    const fails = (): unknown =>
      fuzz(
        recording([], (text) => {
          if (text.includes("word")) throw new Error("no words");
        }),
        { runs: 1_000, seed: 3 },
      );
    expect(fails).toThrow(FuzzFailure);
    expect(fails).toThrow(/recording, seed 3, run \d+: Error: no words/);
  });

  test("takes an input that lasts too long for a hang", () => {
    const slow = recording([], () => {
      const until = performance.now() + 5;
      while (performance.now() < until);
    });
    expect(() => fuzz(slow, { runs: 1, millisecondsPerInput: 1 })).toThrow(/took \d+ ms/);
  });

  test("ends when its time is over", () => {
    const report = fuzz(recording([]), { runs: 1e9, milliseconds: 50 });
    expect(report.runs).toBeLessThan(1e9);
  });
});
