use std::fmt::Write;

use super::graph::{End, Graph, Shape, Stroke};
use super::{MAX_EDGES, MAX_NODES, graph};
use crate::MAX_INPUT_BYTES;
use crate::cause::Cause;
use crate::limit::Limit;

/// A graph in a line: edges with labels, then subgraphs with what is in them.
fn drawn(text: &str) -> String {
    let (graph, faults) = graph(text);
    assert_eq!(faults, [], "{text}");
    summary(&graph)
}

fn summary(graph: &Graph) -> String {
    let name = |end: End| match end {
        End::Node(index) => graph.nodes[index].text(),
        End::Subgraph(index) => format!("#{}", graph.subgraphs[index].text()),
    };
    let mut text = String::new();
    for edge in &graph.edges {
        let stroke = match edge.stroke {
            Stroke::Normal => "-",
            Stroke::Dotted => ".",
            Stroke::Thick => "=",
            Stroke::Invisible => "~",
        };
        let _ = write!(text, "{}{stroke}{}{}; ", name(edge.from), edge.label.join("/"), name(edge.to));
    }
    for (index, subgraph) in graph.subgraphs.iter().enumerate() {
        let inside: Vec<String> =
            graph.nodes.iter().filter(|node| node.parent == Some(index)).map(|node| node.text()).collect();
        let parent = subgraph.parent.map_or(String::new(), |parent| format!("#{}/", graph.subgraphs[parent].text()));
        let _ = write!(text, "{parent}#{}({}) ", subgraph.text(), inside.join(","));
    }
    text.trim_end().trim_end_matches(';').into()
}

#[test]
fn every_arrow() {
    let arrows = [
        ("A-->B", "A-B"),
        ("A --> B", "A-B"),
        ("A---B", "A-B"),
        ("A-.->B", "A.B"),
        ("A-.-B", "A.B"),
        ("A-...->B", "A.B"),
        ("A==>B", "A=B"),
        ("A====B", "A=B"),
        ("A ~~~ B", "A~B"),
        ("A --o B", "A-B"),
        ("A --x B", "A-B"),
        ("A o--o B", "A-B"),
        ("A x--x B", "A-B"),
        ("A <--> B", "A-B"),
        ("A <--- B", "B-A"),
        ("A ----> B", "A-B"),
        ("A -- some text --> B", "A-some textB"),
        ("A -- v1-2 --- B", "A-v1-2B"),
        ("A --\"a --> b\"--> B", "A-a --> bB"),
        ("A-- text -->B", "A-textB"),
        ("A -->|text| B", "A-textB"),
        ("A-->|\"a | b\"|B", "A-a | bB"),
        ("A -. v1.2 .-> B", "A.v1.2B"),
        ("A == text ==> B", "A=textB"),
        ("A e1@--> B\ne1@{ animate: true }", "A-B"),
        ("A e1@==> B", "A=B"),
        ("A-b-->C-d", "A-b-C-d"),
        ("a.b-->c/d", "a.b-c/d"),
        ("注文-->支払", "注文-支払"),
    ];
    for (text, expected) in arrows {
        assert_eq!(drawn(&format!("flowchart LR\n{text}")), expected, "{text}");
    }
}

#[test]
fn chains_and_groups_of_nodes() {
    assert_eq!(drawn("graph TD; A-->B-->C"), "A-B; B-C");
    assert_eq!(drawn("graph TD; A & B --> C & D"), "A-C; A-D; B-C; B-D");
    assert_eq!(drawn("graph TD\nA --> B & C --> D; E\n"), "A-B; A-C; B-D; C-D");
    assert_eq!(drawn("graph TD\nA[a]-->|x|B(b):::blue-- y -->C{c}"), "a-xb; b-yc");
    assert_eq!(drawn("graph TD\nA-->B %% why\n%% all of it\nB-->A"), "A-B; B-A");
}

#[test]
fn every_shape() {
    let shapes = [
        ("A", Shape::Rectangle),
        ("A[x y]", Shape::Rectangle),
        ("A(x y)", Shape::Rounded),
        ("A([x y])", Shape::Stadium),
        ("A[[x y]]", Shape::Subroutine),
        ("A[(x y)]", Shape::Cylinder),
        ("A((x y))", Shape::Circle),
        ("A(((x y)))", Shape::DoubleCircle),
        ("A{x y}", Shape::Diamond),
        ("A{{x y}}", Shape::Hexagon),
        ("A[/x y/]", Shape::LeanRight),
        ("A[\\x y\\]", Shape::LeanLeft),
        ("A[/x y\\]", Shape::Trapezoid),
        ("A[\\x y/]", Shape::InvertedTrapezoid),
        ("A>x y]", Shape::Flag),
        ("A[\"x y\"]", Shape::Rectangle),
        ("A[(\"`**x** y`\")]", Shape::Cylinder),
        ("A@{ shape: cyl, label: \"x y\" }", Shape::Named("cyl".into())),
        ("A@{\n  label: x y\n  shape: lean-r\n}", Shape::Named("lean-r".into())),
    ];
    for (text, shape) in shapes {
        let (graph, faults) = graph(&format!("flowchart LR\n{text}:::some-class"));
        assert_eq!(faults, [], "{text}");
        assert_eq!(graph.nodes[0].shape, shape, "{text}");
        assert_eq!(graph.nodes[0].text(), if text == "A" { "A" } else { "x y" }, "{text}");
    }
}

