//! `verbatim analyze`: files or standard input, as a page for the terminal or a browser,
//! or as JSON.
//!
//! Runs in this process; no server is asked.

mod html;
mod jsonl;
mod page;

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use anstream::ColorChoice;
use clap::{ValueEnum, builder::PossibleValue};

use super::{documents, exit};
use crate::{
    analysis::{Analyzer, Feature, Features, Unwatched, language::LanguageTag},
    error::Error,
    grpc::{self, Call, proto},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files to analyse; none or "-" for standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What the input is: one document a file, or one JSON object
    /// {"id", "text", "language_code"} a line
    #[arg(long, env = "VERBATIM_INPUT", default_value = "text")]
    input: Input,

    /// A page to read, an HTML page that needs no network, or AnalyzeResponse as proto3
    /// JSON, one document a line
    /// [default: page; json for --input jsonl]
    #[arg(long, env = "VERBATIM_FORMAT")]
    format: Option<Format>,

    /// Unit of the offsets in JSON
    #[arg(long, env = "VERBATIM_OFFSETS", default_value = "utf8")]
    offsets: Offsets,

    /// The parts wanted, separated by commas [default: all]
    #[arg(long, env = "VERBATIM_FEATURES", value_delimiter = ',')]
    features: Vec<Feature>,

    /// Language of the documents as BCP-47 tag [default: detect]
    #[arg(long, env = "VERBATIM_LANGUAGE", value_name = "TAG", value_parser = LanguageTag::parse)]
    language: Option<LanguageTag>,

    /// When to use colours
    #[arg(long, env = "VERBATIM_COLOR", default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Input {
    Text,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    // The name that `evaluate` has for what people read; VERBATIM_FORMAT is for both.
    #[value(alias = "table")]
    Page,
    Html,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Offsets {
    Utf8,
    Utf16,
    Utf32,
}

impl ValueEnum for Feature {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

pub fn run(args: Args) -> ExitCode {
    let result = match (args.input, args.format) {
        (Input::Jsonl, Some(Format::Page)) => {
            return exit::bad_setting("--input jsonl gives JSON; it has no --format page");
        }
        (Input::Jsonl, Some(Format::Html)) => {
            return exit::bad_setting("--input jsonl gives JSON; it has no --format html");
        }
        (Input::Jsonl, _) => jsonl::run(&args),
        (Input::Text, Some(Format::Json)) => json(&args),
        (Input::Text, Some(Format::Html)) => html(&args),
        (Input::Text, _) => pages(&args),
    };
    match result {
        Ok(Failures(0)) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        // Whoever read our output has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => exit::failed(format_args!("cannot write: {error}")),
    }
}

/// How many documents have no answer; each has been reported.
struct Failures(usize);

/// One page for each file.
fn pages(args: &Args) -> io::Result<Failures> {
    let analyzer = Analyzer::new();
    let color = match args.color {
        Color::Auto => anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        Color::Always => true,
        Color::Never => false,
    };
    let width = terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| width.0);
    let style = page::Style { color, width: width.clamp(MIN_WIDTH, MAX_WIDTH).into() };
    let mut failures = 0;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, text) in documents::read(&args.files) {
        let features = args.parts();
        match text.and_then(|text| documents::check(text).map_err(|error| error.to_string())) {
            Ok(text) => {
                let analysis = analyzer.analyze(&text, args.language.as_ref(), features);
                page::write(&mut out, &name, &text, &analysis, features, style)?;
                out.flush()?;
            }
            Err(error) => {
                failures += 1;
                eprintln!("error: {name}: {error}");
            }
        }
    }
    Ok(Failures(failures))
}

/// One page for a browser, with an article for each file.
fn html(args: &Args) -> io::Result<Failures> {
    let analyzer = Analyzer::new();
    let mut failures = 0;
    let mut out = io::BufWriter::new(io::stdout().lock());
    out.write_all(html::START.as_bytes())?;
    for (number, (name, text)) in documents::read(&args.files).enumerate() {
        let features = args.parts();
        match text.and_then(|text| documents::check(text).map_err(|error| error.to_string())) {
            Ok(text) => {
                let analysis = analyzer.analyze(&text, args.language.as_ref(), features);
                let article = html::article(number, &name, &text, &analysis, features);
                out.write_all(article.as_bytes())?;
            }
            Err(error) => {
                failures += 1;
                eprintln!("error: {name}: {error}");
            }
        }
    }
    out.write_all(html::END.as_bytes())?;
    out.flush()?;
    Ok(Failures(failures))
}

/// Columns of the page where there is no terminal, and within which we stay: a
/// line of over a hundred characters is hard to read.
const DEFAULT_WIDTH: u16 = 100;
const MIN_WIDTH: u16 = 40;
const MAX_WIDTH: u16 = 120;

/// One line of JSON for each file.
fn json(args: &Args) -> io::Result<Failures> {
    let analyzer = Analyzer::new();
    let mut failures = 0;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, text) in documents::read(&args.files) {
        let response = text.and_then(|text| {
            let document = proto::Document { id: name.clone(), text, ..Default::default() };
            args.analyze(&analyzer, document).map_err(|error| error.to_string())
        });
        match response {
            Ok(response) => {
                serde_json::to_writer(&mut out, &response)?;
                writeln!(out)?;
                out.flush()?;
            }
            Err(error) => {
                failures += 1;
                eprintln!("error: {name}: {error}");
            }
        }
    }
    Ok(Failures(failures))
}

impl Args {
    fn parts(&self) -> Features {
        if self.features.is_empty() {
            return Features::ALL;
        }
        self.features.iter().copied().collect()
    }

    /// The answer that the server would give, without the server's limits.
    fn analyze(
        &self,
        analyzer: &Analyzer,
        mut document: proto::Document,
    ) -> Result<proto::AnalyzeResponse, Error> {
        if let (true, Some(language)) = (document.language_code.is_empty(), &self.language) {
            document.language_code = language.to_string();
        }
        let offset_encoding = match self.offsets {
            Offsets::Utf8 => proto::OffsetEncoding::Utf8,
            Offsets::Utf16 => proto::OffsetEncoding::Utf16,
            Offsets::Utf32 => proto::OffsetEncoding::Utf32,
        };
        let request = proto::AnalyzeRequest {
            document: Some(document),
            offset_encoding: offset_encoding.into(),
            features: self.features.iter().map(|&part| proto::Feature::from(part).into()).collect(),
        };
        grpc::Analyze::parse(request, documents::MAX_TEXT_BYTES)?.run(analyzer, &Unwatched)
    }
}

/// Whether to draw a progress bar.
fn shows_progress() -> bool {
    io::stderr().is_terminal()
}
