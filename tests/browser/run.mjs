// Checks the HTML page in Chromium: `node tests/browser/run.mjs PROGRAM [WORD…]`
//
// Makes pages with the program, prints one line a check and ends with 1 if one fails. With words, only checks whose
// name contains one of them run.

import { runAll } from "./checking.mjs";
import { Browser } from "./driver.mjs";
import { Pages } from "./pages.mjs";
import { CHECKS } from "./checks/all.mjs";

const [program, ...words] = process.argv.slice(2);
if (!program) {
  console.error("usage: node run.mjs PROGRAM [WORD…]");
  process.exit(2);
}
const chosen = CHECKS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (chosen.length === 0) {
  console.error("no check has such a name");
  process.exit(2);
}
const browser = await Browser.start();
const pages = new Pages(program);
let failed = [];
try {
  failed = await runAll(chosen, { browser, pages });
} finally {
  pages.close();
  await browser.close();
}
console.log(`${chosen.length - failed.length} of ${chosen.length} checks of the page passed`);
process.exit(failed.length === 0 ? 0 : 1);
