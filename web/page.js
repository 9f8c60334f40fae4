// Modules do not load from file://: say so instead of showing nothing.
if (location.protocol === "file:") {
  const note = document.createElement("p");
  note.className = "file-note";
  note.textContent =
    "Browsers do not run modules from a file. Serve this folder instead, for example with: python3 -m http.server";
  document.body.prepend(note);
}

// What the address names is what the page shows, also when it changes: a link of ours, or a step of the story.
const lanes = document.querySelector("kafka-lanes");
function follow() {
  const step = /^#story\/?(.*)/.exec(location.hash)?.[1];
  if (step === undefined) lanes.removeAttribute("step");
  else lanes.setAttribute("step", step);
  if (location.hash.startsWith("#play/")) lanes.setAttribute("scenario", location.hash);
}
addEventListener("hashchange", follow);
follow();

// Where the story goes on, the address follows, so that a reload stays there and the browser's buttons work.
new MutationObserver(() => {
  const step = lanes.getAttribute("step");
  const address = step === null ? "" : `#story/${step}`;
  const told = location.hash.startsWith("#story");
  if (address !== location.hash && (told || address)) history.pushState(null, "", address || location.pathname + location.search);
}).observe(lanes, { attributeFilter: ["step"] });

// Who comes by a link to a step reads on with the arrow keys at once.
if (location.hash.startsWith("#story")) {
  const read = () => document.activeElement === document.body && lanes.shadowRoot.querySelector("[part=step]")?.focus();
  lanes.addEventListener("kl-ready", read, { once: true });
}
