// Search, filters and sorting of the tables, compared with what `-f json` says.

import { demand, none, same, visit } from "../checking.mjs";
import { named } from "../pages.mjs";

const levelsOf = (entity) => Object.values(entity.scorecards).filter(Boolean);
const isAt = (level) => (entity) => levelsOf(entity).some((one) => one.level === level);
const isIn = (team) => (entity) => entity.team.includes(team);

/** The entities with a displayed row in the part of the page that a control rules. */
const displayed = (page, selector) => page.call((look, selector) => look.entities(look.control(selector).scope), selector);

/** Waits until these entities are displayed, and fails with the difference if they are not in time. */
export async function expectRows(page, selector, expected, what) {
  await page.until((look, selector, expected) =>
    JSON.stringify(look.entities(look.control(selector).scope)) === JSON.stringify(expected), selector, expected);
  same(await displayed(page, selector), expected, what);
}

/** The blueprint of the tables that a control rules; a control of the page rules those of all. */
const ruled = (page, selector) => page.call((look, selector) => {
  const { element, scope } = look.control(selector);
  if (!element) throw new Error(`no control ${selector} is shown`);
  return look.distinct(look.rows(scope).map((row) => row.dataset.blueprint));
}, selector);

export async function expectedRows(page, selector, result, condition) {
  const blueprints = await ruled(page, selector);
  return named(result, (entity) => blueprints.includes(entity.blueprint) && condition(entity));
}

export const SEARCH = "input[type=search]";
export const LEVEL = "select[data-filter=level]";
export const TEAM = "select[data-filter=team]";

export const choose = (page, selector, name) => page.call((look, ...values) => look.choose(...values), selector, name);

export async function search(page, text) {
  await page.click((look, selector) => look.control(selector).element, SEARCH);
  await page.call((look, selector) => look.control(selector).element.select(), SEARCH);
  if (text === "") await page.key("Backspace");
  else await page.type(text);
}

/** Takes all filters away with the control for it. */
export async function clear(page) {
  demand(await page.until((look) => Boolean(look.clear())), "no control to clear the filters is shown while one is set");
  await page.click((look) => look.clear());
}

const all = {
  name: "all rows are displayed at first, each entity in each of its groups once",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "guide", "many", "columns", "kinds"]) {
      const { url, result } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        same(await page.call((look) => look.entities()), named(result), `entities displayed on ${name}`);
        const tables = await page.call((look) => look.all("table[data-total]").map((table) => ({
          total: table.dataset.total, shown: table.dataset.shown, rows: look.distinct(look.rows(table).map(look.key)).length,
        })));
        demand(tables.length > 0, `${name} has no table`);
        for (const table of tables) same([table.total, table.shown], [`${table.rows}`, `${table.rows}`], `counts of a table on ${name}`);
      });
    }
  },
};

const searching = {
  name: "search leaves the rows that contain the text, in any case, and no others",
  async run({ browser, pages }) {
    const { url, result } = pages.get("builtIn");
    await visit(browser, url, {}, async (page) => {
      for (const [text, expected] of [
        ["seat-map", ["service/seat-map"]], ["SEAT MAP", ["service/seat-map"]], ["時刻表", ["service/timetable-sync"]],
        ["no such service", []], ["<b>", []], [".*", []], ["[", []],
      ]) {
        await search(page, text);
        await expectRows(page, SEARCH, expected, `rows that match \`${text}\``);
      }
      await search(page, "");
      await expectRows(page, SEARCH, await expectedRows(page, SEARCH, result, () => true), "rows after the text is taken away");
    });
  },
};

const accents = {
  name: "search finds a letter with its accent, whether the title holds them as one character or as two",
  async run({ browser, pages }) {
    await visit(browser, pages.get("builtIn").url, {}, async (page) => {
      for (const text of ["caf\u00e9", "cafe\u0301", "CAF\u00c9"]) {
        await search(page, text);
        await expectRows(page, SEARCH, ["service/cafe-kiosk"], `rows that match ${JSON.stringify(text)}`);
      }
    });
  },
};

