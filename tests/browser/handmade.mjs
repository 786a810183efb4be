// A page written by hand to the letter of SHAPES.md, with which `selftest.mjs` tests the checks themselves.
//
// It is no model for the page of the program: it is the least that passes every check.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
  .replaceAll('"', "&quot;").replaceAll("\r", "&#13;");
/** A text that may turn the direction of what stands beside it. */
const own = (text) => `<bdi>${escape(String(text).trim() === "" ? "(blank)" : text)}</bdi>`;

export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #111; }
@media (prefers-color-scheme: dark) { :root { --paper: #111; --ink: #eee; } }
body { margin: 8px; background: var(--paper); color: var(--ink); font: 16px sans-serif; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid #06c; outline-offset: -3px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); } h2 { font-size: 16px; margin: 0; }
.scroll { overflow-x: auto; max-width: 100%; } .long { max-height: 200px; max-width: 300px; overflow: auto; }
.filters, thead button, .segment, .teams, .more { display: none; }
.live .filters, .live .teams { display: block; } .live thead button, .live .segment, .live .more { display: inline; }
.live .plain { display: none; } button, input, select { font: inherit; max-width: 100%; color: inherit; background: inherit; }
[hidden] { display: none !important; }
td, th { min-width: 60px; } th, td, p { unicode-bidi: isolate; }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #111; } .filters, .teams { display: none !important; }
  details::details-content { content-visibility: visible; display: block; } .scroll { overflow: visible; }
  table { font-size: 7px; } td, th { min-width: 0; overflow-wrap: anywhere; } }
`;

export const SCRIPT = `
"use strict";
(() => {
  const find = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("live");
  const rows = find("tr[data-entity]");
  const [search] = find("input[type=search]");
  const [level, team] = ["level", "team"].map((name) => find("select[data-filter=" + name + "]")[0]);
  const status = document.getElementById("status");
  let segment = "", sort = "";
  const plain = (text) => text.normalize("NFC").toLowerCase();
  const isShown = (row) => {
    const cells = find("[data-column^='scorecard#']", row);
    const teams = JSON.parse(row.dataset.teams);
    if (search.value && !plain(row.textContent).includes(plain(search.value))
      && !row.dataset.entity.includes(search.value)) return false;
    if (level.value && !cells.some((cell) => cell.dataset.level === level.value)) return false;
    if (team.value && !teams.includes(team.value)) return false;
    if (!segment) return true;
    const [id, name, noData] = JSON.parse(segment);
    return cells.some((cell) => cell.dataset.column === "scorecard#" + id
      && (cell.dataset.level ?? null) === name && ("noData" in cell.dataset) === noData);
  };
  const show = () => {
    let count = 0;
    for (const row of rows) {
      row.hidden = !isShown(row);
      if (!row.hidden) count += 1;
    }
    status.textContent = count === 0 ? "Nothing matches. Clear the filters." : count === 1 ? "1 row" : count + " rows";
    document.getElementById("clear").hidden = !(search.value || level.value || team.value || segment);
    for (const header of find("thead [data-column]")) header.setAttribute("aria-sort", "none");
    if (sort) order(JSON.parse(sort));
  };
  const order = ([table, column, direction]) => {
    const own = find("table")[table];
    const header = own && find("thead [data-column]", own).find((one) => one.dataset.column === column);
    if (!header || !["ascending", "descending"].includes(direction)) return;
    header.setAttribute("aria-sort", direction);
    const cell = (row) => find("[data-column]", row).find((one) => one.dataset.column === column);
    const sign = direction === "ascending" ? 1 : -1;
    for (const body of own.tBodies) {
      const sorted = find("tr", body).map((row) => [row, cell(row).dataset.rank ?? cell(row).dataset.value ?? ""]);
      const compare = (one, other) => header.dataset.kind === "number" ? one - other : one.localeCompare(other);
      sorted.sort(([, one], [, other]) => (one === "") - (other === "") || sign * compare(one, other));
      body.append(...sorted.map(([row]) => row));
    }
  };
  const values = () => ({ search: search.value, level: level.value, team: team.value, segment, sort });
  const write = (push) => {
    const given = Object.entries(values()).filter(([, value]) => value);
    const hash = "#" + new URLSearchParams(given);
    if (location.hash !== hash) history[push ? "pushState" : "replaceState"](null, "", hash);
    show();
  };
  const choose = (select, value) => { select.value = find("option", select).some((one) => one.value === value) ? value : ""; };
  const parsed = (text, count) => {
    try { const list = JSON.parse(text); return Array.isArray(list) && list.length === count ? text : ""; } catch { return ""; }
  };
  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    search.value = given.get("search") ?? "";
    choose(level, given.get("level") ?? "");
    choose(team, given.get("team") ?? "");
    segment = parsed(given.get("segment"), 3);
    sort = parsed(given.get("sort"), 3);
    if (segment && !find(".segment").some((one) => one.dataset.filter === segment)) segment = "";
    show();
  };
  search.addEventListener("input", () => write(false));
  for (const select of [level, team]) select.addEventListener("change", () => write(true));
  document.getElementById("clear").addEventListener("click", () => {
    search.value = level.value = team.value = segment = "";
    write(true);
    search.focus();
  });
  document.addEventListener("click", ({ target }) => {
    const slice = target.closest(".segment"), header = target.closest("thead [data-column]"), name = target.closest("[data-team]");
    if (slice) segment = slice.dataset.filter;
    else if (name) team.value = name.dataset.team;
    else if (header && target.closest("button")) {
      const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      sort = JSON.stringify([find("table").indexOf(header.closest("table")), header.dataset.column, direction]);
    } else return;
    write(true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.activeElement === search && search.value) { search.value = ""; write(false); event.preventDefault(); }
    for (const details of find("details[open]")) {
      if (details.contains(document.activeElement)) details.querySelector("summary").focus();
      details.open = false;
    }
  });
  addEventListener("hashchange", read);
  addEventListener("popstate", read);
  read();
})();
`;

const title = (entity) => entity.title || entity.identifier;

function segments(card) {
  const counted = card.levels.flatMap(({ title, count, noData }) => [[title, false, count - noData], [title, true, noData]]);
  if (card.notApplicable) counted.push([null, false, card.notApplicable]);
  return counted.filter(([, , count]) => count > 0).map(([level, noData, count]) => {
    const data = level === null ? "data-not-applicable" : `data-level="${escape(level)}"${noData ? " data-no-data" : ""}`;
    const text = `${level === null ? "not applicable" : own(level)}${noData ? ", no data" : ""}: ${count}`;
    const filter = escape(JSON.stringify([card.identifier, level, noData]));
    return `<li data-segment data-scorecard="${escape(card.identifier)}" ${data} data-count="${count}">`
      + `<span class="plain">${text}</span><button class="segment" data-filter="${filter}">${text}</button></li>`;
  }).join("");
}

const pie = (card, at) => `<section data-widget="pie-${at}" data-type="entities-pie-chart"><h2>${own(card.title)}</h2><ul>${segments(card)}</ul></section>`;

const column = (name, kind, text) => `<th scope="col" data-column="${escape(name)}" data-kind="${kind}" aria-sort="none">`
  + `<span class="plain">${text}</span><button>${text}</button></th>`;

function details(entity, id, { level, rules }) {
  return `<details data-entity="${escape(entity.identifier)}" data-scorecard="${escape(id)}"><summary>${own(level)}</summary>`
    + rules.map((rule) => `<p data-rule="${escape(rule.identifier)}" data-status="${rule.status}">${own(rule.identifier)}: ${rule.status}</p>`).join("")
    + "</details>";
}

function cell(entity, card) {
  const result = entity.scorecards[card.identifier];
  const column = `data-column="scorecard#${escape(card.identifier)}"`;
  if (!result) return `<td ${column}>–</td>`;
  const data = `data-level="${escape(result.level)}"${result.noData ? " data-no-data" : ""} data-rank="${result.rank}"`;
  return `<td ${column} ${data}>${details(entity, card.identifier, result)}</td>`;
}

const plain = (name, value) => `<td data-column="${name}" data-value="${escape(value ?? "")}">${own(value ?? "")}</td>`;

function row(entity, cards, properties) {
  const teams = escape(JSON.stringify(entity.team));
  return `<tr data-entity="${escape(entity.identifier)}" data-blueprint="${escape(entity.blueprint)}" data-teams="${teams}">`
    + `<th scope="row" data-column="$title" data-value="${escape(title(entity))}"><div class="long" tabindex="0">${own(title(entity))}</div></th>`
    + `<td data-column="$team" data-value="${escape(entity.team.join(", "))}"><div class="long" tabindex="0">${own(entity.team.join(", "))}</div></td>`
    + properties.map((name) => plain(name, entity.shown[name])).join("") + cards.map((card) => cell(entity, card)).join("") + "</tr>";
}

function table(blueprint, { entities, summary }, { properties, grouped }) {
  const cards = summary.scorecards.filter((card) => card.blueprint === blueprint);
  const own_ = entities.filter((entity) => entity.blueprint === blueprint);
  const groups = grouped ? [...new Set(own_.flatMap(({ team }) => team))].sort() : [];
  const bodies = grouped
    ? [...groups.map((name) => [name, own_.filter(({ team }) => team.includes(name))]), ["", own_.filter(({ team }) => team.length === 0)]]
    : [[null, own_]];
  const body = ([name, rows]) => `<tbody${name === null ? "" : ` data-group="${escape(name)}"`}>${rows.map((one) => row(one, cards, properties)).join("")}</tbody>`;
  return `<section data-widget="table-${escape(blueprint)}" data-type="table-entities-explorer"><h2>${own(blueprint)}</h2>`
    + `<div class="scroll" tabindex="0" role="region" aria-label="Rows of ${escape(blueprint)}">`
    + `<table data-total="${own_.length}" data-shown="${own_.length}"><caption>Entities of ${own(blueprint)}</caption><thead><tr>`
    + column("$title", "text", "Title") + column("$team", "text", "Team")
    + properties.map((name) => column(name, typeof own_.find((one) => one.shown[name] !== null)?.shown[name], name)).join("")
    + cards.map((card) => column(`scorecard#${card.identifier}`, "number", own(card.title))).join("")
    + `</tr></thead>${bodies.map(body).join("")}</table></div></section>`;
}

