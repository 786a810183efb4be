// What checks have in common: assertions whose messages tell what was found, and the order of running.

/** A check that failed, as opposed to one that could not be made. */
export class Failure extends Error {}

export function demand(holds, message) {
  if (!holds) throw new Failure(typeof message === "function" ? message() : message);
}

/** Demands that two lists hold the same values in the same order. */
export function same(found, expected, what) {
  const [one, other] = [found, expected].map((value) => JSON.stringify(value));
  if (one === other) return;
  if (Array.isArray(found) && Array.isArray(expected)) {
    const surplus = found.filter((value) => !expected.includes(value));
    const missing = expected.filter((value) => !found.includes(value));
    if (surplus.length + missing.length > 0 && typeof found[0] !== "object") {
      throw new Failure(`${what}: ${found.length} instead of ${expected.length}; too many: `
        + `${cut(JSON.stringify(surplus))}; missing: ${cut(JSON.stringify(missing))}`);
    }
  }
  throw new Failure(`${what}: ${cut(one)} instead of ${cut(other)}`);
}

/** Demands that a list of complaints is empty. */
export function none(complaints, what) {
  demand(complaints.length === 0, () => `${what}: ${complaints.length}: ${cut(complaints.slice(0, 5).join(" | "), 900)}`);
}

export const cut = (text = "undefined", length = 300) => (text.length > length ? `${text.slice(0, length)}…` : text);

/** Opens a page, makes a check in it and closes it. */
export async function visit(browser, url, options, check) {
  const page = await browser.page(options);
  try {
    await page.goto(url);
    return await check(page);
  } finally {
    await page.close();
  }
}

/** Runs checks and prints one line for each. Returns the names of those that failed. */
export async function runAll(checks, context, print = console.log) {
  const failed = [];
  for (const { name, run } of checks) {
    const start = performance.now();
    const error = await run(context).then(() => undefined, (error) => error);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (error) failed.push(name);
    const reason = error instanceof Failure ? error.message : error?.stack;
    print(error ? `FAILED ${name}: ${reason}` : `ok     ${name} (${seconds} s)`);
  }
  return failed;
}
