// What an iframe shows is in its fragment: a link of ours (#play/…), a step of the story
// (#story/8/2), or attributes (#src=orders.kafka&at=12s&autoplay).
// Its height goes to the page around it, which gives the frame that height (kafka-lanes.js there does it).

// prettier-ignore
const ATTRIBUTES = ["scenario", "src", "autoplay", "controls", "speed", "at", "step", "caption", "seed", "theme", "lang",
  "view"];

function read(element) {
  const said = location.hash.slice(1);
  let pairs = [...new URLSearchParams(said)];
  if (said.startsWith("play/")) pairs = [["scenario", location.hash]];
  else if (said.startsWith("story/")) pairs = [["step", said.slice(6)]];
  for (const [name, value] of pairs.filter(([name]) => ATTRIBUTES.includes(name))) {
    // A file goes before a text, and this page names one.
    if (name === "scenario") element.removeAttribute("src");
    element.setAttribute(name, value);
  }
}

function tell() {
  const height = Math.ceil(document.querySelector("main")?.getBoundingClientRect().height);
  if (parent !== window) parent.postMessage({ type: "kafka-lanes:resize", height }, "*");
}

/** Scripts that did not come: in a sandbox, because the host of this page lets nobody read them. */
function fail({ target }) {
  if (target.localName !== "script") return;
  const why =
    origin === "null"
      ? "this frame is sandboxed without allow-same-origin, and the host of the diagram sends no Access-Control-Allow-Origin header"
      : `${target.src} could not be fetched`;
  addEventListener("DOMContentLoaded", () => {
    const note = document.createElement("p");
    note.className = "fallback at-once";
    note.setAttribute("role", "status");
    note.textContent = `The live diagram could not start: ${why}.`;
    document.querySelector("main").append(note);
  });
}

addEventListener("error", fail, true);
// The page around it asks, when its own script has come.
addEventListener("message", ({ source, data }) => {
  if (source === parent && data?.type === "kafka-lanes:measure") tell();
});
addEventListener("DOMContentLoaded", () => {
  read(document.querySelector("kafka-lanes"));
  new ResizeObserver(tell).observe(document.querySelector("main"));
  // An observer sleeps in a frame that is not drawn, and such a one would never get the room to be drawn in.
  tell();
  addEventListener("kl-ready", tell);
  addEventListener("kl-error", tell);
});
