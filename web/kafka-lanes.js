// The element <kafka-lanes>: a few lines that wait until it is near the viewport, then fetch the rest.
// Everything is found beside this file, wherever that is.

// prettier-ignore
const ATTRIBUTES = ["scenario", "src", "height", "autoplay", "controls", "speed", "at", "step", "caption", "seed", "loading",
  "theme", "lang", "view"];
/** How long a scenario of another file may take, in ms. */
const SLOWEST = 20_000;
/** What a code block for us looks like, in the documentation tools that we know. */
const FENCES = ".language-kafka,pre.kafka,div.kafka,.highlight-kafka,[data-lang=kafka]";
const FLOWCHARTS = ".language-mermaid,pre.mermaid,[data-lang=mermaid]";
const FLOWCHART = /^\s*(---[^]*?---\s*)?(%%.*\s*)*(flowchart|graph)\b/;
/** How near to the viewport an element starts. */
const NEAR = { rootMargin: "300px" };
/** What holds the scenario as text inside an element; else that is all text in it. */
const INSIDE = "script[type='text/kafka'],pre";
/** CSS px that an embed takes up: where it is narrow and stands upright, at least; else where no height is said. */
const UPRIGHT = 620;
const HEIGHT = 460;
const here = import.meta.url;
/** What an element looks like before its own style sheet has come. */
const BLOCK =
  ":host{display:block;position:relative}:host([hidden]){display:none}button{position:absolute;right:0;bottom:0}";
const modules = {};
let block;
/** What elements that run have to do when the engine stops, which they share. */
const running = new Map();
/** What is said when it stops, before the reason. */
let farewell;
/** That with the reason, if it stopped. */
let stopped;
/** Looks whether an error was one of the engine. */
let suspect = () => {};

/**
 * Fetches a wasm module and its glue, both at once, and makes something of the glue's functions and the wasm's exports:
 * once for all elements of the page. What failed is tried again.
 */
function fetchModule(name, make) {
  const bring = async () => {
    const wasm = fetch(new URL(`${name}_bg.wasm`, here));
    wasm.catch(() => {});
    const module = await import(new URL(`${name}.js`, here).href);
    return make([module, await module.default({ module_or_path: wasm })]);
  };
  modules[name] ??= bring();
  modules[name].catch(() => delete modules[name]);
  return modules[name];
}

/** Loads the engine. */
function load() {
  if (stopped) throw new Error(stopped);
  return fetchModule("kafka-lanes-app", ([module, exports]) => {
    farewell = module.begin(() => bringNow(exports), markup(), stop);
    guard(module, exports.stack);
    return { ...module, rest: () => bringSoon(exports) };
  });
}

/** The second part of the engine's code (crates/shrink): it comes after the first frame, or when something needs it. */
const REST = new URL("kafka-lanes-app_rest.wasm", here);
let linked;
let coming;

/** Puts its functions into the places that the first part keeps for them, once. A development build is whole. */
function link(module, exports) {
  if (!linked) new WebAssembly.Instance(module, { a: exports });
  linked = true;
}

function bringSoon(exports) {
  const bring = async () => {
    if (exports.a) link(await WebAssembly.compile(await (await fetch(REST)).arrayBuffer()), exports);
  };
  coming ??= bring();
  coming.catch(() => (coming = undefined));
  return coming;
}

