// The inputs from which the program makes the pages that the checks look at.

const rule = (identifier, title, level, property, operator, value) => ({
  identifier, title, level,
  query: { combinator: "and", conditions: [{ property, operator, value }] },
});

const LEVELS = [
  { title: "Basic", color: "paleBlue" }, { title: "Bronze", color: "bronze" },
  { title: "Silver", color: "silver" }, { title: "Gold", color: "gold" },
];

/** Numbers that look random and are the same in each run. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Services with the metrics of the built-in scorecards: some in two teams, some in none, some without data. */
export function services(count) {
  const draw = numbers(count);
  const pick = (values) => values[Math.floor(draw() * values.length)];
  const teams = ["payments", "booking", "harbour", "identity", "search", "mobile", "data-platform", "billing"];
  return Array.from({ length: count }, (_, index) => {
    const idle = draw() < 0.1;
    const team = draw() < 0.08 ? [] : draw() < 0.15 ? [pick(teams), pick(teams)] : [pick(teams)];
    return {
      identifier: `service-${String(index).padStart(4, "0")}-x`, title: `Service ${index} of ${pick(["Anna", "bob", "Émile"])}`,
      blueprint: "service", team,
      properties: {
        total_deployments: idle ? 0 : Math.ceil(draw() * 80), deployment_frequency: idle ? 0 : pick([0.1, 0.5, 2.5, 9]),
        lead_time_for_changes: draw() < 0.1 ? null : pick([5, 100, 500, 900]),
        change_failure_rate: idle ? null : pick([3, 12, 25, 60]), total_incidents: Math.floor(draw() * 4),
        mean_time_to_recovery: draw() < 0.1 ? null : pick([30, 400, 5_000, 20_000]),
      },
    };
  });
}

/** A page with columns of numbers, texts and teams, grouped by team. Digits, accents and case decide the order. */
const COLUMNS = {
  page: {
    identifier: "columns", title: "Columns", type: "dashboard",
    widgets: [{
      id: "w", type: "dashboard-widget", layout: [{ height: 400, columns: [{ id: "t", size: 12 }] }],
      widgets: [{
        id: "t", type: "table-entities-explorer", title: "Sorted things", blueprint: "service",
        dataset: { combinator: "and", rules: [{ property: "$blueprint", operator: "=", value: "service" }] },
        blueprintConfig: {
          service: {
            propertiesSettings: {
              shown: ["$title", "$team", "size", "word", "scorecard#c"], order: ["$title", "$team", "size", "word", "scorecard#c"],
            },
            groupSettings: { groupBy: ["team"] },
          },
        },
      }],
    }],
  },
};

const SORTED = [
  ["a", "Zoë", ["red"], 9, "über"], ["b", "anna", ["red", "blue"], 100, "apple"], ["c", "Bob", ["blue"], 1e21, "Zebra"],
  ["d", "émile", [], -3, "Öl"], ["e", "Emil", ["red"], 0.5, "oliv"], ["f", "zara", ["blue"], null, "banana"],
  ["g", "Álvaro", ["red"], 10, null], ["h", "carl", ["blue", "red"], 2, "Äpfel"], ["i", "Dora", [], 1000, "cherry"],
].map(([identifier, title, team, size, word]) => ({ identifier, title, team, blueprint: "service", properties: { size, word } }));

const SIZES = [{
  identifier: "c", title: "Size", blueprint: "service", levels: LEVELS,
  rules: [
    rule("r1", "More than one", "Bronze", "size", ">", 1), rule("r2", "More than nine", "Silver", "size", ">", 9),
    rule("r3", "More than 99", "Gold", "size", ">", 99),
  ],
}];

const SCRIPT = "<script>window.pwned=1</script>";
const IMAGE = "</script><img src=x onerror=window.pwned=2>";

/** Texts that would run, load, close an element or turn the line around, if the page took them for more than text. */
export const EVIL = [
  SCRIPT, IMAGE, "javascript:window.pwned=3", `"' onmouseover="window.pwned=4" x='`, "</title></style></textarea>" + SCRIPT,
  "]]>", "<!--", "-->", "<!-- <script> --!>", "&", "&amp;", "&lt;b&gt;", "<b>bold</b>", "a\rb", "a\r\nb", "a\tb\n  c",
  "\u202egnp.exe", "\u2066a\u2069", "\u200f\u200e", "\u0000nul", "\u0001\u0007\u001b[31mred\u009b1m", "\u2028line\u2029",
  "</details></td></tr></table>" + SCRIPT, "{{7*7}}${7*7}", "__proto__", "constructor", "../../etc/passwd",
  "\ufffe\uffff", "\ufeffbom", "file:///etc/passwd", "http://example.invalid/x.png", "😀\u0301e\u0301", " ", "%3Cscript%3E",
  "data:text/html,<script>window.pwned=5</script>", "<svg onload=window.pwned=6>", "<style>*{display:none}</style>",
  "<base href=http://example.invalid/>", "<meta http-equiv=refresh content=0>", "x".repeat(10_000),
];

const HOSTILE_ENTITIES = EVIL.map((text, index) => ({
  identifier: text, title: index % 3 === 0 ? undefined : text, blueprint: "service",
  team: index % 4 === 0 ? [] : [EVIL[(index * 7) % EVIL.length], EVIL[(index + 1) % EVIL.length]],
  properties: { score: index, text, [text]: text },
}));

