// A click on a slice, a legend or a team filters the tables.

import { demand, same, visit } from "../checking.mjs";
import { named } from "../pages.mjs";
import { clear } from "./tables.mjs";

/** The segments of the pies of a page. */
const segments = (page) => page.call((look) => look.all("[data-widget][data-type=entities-pie-chart] [data-segment]").map((element, at) => ({
  at, ...element.dataset, shown: look.shown(element) || look.all("*", element).some(look.shown),
})));

const isCounted = ({ scorecard, level, noData, notApplicable }) => (entity) => {
  if (!(scorecard in entity.scorecards)) return false;
  const result = entity.scorecards[scorecard];
  if (notApplicable !== undefined) return result === null;
  return result !== null && result.level === level && result.noData === (noData !== undefined);
};

const counts = {
  name: "every segment tells its count in text",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "guide", "kinds"]) {
      await visit(browser, pages.get(name).url, {}, async (page) => {
        const silent = await page.call((look) => look.all("[data-widget][data-type=entities-pie-chart]").flatMap((widget) => {
          const text = look.read(widget);
          return look.all("[data-segment]", widget).filter(({ dataset }) => dataset.count !== "0")
            .filter(({ dataset }) => !new RegExp(`\\b${dataset.count}\\b`).test(text) || (dataset.level && !text.includes(dataset.level)))
            .map(({ dataset }) => `${widget.dataset.widget}: ${JSON.stringify(dataset)}`);
        }));
        same(silent, [], `segments of ${name} whose count or level is in no text of the widget`);
        demand((await segments(page)).length > 0, `${name} has no segment`);
      });
    }
  },
};

/** Clicks on a segment and demands that the tables show the entities behind it. */
async function checkSegment(page, result, segment) {
  await page.click((look, at) => {
    const element = look.all("[data-widget][data-type=entities-pie-chart] [data-segment]")[at];
    // what looks like a control, else the slice itself
    return look.all("a[href], button", element).find(look.shown) ?? element;
  }, segment.at);
  const { blueprint } = result.summary.scorecards.find(({ identifier }) => identifier === segment.scorecard);
  const expected = named(result, isCounted(segment));
  const rows = (look, blueprint) => look.entities().filter((key) => key.startsWith(`${blueprint}/`));
  await page.until(`(look, blueprint, expected) => JSON.stringify((${rows})(look, blueprint)) === JSON.stringify(expected)`, blueprint, expected);
  same(await page.call(rows, blueprint), expected, `rows after a click on ${JSON.stringify(segment)}`);
  await clear(page);
  await page.until((look, all) => look.entities().length === all, named(result).length);
}

const slices = {
  name: "a click on a slice leaves the entities behind it in the table",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "kinds", "guide"]) {
      const { url, result } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        const found = (await segments(page)).filter(({ count, scorecard }) => count !== "0" && scorecard);
        const chosen = name === "builtIn" ? found : found.slice(0, 6);
        demand(chosen.length > 0, `${name} has no segment of a scorecard`);
        for (const segment of chosen) await checkSegment(page, result, segment);
      });
    }
  },
};

const team = {
  name: "a click on a team leaves the entities of that team in the table",
  async run({ browser, pages }) {
    const { url, result } = pages.get("many");
    await visit(browser, url, {}, async (page) => {
      for (const team of ["mobile", "identity"]) {
        await page.click((look, team) => {
          const outside = (element) => !element.closest("tr[data-entity], option");
          return look.all("button, a[href]").filter(look.shown).filter(outside)
            .find((element) => look.text(element) === team || element.dataset.team === team);
        }, team);
        const expected = named(result, (entity) => entity.team.includes(team));
        await page.until((look, expected) => JSON.stringify(look.entities()) === JSON.stringify(expected), expected);
        same(await page.call((look) => look.entities()), expected, `rows after a click on the team ${team}`);
        await clear(page);
      }
    });
  },
};

export default [counts, slices, team];
