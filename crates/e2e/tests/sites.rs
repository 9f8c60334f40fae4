//! Real sites, each built by its recipe in `docs/src/embedding.md`, as their readers see them.

use std::path::PathBuf;
use std::sync::LazyLock;

use kafka_lanes_e2e::{Browser, Page, Recipe, Result, STRICT_POLICY, Site, Size, folder, repository, tool};

const KL: &str = "document.querySelector('kafka-lanes')";

#[test]
fn a_plain_page() -> Result {
    let folder = folder("html")?;
    Recipe::named("html")?.follow(&folder, &[])?;
    let site = Site::folder(&folder, "/docs/", Some(STRICT_POLICY))?;
    let page = Browser::open(&site, "index.html", Size::desktop())?;
    page.all_run(2)?;
    assert!(page.lightness()? > 600);
    page.js("document.documentElement.style.colorScheme = 'dark';")?;
    assert!(page.lightness()? < 150);
    assert_eq!(page.barriers()?, Vec::<String>::new());
    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_frame() -> Result {
    let folder = folder("frame")?;
    Recipe::named("frame")?.follow(&folder, &[])?;
    let policy = format!("{STRICT_POLICY}; frame-src 'self'");
    let site = Site::folder(&folder, "/docs/", Some(&policy))?;
    let page = Browser::open(&site, "index.html", Size::desktop())?;
    assert_eq!(page.barriers()?, Vec::<String>::new());
    page.enter_frame(0)?;
    page.all_run(1)?;
    assert_eq!(page.read::<String>(&format!("Object.keys({KL}.state.groups).join()"))?, "billing");
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, 12_000_000);
    assert!(page.lightness()? > 600);
    let room =
        "[document.documentElement.scrollHeight <= innerHeight, document.documentElement.scrollWidth <= innerWidth]";
    assert_eq!(page.read::<[bool; 2]>(room)?, [true, true], "nothing is cut off");
    page.leave_frame()?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    Ok(())
}

/// A book with the recipe's chapter between two others, so that there are pages to turn to. Built once for all tests.
static BOOK: LazyLock<PathBuf> = LazyLock::new(|| recipes_book().expect("the book is built"));

fn recipes_book() -> Result<PathBuf> {
    let folder = folder("mdbook")?;
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(folder.join("book.toml"), "[book]\ntitle = \"Orders\"\n")?;
    let summary = "# Summary\n\n- [Before](before.md)\n- [Orders](orders.md)\n- [Behind](behind.md)\n";
    std::fs::write(folder.join("src/SUMMARY.md"), summary)?;
    for name in ["before", "behind"] {
        std::fs::write(folder.join(format!("src/{name}.md")), "# A page\n\nwith text.\n")?;
    }
    Recipe::named("mdbook")?.follow(&folder, &[tool("mdbook-0.5.4/bin")?])?;
    Ok(folder.join("book"))
}

fn book() -> Result<Site> {
    // mdBook's own pages have scripts within them.
    Site::folder(&BOOK, "/", None)
}

#[test]
fn a_book() -> Result {
    let site = book()?;
    let page = Browser::open(&site, "orders.html", Size::desktop())?;
    page.all_run(2)?;

    // The book's own switch.
    assert!(page.lightness()? > 600);
    page.js("scrollTo(0, 0);")?;
    page.click("document.querySelector('#mdbook-theme-toggle, #theme-toggle')")?;
    page.click("document.querySelector('#mdbook-theme-navy, #navy')")?;
    assert!(page.lightness()? < 150);

    assert_eq!(page.barriers_of_ours()?, Vec::<String>::new());
    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    Ok(())
}

#[test]
fn keys_turn_the_pages_of_a_book_but_for_those_that_a_diagram_uses() -> Result {
    let site = book()?;
    let page = Browser::open(&site, "orders.html", Size::desktop())?;
    page.all_run(2)?;
    page.js("window.reached = []; document.addEventListener('keydown', (event) => reached.push(event.key));")?;
    let first = format!("{KL}.shadowRoot.querySelector");
    page.js(&format!("{first}('.transport input').focus();"))?;
    for key in ["ArrowRight", "ArrowLeft", " ", "Home"] {
        page.press(key)?;
    }
    assert_eq!(page.read::<Vec<String>>("reached")?, Vec::<String>::new());
    page.js(&format!("{first}('.transport button').focus();"))?;
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.press(".")?;
    page.wait_for(&format!("{KL}.state.time_us > {before}"), 10)?;
    assert_eq!(page.read::<Vec<String>>("reached")?, Vec::<String>::new());
    assert!(page.read::<String>("location.pathname")?.ends_with("/orders.html"));

    page.js("document.activeElement.blur();")?;
    page.press("ArrowRight")?;
    page.wait_for("location.pathname.endsWith('/behind.html')", 10)?;
    page.press("ArrowLeft")?;
    page.wait_for("location.pathname.endsWith('/orders.html')", 10)?;
    Ok(())
}

#[test]
fn a_book_is_complete_without_script() -> Result {
    let site = book()?;
    let page = Browser::open(&site, "before.html", Size::desktop())?;
    let read = "return fetch('orders.html').then(answer => answer.text()).then(async text => {
        const host = new DOMParser().parseFromString(text, 'text/html').querySelector('kafka-lanes');
        const picture = document.body.appendChild(document.importNode(host.querySelector('img'), true));
        await picture.decode();
        return [picture.naturalWidth, picture.alt, host.querySelector('p').textContent,
            host.querySelector('pre').textContent.split('\\n')[0]];
    });";
    let expected =
        serde_json::json!([960, "Kafka Lanes: orders", "At 12 s of simulated time.", "topic orders partitions=3"]);
    assert_eq!(page.js(read)?, expected);
    Ok(())
}

