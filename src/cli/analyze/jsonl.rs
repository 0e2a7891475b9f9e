//! Many documents: one JSON object a line in, one a line out, in order.
//!
//! A thread reads, the pool analyses, this thread writes. The queue between them
//! keeps the order and is bounded, so that memory is too.

use std::{
    fs,
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel},
    thread,
};

use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

use super::{Args, Failures};
use crate::{
    analysis::Analyzer,
    cli::documents,
    error::Error,
    grpc::{proto, status},
    lines::Lines,
};

/// Answers in the making for each thread: enough that a long document does not
/// leave the other threads idle.
const QUEUE_PER_THREAD: usize = 16;

/// A line of output, to come.
type Answer = Receiver<Line>;

struct Line {
    json: Vec<u8>,
    failed: bool,
}

pub fn run(args: &Args) -> io::Result<Failures> {
    let analyzer = Analyzer::new();
    let files = documents::or_stdin(&args.files);
    let progress = progress(&files);
    let (queue, answers) = sync_channel(QUEUE_PER_THREAD * rayon::current_num_threads());
    let failures = thread::scope(|threads| {
        let reader = threads.spawn(|| read(args, &files, &analyzer, &progress, queue));
        let failed_lines = write(answers)?;
        let failed_files = reader.join().map_err(|_| io::Error::other("the reader panicked"))?;
        io::Result::Ok(failed_lines + failed_files)
    })?;
    progress.finish_and_clear();
    Ok(Failures(failures))
}

/// Queues an answer for each line of `files`, until the writer is gone. Returns
/// how many files could not be read to their end; each is reported.
fn read(
    args: &Args,
    files: &[PathBuf],
    analyzer: &Analyzer,
    progress: &ProgressBar,
    queue: SyncSender<Answer>,
) -> usize {
    let mut failures = 0;
    rayon::in_place_scope_fifo(|jobs| {
        for path in files {
            let read = documents::open(path).and_then(|input| {
                let mut lines = Lines::new(progress.wrap_read(input));
                while let Some((number, line)) = lines.next_line()? {
                    let (sender, answer) = sync_channel(1);
                    jobs.spawn_fifo(move |_| {
                        // A writer that is gone wants no answer.
                        let place = Place { file: path, line: number };
                        let _ = sender.send(answer_line(args, analyzer, place, &line));
                    });
                    if queue.send(answer).is_err() {
                        return Ok(());
                    }
                }
                Ok(())
            });
            if let Err(error) = read {
                failures += 1;
                progress.suspend(|| eprintln!("error: {}: {error}", path.display()));
            }
        }
    });
    failures
}

/// Writes the answers in order; returns how many of them are errors.
fn write(answers: Receiver<Answer>) -> io::Result<usize> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut failures = 0;
    loop {
        // What is ready goes out before we wait: a program that writes a line and
        // waits for its answer gets it.
        let answer = match answers.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => {
                out.flush()?;
                answers.recv().ok()
            }
            Err(TryRecvError::Disconnected) => None,
        };
        let Some(answer) = answer else { break };
        let line = match answer.try_recv() {
            Ok(line) => line,
            Err(_) => {
                out.flush()?;
                answer.recv().map_err(io::Error::other)?
            }
        };
        failures += usize::from(line.failed);
        out.write_all(&line.json)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(failures)
}

/// What a line of input must be; other keys are for others.
#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Id,
    text: String,
    #[serde(default)]
    language_code: Option<String>,
}

/// Identifiers are strings, but many a database numbers its rows.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
    Null(()),
}

impl Default for Id {
    fn default() -> Self {
        Self::Null(())
    }
}

/// Where a line of input stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a Path,
    /// Counted from 1.
    line: usize,
}

/// A line of output for a line of input that has no analysis.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    file: String,
    line: usize,
    document_id: String,
    error: proto::DocumentError,
}

fn answer_line(args: &Args, analyzer: &Analyzer, place: Place<'_>, line: &[u8]) -> Line {
    let failure = |document_id: String, error: proto::DocumentError| {
        let file = place.file.display().to_string();
        let failure = Failure { file, line: place.line, document_id, error };
        Line { json: to_json(&failure), failed: true }
    };
    let row: Row = match serde_json::from_slice(line) {
        Ok(row) => row,
        Err(error) => return failure(String::new(), malformed(&error)),
    };
    let id = match row.id {
        Id::Text(id) => id,
        Id::Number(number) => number.to_string(),
        Id::Null(()) => String::new(),
    };
    let language_code = row.language_code.unwrap_or_default();
    let document = proto::Document { id: id.clone(), text: row.text, language_code };
    // A document that brings a bug to light must not take the others with it.
    let result = catch_unwind(AssertUnwindSafe(|| args.analyze(analyzer, document)));
    match result.unwrap_or(Err(Error::Panicked)) {
        Ok(response) => Line { json: to_json(&response), failed: false },
        Err(error) => failure(id, status::to_document_error(&error)),
    }
}

/// A line that is no JSON object of our kind. serde's message may quote the input,
/// so only the place and the class of the error are told.
fn malformed(error: &serde_json::Error) -> proto::DocumentError {
    let what = match error.classify() {
        serde_json::error::Category::Data => "not an object with a string \"text\"",
        _ => "not valid JSON",
    };
    proto::DocumentError {
        code: tonic::Code::InvalidArgument.into(),
        reason: "MALFORMED_LINE".to_owned(),
        message: format!("the line is {what}, at column {}", error.column()),
    }
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("messages have string keys only")
}

/// Shows how many bytes of the input are read, on a terminal.
fn progress(files: &[PathBuf]) -> ProgressBar {
    if !super::shows_progress() {
        return ProgressBar::hidden();
    }
    let sizes: Option<Vec<u64>> = files
        .iter()
        .map(|path| fs::metadata(path).ok().filter(|file| file.is_file()).map(|file| file.len()))
        .collect();
    match sizes {
        Some(sizes) if !files.iter().any(|path| documents::is_stdin(path)) => {
            let style = "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
            ProgressBar::new(sizes.iter().sum()).with_style(
                ProgressStyle::with_template(style).expect("the template is well formed"),
            )
        }
        _ => ProgressBar::new_spinner().with_style(
            ProgressStyle::with_template("{spinner} {bytes} {bytes_per_sec}")
                .expect("the template is well formed"),
        ),
    }
}
