// Sums the reports of all test projects; prints each failure, and last the one line a build server reads.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names of the tests that passed in a second run. */
function passedAgain(report) {
  const tests = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).results.tests : [];
  return new Set(tests.filter((test) => test.status === "passed").map((test) => test.name));
}

const folder = process.argv[2];
const sum = { passed: 0, failed: 0, skipped: 0 };

for (const file of readdirSync(folder).filter((name) => name.endsWith(".status")).sort()) {
  const project = file.replace(".status", "");
  const status = Number(readFileSync(join(folder, file), "utf8"));
  const report = join(folder, `${project}.json`);
  if (!existsSync(report)) {
    // No report means that the run was cut off: by a crash, or by the time limit (124, 137).
    console.log(`${project}: no report, exit code ${status}`);
    console.log(readFileSync(join(folder, `${project}.log`), "utf8").split("\n").slice(-60).join("\n"));
    sum.failed += 1;
    continue;
  }

  const { summary, tests } = JSON.parse(readFileSync(report, "utf8")).results;
  const failed = tests.filter((test) => test.status === "failed");
  const again = passedAgain(join(folder, `${project}-again.json`));
  const mended = failed.filter((test) => again.has(test.name)).length;
  for (const test of failed) {
    console.log(`${again.has(test.name) ? "FAILED, THEN PASSED WHEN RUN AGAIN" : "FAILED"} ${test.name}\n${test.message ?? ""}\n${test.trace ?? ""}\n`);
  }

  const skipped = summary.skipped + summary.pending;
  // A failed class or assembly fixture breaks the run without failing a test.
  const broken = status !== 0 && failed.length === 0 ? 1 : 0;
  if (broken) {
    console.log(readFileSync(join(folder, `${project}.log`), "utf8").split("\n").slice(-60).join("\n"));
  }

  sum.passed += summary.passed + mended;
  sum.failed += summary.failed - mended + broken;
  sum.skipped += skipped;
  const seconds = ((summary.stop - summary.start) / 1000).toFixed(0);
  console.log(`${project}: ${summary.passed + mended} passed${mended > 0 ? ` (${mended} at the second try)` : ""}, ${summary.failed - mended + broken} failed, ${skipped} skipped, ${seconds} s`);
}

if (sum.passed + sum.failed === 0) {
  console.log("No test ran.");
  sum.failed = 1;
}

console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ""}`);
process.exit(sum.failed === 0 ? 0 : 1);
