// Drives Chromium over the DevTools protocol.
//
// The protocol runs over two pipes (`--remote-debugging-pipe`), so no WebSocket and no port is needed: JSON messages,
// each ended by a NUL byte.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPage } from "./in_page.mjs";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars=false",
  "--remote-debugging-pipe",
];

/** How long the browser may take to answer, in milliseconds. */
const PATIENCE = 60_000;

/** Waits for a promise, or fails after a time with what was awaited. */
function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms: ${what}`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export class Browser {
  /** Starts Chromium with an empty profile. */
  static async start(program = process.env.CHROMIUM ?? "chromium") {
    const profile = mkdtempSync(join(tmpdir(), "page-checks-"));
    const child = spawn(program, [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const browser = new Browser(child, profile);
    await browser.send("Browser.getVersion");
    return browser;
  }

  constructor(child, profile) {
    this.child = child;
    this.profile = profile;
    this.waiting = new Map();
    this.pages = new Map();
    this.last = 0;
    this.rest = [];
    child.stdio[4].on("data", (bytes) => this.read(bytes));
    child.on("error", (error) => this.fail(error));
    child.on("exit", (code) => this.fail(new Error(`chromium ended with ${code}`)));
  }

  fail(error) {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  read(bytes) {
    let start = 0;
    for (let end = bytes.indexOf(0, start); end >= 0; end = bytes.indexOf(0, start)) {
      const message = Buffer.concat([...this.rest, bytes.subarray(start, end)]).toString("utf8");
      this.rest = [];
      start = end + 1;
      this.receive(JSON.parse(message));
    }
    this.rest.push(bytes.subarray(start));
  }

  receive({ id, method, params, result, error, sessionId }) {
    if (id === undefined) {
      this.pages.get(sessionId)?.event(method, params);
      return;
    }
    const { resolve, reject, what } = this.waiting.get(id) ?? {};
    this.waiting.delete(id);
    if (error) reject?.(new Error(`${what}: ${error.message}`));
    else resolve?.(result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.last;
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject, what: method }));
    this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return within(PATIENCE, method, answer);
  }

  /** Opens an empty tab. */
  async page(options = {}) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, targetId, sessionId);
    this.pages.set(sessionId, page);
    await page.prepare(options);
    return page;
  }

  async close() {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.send("Browser.close").catch(() => {});
    await within(10_000, "end of chromium", ended).catch(() => this.child.kill("SIGKILL"));
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const KEYS = {
  Tab: { code: "Tab", windowsVirtualKeyCode: 9 },
  Enter: { code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
  Space: { key: " ", code: "Space", windowsVirtualKeyCode: 32, text: " " },
  Escape: { code: "Escape", windowsVirtualKeyCode: 27 },
  ArrowDown: { code: "ArrowDown", windowsVirtualKeyCode: 40 },
  Backspace: { code: "Backspace", windowsVirtualKeyCode: 8 },
};

export class Page {
  constructor(browser, targetId, sessionId) {
    Object.assign(this, { browser, targetId, sessionId });
    /** What the page wrote to the console, exceptions, violations of the policy and other complaints of the browser. */
    this.messages = [];
    /** The addresses of all requests, that of the page included. */
    this.requests = [];
    this.loads = 0;
    this.waitsForLoad = [];
  }

  send(method, params) {
    return this.browser.send(method, params, this.sessionId);
  }

  event(method, params) {
    if (method === "Runtime.consoleAPICalled") {
      const texts = params.args.map((value) => value.value ?? value.description ?? value.type);
      this.messages.push(`console.${params.type}: ${texts.join(" ")}`);
    } else if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      this.messages.push(`exception: ${exception?.description ?? text}`);
    } else if (method === "Log.entryAdded") {
      this.messages.push(`${params.entry.source}: ${params.entry.text}`);
    } else if (method === "Audits.issueAdded") {
      // advice about filling in forms is none of a violation
      if (params.issue.code !== "GenericIssue") this.messages.push(`issue: ${JSON.stringify(params.issue)}`);
    } else if (method === "Network.requestWillBeSent") {
      this.requests.push(params.request.url);
    } else if (method === "Network.webSocketCreated" || method === "Network.webTransportCreated") {
      this.requests.push(params.url);
    } else if (method === "Page.javascriptDialogOpening") {
      this.messages.push(`dialog: ${params.message}`);
      this.send("Page.handleJavaScriptDialog", { accept: false }).catch(() => {});
    } else if (method === "Page.loadEventFired") {
      this.loads += 1;
      this.waitsForLoad.splice(0).forEach((done) => done());
    }
  }

  async prepare({ width = 1400, height = 900, scheme = "light", scripts = true, bypassPolicy = false } = {}) {
    for (const domain of ["Page", "Runtime", "Log", "Network", "Audits", "DOM"]) await this.send(`${domain}.enable`);
    await this.size(width, height);
    await this.media({ scheme });
    await this.scripts(scripts);
    if (bypassPolicy) await this.send("Page.setBypassCSP", { enabled: true });
    // without it, only the tab in front has the focus
    await this.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  }

  /** Switches scripts on or off for pages that are opened from now on. */
  scripts(on) {
    this.hasScripts = on;
    return this.send("Emulation.setScriptExecutionDisabled", { value: !on });
  }

  size(width, height = 900) {
    return this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  }

  /** Sets the colour scheme that the user prefers, and `screen` or `print`. */
  media({ scheme = "light", media = "screen" }) {
    const features = [
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ];
    return this.send("Emulation.setEmulatedMedia", { media, features });
  }

  async goto(url) {
    const loaded = new Promise((done) => this.waitsForLoad.push(done));
    const { errorText, loaderId } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`cannot open ${url.slice(0, 200)}: ${errorText}`);
    // without a loader the address differs in the fragment only
    if (loaderId) await within(PATIENCE, "load event", loaded);
    await this.settle();
  }

  /** Waits until the page has painted twice. Without scripts no promise of the page is kept, so time must do. */
  async settle() {
    if (!this.hasScripts) {
      await sleep(100);
      return;
    }
    await this.send("Runtime.evaluate", {
      expression: "new Promise((done) => { const late = setTimeout(done, 200);"
        + " requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(late); done(); })); })",
      awaitPromise: true,
    });
  }

  /** Calls a function in the page with the helpers of `in_page.mjs` and JSON arguments. Returns its JSON value. */
  async call(callee, ...values) {
    const given = values.map((value) => JSON.stringify(value ?? null)).join(", ");
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression: `(${callee})((${inPage})()${given && `, ${given}`})`,
      awaitPromise: this.hasScripts,
      returnByValue: true,
    });
    if (exceptionDetails) {
      throw new Error(`in the page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return result.value;
  }

  /** Calls a function in the page until it returns something true. Returns the last value after a time. */
  async until(callee, ...values) {
    const end = Date.now() + 2_000;
    for (;;) {
      const value = await this.call(callee, ...values);
      if (value || Date.now() > end) return value;
      await sleep(25);
    }
  }

  async key(name, { shift = false } = {}) {
    const key = { key: name, modifiers: shift ? 8 : 0, ...KEYS[name] };
    await this.send("Input.dispatchKeyEvent", { type: key.text ? "keyDown" : "rawKeyDown", ...key });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...key, text: undefined });
  }

  type(text) {
    return this.send("Input.insertText", { text });
  }

  /** Presses and releases the main button of the mouse. */
  async clickAt({ x, y }) {
    const button = { x, y, button: "left", clickCount: 1 };
    await this.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
    await this.send("Input.dispatchMouseEvent", { type: "mousePressed", ...button });
    await this.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...button });
    await this.settle();
  }

  /** Clicks on the element that a function in the page returns, where a user could: at a point that belongs to it. */
  async click(find, ...values) {
    const point = await this.call(`(look, ...values) => look.point((${find})(look, ...values))`, ...values);
    if (!point) throw new Error(`there is nothing to click: ${find} ${JSON.stringify(values).slice(0, 200)}`);
    await this.clickAt(point);
  }

  /** The nodes of the accessibility tree that a screen reader gets. */
  async accessibility() {
    const { nodes } = await this.send("Accessibility.getFullAXTree");
    return nodes.filter((node) => !node.ignored).map((node) => ({
      id: node.nodeId,
      parent: node.parentId,
      role: node.role?.value,
      name: node.name?.value ?? "",
    }));
  }

  async screenshot() {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    return Buffer.from(data, "base64");
  }

  async close() {
    await this.browser.send("Target.closeTarget", { targetId: this.targetId });
    this.browser.pages.delete(this.sessionId);
  }
}
