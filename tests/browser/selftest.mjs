// Tests the checks: `node tests/browser/selftest.mjs PROGRAM [WORD…]`
//
// Every check passes on a page that is written by hand, and fails on a page that is broken in the way that the check
// looks for. Words choose checks by their names.

import { runAll } from "./checking.mjs";
import { CHECKS } from "./checks/all.mjs";
import { Browser } from "./driver.mjs";
import { writeHandmade } from "./handmade.mjs";
import { Pages } from "./pages.mjs";
import { FAULTS } from "./faults.mjs";

const [program, ...words] = process.argv.slice(2);
if (!program) {
  console.error("usage: node selftest.mjs PROGRAM [WORD…]");
  process.exit(2);
}
const isChosen = (name) => words.length === 0 || words.some((word) => name.includes(word));
const browser = await Browser.start();

async function runOn(checks, change, print) {
  // the page by hand follows the result alone, so the baseline and the page of the guide are not given
  const pages = new Pages(program, writeHandmade(change), { resultOnly: true });
  try {
    return await runAll(checks, { browser, pages }, print);
  } finally {
    pages.close();
  }
}

let wrong = 0;
try {
  wrong += (await runOn(CHECKS.filter(({ name }) => isChosen(name)), undefined, console.log)).length;
  for (const { what, change, fails } of FAULTS) {
    const checks = CHECKS.filter(({ name }) => fails.some((part) => name.includes(part)) && isChosen(name));
    const failed = await runOn(checks, change, () => {});
    for (const { name } of checks.filter(({ name }) => !failed.includes(name))) {
      wrong += 1;
      console.log(`FAILED ${name}: it passes although ${what}`);
    }
  }
  const proven = ({ name }) => FAULTS.some(({ fails }) => fails.some((part) => name.includes(part)));
  for (const { name } of CHECKS.filter((check) => !proven(check))) {
    wrong += 1;
    console.log(`FAILED ${name}: no fault proves that it can fail`);
  }
} finally {
  await browser.close();
}
console.log(wrong === 0 ? "the checks tell good pages from bad ones" : `${wrong} checks do not`);
process.exit(wrong === 0 ? 0 : 1);