/// The book in `docs/`, built once for all tests.
static OWN_BOOK: LazyLock<PathBuf> = LazyLock::new(|| this_projects_book().expect("the book is built"));

fn this_projects_book() -> Result<PathBuf> {
    let book = folder("own-book")?;
    let recipe = Recipe::own_book().with("BOOK", book.clone());
    recipe.follow(&repository(), &[tool("mdbook-0.5.4/bin")?])?;
    Ok(book)
}

fn own_book() -> Result<Site> {
    Site::folder(&OWN_BOOK, "/deep/down/", None)
}

#[test]
fn the_book_of_this_project() -> Result {
    let site = own_book()?;
    let pages = [
        ("introduction", 2),
        ("story", 0),
        ("story/chapter-8", 4),
        ("story/glossary", 0),
        ("story/challenges", 0),
        ("language", 5),
        ("embedding", 0),
        ("clients", 0),
        ("print", 70),
    ];
    for (name, diagrams) in pages {
        let page = Browser::open(&site, &format!("{name}.html"), Size::desktop())?;
        // The page for print opens the browser's dialog for it.
        if name != "print" {
            page.all_run(diagrams)?;
        }
        assert_eq!(page.read::<usize>("document.querySelectorAll('kafka-lanes').length")?, diagrams, "{name}");
        let wide = "document.documentElement.scrollWidth > innerWidth";
        assert!(!page.read::<bool>(wide)?, "{name} is too wide");
        assert_eq!(page.problems()?, Vec::<String>::new(), "{name}");
        assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new(), "{name}");
    }
    Ok(())
}

/// What axe-core finds in the text of a page of a book; what is round it is mdBook's.
fn barriers_in_the_text(page: &Page) -> Result<Vec<String>> {
    let chrome = ["#mdbook-", "nav", ".menu", ".sidebar", ".right-buttons"];
    Ok(page.barriers()?.into_iter().filter(|one| !chrome.iter().any(|part| one.contains(part))).collect())
}

#[test]
fn a_step_of_the_story_plays_on_in_its_page_and_leads_to_the_playground() -> Result {
    let site = own_book()?;
    let page = Browser::open(&site, "story/chapter-8.html", Size::desktop())?;
    page.all_run(4)?;
    let moments = "[...document.querySelectorAll('kafka-lanes')].map(one => one.state.time_us)";
    assert_eq!(page.read::<Vec<u64>>(moments)?, [12_000_000, 26_000_000, 45_000_000, 50_000_000]);
    assert_eq!(barriers_in_the_text(&page)?, Vec::<String>::new());

    page.js(&format!("{KL}.scrollIntoView();"))?;
    page.click(&format!("{KL}.shadowRoot.querySelector('.transport button')"))?;
    page.wait_for(&format!("{KL}.state.time_us > 12e6"), 10)?;
    assert_eq!(page.read::<Vec<u64>>(moments)?[1..], [26_000_000, 45_000_000, 50_000_000]);

    page.click("document.querySelector('main a[href$=\"#story/8/1\"]')")?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    assert_eq!(
        page.read::<String>("location.pathname + location.hash")?,
        "/deep/down/kafka-lanes/index.html#story/8/1"
    );
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn the_story_is_read_without_script() -> Result {
    let site = own_book()?;
    let page = Browser::open(&site, "story/chapter-8.html", Size::phone())?;
    page.cdp("Emulation.setScriptExecutionDisabled", &serde_json::json!({ "value": true }))?;
    page.reload()?;
    assert!(page.read::<bool>("!customElements.get('kafka-lanes')")?, "no script has run");
    let drawn = "[...document.querySelectorAll('main kafka-lanes > img')].filter(image => image.complete && image.naturalWidth === 960 &&
        image.checkVisibility() && image.getBoundingClientRect().width > 300).length";
    page.wait_for(&format!("{drawn} === 4"), 10)?;
    let text = page.read::<String>("document.querySelector('main').innerText")?;
    for said in ["Now there are 5 consumers on 3 lanes.", "How many will have nothing to do?", "What the engine says"] {
        assert!(text.contains(said), "{text}");
    }
    assert!(!text.contains("that is what happened."), "answers are folded");
    page.click("document.querySelectorAll('main li summary')[1]")?;
    page.wait_for("document.querySelector('main').innerText.includes('Yes, that is what happened.')", 5)?;
    // The bar at the top of a book would lie over it.
    page.js("document.querySelector('main kafka-lanes').scrollIntoView({ block: 'center' });")?;
    page.click("document.querySelector('main kafka-lanes summary')")?;
    page.wait_for("document.querySelector('main').innerText.includes('At 12 s of simulated time.')", 5)?;
    assert!(!page.read::<bool>("document.documentElement.scrollWidth > innerWidth")?);
    page.click("document.querySelector('main p a[href=\"glossary.html#consumer-group\"]')")?;
    page.wait_for(
        "location.hash === '#consumer-group' && document.querySelector(':target').innerText === 'consumer group'",
        5,
    )?;
    Ok(())
}
