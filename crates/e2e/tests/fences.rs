//! Code blocks marked `kafka` become diagrams, in the markup of every documentation tool that we know.

use std::process::Command;

use kafka_lanes_e2e::{Browser, Result, SCENARIO, Site, Size, bare_page, host_page};

const ALL: &str = "[...document.querySelectorAll('kafka-lanes')]";

/// The lines as Docusaurus makes them: spans that end with `<br>`, in a box in a box.
fn docusaurus() -> String {
    let lines: String = SCENARIO
        .lines()
        .map(|line| format!("<span class=\"token-line\"><span class=\"token plain\">{line}</span><br></span>"))
        .collect();
    format!(
        "<div class=\"language-kafka codeBlockContainer\"><div class=\"codeBlockContent\">\
         <pre tabindex=\"0\" class=\"prism-code language-kafka\"><code class=\"codeBlockLines\">{lines}</code></pre>\
         <div class=\"buttonGroup\"><button type=\"button\">Copy</button></div></div></div>"
    )
}

#[test]
fn a_block_of_every_tool_becomes_a_diagram_of_exactly_its_lines() -> Result {
    let blocks = [
        format!(
            "<pre><div class=\"buttons\"><button>copy</button></div><code class=\"language-kafka hljs\">{SCENARIO}</code></pre>"
        ),
        format!("<pre class=\"kafka\"><code>{SCENARIO}</code></pre>"),
        format!("<div class=\"kafka\">{SCENARIO}</div>"),
        format!("<div class=\"highlight\"><pre tabindex=\"0\"><code data-lang=\"kafka\">{SCENARIO}</code></pre></div>"),
        format!(
            "<div class=\"highlight-kafka notranslate\"><div class=\"highlight\"><pre><span></span>{SCENARIO}</pre><button>c</button></div></div>"
        ),
        format!(
            "<div class=\"language-kafka\"><button title=\"Copy\"></button><span class=\"lang\">kafka</span><pre><code>{SCENARIO}</code></pre></div>"
        ),
        docusaurus(),
        format!("<div hidden>{}</div>", docusaurus()),
    ];
    let other = "<pre><code class=\"language-rust\">fn main() {}</code></pre>";
    let site = Site::dist()?;
    site.page("blocks.html", &host_page("", &(blocks.concat() + other)));
    let page = Browser::open(&site, "blocks.html", Size::new(1000, 6000))?;
    page.wait_for(
        &format!("{ALL}.length >= {} && {ALL}.filter(kl => kl.state).length === {}", blocks.len(), blocks.len() - 1),
        20,
    )?;
    let texts: Vec<String> = page.read(&format!("{ALL}.map(kl => kl.getAttribute('scenario').trimEnd() + '\\n')"))?;
    assert_eq!(texts, vec![SCENARIO.to_owned(); blocks.len()]);
    let kept: Vec<bool> = page.read(&format!("{ALL}.map(kl => kl.textContent.includes('billing-2'))"))?;
    assert_eq!(kept, vec![true; blocks.len()], "what stood there is the fallback");
    assert!(page.read::<bool>("!!document.querySelector('main > pre > code.language-rust')")?);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn blocks_that_come_later_become_diagrams_too_with_the_classic_script_in_the_head() -> Result {
    let site = Site::dist()?;
    let block = format!("<pre><code class=\"language-kafka\">{SCENARIO}</code></pre>");
    // The element is there before the parser has read all of the page, and the text inside an element with it.
    let long = "<!-- filler -->".repeat(30_000);
    let inside = format!("<kafka-lanes id=\"inside\" loading=\"eager\">{long}<pre>{SCENARIO}</pre></kafka-lanes>");
    let head = "<script src=\"kafka-lanes.classic.js\"></script>";
    site.page("classic.html", &bare_page(head, &(inside + &block)));
    let page = Browser::open(&site, "classic.html", Size::new(1000, 3000))?;
    page.wait_for(&format!("{ALL}.length === 2 && {ALL}.every(kl => kl.state)"), 20)?;
    page.js_with("document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])", &[block.into()])?;
    page.wait_for(&format!("{ALL}.length === 3 && {ALL}.every(kl => kl.state)"), 20)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn flowcharts_become_diagrams_only_where_the_script_is_told_so_and_other_diagrams_never() -> Result {
    let site = Site::dist()?;
    let body = "<pre><code class=\"language-mermaid\">%% ours\nflowchart LR\n  p[Producer: p] --> t[Topic: t]\n  t --> c[Consumer: c]\n</code></pre>\
                <pre class=\"mermaid\">sequenceDiagram\n  Alice->>Bob: Hi\n</pre>";
    site.page("untold.html", &host_page("", body));
    let told = "<script type=\"module\" src=\"kafka-lanes.js\" data-mermaid></script>";
    site.page("told.html", &bare_page(told, body));
    let page = Browser::open(&site, "told.html", Size::desktop())?;
    page.wait_for(&format!("{ALL}[0]?.state?.topics.t"), 20)?;
    assert_eq!(page.read::<usize>(&format!("{ALL}.length"))?, 1);
    assert!(
        page.read::<bool>("document.querySelector('main > pre.mermaid').textContent.startsWith('sequenceDiagram')")?
    );
    page.go(&site.url("untold.html"))?;
    page.wait_for("customElements.get('kafka-lanes')", 20)?;
    page.painted()?;
    assert_eq!(page.read::<usize>(&format!("{ALL}.length"))?, 0);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_page_that_loads_it_twice_has_it_once() -> Result {
    let site = Site::dist()?;
    let twice = "<script type=\"module\" src=\"kafka-lanes.js?version=1\"></script><script src=\"kafka-lanes.classic.js\"></script>";
    site.page("twice.html", &host_page(twice, &format!("<pre class=\"kafka\">{SCENARIO}</pre>")));
    let page = Browser::open(&site, "twice.html", Size::desktop())?;
    page.wait_for(&format!("{ALL}[0]?.state"), 20)?;
    assert_eq!(page.read::<usize>(&format!("{ALL}.length"))?, 1);
    let fetched = site.requests().iter().filter(|request| request.path.ends_with("-app_bg.wasm")).count();
    assert_eq!(fetched, 1);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_site_generator_may_import_it_where_there_is_no_page() -> Result {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/kafka-lanes.js");
    let script = format!("import({:?}).then(m => console.log(typeof m.KafkaLanes))", dist.display().to_string());
    let Ok(ran) = Command::new("node").args(["--input-type=module", "--eval", &script]).output() else {
        println!("Node is not on this machine: nothing to see.");
        return Ok(());
    };
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), "function", "{}", String::from_utf8_lossy(&ran.stderr));
    Ok(())
}
