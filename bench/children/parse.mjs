/** Parses a file and does nothing else: measures that alone, without reading it, and how much of the heap what was parsed takes. */
import { readFileSync } from "node:fs";

const text = readFileSync(process.argv[2], "utf8");
const start = process.cpuUsage();
globalThis.parsed = JSON.parse(text);
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
