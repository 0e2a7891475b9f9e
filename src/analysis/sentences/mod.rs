//! Sentences and paragraphs.
//!
//! text → paragraphs (`paragraphs`) → places where a sentence may end
//! (`candidates`, `lists`) → what is certain or likely by the words around them and the
//! language's lists (`decide`, `place`, `context`, `rules`, `data/`) → for what is left open, a
//! learned model (`gate`, `features` over `words`, `model`).
//!
//! Must not look at entities or quotes: they are built on top.

mod candidates;
mod context;
mod decide;
mod features;
mod flags;
mod gate;
mod lists;
mod lookup;
mod marks;
mod model;
mod paragraphs;
mod place;
mod rules;
#[cfg(test)]
mod tests;
#[doc(hidden)]
pub mod training;
mod words;

use super::{
    Span,
    language::LanguageTag,
    watch::{Stopped, Unwatched, Watch, check},
};
use decide::Verdict;
use features::Situation;
use model::Model;
use rules::Rules;

pub use rules::LANGUAGES;

/// The name of the model and its rules, and their version: raised whenever answers
/// change.
pub const MODEL: &str = "sentences";
pub const MODEL_VERSION: &str = "2";

/// Reads the word lists and the model.
pub fn load() {
    rules::load();
    model::embedded();
}

/// The language whose rules split a text in `language`, as one of `LANGUAGES`: its own,
/// a near relative's, or "und" for the language-neutral ones.
pub fn rules_language(language: &LanguageTag) -> &'static str {
    LANGUAGES[rules::place(language)]
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
/// headline or a caption; the line ends of a text wrapped to a width do not. A
/// language without a file of its own in `data/` gets the language-neutral rules.
pub fn split(text: &str, language: &LanguageTag) -> Vec<Sentence> {
    split_watched(text, language, &Unwatched).expect("nobody stops it")
}

/// The same for somebody who may stop waiting.
///
/// # Errors
/// The watch said stop.
pub fn split_watched(
    text: &str,
    language: &LanguageTag,
    watch: &dyn Watch,
) -> Result<Vec<Sentence>, Stopped> {
    let rules = Rules::of(language);
    let splitter = Splitter {
        situation: Situation::new(text, rules, language.primary()),
        model: model::embedded(),
    };
    let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
    for (paragraph, span) in paragraphs::paragraphs(text).into_iter().enumerate() {
        check(watch)?;
        splitter.split(span, |span| sentences.push(Sentence { span, paragraph }));
    }
    Ok(sentences)
}

/// All that a decision needs beside the place.
struct Splitter<'a> {
    situation: Situation<'a>,
    model: &'a Model,
}

impl Splitter<'_> {
    /// Tells `found` the sentences of `paragraph` in order.
    fn split(&self, paragraph: Span, mut found: impl FnMut(Span)) {
        let Situation { text, rules, .. } = self.situation;
        let text = &text[..paragraph.end];
        let mut start = paragraph.start;
        let mut items = lists::items(text, start).into_iter().peekable();
        for candidate in candidates::candidates(text, paragraph, rules) {
            while let Some(item) = items.next_if(|&item| item <= candidate.next) {
                found(Span::new(start, item).trim(text));
                start = item;
            }
            if start > candidate.marks.start {
                continue;
            }
            if items.peek().is_none() && lists::may_start(text, candidate.next) {
                items = lists::items(text, candidate.next).into_iter().peekable();
                // The first item belongs to what leads it in: "We need: 1) water 2) bread".
                if items.peek().is_some() && !text[..candidate.end].ends_with([',', ':']) {
                    found(Span::new(start, candidate.end));
                    start = candidate.next;
                    continue;
                }
            }
            if self.ends(paragraph, start, &candidate) {
                found(Span::new(start, candidate.end));
                start = candidate.next;
            }
        }
        for item in items {
            found(Span::new(start, item).trim(text));
            start = item;
        }
        found(Span::new(start, paragraph.end));
    }

    /// Whether a sentence that starts at `start` ends at `candidate`.
    fn ends(&self, paragraph: Span, start: usize, candidate: &candidates::Candidate) -> bool {
        let Situation { text, rules, .. } = self.situation;
        // Where any space may end a sentence, too many ends would be turned away.
        if candidate.mark == marks::Mark::None
            && !rules.unmarked
            && !self.model.passes(gate::read(&self.situation, start, candidate))
        {
            return false;
        }
        let verdict = decide::judge(text, paragraph, start, candidate, rules);
        match verdict {
            Verdict::Always => true,
            Verdict::Never => false,
            Verdict::Likely | Verdict::Unlikely | Verdict::Open => {
                let features =
                    features::read(&self.situation, paragraph, start, candidate, verdict);
                self.model.score(&features) > verdict.margin(self.situation.trained)
            }
        }
    }
}
