//! What an author sets on the element, at first or by script later, and what a script hears from it.

use kafka_lanes_core::{History, Time};
use kafka_lanes_e2e::{Browser, Page, Result, SCENARIO, Site, Size, host_page};
use kafka_lanes_scenario::{StateDocument, language};
use serde_json::{Value, json};

const KL: &str = "document.querySelector('kafka-lanes')";
const OTHER: &str =
    "topic payments partitions=2\nproducer Till to payments\ngroup mail reads payments\n  consumer mail-1\n";

/// Hears everything that elements say, where it arrives at the document.
const LISTEN: &str = "window.heard = [];
    for (const name of ['kl-ready', 'kl-step', 'kl-change', 'kl-error'])
        document.addEventListener(name, event => heard.push([name, event.detail, event.composed, event.target.localName]));
    const timeout = AbortSignal.timeout;
    AbortSignal.timeout = ms => timeout.call(AbortSignal, ms / 100);";

fn open(attributes: &str) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    site.page("listen.js", LISTEN);
    site.page("other.kafka", OTHER);
    site.page("site.html", "<!DOCTYPE html><title>No scenario</title>");
    site.never_answers("slow.kafka");
    let body = format!("<kafka-lanes {attributes}><pre>{SCENARIO}</pre></kafka-lanes>");
    site.page("attributes.html", &host_page("<script src=\"listen.js\"></script>", &body));
    let page = Browser::open(&site, "attributes.html", Size::desktop())?;
    Ok((site, page))
}

fn set(page: &Page, name: &str, value: &str) -> Result {
    page.js_with(&format!("{KL}.setAttribute(...arguments)"), &[name.into(), value.into()]).map(drop)
}

fn heard(page: &Page, name: &str) -> Result<Vec<Value>> {
    page.read(&format!("heard.filter(([name]) => name === '{name}').map(([, detail]) => detail)"))
}

fn topics(page: &Page) -> Result<Vec<String>> {
    page.read(&format!("Object.keys({KL}.state.topics)"))
}

#[test]
fn its_state_is_that_of_the_engine_in_a_terminal() -> Result {
    let (_site, page) = open("seed=\"7\" at=\"33s\"")?;
    page.ready(KL)?;
    let mut native = History::new(language::parse(SCENARIO).spec, 7).expect("the scenario runs");
    for seconds in [33, 5, 61] {
        page.ask(KL, &format!("seek({})", seconds * 1_000_000))?;
        native.seek(Time::from_secs(seconds));
        let expected = serde_json::to_value(StateDocument::of(&native))?;
        assert_eq!(page.read::<Value>(&format!("{KL}.state"))?, expected);
    }
    Ok(())
}

#[test]
fn methods_keep_their_promise_when_the_picture_shows_it_and_events_reach_the_document() -> Result {
    let (_site, page) = open("")?;
    page.ready(KL)?;
    assert_eq!(page.js("return heard")?, json!([["kl-ready", null, true, "kafka-lanes"]]));
    let clock = format!("{KL}.shadowRoot.querySelector('output.clock').textContent");
    for (time, shown) in [("'12s'", "0:12.0"), ("'250ms'", "0:00.2"), ("3000000", "0:03.0")] {
        let said = page.js(&format!("return {KL}.seek({time}).then(() => {clock})"))?;
        assert_eq!(said, json!(shown));
    }
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.ask(KL, "step()")?;
    let after: u64 = page.read(&format!("{KL}.state.time_us"))?;
    assert!(after > before);
    assert_eq!(heard(&page, "kl-step")?.last().map(|detail| &detail["time_us"]), Some(&json!(after)));
    let button = format!("{KL}.shadowRoot.querySelector('.play').getAttribute('aria-label')");
    let still: String = page.read(&button)?;
    assert_ne!(page.js(&format!("return {KL}.play().then(() => {button})"))?, json!(still));
    page.wait_for(&format!("{KL}.state.time_us > {after} + 100000"), 10)?;
    assert_eq!(page.js(&format!("return {KL}.pause().then(() => {button})"))?, json!(still));
    let refused = page.js(&format!("return {KL}.seek('soon').then(() => null, error => error.message)"))?;
    assert!(refused.as_str().is_some_and(|why| why.contains("soon")), "{refused}");
    assert!(page.read::<bool>("heard.every(([, , composed]) => composed)")?);
    Ok(())
}

