// Sorting by the buttons in the headers.

import { demand, same, visit } from "../checking.mjs";

/** The tables with their headers, and per group the keys and the texts of a column in the order of display. */
const readTable = (page, index) => page.call((look, index) => {
  const table = look.all("table[data-total]")[index];
  if (!table) return null;
  const headers = look.all("thead [data-column]", table);
  return {
    columns: headers.map((header) => ({
      column: header.dataset.column, sort: header.getAttribute("aria-sort"), button: Boolean(header.querySelector("button")),
    })),
    groups: [...table.tBodies].map((body) => look.rows(body).filter(look.shown).map((row) => ({
      entity: row.dataset.entity,
      cells: Object.fromEntries(look.all("[data-column]", row).map((cell) => [cell.dataset.column, look.text(cell)])),
    }))).filter((rows) => rows.length > 0),
  };
}, index);

async function press(page, index, column) {
  await page.click((look, index, column) => look.all("thead [data-column]", look.all("table[data-total]")[index])
    .find((header) => header.dataset.column === column).querySelector("button"), index, column);
}

/** Demands that values ascend or descend, with those that are missing together at one end. */
function inOrder(values, compare, direction, what) {
  const missing = values.map((value, at) => (value === null ? at : -1)).filter((at) => at >= 0);
  const together = missing.every((at, place) => place === 0 || at === missing[place - 1] + 1);
  demand(together && (missing.length === 0 || missing[0] === 0 || missing.at(-1) === values.length - 1),
    `${what}: missing values are in the midst: ${JSON.stringify(values)}`);
  const present = values.filter((value) => value !== null);
  for (let at = 1; at < present.length; at += 1) {
    const order = compare(present[at - 1], present[at]) * (direction === "descending" ? -1 : 1);
    demand(order <= 0, `${what}, ${direction}: ${JSON.stringify(present[at - 1])} stands before ${JSON.stringify(present[at])}`);
  }
}

const byNumber = (one, other) => one - other;
// either is an order of a locale; the inputs hold no digits that would tell them apart
const byText = (one, other) => one.localeCompare(other, "en");

/** Presses the button of a column twice and checks the state and the order each time. */
async function checkColumn(page, index, column, valueOf, compare) {
  const seen = new Set();
  for (let press_ = 0; press_ < 2; press_ += 1) {
    await press(page, index, column);
    await page.settle();
    const { columns, groups } = await readTable(page, index);
    const state = columns.find((one) => one.column === column).sort;
    demand(["ascending", "descending"].includes(state), `aria-sort of ${column} is ${state} after its button is pressed`);
    const others = columns.filter((one) => one.column !== column && one.sort && one.sort !== "none");
    same(others, [], `other columns with a state while ${column} is sorted`);
    seen.add(state);
    for (const rows of groups) inOrder(rows.map(valueOf), compare, state, `order by ${column}`);
  }
  same([...seen].sort(), ["ascending", "descending"], `states of ${column} after two presses`);
}

const ranks = {
  name: "a scorecard column sorts by rank, and aria-sort tells the direction",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "kinds", "many", "guide"]) {
      const { url, result } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        let sorted = 0;
        for (let index = 0; ; index += 1) {
          const table = await readTable(page, index);
          if (!table) break;
          const columns = table.columns.map(({ column }) => column).filter((column) => column.startsWith("scorecard#"));
          for (const column of columns) {
            const id = column.slice("scorecard#".length);
            const rank = ({ entity }) => result.entities
              .find((one) => one.identifier === entity && id in one.scorecards).scorecards[id]?.rank ?? null;
            await checkColumn(page, index, column, rank, byNumber);
            sorted += 1;
          }
        }
        const count = result.summary.scorecards.filter(({ graded, notApplicable }) => graded + notApplicable > 0).length;
        demand(sorted >= count, `${name}: ${sorted} of ${count} scorecard columns can be sorted`);
      });
    }
  },
};

const values = {
  name: "numbers sort by value and texts as people of the locale expect, within each group",
  async run({ browser, pages }) {
    const { url } = pages.get("columns");
    const { SCENARIOS } = await import("../inputs.mjs");
    const entities = new Map(SCENARIOS.columns.entities.map((entity) => [entity.identifier, entity]));
    await visit(browser, url, {}, async (page) => {
      const { groups } = await readTable(page, 0);
      demand(groups.length === 3, `${groups.length} groups of rows instead of 3`);
      const of = (read) => ({ entity }) => read(entities.get(entity)) ?? null;
      await checkColumn(page, 0, "size", of((entity) => entity.properties.size), byNumber);
      await checkColumn(page, 0, "word", of((entity) => entity.properties.word), byText);
      await checkColumn(page, 0, "$title", of((entity) => entity.title), byText);
    });
  },
};

const headers = {
  name: "every column of every table has a header with a button to sort",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "guide"]) {
      await visit(browser, pages.get(name).url, {}, async (page) => {
        for (let index = 0; ; index += 1) {
          const table = await readTable(page, index);
          if (!table) {
            demand(index > 0, `${name} has no table`);
            break;
          }
          same(table.columns.filter(({ button }) => !button).map(({ column }) => column), [], `columns without a button on ${name}`);
          const cells = Object.keys(table.groups[0][0].cells);
          same(cells, table.columns.map(({ column }) => column), `columns of the cells on ${name}`);
        }
      });
    }
  },
};

export default [ranks, values, headers];
