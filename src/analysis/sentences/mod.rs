//! Sentences and paragraphs.
//!
//! text → paragraphs (`paragraphs`) → places where a sentence may end
//! (`candidates`) → those where one does (`decide`), by the words around them
//! (`context`) and the language's lists (`rules`, `data/`).
//!
//! Must not look at entities or quotes: they are built on top.

mod candidates;
mod context;
mod decide;
mod features;
mod model;
#[doc(hidden)]
pub mod training;
mod marks;
mod paragraphs;
mod rules;
#[cfg(test)]
mod tests;

use super::{Span, language::LanguageTag};
use rules::Rules;

pub use rules::LANGUAGES;

/// The name of this set of rules, and its version: raised whenever answers change.
pub const MODEL: &str = "sentences-rules";
pub const MODEL_VERSION: &str = "1";

/// Reads the word lists.
pub fn load() {
    rules::load();
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without white space at either end.
    pub span: Span,
    /// Counted from 0.
    pub paragraph: usize,
}

/// Splits `text` into sentences: ordered, not overlapping, and every character
/// but white space lies in exactly one. Linear in the text.
///
/// A paragraph ends at an empty line or at a line end that ends a sentence, a
/// headline or a caption; the line ends of a text wrapped to a width do not.
pub fn split(text: &str, language: &LanguageTag) -> Vec<Sentence> {
    let rules = Rules::of(language);
    let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
    let situation = features::Situation { language: training::code(language), style: features::style(text) };
    for (paragraph, span) in paragraphs::paragraphs(text).into_iter().enumerate() {
        let mut start = span.start;
        for candidate in candidates::candidates(text, span, rules.further_mark, training::unmarked(language)) {
            if text[start..candidate.end].trim().is_empty() { continue; }
            let verdict = (candidate.mark != marks::Mark::None)
                .then(|| decide::ends_sentence(text, span, start, &candidate, rules));
            let ends = match model::get() {
                Some(model) => model.score(&features::read(text, span, start, &candidate, verdict, rules, situation)) > 0.0,
                None => verdict == Some(true),
            };
            if ends {
                sentences.push(Sentence { span: Span::new(start, candidate.end), paragraph });
                start = candidate.next;
            }
        }
        sentences.push(Sentence { span: Span::new(start, span.end), paragraph });
    }
    sentences
}
