//! What somebody changes in a step's world, as a person does it: a key to type, a slider, a `group.id`.

use kafka_lanes_core::partitioner::Placement;
use kafka_lanes_e2e::{Browser, Page, Result, Size, in_shadow};
use serde_json::json;

use crate::support::{KL, all_steps, is_told, open_at};

/// What the page says of the world as it is now.
fn now() -> String {
    format!("{}.textContent", in_shadow(".touch [role=status]"))
}

/// Takes back what was done, if that is possible.
fn as_it_was() -> String {
    in_shadow(".touch .now button")
}

/// Writes into a field in the place of what is there, key by key.
fn write(page: &Page, field: &str, text: &str) -> Result {
    page.js(&format!("{field}.focus(); {field}.select();"))?;
    text.chars().try_for_each(|letter| page.press(&letter.to_string()))
}

#[test]
fn a_key_is_hashed_as_it_is_typed_and_its_record_goes_to_that_lane() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()), "#story/7/4")?;
    let field = in_shadow(".touch input");
    let chain =
        format!("[...{}.querySelectorAll('dd')].map(one => one.textContent).join(' ')", in_shadow(".touch .chain"));
    page.wait_for(&format!("{chain}.startsWith('order-9 6f 72 64 65 72 2d 39 ')"), 5)?;
    for key in ["me", "my-own-key"] {
        write(&page, &field, key)?;
        let Placement { hash, dividend, partition, .. } = Placement::of_key(key.as_bytes(), 3);
        let bytes: Vec<String> = key.bytes().map(|byte| format!("{byte:02x}")).collect();
        let shown = format!("{key} {} {hash} {dividend} {partition} Partition {partition}", bytes.join(" "));
        page.wait_for(&format!("{chain} === {}", json!(shown)), 5)?;
        page.wait_for(&format!("{} === {}", now(), json!(format!("“{key}” goes to Partition {partition}."))), 5)?;
        let lane = format!("{KL}.state.topics.payments.partitions[{partition}].log_end");
        let before: u64 = page.read(&lane)?;
        page.press("Enter")?;
        page.wait_for(&format!("{lane} === {}", before + 1), 10)?;
        page.wait_for(&format!("{}.textContent.includes({})", in_shadow(".happened"), json!(key)), 10)?;
    }
    // Nothing typed is no key.
    page.js(&format!("{field}.select()"))?;
    page.press("Backspace")?;
    page.wait_for(
        &format!("{}.startsWith('Type a key') && !{}.children.length", now(), in_shadow(".touch .chain")),
        5,
    )?;
    // The story goes on with its own world.
    page.click(&in_shadow("[part=continue]"))?;
    page.wait_for(&in_shadow(".choices"), 5)?;
    page.wait_for(&format!("!{}", in_shadow(".touch")), 5)?;
    page.wait_for(&format!("{KL}.state.time_us === 10000000"), 5)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_slider_says_how_many_consumers_there_are_and_who_is_idle() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()), "#story/8/4")?;
    let slider = in_shadow(".touch input");
    let members = format!("Object.values({KL}.state.groups['Payment-g1'].members)");
    let is_so = |consumers: u64, says: &str| -> Result {
        page.wait_for(&format!("{members}.length === {consumers}"), 5)?;
        page.wait_for(&format!("{} === {}", now(), json!(says)), 20)?;
        let idle = consumers.saturating_sub(3);
        assert_eq!(page.read::<u64>(&format!("{members}.filter(one => one.idle).length"))?, idle);
        let spoken: String = page.read(&format!("{slider}.getAttribute('aria-valuetext')"))?;
        assert!(spoken.starts_with(&format!("{consumers} consumer")), "{spoken}");
        assert_eq!(page.read::<String>(&format!("{slider}.value"))?, consumers.to_string());
        Ok(())
    };
    is_so(5, "5 consumers on 3 lanes: 3 work, 2 are idle.")?;
    assert_eq!(page.read::<String>(&format!("{}.ariaDisabled", as_it_was()))?, "true");
    page.js(&format!("{slider}.focus()"))?;
    for _ in 0..3 {
        page.press("ArrowLeft")?;
    }
    is_so(2, "2 consumers on 3 lanes: 2 work, nobody is idle.")?;
    page.press("Home")?;
    is_so(1, "1 consumer on 3 lanes: 1 works, nobody is idle.")?;
    page.press("End")?;
    is_so(6, "6 consumers on 3 lanes: 3 work, 3 are idle.")?;
    page.click(&as_it_was())?;
    is_so(5, "5 consumers on 3 lanes: 3 work, 2 are idle.")?;
    page.wait_for(&format!("{KL}.state.time_us === 50000000"), 5)?;
    // By mouse: the left end.
    let place: Vec<f64> =
        page.read(&format!("(box => [box.left + 9, box.top + box.height / 2])({slider}.getBoundingClientRect())"))?;
    page.click_at(place[0], place[1])?;
    is_so(1, "1 consumer on 3 lanes: 1 works, nobody is idle.")?;
    // On and back is the story's own world.
    page.click(&in_shadow("[part=continue]"))?;
    page.wait_for("location.hash === '#story/9/1'", 5)?;
    page.click(&in_shadow("[part=back]"))?;
    is_so(5, "5 consumers on 3 lanes: 3 work, 2 are idle.")?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_group_id_makes_a_queue_of_a_broadcast_and_back() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()), "#story/9/2")?;
    let second = format!("{KL}.shadowRoot.querySelectorAll('.touch input')[1]");
    let lanes =
        |group: &str, consumer: &str| format!("{KL}.state.groups['{group}']?.members['{consumer}']?.assigned.length");
    page.wait_for(&format!("{}.includes('A broadcast.')", now()), 5)?;
    page.wait_for(&format!("{second}.value === 'analytics-g1'"), 5)?;
    write(&page, &second, "payment-g1")?;
    page.press("Enter")?;
    page.wait_for(&format!("{}.includes('A queue.')", now()), 20)?;
    page.wait_for(
        &format!("{} === 1 && {} === 1", lanes("payment-g1", "payment-1"), lanes("payment-g1", "analytics-1")),
        10,
    )?;
    // A group that nobody has named before.
    write(&page, &second, "radio")?;
    page.press("Tab")?;
    page.wait_for(&format!("{}.includes('A broadcast.')", now()), 20)?;
    page.wait_for(
        &format!("{} === 2 && {} === 2", lanes("payment-g1", "payment-1"), lanes("radio", "analytics-1")),
        10,
    )?;
    // Both have all that was ever stored, or will in a moment.
    for group in ["payment-g1", "radio"] {
        for lane in [0, 1] {
            let position = format!("{KL}.state.groups['{group}'].offsets['orders-{lane}'].position");
            page.wait_for(&format!("{position} > 0"), 10)?;
        }
    }
    // An empty field is no group: it has again what is so.
    page.js(&format!("{second}.focus(); {second}.select();"))?;
    page.press("Backspace")?;
    page.press("Enter")?;
    page.wait_for(&format!("{second}.value === 'radio'"), 5)?;
    page.click(&as_it_was())?;
    page.wait_for(&format!("{second}.value === 'analytics-g1' && !{KL}.state.groups.radio"), 5)?;
    let step = all_steps().into_iter().find(|step| step.address == "#story/9/2").expect("chapter 9");
    is_told(&page, &step, true)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

