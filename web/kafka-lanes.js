// The element <kafka-lanes>: a few lines that wait until it is near the viewport, then fetch the rest.
// Everything is found beside this file, wherever that is.

const ATTRIBUTES = ["scenario", "src", "height", "autoplay", "controls", "speed", "at", "seed", "theme", "lang"];
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
    if (this.getAttribute("loading") === "eager" || !globalThis.IntersectionObserver) return void this.#start();
    this.#watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#start(),
      { rootMargin: "300px" },
    );
    this.#watcher.observe(this);
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

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "height" || name === "theme") this.#size();
    this.#world?.set(name, after ?? undefined);
  }

  #size() {
    const height = this.getAttribute("height");
    const style = this.style;
    if (/^\d{1,4}$/.test(height ?? "")) style.setProperty("--kl-height", `${height}px`);
    const theme = this.getAttribute("theme");
    if (theme === "light" || theme === "dark") style.colorScheme = theme;
    else if (theme === "auto" || theme === null) style.removeProperty("color-scheme");
  }

  async #start() {
    this.#watcher?.disconnect();
    if (this.#loading) return;
    this.#loading = true;
    try {
      const [module, text] = await Promise.all([load(), this.#text()]);
      if (!this.isConnected) return void (this.#loading = false);
      const options = Object.fromEntries(ATTRIBUTES.map((name) => [name, this.getAttribute(name) ?? undefined]));
      const mount = document.createElement("div");
      mount.className = "kl-mount";
      this.shadowRoot.append(mount);
      const read = module.is_mermaid(text) ? await importDiagram(text) : { scenario: text, remarks: [] };
      if (!read.scenario) throw new Error(read.remarks[0]?.text);
      const full = this.getAttribute("controls") === "full";
      if (full) await module.rest();
      // What it takes the place of must not narrow or push it while it measures its room.
      this.shadowRoot.querySelector("slot").hidden = true;
      this.#world = module.mount(this, mount, read.scenario, options, importDiagram);
      if (full) this.#world.panels();
      await frames();
      this.shadowRoot.querySelector("slot")?.remove();
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

  async #text() {
    const src = this.getAttribute("src");
    if (!src) return this.getAttribute("scenario") ?? this.#inside();
    const answer = await fetch(new URL(src, document.baseURI));
    if (!answer.ok) throw new Error(`The scenario ${src} could not be fetched: ${answer.status} ${answer.statusText}.`);
    return answer.text();
  }

  /** The scenario as text inside the element: a <script type="text/kafka">, a <pre>, or the text itself. */
  #inside() {
    return (this.querySelector("script[type='text/kafka'],pre") ?? this).textContent;
  }

  #fail(error) {
    const message = error instanceof Error ? error.message : String(error);
    const note = document.createElement("p");
    note.className = "kl-error";
    note.setAttribute("role", "status");
    note.textContent = `The live diagram could not start: ${message}`;
    this.shadowRoot.querySelector(".kl-mount")?.remove();
    this.shadowRoot.querySelector("slot")?.remove();
    this.shadowRoot.append(document.createElement("slot"));
    this.shadowRoot.append(note);
    this.#settle.reject(error);
    this.dispatchEvent(new CustomEvent("kl-error", { bubbles: true, composed: true, detail: { message } }));
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

if (globalThis.customElements && !customElements.get("kafka-lanes")) {
  customElements.define("kafka-lanes", KafkaLanes);
}
