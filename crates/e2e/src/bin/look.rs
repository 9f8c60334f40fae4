//! Takes a picture of a page: see `cargo xtask help`.

use std::process::ExitCode;
use std::time::Duration;

use kafka_lanes_e2e::{Browser, Failure, Page, Result, Site, Size};

const USAGE: &str = "look PATH OUT.png [--size 1280x800] [--dark] [--reduced-motion] [--forced-colors] [--touch] \
    [--scale N] [--wait MS] [--js CODE]
PATH: a path of dist/ (/, /embed.html, \"/#story/1/1\"), an HTML file on disk, or a URL on this machine.";

struct Wish {
    place: String,
    out: String,
    browser: Browser,
    wait: Duration,
    scripts: Vec<String>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wish = match read(&args) {
        Ok(wish) => wish,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match take(&wish) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn read(args: &[String]) -> std::result::Result<Wish, String> {
    let mut plain = Vec::new();
    let (mut size, mut scale, mut wait) = (Size::desktop(), 1, Duration::ZERO);
    let mut changes: Vec<fn(Browser) -> Browser> = Vec::new();
    let mut scripts = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value."));
        match arg.as_str() {
            "--size" => size = parse_size(value()?)?,
            "--scale" => scale = value()?.parse().map_err(|_| "--scale takes a whole number.")?,
            "--wait" => wait = Duration::from_millis(value()?.parse().map_err(|_| "--wait takes milliseconds.")?),
            "--js" => scripts.push(value()?.clone()),
            "--dark" => changes.push(Browser::dark),
            "--reduced-motion" => changes.push(Browser::reduced_motion),
            "--forced-colors" => changes.push(Browser::forced_colors),
            "--touch" => changes.push(Browser::touch),
            flag if flag.starts_with("--") => return Err(format!("There is no {flag}.")),
            _ => plain.push(arg.clone()),
        }
    }
    let [place, out] = <[String; 2]>::try_from(plain).map_err(|_| "A page and a PNG file are needed.")?;
    let browser = changes.into_iter().fold(Browser::with(size).sharp(scale), |browser, change| change(browser));
    Ok(Wish { place, out, browser, wait, scripts })
}

fn parse_size(text: &str) -> std::result::Result<Size, String> {
    let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let (width, height) = sides.ok_or_else(|| format!("--size takes 1280x800, not {text:?}."))?;
    Ok(Size::new(width, height))
}

fn take(wish: &Wish) -> Result {
    let file = std::path::Path::new(&wish.place);
    let site;
    let url = if wish.place.contains("://") {
        wish.place.clone()
    } else if wish.place.ends_with(".html") && file.is_file() {
        format!("file://{}", file.canonicalize()?.display())
    } else {
        site = Site::dist()?;
        site.url(&wish.place)
    };
    let page = wish.browser.visit(&url)?;
    let settled = settle(&page);
    for script in &wish.scripts {
        println!("{}", page.js(script)?);
    }
    page.after(wish.wait)?;
    page.painted()?;
    page.screenshot(&wish.out)?;
    for problem in page.problems()? {
        eprintln!("{problem}");
    }
    println!("{}", wish.out);
    settled
}

/// Waits for the elements of the page to be ready; the picture is taken even if they never are.
fn settle(page: &Page) -> std::result::Result<(), Failure> {
    page.wait_for("[...document.querySelectorAll('kafka-lanes')].every(lanes => lanes.state)", 10).map(drop)
}
