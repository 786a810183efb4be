// Pages of little or no input say so, and what to do.

import { demand, same, visit } from "../checking.mjs";
import { named } from "../pages.mjs";

/** A way out: an option, a command, or an instruction. */
const WAY_OUT = /--?[a-z]|\b(add|give|check|use|run|set|pass|name)\b/i;

const none = {
  name: "a page without entities says so, and what to do",
  async run({ browser, pages }) {
    await visit(browser, pages.get("none").url, {}, async (page) => {
      const text = await page.call((look) => look.read());
      const said = text.match(/\b(no entit(ies|y (?!has))|no services|no results|nothing to).{0,300}/i)?.[0];
      demand(said, `no word of it: ${text.slice(0, 400)}`);
      demand(WAY_OUT.test(said.slice(0, 200)), `no way out: ${said}`);
      demand(!/NaN|undefined|null|Infinity/.test(text), `a value that is none: ${text.slice(0, 400)}`);
      same(await page.call((look) => look.entities()), [], "rows");
    });
  },
};

const one = {
  name: "a page of one entity shows it, and no number that is none",
  async run({ browser, pages }) {
    const { url, result } = pages.get("one");
    await visit(browser, url, {}, async (page) => {
      same(await page.call((look) => look.entities()), named(result), "rows");
      const text = await page.call((look) => look.read());
      demand(!/NaN|undefined|\bnull\b|Infinity/.test(text), `a value that is none: ${text.slice(0, 400)}`);
      demand(!/\b1 (entities|services|teams|scorecards|rules|rows|results)\b/.test(text), `a plural of one: ${text.match(/.{20}\b1 (entities|services|teams|scorecards|rules|rows|results)\b/)?.[0]}`);
    });
  },
};

const noTeams = {
  name: "a page without teams says so where teams would be, and what to do",
  async run({ browser, pages }) {
    const { url, result } = pages.get("noTeams");
    await visit(browser, url, {}, async (page) => {
      same(await page.call((look) => look.entities()), named(result), "rows");
      const text = await page.call((look) => look.read());
      const said = text.match(/[^.]*\b(no|without|has a|have a) (entity |entities |service |services )?(a )?(team|`team`)[^.]*/i)?.[0];
      demand(said, `no word about teams: ${text.slice(0, 600)}`);
      demand(/`?team`?/.test(said) && WAY_OUT.test(text), `no way out: ${said}`);
    });
  },
};

export default [none, one, noTeams];
