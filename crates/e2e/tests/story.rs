//! The story as somebody reads it: on and back, by buttons, by keys and by addresses; asked, and let go.

use std::time::Duration;

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size, in_shadow};
use kafka_lanes_story::{Grade, Story, challenges};
use kafka_lanes_words::English;
use serde_json::{Value, json};

/// The element, and what is in it.
const KL: &str = "document.querySelector('kafka-lanes')";

fn open_at(browser: &Browser, address: &str) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let page = browser.visit(&site.url(&format!("/{address}")))?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    Ok((site, page))
}

fn story() -> Story<'static> {
    Story::of(&English)
}

/// A step as the page has to show it.
struct Told {
    address: String,
    text: String,
    at: u64,
    /// The choices that come true, if it asks something.
    right: Option<Vec<bool>>,
}

fn all_steps() -> Vec<Told> {
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

fn says(page: &Page) -> Result<String> {
    page.read(&format!("{}.textContent", in_shadow("[part=step]")))
}

/// Waits until the page tells this step: its text, its address, and its moment once the picture rests.
fn is_told(page: &Page, step: &Told, rests: bool) -> Result {
    page.wait_for(&format!("location.hash === {}", json!(step.address)), 5)?;
    page.wait_for(&format!("{}?.textContent === {}", in_shadow("[part=step]"), json!(step.text)), 5)?;
    if rests {
        page.wait_for(&format!("{KL}.state.time_us === {}", step.at), 10)?;
    }
    Ok(())
}

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
fn the_picture_can_be_read_in_other_names() -> Result {
    let (_site, page) = open_at(&Browser::with(Size::desktop()).reduced_motion(), "#story/3/3")?;
    let names = format!("{}.textContent.toLowerCase()", in_shadow("svg.picture"));
    let switch = |name: &str| {
        format!(
            "[...{KL}.shadowRoot.querySelectorAll('.switch button')].find(one => one.textContent.startsWith('{name}'))"
        )
    };
    let labels = format!(
        "[...{KL}.shadowRoot.querySelectorAll('svg.picture [aria-label]')].map(one => one.ariaLabel).join(' ').toLowerCase()"
    );
    for text in [&names, &labels] {
        let read: String = page.read(text)?;
        for word in ["producer", "topic", "consumer", "partition", "record"] {
            assert!(!read.contains(word), "{word} is in: {read}");
        }
        assert!(read.contains("owner") && read.contains("job list"), "{read}");
    }
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

#[test]
fn nobody_is_kept_out_of_the_story() -> Result {
    for size in [Size::desktop(), Size::phone(), Size::narrow()] {
        for dark in [false, true] {
            let browser = Browser::with(size).reduced_motion();
            let browser = if dark { browser.dark() } else { browser };
            let (_site, page) = open_at(&browser, "#story/3/2")?;
            for address in ["#story/3/2", "#story/10/6", "#story/13/6", "#story/challenges", "#story/challenges/3"] {
                page.js(&format!("location.hash = '{address}'"))?;
                page.painted()?;
                page.wait_for(&format!("{}?.textContent", in_shadow(".sentence")), 5)?;
                let wide: f64 = page.read("document.documentElement.scrollWidth - innerWidth")?;
                assert!(wide <= 0.0, "{size:?} {address} overflows by {wide} px");
                assert_eq!(page.barriers()?, Vec::<String>::new(), "{size:?} {address}, dark: {dark}");
            }
            page.js("location.hash = '#story/8/2'")?;
            page.click(&in_shadow("[part=continue]"))?;
            page.wait_for(&in_shadow(".choices"), 5)?;
            assert_eq!(page.barriers()?, Vec::<String>::new(), "{size:?} a question, dark: {dark}");
            page.press(" ")?;
            page.click(&in_shadow("[part=continue]"))?;
            page.wait_for(&in_shadow(".go .again"), 5)?;
            let wide: f64 = page.read("document.documentElement.scrollWidth - innerWidth")?;
            assert!(wide <= 0.0, "{size:?} a question overflows by {wide} px");
        }
    }
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
