//! A mistake of the engine itself leaves what stands inside the elements, with the reason.

use kafka_lanes_e2e::{Browser, Result, SCENARIO, Site, Size, host_page};

const ALL: &str = "[...document.querySelectorAll('kafka-lanes')]";

/// From here on the panels can put nothing into the page, which they take for granted.
const SABOTAGE: &str = "
    window.said = [];
    addEventListener('kl-error', event => said.push(event.detail.message));
    Node.prototype.insertBefore = () => { throw new Error('nothing goes in'); };
    document.querySelector('kafka-lanes').setAttribute('scenario', 'no such thing');";

#[test]
fn after_a_panic_what_stands_inside_shows_with_the_reason() -> Result {
    let site = Site::dist()?;
    let one = format!("<kafka-lanes loading=\"eager\" autoplay><pre>{SCENARIO}</pre></kafka-lanes>");
    site.page("fall.html", &host_page("", &one.repeat(2)));
    let page = Browser::open(&site, "fall.html", Size::desktop())?;
    page.wait_for(&format!("{ALL}.every(kl => kl.shadowRoot.querySelector('.transport button'))"), 20)?;
    page.js(SABOTAGE)?;
    page.wait_for("said.length === 2", 10)?;
    let said: Vec<String> = page.read("said")?;
    for text in &said {
        assert!(text.starts_with("The live diagram stopped, by a mistake of its own: "), "{text}");
        assert!(text.ends_with("Reload the page to start it again."), "{text}");
    }
    let shown: Vec<String> =
        page.read(&format!("{ALL}.map(kl => kl.shadowRoot.querySelector('.kl-error').textContent)"))?;
    assert_eq!(shown, said);
    let inside = "kl.querySelector('pre').checkVisibility() && kl.querySelector('pre').clientHeight > 0";
    assert!(page.read::<bool>(&format!("{ALL}.every(kl => {inside})"))?);
    assert!(page.read::<bool>(&format!("{ALL}.every(kl => kl.state === null)"))?);
    // What is asked of it has no effect, and does no harm; it can be taken away.
    page.js(&format!(
        "window.broken = []; addEventListener('error', event => broken.push(event.message));
         const [first, second] = {ALL};
         return Promise.all([first.play(), second.seek('20s')]).then(() => {{ first.remove(); second.remove(); }}).then(() => null);"
    ))?;
    assert_eq!(page.read::<Vec<String>>("broken")?, Vec::<String>::new());
    Ok(())
}
