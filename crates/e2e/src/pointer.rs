//! Hands: a mouse and a keyboard, as the browser itself sends their events.

use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::page::Page;

/// The key under which WebDriver hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Elements are named by an expression, so that they are found in a shadow root too:
/// `page.click("document.querySelector('kafka-lanes').shadowRoot.querySelector('button')")`.
impl Page {
    /// Scrolls to an element and clicks its middle. An error where something else lies over it.
    pub fn click(&self, element: &str) -> Result {
        let id = self.element(element)?;
        self.driver
            .post(&format!("/element/{id}/click"), &json!({}))
            .map(drop)
            .map_err(|e| Failure::new(format!("{e}\n  clicking `{element}`")))
    }

    /// Clicks at a place in the viewport, in CSS pixels.
    pub fn click_at(&self, x: f64, y: f64) -> Result {
        self.point(&[
            json!({ "type": "pointerMove", "x": x.round() as i64, "y": y.round() as i64 }),
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        ])
    }

    /// Moves the mouse over the middle of an element.
    pub fn hover(&self, element: &str) -> Result {
        let id = self.element(element)?;
        self.point(&[json!({ "type": "pointerMove", "x": 0, "y": 0, "origin": { ELEMENT: id } })])
    }

    /// Drags from one place of the viewport to another, by way of the middle.
    pub fn drag(&self, from: (i64, i64), to: (i64, i64)) -> Result {
        let middle = (i64::midpoint(from.0, to.0), i64::midpoint(from.1, to.1));
        self.point(&[
            json!({ "type": "pointerMove", "x": from.0, "y": from.1 }),
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerMove", "x": middle.0, "y": middle.1 }),
            json!({ "type": "pointerMove", "x": to.0, "y": to.1 }),
            json!({ "type": "pointerUp", "button": 0 }),
        ])
    }

    /// Presses a key by the name that `KeyboardEvent.key` has for it (`"Tab"`, `"ArrowRight"`, `" "`, `"a"`), on
    /// whatever has the focus.
    pub fn press(&self, key: &str) -> Result {
        self.press_with(key, &[])
    }

    /// The same with other keys held: `page.press_with("Tab", &["Shift"])`.
    pub fn press_with(&self, key: &str, held: &[&str]) -> Result {
        let mut actions = Vec::new();
        for key in held {
            actions.push(json!({ "type": "keyDown", "value": key_code(key)? }));
        }
        actions.push(json!({ "type": "keyDown", "value": key_code(key)? }));
        actions.push(json!({ "type": "keyUp", "value": key_code(key)? }));
        for key in held {
            actions.push(json!({ "type": "keyUp", "value": key_code(key)? }));
        }
        self.perform(json!({ "type": "key", "id": "keyboard", "actions": actions }))
    }

    /// Focuses a field, removes what it holds, and types.
    pub fn fill(&self, element: &str, text: &str) -> Result {
        let id = self.element(element)?;
        self.driver.post(&format!("/element/{id}/clear"), &json!({}))?;
        self.driver.post(&format!("/element/{id}/value"), &json!({ "text": text })).map(drop)
    }

    fn point(&self, actions: &[Value]) -> Result {
        self.perform(json!({
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions,
        }))
    }

    fn perform(&self, source: Value) -> Result {
        self.driver.post("/actions", &json!({ "actions": [source] })).map(drop)
    }

    fn element(&self, expression: &str) -> Result<String> {
        let found = self.js(&format!("return ({expression});"))?;
        match found[ELEMENT].as_str() {
            Some(id) => Ok(id.to_owned()),
            None => Err(Failure::new(format!("`{expression}` is no element but {found}."))),
        }
    }
}

/// WebDriver writes keys without a character as code points of its own (W3C WebDriver, 17.4.2).
fn key_code(key: &str) -> Result<String> {
    let code = match key {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        "Meta" => '\u{e03d}',
        one if one.chars().count() == 1 => return Ok(one.to_owned()),
        other => return Err(Failure::new(format!("The harness does not know the key {other:?}: add it to key_code."))),
    };
    Ok(code.to_string())
}
