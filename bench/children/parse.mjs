/** Reads a file, parses it and does nothing else: measures that alone, and how much of the heap what was parsed takes. */
import { readFileSync } from "node:fs";

const start = process.cpuUsage();
globalThis.parsed = JSON.parse(readFileSync(process.argv[2], "utf8"));
globalThis.measured = process.cpuUsage(start);
if (globalThis.gc) {
  const all = heapInUse();
  globalThis.parsed = undefined;
  globalThis.heapBytes = all - heapInUse();
}

function heapInUse() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
