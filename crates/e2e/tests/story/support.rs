//! What the tests of the story share.

use kafka_lanes_e2e::{Browser, Page, Result, Site, in_shadow};
use kafka_lanes_story::{Grade, Story};
use kafka_lanes_words::English;
use serde_json::json;

/// The element, and what is in it.
pub(crate) const KL: &str = "document.querySelector('kafka-lanes')";

pub(crate) fn open_at(browser: &Browser, address: &str) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let page = browser.visit(&site.url(&format!("/{address}")))?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    Ok((site, page))
}

pub(crate) fn story() -> Story<'static> {
    Story::of(&English)
}

/// A step as the page has to show it.
pub(crate) struct Told {
    pub(crate) address: String,
    pub(crate) text: String,
    pub(crate) at: u64,
    /// The choices that come true, if it asks something.
    pub(crate) right: Option<Vec<bool>>,
}

pub(crate) fn all_steps() -> Vec<Told> {
    let mut told = Vec::new();
    for (chapter, number) in story().chapters().zip(1..) {
        for (place, step) in chapter.steps().enumerate() {
            let question = chapter.question();
            let right = (place == chapter.asked_at())
                .then(|| (0..3).map(|choice| question.grade(choice) == Grade::Right).collect());
            let address = format!("#story/{number}/{}", place + 1);
            told.push(Told { address, text: step.text(&English), at: step.at().0, right });
        }
    }
    told
}

/// What stands on the picture, in small letters.
pub(crate) fn names() -> String {
    format!("{}.textContent.toLowerCase()", in_shadow("svg.picture"))
}

/// What the picture says, to be seen and to be heard, has all of these words and no name of Kafka's.
pub(crate) fn has_no_name_of_kafka(page: &Page, but: &[&str]) -> Result {
    let labels = format!(
        "[...{KL}.shadowRoot.querySelectorAll('svg.picture [aria-label]')].map(one => one.ariaLabel).join(' ').toLowerCase()"
    );
    for text in [names(), labels] {
        let read: String = page.read(&text)?;
        for word in ["producer", "topic", "consumer", "partition", "record"] {
            assert!(!read.contains(word), "{word} is in: {read}");
        }
        for word in but {
            assert!(read.contains(word), "{word} is not in: {read}");
        }
    }
    Ok(())
}

pub(crate) fn says(page: &Page) -> Result<String> {
    page.read(&format!("{}.textContent", in_shadow("[part=step]")))
}

/// Waits until the page tells this step: its text, its address, and its moment once the picture rests.
pub(crate) fn is_told(page: &Page, step: &Told, rests: bool) -> Result {
    page.wait_for(&format!("location.hash === {}", json!(step.address)), 5)?;
    page.wait_for(&format!("{}?.textContent === {}", in_shadow("[part=step]"), json!(step.text)), 5)?;
    if rests {
        page.wait_for(&format!("{KL}.state.time_us === {}", step.at), 10)?;
    }
    Ok(())
}
