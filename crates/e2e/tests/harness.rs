//! The harness itself: what it is to notice, it notices.

use std::path::Path;

use kafka_lanes_e2e::{Browser, Result, STRICT_POLICY, Site, Size};

fn site() -> Result<Site> {
    Site::folder(Path::new(env!("CARGO_MANIFEST_DIR")), "/base/", Some(STRICT_POLICY))
}

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>A page</title><link rel=\"icon\" href=\"data:,\"></head>\
         <body><main><h1>A page</h1>{body}</main></body></html>"
    )
}

#[test]
fn a_good_page_has_no_problem_and_no_barrier() -> Result {
    let site = site()?;
    site.page("good.html", &page("<button>Press</button>"));
    let page = Browser::open(&site, "good.html", Size::desktop())?;
    assert_eq!(page.read::<String>("document.querySelector('h1').textContent")?, "A page");
    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    assert_eq!(page.barriers()?, Vec::<String>::new());
    assert_eq!(site.requests().iter().map(|request| request.path.as_str()).collect::<Vec<_>>(), ["/base/good.html"]);
    Ok(())
}

#[test]
fn problems_foreign_requests_and_barriers_are_noticed() -> Result {
    let site = site()?;
    let bad = "<img src=\"missing.png\"><img src=\"http://elsewhere.example/x.png\"><script>1</script>";
    site.page("bad.html", &page(bad));
    let page = Browser::open(&site, "bad.html", Size::desktop())?;
    let problems = page.problems()?;
    assert!(problems.iter().any(|problem| problem.contains("missing.png") && problem.contains("404")), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("inline script")), "{problems:?}");
    let barriers = page.barriers()?;
    assert!(barriers.iter().any(|barrier| barrier.starts_with("image-alt (critical)")), "{barriers:?}");
    Ok(())
}

#[test]
fn a_request_to_another_host_is_noticed() -> Result {
    let free = Site::folder(Path::new(env!("CARGO_MANIFEST_DIR")), "/", None)?;
    free.page("free.html", &page("<img alt=\"\" src=\"http://elsewhere.example/x.png\">"));
    let page = Browser::open(&free, "free.html", Size::desktop())?;
    assert_eq!(page.requested_elsewhere(&free.origin())?, ["http://elsewhere.example/x.png"]);
    Ok(())
}

#[test]
fn size_theme_and_motion_are_as_asked() -> Result {
    let site = site()?;
    site.page("good.html", &page(""));
    let asked = "[innerWidth, innerHeight, ...['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)',
        '(forced-colors: active)'].map(query => matchMedia(query).matches)]";
    let page = Browser::open(&site, "good.html", Size::phone())?;
    assert_eq!(page.js(&format!("return {asked}"))?, serde_json::json!([375, 700, false, false, false]));
    let page = Browser::with(Size::desktop()).dark().reduced_motion().forced_colors().visit(&site.url("good.html"))?;
    assert_eq!(page.js(&format!("return {asked}"))?, serde_json::json!([1280, 800, true, true, true]));
    Ok(())
}

#[test]
fn hands_reach_into_a_shadow_root() -> Result {
    let site = site()?;
    site.page("shadow.html", &page("<div id=\"host\"></div>"));
    let page = Browser::open(&site, "shadow.html", Size::desktop())?;
    page.js("const root = host.attachShadow({ mode: 'open' });
         root.innerHTML = '<button>Count</button><input aria-label=\"Name\">';
         window.seen = [];
         root.querySelector('button').onclick = event => seen.push(event.isTrusted ? 'click' : 'fake');
         root.querySelector('input').onkeydown = event => seen.push(event.key);")?;
    page.click("host.shadowRoot.querySelector('button')")?;
    page.fill("host.shadowRoot.querySelector('input')", "x")?;
    page.press("ArrowLeft")?;
    page.press_with("Tab", &["Shift"])?;
    assert_eq!(page.read::<Vec<String>>("seen")?, ["click", "x", "ArrowLeft", "Shift", "Tab"]);
    assert!(page.wait_for("seen.length === 99", 0).is_err());
    Ok(())
}
