//! Sites of tools that are too large for every push: `cargo xtask test --full` brings them.
#![cfg(feature = "full")]

use kafka_lanes_e2e::{Browser, Recipe, Result, Site, Size, folder, tool};

const KL: &str = "document.querySelector('kafka-lanes')";

/// A site of MkDocs Material with the recipe's page and one behind it.
fn mkdocs() -> Result<Site> {
    let folder = folder("mkdocs")?;
    std::fs::create_dir_all(folder.join("docs"))?;
    std::fs::write(folder.join("docs/next.md"), "# A page\n\nwith text.\n")?;
    let python = tool("pip-mkdocs-material==9.6.14/site")?;
    let tools = [python.join("bin")];
    Recipe::named("mkdocs")?.with("PYTHONPATH", python).follow(&folder, &tools)?;
    // Its own pages have scripts within them.
    Site::folder(&folder.join("site"), "/", None)
}

#[test]
fn a_site_of_mkdocs_material() -> Result {
    let site = mkdocs()?;
    let page = Browser::open(&site, "", Size::desktop())?;
    page.all_run(2)?;
    assert!(page.lightness()? > 600);
    page.click("document.querySelector('label.md-header__button[title=Dark]')")?;
    assert!(page.lightness()? < 150);
    assert_eq!(page.barriers_of_ours()?, Vec::<String>::new());

    // There `.` and `n` turn to the next page.
    page.js(&format!("{KL}.shadowRoot.querySelector('.transport button').focus();"))?;
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.press(".")?;
    page.wait_for(&format!("{KL}.state.time_us > {before}"), 10)?;
    assert_eq!(page.read::<String>("location.pathname")?, "/");
    page.js("document.activeElement.blur();")?;
    page.press("n")?;
    page.wait_for("location.pathname === '/next/'", 10)?;

    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    Ok(())
}

/// A text that MDX, React and HTML would each like to read in their own way, as a scenario.
const TITLE: &str = "title \"<b>{1 + 1}</b> & ${x} *y*\"";

/// A site of Docusaurus with the recipe's page and one behind it.
fn docusaurus() -> Result<Site> {
    let folder = folder("docusaurus")?;
    let modules = tool("npm-docusaurus-3.10.2/node_modules")?;
    std::os::unix::fs::symlink(&modules, folder.join("node_modules"))?;
    for parent in ["docs", "static"] {
        std::fs::create_dir_all(folder.join(parent))?;
    }
    std::fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let next = format!(
        "# Behind\n\n```kafka autoplay speed=2\n{TITLE}\ntopic t\nproducer p to t\n\ngroup g reads t\n  consumer c\n```\n\n```js\nlet x = 1;\n```\n"
    );
    std::fs::write(folder.join("docs/next.md"), next)?;
    let step = "# A step\n\n```kafka step=1/2 loading=click\n```\n";
    std::fs::write(folder.join("docs/step.md"), step)?;
    // It would leave files among the tools, and ask the registry for a newer version.
    let recipe = Recipe::named("docusaurus")?.with("DOCUSAURUS_NO_PERSISTENT_CACHE", "1".into());
    recipe.with("NO_UPDATE_NOTIFIER", "1".into()).follow(&folder, &[modules.join(".bin")])?;
    // Its own pages have scripts within them.
    Site::folder(&folder.join("build"), "/", None)
}

#[test]
fn a_site_of_docusaurus() -> Result {
    let site = docusaurus()?;
    let page = Browser::open(&site, "", Size::desktop())?;
    page.all_run(2)?;
    assert!(page.lightness()? > 600);
    page.js("scrollTo(0, 0);")?;
    page.click("document.querySelector('nav button[class*=toggleButton]')")?;
    page.wait_for("document.documentElement.dataset.theme === 'dark'", 10)?;
    assert!(page.lightness()? < 150);
    assert_eq!(page.barriers_of_ours()?, Vec::<String>::new());

    // The keys that a diagram uses do not get out, and others do.
    page.js("window.reached = []; document.addEventListener('keydown', (event) => reached.push(event.key));")?;
    page.js(&format!("{KL}.shadowRoot.querySelector('.transport button').focus();"))?;
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.press(".")?;
    page.wait_for(&format!("{KL}.state.time_us > {before}"), 10)?;
    page.press("Tab")?;
    assert_eq!(page.read::<Vec<String>>("reached")?, ["Tab"]);

    // From page to page without loading one: what was there is freed, what comes runs.
    page.js("window.stayed = true;")?;
    for (path, heading, diagrams) in [("/next", "Behind", 1), ("/", "Orders", 2), ("/next", "Behind", 1)] {
        page.js("window.old = [...document.querySelectorAll('kafka-lanes')]; scrollTo(0, 0);")?;
        page.click(&format!("document.querySelector('aside a[href=\"{path}\"]')"))?;
        page.wait_for(&format!("document.querySelector('h1').textContent === '{heading}'"), 10)?;
        page.all_run(diagrams)?;
        assert!(page.read::<bool>("stayed && old.every(kl => !kl.isConnected && kl.state === null)")?, "{path}");
    }
    let fetched = site.requests().iter().filter(|request| request.path.ends_with("-app_bg.wasm")).count();
    assert_eq!(fetched, 1);
    let written: (String, String) =
        page.read(&format!("[{KL}.getAttribute('autoplay'), {KL}.querySelector('pre').textContent]"))?;
    assert!(written.0.is_empty() && written.1.starts_with(&format!("{TITLE}\ntopic t\n")), "{written:?}");
    assert!(page.read::<bool>("!!document.querySelector('.prism-code.language-js')")?, "other code is the theme's");

    // React assigns to `step`, since the element has a method of that name.
    page.js("scrollTo(0, 0);")?;
    page.click("document.querySelector('aside a[href=\"/step\"]')")?;
    page.wait_for(&format!("{KL}?.getAttribute('step') === '1/2'"), 10)?;
    assert_eq!(page.read::<String>(&format!("typeof {KL}.step"))?, "function");

    // A Tab on a page that has just come leads to a link over the menus.
    page.js("scrollTo(0, 0);")?;
    page.click("document.querySelector('aside a[href=\"/\"]')")?;
    page.wait_for("document.querySelector('h1').textContent === 'Orders'", 10)?;
    page.press("Tab")?;
    assert_eq!(page.read::<String>("document.activeElement.textContent")?, "Skip to main content");
    page.press("Enter")?;
    page.press("Tab")?;
    assert!(page.read::<bool>("document.querySelector('main').contains(document.activeElement)")?);

    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    Ok(())
}
