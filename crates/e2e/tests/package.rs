//! The package for npm, installed from its tarball into a project that has nothing else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use kafka_lanes_e2e::{Browser, Failure, Result, STRICT_POLICY, Site, Size, bare_page, package, project, repository};
use serde_json::Value;

const KL: &str = "document.querySelector('kafka-lanes')";
const PACKAGE: &str = "node_modules/kafka-lanes";

fn manifest(folder: &Path) -> Result<Value> {
    Ok(serde_json::from_str(&std::fs::read_to_string(folder.join("package.json"))?)?)
}

/// Every text in it, however deep.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(values) => values.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn it_holds_what_its_manifest_says_and_nothing_else() -> Result {
    let folder = project("package")?.join(PACKAGE);
    let manifest = manifest(&folder)?;
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["license"], "MIT OR Apache-2.0");
    let entries = std::fs::read_dir(&folder)?.flatten();
    let found: BTreeSet<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let mut named: BTreeSet<String> = texts(&manifest["files"]).into_iter().collect();
    named.insert("package.json".into());
    assert_eq!(found, named);

    let mut entries = texts(&manifest["exports"]);
    assert!(entries.len() >= 7, "{entries:?}");
    for field in ["main", "types", "customElements"] {
        entries.extend(texts(&manifest[field]));
    }
    for entry in entries {
        assert!(found.contains(entry.trim_start_matches("./")), "{entry}");
    }
    for field in ["dependencies", "scripts", "bin"] {
        assert!(manifest[field].is_null(), "it asks for nothing and runs nothing: {field}");
    }

    // The same as in the build, of which only the playground stays away.
    let mut left = BTreeSet::new();
    for built in std::fs::read_dir(repository().join("dist"))?.flatten() {
        let name = built.file_name().to_string_lossy().into_owned();
        if found.contains(&name) {
            assert!(std::fs::read(built.path())? == std::fs::read(folder.join(&name))?, "{name}");
        } else {
            left.insert(name);
        }
    }
    let playground = ["index.html", "page.js", "two-worlds.html"].map(str::to_owned);
    assert_eq!(left, BTreeSet::from(playground), "is it for other people's pages?");
    Ok(())
}

#[test]
fn the_same_files_give_the_same_bytes() -> Result {
    let project = project("package-again")?;
    let packed = Command::new("npm")
        .args(["pack", "--silent", "--ignore-scripts", "--pack-destination", "."])
        .arg(format!("./{PACKAGE}"))
        .current_dir(&project)
        .output()?;
    let name = String::from_utf8_lossy(&packed.stdout).trim().to_owned();
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    // The files were written at another time than those of the first.
    assert!(std::fs::read(project.join(name))? == std::fs::read(package()?)?);
    Ok(())
}

#[test]
fn a_page_without_a_bundler_has_its_diagrams_from_node_modules() -> Result {
    let folder = project("package-page")?;
    let site = Site::folder(&folder, "/shop/", Some(STRICT_POLICY))?;
    let page = Browser::open(&site, "index.html", Size::desktop())?;
    page.all_run(1)?;
    assert_eq!(page.read::<String>("customElements.get('kafka-lanes').name")?, "KafkaLanes");
    assert_eq!(page.barriers()?, Vec::<String>::new());

    // The classic script, and the part that reads flowcharts.
    let script = format!("<script src=\"{PACKAGE}/kafka-lanes.classic.js\"></script>");
    let chart = "<kafka-lanes><pre>flowchart LR\n  p[Producer: p] --> t[Topic: t]\n  t --> c[Consumer: c]\n</pre></kafka-lanes>";
    site.page("classic.html", &bare_page(&script, chart));
    page.go(&site.url("classic.html"))?;
    page.wait_for(&format!("{KL}.state?.topics.t"), 20)?;

    // What its page at the registry tells people to write.
    let readme = std::fs::read_to_string(folder.join(PACKAGE).join("README.md"))?;
    let (_, code) = readme.split_once("```html\n").ok_or_else(|| Failure::new("The README has no page."))?;
    site.page("readme.html", &bare_page("", code.split("```").next().unwrap_or_default()));
    page.go(&site.url("readme.html"))?;
    page.all_run(1)?;
    assert_eq!(page.read::<String>(&format!("Object.keys({KL}.state.groups).join()"))?, "billing");

    page.go(&site.url(&format!("{PACKAGE}/embed.html")))?;
    page.ready(KL)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    Ok(())
}

#[test]
fn it_may_be_imported_by_its_name_where_there_is_no_page() -> Result {
    let script = "import('kafka-lanes').then(m => console.log(typeof m.KafkaLanes))";
    let ran = Command::new("node")
        .args(["--input-type=module", "--eval", script])
        .current_dir(project("package-import")?)
        .output()?;
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), "function", "{}", String::from_utf8_lossy(&ran.stderr));
    Ok(())
}
