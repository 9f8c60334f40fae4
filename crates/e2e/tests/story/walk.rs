//! On and back, by buttons, by keys and by addresses.

use std::time::Duration;

use kafka_lanes_e2e::{Browser, Result, Size, in_shadow};
use serde_json::{Value, json};

use crate::support::{KL, Told, all_steps, is_told, open_at, says};

#[test]
fn the_whole_story_forward_and_back_by_keys() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/1/1")?;
    page.js("window.leaked = []; document.addEventListener('keydown', (event) => window.leaked.push(event.key));")?;
    let steps = all_steps();
    assert!(steps.len() > 60);
    for step in &steps {
        is_told(&page, step, true)?;
        page.press("ArrowRight")?;
        let Some(right) = &step.right else { continue };
        page.wait_for(&in_shadow(".choices"), 5)?;
        // The first choice has the focus: arrows choose, and Enter asks the engine.
        page.press(" ")?;
        page.press("Enter")?;
        page.wait_for(&in_shadow(".verdict b"), 10)?;
        let verdict: String = page.read(&format!("{}.textContent", in_shadow(".verdict b")))?;
        assert_eq!(verdict.starts_with("Yes"), right[0], "{}: {verdict}", step.address);
        page.press("Enter")?;
    }
    page.wait_for("location.hash === '#story/challenges'", 5)?;
    for step in steps.iter().rev() {
        page.press("ArrowLeft")?;
        is_told(&page, step, true)?;
    }
    assert_eq!(page.js("return window.leaked")?, json!([]), "no key that we use reaches the page around us");
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn the_picture_moves_from_step_to_step_and_rests() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()), "#story/8/1")?;
    let steps: Vec<Told> = all_steps().into_iter().filter(|step| step.address.starts_with("#story/8/")).collect();
    is_told(&page, &steps[0], true)?;
    page.click(&in_shadow("[part=continue]"))?;
    is_told(&page, &steps[1], false)?;
    let between = format!("{KL}.state.time_us > {} && {KL}.state.time_us < {}", steps[0].at, steps[1].at);
    page.wait_for(&between, 5)?;
    // What moves can be stopped, and goes on from there.
    page.click(&in_shadow(".go .round"))?;
    page.painted()?;
    let stopped: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.after(Duration::from_millis(200))?;
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, stopped);
    page.click(&in_shadow(".go .round"))?;
    is_told(&page, &steps[1], true)?;
    page.click(&in_shadow("[part=back]"))?;
    is_told(&page, &steps[0], true)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn an_address_opens_its_step_and_a_reload_stays_there() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/11/4")?;
    let steps = all_steps();
    let at = |address: &str| steps.iter().find(|step| step.address == address).expect("there is such a step");
    is_told(&page, at("#story/11/4"), true)?;
    page.click(&in_shadow("[part=continue]"))?;
    is_told(&page, at("#story/11/5"), true)?;
    page.reload()?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    is_told(&page, at("#story/11/5"), true)?;
    page.js("history.back()")?;
    is_told(&page, at("#story/11/4"), true)?;
    page.js("history.forward()")?;
    is_told(&page, at("#story/11/5"), true)?;
    page.js("location.hash = '#story/5/2'")?;
    is_told(&page, at("#story/5/2"), true)?;
    // There is no such step: the nearest, and a sentence.
    page.js("location.hash = '#story/99/1'")?;
    page.wait_for(&in_shadow(".missing"), 5)?;
    assert_eq!(says(&page)?, at("#story/13/1").text);
    page.js("location.hash = ''")?;
    page.wait_for(&in_shadow(".learn"), 5)?;
    page.wait_for(&format!("Object.keys({KL}.state.groups).length === 3"), 5)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn where_one_was_is_remembered() -> Result {
    let (site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/4/4")?;
    page.go(&site.url("/?again"))?;
    page.wait_for(&in_shadow(".learn"), 20)?;
    page.click(&in_shadow(".learn"))?;
    page.wait_for("location.hash === '#story/4/4'", 5)?;
    let seen: Value = page.read(&format!(
        "[...{KL}.shadowRoot.querySelectorAll('.chapters li')].map(one => !!one.querySelector('.seen'))"
    ))?;
    let expected: Vec<bool> = (0..13).map(|chapter| chapter == 3).collect();
    assert_eq!(seen, json!(expected));
    Ok(())
}
