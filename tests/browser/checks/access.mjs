// What people who do not see the page get: the accessibility tree, and the rules of axe-core.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { demand, none, visit } from "../checking.mjs";
import { choose, TEAM } from "./tables.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Everything that axe-core has against the page as it is now. */
async function violations(page) {
  await page.send("Runtime.evaluate", { expression: readFileSync(AXE, "utf8") });
  return page.call(async () => {
    // animations end at once, as the page is told that its user wants none
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => `${id} (${help}), ${nodes.length} times: `
      + nodes.slice(0, 2).map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary.replace(/\s+/g, " ").slice(0, 200)}`).join("; "));
  });
}

const CASES = ["light", "dark"].flatMap((scheme) => [360, 1400].flatMap((width) => ["builtIn", "guide", "moved", "kinds"].map((name) => [name, scheme, width])))
  .concat(["none", "one", "noTeams", "hostilePage", "hostileMoved", "columns", "history"].map((name) => [name, "light", 1400]));

const axe = CASES.map(([name, scheme, width]) => ({
  name: `axe-core has nothing against ${name}, ${scheme}, ${width} px`,
  async run({ browser, pages }) {
    await visit(browser, pages.get(name).url, { scheme, width, bypassPolicy: true }, async (page) => {
      none(await violations(page), "violations");
      await page.call((look) => {
        look.all("details").slice(0, 1).forEach((element) => { element.open = true; });
        look.all("details[data-entity] > summary").filter(look.shown).slice(0, 3).forEach((summary) => summary.click());
      });
      await page.settle();
      none(await violations(page), "violations with results opened");
    });
  },
}));

const filtered = {
  name: "axe-core has nothing against a filtered view, an empty one and the page without scripts",
  async run({ browser, pages }) {
    const { url } = pages.get("builtIn");
    await visit(browser, url, { bypassPolicy: true }, async (page) => {
      await choose(page, TEAM, "payments");
      await page.settle();
      none(await violations(page), "violations with a filter");
      await page.click((look) => look.control(look.SEARCH).element);
      await page.type("no such service");
      await page.settle();
      none(await violations(page), "violations without rows");
    });
    await visit(browser, url, { bypassPolicy: true, scripts: false }, async (page) => {
      await page.scripts(true);
      none(await violations(page), "violations without scripts");
    });
  },
};

const tree = {
  name: "every table has a name, its headers are headers, and every header of a row names the row",
  async run({ browser, pages }) {
    for (const [name, width] of [["builtIn", 1400], ["builtIn", 360], ["guide", 1400], ["many", 1400]]) {
      await visit(browser, pages.get(name).url, { width }, async (page) => {
        const nodes = await page.accessibility();
        const tables = nodes.filter(({ role }) => ["table", "grid", "treegrid"].includes(role));
        const expected = await page.call((look) => look.all("table").filter(look.shown).length);
        demand(tables.length >= expected, `${name} at ${width} px: ${tables.length} tables are told of ${expected}`);
        none(tables.filter(({ name }) => name === "").map(({ id }) => id), "tables without a name");
        const names = tables.map(({ name }) => name);
        none(names.filter((one, at) => names.indexOf(one) < at), "tables of the same name");
        const count = (wanted) => nodes.filter(({ role }) => role === wanted).length;
        const visible = (selector) => page.call((look, selector) => look.all(selector).filter(look.shown).length, selector);
        const columns = await visible("thead [data-column]");
        demand(count("columnheader") >= columns, `${name} at ${width} px: ${count("columnheader")} headers of columns are told of ${columns}`);
        const rows = await visible("tr[data-entity]");
        demand(count("rowheader") >= rows, `${name} at ${width} px: ${count("rowheader")} headers of rows are told of ${rows} rows`);
        none(nodes.filter(({ role, name }) => ["columnheader", "rowheader"].includes(role) && name === "").map(({ id }) => id), "headers without a name");
      });
    }
  },
};

const structure = {
  name: "the page has a language, a title, one first heading, a main part and no leap in the headings",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "guide", "none"]) {
      await visit(browser, pages.get(name).url, {}, async (page) => {
        const found = await page.call((look) => ({
          lang: document.documentElement.lang, title: document.title, main: look.all("main").length,
          levels: look.all("h1, h2, h3, h4, h5, h6").filter(look.shown).map((heading) => Number(heading.localName[1])),
        }));
        demand(found.lang !== "" && found.title !== "" && found.main === 1, `${name}: ${JSON.stringify(found)}`);
        demand(found.levels.filter((level) => level === 1).length === 1 && found.levels[0] === 1, `${name}: headings ${found.levels}`);
        none(found.levels.filter((level, at) => at > 0 && level > found.levels[at - 1] + 1), `${name}: leaps in the headings ${found.levels}`);
      });
    }
  },
};

const charts = {
  name: "each chart is told as an image with a name, or hidden beside its text",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "guide", "kinds", "history"]) {
      await visit(browser, pages.get(name).url, {}, async (page) => {
        none(await page.call((look) => look.all("svg").filter(look.shown).filter((svg) => {
          if (svg.closest("[aria-hidden=true]")) return false;
          const label = svg.getAttribute("aria-label") ?? svg.getAttribute("aria-labelledby") ?? svg.querySelector("title")?.textContent;
          return !label || !["img", "graphics-document", "group"].includes(svg.getAttribute("role"));
        }).map(look.describe)), `charts of ${name} without a name`);
      });
    }
  },
};

const letters = {
  name: "levels are told by more than their colour",
  async run({ browser, pages }) {
    await visit(browser, pages.get("kinds").url, {}, async (page) => {
      none(await page.call((look) => look.all("tr[data-entity] [data-level]").filter(look.shown)
        .filter((cell) => !look.read(cell).includes(cell.dataset.level)).map(look.describe)), "cells whose level is in no text");
    });
  },
};

export default [...axe, filtered, tree, structure, charts, letters];
