//! A flowchart of a world in random syntax, for tests.

use kafka_lanes_core::sorted::{SortedMap, SortedSet};
use kafka_lanes_core::spec::WorldSpec;

use super::label::quoted;
use super::print::{labelled, owners, producer_label};

/// Draws what a flowchart can hold of `spec`; `choices` decide how.
pub(super) fn draw(spec: &WorldSpec, choices: Vec<u8>) -> String {
    Varied { spec, choices: Choices(choices, 0), text: String::new() }.draw()
}

/// An endless row of choices, made in advance.
struct Choices(Vec<u8>, usize);

impl Choices {
    fn of(&mut self, count: usize) -> usize {
        self.1 += 1;
        self.0[self.1 % self.0.len()] as usize % count
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.of(from.len())]
    }
}

/// A printer that never says the same thing in the same way twice.
struct Varied<'a> {
    spec: &'a WorldSpec,
    choices: Choices,
    text: String,
}

const SHAPES: &[(&str, &str)] = &[
    ("[", "]"),
    ("(", ")"),
    ("([", "])"),
    ("[[", "]]"),
    ("[(", ")]"),
    ("((", "))"),
    ("(((", ")))"),
    ("{", "}"),
    ("{{", "}}"),
    ("[/", "/]"),
    ("[\\", "\\]"),
    ("[/", "\\]"),
    ("[\\", "/]"),
    (">", "]"),
    ("@{ shape: rect, label: ", " }"),
    ("@{ label: ", ", shape: cyl }"),
];

const ARROWS: &[&str] = &[
    "-->",
    "--->",
    "-.->",
    "==>",
    "--o",
    "--x",
    "<-->",
    "o--o",
    "---",
    "===",
    "-.-",
    "-- reads -->",
    "-->|some text|",
    "-. \"a -> b\" .->",
    "== x ==>",
    "-->|\"quoted | bar\"|",
];

