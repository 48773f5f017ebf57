// Copies the browser builds of the packages in package-lock.json into lib/, with their licences beside them.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const files = {
  "apexcharts.esm.js": "apexcharts/dist/apexcharts.esm.js",
  "apexcharts.LICENSE": "apexcharts/LICENSE",
  "signalr.min.js": "@microsoft/signalr/dist/browser/signalr.min.js",
  "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
  "inter.LICENSE": "@fontsource-variable/inter/LICENSE",
};

rmSync(join(root, "lib"), { recursive: true, force: true });
mkdirSync(join(root, "lib"));
for (const [name, source] of Object.entries(files)) {
  copyFileSync(join(root, "node_modules", source), join(root, "lib", name));
}
