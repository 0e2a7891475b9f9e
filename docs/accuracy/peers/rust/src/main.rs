//! Measures Verbatim and other splitters in Rust; `compare.py` runs it.
//!
//! `peers score ROWS` and `peers speed ARTICLES ROUNDS` each print one JSON object,
//! of the same form as `python/measure.py` prints. Must not choose what is measured:
//! the files come from `compare.py`.

mod score;
mod speed;
mod splitters;

use std::{env, error::Error, fs, process::ExitCode};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args[..] {
        ["score", rows] => read(rows).and_then(|lines| score::score(&lines)),
        ["speed", articles, rounds] => {
            read(articles).and_then(|lines| speed::speed(&lines, rounds.parse()?))
        }
        _ => Err("usage: peers score ROWS | peers speed ARTICLES ROUNDS".into()),
    };
    match result {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(path: &str) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(path).map_err(|error| format!("{path}: {error}").into())
}