#[test]
fn what_is_set_later_does_what_it_says() -> Result {
    let (_site, page) = open("height=\"480\"")?;
    page.ready(KL)?;
    page.ask(KL, "pause()")?;
    let time = format!("{KL}.state.time_us");
    set(&page, "at", "7s")?;
    page.wait_for(&format!("{time} === 7000000"), 5)?;
    let digest: String = page.read(&format!("{KL}.state.digest"))?;
    set(&page, "seed", "9")?;
    page.wait_for(&format!("{KL}.state.seed === 9 && {time} === 7000000"), 5)?;
    assert_ne!(page.read::<String>(&format!("{KL}.state.digest"))?, digest);
    set(&page, "speed", "2")?;
    page.wait_for(&format!("{KL}.shadowRoot.querySelector('.speed').value === '×2'"), 5)?;
    set(&page, "scenario", OTHER)?;
    page.wait_for(&format!("{KL}.state.topics.payments"), 5)?;
    assert_eq!(page.read::<u64>(&time)?, 7_000_000, "another scenario stands where the attributes say");
    page.painted()?;
    assert_eq!(page.read::<u64>(&time)?, 7_000_000, "and stands still");
    let height = format!("Math.round({KL}.getBoundingClientRect().height)");
    for wanted in ["640", "430", "560"] {
        set(&page, "height", wanted)?;
        page.wait_for(&format!("{height} === {wanted}"), 5)?;
    }
    page.js(&format!("{KL}.removeAttribute('height')"))?;
    page.wait_for(&format!("{height} === 460"), 5)?;
    set(&page, "controls", "none")?;
    page.wait_for(&format!("!{KL}.shadowRoot.querySelector('.transport')"), 5)?;
    page.wait_for(&format!("{height} === 460"), 5)?;
    set(&page, "controls", "full")?;
    page.wait_for(&format!("{KL}.shadowRoot.querySelector('.top') && {KL}.shadowRoot.querySelector('.transport')"), 5)?;
    set(&page, "controls", "")?;
    page.wait_for(&format!("!{KL}.shadowRoot.querySelector('.top') && {height} === 460"), 5)?;
    page.js(&format!("{KL}.setAttribute('theme', 'dark')"))?;
    assert_eq!(page.read::<String>(&format!("getComputedStyle({KL}).colorScheme"))?, "dark");
    set(&page, "src", "other.kafka")?;
    page.js(&format!("{KL}.removeAttribute('scenario')"))?;
    page.wait_for(&format!("{KL}.state.topics.payments"), 5)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

/// React and others assign to what an element has a member for, and set an attribute where it has none.
#[test]
fn a_framework_that_sets_members_sets_the_attributes() -> Result {
    let (_site, page) = open("")?;
    page.ready(KL)?;
    let set = "for (const [name, value] of Object.entries(arguments[0]))
        if (name in kl) kl[name] = value; else kl.setAttribute(name, value);";
    let all = json!({ "scenario": OTHER, "height": "500", "controls": "none", "speed": "2", "at": "7s", "step": "8/2",
        "seed": "4", "loading": "eager", "theme": "dark", "view": "words", "autoplay": "", "lang": "en" });
    page.js_with(&format!("const kl = {KL}; {set}"), std::slice::from_ref(&all))?;
    let names = "getAttributeNames().filter(name => name !== 'style')";
    let read = format!("Object.fromEntries({KL}.{names}.map(name => [name, {KL}.getAttribute(name)]))");
    assert_eq!(page.read::<Value>(&read)?, all);
    page.wait_for(&format!("{KL}.shadowRoot.querySelector('.caption')"), 10)?;
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.ask(KL, "pause()")?;
    page.ask(KL, "step()")?;
    assert!(page.read::<u64>(&format!("{KL}.state.time_us"))? > before);
    page.js(&format!("{KL}.step = undefined"))?;
    assert!(page.read::<bool>(&format!("!{KL}.hasAttribute('step')"))?);
    Ok(())
}

#[test]
fn what_makes_no_sense_is_as_if_it_were_not_there_and_a_sentence_says_so() -> Result {
    let (_site, plain) = open("")?;
    let nonsense = "scenario at=\"noon\" speed=\"warp\" height=\"tall\" seed=\"-0x\" theme=\"pink\" controls=\"some\" loading=\"never\" \
                    step=\"?\" lang=\"??\" view=\"inside\"";
    let (_other, odd) = open(&nonsense.replace("scenario ", ""))?;
    let mut seen = Vec::new();
    for page in [&plain, &odd] {
        page.ready(KL)?;
        page.ask(KL, "pause()")?;
        seen.push(page.js(&format!(
            "const root = {KL}.shadowRoot;
             return [{KL}.state, root.querySelector('.speed').value, getComputedStyle({KL}).colorScheme,
                     !!root.querySelector('.transport'), !!root.querySelector('.top')];"
        ))?);
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    assert_eq!(seen[0], seen[1]);
    let notices = format!("[...{KL}.shadowRoot.querySelectorAll('.notice p')].map(notice => notice.textContent)");
    assert_eq!(plain.read::<Vec<String>>(&notices)?, Vec::<String>::new());
    let said: Vec<String> = odd.read(&notices)?;
    for name in ["at", "speed", "height", "seed", "theme", "controls", "loading", "step", "lang", "view"] {
        let about = format!("The attribute {name}");
        assert!(said.iter().any(|sentence| sentence.starts_with(&about)), "{name}: {said:?}");
    }
    assert_eq!(heard(&odd, "kl-error")?.len(), said.len());
    for (name, value) in [
        ("at", "noon"),
        ("speed", "warp"),
        ("height", "-4"),
        ("theme", "pink"),
        ("controls", "what"),
        ("step", "first"),
    ] {
        set(&odd, name, value)?;
    }
    odd.painted()?;
    assert_eq!(odd.read::<Value>(&format!("{KL}.state"))?, seen[0][0]);
    let said: Vec<String> = odd.read(&notices)?;
    assert!(said.iter().any(|sentence| sentence.contains("\"-4\"") && sentence.contains("1 to 9999")), "{said:?}");
    for name in ["at", "speed", "height", "seed", "theme", "controls", "loading", "step", "lang", "view"] {
        odd.js(&format!("{KL}.removeAttribute('{name}')"))?;
    }
    odd.wait_for(&format!("{notices}.length === 0"), 5)?;
    assert_eq!(odd.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn of_a_scenario_with_errors_there_is_a_picture_and_the_first_of_them_with_its_line() -> Result {
    let (_site, page) = open("scenario=\"topic t partitons=2&#10;gruop g reads t&#10;producer P to t\"")?;
    page.ready(KL)?;
    let notice = format!("{KL}.shadowRoot.querySelector('.notice')?.textContent");
    page.wait_for(&notice, 10)?;
    let said: String = page.read(&notice)?;
    assert!(said.starts_with("Line 1, column 9: ") && said.ends_with("(1 more)"), "{said}");
    assert_eq!(topics(&page)?, ["t"]);
    assert_eq!(heard(&page, "kl-error")?, [json!({ "message": said })]);
    set(&page, "scenario", OTHER)?;
    page.wait_for(&format!("!({notice})"), 5)?;
    Ok(())
}

#[test]
fn a_source_that_does_not_come_is_said_and_the_fallback_stays() -> Result {
    for (src, why) in
        [("missing.kafka", "404"), ("slow.kafka", "20 s"), ("site.html", "text/html"), ("page.js", "text/javascript")]
    {
        let (_site, page) = open(&format!("src=\"{src}\""))?;
        let note = page.failed(KL)?;
        assert!(note.contains(src) && note.contains(why), "{note}");
        let said = heard(&page, "kl-error")?;
        assert_eq!(said.len(), 1);
        assert!(note.contains(said[0]["message"].as_str().unwrap_or("?")), "{note} / {said:?}");
        assert!(page.read::<bool>(&format!("{KL}.querySelector('pre').getBoundingClientRect().height > 20"))?);
        assert!(page.read::<bool>(&format!("{KL}.state === null"))?);
        // Mended by script, it runs.
        set(&page, "src", "other.kafka")?;
        page.ready(KL)?;
        assert_eq!(topics(&page)?, ["payments"]);
        assert!(page.read::<bool>(&format!("!{KL}.shadowRoot.querySelector('.kl-error')"))?);
    }
    Ok(())
}

#[test]
fn a_source_that_does_not_come_later_leaves_what_is_there_and_the_last_one_asked_for_counts() -> Result {
    let (_site, page) = open("")?;
    page.ready(KL)?;
    for src in ["missing.kafka", "slow.kafka", "site.html"] {
        let before = heard(&page, "kl-error")?.len();
        set(&page, "src", src)?;
        page.wait_for(&format!("heard.filter(([name]) => name === 'kl-error').length > {before}"), 5)?;
        assert_eq!(topics(&page)?, ["orders"]);
    }
    set(&page, "src", "slow.kafka")?;
    let errors = heard(&page, "kl-error")?.len();
    page.js(&format!("{KL}.removeAttribute('src'); {KL}.setAttribute('scenario', 'nonsense')"))?;
    page.wait_for(&format!("heard.filter(([name]) => name === 'kl-error').length > {errors}"), 5)?;
    assert_eq!(topics(&page)?, ["orders"]);
    assert!(
        page.read::<bool>(&format!("!!{KL}.shadowRoot.querySelector('[role=alert]')"))?,
        "it is said in the diagram too"
    );
    set(&page, "scenario", OTHER)?;
    page.wait_for(&format!("{KL}.state.topics.payments"), 5)?;
    assert!(page.read::<bool>(&format!("!{KL}.shadowRoot.querySelector('[role=alert]')"))?);
    Ok(())
}
