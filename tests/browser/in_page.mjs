// The helpers that the checks use inside the page. They know the attributes of SHAPES.md and nothing else of the page.

/** Returns the helpers. Runs in the page, so it refers to nothing outside itself. */
export function inPage() {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /** Whether a user sees an element, wherever the page is scrolled to. */
  const shown = (element) =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    && [...element.getClientRects()].some(({ width, height }) => width > 0 && height > 0);

  const key = (element) => `${element.dataset.blueprint}/${element.dataset.entity}`;
  const distinct = (values) => [...new Set(values)].sort();

  /** The table rows of entities in a part of the page. */
  const rows = (root = document) => all("tr[data-entity]", root);

  /** `blueprint/identifier` of all entities with a displayed row, each once. */
  const entities = (root = document) => distinct(rows(root).filter(shown).map(key));

  /** A control of a kind, and the part of the page that it rules: its widget, if each widget has one of its own. */
  const control = (selector) => {
    const found = all(selector).filter(shown);
    const scope = found.length > 1 ? found[0].closest("[data-widget]") ?? document : document;
    return { element: found[0], scope };
  };

  /** The options of a select, by what they say and mean. */
  const option = (select, name) =>
    [...select.options].find((one) => one.value === name) ?? [...select.options].find((one) => one.text.trim() === name);

  /** Chooses an option, as a user does. The empty name chooses the first option. */
  const choose = (selector, name) => {
    const { element } = control(selector);
    if (!element) throw new Error(`no control ${selector} is shown`);
    const chosen = name === "" ? element.options[0] : option(element, name);
    if (!chosen) throw new Error(`${selector} has no option ${name}: ${[...element.options].map((one) => one.text)}`);
    element.value = chosen.value;
    for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
    return true;
  };

  const SEARCH = "input[type=search]";
  const filter = (name) => `select[data-filter=${name}]`;

  /** The values of all controls. A select is told by the text of its option. */
  const controls = () =>
    all(`${SEARCH}, select`).filter(shown)
      .map((element) => (element.tagName === "SELECT" ? element.selectedOptions[0]?.text : element.value) ?? "");

  /** A point that belongs to an element and to none above it, after scrolling to it. */
  const point = (element) => {
    if (!element) return null;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    for (const box of element.getClientRects()) {
      for (const [across, down] of [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2], [0.5, 0.8]]) {
        const [x, y] = [box.left + across * box.width, box.top + down * box.height];
        if (element.contains(document.elementFromPoint(x, y))) return { x, y };
      }
      // a slice of a ring may be anywhere in its box
      for (let across = 0.025; across < 1; across += 0.05) {
        for (let down = 0.025; down < 1; down += 0.05) {
          const [x, y] = [box.left + across * box.width, box.top + down * box.height];
          if (element.contains(document.elementFromPoint(x, y))) return { x, y };
        }
      }
    }
    return null;
  };

  /** The text of an element without runs of white space. */
  const text = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

  /** What a user reads in a part of the page. */
  const read = (element = document.body) => (element?.innerText ?? "").replace(/\s+/g, " ").trim();

  /** The control that takes filters away, once there are some. */
  const clear = () =>
    all("button, input[type=reset], a[href]").filter(shown)
      .find((element) => /\b(clear|reset|show all|remove)\b/i.test(element.value || element.ariaLabel || text(element)));

  /** A short description of an element, for messages. */
  const describe = (element) => {
    if (!element) return "nothing";
    const data = Object.entries(element.dataset ?? {}).slice(0, 4).map(([name, value]) => `${name}=${value.slice(0, 40)}`);
    const name = element.getAttribute("aria-label") ?? text(element);
    return `<${[element.localName, ...data].join(" ")}> ${name.slice(0, 40)}`;
  };

  /** Luminance of WCAG, from 0 to 1. */
  const luminance = (color) => {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const parts = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };

  /** The colour behind an element: the first of its ancestors that is not transparent, white if none. */
  const background = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0\)$|^transparent$/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };

  return {
    all, shown, key, distinct, rows, entities, control, choose, SEARCH, filter, controls, point, text, read, clear,
    describe, luminance, background,
  };
}
