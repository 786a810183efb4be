// The script of a page: it searches, filters and sorts the tables. It reads the rows of the page and keeps no other copy
// of the data. The state is in the fragment of the address, so that a link shows the same view.
"use strict";
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);

  const bar = one(".tools");
  const search = bar.querySelector("input");
  const levels = bar.querySelector("[data-filter=level]");
  const teams = bar.querySelector("[data-filter=team]");
  const status = bar.querySelector("output");
  const clear = bar.querySelector(".clear");
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  const TEAM_BLUEPRINT = "_team";

  // ---- the rows, read once ----

  const list = (json) => (json === null ? [] : JSON.parse(json));
  const fold = (text) => text.normalize("NFC").toLowerCase();

  /** What a cell of a scorecard says. */
  const result = (cell) => {
    const level = cell.getAttribute("data-level");
    return { level, noData: cell.hasAttribute("data-no-data"), isNone: level === null && cell.firstElementChild?.className === "no" };
  };

  function readRow(row, columns) {
    const blueprint = row.getAttribute("data-blueprint");
    const entity = row.getAttribute("data-entity");
    const team = row.getAttribute("data-team");
    const teams = team === null ? list(row.getAttribute("data-teams")) : [team];
    const texts = columns.map((column, index) => (column.levels ? "" : row.cells[index].textContent));
    return {
      row, blueprint, entity, teams, isShown: true,
      key: `${blueprint.length} ${blueprint}${entity}`,
      text: fold([entity, ...teams, ...texts].join("\n")),
      results: columns.map((column, index) => (column.levels ? result(row.cells[index]) : null)),
    };
  }

  function readTable(table) {
    const columns = all("thead th", table).map((head) => ({
      head, id: head.getAttribute("data-column"), title: head.getAttribute("data-title"),
      levels: head.hasAttribute("data-levels") ? list(head.getAttribute("data-levels")) : null,
      sort: head.getAttribute("aria-sort"),
    }));
    const groups = [...table.tBodies].map((body) => ({
      body, name: body.getAttribute("data-group"), count: body.querySelector(".group small"),
      rows: all("tr[data-entity]", body).map((row) => readRow(row, columns)),
    }));
    return { table, columns, groups, isByTeam: table.hasAttribute("data-by-team"), isSorted: false };
  }

  let known = null;
  const tables = () => (known ??= all("table.main").map(readTable));

  // ---- the state and the address ----

  const NONE = { q: "", level: null, team: null, noTeam: false, scorecard: null, blueprint: null, data: null, sort: null, down: false, entity: null };
  let state = NONE;

  const hasOption = (select, value) =>
    value !== null && value !== "" && all("option", select ?? document.createElement("select")).some((option) => option.value === value && !isSpecial(option));
  const isSpecial = (option) => option.hasAttribute("data-data") || option.hasAttribute("data-none");

  /** The column of a scorecard in a table. */
  const place = ({ columns }, scorecard) => columns.findIndex((column) => column.levels && column.id === `scorecard#${scorecard}`);

  /** The state of an address. What means nothing here is left out. */
  function parse(hash) {
    const given = new URLSearchParams(hash.replace(/^#/, ""));
    const next = { ...NONE, q: given.get("q") ?? "", blueprint: given.get("blueprint"), down: given.get("order") === "down" };
    const level = given.get("level");
    const data = given.get("data");
    const team = given.get("team");
    if (hasOption(levels, level)) next.level = level;
    if (data === "no" || (data === "with" && next.level !== null)) next.data = data;
    if (data === "none" && next.level === null) next.data = data;
    if (hasOption(teams, team)) next.team = team;
    else if (teams && given.get("noTeam") === "yes") next.noTeam = true;
    const scorecard = given.get("scorecard");
    const isFiltered = next.level !== null || next.data !== null;
    if (isFiltered && scorecard !== null && tables().some((table) => place(table, scorecard) >= 0)) next.scorecard = scorecard;
    else if (data === "with") next.data = null;
    const sort = given.get("sort");
    if (sort !== null && tables().some(({ columns }) => columns.some(({ id }) => id === sort))) next.sort = sort;
    next.entity = given.get("entity");
    return next;
  }

  function fragment(of) {
    const given = new URLSearchParams();
    for (const name of ["q", "level", "team", "scorecard", "blueprint", "data", "sort", "entity"]) {
      if (of[name]) given.set(name, of[name]);
    }
    if (of.noTeam) given.set("noTeam", "yes");
    if (of.sort && of.down) given.set("order", "down");
    return given.toString();
  }

  let timer;
  function remember(isPushed) {
    clearTimeout(timer);
    const hash = fragment(state);
    if (hash === location.hash.slice(1)) return;
    const address = hash ? `#${hash}` : location.pathname + location.search;
    history[isPushed ? "pushState" : "replaceState"](null, "", address);
  }

  function change(next, isPushed = true) {
    state = { ...state, entity: null, ...next };
    apply();
    // browsers limit how often a page may change its address, and take a while for it
    clearTimeout(timer);
    if (isPushed) requestAnimationFrame(() => { timer = setTimeout(remember, 0, true); });
    else timer = setTimeout(remember, 200, false);
  }

  // ---- filters ----

  /** Whether a result is what the filter by level asks for. */
  function isWanted({ level, noData, isNone }) {
    if (state.data === "none") return isNone;
    if (state.level !== null && level !== state.level) return false;
    if (state.data === "no") return noData;
    return level !== null && !(state.data === "with" && noData);
  }

  function matches(table, query) {
    const byLevel = state.level !== null || state.data !== null;
    const column = state.scorecard === null ? null : place(table, state.scorecard);
    return ({ text, teams, blueprint, entity, results }) => {
      if (query && !text.includes(query)) return false;
      if (state.team !== null && !teams.includes(state.team) && !(blueprint === TEAM_BLUEPRINT && entity === state.team)) return false;
      if (state.noTeam && teams.length > 0) return false;
      if (!byLevel) return true;
      if (column === null) return results.some((result) => result && isWanted(result));
      return column >= 0 && (state.blueprint === null || blueprint === state.blueprint) && isWanted(results[column]);
    };
  }

  function filter() {
    const query = fold(state.q.trim());
    const counts = new Map();
    for (const table of tables()) {
      const isMatch = matches(table, query);
      let left = 0;
      for (const { body, name, count, rows } of table.groups) {
        const isOther = table.isByTeam && state.team !== null && name !== state.team;
        let shown = 0;
        for (const row of rows) {
          const matched = isMatch(row);
          const isShown = matched && !isOther;
          if (isShown !== row.isShown) row.row.hidden = !(row.isShown = isShown);
          if (isShown) shown += 1;
          tally(counts, row, matched);
        }
        left += shown;
        if (name === null) continue;
        body.hidden = shown === 0;
        count.textContent = shown === rows.length ? number(shown) : `${number(shown)} of ${number(rows.length)}`;
      }
      table.table.toggleAttribute("data-none-left", left === 0 && table.groups.some(({ rows }) => rows.length > 0));
    }
    return counts;
  }

  /** Counts an entity once, also if it stands in several groups or tables. */
  function tally(counts, { blueprint, key }, isMatch) {
    let count = counts.get(blueprint);
    if (!count) counts.set(blueprint, (count = { all: new Set(), shown: new Set() }));
    count.all.add(key);
    if (isMatch) count.shown.add(key);
  }

  const noun = (count) => `${status.hasAttribute("data-listed") ? "listed " : ""}${count === 1 ? "entity" : "entities"}`;
  const number = (count) => count.toLocaleString("en");

  function tell(counts) {
    const isFiltered = state.q.trim() || state.level !== null || state.team !== null || state.noTeam || state.data !== null;
    const kinds = [...counts];
    const total = kinds.reduce((sum, [, { all }]) => sum + all.size, 0);
    let text = `${number(total)} ${noun(total)}`;
    if (isFiltered) {
      const found = kinds.filter(([, { shown }]) => shown.size > 0);
      const parts = found.map(([name, { all, shown }]) => `${number(shown.size)} of ${number(all.size)} ${kinds.length > 1 ? name : noun(all.size)}`);
      text = parts.length > 0 ? parts.join(", ") : `None of ${number(total)} ${noun(total)} matches`;
    }
    const title = state.scorecard !== null && heading(state.scorecard, state.blueprint);
    if (title) text += ` · ${title} ${said()}`;
    status.textContent = text;
    clear.hidden = !isFiltered;
  }

  /** The title of a scorecard. */
  function heading(scorecard, blueprint) {
    const found = tables().filter((table) => place(table, scorecard) >= 0);
    const fits = found.find(({ groups }) => groups[0]?.rows[0]?.blueprint === blueprint) ?? found[0];
    return fits?.columns[place(fits, scorecard)].title;
  }

  function said() {
    if (state.data === "none") return "is not applicable";
    if (state.level === null) return "has no data";
    return `is ${state.level}${state.data === "no" ? " without data" : ""}`;
  }

  // ---- sorting ----

  /** What rows are sorted by; null comes last in both directions. */
  function sortKey(column, index, { row, results }) {
    if (column.levels) {
      const { level, noData } = results[index];
      return level === null ? null : column.levels.indexOf(level) * 2 + (noData ? 0 : 1);
    }
    const text = (row.cells[index].firstChild?.nodeValue ?? "").trim();
    return text === "" ? null : text;
  }

  const isNumber = (key) => typeof key === "number" || /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(key);

  function compare(a, b) {
    const [left, right] = [isNumber(a), isNumber(b)];
    if (left && right) return Number(a) - Number(b);
    if (left !== right) return left ? -1 : 1;
    return collator.compare(a, b);
  }

  /** The bodies whose rows are still to be put in order. To move all rows of a long table takes longer than a frame. */
  let moves = [];
  let lastMove = 0;
  const AT_ONCE = 24;
  const LATER = 250;

  /** Moves rows to their places: the first ones at once, the others after the next frames. */
  function move(count = AT_ONCE) {
    let left = count;
    for (const part of moves) {
      const rows = part.rows.slice(part.next, part.next + left);
      const before = part.rows[part.next - 1];
      if (before) before.after(...rows);
      else part.body.prepend(...[part.body.querySelector(".group"), ...rows].filter(Boolean));
      part.next += rows.length;
      left -= rows.length;
      if (left === 0) break;
    }
    moves = moves.filter(({ rows, next }) => next < rows.length);
    const frame = ++lastMove;
    if (moves.length > 0) requestAnimationFrame(() => setTimeout(() => frame === lastMove && move(LATER)));
  }

  function order(table) {
    const index = state.sort === null ? -1 : table.columns.findIndex(({ id }) => id === state.sort);
    if (index < 0 && !table.isSorted) return;
    const column = table.columns[index];
    const sign = state.down ? -1 : 1;
    for (const { body, rows } of table.groups) {
      let sorted = rows;
      if (column) {
        const keyed = rows.map((row) => [sortKey(column, index, row), row]);
        keyed.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : sign * compare(a, b)));
        sorted = keyed.map(([, row]) => row);
      }
      moves.push({ body, rows: sorted.map(({ row }) => row), next: 0 });
    }
    table.isSorted = Boolean(column);
    for (const other of table.columns) {
      const value = column ? (other === column ? (state.down ? "descending" : "ascending") : null) : other.sort;
      if (value === null) other.head.removeAttribute("aria-sort");
      else other.head.setAttribute("aria-sort", value);
    }
  }

  // ---- showing the state ----

  let sortedBy = "";
  let filteredBy = null;
  function apply() {
    close();
    const sorting = `${state.sort ?? ""} ${state.down}`;
    if (sorting !== sortedBy) {
      moves = [];
      tables().forEach(order);
      move();
    }
    sortedBy = sorting;
    const { q, level, team, noTeam, scorecard, blueprint, data } = state;
    const filtering = JSON.stringify([q, level, team, noTeam, scorecard, blueprint, data]);
    if (filtering !== filteredBy) tell(filter());
    filteredBy = filtering;
    if (fold(search.value.trim()) !== fold(state.q.trim())) search.value = state.q;
    choose(levels, state.level, state.data, "data-data");
    if (teams) choose(teams, state.team, state.noTeam ? "" : null, "data-none");
  }

  /** Selects the option of a value, or else the special one, or else the first. */
  function choose(select, value, special, attribute) {
    const options = [...select.options];
    const found = value !== null
      ? options.findIndex((option) => option.value === value && !isSpecial(option))
      : options.findIndex((option) => special !== null && option.getAttribute(attribute) === special);
    select.selectedIndex = Math.max(found, 0);
  }

  /** The result that is open. */
  let opened = null;

  function close() {
    if (opened) opened.open = false;
  }

  function open(details) {
    details.closest("tr").classList.add("open");
    details.open = true;
  }

  /** Shows the row of an entity and opens its first result. */
  function reveal() {
    all("tr.found").forEach((row) => row.classList.remove("found"));
    if (state.entity === null) return;
    const rows = tables().flatMap(({ groups }) => groups.flatMap((group) => group.rows));
    const found = rows.find(({ entity, blueprint, isShown }) =>
      isShown && entity === state.entity && (state.blueprint === null || blueprint === state.blueprint));
    if (!found) return;
    found.row.classList.add("found");
    // the result that changed, if one did
    const details = (found.row.querySelector("summary .mv") ?? found.row.querySelector("summary"))?.parentElement.closest("details");
    if (details) open(details);
    found.row.scrollIntoView({ block: "center" });
    (details?.querySelector("summary") ?? found.row).focus({ preventScroll: true });
  }

  /** Goes to the first table with a row. */
  function show() {
    const table = tables().find(({ groups }) => groups.some(({ rows }) => rows.some(({ isShown }) => isShown)));
    const frame = table?.table.parentElement;
    if (!frame) return;
    frame.tabIndex = -1;
    frame.focus({ preventScroll: true });
    frame.closest("[data-widget]").scrollIntoView();
  }

  function load() {
    clearTimeout(timer);
    state = parse(location.hash);
    apply();
    reveal();
  }

  // ---- links and controls ----

  /** Gives the links of charts, teams and moves the address of the view that they lead to. */
  function link() {
    const address = (of) => `#${fragment({ ...NONE, ...of })}`;
    for (const widget of all("[data-widget]")) {
      const rows = all(":scope > .chart a[data-segment]", widget);
      const slices = all(":scope > .chart svg a", widget);
      rows.forEach((row, index) => {
        const { scorecard, of: blueprint, level = null, noData, notApplicable } = row.dataset;
        const data = notApplicable !== undefined ? "none" : noData !== undefined ? "no" : "with";
        row.href = address({ scorecard, blueprint, level, data });
        slices[index]?.setAttribute("href", row.getAttribute("href"));
      });
    }
    for (const team of all("[data-find-team]")) team.href = address({ team: team.dataset.findTeam });
    for (const team of all("[data-find-none]")) team.href = address({ noTeam: true });
    for (const entity of all("[data-find-entity]")) {
      entity.href = address({ entity: entity.dataset.findEntity, blueprint: entity.dataset.of });
    }
  }

  document.addEventListener("click", (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const details = target.closest("details[name=r]");
    if (!details) close();
    else if (target.closest("summary")) details.closest("tr").classList.add("open");
    const found = target.closest("main a[href^='#']");
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const { sort, down } = state;
    state = { ...parse(found.getAttribute("href")), sort, down };
    apply();
    remember(true);
    if (state.entity === null) show();
    else reveal();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!opened) return;
    const summary = opened.querySelector("summary");
    close();
    summary.focus();
  });

  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches("details[name=r]")) return;
    const row = target.closest("tr");
    row.classList.toggle("open", row.querySelector("[open]") !== null);
    if (target.open) {
      opened = target;
      target.lastElementChild.scrollIntoView({ block: "nearest" });
    } else if (opened === target) opened = null;
  }, true);

  search.addEventListener("input", () => change({ q: search.value }, false));
  levels.addEventListener("change", () => {
    const option = levels.selectedOptions[0];
    const data = option.getAttribute("data-data");
    change({ level: data === null && option.value !== "" ? option.value : null, data, scorecard: null, blueprint: null });
  });
  teams?.addEventListener("change", () => {
    const option = teams.selectedOptions[0];
    const noTeam = option.hasAttribute("data-none");
    change({ team: noTeam || option.value === "" ? null : option.value, noTeam });
  });
  clear.addEventListener("click", () => {
    const { sort, down } = state;
    change({ ...NONE, sort, down });
    search.focus();
  });
  for (const head of all("table.main thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      change({ sort: head.getAttribute("data-column"), down: head.getAttribute("aria-sort") === "ascending" });
    });
  }
  window.addEventListener("popstate", load);

  // the heads of tables stick below the bar
  const root = document.documentElement;
  new ResizeObserver(() => root.style.setProperty("--bar-height", `${bar.offsetHeight}px`)).observe(bar);
  root.classList.add("js");
  link();
  if (location.hash.length > 1) load();
  else requestAnimationFrame(() => setTimeout(() => { if (state === NONE) apply(); }));
})();
