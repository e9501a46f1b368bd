/**
 * Sums up what `.ci/run` noted: lists the failed and skipped tests,
 * and ends with the line `N passed, N failed, N skipped`.
 */
const fs = require("node:fs");
const path = require("node:path");

const JEST_RUNS = ["unit", "laws", "e2e"];
const CHECKS = ["typecheck", "lint"];

function exitCode(folder, step) {
  const file = path.join(folder, `${step}.code`);
  return fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : undefined;
}

function readReport(folder, run) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, `${run}.json`), "utf8"));
  } catch {
    return undefined;
  }
}

/** A file that could not be loaded has no tests to count, and is a failure all the same. */
function countJestRun(folder, run) {
  const report = readReport(folder, run);
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, notes: [`failed: ${run}: no results`] };
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  );
  const failed = report.numFailedTests + broken.length;
  const unexplained = failed === 0 && exitCode(folder, run) !== 0;
  return {
    passed: report.numPassedTests,
    failed: failed + (unexplained ? 1 : 0),
    skipped: report.numPendingTests + report.numTodoTests,
    notes: [
      ...named(report, run, "failed", ["failed"]),
      ...broken.map((file) => `failed: ${run}: ${path.relative(process.cwd(), file.name)}`),
      ...(unexplained ? [`failed: ${run}: exit code ${exitCode(folder, run)} without a failed test`] : []),
      ...named(report, run, "skipped", ["pending", "skipped", "todo", "disabled"]),
    ],
  };
}

function named(report, run, word, statuses) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  return tests.filter((test) => statuses.includes(test.status)).map((test) => `${word}: ${run}: ${test.fullName}`);
}

function countCheck(folder, check) {
  const passed = exitCode(folder, check) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, notes: passed ? [] : [`failed: ${check}`] };
}

function main(folder) {
  const counts = [
    ...JEST_RUNS.map((run) => countJestRun(folder, run)),
    ...CHECKS.map((check) => countCheck(folder, check)),
  ];
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  console.log();
  for (const note of counts.flatMap((count) => count.notes)) console.log(note);
  process.exitCode = sum("failed") === 0 ? 0 : 1;
  console.log(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
}

main(process.argv[2]);