const levels = {
  name: "the filter by level leaves the entities with some scorecard at that level",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "many", "guide"]) {
      const { url, result } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        for (const level of ["Gold", "Silver", "Bronze", "Gold"]) {
          await choose(page, LEVEL, level);
          await expectRows(page, LEVEL, await expectedRows(page, LEVEL, result, isAt(level)), `rows at ${level} on ${name}`);
        }
        await choose(page, LEVEL, "");
        await expectRows(page, LEVEL, await expectedRows(page, LEVEL, result, () => true), `rows at any level on ${name}`);
      });
    }
  },
};

const base = {
  name: "the filter by the base level leaves the entities at it, those without data included",
  async run({ browser, pages }) {
    const { url, result } = pages.get("builtIn");
    await visit(browser, url, {}, async (page) => {
      await choose(page, LEVEL, "Basic");
      await expectRows(page, LEVEL, await expectedRows(page, LEVEL, result, isAt("Basic")), "rows at Basic");
    });
  },
};

const teams = {
  name: "the filter by team leaves the entities of that team",
  async run({ browser, pages }) {
    for (const [name, chosen] of [["builtIn", ["booking", "payments", "harbour"]], ["many", ["search", "billing"]]]) {
      const { url, result } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        for (const team of chosen) {
          await choose(page, TEAM, team);
          const services = named(result, isIn(team));
          await page.until((look, selector, services) => JSON.stringify(look.entities(look.control(selector).scope)
            .filter((key) => key.startsWith("service/"))) === JSON.stringify(services), TEAM, services);
          const rows = await displayed(page, TEAM);
          same(rows.filter((key) => key.startsWith("service/")), services, `services of ${team} on ${name}`);
          // the specification does not say whether the entity that is the team itself is one of the team
          const others = rows.filter((key) => !key.startsWith("service/") && key !== `_team/${team}`);
          none(others, `rows of other teams than ${team} on ${name}`);
        }
      });
    }
  },
};

const together = {
  name: "filters and search hold together, and one control clears them all",
  async run({ browser, pages }) {
    const { url, result } = pages.get("many");
    await visit(browser, url, {}, async (page) => {
      await choose(page, LEVEL, "Gold");
      await choose(page, TEAM, "mobile");
      const both = (entity) => isAt("Gold")(entity) && isIn("mobile")(entity);
      await expectRows(page, LEVEL, await expectedRows(page, LEVEL, result, both), "rows at Gold of mobile");
      const one = result.entities.find(both);
      await search(page, one.identifier);
      await expectRows(page, LEVEL, named(result, (entity) => entity === one), "rows at Gold of mobile with one identifier");
      const initial = await page.call((look) => look.controls());
      await clear(page);
      await expectRows(page, LEVEL, await expectedRows(page, LEVEL, result, () => true), "rows after the filters are cleared");
      const values = await page.call((look) => look.controls());
      demand(values.every((value) => ![one.identifier, "mobile", "Gold"].includes(value)),
        `the controls still tell a filter: ${values} (they told ${initial})`);
    });
  },
};

const nothing = {
  name: "filters that match nothing say so and what to do",
  async run({ browser, pages }) {
    await visit(browser, pages.get("builtIn").url, {}, async (page) => {
      const said = "(look) => /(\\bno (entity|entities|rows?|services?|results?)\\b.{0,30} match|none of .{0,30} match|nothing matches)/i.test(look.read())";
      demand(!await page.call(said), "the page says that nothing matches before there is a filter");
      await search(page, "no such service");
      await expectRows(page, SEARCH, [], "rows");
      demand(await page.until(said), "no text says that nothing matches");
      await clear(page);
      await expectRows(page, SEARCH, named(pages.get("builtIn").result), "rows after the filters are cleared");
    });
  },
};

const status = {
  name: "a screen reader is told how many rows a filter leaves",
  async run({ browser, pages }) {
    const { url, result } = pages.get("many");
    await visit(browser, url, {}, async (page) => {
      const read = () => page.call((look) => look.all("[role=status], [aria-live=polite], output").map(look.text).join(" | "));
      const before = await read();
      await choose(page, TEAM, "mobile");
      const count = named(result, isIn("mobile")).length;
      await page.until((look, before) => look.all("[role=status], [aria-live=polite], output").map(look.text).join(" | ") !== before, before);
      const after = await read();
      demand(after !== before && new RegExp(`\\b${count}\\b`).test(after), `\`${after}\` does not tell ${count} (before: \`${before}\`)`);
    });
  },
};

export default [all, searching, accents, levels, base, teams, together, nothing, status];
