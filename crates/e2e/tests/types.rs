//! The types of the package, as TypeScript reads them: of `cargo xtask test --full`, which brings it.
#![cfg(feature = "full")]

use std::path::Path;
use std::process::Command;

use kafka_lanes_core::{History, Time};
use kafka_lanes_e2e::{Result, project, repository, tool};
use kafka_lanes_scenario::{StateDocument, language};

const COMPILER: &str = "npm-typescript@5.9.3/node_modules/typescript/bin/tsc";

/// Services call each other directly, and one of them dies.
const SERVICES: &str =
    "service Shop calls Payment orders=4/s\nservice Payment takes=300ms\nat 20s stop service Payment\n";

/// What the compiler says about a file of a project that has the package; nothing where all is well.
fn complaints(project: &Path, file: &str) -> Result<String> {
    let compiled = Command::new("node")
        .arg(tool(COMPILER)?)
        .args(["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom"])
        .args(["--module", "nodenext", file])
        .current_dir(project)
        .output()?;
    Ok(String::from_utf8_lossy(&compiled.stdout).into_owned() + &String::from_utf8_lossy(&compiled.stderr))
}

#[test]
fn the_text_of_the_recipe_has_its_types() -> Result {
    let project = project("types")?;
    assert_eq!(complaints(&project, "diagram.ts")?, "");
    // A line that should be wrong and is not, is wrong.
    let wrong = "import { KafkaLanes } from \"kafka-lanes\";
        import type { State } from \"kafka-lanes/kafka-lanes.js\";
        const diagram: KafkaLanes = document.createElement(\"kafka-lanes\");
        diagram.step = \"8/2\";
        diagram.step().then(() => undefined);
        // @ts-expect-error: a moment is text or a number
        diagram.seek(true);
        // @ts-expect-error: nobody sets the state
        diagram.state = null;
        // @ts-expect-error: it is null before the diagram runs
        diagram.state.time_us;
        // @ts-expect-error: lags are numbers, or null
        export const lag = (state: State): string => state.groups.g.offsets.o.lag;
        // @ts-expect-error: only an error has a message
        diagram.addEventListener(\"kl-change\", (event) => event.detail.message);
        diagram.addEventListener(\"kl-error\", (event) => event.detail.message.length);\n";
    std::fs::write(project.join("wrong.ts"), wrong)?;
    assert_eq!(complaints(&project, "wrong.ts")?, "");
    Ok(())
}

#[test]
fn the_state_of_every_example_is_of_the_type_that_is_said() -> Result {
    let project = project("types-of-states")?;
    let mut scenarios = vec![SERVICES.to_owned()];
    for entry in std::fs::read_dir(repository().join("examples"))?.flatten() {
        if entry.path().extension().is_some_and(|end| end == "kafka") {
            scenarios.push(std::fs::read_to_string(entry.path())?);
        }
    }
    let mut text = "import type { State } from \"kafka-lanes\";\nexport const states: State[] = [\n".to_owned();
    let (mut alarms, mut rebalances) = (0, 0);
    for scenario in scenarios {
        let mut history = History::new(language::parse(&scenario).spec, 1).expect("examples run");
        history.seek(Time::from_secs(60));
        let state = serde_json::to_value(StateDocument::of(&history))?;
        alarms += state["alarms"].as_array().map_or(0, Vec::len);
        rebalances += state["rebalances"].as_array().map_or(0, Vec::len);
        text += &format!("{state},\n");
    }
    assert!(alarms > 0 && rebalances > 0, "examples with {alarms} alarms and {rebalances} rebalances say little");
    std::fs::write(project.join("states.ts"), text + "];\n")?;
    assert_eq!(complaints(&project, "states.ts")?, "");
    Ok(())
}
