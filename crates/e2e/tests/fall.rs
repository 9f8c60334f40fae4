//! A mistake of the engine itself, or what no engine can stand, leaves what stands inside the elements, with the reason.

use kafka_lanes_e2e::{Browser, Page, Result, SCENARIO, Site, Size, host_page};

const ALL: &str = "[...document.querySelectorAll('kafka-lanes')]";

/// Sees what the engine exports, and hears what elements say.
const WATCH: &str = "
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name];
        WebAssembly[name] = async (...all) => {
            const made = await make.apply(WebAssembly, all);
            const { exports } = made.instance ?? made;
            if (exports.stack) window.engine = exports;
            return made;
        };
    }
    window.takeMemory = () => {
        for (const pages of [4096, 256, 16, 1])
            try { for (;;) engine.memory.grow(pages); } catch {}
    };
    window.tooDeep = function again() { return again() + 1; };
    window.said = [];
    addEventListener('kl-error', ({ detail }) => detail.message.includes('stopped') && said.push(detail.message));";

/// From here on the panels can put nothing into the page, which they take for granted; and they have a notice to put.
const PANIC: &str = "
    Node.prototype.insertBefore = () => { throw new Error('nothing goes in'); };
    document.querySelector('kafka-lanes').setAttribute('scenario', 'no such thing');";

/// No more memory is to be had, and a long history wants some.
const NO_MORE_MEMORY: &str = "
    takeMemory();
    document.querySelector('kafka-lanes').seek('5h').catch(() => {});";

/// Nor is any left: the next frame has none, and neither has who tells of it.
const NO_MEMORY: &str = r"
    takeMemory();
    return fetch('kafka-lanes-app.js').then(it => it.text()).then(glue => {
        const [, malloc] = /is_mermaid\(text\)[^}]*?wasm\.([\w$]+)/.exec(glue);
        const empty = engine.stack.value;
        for (let bytes = 1 << 24; bytes > 2; bytes >>= 1)
            try { for (;;) engine[malloc](bytes, 1); } catch { engine.stack.value = empty; }
    });";

/// From the next frame on there is no end to what is called.
const TOO_DEEP: &str = "CanvasRenderingContext2D.prototype.clearRect = tooDeep;";

fn two_diagrams() -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let one = format!("<kafka-lanes loading=\"eager\" autoplay><pre>{SCENARIO}</pre></kafka-lanes>");
    site.page("watch.js", WATCH);
    site.page("fall.html", &host_page("<script src=\"watch.js\"></script>", &one.repeat(2)));
    let page = Browser::open(&site, "fall.html", Size::desktop())?;
    page.wait_for(&format!("{ALL}.every(kl => kl.shadowRoot.querySelector('.transport button'))"), 20)?;
    Ok((site, page))
}

#[test]
fn after_a_panic_or_a_trap_what_stands_inside_shows_with_the_reason() -> Result {
    for (sabotage, why) in [
        (PANIC, "failed to insert"),
        (NO_MORE_MEMORY, "unreachable"),
        (NO_MEMORY, "unreachable"),
        (TOO_DEEP, "Maximum call stack"),
    ] {
        let (_site, page) = two_diagrams()?;
        page.js(sabotage)?;
        page.wait_for("said.length === 2", 10)?;
        let said: Vec<String> = page.read("said")?;
        for text in &said {
            let (told, reason) = text.split_once(" The reason: ").unwrap_or((text, ""));
            assert_eq!(told, "The live diagram stopped, by a mistake of its own. Reload the page to start it again.");
            assert!(reason.contains(why), "{text}");
        }
        let shown: Vec<String> =
            page.read(&format!("{ALL}.map(kl => kl.shadowRoot.querySelector('.kl-error').textContent)"))?;
        assert_eq!(shown, said);
        let inside = "kl.querySelector('pre').checkVisibility() && kl.querySelector('pre').clientHeight > 0";
        assert!(page.read::<bool>(&format!("{ALL}.every(kl => {inside})"))?);
        assert!(page.read::<bool>(&format!("{ALL}.every(kl => kl.state === null)"))?);
        // What is asked of it is refused with the reason, and does no harm; it can be taken away.
        page.js("window.broken = []; addEventListener('error', event => broken.push(event.message));")?;
        let asked = format!(
            "const [first, second] = {ALL};
             return Promise.allSettled([first.play(), second.seek('20s')]).then(all => {{
                 first.remove(); second.remove();
                 return all.map(({{ reason }}) => reason?.message);
             }});"
        );
        assert_eq!(page.js(&asked)?, serde_json::json!([said[0], said[0]]));
        page.painted()?;
        assert_eq!(page.read::<Vec<String>>("broken")?, Vec::<String>::new());
    }
    Ok(())
}

#[test]
fn other_peoples_mistakes_are_none_of_the_engine() -> Result {
    let (_site, page) = two_diagrams()?;
    page.js(&format!(
        "setTimeout(() => {{ throw new RangeError('a mistake of the page'); }});
         Promise.reject(new WebAssembly.RuntimeError('unreachable'));
         {ALL}[0].seek('no time at all');
         addEventListener('kl-change', () => {{ throw new RangeError('a mistake of a listener'); }});
         return {ALL}[0].seek('9s').then(() => null);"
    ))?;
    page.painted()?;
    assert_eq!(page.read::<Vec<String>>("said")?, Vec::<String>::new());
    assert_eq!(page.read::<u64>(&format!("{ALL}[0].state.time_us"))?, 9_000_000);
    Ok(())
}
