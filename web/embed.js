// What an iframe shows is in its fragment: a link of ours (#play/…), or attributes (#src=orders.kafka&at=12s&autoplay).
// Its height goes to the page around it, which gives the frame that height (kafka-lanes.js there does it).

const ATTRIBUTES = ["scenario", "src", "autoplay", "controls", "speed", "at", "step", "seed", "theme", "lang", "view"];

function read(element) {
  const said = location.hash.slice(1);
  if (/^(play|story)\//.test(said)) element.setAttribute("scenario", location.hash);
  else for (const [name, value] of new URLSearchParams(said)) if (ATTRIBUTES.includes(name)) element.setAttribute(name, value);
}

function tell() {
  const height = Math.ceil(document.querySelector("main").getBoundingClientRect().height);
  parent.postMessage({ type: "kafka-lanes:resize", height }, "*");
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
    note.className = "fallback";
    note.setAttribute("role", "status");
    note.textContent = `The live diagram could not start: ${why}.`;
    document.querySelector("main").append(note);
  });
}

addEventListener("error", fail, true);
addEventListener("DOMContentLoaded", () => {
  read(document.querySelector("kafka-lanes"));
  if (parent !== window) new ResizeObserver(tell).observe(document.querySelector("main"));
});
