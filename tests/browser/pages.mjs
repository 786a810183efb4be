// Makes the pages of the scenarios with the program.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Failure } from "./checking.mjs";
import { SCENARIOS } from "./inputs.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const AS_OF = "2026-08-22";

/** The pages, made when they are asked for. Each has its address and what `-f json` says about the same input. */
export class Pages {
  constructor(program, write = writePage, { resultOnly = false } = {}) {
    this.resultOnly = resultOnly;
    this.program = program;
    this.write = write;
    this.directory = mkdtempSync(join(tmpdir(), "pages-"));
    this.made = new Map();
  }

  run(...values) {
    const options = { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 30, encoding: "utf8" };
    try {
      return execFileSync(this.program, values, options);
    } catch (error) {
      throw new Failure(`${values.slice(0, 3).join(" ")} … ends with ${error.status}: ${error.stderr?.split("\n")[0]}`);
    }
  }

  save(name, value) {
    const path = join(this.directory, name);
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
    return path;
  }

  get(name) {
    if (!this.made.has(name)) this.made.set(name, this.make(name, SCENARIOS[name]));
    return this.made.get(name);
  }

  make(name, { entities, scorecards, page, guide, gate, baseline, history = [] }) {
    const files = typeof entities[0] === "string" ? entities : [this.save(`${name}.entities.json`, entities)];
    const given = ["evaluate", "-q", "--as-of", AS_OF, ...files.flatMap((file) => ["-e", file])];
    if (scorecards) given.push("-s", this.save(`${name}.scorecards.json`, scorecards));
    if (gate) given.push("--exit-zero", "-m", gate);
    const result = JSON.parse(this.run(...given, "-f", "json"));
    if (baseline && !this.resultOnly) given.push("--baseline", this.save(`${name}.before.json`, shifted(result)));
    if (!this.resultOnly) {
      for (const [at, date] of history.entries()) given.push("--history", this.save(`${name}.${date}.json`, { ...shifted(result, at), asOf: `${date}T00:00:00Z` }));
    }
    if (guide && !this.resultOnly) {
      page = join(this.directory, "guide.json");
      this.run("init", "--page", page);
    } else if (page) page = this.save(`${name}.page.json`, page);
    const file = join(this.directory, `${name}.html`);
    this.write({ pages: this, name, file, given, page, result });
    return { url: pathToFileURL(file).href, file, result };
  }

  close() {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function writePage({ pages, file, given, page }) {
  pages.run(...given, "-f", `html=${file}`, ...(page ? ["--page", page] : []));
}

/** An earlier result in which some results were at the level above, others at the level below, and one entity more was there. */
function shifted(result, by = 0) {
  const before = structuredClone(result);
  for (const [index, entity] of before.entities.entries()) {
    for (const [id, graded] of Object.entries(entity.scorecards)) {
      if (!graded) continue;
      const { levels } = before.summary.scorecards.find((one) => one.identifier === id);
      const rank = graded.rank + ((index + by) % 3) - 1;
      if (!levels[rank]) continue;
      for (const [at, sign] of [[graded.rank, -1], [rank, 1]]) {
        levels[at].count += sign;
        if (graded.noData) levels[at].noData += sign;
      }
      Object.assign(graded, { rank, level: levels[rank].title });
    }
  }
  const [first] = before.entities;
  before.entities.push({ ...first, identifier: `${first.identifier} gone`, title: `${first.title} gone`, scorecards: {} });
  before.summary.entities += 1;
  return before;
}

/** The source of a page, for searches in the text. */
export const source = ({ file }) => readFileSync(file, "utf8");

/** `blueprint/identifier` of the entities of a result that a condition holds for, each once and sorted. */
export const named = (result, condition = () => true) =>
  [...new Set(result.entities.filter(condition).map((one) => `${one.blueprint}/${one.identifier}`))].sort();
