//! From a step to the playground and back, and a step in another page.

use kafka_lanes_e2e::{Browser, Result, Site, Size, in_shadow};

use crate::support::{KL, all_steps, has_no_name_of_kafka, names, open_at, says};

#[test]
fn any_step_becomes_the_playground_and_back() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "")?;
    let home: String = page.read(&format!("{KL}.state.digest"))?;
    page.click(&in_shadow(".learn"))?;
    page.wait_for("location.hash === '#story/1/1'", 5)?;
    page.js("location.hash = '#story/6/2'")?;
    page.wait_for(&format!("{KL}.state.time_us === 10000000"), 5)?;
    let step: String = page.read(&format!("{KL}.state.digest"))?;
    page.click(&in_shadow(".go .try"))?;
    page.wait_for(&in_shadow(".transport"), 5)?;
    page.wait_for("location.hash === ''", 5)?;
    assert_eq!(page.read::<String>(&format!("{KL}.state.digest"))?, step, "with the world as it was");
    page.click(&in_shadow(".tries button"))?;
    page.wait_for(&format!("{KL}.state.digest !== '{step}'"), 5)?;
    page.click(&in_shadow(".to-story"))?;
    page.wait_for("location.hash === '#story/6/2'", 5)?;
    page.wait_for(&format!("{KL}.state.digest === '{step}'"), 5)?;
    page.click(&in_shadow(".leave"))?;
    page.wait_for(&format!("location.hash === '' && {KL}.state.digest === '{home}'"), 5)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn an_embed_shows_a_step_with_its_text() -> Result {
    let site = Site::dist()?;
    let page = Browser::open(&site, "embed.html#story/8/3", Size::desktop())?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    let step = all_steps().into_iter().find(|step| step.address == "#story/8/3").expect("chapter 8 has three steps");
    page.wait_for(&in_shadow("[part=step]"), 10)?;
    assert_eq!(says(&page)?, step.text);
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, step.at);
    page.js(&format!("{KL}.setAttribute('step', '8/1')"))?;
    page.wait_for(&format!("{KL}.state.time_us < {}", step.at), 5)?;
    assert_ne!(says(&page)?, step.text);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

/// An embed speaks as its step does, from the first frame on: no name of Kafka's before the story brings it.
#[test]
fn an_embed_has_the_names_that_its_step_knows() -> Result {
    let site = Site::dist()?;
    let page = Browser::open(&site, "embed.html#story/2/3", Size::desktop())?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    let names = names();
    has_no_name_of_kafka(&page, &["reader"])?;
    page.js(&format!("{KL}.setAttribute('step', '3/2')"))?;
    page.wait_for(&format!("{names}.includes('job list')"), 5)?;
    page.js(&format!("{KL}.setAttribute('step', '8/1')"))?;
    page.wait_for(&format!("{names}.includes('topic') && {names}.includes('partition 0')"), 5)?;
    Ok(())
}

/// A page that says the step's text itself has the picture alone.
#[test]
fn an_embed_can_leave_its_text_away() -> Result {
    let site = Site::dist()?;
    let page = Browser::open(&site, "embed.html#story/2/3", Size::desktop())?;
    page.wait_for(&in_shadow("[part=step]"), 20)?;
    page.js(&format!("{KL}.setAttribute('caption', 'none')"))?;
    page.wait_for(&format!("!{}", in_shadow(".caption")), 5)?;
    page.js(&format!("{KL}.setAttribute('step', '8/1')"))?;
    page.wait_for(&format!("{KL}.state.time_us === 12000000 && !{}", in_shadow(".caption")), 5)?;
    page.js(&format!("{KL}.removeAttribute('caption')"))?;
    page.wait_for(&in_shadow("[part=step]"), 5)?;
    Ok(())
}
