// Measures the page of 2,000 services: `node tests/browser/speed.mjs PROGRAM [RUNS]`
//
// The size of the file, the first paint, and the time from an event to the frame that shows its effect. Prints the
// best, the median and the worst of the runs, and ends with 1 if a median is above its limit.

import { statSync } from "node:fs";
import { Browser } from "./driver.mjs";
import { services } from "./inputs.mjs";
import { Pages, named } from "./pages.mjs";

const [program, runs = "5"] = process.argv.slice(2);
if (!program) {
  console.error("usage: node speed.mjs PROGRAM [RUNS]");
  process.exit(2);
}
const MEGABYTE = 1_000_000;
const LIMITS = { "size, MB": 6, "first paint, ms": 1_000, "filter, ms": 100, "search, ms": 100, "sort, ms": 100, "clear, ms": 100, "open, ms": Infinity };

/** Acts in the page and waits for the second frame: the first is painted before it begins. Looks for the effect after that. */
const measure = (page, act, isDone, ...values) => page.call(`async (look, ...values) => {
  const next = () => new Promise((done) => requestAnimationFrame(done));
  await next(); await next();
  const start = performance.now();
  (${act})(look, ...values);
  await next();
  for (let frame = 0; frame < 300; frame += 1) {
    await next();
    const end = performance.now();
    if ((${isDone})(look, ...values)) return end - start;
  }
  throw new Error("no effect within 300 frames: ${String(act).replace(/[`"\\$]/g, "'").replace(/\s+/g, " ").slice(0, 120)}");
}`, ...values);

/** How many rows are displayed, without a look at each layout. */
const COUNT = "(look) => look.rows().filter((row) => row.checkVisibility()).length";

async function once(browser, { url, result }) {
  const page = await browser.page();
  await page.goto(url);
  const times = { "first paint, ms": await page.call(() => performance.getEntriesByName("first-contentful-paint")[0].startTime) };
  const all = named(result).length;
  const count = (condition) => named(result, condition).length;
  const is = (expected) => `(look) => (${COUNT})(look) === ${expected}`;
  const choose = "(look, selector, name) => look.choose(selector, name)";
  const gold = count(({ scorecards }) => Object.values(scorecards).some((one) => one?.level === "Gold"));
  times["filter, ms"] = await measure(page, choose, is(gold), "select[data-filter=level]", "Gold");
  times["clear, ms"] = await measure(page, choose, is(all), "select[data-filter=level]", "");
  const type = "(look, text) => { const { element } = look.control(look.SEARCH); element.value = text; element.dispatchEvent(new Event('input', { bubbles: true })); }";
  times["search, ms"] = await measure(page, type, is(count(({ identifier, title }) => identifier.includes("service-19") || title.includes("service-19"))), "service-19");
  await measure(page, type, is(all), "");
  const press = "(look) => look.all(\"thead [data-column='scorecard#dora_cfr'] button\")[0].click()";
  const first = await page.call((look) => look.rows().slice(0, 50).map(look.key).join());
  times["sort, ms"] = await measure(page, press, `(look) => look.rows().slice(0, 50).map(look.key).join() !== ${JSON.stringify(first)}`);
  times["open, ms"] = await measure(page, "(look) => look.all('details[data-entity] > summary').find(look.shown).click()",
    "(look) => look.all('details[data-entity][open]').length === 1");
  await page.close();
  return times;
}

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

const pages = new Pages(program);
const browser = await Browser.start();
let failed = false;
try {
  const made = pages.make("speed", { entities: services(2_000) });
  const all = { "size, MB": [statSync(made.file).size / MEGABYTE] };
  for (let run = 0; run < Number(runs); run += 1) {
    for (const [name, time] of Object.entries(await once(browser, made))) (all[name] ??= []).push(time);
  }
  for (const [name, values] of Object.entries(all)) {
    const isSlow = median(values) > LIMITS[name];
    failed ||= isSlow;
    console.log(`${isSlow ? "FAILED" : "ok    "} ${name}: best ${Math.min(...values).toFixed(1)}, median ${median(values).toFixed(1)}, worst ${Math.max(...values).toFixed(1)}, limit ${LIMITS[name]}`);
  }
} finally {
  pages.close();
  await browser.close();
}
process.exit(failed ? 1 : 0);
