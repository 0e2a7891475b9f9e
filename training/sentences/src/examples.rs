//! Candidates of the corpora with their answers.

use std::collections::BTreeSet;

use verbatim::analysis::sentences::training::{self, COUNT, GATE_COUNT};

use crate::{
    corpus::{Document, Source},
    random::Random,
};

/// One candidate that the rules leave open.
pub struct Example {
    pub features: [u32; COUNT],
    pub gate: [usize; GATE_COUNT],
    /// Whether a sentence ends, as a probability.
    pub target: f32,
    pub weight: f32,
    /// Whether the gate stands before it.
    pub is_space: bool,
    /// Which part of the documents it comes from.
    pub fold: usize,
    pub silver: bool,
}

/// How many parts the documents are dealt to.
pub const FOLDS: usize = 5;

/// How much silver examples count, and among them ends without a mark: how often
/// texts have these is for the true corpora to tell.
const SILVER: f32 = 0.2;
const SILVER_UNMARKED: f32 = 0.04;

/// Documents seen as the language-neutral model sees them.
const NEUTRAL: f32 = 0.15;

/// The examples of `sources`.
pub fn collect(sources: &[Source], random: &mut Random) -> Vec<Example> {
    let mut examples = Vec::new();
    for source in sources {
        for (index, document) in source.documents.iter().enumerate() {
            let Document { text, language, ends } = document;
            let neutral = random.unit() < NEUTRAL;
            for example in training::examples(text, language, ends, neutral) {
                if example.decided.is_some() {
                    continue;
                }
                let label = ends.contains(&example.end);
                // A line may hold two sentences, and whether a colon ends one is a
                // matter of each corpus.
                if source.silver && !label && (example.likely == Some(true) || example.introduces) {
                    continue;
                }
                let weight = match source.silver {
                    false => 1.0,
                    true if label && example.likely.is_none() => SILVER_UNMARKED,
                    true => SILVER,
                };
                examples.push(Example {
                    features: example.features,
                    gate: example.gate,
                    target: f32::from(u8::from(label)),
                    weight,
                    is_space: example.likely.is_none(),
                    fold: index % FOLDS,
                    silver: source.silver,
                });
            }
        }
    }
    examples
}

/// A development file: what the rules and paragraphs settle, and what they do not.
pub struct Trial {
    pub name: String,
    /// Ends that are found for sure, and places wrongly taken for ends.
    pub found: usize,
    pub wrong: usize,
    /// All ends but each document's last.
    pub total: usize,
    pub open: Vec<Example>,
}

pub fn trial(name: String, documents: &[Document]) -> Trial {
    let mut trial = Trial { name, found: 0, wrong: 0, total: 0, open: Vec::new() };
    for Document { text, language, ends } in documents {
        let last = text.trim_end().len();
        let ends: BTreeSet<_> = ends.iter().copied().filter(|&end| 0 < end && end < last).collect();
        trial.total += ends.len();
        trial.found += ends.iter().filter(|&&end| text[end..].starts_with("\n\n")).count();
        for example in training::examples(text, language, &ends, false) {
            let label = ends.contains(&example.end);
            match example.decided {
                _ if example.end >= last => {}
                Some(true) if label => trial.found += 1,
                Some(true) => trial.wrong += 1,
                Some(false) => {}
                None => trial.open.push(Example {
                    features: example.features,
                    gate: example.gate,
                    target: f32::from(u8::from(label)),
                    weight: 1.0,
                    is_space: example.likely.is_none(),
                    fold: 0,
                    silver: false,
                }),
            }
        }
    }
    trial
}