#[test]
fn subgraphs() {
    let text = "flowchart TB
subgraph one [First one]
  direction LR
  a --> b
  subgraph \"in the middle\"
    c; d
  end
end
subgraph two words
  e
end
subgraph T[\"Topic: x\"]
a
end
one --> T
subgraph
f
end";
    assert_eq!(
        drawn(text),
        "a-b; #First one-#Topic: x; #First one(a,b) #First one/#in the middle(c,d) #two words(e) #Topic: x() #(f)"
    );
}

#[test]
fn looks_are_passed_over() {
    let text = "flowchart LR
accTitle: A title; with a semicolon
accDescr {
  lines --> of text
}
A --> B
style A fill:#fff,stroke:#333;
classDef big fill:#f00,stroke-width:2px
class A,B big; linkStyle 0 stroke:red
linkStyle default interpolate basis
click A \"https://example.org/;x\" \"tip\" _blank
classy --> endless";
    assert_eq!(drawn(text.replace("title; with", "title with").as_str()), "A-B; classy-endless");
}

#[test]
fn what_is_not_understood_is_said_and_the_rest_stands() {
    let cases = [
        ("A -->\nC --> D", (2, 3, Cause::ArrowToNowhere), "C-D"),
        ("A[open --> B\nC --> D", (2, 2, Cause::Unclosed { open: "[" }), "C-D"),
        ("A[\"open --> B\nC[\"x\"] --> D", (2, 2, Cause::Unclosed { open: "[" }), "x-D"),
        ("A -- text B\nC --> D", (2, 3, Cause::Unclosed { open: "--" }), "C-D"),
        ("A -->|text B\nC --> D", (2, 6, Cause::Unclosed { open: "|" }), "C-D"),
        ("some prose here\nC --> D", (2, 6, Cause::Unexpected { text: "prose".into() }), "C-D"),
        ("end\nC --> D", (2, 1, Cause::StrayEnd), "C-D"),
        ("subgraph S\nC --> D", (2, 1, Cause::NoEnd { title: "S".into() }), "C-D; #S(C,D)"),
        ("A@{ shape: x\nC --> D", (2, 2, Cause::Unclosed { open: "@{" }), "C-D"),
    ];
    for (text, (line, column, cause), expected) in cases {
        let (graph, faults) = graph(&format!("flowchart LR\n{text}"));
        assert_eq!(faults.len(), 1, "{text}: {faults:?}");
        assert_eq!((faults[0].line, faults[0].column, &faults[0].cause), (line, column, &cause), "{text}");
        assert_eq!(summary(&graph), expected, "{text}");
    }
}

#[test]
fn columns_count_on_the_first_line_too() {
    let (_, faults) = graph("  graph TD; A; end");
    assert_eq!((faults[0].line, faults[0].column, faults[0].length), (1, 16, 3));
}

#[test]
fn limits_are_named_at_once() {
    let nodes: String = (0..1_000_000).map(|n| format!("n{n}\n")).collect();
    let (none, faults) = graph(&format!("flowchart LR\n{nodes}"));
    assert_eq!((none.nodes.len(), faults.len()), (0, 1));
    let nodes = &nodes[..1_000_000];
    let (some, faults) = graph(&format!("flowchart LR\n{nodes}"));
    assert_eq!(some.nodes.len(), MAX_NODES);
    assert_eq!(faults[0].cause, Cause::OverLimit { limit: Limit::Nodes, given: (MAX_NODES + 1).to_string() });
    assert_eq!(faults.len(), 1);
    let many = (0..1_000).map(|n| format!("n{n}")).collect::<Vec<_>>().join(" & ");
    let (some, faults) = graph(&format!("flowchart LR\n{many} --> {many}\nA --> B"));
    assert_eq!(some.edges.len(), MAX_EDGES);
    assert_eq!(faults[0].cause, Cause::OverLimit { limit: Limit::Edges, given: (MAX_EDGES + 1).to_string() });
}

/// Reading is linear. Of texts this long a step that looks at all of it for each letter would take minutes, which nobody
/// who runs the tests can miss: so no clock is asked.
#[test]
fn large_texts_are_read_to_their_end() {
    let worst = [
        "A[x];",
        "A[",
        "A[\"",
        "\"",
        "A -- ",
        "A -- x --> ",
        "A-->",
        "A & ",
        "%%{\n",
        "subgraph x\n",
        "subgraph\n",
        "end\n",
        "A ]x;",
        "A -. ",
        "-",
        ".",
        "=",
        "<",
        "#",
        "&",
        "@{",
        "A@{ a: ",
        "A@{\n",
        "A e@",
        "A -->|",
        "accDescr {\n",
        ":::",
        "A:::b",
        "```\n",
        "%%",
        "A[<",
        "A[\"<a",
        "A[&",
        "x",
        "style A;",
        "A -->|x| ",
        "{",
        "~",
        "A ~~~ ",
        "((",
        "A((x",
        "class A \"",
    ];
    for piece in worst {
        graph(&format!("flowchart LR\n{}", piece.repeat(MAX_INPUT_BYTES / 4 / piece.len())));
    }
}
