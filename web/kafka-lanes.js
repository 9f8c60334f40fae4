// The element <kafka-lanes>: a few lines that wait until it is near the viewport, then fetch the rest.
// Everything is found beside this file, wherever that is.

// prettier-ignore
const ATTRIBUTES = ["scenario", "src", "height", "autoplay", "controls", "speed", "at", "step", "seed", "loading", "theme",
  "lang", "view"];
/** How long a scenario of another file may take, in ms. */
const SLOWEST = 20_000;
/** What a code block for us looks like, in the documentation tools that we know. */
const FENCES = ".language-kafka,pre.kafka,div.kafka,.highlight-kafka,[data-lang=kafka]";
const FLOWCHARTS = ".language-mermaid,pre.mermaid,[data-lang=mermaid]";
/** CSS px that an embed takes up where it has no height of its own: on a phone, and elsewhere. */
const HEIGHTS = [620, 460];
const here = import.meta.url;
let engine;

let importer;

/** Fetches a wasm module and its glue, both at once: the glue's functions, and what the wasm exports. */
async function fetchModule(name) {
  const wasm = fetch(new URL(`${name}_bg.wasm`, here));
  wasm.catch(() => {});
  const module = await import(new URL(`${name}.js`, here).href);
  return [module, await module.default({ module_or_path: wasm })];
}

/** Loads the engine once for all elements of the page. */
function load() {
  engine ??= fetchModule("kafka-lanes-app").then(([module, exports]) => {
    module.on_rest(() => rest.now(exports));
    return { ...module, rest: () => rest.soon(exports) };
  });
  engine.catch(() => (engine = undefined));
  return engine;
}

/** The second part of the engine's code (crates/shrink): it comes after the first frame, or when something needs it. */
const rest = {
  url: new URL("kafka-lanes-app_rest.wasm", here),
  /** Puts its functions into the places that the first part keeps for them, once. A development build is whole. */
  link(module, exports) {
    if (!this.linked) new WebAssembly.Instance(module, { a: exports });
    this.linked = true;
  },
  soon(exports) {
    const bring = async () => {
      const answer = await fetch(this.url);
      if (answer.ok) this.link(await WebAssembly.compile(await answer.arrayBuffer()), exports);
    };
    this.coming ??= exports[0] ? bring() : Promise.resolve();
    this.coming.catch(() => (this.coming = undefined));
    return this.coming;
  },
  /** While everything waits: the code that called for it cannot go on without. */
  now(exports) {
    // What JavaScript calls by name asks every time.
    if (this.linked) return;
    const request = new XMLHttpRequest();
    request.open("GET", this.url, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status !== 200) throw new Error(`The rest of Kafka Lanes could not be fetched: ${this.url} answered ${request.status}.`);
    const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
    this.link(new WebAssembly.Module(bytes), exports);
  },
};

/** Loads what reads flowcharts, when one is opened or the page is idle. */
function loadImporter() {
  importer ??= fetchModule("kafka-lanes-import").then(([module]) => module);
  importer.catch(() => (importer = undefined));
  return importer;
}

/** Reads a Mermaid flowchart: `{ scenario, remarks }`. */
async function importDiagram(text) {
  return (await loadImporter()).read_flowchart(text);
}

function reason(error) {
  return error instanceof Error ? error.message : String(error);
}

const Base = globalThis.HTMLElement ?? class {};

export class KafkaLanes extends Base {
  static observedAttributes = ATTRIBUTES;
  #world = null;
  #loading = false;
  #settle = {};
  #watcher = null;
  #panels = null;

  constructor() {
    super();
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.ready.catch(() => {});
    // Until the diagram runs, and if it never does, what stands inside the element shows.
    this.attachShadow({ mode: "open" }).append(document.createElement("slot"));
  }

  /** The document of `kafka-lanes run --json` as plain objects; null before the diagram runs. */
  get state() {
    return this.#world?.state() ?? null;
  }

  async play() {
    await this.#do((world) => world.play());
  }
  async pause() {
    await this.#do((world) => world.pause());
  }
  async step() {
    await this.#do((world) => world.step());
  }
  /** To a moment of simulated time: "12s", "250ms", or microseconds as a number. */
  async seek(time) {
    await this.#do((world) => world.seek(String(time)));
  }

