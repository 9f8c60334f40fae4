// Modules do not load from file://: say so instead of showing nothing.
if (location.protocol === "file:") {
  const note = document.createElement("p");
  note.className = "file-note";
  note.textContent =
    "Browsers do not run modules from a file. Serve this folder instead, for example with: python3 -m http.server";
  document.body.prepend(note);
}

// A link of ours in the address is what the page shows, also when it changes.
function follow() {
  if (location.hash.startsWith("#play/")) document.querySelector("kafka-lanes").setAttribute("scenario", location.hash);
}
addEventListener("hashchange", follow);
follow();
