// Without scripts, in the dark, in print.

import { demand, none, same, visit } from "../checking.mjs";
import { named } from "../pages.mjs";

const without = {
  name: "without scripts all rows, counts and explanations are there, and no control that does nothing",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "guide", "kinds", "one"]) {
      const { url, result } = pages.get(name);
      await visit(browser, url, { scripts: false }, async (page) => {
        same(await page.call((look) => look.entities()), named(result), `entities displayed on ${name}`);
        const dead = await page.call((look) => look.all("button, input, select, [role=button], [tabindex]:not([tabindex='-1'])")
          // a part that scrolls takes the focus so that the keyboard can scroll it
          .filter((element) => look.shown(element) && !["auto", "scroll"].includes(getComputedStyle(element).overflowX))
          .map(look.describe));
        none(dead, `controls on ${name} that do nothing`);
        const lost = await page.call((look) => look.all("a[href^='#']").filter(look.shown)
          .filter((link) => !document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)))).map(look.describe));
        none(lost, `links on ${name} that lead nowhere`);
        const counts = await page.call((look) => look.all("[data-segment]").map(({ dataset }) => Number(dataset.count)).reduce((one, other) => one + other, 0));
        demand(counts > 0, `${name} tells no count`);
        same(await page.call((look) => look.all("[aria-sort]:not([aria-sort=none]) button").filter(look.shown).length), 0, "buttons to sort");
        await checkOpening(page, result, name);
        none(page.messages, `messages on ${name}`);
      });
    }
  },
};

/** Opens results with the mouse and demands that every rule of each is there to read. */
async function checkOpening(page, result, name) {
  const count = await page.call((look) => look.all("details[data-entity][data-scorecard]").length);
  const graded = result.entities.reduce((sum, { scorecards }) => sum + Object.values(scorecards).filter(Boolean).length, 0);
  demand(count >= graded, `${name}: ${count} results of ${graded} can be opened`);
  for (const at of new Set([0, Math.floor(count / 2), count - 1])) {
    await page.click((look, at) => look.all("details[data-entity][data-scorecard]")[at].querySelector("summary"), at);
    const found = await page.call((look, at) => {
      const details = look.all("details[data-entity][data-scorecard]")[at];
      const rules = look.all("[data-rule]", details);
      return { ...details.dataset, open: details.open, shown: rules.filter(look.shown).map(({ dataset }) => dataset.rule), text: look.read(details) };
    }, at);
    const { rules } = result.entities.find(({ identifier, scorecards }) => identifier === found.entity && found.scorecard in scorecards)
      .scorecards[found.scorecard];
    demand(found.open, `a click does not open the result ${found.entity}, ${found.scorecard}`);
    same(found.shown.sort(), rules.map(({ identifier }) => identifier).sort(), `rules of ${found.entity}, ${found.scorecard}`);
  }
}

const schemes = ["light", "dark"].map((scheme) => ({
  name: `the page is ${scheme} for those who prefer it so, and its forms too`,
  async run({ browser, pages }) {
    for (const name of ["builtIn", "guide", "hostilePage"]) {
      await visit(browser, pages.get(name).url, { scheme }, async (page) => {
        const found = await page.call((look) => ({
          paper: look.luminance(look.background(document.body)), ink: look.luminance(getComputedStyle(document.body).color),
          forms: getComputedStyle(document.documentElement).colorScheme,
        }));
        const isDark = scheme === "dark";
        demand(isDark ? found.paper < 0.1 && found.ink > 0.5 : found.paper > 0.8 && found.ink < 0.2, `${name}: ${JSON.stringify(found)}`);
        demand(found.forms.includes(scheme), `${name}: color-scheme is \`${found.forms}\`, so scroll bars and fields are not ${scheme}`);
      });
    }
  },
}));

const print = {
  name: "in print all rows and explanations are there, on light paper, without controls",
  async run({ browser, pages }) {
    for (const scheme of ["light", "dark"]) {
      const { url, result } = pages.get("builtIn");
      await visit(browser, url, { scheme }, async (page) => {
        await page.media({ scheme, media: "print" });
        await page.call(() => window.dispatchEvent(new Event("beforeprint")));
        await page.settle();
        same(await page.call((look) => look.entities()), named(result), "entities in print");
        const rules = await page.call((look) => ({
          hidden: look.all("details[data-entity] [data-rule]").filter((rule) => !look.shown(rule)).map(look.describe),
          all: look.all("details[data-entity] [data-rule]").length,
        }));
        demand(rules.all > 0, "there are no rules");
        none(rules.hidden, `rules that are not printed, of ${rules.all}`);
        const dark = await page.call((look) => [document.documentElement, document.body, ...look.all("main, section, table, tr, td, th, [data-widget]")]
          .filter((element) => element === document.documentElement || look.shown(element))
          .filter((element) => look.luminance(look.background(element)) < 0.5).map(look.describe));
        none(dark, `parts with a dark background in print (${scheme})`);
        const ink = await page.call((look) => look.luminance(getComputedStyle(document.body).color));
        demand(ink < 0.2, `text in print has luminance ${ink} (${scheme})`);
        none(await page.call((look) => look.all("input, select").filter(look.shown).map(look.describe)), "controls in print");
      });
    }
  },
};

const paper = {
  name: "no table is wider than the paper",
  async run({ browser, pages }) {
    // A4 with margins of 1 cm at 96 dots an inch
    await visit(browser, pages.get("builtIn").url, { width: 718 }, async (page) => {
      await page.media({ media: "print" });
      await page.call(() => window.dispatchEvent(new Event("beforeprint")));
      await page.settle();
      none(await page.call((look) => look.all("table, [data-widget]").filter((element) => look.shown(element)
        && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(look.describe)), "parts that are cut off");
    });
  },
};

export default [without, ...schemes, print, paper];
