//! A page's first diagram is read and drawn before the second part of the engine's code is there, and is the same world.

use kafka_lanes_core::{History, Time};
use kafka_lanes_e2e::{Browser, Result, Site, Size, host_page, repository};
use kafka_lanes_scenario::{Severity, language};

const KL: &str = "document.querySelector('kafka-lanes')";

/// What the language has that no example or page of the docs may have.
const MORE: &str = "timing fetch=900us produce=1.2s session=10s
topic a partitions=2 retention=1m segment-bytes=16KiB
topic b retention-bytes=1MiB retention=2h
topic c retention=7d
producer P to a rate=30/min size=1KiB linger=5ms batch-size=16KiB delivery-timeout=2m
producer Q to b rate=90/h keys=none client=java-round-robin acks=1 idempotence=off
group g reads a, b processing=200ms
  consumer c1
group h reads c assignor=cooperative-sticky commit=before reset=latest
  consumer c2 processing=1.5s
";

/// All of the examples and of the docs' scenarios that are as they should be.
fn scenarios() -> Result<Vec<String>> {
    let root = repository();
    let mut texts = vec![MORE.to_owned()];
    for file in std::fs::read_dir(root.join("examples"))?.chain(std::fs::read_dir(root.join("docs/src"))?) {
        let path = file?.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("kafka") => texts.push(std::fs::read_to_string(path)?),
            Some("md") => {
                let text = std::fs::read_to_string(path)?;
                let fences = text.split("\n```kafka").skip(1).filter_map(|fence| fence.split_once('\n'));
                texts.extend(
                    fences.filter_map(|(_, fence)| fence.split_once("\n```")).map(|(fence, _)| fence.to_owned()),
                );
            }
            _ => {}
        }
    }
    let is_right = |text: &String| {
        let parsed = language::parse(text);
        !text.trim().is_empty() && parsed.diagnostics.iter().all(|it| it.severity != Severity::Error)
    };
    texts.retain(is_right);
    texts.sort();
    texts.dedup();
    Ok(texts)
}

#[test]
fn every_scenario_of_ours_is_understood_as_the_first_of_its_page() -> Result {
    let texts = scenarios()?;
    assert!(texts.len() > 20 && texts.iter().any(|text| text == MORE), "{} scenarios", texts.len());
    let site = Site::dist()?;
    site.page(
        "listen.js",
        "window.said = []; addEventListener('kl-error', ({ detail }) => said.push(detail.message));",
    );
    let page = Browser::with(Size::desktop()).visit(&site.url("embed.html"))?;
    for (number, text) in texts.iter().enumerate() {
        let name = format!("first-{number}.html");
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let body = format!("<kafka-lanes loading=\"eager\" at=\"2s\"><pre>{text}</pre></kafka-lanes>");
        site.page(&name, &host_page("<script src=\"listen.js\"></script>", &body));
        page.go(&site.url(&name))?;
        page.ready(KL)?;
        assert_eq!(page.read::<Vec<String>>("said")?, Vec::<String>::new(), "{text}");
        let mut native =
            History::new(language::parse(&texts[number]).spec, 1).expect("a world that the engine accepts");
        native.seek(Time::from_secs(2));
        let digest: String = page.read(&format!("{KL}.state.digest"))?;
        assert_eq!(digest, format!("{:016x}", native.world().digest()), "{text}");
    }
    Ok(())
}
