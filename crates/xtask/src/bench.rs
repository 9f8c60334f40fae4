//! The tables of measurements. The measuring is done elsewhere (`crates/e2e` in the browser, `crates/cli` natively);
//! this is the place that runs it and prints it in one go.

use crate::run::Outcome;

/// `bench`: nothing is measured yet.
pub(crate) fn bench(_flags: &[String]) -> Outcome {
    Err("`cargo xtask bench` has nothing to measure yet.".into())
}
