// Prints, as arguments of the test runner, which methods of a report failed; nothing where so many did that the machine is not to blame.
import { existsSync, readFileSync } from "node:fs";

const most = 10;
const report = process.argv[2];
if (existsSync(report)) {
  const { tests } = JSON.parse(readFileSync(report, "utf8")).results;
  const failed = tests.filter((test) => test.status === "failed").map((test) => test.name.replace(/\(.*$/s, ""));
  const methods = [...new Set(failed)];
  if (methods.length <= most) {
    process.stdout.write(methods.map((method) => `-method\n${method}\n`).join(""));
  }
}
