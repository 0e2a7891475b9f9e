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
    /// What the rules find likely; nothing at a space without a mark, before which the
    /// gate stands.
    pub likely: Option<bool>,
    /// Least score with which the splitter says that a sentence ends.
    pub margin: f32,
    /// Whether a sentence ends.
    pub is_end: bool,
    pub weight: f32,
    pub silver: bool,
}

impl Example {
    fn new(read: training::Example, is_end: bool) -> Self {
        let training::Example { features, gate, likely, margin, .. } = read;
        Self { features, gate, likely, margin, is_end, weight: 1.0, silver: false }
    }

    /// 1 for an end, 0 for none.
    pub fn target(&self) -> f32 {
        if self.is_end { 1.0 } else { 0.0 }
    }
}

/// How much silver examples count, and among them ends without a mark: how often
/// texts have these is for the true corpora to tell.
const SILVER: f32 = 0.2;
const SILVER_UNMARKED: f32 = 0.04;

/// Share of documents seen as the language-neutral model sees them.
const NEUTRAL: f32 = 0.15;

/// The examples of `sources`.
pub fn collect(sources: &[Source], random: &mut Random) -> Vec<Example> {
    let mut examples = Vec::new();
    for source in sources {
        for Document { text, language, ends } in &source.documents {
            let neutral = random.unit() < NEUTRAL;
            for read in training::examples(text, language, ends, neutral) {
                let is_end = ends.contains(&read.end);
                // A line may hold two sentences, and whether a colon ends one is a
                // matter of each corpus.
                let doubtful = !is_end && (read.likely == Some(true) || read.introduces);
                if read.decided.is_some() || source.silver && doubtful {
                    continue;
                }
                let mut example = Example::new(read, is_end);
                example.silver = source.silver;
                if source.silver {
                    let unmarked = is_end && example.likely.is_none();
                    example.weight = if unmarked { SILVER_UNMARKED } else { SILVER };
                }
                examples.push(example);
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
        for read in training::examples(text, language, &ends, false) {
            let is_end = ends.contains(&read.end);
            match read.decided {
                _ if read.end >= last => {}
                Some(true) if is_end => trial.found += 1,
                Some(true) => trial.wrong += 1,
                Some(false) => {}
                None => trial.open.push(Example::new(read, is_end)),
            }
        }
    }
    trial
}