  connectedCallback() {
    this.#size();
    if (this.#world || this.#loading) return;
    const loading = this.getAttribute("loading");
    if (loading === "click") return this.#ask();
    if (loading === "eager" || !globalThis.IntersectionObserver) return void this.#start();
    this.#watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#start(),
      { rootMargin: "300px" },
    );
    this.#watcher.observe(this);
  }

  /** A button over what stands inside: nothing is fetched before it is pressed. */
  #ask() {
    const button = document.createElement("button");
    button.textContent = "▶ Run the live diagram";
    button.part = "run";
    button.onclick = () => {
      button.remove();
      this.#start();
    };
    this.shadowRoot.prepend(button);
  }

  disconnectedCallback() {
    // A move in the document disconnects and connects again: only what stays away is taken down.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#watcher?.disconnect();
      this.#world?.free();
      this.#world = null;
      this.#loading = false;
      this.shadowRoot.replaceChildren(document.createElement("slot"));
    });
  }

  get #isFull() {
    return this.getAttribute("controls") === "full";
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "height" || name === "theme") this.#size();
    this.#world?.set(name, after ?? undefined);
    if (this.#world && ["scenario", "src", "seed"].includes(name)) this.#reopen();
  }

  /** The room is reserved before anything is fetched, so that nothing below moves. */
  #size() {
    const height = this.#height;
    const style = this.style;
    if (height) style.setProperty("--kl-height", `${height}px`);
    style.minHeight = height && !this.#world ? `${height}px` : "";
    this.#scheme();
  }

  get #height() {
    const said = this.getAttribute("height") ?? "";
    if (/^[1-9]\d{0,3}$/.test(said)) return +said;
    return this.#isFull ? 0 : HEIGHTS[+(this.parentElement?.clientWidth >= 640)];
  }

  /** Light or dark: what the attribute says, else what the page says in other ways than `color-scheme`. */
  #scheme() {
    const theme = this.getAttribute("theme");
    this.style.colorScheme = theme === "light" || theme === "dark" ? theme : pageScheme();
  }

  /** The page's colours may have changed. */
  recolour() {
    this.#scheme();
  }

  async #start() {
    this.#watcher?.disconnect();
    if (this.#loading) return;
    this.#loading = true;
    try {
      const [module, text] = await Promise.all([load(), this.#text()]);
      if (!this.isConnected) return void (this.#loading = false);
      const options = Object.fromEntries(ATTRIBUTES.map((name) => [name, this.getAttribute(name) ?? undefined]));
      options.height = this.#height ? String(this.#height) : undefined;
      const mount = document.createElement("div");
      mount.className = "kl-mount";
      this.shadowRoot.append(mount);
      const read = module.is_mermaid(text) ? await importDiagram(text) : { scenario: text, remarks: [] };
      if (!read.scenario) throw new Error(read.remarks[0]?.text);
      const full = this.#isFull;
      // Panels come at once there, and only the rest reads links.
      if (full || /^\S*#play\//.test(text.trim())) await module.rest();
      // What it takes the place of must not narrow or push it while it measures its room.
      this.shadowRoot.querySelector("slot").hidden = true;
      this.#world = module.mount(this, mount, read.scenario, options, importDiagram);
      if (full) this.#world.panels();
      await frames();
      this.shadowRoot.querySelector("slot")?.remove();
      this.style.minHeight = "";
      this.#settle.resolve(this);
      this.dispatchEvent(new CustomEvent("kl-ready", { bubbles: true, composed: true }));
      // The panels come after the first frame; should their code not arrive, it is asked for again when it is needed.
      this.#panels = module.rest().catch(() => {}).then(() => this.#world?.panels());
      // The playground can open diagrams without a network from then on.
      if (full) (globalThis.requestIdleCallback ?? setTimeout)(loadImporter);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #reopen() {
    try {
      this.#world?.open(await this.#text());
    } catch (error) {
      this.#complain(error);
    }
  }

  async #text() {
    const src = this.getAttribute("src");
    if (!src) return this.getAttribute("scenario") ?? this.#inside();
    let answer;
    try {
      answer = await fetch(new URL(src, document.baseURI), { signal: AbortSignal.timeout?.(SLOWEST) });
    } catch (error) {
      const why = error.name === "TimeoutError" ? `nothing came within ${SLOWEST / 1000} s` : "the browser says no more";
      throw new Error(`The scenario ${src} could not be fetched: ${why}.`);
    }
    if (!answer.ok) throw new Error(`The scenario ${src} could not be fetched: ${answer.status} ${answer.statusText}.`);
    const type = answer.headers.get("Content-Type") ?? "";
    if (/^(text\/html|image|audio|video|font)/.test(type)) throw new Error(`${src} is no scenario but ${type}.`);
    return answer.text();
  }

  /** The scenario as text inside the element: a <script type="text/kafka">, a <pre>, or the text itself. */
  #inside() {
    const text = (this.querySelector("script[type='text/kafka'],pre") ?? this).textContent;
    return `${text.replace(/^\s*\n/, "").trimEnd()}\n`;
  }

  #fail(error) {
    const note = document.createElement("p");
    note.className = "kl-error";
    note.setAttribute("role", "status");
    note.textContent = `The live diagram could not start: ${reason(error)}`;
    this.shadowRoot.querySelector(".kl-mount")?.remove();
    this.shadowRoot.querySelector("slot")?.remove();
    this.shadowRoot.append(document.createElement("slot"));
    this.shadowRoot.append(note);
    this.style.minHeight = "";
    this.#settle.reject(error);
    this.#complain(error);
  }

  #complain(error) {
    const detail = { message: reason(error) };
    this.dispatchEvent(new CustomEvent("kl-error", { bubbles: true, composed: true, detail }));
  }

  async #do(act) {
    await this.ready;
    await this.#panels;
    act(this.#world);
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

/** How a page is coloured that has no `color-scheme`: an attribute or a class of its root, else its ground. */
function pageScheme() {
  const roots = [document.documentElement, document.body].filter(Boolean);
  if (roots.some((root) => getComputedStyle(root).colorScheme !== "normal")) return "";
  for (const { dataset, className } of roots) {
    const said = /\b(dark|light)\b/i.exec(`${dataset.theme ?? dataset.mode ?? dataset.bsTheme ?? ""} ${className}`);
    if (said) return said[1].toLowerCase();
  }
  for (const root of roots.reverse()) {
    const [r, g, b, a = 1] = getComputedStyle(root).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    if (a > 0.5) return 0.3 * r + 0.6 * g + 0.1 * b < 128 ? "dark" : "light";
  }
  return "";
}

/** Code blocks become diagrams; what stood there stays inside, as the fallback. */
function upgradeFences() {
  const wanted = document.querySelector("script[data-mermaid][src*=kafka-lanes]") ? `${FENCES},${FLOWCHARTS}` : FENCES;
  for (const code of document.querySelectorAll(wanted)) {
    const block = code.closest("pre") ?? code;
    if (!block.isConnected || block.closest("kafka-lanes")) continue;
    const text = (block.querySelector("code") ?? block).innerText;
    if (block.matches(FLOWCHARTS) || code.matches(FLOWCHARTS)) {
      if (!/^\s*(---[^]*?---\s*)?(%%.*\s*)*(flowchart|graph)\b/.test(text)) continue;
    }
    const element = document.createElement("kafka-lanes");
    element.setAttribute("scenario", text);
    block.replaceWith(element);
    element.append(block);
  }
}

/** Frames of ours say how high they are; they are believed within reason, and only about themselves. */
function fitFrame({ data, source }) {
  if (data?.type !== "kafka-lanes:resize" || !(data.height > 0)) return;
  const frame = [...document.querySelectorAll("iframe")].find((frame) => frame.contentWindow === source);
  if (frame) frame.style.height = `${Math.min(Math.max(data.height, 120), 2400)}px`;
}

/** Looks after the page: the blocks that are there or come later, its colours, the heights of frames. */
function attend() {
  upgradeFences();
  addEventListener("message", fitFrame);
  // Sites that change pages without loading them bring new blocks.
  let due = false;
  const look = () => {
    due = false;
    upgradeFences();
  };
  const looking = new MutationObserver(() => (due ||= !!requestAnimationFrame(look)));
  looking.observe(document.body, { childList: true, subtree: true });
  const recolour = () => document.querySelectorAll("kafka-lanes").forEach((element) => element.recolour());
  const colours = new MutationObserver(recolour);
  const attributeFilter = ["class", "style", "data-theme", "data-mode", "data-bs-theme"];
  for (const root of [document.documentElement, document.body]) colours.observe(root, { attributeFilter });
}

// Once a page, however often it is loaded; and never where there is no page, as when a site is built.
if (globalThis.customElements && !customElements.get("kafka-lanes")) {
  customElements.define("kafka-lanes", KafkaLanes);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", attend);
  else attend();
}