impl Varied<'_> {
    fn draw(mut self) -> String {
        let before = [
            "",
            "\n\n",
            "%% a comment\n",
            "%%{init: {\"theme\": \"dark\"}}%%\n",
            "---\nconfig:\n  x: 1\n---\n",
            "```mermaid\n",
        ];
        let before = self.choices.pick(&before);
        let begin = self.choices.pick(&[
            "flowchart LR",
            "graph TD;",
            "flowchart",
            "graph RL",
            "flowchart BT",
            "flowchart TB",
            "  graph LR",
        ]);
        self.text = format!("{before}{begin}\n");
        let framed = self.choices.of(3) == 0;
        if framed {
            self.line("subgraph cluster [My Kafka cluster]");
            self.line("direction LR");
        }
        for topic in 0..self.spec.topics.len() {
            self.topic(topic);
        }
        if framed {
            self.line("end");
        }
        let mut rest: Vec<usize> = (0..self.spec.producers.len() + self.spec.groups.len()).collect();
        while !rest.is_empty() {
            let next = self.choices.of(rest.len());
            match rest.remove(next) {
                index if index < self.spec.producers.len() => self.producer(index),
                index => self.group(index - self.spec.producers.len()),
            }
        }
        for index in 0..self.spec.producers.len() {
            self.sends(index);
        }
        for index in 0..self.spec.groups.len() {
            self.reads(index);
        }
        if before == "```mermaid\n" {
            self.text.push_str("\n```\nAnd that is all.\n");
        }
        self.text
    }

    /// A statement with something that means nothing around it.
    fn line(&mut self, statement: &str) {
        let indent =
            self.choices.pick(&["", "", "  ", "\t", "%% A --> B\n", "\n", "classDef c fill:#fff,color:#000\n"]);
        let end = self.choices.pick(&[
            "\n",
            "\n",
            ";\n",
            "\r\n",
            " %% why\n",
            "; ",
            "\nstyle X fill:#123456,stroke-width:2px\n",
        ]);
        // Behind the head of a subgraph a semicolon or a comment would be part of its title.
        let end = if statement.starts_with("subgraph") || statement == "end" { "\n" } else { end };
        self.text.push_str(indent);
        self.text.push_str(statement);
        self.text.push_str(end);
    }

    fn node(&mut self, id: &str, label: &str) -> String {
        let (open, close) = SHAPES[self.choices.of(SHAPES.len())];
        let class = self.choices.pick(&["", "", ":::blue", ":::some-class"]);
        format!("{id}{open}{label}{close}{class}")
    }

    fn topic(&mut self, index: usize) {
        let topic = &self.spec.topics[index];
        let role = self.choices.pick(&["Topic: ", "TOPIC: ", "topic = ", "Kafka Topic: "]);
        let label = labelled(role, &topic.name);
        self.line(&format!("subgraph T{index}[{label}]"));
        let counted = self.choices.pick(&["Partition-", "Partition ", "P", "partition: ", "lane #35;", "p-"]);
        let mut partitions: Vec<u32> = (0..topic.partitions).collect();
        while !partitions.is_empty() {
            let next = self.choices.of(partitions.len().min(3));
            let partition = partitions.remove(next);
            let node = self.node(&format!("T{index}p{partition}"), &format!("\"{counted}{partition}\""));
            self.line(&node);
        }
        self.line("end");
    }

    fn producer(&mut self, index: usize) {
        let name = &self.spec.producers[index].name;
        let label = match self.choices.of(2) {
            0 => producer_label(name),
            _ => labelled("Producer: ", name),
        };
        let node = self.node(&format!("prod-{index}"), &label);
        self.line(&node);
    }

    fn group(&mut self, index: usize) {
        let group = &self.spec.groups[index];
        let role = self.choices.pick(&["Group: ", "GROUP: ", "Consumer Group: ", "group.id= "]);
        let label = labelled(role, &group.name);
        self.line(&format!("subgraph G{index} [{label}]"));
        if self.choices.of(2) == 0 {
            self.line("direction TB");
        }
        for (member, consumer) in group.consumers.iter().enumerate() {
            let node = self.node(&format!("g{index}.m{member}"), &quoted(&consumer.name));
            self.line(&node);
        }
        self.line("end");
    }

    fn topic_index(&self, name: &str) -> usize {
        self.spec.topics.iter().position(|topic| topic.name == name).unwrap()
    }

    fn arrow(&mut self) -> String {
        let id = ["", "", "", "e1@"][self.choices.of(4)];
        let arrow = self.choices.pick(ARROWS);
        // A head at the left end may not follow a letter, so a space does.
        format!(" {id}{arrow} ")
    }

    fn sends(&mut self, index: usize) {
        let topics: Vec<usize> = self.spec.producers[index].topics.iter().map(|name| self.topic_index(name)).collect();
        let whole = self.choices.of(3) > 0;
        let ends = topics.iter().map(|topic| match whole {
            true => format!("T{topic}"),
            false => (0..self.spec.topics[*topic].partitions)
                .map(|p| format!("T{topic}p{p}"))
                .collect::<Vec<_>>()
                .join(" & "),
        });
        let ends: Vec<String> = ends.collect();
        if self.choices.of(2) == 0 {
            let statement = format!("prod-{index}{}{}", self.arrow(), ends.join(" & "));
            self.line(&statement);
            return;
        }
        for end in ends {
            let statement = format!("prod-{index}{}{end}", self.arrow());
            self.line(&statement);
        }
    }

    fn reads(&mut self, index: usize) {
        let group = &self.spec.groups[index];
        let mut lanes_of: SortedMap<usize, Vec<String>> = SortedMap::new();
        let mut drawn = SortedSet::new();
        for (lane, member) in owners(self.spec, group) {
            let topic = self.topic_index(&lane.topic);
            lanes_of.get_or_default(member).push(format!("T{topic}p{}", lane.partition));
            drawn.insert(topic);
        }
        for (member, lanes) in lanes_of {
            let end = format!("g{index}.m{member}");
            match self.choices.of(3) {
                0 => {
                    let statement = format!("{}{}{end}", lanes.join(" & "), self.arrow());
                    self.line(&statement);
                }
                // Against the arrow's direction: a head at the left end only.
                1 => self.line(&format!("{end} <--- {}", lanes.join(" & "))),
                _ => {
                    for lane in lanes {
                        let statement = format!("{lane}{}{end}", self.arrow());
                        self.line(&statement);
                    }
                }
            }
        }
        for topic in group.topics.iter().map(|name| self.topic_index(name)).collect::<Vec<_>>() {
            if !drawn.contains(&topic) {
                let statement = format!("T{topic}{}G{index}", self.arrow());
                self.line(&statement);
            }
        }
    }
}
