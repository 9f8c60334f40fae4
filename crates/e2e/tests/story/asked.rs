//! Questions that the engine answers, and challenges that the world decides.

use kafka_lanes_e2e::{Browser, Result, Size, in_shadow};
use kafka_lanes_story::challenges;
use serde_json::json;

use crate::support::{KL, open_at, story};

#[test]
fn a_question_is_answered_wrong_and_then_right() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()), "#story/8/2")?;
    let chapter = story().chapters().nth(7).expect("chapter 8");
    let choices = &chapter.text().question.choices;
    page.click(&in_shadow("[part=continue]"))?;
    page.wait_for(&in_shadow(".choices"), 5)?;
    // Nothing is chosen: it says so, and shows nothing.
    page.click(&in_shadow("[part=continue]"))?;
    page.wait_for(&in_shadow(".verdict p"), 5)?;
    let groups = format!("Object.keys({KL}.state.groups['Payment-g1'].members).length");
    assert_eq!(page.read::<u64>(&groups)?, 2);
    for (choice, right) in [(0, false), (1, true)] {
        page.click(&in_shadow(&format!(".choices label:nth-of-type({}) input", choice + 1)))?;
        page.click(&in_shadow("[part=continue]"))?;
        page.wait_for(
            &format!("{}?.textContent.startsWith('{}')", in_shadow(".verdict b"), if right { "Yes" } else { "No" }),
            10,
        )?;
        assert_eq!(page.read::<u64>(&groups)?, 5, "the engine showed it");
        let verdict: String = page.read(&format!("{}.textContent", in_shadow(".verdict")))?;
        assert!(verdict.contains(choices[choice].mends), "{verdict}");
        if !right {
            page.click(&in_shadow(".go .again"))?;
            page.wait_for(&format!("{groups} === 2"), 5)?;
        }
    }
    page.click(&in_shadow("[part=continue]"))?;
    page.wait_for("location.hash === '#story/8/3'", 5)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_challenge_is_judged_by_the_world() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/challenges")?;
    let number = 1;
    let said = &story().words().challenges[number];
    assert!(said.ask.contains("idle") && challenges::ALL.len() == 10);
    page.click(&in_shadow(&format!(".challenges li:nth-of-type({}) button", number + 1)))?;
    page.wait_for("location.hash === '#story/challenges/2'", 5)?;
    let panel = format!("{}.textContent", in_shadow(".challenge"));
    page.wait_for(&format!("{panel}.includes({})", json!(said.ask)), 5)?;
    page.click(&in_shadow(".challenge [aria-expanded]"))?;
    page.wait_for(&format!("{panel}.includes({})", json!(said.hint)), 5)?;
    assert!(!page.read::<String>(&panel)?.contains(said.done));
    // Consumers until one has no lane.
    page.js(&format!("{}.focus()", in_shadow("[data-part^='group:']")))?;
    page.press("Enter")?;
    for _ in 0..3 {
        page.click(&in_shadow(".card .acts button"))?;
    }
    page.click(&in_shadow(".transport .play"))?;
    page.wait_for(&format!("{panel}.includes({})", json!(said.done)), 30)?;
    page.reload()?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    page.click(&in_shadow(".challenge .pill:last-child"))?;
    page.wait_for(&in_shadow(".challenges li:nth-of-type(2) .seen"), 5)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}
