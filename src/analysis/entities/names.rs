//! Names: finds runs of capitalised words (`chunks`), takes them apart by what the
//! words themselves tell (`segment`, `heads`), and decides what stays open by the whole
//! text (`evidence`, `context`).

use std::ops::Range;

use super::lexicon::{Known, lexicon};
use super::segment::Segmenter;
use super::words::{Word, lower_case_words};
use super::{EntityType, Found, chunks, evidence};
use crate::analysis::Span;

/// A piece of text that may be a name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its words.
    pub words: Range<usize>,
    /// What it names, where its own words tell.
    pub kind: Option<EntityType>,
    pub confidence: f32,
    /// Whether its capital may have another reason, so that it counts only where the
    /// rest of the text confirms it.
    pub doubtful: bool,
    /// Whether a title stands before it.
    pub titled: bool,
}

/// All names in order, not overlapping. `free` tells which words may be used.
pub(super) fn find(words: &[Word], free: &[bool]) -> Vec<Found> {
    let ordinary = lower_case_words(words);
    let mut candidates = Vec::new();
    for chunk in chunks::chunks(words, free, &ordinary) {
        Segmenter { words, free, ordinary: &ordinary, out: &mut candidates }.segment(chunk);
    }
    evidence::decide(words, &candidates)
        .into_iter()
        .map(|(range, kind, confidence)| {
            let span = Span::new(words[range.start].span.start, words[range.end - 1].span.end);
            Found { span, kind, confidence }
        })
        .collect()
}

/// What the words `range` are known as.
pub(super) fn known(words: &[Word], range: Range<usize>) -> Known {
    let word = &words[range.start];
    if range.len() == 1 {
        return lexicon().known(word.text, &word.lower);
    }
    if range.len() > lexicon().longest(&word.lower) {
        return Known::default();
    }
    let exact = words[range.clone()].iter().map(|w| w.text).collect::<Vec<_>>().join(" ");
    let lower = words[range].iter().map(|w| &*w.lower).collect::<Vec<_>>().join(" ");
    lexicon().known(&exact, &lower)
}

/// The type of what a list names by itself.
pub(super) fn listed(known: Known) -> Option<EntityType> {
    [
        (Known::NORP, EntityType::Norp),
        (Known::PLACE, EntityType::Location),
        (Known::ORGANIZATION, EntityType::Organization),
        (Known::MISC, EntityType::Misc),
        (Known::PRODUCT, EntityType::Product),
    ]
    .into_iter()
    .find_map(|(set, kind)| known.any(set).then_some(kind))
}
