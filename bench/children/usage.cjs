/** Loaded before a program: tells on its standard error, as it ends, what it took. The program may have measured a part itself. */
"use strict";
const { writeSync } = require("node:fs");

process.on("exit", () => {
  const { user, system } = globalThis.measured ?? process.cpuUsage();
  writeSync(2, JSON.stringify({ milliseconds: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024, heapBytes: globalThis.heapBytes ?? null }));
});
