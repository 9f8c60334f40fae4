//! The built page loads anywhere, keeps to its own host, and has no barrier.

use kafka_lanes_e2e::{Browser, Result, Site, Size};

fn loads_at(base: &str) -> Result {
    let site = Site::dist_at(base)?;
    let page = Browser::open(&site, "", Size::desktop())?;
    page.wait_for("document.querySelector('kafka-lanes')?.state", 20)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    let missing: Vec<_> = site.requests().into_iter().filter(|request| request.status != 200).collect();
    assert_eq!(missing, []);
    Ok(())
}

#[test]
fn it_loads_at_the_root() -> Result {
    loads_at("/")
}

#[test]
fn it_loads_at_a_deep_path() -> Result {
    loads_at("/some/deep/path/")
}

#[test]
fn axe_finds_nothing_in_either_theme() -> Result {
    let site = Site::dist()?;
    for browser in [Browser::with(Size::desktop()), Browser::with(Size::phone()).dark()] {
        let page = browser.visit(&site.url("/"))?;
        page.wait_for("document.querySelector('kafka-lanes')?.state", 20)?;
        assert_eq!(page.barriers()?, Vec::<String>::new());
    }
    Ok(())
}
