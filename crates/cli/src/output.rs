use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::Path;

use kafka_lanes_scene::describe::Table;

use crate::failure::Failure;

/// What goes to stdout.
pub(crate) struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    pub(crate) fn new() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }

    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.0, "{text}").map_err(|error| Failure::of_writing("stdout", &error))
    }

    /// To be called at the end: dropping it would lose what went wrong.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|error| Failure::of_writing("stdout", &error))
    }
}

/// Writes a whole text, which ends its own lines, to `file` or else to stdout.
pub(crate) fn write(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    if let Some(file) = file {
        return std::fs::write(file, text).map_err(|error| Failure::of_writing(&file.display().to_string(), &error));
    }
    let mut output = Output::new();
    output.line(text.strip_suffix('\n').unwrap_or(text))?;
    output.finish()
}

/// A table in plain text: its caption, then columns as wide as they need to be.
pub(crate) fn aligned(table: &Table) -> String {
    let lines = || std::iter::once(&table.columns).chain(&table.rows);
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|column| lines().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .collect();
    let shown = lines().map(|line| {
        let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("  {}\n", cells.join("  ").trim_end())
    });
    format!("{}\n{}", table.caption, shown.collect::<String>())
}