const select = (name, label, values) => `<label>${label} <select data-filter="${name}"><option value="">all</option>`
  + values.map((value) => `<option value="${escape(value)}">${escape(value.replace(/[\u202a-\u202e\u2066-\u2069]/g, "?"))}</option>`).join("") + "</select></label>";

/** The whole page of a result, with a style sheet and a script that may be broken. */
export function handmade(result, { style = STYLE, script = SCRIPT, ...options }) {
  const blueprints = [...new Set(result.summary.scorecards.map(({ blueprint }) => blueprint))]
    .filter((name) => result.entities.some(({ blueprint }) => blueprint === name));
  const cards = result.summary.scorecards.filter(({ blueprint }) => blueprints.includes(blueprint));
  const levels = [...new Set(cards.flatMap((card) => card.levels.map(({ title }) => title)))];
  const teams = [...new Set(result.entities.flatMap(({ team }) => team))].sort();
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const empty = result.entities.length === 0 ? "<p>No entities were read. Give a file of entities with <code>-e</code>.</p>" : "";
  const teamless = result.entities.length === 0 ? "" : teams.length === 0 ? "<p>No entity has a team. Add <code>team</code> to the entities.</p>"
    : `<section><h2>Teams</h2></section><section><h2>What moved</h2></section><div class="teams">${teams.map((name) => `<button data-team="${escape(name)}">${own(name)}</button>`).join(" ")}</div>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">`
    + `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}">`
    + `<meta name="viewport" content="width=device-width, initial-scale=1"><title>Scorecards</title><style>${style}</style></head>`
    + `<body><main><h1>Scorecards</h1>${empty}<div class="cards">${cards.map(pie).join("")}</div>${teamless}<div class="filters">`
    + `<label>Search <input type="search"></label>${select("level", "Level", levels)}${select("team", "Team", teams)}`
    + `<button id="clear" hidden>Clear filters</button></div><p id="status" role="status">${result.entities.length === 1 ? "1 row" : `${result.entities.length} rows`}</p>`
    + `${blueprints.map((name) => table(name, result, options)).join("")}</main><script>${script}</script></body></html>`;
}

/** Writes the page in place of the program. Properties that are shown are read from the entities. */
export function writeHandmade({ style, script, html: change = (html) => html } = {}) {
  return ({ pages, name, file, given, result }) => {
    const properties = name === "columns" ? ["size", "word"] : [];
    const files = given.filter((_, at) => given[at - 1] === "-e");
    const entities = properties.length > 0 ? files.flatMap((path) => JSON.parse(readFileSync(path))) : [];
    const shown = result.entities.map((entity, at) => ({
      ...entity,
      shown: Object.fromEntries(properties.map((property) => [property, entities[at].properties[property]])),
    }));
    const grouped = name === "columns" || name === "guide";
    writeFileSync(file, change(handmade({ ...result, entities: shown }, { style, script, properties, grouped })));
  };
}
