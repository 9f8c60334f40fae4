//! Pages of people who import the package and let a bundler do the rest: of `cargo xtask test --full`, which brings two.
#![cfg(feature = "full")]

use std::path::{Path, PathBuf};
use std::process::Command;

use kafka_lanes_e2e::{Browser, Recipe, Result, SCENARIO, STRICT_POLICY, Site, Size, bare_page, project, tool};

/// A project that has the package, and a page with a scenario and a flowchart.
fn page_of(name: &str, script: &str) -> Result<PathBuf> {
    let folder = project(name)?;
    let chart = "flowchart LR\n  p[Producer: p] --> t[Topic: t]\n  t --> c[Consumer: c]\n";
    let body = format!(
        "<kafka-lanes height=\"460\"><pre>{SCENARIO}</pre></kafka-lanes><kafka-lanes><pre>{chart}</pre></kafka-lanes>"
    );
    std::fs::write(folder.join("index.html"), bare_page(script, &body))?;
    Ok(folder)
}

/// Both diagrams of what was built run, from any path.
fn runs(built: &Path) -> Result {
    let site = Site::folder(built, "/deep/down/", Some(STRICT_POLICY))?;
    let page = Browser::open(&site, "index.html", Size::desktop())?;
    page.all_run(2)?;
    let topics = "[...document.querySelectorAll('kafka-lanes')].map(kl => Object.keys(kl.state.topics).join())";
    assert_eq!(page.read::<Vec<String>>(topics)?, ["orders", "t"]);
    assert_eq!(page.barriers()?, Vec::<String>::new());
    assert_eq!(page.problems()?, Vec::<String>::new());
    assert_eq!(page.requested_elsewhere(&site.origin())?, Vec::<String>::new());
    let whole = site.requests().iter().any(|request| request.path.contains("node_modules"));
    assert!(!whole, "all is of the bundler's making");
    Ok(())
}

#[test]
fn vite() -> Result {
    let folder = page_of("vite", "<script type=\"module\" src=\"/main.js\"></script>")?;
    Recipe::named("bundler")?.follow(&folder, &[tool("npm-vite@8.3.4/node_modules/.bin")?])?;
    runs(&folder.join("dist"))
}

#[test]
fn webpack() -> Result {
    let folder = page_of("webpack", "<script defer src=\"main.js\"></script>")?;
    std::fs::write(folder.join("main.js"), "import \"kafka-lanes\";\n")?;
    let built = folder.join("built");
    let script = "const [program, context, path] = process.argv.slice(1);
        require(program)({ mode: 'production', context, entry: './main.js', output: { path } }, (error, stats) => {
            if (error || stats.hasErrors()) throw error ?? new Error(stats.toString());
        });";
    let packed = Command::new("node")
        .args(["--eval", script])
        .arg(tool("npm-docusaurus-3.10.2/node_modules/webpack")?)
        .args([&folder, &built])
        .output()?;
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    std::fs::copy(folder.join("index.html"), built.join("index.html"))?;
    runs(&built)
}
