// Everything works without a mouse.

import { demand, none, same, visit } from "../checking.mjs";
import { TEAM, choose } from "./tables.mjs";

/** Marks every control that a user sees, so that visits of the focus can be counted. */
const mark = (page) => page.call((look) => {
  const selector = "a[href], button:enabled, input:enabled, select:enabled, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const controls = look.all(selector).filter((element) => look.shown(element) && !(element.tabIndex < 0));
  controls.forEach((element, at) => { element.checkNumber = at; });
  return controls.map(look.describe);
});

/** What has the focus: its number, and whether a user sees that it has. */
const focused = (page) => page.call((look) => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const looks = () => {
    const marks = [element, ...look.all("*", element), element.parentElement, element.closest("label")].filter(Boolean).map((one) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, color, stroke, strokeWidth,
        textDecorationLine } = getComputedStyle(one);
      const outline = outlineStyle === "none" || outlineWidth === "0px" ? "none" : [outlineStyle, outlineWidth, outlineColor];
      return [outline, boxShadow, borderColor, backgroundColor, color, stroke, strokeWidth, textDecorationLine];
    });
    return JSON.stringify(marks);
  };
  const withFocus = looks();
  const box = element.getBoundingClientRect();
  const inView = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  // a part of it may lie below what stays in place, but not all
  const covered = () => [0.1, 0.5, 0.9].every((share) => {
    const [x, y] = [box.left + share * box.width, box.top + Math.min(box.height, 20) / 2];
    const above = document.elementFromPoint(x, y);
    const stays = above && [above, ...look.all("header, nav, thead, form, div, th").filter((one) => one.contains(above))]
      .some((one) => ["sticky", "fixed"].includes(getComputedStyle(one).position));
    return Boolean(stays && !element.contains(above) && !above.contains(element));
  });
  const hidden = !inView || covered();
  element.blur();
  const without = looks();
  element.focus({ focusVisible: true, preventScroll: true });
  return { number: element.checkNumber ?? -1, what: look.describe(element), visible: withFocus !== without, hidden };
});

/** Presses Tab until the focus has gone round. Returns what had it, in order. */
async function goRound(page, most) {
  const found = [];
  for (let press = 0; press < most; press += 1) {
    await page.key("Tab");
    const one = await focused(page);
    // after the last control the browser itself has the focus
    if (!one || (found.length > 0 && one.number === found[0].number && one.number >= 0)) break;
    found.push(one);
  }
  return found;
}

const reachable = {
  name: "Tab reaches every control, in the order of the page, and the focus is seen",
  async run({ browser, pages }) {
    for (const [name, scheme, width] of [["builtIn", "light", 1400], ["guide", "dark", 1400], ["one", "light", 360]]) {
      await visit(browser, pages.get(name).url, { scheme, width }, async (page) => {
        const controls = await mark(page);
        const found = await goRound(page, controls.length + 20);
        const reached = new Set(found.map(({ number }) => number));
        none(controls.filter((_, at) => !reached.has(at)), `controls of ${name} that Tab does not reach`);
        none(found.filter(({ visible }) => !visible).map(({ what }) => what), `controls of ${name} (${scheme}) whose focus is not seen`);
        none(found.filter(({ hidden }) => hidden).map(({ what }) => what), `controls of ${name} out of sight while they have the focus`);
        const numbers = found.map(({ number }) => number).filter((number) => number >= 0);
        same(numbers, [...numbers].sort((one, other) => one - other), `order of the focus on ${name}`);
      });
    }
  },
};

const covered = {
  name: "at 360 px what stays in place covers no level that has the focus",
  async run({ browser, pages }) {
    await visit(browser, pages.get("builtIn").url, { width: 360 }, async (page) => {
      await page.call((look) => look.all("details[data-entity] > summary").find(look.shown).focus());
      for (let step = 0; step < 12; step += 1) {
        await page.settle();
        const found = await page.call((look) => {
          const summary = document.activeElement;
          const range = document.createRange();
          range.selectNodeContents(summary);
          const box = [...range.getClientRects()].find(({ width }) => width > 0);
          const points = [0.1, 0.5, 0.9].map((share) => document.elementFromPoint(box.left + share * box.width, box.top + box.height / 2));
          return { what: look.describe(summary), above: points.filter((above) => above && !summary.contains(above)).map(look.describe) };
        });
        none(found.above, `parts over ${found.what} of step ${step}`);
        await page.key("Tab", { shift: step >= 6 });
      }
    });
  },
};

const sorts = {
  name: "Enter and Space sort, and the focus stays on the button",
  async run({ browser, pages }) {
    await visit(browser, pages.get("builtIn").url, {}, async (page) => {
      await page.call((look) => look.all("thead [data-column='scorecard#dora_cfr'] button")[0].focus());
      const seen = [];
      for (const key of ["Enter", "Space"]) {
        await page.key(key);
        await page.settle();
        seen.push(await page.call(() => document.activeElement.closest("[data-column]")?.getAttribute("aria-sort")));
      }
      same([...seen].sort(), ["ascending", "descending"], "states after Enter and Space");
    });
  },
};

const opens = {
  name: "Enter and Space open a result to its rules, and Escape closes it",
  async run({ browser, pages }) {
    await visit(browser, pages.get("builtIn").url, {}, async (page) => {
      const state = () => page.call((look) => {
        const details = document.activeElement.closest("details");
        const rules = details ? look.all("[data-rule]", details) : [];
        return { open: details?.open, rules: rules.length, shown: rules.filter(look.shown).length, what: look.describe(document.activeElement) };
      });
      for (const key of ["Enter", "Space"]) {
        await page.call((look) => look.all("details[data-entity][data-scorecard] > summary").find(look.shown).focus());
        await page.key(key);
        await page.settle();
        const opened = await state();
        demand(opened.open && opened.rules > 0 && opened.shown === opened.rules, `after ${key}: ${JSON.stringify(opened)}`);
        await page.key("Escape");
        await page.settle();
        const left = await page.call((look) => look.all("details[data-entity][open]").length);
        demand(left === 0, `Escape leaves ${left} results open`);
        const { what } = await state();
        demand(what.startsWith("<summary"), `after Escape the focus is on ${what}`);
      }
      // also when the focus is inside, and when the result was opened with the mouse
      await page.click((look) => look.all("details[data-entity][data-scorecard] > summary").filter(look.shown)[1]);
      demand(await page.call((look) => look.all("details[data-entity][open]").length) === 1, "a click opens no result");
      await page.key("Escape");
      await page.settle();
      demand(await page.call((look) => look.all("details[data-entity][open]").length) === 0, "Escape does not close what a click opened");
    });
  },
};

const filters = {
  name: "the filters work with the keys of a select, and Escape in the search empties it",
  async run({ browser, pages }) {
    await visit(browser, pages.get("many").url, {}, async (page) => {
      const all = await page.call((look) => look.entities().length);
      await page.call((look, selector) => look.control(selector).element.focus(), TEAM);
      await page.type("m");
      await page.key("ArrowDown");
      const fewer = await page.until((look, all) => look.entities().length < all, all);
      demand(fewer, "arrow keys in the select filter nothing");
      await choose(page, TEAM, "");
      await page.until((look, all) => look.entities().length === all, all);
      await page.call((look) => look.control(look.SEARCH).element.focus());
      await page.type("service-0001");
      demand(await page.until((look) => look.entities().length === 1), "typing into the search filters nothing");
      await page.key("Escape");
      demand(await page.until((look, all) => look.entities().length === all, all), "Escape in the search does not bring the rows back");
    });
  },
};

export default [reachable, covered, sorts, opens, filters];
