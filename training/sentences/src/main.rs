//! Trains the model of the sentence splitter: reads the corpora, writes the file that
//! the binary embeds, and prints F1 on the development files.
//!
//! `cargo run --profile training -p train-sentences -- DATA MODEL`, where DATA is the
//! folder of the corpora; see models/sentences/MODEL_CARD.md. The same data give the
//! same file, byte for byte.

mod corpus;
mod examples;
mod file;
mod gate;
mod network;
mod random;

use std::{collections::BTreeMap, error::Error, path::Path};

use examples::{Example, Trial};
use network::Rows;
use random::Random;

/// 2^19 rows of 16 bytes: 8 MiB.
const BITS: u32 = 19;

/// A feature seen less often has no row.
const LEAST: u32 = 4;

/// Rounds over the true corpora, after one over all.
const ROUNDS: usize = 3;

/// Least score of the gate that passes, in its steps. Chosen on the development files:
/// 29 of 30 spaces are turned away in English news, and F1 is within 0.1 of that
/// without a gate.
const GATE: i32 = -22;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [data, model] = arguments.as_slice() else {
        return Err("usage: train-sentences DATA MODEL".into());
    };
    let data = Path::new(data);
    let mut random = Random::new(42);
    let sources = corpus::training(data, &mut random)?;
    for source in sources.iter().filter(|source| !source.silver) {
        eprintln!("{}: {} documents", source.name, source.documents.len());
    }
    let examples = examples::collect(&sources, &mut random);
    drop(sources);
    eprintln!("{} candidates left open", examples.len());

    let rows = Rows::deal(&examples, BITS, LEAST);
    let network = network::train(&examples, &rows, ROUNDS, &mut random);
    let gate = gate::train(&examples, |example| network.probability(&rows, example), &mut random);
    std::fs::write(model, file::write(&network, &rows, &gate, GATE))?;

    let mut trials = Vec::new();
    for (name, documents) in corpus::development(data)? {
        trials.push(examples::trial(name, &documents));
    }
    report(&trials, |example| {
        let passes = example.likely.is_some() || gate::score(&gate, example) >= GATE;
        passes && network.score(&rows.of(example)) > example.margin
    });
    Ok(())
}

/// Prints F1 of each development file, with the known start of each sentence: nearly
/// what `verbatim evaluate sentences` finds.
fn report(trials: &[Trial], ends: impl Fn(&Example) -> bool) {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for trial in trials {
        let (mut right, mut wrong) = (trial.found, trial.wrong);
        for example in trial.open.iter().filter(|example| ends(example)) {
            *if example.is_end { &mut right } else { &mut wrong } += 1;
        }
        let f1 = 200.0 * right as f64 / (right + wrong + trial.total) as f64;
        let missed = trial.total - right;
        eprintln!("{:18} F1 {f1:5.1}  wrong {wrong:4}  missed {missed:4}", trial.name);
        let language = trial.name.split('-').nth(1).unwrap_or_default();
        for group in ["all", language].into_iter().filter(|group| ["all", "en"].contains(group)) {
            let sum = sums.entry(group).or_default();
            *sum = (sum.0 + f1, sum.1 + 1.0);
        }
    }
    for (group, (sum, count)) in sums {
        eprintln!("mean of {group}: {:.2}", sum / count);
    }
}
