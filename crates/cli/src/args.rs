//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use kafka_lanes_core::Time;
use kafka_lanes_core::partitioner::Client;

use crate::value::{Scale, Size, client, scale, size, time};

/// Apache Kafka's decisions, and a simulated Kafka that makes them, in a terminal.
///
/// Exit codes: 0 done, 1 the input was refused, 2 wrong usage.
#[derive(Debug, Parser)]
#[command(
    name = "kafka-lanes",
    version,
    after_help = "Example:\n  kafka-lanes run examples/order-events.kafka --until 60s"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(Run),
    Render(Render),
    Partition(Partition),
    Assign(Assign),
    Check(Check),
    Import(Import),
    Export(Export),
    Story(Story),
    Mdbook(Mdbook),
}

/// Run a scenario to a simulated time and print the state
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kafka-lanes run orders.kafka\n  kafka-lanes run orders.kafka --until 2m --seed 7 --json\n  kafka-lanes run - < diagram.mmd"
)]
pub(crate) struct Run {
    /// A scenario, a Mermaid flowchart, or a link (#play/…); - is stdin
    pub(crate) scenario: PathBuf,
    /// How far, such as 90s or 1.5h [default: 60s, or 10s after the scenario's last action; of a link, its moment]
    #[arg(long, value_parser = time)]
    pub(crate) until: Option<Time>,
    /// What all random choices follow from [default: 1; of a link, its own]
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Print the state as one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

/// Draw a scenario at a simulated time, as an SVG or PNG file or in words
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kafka-lanes render orders.kafka --at 12s -o orders.svg\n  kafka-lanes render orders.kafka --theme dark --scale 3 -o orders.png\n  kafka-lanes render orders.kafka --at 12s --words"
)]
pub(crate) struct Render {
    /// A scenario, a Mermaid flowchart, or a link (#play/…); - is stdin
    pub(crate) scenario: PathBuf,
    /// The moment, such as 12s or 250ms [default: 12s; of a link, its own]
    #[arg(long, value_parser = time)]
    pub(crate) at: Option<Time>,
    /// Light, dark, or as the viewer prefers, which a PNG can't: there auto is light
    #[arg(long, value_enum, default_value_t = Theme::Auto)]
    pub(crate) theme: Theme,
    /// Where to write it [default: stdout]
    #[arg(short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// svg or png [default: what FILE ends in, else svg]
    #[arg(long, value_enum, hide_possible_values = true, conflicts_with = "words")]
    pub(crate) format: Option<Format>,
    /// How many pixels of a PNG stand for one of the picture, 0.5 to 4 [default: 2]
    #[arg(long, value_name = "N", value_parser = scale, conflicts_with = "words")]
    pub(crate) scale: Option<Scale>,
    /// The same in words and tables instead
    #[arg(long)]
    pub(crate) words: bool,
    /// Width x height in pixels; the picture may become higher
    #[arg(long, value_parser = size, default_value = "1280x720")]
    pub(crate) size: Size,
    /// What all random choices follow from [default: 1; of a link, its own]
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Theme {
    Light,
    Dark,
    Auto,
}

/// What a picture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Svg,
    Png,
}

/// Say which partition a key goes to, and why
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kafka-lanes partition --partitions 12 order-42\n  kafka-lanes partition --partitions 12 --client librdkafka order-42\n  cut -f1 orders.tsv | kafka-lanes partition --partitions 12 --json"
)]
pub(crate) struct Partition {
    /// How many partitions the topic has
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(i32::MAX)))]
    pub(crate) partitions: u32,
    /// Whose partitioner
    #[arg(long, value_parser = client(), default_value = Client::default().name())]
    pub(crate) client: Client,
    /// Keys are the hex of their bytes
    #[arg(long)]
    pub(crate) hex: bool,
    /// Ask about a record without a key, which is not one with an empty key
    #[arg(long, conflicts_with_all = ["hex", "keys"])]
    pub(crate) no_key: bool,
    /// Print a JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    /// The keys; where there are none, each line of stdin is one
    pub(crate) keys: Vec<String>,
}

