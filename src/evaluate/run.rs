//! Reads files in blocks, scores the rows of a block side by side, and adds them
//! up in order: memory stays small and the report does not depend on threads.

use std::io::{self, BufRead};

use rayon::prelude::*;

use super::{
    Task,
    entities::Entities,
    languages::Languages,
    quotes::Quotes,
    report::{Group, LineError, MAX_ERRORS, Report},
    rows::{Row, RowError},
    sentences::Sentences,
};
use crate::{
    analysis::{Analyzer, Capability, language::LanguageTag},
    lines::Lines,
};

/// A file of annotated rows.
pub struct Input {
    /// Its name in the report.
    pub name: String,
    pub reader: Box<dyn BufRead>,
}

/// What applies to all rows.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of rows that declare none; `None` to detect it. Of no effect
    /// where detection is what is measured.
    pub language: Option<LanguageTag>,
}

/// A file could not be opened or read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {file}: {source}")]
pub struct ReadError {
    pub file: String,
    pub source: io::Error,
}

/// Measures `task` over the rows of all `inputs`. Bad lines are counted and
/// described in the report; only a file that cannot be read ends it.
pub fn evaluate(
    task: Task,
    analyzer: &Analyzer,
    options: &Options,
    inputs: impl IntoIterator<Item = Result<Input, ReadError>>,
) -> Result<Report, ReadError> {
    let inputs = inputs.into_iter();
    match task {
        Task::Languages => run(task, Languages::new(analyzer), inputs),
        Task::Sentences => run(task, Sentences::new(analyzer, options), inputs),
        Task::Entities => run(task, Entities::new(analyzer, options), inputs),
        Task::Quotes => run(task, Quotes::new(analyzer, options), inputs),
    }
}

/// One measure: how a row is scored and what the scores add up to.
pub trait Measure: Sync {
    type Row: Row;
    /// The score of one row, small.
    type Score: Send;

    /// Compares a row with what the analysis says of its text. Runs on many
    /// threads.
    fn score(&self, row: &Self::Row) -> Self::Score;

    /// Adds the score of the row at `place`; called in the order of the rows.
    fn add(&mut self, place: Place<'_>, score: Self::Score);

    /// Called after the last row of each file.
    fn end_file(&mut self, file: &FileTally);

    /// What it all adds up to, and how to read it.
    fn finish(self) -> (Vec<Group>, Vec<&'static str>);
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub file: &'a str,
    /// Counted from 1.
    pub line: usize,
}

/// What one file had.
#[derive(Clone, Debug, Default)]
pub struct FileTally {
    pub name: String,
    pub rows: usize,
    pub bad_lines: usize,
}

fn run<M: Measure>(
    task: Task,
    mut measure: M,
    inputs: impl Iterator<Item = Result<Input, ReadError>>,
) -> Result<Report, ReadError> {
    let mut errors = Vec::new();
    let (mut rows, mut bad_lines) = (0, 0);
    for input in inputs {
        let Input { name, reader } = input?;
        let mut file = FileTally { name, ..FileTally::default() };
        let mut blocks = Blocks { lines: Lines::new(reader) };
        loop {
            let block = match blocks.next() {
                Ok(block) if block.is_empty() => break,
                Ok(block) => block,
                Err(source) => return Err(ReadError { file: file.name, source }),
            };
            let scores: Vec<Result<M::Score, RowError>> = block
                .par_iter()
                .map(|(_, line)| M::Row::parse(line).map(|row| measure.score(&row)))
                .collect();
            for ((line, _), score) in block.iter().zip(scores) {
                match score {
                    Ok(score) => {
                        file.rows += 1;
                        measure.add(Place { file: &file.name, line: *line }, score);
                    }
                    Err(error) => {
                        file.bad_lines += 1;
                        if errors.len() < MAX_ERRORS {
                            let message = error.to_string();
                            errors.push(LineError {
                                file: file.name.clone(),
                                line: *line,
                                message,
                            });
                        }
                    }
                }
            }
        }
        measure.end_file(&file);
        rows += file.rows;
        bad_lines += file.bad_lines;
    }
    let Capability { model, model_version, .. } = Capability::of(task.feature());
    let (groups, notes) = measure.finish();
    Ok(Report {
        measure: task.name(),
        model,
        model_version,
        rows,
        bad_lines,
        errors,
        groups,
        notes,
    })
}

/// A file, a block of lines at a time.
struct Blocks {
    lines: Lines<Box<dyn BufRead>>,
}

impl Blocks {
    /// Large enough to keep all cores busy, small enough to hold.
    const MAX_LINES: usize = 4096;
    const MAX_BYTES: usize = 4 << 20;

    /// The next lines that are not blank, with their numbers, without line ends.
    /// Empty at the end of the file.
    fn next(&mut self) -> io::Result<Vec<(usize, Vec<u8>)>> {
        let mut block = Vec::new();
        let mut bytes = 0;
        while block.len() < Self::MAX_LINES && bytes < Self::MAX_BYTES {
            let Some((number, line)) = self.lines.next_line()? else { break };
            bytes += line.len();
            block.push((number, line));
        }
        Ok(block)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{Blocks, Lines};

    #[test]
    fn lines_keep_their_numbers_across_blocks() {
        let text = format!("\u{feff}first\r\n\n  \n{}last", "x\n".repeat(Blocks::MAX_LINES));
        let mut blocks = Blocks { lines: Lines::new(Box::new(Cursor::new(text))) };
        let block = blocks.next().unwrap();
        assert_eq!(block.len(), Blocks::MAX_LINES);
        assert_eq!(block[..2], [(1, b"first".to_vec()), (4, b"x".to_vec())]);
        assert_eq!(blocks.next().unwrap(), [(4099, b"x".to_vec()), (4100, b"last".to_vec())]);
        assert!(blocks.next().unwrap().is_empty());
    }
}
