//! `verbatim evaluate`: how good the analysis is on annotated files.
//!
//! Reads arguments and files and writes the report; what is measured and how is
//! `crate::evaluate`'s.

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{ValueEnum, builder::PossibleValue};

use super::{documents, exit};
use crate::{
    analysis::{Analyzer, language::LanguageTag},
    evaluate::{Input, Options, ReadError, Report, Task, evaluate},
};

/// Measure the analysis on annotated files
///
/// One JSON object a line: a text and its annotation, whose offsets count Unicode code
/// points, half open. Gives precision, recall and F1, or accuracy, by file, type and
/// language, with their macro mean. A bad line is described on standard error and the run
/// goes on.
///
/// Exit status: 0; 1 where lines were bad, or a file cannot be read, and then there is no
/// report; 64 for flags that make no sense.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to measure
    #[arg(value_enum)]
    task: Task,

    /// Files of annotated rows; none or "-" for standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Language of rows that declare none, as BCP-47 tag [default: detect]
    #[arg(long, env = "VERBATIM_LANGUAGE", value_name = "TAG", value_parser = LanguageTag::parse)]
    language: Option<LanguageTag>,

    /// How to write the report
    #[arg(long, env = "VERBATIM_FORMAT", default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people; ratios in percent
    // The name that `analyze` has for what people read; VERBATIM_FORMAT is for both.
    #[value(alias = "page")]
    Table,
    /// One JSON object; ratios from 0 to 1
    Json,
}

impl ValueEnum for Task {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Languages => "Rows: {\"language\", \"text\"}",
            Self::Sentences => {
                "Rows: {\"text\", \"sentence_ends\"} or {\"name\", \"text\", \"sents\"}"
            }
            Self::Entities => "Rows: {\"text\", \"entities\": [{\"start\", \"end\", \"type\"}]}",
            Self::Quotes => {
                "Rows: {\"text\", \"attributions\": [{\"source\", \"cue\", \"content\"}]}"
            }
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

/// Runs the command.
pub fn run(args: Args) -> ExitCode {
    match report(&args).map_err(io::Error::other).and_then(|report| {
        write(&report, args.format)?;
        Ok(report)
    }) {
        Ok(report) if report.bad_lines == 0 => ExitCode::SUCCESS,
        Ok(report) => {
            for error in &report.errors {
                eprintln!("{}:{}: {}", error.file, error.line, error.message);
            }
            let more = report.bad_lines - report.errors.len();
            if more > 0 {
                eprintln!("and {more} more bad lines");
            }
            ExitCode::FAILURE
        }
        // `verbatim evaluate … | head` is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => exit::failed(error),
    }
}

fn report(args: &Args) -> Result<Report, ReadError> {
    let files = documents::or_stdin(&args.files);
    // A long run shall not end in a misspelt name.
    files.iter().try_for_each(|path| check(path))?;
    let options = Options { language: args.language.clone() };
    evaluate(args.task, &Analyzer::new(), &options, files.iter().map(|path| open(path)))
}

/// That there is such a file. Does not open it: a pipe can be opened but once.
fn check(path: &Path) -> Result<(), ReadError> {
    if documents::is_stdin(path) {
        return Ok(());
    }
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            Err(read_error(path, io::ErrorKind::IsADirectory.into()))
        }
        Ok(_) => Ok(()),
        Err(error) => Err(read_error(path, error)),
    }
}

fn open(path: &Path) -> Result<Input, ReadError> {
    let reader = documents::open(path).map_err(|error| read_error(path, error))?;
    Ok(Input { name: path.display().to_string(), reader })
}

fn read_error(path: &Path, source: io::Error) -> ReadError {
    ReadError { file: path.display().to_string(), source }
}

fn write(report: &Report, format: Format) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Table => {
            let width = out
                .is_terminal()
                .then(terminal_size::terminal_size)
                .flatten()
                .map(|(terminal_size::Width(width), _)| width);
            out.write_all(report.table(width).as_bytes())?;
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, report)?;
            writeln!(out)?;
        }
    }
    out.flush()
}