/// Say who gets which partitions in a group: one group a line of stdin, as JSON
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  echo '{\"topics\":{\"orders\":3},\"members\":[{\"id\":\"c1\",\"topics\":[\"orders\"]},{\"id\":\"c2\",\"topics\":[\"orders\"]}]}' \\\n    | kafka-lanes assign --assignor roundrobin\n  {\"assignment\":{\"c1\":[\"orders-0\",\"orders-2\"],\"c2\":[\"orders-1\"]}}"
)]
pub(crate) struct Assign {
    /// range, roundrobin, sticky or cooperative-sticky (the clients'), uniform or server-range (the broker's)
    #[arg(long)]
    pub(crate) assignor: String,
}

/// Say what is wrong in scenarios
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  kafka-lanes check docs/*.kafka")]
pub(crate) struct Check {
    /// Scenarios, Mermaid flowcharts, or links (#play/…); - is stdin
    #[arg(required = true)]
    pub(crate) scenarios: Vec<PathBuf>,
}

/// Write a scenario from something else
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kafka-lanes import --from mermaid diagram.mmd > orders.kafka\n  (kafka-topics.sh --bootstrap-server $B --describe; kafka-consumer-groups.sh --bootstrap-server $B --describe --all-groups --members --verbose) \\\n    | kafka-lanes import --from consumer-groups - > mine.kafka"
)]
pub(crate) struct Import {
    /// mermaid, or consumer-groups: what kafka-consumer-groups.sh and kafka-topics.sh print with --describe, in any order
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: String,
    /// The file; - is stdin
    pub(crate) file: PathBuf,
}

/// Write a scenario as something else
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kafka-lanes export orders.kafka --to mermaid > diagram.mmd\n  kafka-lanes export orders.kafka --to link --at 30s --base https://example.org/lanes/\n  kafka-lanes export orders.kafka --to cli > create.sh\n  kafka-lanes export orders.kafka --to compose > compose.yaml"
)]
pub(crate) struct Export {
    /// A scenario, a Mermaid flowchart, or a link (#play/…); - is stdin
    pub(crate) scenario: PathBuf,
    /// mermaid, scenario, svg, json, link, cli (commands of Kafka's own tools) or compose (a file for docker compose)
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: String,
    /// The moment of svg, json and link, such as 12s [default: 12s, of a new link 0s; of a link, its own]
    #[arg(long, value_parser = time)]
    pub(crate) at: Option<Time>,
    /// What all random choices follow from [default: 1; of a link, its own]
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// The address of the page that a link leads to; it stands before #play/
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<String>,
}

/// Tell what Kafka is, step by step, each over a world of the engine
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  kafka-lanes story | less\n  kafka-lanes story --json > story.json")]
pub(crate) struct Story {
    /// Print the chapters as one JSON document, with the scenario and the moment of each step
    #[arg(long)]
    pub(crate) json: bool,
}

/// Draw the `kafka` code blocks of an mdBook, and tell the story in it: a preprocessor, which mdBook itself calls
///
/// Without a further command it reads a book from stdin and writes it to stdout, as JSON.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  kafka-lanes mdbook install docs --dist dist\n  mdbook build docs")]
pub(crate) struct Mdbook {
    #[command(subcommand)]
    pub(crate) command: Option<MdbookCommand>,
}

/// What to do beside preprocessing.
#[derive(Debug, Subcommand)]
pub(crate) enum MdbookCommand {
    /// Say by the exit code whether pages of this kind can hold a diagram: html can
    Supports {
        /// mdBook's name for it
        renderer: String,
    },
    /// Add to a book's book.toml what it needs; safe to repeat
    Install {
        /// The folder of book.toml
        #[arg(default_value = ".")]
        book: PathBuf,
        /// The folder that a build of Kafka Lanes left: its files are copied into the book
        #[arg(long)]
        dist: Option<PathBuf>,
    },
}
