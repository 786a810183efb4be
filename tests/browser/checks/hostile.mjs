// Hostile texts stay texts.

import { demand, none, same, visit } from "../checking.mjs";
import { EVIL } from "../inputs.mjs";
import { named } from "../pages.mjs";
import { foreign } from "./quiet.mjs";
import { SEARCH, TEAM, choose } from "./tables.mjs";

/** HTML cannot hold NUL, and browsers read it as U+FFFD. */
const inHtml = (text) => text.replaceAll("\0", "\ufffd");
const keys = (result) => [...new Set(named(result).map(inHtml))].sort();
const PAGES = ["hostile", "hostilePage", "hostileMoved"];

const exact = {
  name: "data attributes hold hostile identifiers, teams and levels exactly",
  async run({ browser, pages }) {
    for (const name of PAGES) {
      const { url, result } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        same(await page.call((look) => look.distinct(look.rows().map(look.key))), keys(result), `identifiers on ${name}`);
        const cells = await page.call((look) => look.rows().flatMap((row) => look.all("[data-column^='scorecard#']", row)
          .map((cell) => [row.dataset.entity, cell.dataset.column, cell.dataset.level ?? null])));
        const levels = new Map(result.entities.flatMap((entity) => Object.entries(entity.scorecards)
          .map(([id, graded]) => [`${inHtml(entity.identifier)}/scorecard#${id}`, graded?.level ?? null])));
        demand(cells.length > 0, "there are no cells");
        for (const [entity, column, level] of cells) same(level, levels.get(`${entity}/${column}`), `level of ${entity.slice(0, 50)}, ${column}`);
        const groups = await page.call((look) => look.distinct(look.all("[data-group]").map(({ dataset }) => dataset.group)));
        const teams = new Set(result.entities.flatMap(({ team }) => team).map(inHtml));
        none(groups.filter((group) => group !== "" && !teams.has(group)), `groups of ${name} that are no teams`);
      });
    }
  },
};

const asText = {
  name: "hostile texts are shown as texts, and add no element, attribute or comment to the page",
  async run({ browser, pages }) {
    for (const name of PAGES) {
      const { url } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        const found = await page.call((look) => ({
          strange: look.all("img, iframe, object, embed, base, link, form[action], meta[http-equiv=refresh], svg script, foreignObject, video, audio, b")
            // an icon without content keeps browsers from asking for one
            .filter((element) => element.localName !== "link" || element.outerHTML !== "<link rel=\"icon\" href=\"data:,\">")
            .filter((element) => element.localName !== "b" || look.text(element) === "bold")
            .map(look.describe),
          scripts: look.all("script").length, styles: look.all("style").length,
          handlers: look.all("*").filter((element) => [...element.attributes].some(({ name }) => /^on/i.test(name))).map(look.describe),
          links: look.all("[href], [src], [action], [formaction], [data], [srcset], [poster], [background]")
            .flatMap((element) => [...element.attributes].filter(({ name }) => /href|^src|action|^data$|poster|background/.test(name)).map(({ value }) => value))
            .filter((value) => value !== "data:," && !/^(#|https?:\/\/example\.invalid\/)/.test(value)),
          text: document.body.textContent,
          inputs: look.all("script, style").map((element) => element.textContent.length),
        }));
        none(found.strange, `elements that no page of ours has on ${name}`);
        none(found.handlers, `attributes that run scripts on ${name}`);
        none(found.links, `links of ${name} to places that no page of ours leads to`);
        // besides the one script there may be one with data
        demand(found.scripts <= 2 && found.styles === 1, `${name} has ${found.scripts} scripts and ${found.styles} style sheets`);
        for (const text of ["<script>window.pwned=1</script>", "</script><img src=x onerror=window.pwned=2>", "javascript:window.pwned=3", "]]>", "<!--"]) {
          demand(found.text.includes(text), `${name} does not show ${text}`);
        }
        demand(await page.call(() => window.pwned === undefined), "a text ran as a script");
        none(foreign(page, url), "requests");
      });
    }
  },
};

