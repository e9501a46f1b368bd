// Marks the files named on the command line executable: npx runs a package's own bin as it stands.
const { chmodSync } = require("node:fs");
for (const file of process.argv.slice(2)) chmodSync(file, 0o755);