const HOSTILE_SCORECARDS = [
  {
    identifier: IMAGE, title: SCRIPT, blueprint: "service",
    levels: [{ title: "Basic", color: "paleBlue" }, { title: SCRIPT, color: `red" onload="window.pwned=7` },
      { title: IMAGE, color: "url(http://example.invalid/)" }],
    rules: [rule(SCRIPT, IMAGE, SCRIPT, "text", "!=", IMAGE), rule(`"'><`, SCRIPT, IMAGE, SCRIPT, "=", "javascript:window.pwned=8")],
  },
  { identifier: "plain", title: "\u202edlog", blueprint: "service", rules: [rule("r", "]]>", "Gold", "score", ">", 5)] },
];

const HOSTILE_MARKDOWN = [
  "# Heading " + SCRIPT, "", SCRIPT, "", "<img src=http://example.invalid/raw.png onerror=window.pwned=9>", "",
  "[bad](javascript:window.pwned=10) [worse](JaVaScRiPt:window.pwned=11) [data](data:text/html,<script>window.pwned=12</script>)",
  "[vb](vbscript:x) [file](file:///etc/passwd) [ok](https://example.invalid/docs) [rel](//example.invalid/)",
  "![picture](http://example.invalid/markdown.png) ![](https://example.invalid/empty.png)", "",
  "<javascript:window.pwned=13> <https://example.invalid/auto>", "", "<iframe src=http://example.invalid/></iframe>", "",
  "| a | b |", "|---|---|", "| <b>x</b> | `</script>` |", "", "[^1] \u202eturned", "", "[ref]", "", "[ref]: javascript:window.pwned=14",
].join("\n");

const dataset = { combinator: "and", rules: [{ property: "$blueprint", operator: "=", value: "service" }] };

const HOSTILE_PAGE = {
  identifier: SCRIPT, title: IMAGE, icon: SCRIPT, description: SCRIPT, type: "dashboard",
  widgets: [{
    id: "w", type: "dashboard-widget",
    layout: [{ height: 1, columns: ["m", "p", "q", "t", "u", IMAGE].map((id) => ({ id, size: 6 })) }],
    widgets: [
      { id: "m", type: "markdown", title: SCRIPT, description: IMAGE, markdown: HOSTILE_MARKDOWN },
      { id: "p", type: "entities-pie-chart", title: IMAGE, description: SCRIPT, blueprint: "service", property: "text", dataset,
        emptyStateText: SCRIPT },
      { id: "q", type: "entities-pie-chart", title: "\u202eeip", blueprint: "service", property: `scorecard#${IMAGE}`, dataset },
      { id: "t", type: "table-entities-explorer", title: SCRIPT, blueprint: "service", dataset,
        blueprintConfig: { service: { propertiesSettings: {
          shown: ["$title", "$identifier", "$team", "text", SCRIPT, `scorecard#${IMAGE}`, "scorecard#plain"],
        }, groupSettings: { groupBy: ["$team"] } } } },
      { id: "u", type: SCRIPT, title: SCRIPT },
      { id: IMAGE, type: "entities-number-chart", title: SCRIPT, blueprint: "service", chartType: "countEntities",
        calculationBy: "entities", func: "count", unit: "custom", unitCustom: SCRIPT, dataset },
    ],
  }],
};

const EXAMPLES = ["services.json", "teams.json"].map((name) => `examples/entities/${name}`);

/** Ten entities at each of five levels, of which some do not apply and some have no data. */
const EVERY_KIND = Array.from({ length: 40 }, (_, index) => ({
  identifier: `e${index}`, title: `Entity ${index}`, blueprint: "service", team: [`team ${index % 3}`],
  properties: { size: index % 7 === 0 ? null : index * 5 - 20, kind: index % 9 === 0 ? "library" : "service" },
}));

const FILTERED = [{
  ...SIZES[0], filter: { combinator: "and", conditions: [{ property: "kind", operator: "=", value: "service" }] },
}];

/** Every page by name: entities (values or files), and what else the program is given. */
export const SCENARIOS = {
  builtIn: { entities: EXAMPLES },
  guide: { entities: EXAMPLES, guide: true },
  columns: { entities: SORTED, scorecards: SIZES, page: COLUMNS },
  kinds: { entities: EVERY_KIND, scorecards: FILTERED },
  many: { entities: services(200) },
  moved: { entities: EXAMPLES, gate: "Bronze", baseline: true },
  history: { entities: EXAMPLES, baseline: true, history: ["2026-05-22", "2026-06-22", "2026-07-22"] },
  hostile: { entities: HOSTILE_ENTITIES, scorecards: HOSTILE_SCORECARDS },
  hostilePage: { entities: HOSTILE_ENTITIES, scorecards: HOSTILE_SCORECARDS, page: HOSTILE_PAGE },
  hostileMoved: { entities: HOSTILE_ENTITIES, scorecards: HOSTILE_SCORECARDS, baseline: true, history: ["2026-05-22", "2026-06-22"] },
  none: { entities: [] },
  one: { entities: SORTED.slice(0, 1), scorecards: SIZES },
  noTeams: { entities: SORTED.map((entity) => ({ ...entity, team: [] })), scorecards: SIZES },
};