/** While everything waits: the code that called for it cannot go on without. */
function bringNow(exports) {
  // What JavaScript calls by name asks every time.
  if (linked) return;
  const request = new XMLHttpRequest();
  request.open("GET", REST, false);
  request.overrideMimeType("text/plain;charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new Error(`${REST}: ${request.status}`);
  const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
  link(new WebAssembly.Module(bytes), exports);
}

/** Loads what reads flowcharts, when one is opened or the page is idle. */
function loadImporter() {
  return fetchModule("kafka-lanes-import", ([module]) => module);
}

/** Reads a Mermaid flowchart: `{ scenario, remarks }`. */
const importDiagram = async (text) => (await loadImporter()).read_flowchart(text);

/** Puts markup of ours into an element, as pages that want Trusted Types ask for it. */
function markup() {
  const policy = globalThis.trustedTypes?.createPolicy("kafka-lanes", { createHTML: (text) => text });
  return (element, text) => (element.innerHTML = policy?.createHTML(text) ?? text);
}

/** The engine made a mistake: nothing in it may fit any more, so that no element asks anything of it from now on. */
function stop(why) {
  stopped = farewell + why;
  running.forEach((fail) => fail(new Error(stopped)));
}

/** What leaves the engine by a throw, as for want of memory, leaves the stack as it was: that it stood empty is what tells. */
function guard(module, stack) {
  const empty = stack?.value;
  suspect = ({ reason, message = reason }) =>
    // When nothing runs, and before anything else does.
    queueMicrotask(() => {
      if (stopped || stack?.value === empty) return;
      stack.value = empty;
      // Else it was only the second part that did not come.
      if (!linked) return;
      module.stop();
      stop(message);
    });
  addEventListener("error", suspect);
  addEventListener("unhandledrejection", suspect);
}

function reason(error) {
  const said = String(error?.message ?? error);
  if (!/WebAssembly.*(CSP|Content.Security)/s.test(said)) return said;
  return "the page's Content-Security-Policy lacks 'wasm-unsafe-eval' in script-src.";
}

const Base = globalThis.HTMLElement ?? class {};

export class KafkaLanes extends Base {
  static observedAttributes = ATTRIBUTES;
  #world = null;
  /** What stands for the present start: a start that another has taken the place of stops. */
  #turn = null;
  #settle = null;
  #watcher = null;
  #panels = null;
  /** Says why it failed. */
  #note = null;
  /** How often another scenario was asked for. */
  #asked = 0;

  constructor() {
    super();
    this.#promise();
    const root = this.attachShadow({ mode: "open" });
    // Until the diagram runs, and if it never does, what stands inside the element shows.
    root.append(document.createElement("slot"));
    if (!block) (block = new CSSStyleSheet()).replaceSync(BLOCK);
    root.adoptedStyleSheets = [block];
  }

  #promise() {
    if (this.#settle) return;
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.ready.catch(() => {});
  }

  /** The document of `kafka-lanes run --json` as plain objects; null before the diagram runs. */
  get state() {
    return this.#world?.state() ?? null;
  }

  play() {
    return this.#do("play");
  }
  pause() {
    return this.#do("pause");
  }
  /** A method and an attribute: frameworks set what an element has a member for. */
  get step() {
    return () => this.#do("step");
  }
  set step(at) {
    at == null ? this.removeAttribute("step") : this.setAttribute("step", at);
  }
  /** To a moment of simulated time: "12s", "250ms", or microseconds as a number. */
  seek(time) {
    return this.#do("seek", String(time));
  }

  connectedCallback() {
    this.#size();
    if (this.#turn || this.#note) return;
    const loading = this.getAttribute("loading");
    if (loading === "click") return this.#ask();
    if (loading === "eager") return void this.#start();
    this.#watcher ??= new IntersectionObserver((entries) => entries.at(-1).isIntersecting && this.#start(), NEAR);
    this.#watcher.observe(this);
  }

  /** A button over what stands inside: nothing is fetched before it is pressed. */
  #ask() {
    if (this.shadowRoot.querySelector("button")) return;
    const button = document.createElement("button");
    button.textContent = "▶ Run it live";
    button.part = "run";
    button.onclick = () => this.#start();
    this.shadowRoot.prepend(button);
  }

  disconnectedCallback() {
    // A move in the document disconnects and connects again: only what stays away is taken down.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#watcher?.disconnect();
      this.#world?.free();
      running.delete(this);
      this.#world = this.#turn = this.#note = null;
      this.shadowRoot.replaceChildren(document.createElement("slot"));
      this.#promise();
    });
  }

  get #isFull() {
    return this.getAttribute("controls") === "full";
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    const world = this.#world;
    if (/height|controls|theme/.test(name)) this.#size();
    world?.set(name, after);
    world?.set("height", this.#height);
    world?.recolour();
    if (!/scenario|src|seed/.test(name)) return;
    if (world) return void this.#reopen();
    if (!this.#turn && !this.#note) return;
    this.#turn = null;
    this.#start();
  }

  /** The room is reserved before anything is fetched, so that nothing below moves. */
  #size() {
    const height = this.#height && `${this.#height}px`;
    this.style.setProperty("--kl-height", height);
    this.style.minHeight = this.#world ? null : height;
    this.#scheme();
  }

  get #height() {
    const least = this.clientWidth < 640 ? UPRIGHT : 0;
    const said = /^[1-9]\d{0,3}$/.exec(this.getAttribute("height")) ?? (this.#isFull ? null : HEIGHT);
    return said && String(Math.max(said, least));
  }

  /** Light or dark: what the attribute says, else what the page says in other ways than `color-scheme`. */
  #scheme() {
    const theme = this.getAttribute("theme");
    this.style.colorScheme = theme === "light" || theme === "dark" ? theme : pageScheme();
  }

  /** The page's colours may have changed. */
  recolour() {
    this.#scheme();
    this.#world?.recolour();
  }

  async #start() {
    this.#watcher?.disconnect();
    if (this.#turn) return;
    const turn = (this.#turn = {});
    const root = this.shadowRoot;
    this.#note?.remove();
    this.#note = null;
    root.querySelector("button")?.remove();
    this.#promise();
    try {
      // What stands inside may not have come yet.
      await parsed();
      const [module, text] = await Promise.all([load(), this.#text()]);
      const read = module.is_mermaid(text) ? await importDiagram(text) : { scenario: text };
      if (read.remarks && !read.scenario) throw new Error(read.remarks[0]?.text);
      const full = this.#isFull;
      // Panels come at once there, and only the rest reads links and tells the story.
      if (full || /#play\//.test(text) || this.hasAttribute("step")) await module.rest();
      if (this.#turn !== turn) return;
      this.#size();
      const options = Object.fromEntries(ATTRIBUTES.map((name) => [name, this.getAttribute(name)]));
      options.height = this.#height;
      options.remarks = read.remarks;
      const mount = document.createElement("div");
      mount.className = "kl-mount";
      root.append(mount);
      // What it takes the place of must not narrow or push it while it measures its room.
      root.querySelector("slot").hidden = true;
      this.#world = module.mount(this, mount, read.scenario, options, importDiagram);
      running.set(this, (error) => this.#fail(error));
      if (full) this.#world.panels();
      await frames();
      if (this.#turn !== turn) return;
      root.querySelector("slot")?.remove();
      this.style.minHeight = "";
      this.#settle.resolve(this);
      this.#settle = null;
      this.#tell("kl-ready");
      // The panels come after the first frame; should their code not arrive, it is asked for again when it is needed.
      this.#panels = module.rest().catch(() => {}).then(() => this.#world?.panels());
      // The playground can open diagrams without a network from then on.
      if (full) (globalThis.requestIdleCallback ?? setTimeout)(loadImporter);
    } catch (error) {
      if (this.#turn === turn) this.#fail(error);
    }
  }

  async #reopen() {
    const asked = ++this.#asked;
    try {
      const text = await this.#text();
      if (asked === this.#asked) this.#world?.open(text);
    } catch (error) {
      if (asked === this.#asked) this.#complain(error);
    }
  }

  async #text() {
    const src = this.getAttribute("src");
    if (!src) return this.getAttribute("scenario") ?? linesOf(this.querySelector(INSIDE) ?? this).replace(/^\s*\n/, "");
    try {
      const answer = await fetch(new URL(src, document.baseURI), { signal: AbortSignal.timeout(SLOWEST) });
      const type = answer.headers.get("Content-Type") ?? "";
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      if (/html|css|script|image|video/.test(type)) throw new Error(`it is ${type}`);
      return await answer.text();
    } catch (error) {
      const slow = error.name === "TimeoutError" && `nothing came within ${SLOWEST / 1000} s`;
      throw new Error(`The scenario ${src} could not be fetched: ${slow || reason(error)}.`);
    }
  }

  #fail(error) {
    const root = this.shadowRoot;
    const note = (this.#note = document.createElement("p"));
    note.className = "kl-error";
    note.role = "status";
    note.textContent = stopped ?? `The live diagram could not start: ${reason(error)}`;
    root.replaceChildren(document.createElement("slot"), note);
    this.style.minHeight = "";
    this.#world = this.#turn = null;
    this.#settle?.reject(error);
    this.#settle = null;
    this.#complain(error);
  }

  #complain(error) {
    suspect(error);
    this.#tell("kl-error", { message: reason(error) });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** Who asks for something does not wait until it is near the viewport; what failed is tried again. */
  async #do(what, ...how) {
    if (this.isConnected) this.#start();
    await this.ready;
    await this.#panels;
    try {
      this.#world?.[what](...how);
    } catch (error) {
      suspect(error);
      throw error;
    }
    await frames();
  }
}

/** Two frames: what was asked for is on the screen. A hidden page draws none, so time does as well. */
function frames() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, 250);
  });
}

/** Where a page says how it is coloured. */
function pageRoots() {
  return [document.documentElement, document.body].filter(Boolean);
}

/** The page has been read to its end. */
function parsed() {
  return new Promise((done) => {
    if (document.readyState !== "loading") done();
    addEventListener("DOMContentLoaded", done);
  });
}

/** How a page is coloured that has no `color-scheme`: an attribute or a class of its root, else its ground. */
function pageScheme() {
  const roots = pageRoots();
  if (roots.some((root) => getComputedStyle(root).colorScheme !== "normal")) return "";
  for (const { dataset, className } of roots) {
    const said = /\b(dark|light)\b/i.exec([dataset.theme, dataset.mode, dataset.bsTheme, className]);
    if (said) return said[1].toLowerCase();
  }
  for (const root of roots.reverse()) {
    const [r, g, b, a = 1] = getComputedStyle(root).backgroundColor.match(/[\d.]+/g) ?? [];
    if (a > 0.5) return +r + 2 * g + +b < 512 ? "dark" : "light";
  }
  return "";
}

/** Text as it stands there, whatever its lines are made of and whether or not it is seen. */
function linesOf(element) {
  const copy = (element.querySelector("code,pre") ?? element).cloneNode(true);
  copy.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
  return copy.textContent;
}

/** Code blocks become diagrams; what stood there stays inside, as the fallback. */
function upgradeFences() {
  const wanted = document.querySelector("script[data-mermaid][src*=kafka-lanes]") ? `${FENCES},${FLOWCHARTS}` : FENCES;
  for (const code of document.querySelectorAll(wanted)) {
    const block = code.closest("pre") ?? code;
    if (!block.isConnected || block.closest("kafka-lanes")) continue;
    const text = linesOf(block);
    if (code.matches(FLOWCHARTS) && !FLOWCHART.test(text)) continue;
    const element = document.createElement("kafka-lanes");
    element.setAttribute("scenario", text);
    block.replaceWith(element);
    element.append(block);
  }
}

/** Frames of ours say how high they are; they are believed within reason, and only about themselves. */
function fitFrame({ data, source }) {
  if (data?.type !== "kafka-lanes:resize" || !(data.height > 0)) return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source) frame.style.height = `${Math.min(Math.max(data.height, 120), 2400)}px`;
}

/** Looks after the page: the blocks that are there or come later, its colours, the heights of frames. */
function attend() {
  upgradeFences();
  addEventListener("message", fitFrame);
  // Sites that change pages without loading them bring new blocks.
  let due;
  const look = () => (due = upgradeFences());
  const watcher = new MutationObserver(() => (due ||= requestAnimationFrame(look)));
  watcher.observe(document.body, { childList: true, subtree: true });
  const recolour = () => document.querySelectorAll("kafka-lanes").forEach((element) => element.recolour());
  for (const root of pageRoots()) new MutationObserver(recolour).observe(root, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  // Frames that were there before this script.
  for (const frame of document.querySelectorAll("iframe[src*='embed.html']"))
    frame.contentWindow.postMessage({ type: "kafka-lanes:measure" }, "*");
}

// Once a page, however often it is loaded; and never where there is no page, as when a site is built.
if (globalThis.customElements && !customElements.get("kafka-lanes")) {
  customElements.define("kafka-lanes", KafkaLanes);
  parsed().then(attend);
}
