// The fragment of the address holds the state of the page.

import { demand, none, same, visit } from "../checking.mjs";
import { sleep } from "../driver.mjs";
import { named } from "../pages.mjs";
import { LEVEL, TEAM, choose, expectRows, expectedRows, search } from "./tables.mjs";

const state = (page) => page.call((look) => ({ rows: look.entities(), controls: look.controls(), hash: location.hash }));

const shared = {
  name: "the address of a filtered view shows the same rows and controls when it is opened afresh",
  async run({ browser, pages }) {
    const { url, result } = pages.get("many");
    const filters = [
      async (page) => choose(page, LEVEL, "Gold"),
      async (page) => choose(page, TEAM, "data-platform"),
      async (page) => search(page, "service 1"),
      async (page) => search(page, "50% & é=#?+/\"'"),
      async (page) => {
        await choose(page, LEVEL, "Silver");
        await choose(page, TEAM, "mobile");
        await search(page, "anna");
      },
    ];
    for (const [at, filter] of filters.entries()) {
      const before = await visit(browser, url, {}, async (page) => {
        await filter(page);
        await page.until((look, all) => look.entities().length < all && location.hash.length > 1, named(result).length);
        // text may go into the fragment a moment after it is typed
        await sleep(500);
        return state(page);
      });
      demand(before.hash.length > 1, `filter ${at} leaves no fragment`);
      demand(before.rows.length < named(result).length, `filter ${at} filters nothing`);
      await visit(browser, url + before.hash, {}, async (page) => {
        const after = await state(page);
        same(after.rows, before.rows, `rows of ${before.hash}`);
        same(after.controls, before.controls, `controls of ${before.hash}`);
        none(page.messages, "messages");
      });
    }
  },
};

const sorted = {
  name: "the address of a sorted view shows the same order when it is opened afresh",
  async run({ browser, pages }) {
    const { url } = pages.get("many");
    const order = (page) => page.call((look) => ({
      rows: look.rows().filter(look.shown).map(look.key), hash: location.hash,
      sort: look.all("[aria-sort]").map((header) => [header.dataset.column, header.getAttribute("aria-sort")]),
    }));
    const before = await visit(browser, url, {}, async (page) => {
      const initial = await order(page);
      const button = (look) => look.all("thead [data-column='scorecard#dora_cfr'] button")[0];
      await page.click(button);
      await page.click(button);
      const after = await order(page);
      demand(JSON.stringify(after.rows) !== JSON.stringify(initial.rows), "sorting changes nothing");
      return after;
    });
    await visit(browser, url + before.hash, {}, async (page) => same(await order(page), before, "the order"));
  },
};

const back = {
  name: "the back button takes a filter away, and forward brings it back",
  async run({ browser, pages }) {
    const { url, result } = pages.get("many");
    await visit(browser, url, {}, async (page) => {
      const all = await expectedRows(page, TEAM, result, () => true);
      const first = await expectedRows(page, TEAM, result, (entity) => entity.team.includes("mobile"));
      await choose(page, TEAM, "mobile");
      await expectRows(page, TEAM, first, "rows of mobile");
      const filtered = await state(page);
      await page.call(() => history.back());
      await page.until((look, url) => location.href.split("#")[0] === url && document.readyState === "complete", url);
      demand((await page.call(() => location.href)).startsWith(url), "back leaves the page");
      await expectRows(page, TEAM, all, "rows after back");
      await page.call(() => history.forward());
      await expectRows(page, TEAM, first, "rows after forward");
      same((await state(page)).controls, filtered.controls, "controls after forward");
      none(page.messages, "messages");
    });
  },
};

const typed = {
  name: "a fragment typed into the address of the open page is obeyed",
  async run({ browser, pages }) {
    const { url, result } = pages.get("many");
    await visit(browser, url, {}, async (page) => {
      await choose(page, LEVEL, "Gold");
      await page.until(() => location.hash.length > 1);
      const { hash, rows } = await state(page);
      await choose(page, LEVEL, "");
      await expectRows(page, LEVEL, await expectedRows(page, LEVEL, result, () => true), "rows without a filter");
      await page.goto(url + hash);
      await expectRows(page, LEVEL, rows, "rows of the fragment");
      await page.goto(`${url}#`);
      await expectRows(page, LEVEL, await expectedRows(page, LEVEL, result, () => true), "rows of an empty fragment");
    });
  },
};

const EVIL = ["<script>window.pwned=1</script>", "%3Cimg%20src=x%20onerror=window.pwned=2%3E", "%", "%E0%A4%A", "%00", "javascript:window.pwned=3",
  "__proto__", "constructor", "\"'><b>", "a".repeat(100_000), "Gold,Gold&Gold", "[\"a\"", "-1", "999999", "%F0%9F", ")(*", "#", "null"];

const hostile = {
  name: "a hostile fragment runs nothing, breaks nothing and filters only as the controls tell",
  async run({ browser, pages }) {
    const { url, result } = pages.get("builtIn");
    const learned = await visit(browser, url, {}, async (page) => {
      await choose(page, LEVEL, "Gold");
      await choose(page, TEAM, "booking");
      await search(page, "seat");
      const button = (look) => look.all("thead [data-column^='scorecard#'] button")[0];
      await page.click(button);
      await page.until(() => location.hash.length > 1);
      return page.call(() => location.hash);
    });
    const keys = [...learned.matchAll(/([^#&=]+)=/g)].map((match) => match[1]);
    const fragments = EVIL.flatMap((text) => [`#${text}`, `#${keys.map((key) => `${key}=${text}`).join("&")}`,
      ...keys.map((key) => `#${key}=${text}`), `#${text}=${text}`]);
    const all = named(result);
    await visit(browser, url, {}, async (page) => {
      for (const [at, fragment] of fragments.entries()) {
        // most are typed into the open page, some are opened afresh
        if (at % 10 === 0) await page.goto("about:blank");
        await page.goto(url + fragment);
        const what = `after ${fragment.slice(0, 80)}`;
        const { pwned, searched, selects, rows } = await page.call((look) => ({
          pwned: window.pwned, searched: look.all(look.SEARCH).map((input) => input.value).join(""),
          selects: look.all("select").map((select) => select.selectedIndex), rows: look.entities(),
        }));
        demand(pwned === undefined, `${what} a script ran: ${pwned}`);
        none(page.messages, `messages ${what}`);
        demand(!selects.includes(-1), `${what} a filter shows no value`);
        if (searched === "" && selects.every((index) => index === 0)) same(rows, all, `rows ${what}, with all controls empty`);
      }
      none(page.requests.filter((asked) => !asked.startsWith(url) && !asked.startsWith("about:")), "requests");
    });
  },
};

export default [shared, sorted, back, typed, hostile];
