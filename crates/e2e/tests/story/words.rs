//! The names on the picture, and what words mean.

use kafka_lanes_e2e::{Browser, Result, Size, in_shadow};

use crate::support::{KL, has_no_name_of_kafka, names, open_at};

#[test]
fn the_picture_can_be_read_in_other_names() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/3/3")?;
    let names = names();
    let switch = |name: &str| {
        format!(
            "[...{KL}.shadowRoot.querySelectorAll('.switch button')].find(one => one.textContent.startsWith('{name}'))"
        )
    };
    has_no_name_of_kafka(&page, &["owner", "job list"])?;
    page.click(&switch("Kafka"))?;
    page.wait_for(&format!("{names}.includes('producer') && {names}.includes('topic')"), 5)?;
    page.click(&switch("Story"))?;
    page.wait_for(&format!("{names}.includes('owner')"), 5)?;
    // Where the story itself brings the real names, it has the word.
    page.js("location.hash = '#story/3/5'")?;
    page.wait_for(&format!("{names}.includes('producer')"), 5)?;
    page.js("location.hash = '#story/2/1'")?;
    page.wait_for(&format!("!{}", in_shadow(".switch")), 5)?;
    Ok(())
}

#[test]
fn words_are_explained_where_they_stand() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/11/2")?;
    page.js(&format!(
        "[...{KL}.shadowRoot.querySelectorAll('.term')].find(one => one.textContent === 'leader').focus()"
    ))?;
    page.press("Enter")?;
    page.wait_for(&in_shadow(".term-card"), 5)?;
    let focus = format!("{KL}.shadowRoot.activeElement");
    page.wait_for(&format!("{focus}.closest('.term-card')"), 5)?;
    page.press("Escape")?;
    page.wait_for(&format!("!{} && {focus}.textContent === 'leader'", in_shadow(".term-card")), 5)?;
    page.click(&in_shadow(".chapters .more:last-child"))?;
    page.wait_for(&in_shadow("dialog.glossary[open]"), 5)?;
    let words: Vec<String> =
        page.read(&format!("[...{KL}.shadowRoot.querySelectorAll('.glossary h3')].map(one => one.textContent)"))?;
    assert!(words.contains(&"broker".into()) && !words.contains(&"rebalance".into()), "{words:?}");
    assert_eq!(page.barriers()?, Vec::<String>::new());
    page.press("Escape")?;
    page.wait_for(&format!("!{}", in_shadow("dialog.glossary[open]")), 5)?;
    assert_eq!(page.read::<String>("location.hash")?, "#story/11/2");
    Ok(())
}
