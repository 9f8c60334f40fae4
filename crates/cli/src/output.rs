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

/// Writes a whole text to `file` or else to stdout; it ends its own lines.
pub(crate) fn write(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    if file.is_some() {
        return write_bytes(text.as_bytes(), file);
    }
    let mut output = Output::new();
    output.line(text.strip_suffix('\n').unwrap_or(text))?;
    output.finish()
}

/// Writes what is no text to `file` or else to stdout.
pub(crate) fn write_bytes(bytes: &[u8], file: Option<&Path>) -> Result<(), Failure> {
    let Some(file) = file else {
        let mut output = Output::new();
        output.0.write_all(bytes).map_err(|error| Failure::of_writing("stdout", &error))?;
        return output.finish();
    };
    std::fs::write(file, bytes).map_err(|error| Failure::of_writing(&file.display().to_string(), &error))
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
