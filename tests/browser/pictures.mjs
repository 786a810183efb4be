// Makes the pictures of the README and of the guide: `node tests/browser/pictures.mjs PROGRAM`.
//
// The page is a screenshot of the real projects in `examples`, in both colour schemes. The table is the output of the
// program with its colours, as SVG.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Browser } from "./driver.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const TARGET = join(ROOT, "examples/dashboard");
const AS_OF = "2026-08-22";
const SIZE = { width: 1400, height: 900 };
const program = resolve(process.argv[2] ?? join(ROOT, "target/release/dora-score"));
const example = (path) => join(ROOT, "examples", path);

/** The page of the real projects, with a gate and what moved in half a year. */
function page(directory) {
  // the page says the names of its files, so they are those of the directory
  const run = (...values) => execFileSync(program, values, { cwd: directory, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const events = ["deployments", "changes", "incidents"].flatMap((kind) => [`--${kind}`, example(`metrics/${kind}.ndjson`)]);
  run("metrics", ...events, "--services", example("entities/oss-services.json"), "--as-of", AS_OF, "--snapshots", "history", "--every", "4w", "--last", "6");
  run("evaluate", "-q", "-e", "history/2026-07-25.json", "--as-of", "2026-07-25", "-f", "json=last.json");
  run("evaluate", "-e", `history/${AS_OF}.json`, "--as-of", AS_OF, "--min-level", "Bronze@30%", "--no-data", "skip", "--exit-zero",
    "--baseline", "last.json", "--history", "history", "-f", "html=page.html");
  return join(directory, "page.html");
}

/** The colours of a terminal by their number. */
const COLORS = ["#1e1e1e", "#e05561", "#4aa564", "#d18f52", "#4aa5f0", "#c162de", "#42b3c2", "#d7dae0", "#7f848e", "#ff616e", "#7bc275", "#f0a45d", "#6db9ff", "#de73ff", "#4cd1e0", "#ffffff"];
const GRAY = "#d7dae0";
const [BACKGROUND, CELL, LINE] = ["#16191d", 8.4, 19];

/** A colour of the palette of 256. */
function color(number) {
  if (number < 16) return COLORS[number];
  if (number >= 232) return `rgb(${Array(3).fill(8 + (number - 232) * 10)})`;
  const part = (value) => (value === 0 ? 0 : 55 + value * 40);
  const at = number - 16;
  return `rgb(${[part(Math.floor(at / 36)), part(Math.floor(at / 6) % 6), part(at % 6)]})`;
}

/** The style after a sequence of a terminal such as `1;38;5;12`. */
function styled(style, numbers) {
  let next = { ...style };
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at];
    const extended = () => {
      const isDirect = numbers[at + 1] === 2;
      const value = isDirect ? `rgb(${numbers.slice(at + 2, at + 5)})` : color(numbers[at + 2]);
      at += isDirect ? 4 : 2;
      return value;
    };
    if (number === 0) next = {};
    else if (number === 1) next.bold = true;
    else if (number === 2) next.dim = true;
    else if (number >= 30 && number < 38) next.front = COLORS[number - 30];
    else if (number >= 90 && number < 98) next.front = COLORS[number - 82];
    else if (number >= 40 && number < 48) next.back = COLORS[number - 40];
    else if (number >= 100 && number < 108) next.back = COLORS[number - 92];
    else if (number === 38) next.front = extended();
    else if (number === 48) next.back = extended();
  }
  return next;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The output of a terminal as SVG. Every run of text is stretched to its cells, so that columns stay straight in every font. */
function terminal(text) {
  const lines = text.replace(/\n+$/, "").split("\n");
  let parts = "";
  let widest = 0;
  lines.forEach((line, row) => {
    let [style, column] = [{}, 0];
    for (const [, sequence, words] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/g)) {
      if (words === undefined) {
        style = styled(style, sequence.split(";").map(Number));
        continue;
      }
      const [x, width] = [column * CELL, words.length * CELL];
      if (style.back) parts += `<rect x="${x}" y="${row * LINE}" width="${width}" height="${LINE}" fill="${style.back}"/>`;
      const look = `fill="${style.front ?? GRAY}"${style.bold ? ' font-weight="bold"' : ""}${style.dim ? ' opacity=".65"' : ""}`;
      // an image has no runs of blanks
      for (const { 0: shown, index } of words.matchAll(/\S+(?: \S+)*/g)) {
        const [start, length] = [(column + index) * CELL, shown.length * CELL];
        parts += `<text x="${start.toFixed(1)}" y="${row * LINE + 14}" textLength="${length.toFixed(1)}" ${look}>${escaped(shown)}</text>`;
      }
      column += words.length;
      widest = Math.max(widest, column);
    }
  });
  const [width, height] = [Math.ceil(widest * CELL) + 32, lines.length * LINE + 32];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="-16 -16 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
<title>The levels of twelve projects in a terminal</title><rect x="-16" y="-16" width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>
${parts}
</svg>
`;
}

const directory = mkdtempSync(join(tmpdir(), "pictures-"));
const browser = await Browser.start();
try {
  const url = pathToFileURL(page(directory)).href;
  for (const scheme of ["light", "dark"]) {
    const view = await browser.page({ ...SIZE, scheme });
    await view.goto(url);
    writeFileSync(join(TARGET, `page-${scheme}.png`), await view.screenshot());
    await view.close();
  }
  const table = execFileSync(program, ["evaluate", "-e", example("entities/oss-services.json"), "--as-of", AS_OF, "--color", "always", "--sort", "dora_cfr", "--limit", "12"],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, COLUMNS: "100" }, stdio: ["ignore", "pipe", "ignore"] });
  writeFileSync(join(TARGET, "table.svg"), terminal(table));
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}
