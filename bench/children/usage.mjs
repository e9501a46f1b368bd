/** Loaded before a program: tells on its standard error, as it ends, what it took. The program may have measured a part itself. */
import { writeSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = globalThis.measured ?? process.cpuUsage();
  writeSync(
    2,
    JSON.stringify({
      milliseconds: (user + system) / 1000,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      heapBytes: globalThis.heapBytes ?? null,
    }),
  );
});
