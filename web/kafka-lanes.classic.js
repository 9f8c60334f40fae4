// The same as kafka-lanes.js for pages that can only add a classic script.
import(new URL("kafka-lanes.js", document.currentScript.src).href);
