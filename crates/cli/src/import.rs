use kafka_lanes_scenario::language;

use crate::args::Import;
use crate::failure::Failure;
use crate::input::Source;
use crate::output::write;

pub(crate) fn import(args: &Import) -> Result<(), Failure> {
    match &*args.from {
        "mermaid" => {
            let (_, spec) = Source::read(&args.file)?.load_mermaid().accept()?;
            write(&language::print(&spec), None)
        }
        "consumer-groups" => write(&Source::read(&args.file)?.consumer_groups()?, None),
        other => Err(Failure::Usage(format!("error: --from {other} is not known; mermaid and consumer-groups are."))),
    }
}
