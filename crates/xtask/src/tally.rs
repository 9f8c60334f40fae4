//! The count of what ran: read from what the test runners print, shown as a table.

/// Tests of one suite.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Count {
    /// Sums the `test result:` lines of `cargo test` and of wasm-bindgen's test runner.
    pub(crate) fn read(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            let Some((_, numbers)) = line.split_once("test result: ") else { continue };
            // "ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s"
            for part in numbers.split(['.', ';']) {
                let mut words = part.split_whitespace();
                let (Some(number), Some(what)) = (words.next(), words.next()) else { continue };
                let Ok(number) = number.parse::<u32>() else { continue };
                match what {
                    "passed" => sum.passed += number,
                    "failed" => sum.failed += number,
                    "ignored" | "filtered" => sum.skipped += number,
                    _ => {}
                }
            }
        }
        sum
    }

    /// One check that is not a test runner's: it passed or it failed.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: passed.into(), failed: (!passed).into(), skipped: 0 }
    }
}

/// Suites and their counts, in the order in which they ran.
#[derive(Debug, Default)]
pub(crate) struct Tally(Vec<(String, Count)>);

impl Tally {
    pub(crate) fn add(&mut self, suite: &str, count: Count) {
        self.0.push((suite.to_owned(), count));
    }

    /// The table, and the sum as a plain last line.
    pub(crate) fn print(&self) {
        println!("\n{:<44} {:>7} {:>7} {:>8}", "suite", "passed", "failed", "skipped");
        for (suite, count) in &self.0 {
            println!("{suite:<44} {:>7} {:>7} {:>8}", count.passed, count.failed, count.skipped);
        }
        let sum = self.sum();
        println!("{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.skipped);
    }

    pub(crate) fn sum(&self) -> Count {
        self.0.iter().fold(Count::default(), |sum, (_, count)| Count {
            passed: sum.passed + count.passed,
            failed: sum.failed + count.failed,
            skipped: sum.skipped + count.skipped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_binaries_are_summed() {
        let output = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            noise 9 passed\n\
            test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.50s\n";
        assert_eq!(Count::read(output), Count { passed: 8, failed: 2, skipped: 5 });
    }

    #[test]
    fn no_result_counts_nothing() {
        assert_eq!(Count::read("error: could not compile"), Count::default());
    }
}
