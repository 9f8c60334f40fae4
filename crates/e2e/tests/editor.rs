//! The scenario as text beside the picture, and moments that are sent around: as somebody writes and shares.

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size, in_shadow};
use serde_json::json;

const KL: &str = "document.querySelector('kafka-lanes')";
const FIELD: &str = "document.querySelector('kafka-lanes').shadowRoot.querySelector('.editor textarea')";

fn open(size: Size) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let page = Browser::open(&site, "/", size)?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    page.ask(KL, "pause()")?;
    page.js(&format!("{}.click();", in_shadow(".top .edit")))?;
    page.wait_for(FIELD, 5)?;
    Ok((site, page))
}

/// Puts the cursor behind `before` and types `text`, a key after the other.
fn type_behind(page: &Page, before: &str, text: &str) -> Result {
    let place = format!(
        "const field = {FIELD};
         const at = field.value.indexOf(arguments[0]) + arguments[0].length;
         field.focus();
         field.setSelectionRange(at, at);"
    );
    page.js_with(&place, &[json!(before)])?;
    for letter in text.chars() {
        page.cdp("Input.insertText", &json!({ "text": letter.to_string() }))?;
    }
    page.painted()
}

fn press(page: &Page, key: &str) -> Result {
    for kind in ["rawKeyDown", "keyUp"] {
        let code = if key == "Tab" { 9 } else { 40 };
        page.cdp(
            "Input.dispatchKeyEvent",
            &json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code }),
        )?;
    }
    page.painted()
}

#[test]
fn the_world_follows_what_is_written() -> Result {
    let (_site, page) = open(Size::desktop())?;
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    type_behind(&page, "consumer Payment-3\n", "  consumer Payment-4\n")?;
    page.wait_for(&format!("{KL}.state.groups['Payment-g1'].members['Payment-4']"), 5)?;
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, before, "it is the same moment");
    // What is wrong is underlined, and said with its place; the picture stays.
    type_behind(&page, "ORDER_EVENTS partitions=3", " colour=red")?;
    page.wait_for(&in_shadow(".editor .ink .wrong"), 5)?;
    let wrong: String = page.read(&format!("{}.textContent", in_shadow(".editor .ink .wrong")))?;
    assert!(wrong.contains("colour"), "{wrong}");
    let said: String = page.read(&format!("{}.textContent", in_shadow(".editor .remarks")))?;
    assert!(said.contains("colour"), "{said}");
    assert_eq!(page.read::<usize>(&format!("Object.keys({KL}.state.topics).length"))?, 1);
    // The coloured text is what is in the field, letter upon letter.
    let same = format!("{}.textContent === {FIELD}.value + '\\n'", in_shadow(".editor .ink"));
    assert!(page.read::<bool>(&same)?);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn what_could_stand_there_is_offered_and_taken() -> Result {
    let (_site, page) = open(Size::desktop())?;
    type_behind(&page, "ORDER_EVENTS partitions=3", " ret")?;
    page.wait_for(&format!("!{}.hidden", in_shadow(".editor .offer")), 5)?;
    let first: String = page.read(&format!("{}.textContent", in_shadow(".editor .offer code")))?;
    assert!(first.starts_with("retention"), "{first}");
    press(&page, "Tab")?;
    let value: String = page.read(&format!("{FIELD}.value"))?;
    assert!(value.contains(&format!("partitions=3 {first}")), "{value}");
    assert!(page.read::<bool>(&format!("{}.hidden", in_shadow(".editor .offer")))?);
    assert!(page.read::<bool>(&format!("{KL}.shadowRoot.activeElement === {FIELD}"))?, "Tab took it, and went nowhere");
    Ok(())
}

#[test]
fn what_is_done_by_hand_is_written_down() -> Result {
    for size in [Size::desktop(), Size::phone()] {
        let (_site, page) = open(size)?;
        let before: String = page.read(&format!("{FIELD}.value"))?;
        page.js(&format!("{}.click();", in_shadow(".tries button")))?;
        page.wait_for(&format!("{FIELD}.value.includes('\\nat ')"), 5)?;
        let after: String = page.read(&format!("{FIELD}.value"))?;
        assert!(after.starts_with(&before), "what was written stays: {after}");
        assert!(after.contains("add consumer Payment-4 to Payment-g1"), "{after}");
    }
    Ok(())
}

#[test]
fn a_link_opens_the_same_moment() -> Result {
    let (site, page) = open(Size::desktop())?;
    page.js(&format!("{}.click();", in_shadow(".tries button")))?;
    page.ask(KL, "seek('31s')")?;
    page.js(&format!("{}.click();", in_shadow(".tries button")))?;
    let digest: String = page.read(&format!("{KL}.state.digest"))?;
    page.js(&format!("{}.click();", in_shadow(".top .share")))?;
    page.wait_for(&in_shadow(".share textarea"), 5)?;
    let link: String = page.read(&format!("{}.value", in_shadow(".share textarea")))?;
    assert!(link.contains("#play/") && link.len() < 400, "{link}");
    let embed: String = page.read(&format!("{KL}.shadowRoot.querySelectorAll('.share textarea')[1].value"))?;
    assert!(embed.contains("kafka-lanes.js") && embed.contains("add consumer Payment-4"), "{embed}");
    let fragment = link.split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default();
    let other = Browser::open(&site, &format!("/#{fragment}"), Size::phone())?;
    other.wait_for(&format!("{KL}?.state"), 20)?;
    assert_eq!(other.read::<String>(&format!("{KL}.state.digest"))?, digest);
    // Cut short, it says so beside what could be read of it.
    let cut = format!("/#{}", &fragment[..fragment.len() - 9]);
    let broken = Browser::open(&site, &cut, Size::desktop())?;
    broken.wait_for(&in_shadow(".notice"), 20)?;
    let said: String = broken.read(&format!("{}.textContent", in_shadow(".notice")))?;
    assert!(said.contains("cut short") && said.ends_with("What could be read of it is shown."), "{said}");
    assert_eq!(broken.read::<f64>(&format!("{KL}.state.time_us"))?, 31e6);
    // Nothing could be read of it: only the sentence, and nothing is blank.
    let stump = Browser::open(&site, &format!("/#{}", &fragment[..20]), Size::desktop())?;
    stump.wait_for(&in_shadow(".kl-error"), 20)?;
    let said: String = stump.read(&format!("{}.textContent", in_shadow(".kl-error")))?;
    assert!(said.contains("link"), "{said}");
    // As an embed, the same link is the same moment.
    site.page(
        "linked.html",
        &format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A link</title>\
             <link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"kafka-lanes.js\"></script></head>\
             <body><main><kafka-lanes loading=\"eager\" scenario=\"#{fragment}\"></kafka-lanes></main></body></html>"
        ),
    );
    let embedded = Browser::open(&site, "linked.html", Size::desktop())?;
    embedded.wait_for(&format!("{KL}?.state"), 20)?;
    assert_eq!(embedded.read::<String>(&format!("{KL}.state.digest"))?, digest);
    assert_eq!(embedded.problems()?, Vec::<String>::new());
    Ok(())
}
