//! Pictures as PNG, as a person or a script asks for them.

mod support;

use std::process::{Command, Stdio};

use resvg::tiny_skia::Pixmap;
use support::{Run, example, kafka_lanes, scratch};

fn painted(args: &[&str]) -> (Pixmap, String) {
    let file = scratch(&format!("{}.png", args.join("-").replace(['/', ' '], "_")));
    let run = kafka_lanes(&[&["render"], args, &["-o", &file]].concat(), b"");
    let said = run.stderr.clone();
    assert_eq!(run.succeeds(), "");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    (Pixmap::decode_png(&bytes).expect("a PNG"), said)
}

/// The value of a colour in a file's style sheet.
fn color<'a>(svg: &'a str, token: &str) -> &'a str {
    let (_, value) = svg.split_once(&format!("--{token}:")).expect(token);
    value.split(';').next().expect("its end")
}

/// The colour at a place of the picture that is `scale` pixels a px.
fn at(picture: &Pixmap, (x, y): (f64, f64), scale: f64) -> String {
    let pixel = picture.pixel((x * scale) as u32, (y * scale) as u32).expect("inside").demultiply();
    assert_eq!(pixel.alpha(), 255);
    format!("#{:02x}{:02x}{:02x}", pixel.red(), pixel.green(), pixel.blue())
}

/// x, y, width and height of the first rectangle of a class.
fn rectangle(svg: &str, class: &str) -> [f64; 4] {
    let (_, rest) = svg.split_once(&format!("<rect class=\"{class}\"")).expect(class);
    ["x", "y", "width", "height"].map(|name| {
        let (_, value) = rest.split_once(&format!(" {name}=\"")).expect(name);
        value.split('"').next().expect("its end").parse().expect("a number")
    })
}

#[test]
fn a_png_is_the_svg_painted_in_its_colours() {
    let order = example("order-events.kafka");
    for theme in ["light", "dark"] {
        let svg = kafka_lanes(&["render", &order, "--theme", theme], b"").succeeds();
        let (picture, said) = painted(&[&order, "--theme", theme, "--scale", "1.5"]);
        assert_eq!(said, "");
        assert_eq!((picture.width(), picture.height()), (1_920, 1_080));
        for (x, y) in [(1.0, 1.0), (1_279.0, 1.0), (1.0, 719.0), (1_279.0, 719.0)] {
            assert_eq!(at(&picture, (x, y), 1.5), color(&svg, "bg"), "{theme} {x} {y}");
        }
        // Near the left edge, beside what stands in the box; the second holds a colour of its group.
        for (class, token) in [("producer-box", "pr-f"), ("group-box", "g0-f"), ("panel", "t-f"), ("chip", "p-f")] {
            let [x, y, _, height] = rectangle(&svg, class);
            assert_eq!(at(&picture, (x + 4.0, y + height / 2.0), 1.5), color(&svg, token), "{theme} {class}");
        }
        // Letters stand on the chip: pixels of the ink's very colour.
        let [x, y, width, height] = rectangle(&svg, "chip");
        let places = (0..(width as u32)).flat_map(|dx| (0..(height as u32)).map(move |dy| (dx, dy)));
        let inked =
            places.filter(|(dx, dy)| at(&picture, (x + f64::from(*dx), y + f64::from(*dy)), 1.5) == color(&svg, "p-t"));
        assert!(inked.count() > 50, "{theme}");
    }
}

#[test]
fn auto_is_light_and_two_pixels_a_px() {
    let order = example("order-events.kafka");
    let (auto, _) = painted(&[&order, "--size", "375x700"]);
    assert_eq!(auto.width(), 750);
    assert!(auto == painted(&[&order, "--size", "375x700", "--theme", "light", "--scale", "2"]).0);
    assert!(auto != painted(&[&order, "--size", "375x700", "--theme", "dark"]).0);
}

#[test]
fn stdout_gets_it_when_the_format_says_so() {
    let order = example("order-events.kafka");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kafka-lanes"));
    command.args(["render", &order, "--format", "png", "--scale", "0.5"]).stdin(Stdio::null());
    let output = command.output().expect("the binary was built");
    assert!(output.status.success() && output.stderr.is_empty());
    let picture = Pixmap::decode_png(&output.stdout).expect("a PNG and nothing else");
    assert_eq!((picture.width(), picture.height()), (640, 360));
    let file = scratch("named.png");
    kafka_lanes(&["render", &order, "--format", "svg", "-o", &file], b"").succeeds();
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("<svg"));
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn a_character_that_no_font_has_is_said() {
    let file = scratch("private.png");
    let text = "topic t\nproducer \"Shop \u{10fffd}\" to t\n";
    let run = kafka_lanes(&["render", "-", "--scale", "1", "-o", &file], text.as_bytes());
    assert!(
        run.stderr.starts_with("note: some characters are in no font here, such as “\u{10fffd}”"),
        "{}",
        run.stderr
    );
    run.succeeds();
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn what_makes_no_png_is_said() {
    let order = example("order-events.kafka");
    for (wrong, word) in [
        (&["--scale", "9", "-o", "x.png"][..], "from 0.5 to 4"),
        (&["--scale", "NaN", "-o", "x.png"], "is no scale"),
        (&["--format", "gif"], "svg, png"),
        (&["-o", "x.jpeg"], "can't be written as .jpeg"),
        (&["--scale", "2"], "--scale goes with a PNG"),
        (&["--scale", "2", "-o", "x.svg"], "--scale goes with a PNG"),
        (&["--words", "--format", "png"], "cannot be used with"),
    ] {
        let Run { stderr, .. } = kafka_lanes(&[&["render", &order], wrong].concat(), b"").fails(2);
        assert!(stderr.contains(word), "{wrong:?}: {stderr}");
    }
    let large = ["render", &order, "--size", "4096x4096", "--scale", "4", "-o", "x.png"];
    let Run { stderr, .. } = kafka_lanes(&large, b"").fails(1);
    assert!(stderr.contains("16384x") && stderr.contains("MAX_PIXELS"), "{stderr}");
}
