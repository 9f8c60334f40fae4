//! How long the assignors take, beside Kafka's own where Java is there. No browser.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::conformance::Harness;
use crate::conformance::assignors::{harness, is_java_there};
use crate::run::{Outcome, cargo, output_of, say};

/// How long Kafka warms up for a figure, and then is measured at the most.
const SECONDS: &str = "2";
/// After so long Kafka has given no answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// The folder for what is built for speed, beside what is built for bytes.
const FOR_SPEED: &str = "target/for-speed";

/// One figure of ours: the words that say what was measured, and milliseconds.
struct Figure {
    words: Vec<String>,
    ms: f64,
}

/// Prints the table.
pub(super) fn table() -> Outcome {
    say("measuring the assignors, as released (for bytes)");
    let released = ours(&[], None)?;
    say("measuring the assignors, built for speed (opt-level 3)");
    let fast = ours(&["--target-dir", FOR_SPEED], Some("3"))?;
    let classes = std::env::temp_dir().join(format!("kafka-lanes-bench-{}", std::process::id()));
    let harness = if is_java_there() {
        say("measuring Kafka's own: some minutes, a JVM for each figure; best with nothing else running");
        Some(harness(&classes)?)
    } else {
        say("left out: Kafka's own assignors, for Maven or Java is not there");
        None
    };
    println!(
        "\n| assignor | subscriptions | members × partitions | a member joins | ours, ms | with opt-level 3 | Kafka 4.3.1 | Kafka / ours |\n\
         |---|---|---:|---|---:|---:|---:|---:|"
    );
    for (figure, fast) in released.iter().zip(&fast) {
        let [assignor, members, partitions, _, unequal, joins] = &figure.words[..] else { continue };
        let kafka = harness.as_ref().map_or(Ok(Kafka::Unasked), |harness| kafka(harness, &figure.words))?;
        println!(
            "| {assignor} | {} | {members} × {partitions} | {} | {:.3} | {:.3} | {} | {} |",
            if unequal == "true" { "5 sets" } else { "equal" },
            if joins == "true" { "yes" } else { "no: the first assignment" },
            figure.ms,
            fast.ms,
            kafka.shown(),
            kafka.ratio(figure.ms),
        );
    }
    // What stays behind in a folder for temporary files is no harm.
    std::fs::remove_dir_all(&classes).ok();
    Ok(())
}

/// What our own example prints, at an optimization level.
fn ours(flags: &[&str], level: Option<&str>) -> Outcome<Vec<Figure>> {
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--release", "--package", "kafka-lanes-core", "--example", "assignors"])
        .args(flags);
    if let Some(level) = level {
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
    }
    let text = output_of(&mut command).ok_or(
        "The assignors could not be measured. `cargo run --release -p kafka-lanes-core --example assignors` says why.",
    )?;
    let figure = |line: &str| {
        let mut words: Vec<String> = line.split(' ').map(String::from).collect();
        let ms = words.pop()?.parse().ok()?;
        Some(Figure { words, ms })
    };
    Ok(text.lines().filter_map(figure).collect())
}

/// What Kafka said.
enum Kafka {
    Unasked,
    Ms(f64),
    NoAnswer,
}

impl Kafka {
    fn shown(&self) -> String {
        match self {
            Self::Unasked => "-".into(),
            Self::Ms(ms) => format!("{ms:.3}"),
            Self::NoAnswer => format!("no answer in {} s", PATIENCE.as_secs()),
        }
    }

    fn ratio(&self, ours: f64) -> String {
        match self {
            Self::Unasked => "-".into(),
            Self::Ms(ms) => format!("{:.1}", ms / ours),
            Self::NoAnswer => format!("> {:.0}", PATIENCE.as_secs_f64() * 1e3 / ours),
        }
    }
}

fn kafka(harness: &Harness, words: &[String]) -> Outcome<Kafka> {
    let mut command = harness.java();
    command.arg("bench").args(words).arg(SECONDS);
    let lost = |e: std::io::Error| format!("Java could not be run: {e}. It needs Java 17 or later.");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(lost)?;
    let begun = Instant::now();
    while child.try_wait().map_err(lost)?.is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().map_err(lost)?;
            child.wait().map_err(lost)?;
            return Ok(Kafka::NoAnswer);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().map_err(lost)?;
    let ms = String::from_utf8_lossy(&output.stdout).trim().parse();
    ms.map(Kafka::Ms).map_err(|_| format!("Kafka's {} could not be measured.", words.join(" ")))
}
