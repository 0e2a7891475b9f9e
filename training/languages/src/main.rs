//! Trains the network of the language detector, writes it and tells how well it does.
//!
//! `cargo run --release --manifest-path training/languages/Cargo.toml -- DATA MODEL [SAMPLES]`,
//! where DATA/languages has ntrex.jsonl and tatoeba.jsonl, of which four fifths are
//! learned from, and lingua's files, which are only looked at. Besides that it reads
//! lingua's tables of n-grams, which cargo fetches, and wordfreq, which pip does. Never
//! lingua's test data, which lies in the same packages.

mod calibrate;
mod corpus;
mod examine;
mod features;
mod languages;
// As the detector itself has it.
#[path = "../../../src/analysis/language/lengths.rs"]
mod lengths;
mod network;
mod ngrams;
mod pool;
mod random;
// As the detector itself has it, which asks more of it.
#[allow(dead_code)]
#[path = "../../../src/analysis/language/features.rs"]
mod runs;
mod sample;
mod select;
mod table;
mod write;

use std::{error::Error, path::Path};

use languages::LANGUAGES;
use network::{BATCH, Network};
use random::Random;

/// Words drawn from the tables of each language, and half as many from lists.
const DRAWN: usize = 200_000;

/// Lines of the table: 14.4 MB, four rows of 16 bytes each.
const LINES: usize = 225_000;

/// How much less often words of a language beyond lingua's are drawn, and how much less
/// their features count.
const RARE: f64 = 0.2;
const RARE_WORTH: f64 = 0.5;

/// Samples to learn from where no number is given: fourteen minutes on two cores.
const SAMPLES: usize = 22_000_000;

/// The step of a row at the start; falls to nothing in a straight line.
const RATE: f64 = 0.15;

/// From this share of the samples on, rows have four levels: the earlier, the more of
/// what that costs is learned back.
const WHOLE: f64 = 0.25;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: train-languages DATA MODEL [SAMPLES]";
    let data = arguments.next().ok_or(usage)?;
    let model = arguments.next().ok_or(usage)?;
    let samples: usize = arguments.next().map_or(Ok(SAMPLES), |count| count.parse())?;
    let data = Path::new(&data).join("languages");

    let (ntrex, ntrex_held) = corpus::split(corpus::rows(&data.join("ntrex.jsonl"))?, 40);
    let (tatoeba, tatoeba_held) = corpus::split(corpus::rows(&data.join("tatoeba.jsonl"))?, 1);
    let texts = [ntrex, tatoeba].concat();
    let tests = [
        ("words", corpus::rows(&data.join("lingua-single-words.jsonl"))?),
        ("pairs", corpus::rows(&data.join("lingua-word-pairs.jsonl"))?),
        ("sentences", corpus::rows(&data.join("lingua-sentences.jsonl"))?),
        ("ntrex", ntrex_held),
        ("tatoeba", tatoeba_held),
    ];

    let pools = pool::read(&texts, DRAWN)?;
    let weight = |rare: bool| if rare { RARE_WORTH } else { 1.0 };
    let weights: Vec<f64> = LANGUAGES.iter().map(|l| weight(l.package.is_empty())).collect();
    let worths = select::features(&pools, &weights);
    let table = table::Table::new(LINES, &worths);
    eprintln!("{} languages, {} features", LANGUAGES.len(), worths.len());
    drop(worths);
    let source = sample::Source::new(&pools, &texts, &table, RARE);

    let mut network = Network::new(table.checks.len());
    let mut random = [Random::new(1), Random::new(2)];
    let batches = samples.div_ceil(BATCH);
    let every = batches.div_ceil(10);
    let mut loss = 0.0;
    for batch in 0..batches {
        let done = batch as f64 / batches as f64;
        if network.steps.is_none() && done >= WHOLE {
            network.quantise();
        }
        loss += network.learn(&source, &mut random, (RATE * (1.0 - done)) as f32);
        if (batch + 1) % every == 0 {
            eprintln!("{:3.0} %: loss {:.4}", done * 100.0, loss / every as f64);
            loss = 0.0;
        }
    }
    // No text was learned from; those of lingua are for development.
    let sets: Vec<_> = tests.iter().map(|(_, rows)| rows).collect();
    let temperatures = calibrate::temperatures(&network, &table, &sets);
    std::fs::write(model, write::bytes(&network, &table, &temperatures))?;
    for (name, rows) in &tests {
        examine::report(name, &network, &table, rows);
    }
    Ok(())
}
