// The page stands alone and fits every width.

import { demand, none, visit } from "../checking.mjs";
import { SCENARIOS } from "../inputs.mjs";

const WIDTHS = [360, 768, 1400, 2560];

/** What a page asked for beside itself. A fragment is never sent, so it is no part of the address. */
export const foreign = (page, url) => page.requests.filter((asked) => asked.split("#")[0] !== url.split("#")[0]);

/** Does what a user does first, so that scripts run that wait for it. */
async function useEverything(page) {
  await page.call((look) => {
    look.all("details").forEach((element) => { element.open = true; });
    look.all("button").filter(look.shown).slice(0, 60).forEach((element) => element.click());
    look.all("[data-segment]").slice(0, 20).forEach((element) => element.dispatchEvent(new MouseEvent("click", { bubbles: true })));
    window.dispatchEvent(new Event("beforeprint"));
    window.dispatchEvent(new Event("afterprint"));
    window.dispatchEvent(new Event("resize"));
  });
  await page.settle();
}

const quiet = Object.keys(SCENARIOS).map((name) => ({
  name: `no message, no request, nothing runs: ${name}`,
  async run({ browser, pages }) {
    const { url } = pages.get(name);
    await visit(browser, url, {}, async (page) => {
      await useEverything(page);
      none(page.messages, "messages of the browser");
      none(foreign(page, url), "requests");
      demand(await page.call(() => window.pwned === undefined), "a text of the input ran as a script");
      demand(page.loads === 1, `the page was loaded ${page.loads} times`);
    });
  },
}));

const overflow = ["builtIn", "guide", "many", "hostile", "hostilePage", "hostileMoved", "moved", "history", "none"].flatMap((name) => WIDTHS.map((width) => ({
  name: `no horizontal scroll: ${name} at ${width} px`,
  async run({ browser, pages }) {
    await visit(browser, pages.get(name).url, { width }, async (page) => {
      for (const opened of [false, true]) {
        const found = await page.call((look, opened) => {
          look.all("details").slice(0, 40).forEach((element) => { element.open = opened; });
          const root = document.documentElement;
          const wide = look.all("body *")
            .filter((element) => look.shown(element) && element.getBoundingClientRect().right > root.clientWidth + 1)
            // what lies in a part that scrolls by itself does not widen the page
            .filter((element) => {
              for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
                if (getComputedStyle(at).overflowX !== "visible") return false;
              }
              return true;
            });
          window.scrollTo(10_000, 0);
          const moved = window.scrollX;
          window.scrollTo(0, 0);
          return { moved, scroll: root.scrollWidth, client: root.clientWidth, wide: wide.slice(0, 3).map(look.describe) };
        }, opened);
        demand(found.moved === 0 && found.scroll <= found.client, () => `${opened ? "with results opened, " : ""}the page is `
          + `${found.scroll} px wide in a window of ${found.client} px: ${found.wide.join(" | ")}`);
      }
    });
  },
})));

const cells = [360, 1400].map((width) => ({
  name: `no text of a table is cut off, and nothing leaves its cell, at ${width} px`,
  async run({ browser, pages }) {
    for (const name of ["builtIn", "moved"]) {
      await visit(browser, pages.get(name).url, { width }, async (page) => {
        const all = await page.call((look) => {
          const shown = look.all("th, td").filter(look.shown);
          const inside = (outer, { left, right, top, bottom }) =>
            left >= outer.left - 2 && right <= outer.right + 2 && top >= outer.top - 2 && bottom <= outer.bottom + 2;
          return {
            cut: shown.filter((cell) => cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflowX !== "auto").map(look.describe),
            // marks for screen readers are clipped to nothing
            out: shown.filter((cell) => look.all("*", cell).some((part) => look.shown(part) && getComputedStyle(part).clipPath === "none"
              && !part.closest("svg *") && !inside(cell.getBoundingClientRect(), part.getBoundingClientRect()))).map(look.describe),
          };
        });
        none(all.cut, `cells of ${name} that are wider than they are shown`);
        none(all.out, `cells of ${name} whose content lies outside`);
      });
    }
  },
}));

/** The first screen answers three questions: how do we stand, which teams need help, what moved. */
const first = {
  name: "the first screen of 1400 by 900 shows all distributions, the teams and what moved",
  async run({ browser, pages }) {
    for (const name of ["builtIn", "moved", "many"]) {
      await visit(browser, pages.get(name).url, { width: 1400, height: 900 }, async (page) => {
        none(await page.call((look) => {
          const titled = (words) => look.all("section, [data-widget]").filter((part) => look.shown(part)
            && words.test(look.text(part.querySelector("h2, h3"))) && !part.matches("[data-type=entities-pie-chart]"));
          const teams = titled(/\bteams?\b/i).filter((part) => !part.querySelector("[data-total]"));
          const moves = titled(/\b(moved|moves|changed|changes)\b/i).filter((part) => !part.querySelector("[data-total]"));
          const parts = [...look.all("[data-widget][data-type=entities-pie-chart]"), ...teams.slice(0, 1), ...moves.slice(0, 1)];
          const missing = [[teams, "teams"], [moves, "moves"]].filter(([found]) => found.length === 0).map(([, what]) => `no part of ${what}`);
          return missing.concat(parts.filter((part) => part.getBoundingClientRect().bottom > innerHeight).map(look.describe));
        }), `parts of ${name} below the first screen`);
      });
    }
  },
};

const sideways = {
  name: "no part scrolls sideways at 1400 and 2560 px",
  async run({ browser, pages }) {
    for (const width of [1400, 2560]) {
      for (const name of ["builtIn", "guide", "moved", "many"]) {
        await visit(browser, pages.get(name).url, { width }, async (page) => {
          none(await page.call((look) => look.all("body *").filter((part) => look.shown(part) && part.scrollWidth > part.clientWidth + 1
            && ["auto", "scroll"].includes(getComputedStyle(part).overflowX)).map(look.describe)), `parts of ${name} at ${width} px`);
        });
      }
    }
  },
};

export default [...quiet, ...overflow, ...cells, first, sideways];
