use crate::args::Check;
use crate::failure::Failure;
use crate::input::{load, not_done, warn};
use crate::output::Output;

pub(crate) fn check(args: &Check) -> Result<(), Failure> {
    let mut output = Output::new();
    let mut refused = 0;
    for path in &args.scenarios {
        let loaded = match load(path) {
            Ok(loaded) => loaded,
            Err(Failure::Refused(text)) => {
                crate::failure::say(&text);
                refused += 1;
                continue;
            }
            Err(other) => return Err(other),
        };
        loaded.say_all();
        if loaded.has_errors() {
            refused += 1;
            continue;
        }
        let spec = &loaded.spec;
        // Where so much happens that nobody can wait for it, that is for who runs it.
        warn(&loaded.name, &not_done(spec).unwrap_or_else(|why| vec![why]));
        let partitions: u32 = spec.topics.iter().map(|topic| topic.partitions).sum();
        let consumers: usize = spec.groups.iter().map(|group| group.consumers.len()).sum();
        output.line(&format!(
            "{}: ok: topics {}, partitions {partitions}, producers {}, groups {}, consumers {consumers}, actions {}",
            loaded.name,
            spec.topics.len(),
            spec.producers.len(),
            spec.groups.len(),
            spec.actions.len()
        ))?;
    }
    output.finish()?;
    match refused {
        0 => Ok(()),
        n => Err(Failure::Refused(format!("{n} of {} refused; see above.", args.scenarios.len()))),
    }
}
