//! Pages of other people, who put diagrams into what they write, and what their scripts ask of a diagram.

use serde_json::Value;

use crate::failure::Result;
use crate::page::Page;

/// A small world, as an author writes it.
pub const SCENARIO: &str = "topic orders partitions=3\nproducer Shop to orders\ngroup billing reads orders\n  consumer billing-1\n  consumer billing-2\n";

/// A page that loads the element from its own folder; `head` comes before that.
pub fn host_page(head: &str, body: &str) -> String {
    bare_page(&format!("{head}<script type=\"module\" src=\"kafka-lanes.js\"></script>"), body)
}

/// A page that loads nothing by itself.
pub fn bare_page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A page</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"icon\" href=\"data:,\">{head}</head>\
         <body><main><h1>A page</h1>{body}</main></body></html>"
    )
}

/// What `selector` finds first in the first diagram of a page, as an expression of JavaScript.
pub fn in_shadow(selector: &str) -> String {
    format!("document.querySelector('kafka-lanes').shadowRoot.querySelector(\"{selector}\")")
}

impl Page {
    /// Calls a method of an element and waits until it has kept its promise.
    pub fn ask(&self, element: &str, call: &str) -> Result {
        self.js(&format!("return {element}.{call}.then(() => true);")).map(drop)
    }

    /// Waits until an element's diagram runs. What it can't do is an error with its reason.
    pub fn ready(&self, element: &str) -> Result {
        self.wait_for(&format!("{element}?.ready"), 10)?;
        self.js(&format!("return {element}.ready.then(() => true);")).map(drop)
    }

    /// The sentence with which an element says that it can't start.
    pub fn failed(&self, element: &str) -> Result<String> {
        let note = format!("{element}.shadowRoot?.querySelector('.kl-error')?.textContent");
        Ok(self.wait_for(&note, 20)?.as_str().unwrap_or_default().to_owned())
    }

    /// What scripts ask from now on is asked in the frame with this number.
    pub fn enter_frame(&self, number: u32) -> Result {
        self.driver.post("/frame", &serde_json::json!({ "id": number })).map(drop)
    }

    /// Back to the page itself.
    pub fn leave_frame(&self) -> Result {
        self.driver.post("/frame", &serde_json::json!({ "id": Value::Null })).map(drop)
    }
}
