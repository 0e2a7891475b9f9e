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

use examples::{Example, FOLDS, Trial};
use network::{Network, Rows, probability};
use random::Random;

/// 2^18 rows of 16 bytes: 4 MiB.
fn env(name: &str, default: f64) -> f64 { std::env::var(name).ok().map_or(default, |v| v.parse().unwrap()) }

/// A feature seen less often has no row.
const LEAST: u32 = 4;

/// Rounds over the true corpora.
const ROUNDS: usize = 3;

/// Ends without a mark that the gate may lose.
const LOST: f64 = 0.002;

/// How much the answer of networks that have not seen a document counts beside the
/// corpus's own: annotation is not always right.
const SOFTENED: f32 = 0.4;

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
    let mut examples = examples::collect(&sources, &mut random);
    drop(sources);
    eprintln!("{} candidates left open", examples.len());
    let trials: Vec<_> = corpus::development(data)?
        .into_iter()
        .map(|(name, documents)| examples::trial(name, &documents))
        .collect();

    let rows = Rows::deal(&examples, env("BITS", 18.0) as u32, env("LEAST", 4.0) as u32);
    if env("SOFT", 0.0) > 0.0 { soften(&mut examples, &rows); }
    let network = network::train(&examples, &rows, env("ROUNDS", 3.0) as usize, |_| true, &mut random);
    let gate = gate::train(&examples, &mut random);
    let threshold = env("GATE", -27.0) as i32; let _ = gate::threshold(&gate, &examples, LOST);

    for t in [-60, -40, -30, -20, -15, -10, -5, 0, 5, 10, 15, 20] {
        let spaces: Vec<_> = trials.iter().flat_map(|t| t.open.iter().map(move |e| (t.name.as_str(), e))).filter(|(_, e)| e.is_space).collect();
        let f = |p: &dyn Fn(&str) -> bool| { let v: Vec<_> = spaces.iter().filter(|(n, _)| p(n)).collect(); let pass = v.iter().filter(|(_, e)| gate::score(&gate, e) >= t).count(); let ends: Vec<_> = v.iter().filter(|(_, e)| score(&network, &rows, e) > 0.0).collect(); let lost = ends.iter().filter(|(_, e)| gate::score(&gate, e) < t).count(); let lost_right = ends.iter().filter(|(_, e)| gate::score(&gate, e) < t && e.target > 0.5).count(); format!("pass {:.1}% lost {lost} ({lost_right} right) of {}", 100.0 * pass as f64 / v.len() as f64, ends.len()) };
        eprintln!("gate {t}: all {} | en {} | es {} | taiga {}", f(&|_| true), f(&|n| n.contains("-en-")), f(&|n| n.contains("-es-")), f(&|n| n.contains("taiga")));
    }
    report(&trials, |example| {
        let passes = !example.is_space || gate::score(&gate, example) >= threshold;
        passes && score(&network, &rows, example) > 0.0
    });
    let bytes = file::write(&network, &rows, &gate, threshold);
    std::fs::write(model, bytes)?;
    Ok(())
}

fn score(network: &Network, rows: &Rows, example: &Example) -> f32 {
    let (all, count) = rows.all(&example.features);
    network.score(&all[..count])
}

/// Mixes into each target what networks say that have not seen its document.
fn soften(examples: &mut [Example], rows: &Rows) {
    if SOFTENED == 0.0 {
        return;
    }
    let mut answers = vec![0.0; examples.len()];
    for fold in 0..FOLDS {
        let mut random = Random::new(1000 + fold as u64);
        let network =
            network::train(examples, rows, ROUNDS, |example| example.fold != fold, &mut random);
        for (answer, example) in answers.iter_mut().zip(&*examples) {
            if example.fold == fold {
                *answer = probability(score(&network, rows, example));
            }
        }
    }
    for (example, answer) in examples.iter_mut().zip(answers) {
        example.target += SOFTENED * (answer - example.target);
    }
}

/// Prints F1 of each development file, with the known start of each sentence: nearly
/// what `verbatim evaluate sentences` finds.
fn report(trials: &[Trial], ends: impl Fn(&Example) -> bool) {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut line = |name: &str, group: &'static str, f1: f64| {
        let sum = sums.entry(group).or_default();
        (sum.0, sum.1) = (sum.0 + f1, sum.1 + 1.0);
        let _ = name;
    };
    for trial in trials {
        let (mut right, mut wrong) = (trial.found, trial.wrong);
        for example in trial.open.iter().filter(|example| ends(example)) {
            if example.target > 0.5 { right += 1 } else { wrong += 1 }
        }
        let f1 = 200.0 * right as f64 / (right + wrong + trial.total) as f64;
        let missed = trial.total - right.min(trial.total);
        eprintln!("{:18} F1 {f1:5.1}  wrong {wrong:4}  missed {missed:4}", trial.name);
        line(&trial.name, "all", f1);
        let language = trial.name.split('-').nth(1).unwrap_or_default();
        if language == "en" {
            line(&trial.name, "English", f1);
        }
        if ["de", "fr", "es", "it", "pt", "nl", "ru", "pl", "sv"].contains(&language) {
            line(&trial.name, "nine", f1);
        }
    }
    for (group, (sum, count)) in sums {
        eprintln!("mean of {group}: {:.2}", sum / count);
    }
}
