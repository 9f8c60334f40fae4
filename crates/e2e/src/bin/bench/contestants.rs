//! The pages whose first picture is waited for: ours, and those of others that show a diagram or an animation. Each has its
//! picture and its program from this machine; what is not installed is left out.

use std::path::{Path, PathBuf};

use kafka_lanes_e2e::{Result, Site};

use crate::world::{self, ARTICLE, FLOWCHART};

/// A small session in a terminal: somebody runs the article's world, and reads what it prints.
const CAST: &str = include_str!("contestants/records.cast");
/// A small animation: a shop, three lanes and three groups, and six records on their way.
const LOTTIE: &str = include_str!("contestants/records.json");

/// The first frame that shows records where they have moved to since the diagram came up: the third with records in it,
/// for the first may be of before the loop began, and the second starts its clock.
const OURS_IS_LIVE: &str = "(() => {
    const canvas = document.querySelector('kafka-lanes')?.shadowRoot?.querySelector('canvas');
    window.framesSeen = (window.framesSeen ?? 0) + (Number(canvas?.dataset.dots) > 0);
    return window.framesSeen > 2;
})()";
/// Mermaid draws in a place aside and puts the finished picture here.
const MERMAID_IS_THERE: &str = "document.querySelector('pre.mermaid > svg g.node')";
/// The terminal shows what was written into it.
const CAST_IS_THERE: &str = "document.querySelector('.ap-player .ap-term')?.textContent.includes('$')";
/// A frame was drawn: it is on its way to the second.
const LOTTIE_IS_THERE: &str = "document.querySelector('dotlottie-wc')?.dotLottie?.currentFrame > 0";

/// A page, served.
pub(crate) struct Contestant {
    pub(crate) name: String,
    /// Short, as in `ours ÷ Mermaid's`.
    pub(crate) short: &'static str,
    pub(crate) site: Site,
}

impl Contestant {
    pub(crate) fn ours(dist: &Path) -> Result<Self> {
        let site = Site::folder(dist, "/", None)?;
        site.page("measured.html", &world::page(ARTICLE, "autoplay at=\"12s\"", &probe(OURS_IS_LIVE)));
        Ok(Self { name: "Kafka Lanes, the article's world, moving".into(), short: "ours", site })
    }

    /// Those whose packages are in one of these `node_modules`.
    pub(crate) fn others(modules: &[PathBuf]) -> Result<Vec<Self>> {
        let found = |package: &str| modules.iter().find(|modules| modules.join(package).is_dir());
        let all = [
            found("mermaid").map(|modules| Self::mermaid(modules)),
            found("asciinema-player").map(|modules| Self::asciinema(modules)),
            found("@lottiefiles/dotlottie-wc").map(|modules| Self::dotlottie(modules)),
        ];
        all.into_iter().flatten().collect()
    }

    fn mermaid(modules: &Path) -> Result<Self> {
        let head = "<script type=\"module\">import mermaid from './mermaid/dist/mermaid.esm.min.mjs'; \
                    mermaid.initialize({ startOnLoad: true });</script>";
        let body = format!("<pre class=\"mermaid\">\n{}</pre>", world::escaped(FLOWCHART));
        let name = format!("Mermaid {}, its flowchart, still", version(modules, "mermaid"));
        Self::new(name, "Mermaid's", modules, &page(head, &body, MERMAID_IS_THERE))
    }

    fn asciinema(modules: &Path) -> Result<Self> {
        let head = "<link rel=\"stylesheet\" href=\"asciinema-player/dist/bundle/asciinema-player.css\">";
        let body = "<div id=\"cast\"></div><script src=\"asciinema-player/dist/bundle/asciinema-player.min.js\"></script>\
                    <script>AsciinemaPlayer.create('records.cast', document.getElementById('cast'), { autoPlay: true });\
                    </script>";
        let name = format!("asciinema-player {}, a recorded terminal", version(modules, "asciinema-player"));
        let contestant = Self::new(name, "asciinema's", modules, &page(head, body, CAST_IS_THERE))?;
        contestant.site.page("records.cast", CAST);
        Ok(contestant)
    }

    /// Its wasm is fetched from another host unless it is told of one before there is an element.
    fn dotlottie(modules: &Path) -> Result<Self> {
        let head = "<script type=\"module\">import { setWasmUrl } from './@lottiefiles/dotlottie-wc/dist/dotlottie-wc.js'; \
                    setWasmUrl('/@lottiefiles/dotlottie-web/dist/dotlottie-player.wasm'); \
                    document.querySelector('main').innerHTML = \
                    '<dotlottie-wc src=\"records.json\" autoplay loop></dotlottie-wc>';</script>";
        let name = format!("dotlottie-wc {}, a drawn animation", version(modules, "@lottiefiles/dotlottie-wc"));
        let contestant = Self::new(name, "dotlottie's", modules, &page(head, "", LOTTIE_IS_THERE))?;
        contestant.site.page("records.json", LOTTIE);
        Ok(contestant)
    }

    fn new(name: String, short: &'static str, modules: &Path, page: &str) -> Result<Self> {
        let site = Site::folder(modules, "/", None)?;
        site.page("measured.html", page);
        Ok(Self { name, short, site })
    }
}

fn page(head: &str, body: &str, shows: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>One diagram</title>\
         <link rel=\"icon\" href=\"data:,\"><script>{}</script>{head}</head><body><main>{body}</main></body></html>",
        probe(shows)
    )
}

/// A script that sets `window.live` to a promise of a load. It looks in every frame; the message after it comes when
/// that frame is made.
fn probe(condition: &str) -> String {
    format!(
        "window.live = new Promise(done => {{
            const count = () => {{
                const ms = performance.now();
                const all = performance.getEntriesByType('resource').filter(entry => !entry.name.startsWith('data:'));
                const outside = all.filter(entry => !entry.name.startsWith(location.origin)).map(entry => entry.name);
                const sum = field => all.reduce((sum, entry) => sum + entry[field], 0);
                const [encoded, decoded] = [sum('encodedBodySize'), sum('decodedBodySize')];
                done({{ ms, encoded, decoded, requests: all.length, outside }});
            }};
            const look = () => {{
                if (!({condition})) return requestAnimationFrame(look);
                const {{ port1, port2 }} = new MessageChannel();
                port1.onmessage = count;
                port2.postMessage(0);
            }};
            requestAnimationFrame(look);
        }});"
    )
}

fn version(modules: &Path, package: &str) -> String {
    let text = std::fs::read_to_string(modules.join(package).join("package.json")).unwrap_or_default();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    json["version"].as_str().unwrap_or_default().to_owned()
}