/// Who asked for less motion sees at once what came of it.
#[test]
fn without_motion_it_has_happened() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::phone()).reduced_motion(), "#story/8/4")?;
    page.js(&format!("{}.focus()", in_shadow(".touch input")))?;
    page.press("Home")?;
    page.wait_for(&format!("{} === '1 consumer on 3 lanes: 1 works, nobody is idle.'", now()), 5)?;
    page.wait_for(&format!("{KL}.state.time_us === 60000000"), 5)?;
    let seen = format!("{}.getBoundingClientRect()", in_shadow(".stage"));
    page.wait_for(
        &format!("{seen}.bottom <= innerHeight || {}.getBoundingClientRect().top <= 1", in_shadow(".touch")),
        5,
    )?;
    Ok(())
}

/// What a key does is settled while the browser waits for it: later its event has forgotten that a field had it.
#[test]
fn a_key_in_a_field_is_the_fields_however_busy_the_page_is() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/8/4")?;
    // Sent by a script it is over before anything that was put off has its turn.
    let press = |what: &str| -> Result<bool> {
        let event =
            "new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, composed: true, cancelable: true })";
        page.read(&format!("(event => ({}.dispatchEvent(event), event.defaultPrevented))({event})", in_shadow(what)))
    };
    assert!(!press(".touch input")?, "the slider has it");
    page.painted()?;
    assert_eq!(page.read::<String>("location.hash")?, "#story/8/4");
    assert!(press(".sentence")?, "the story has it, and the page does not scroll");
    page.wait_for("location.hash === '#story/8/3'", 5)?;
    Ok(())
}