const everything = {
  name: "nothing runs or is asked for when every link, control and result of a hostile page is used",
  async run({ browser, pages }) {
    for (const name of PAGES) {
      const { url } = pages.get(name);
      await visit(browser, url, {}, async (page) => {
        const count = await page.call((look) => {
          // links that lead outside would leave the page: that they are harmless is checked by their address
          document.addEventListener("click", (event) => {
            if (event.target.closest("a[href^='https:'], a[href^='http:']")) event.preventDefault();
          }, true);
          return look.all("a[href], button, summary, [data-segment], select").length;
        });
        for (let at = 0; at < count; at += 1) {
          await page.call((look, at) => {
            const element = look.all("a[href], button, summary, [data-segment], select")[at];
            if (!element) return;
            if (element.localName === "select") {
              for (const option of element.options) {
                element.value = option.value;
                for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
              }
              element.selectedIndex = 0;
              element.dispatchEvent(new Event("change", { bubbles: true }));
            } else if (element.click) element.click();
            else element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
            for (const type of ["mouseover", "focus"]) element.dispatchEvent(new MouseEvent(type, { bubbles: true }));
          }, at);
        }
        await page.settle();
        demand(await page.call(() => window.pwned === undefined), `a text ran as a script on ${name}`);
        none(page.messages, `messages on ${name}`);
        none(foreign(page, url), `requests of ${name}`);
        demand((await page.call(() => location.href)).startsWith(url), "the page was left");
      });
    }
  },
};

const filters = {
  name: "hostile teams and levels can be chosen and searched for, also from the fragment",
  async run({ browser, pages }) {
    const { url, result } = pages.get("hostile");
    const teams = [...new Set(result.entities.flatMap(({ team }) => team))].filter((team) => team.trim() === team && !/[\0\r\n\t]/.test(team));
    const options = await visit(browser, url, {}, (page) => page.call((look, selector) =>
      [...look.control(selector).element.options].map(({ value }) => value), TEAM));
    await visit(browser, url, {}, async (page) => {
      for (const team of teams) {
        // a select may tell teams by a number instead of their names
        if (!options.includes(team)) continue;
        const before = await page.call(() => location.hash);
        await choose(page, TEAM, team);
        const expected = named(result, (entity) => entity.team.includes(team)).map(inHtml).sort();
        await page.until((look, expected) => JSON.stringify(look.entities()) === JSON.stringify(expected), expected);
        same(await page.call((look) => look.entities()), expected, `rows of the team ${JSON.stringify(team.slice(0, 60))}`);
        await page.until((look, before) => location.hash !== before, before);
        const hash = await page.call(() => location.hash);
        await visit(browser, url + hash, {}, async (fresh) => {
          same(await fresh.call((look) => look.entities()), expected, `rows of the fragment of ${JSON.stringify(team.slice(0, 60))}`);
          demand(await fresh.call(() => window.pwned === undefined), "a fragment ran");
          none(fresh.messages, "messages");
        });
      }
      await choose(page, TEAM, "");
      for (const text of EVIL.slice(0, 8)) {
        await page.call((look, selector, text) => {
          const { element } = look.control(selector);
          element.value = text;
          element.dispatchEvent(new Event("input", { bubbles: true }));
        }, SEARCH, text);
        const contains = (look, text) => look.rows().filter(look.shown).some((row) => row.dataset.entity.includes(text));
        demand(await page.until(contains, text), `a search for ${text} does not find the entity of that name`);
      }
      demand(await page.call(() => window.pwned === undefined), "a filter ran");
      none(page.messages, "messages");
    });
  },
};

const turned = {
  name: "marks that turn the direction of text do not reach beyond their text",
  async run({ browser, pages }) {
    for (const name of PAGES) {
      await visit(browser, pages.get(name).url, {}, async (page) => {
        none(await page.call((look) => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (!/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/.test(node.data) || node.parentElement.closest("script, style, option")) continue;
            const style = getComputedStyle(node.parentElement);
            const block = !style.display.startsWith("inline") || style.display === "inline-block";
            const alone = look.text(node.parentElement) === node.data.replace(/\s+/g, " ").trim();
            if (!/isolate|plaintext/.test(style.unicodeBidi) && !(block && alone)) found.push(look.describe(node.parentElement));
          }
          return found;
        }), `texts of ${name} that turn what stands beside them`);
        demand(!/[\u202a-\u202e\u2066-\u2069]/.test(await page.call(() => document.title)), "the title holds such a mark");
      });
    }
  },
};

const long = {
  name: "a text of 10,000 characters does not widen or hide anything",
  async run({ browser, pages }) {
    for (const width of [360, 1400]) {
      await visit(browser, pages.get("hostile").url, { width }, async (page) => {
        const found = await page.call((look) => {
          const row = look.rows().find((one) => one.dataset.entity.length >= 10_000);
          return { height: row?.getBoundingClientRect().height, width: document.documentElement.scrollWidth };
        });
        demand(found.width <= width, `the page is ${found.width} px wide at ${width} px`);
        demand(found.height > 0 && found.height <= 900, `the row is ${found.height} px high at ${width} px`);
      });
    }
  },
};

export default [exact, asText, everything, filters, turned, long];
