//! Each splitter behind one interface, as its own documents say to call it.
//!
//! Every one gets the whole text in one call, and its language where it takes one.
//! A language that a peer does not know gets what the peer itself does then.

use std::collections::HashMap;

use icu_locale_core::LanguageIdentifier;
use icu_segmenter::{SentenceSegmenter, options::SentenceBreakOptions};
use unicode_segmentation::UnicodeSegmentation;
use verbatim::analysis::{language::LanguageTag, sentences};

pub trait Splitter {
    fn name(&self) -> &'static str;

    /// The bytes where sentences end, the white space after them perhaps included.
    fn ends(&mut self, text: &str, language: &str) -> Vec<usize>;

    /// How many sentences there are, by the peer's shortest way: for speed.
    fn count(&mut self, text: &str, language: &str) -> usize;
}

pub fn all() -> Vec<Box<dyn Splitter>> {
    vec![
        Box::new(Verbatim::default()),
        Box::new(Sentencex),
        Box::new(Icu::default()),
        Box::new(UnicodeRules),
    ]
}

/// Tags are read once each, as a program would that knows its languages.
#[derive(Default)]
struct Verbatim(HashMap<String, LanguageTag>);

impl Verbatim {
    fn tag(&mut self, language: &str) -> &LanguageTag {
        if !self.0.contains_key(language) {
            let tag = LanguageTag::parse(language).unwrap_or(LanguageTag::UNDETERMINED);
            self.0.insert(language.to_owned(), tag);
        }
        &self.0[language]
    }
}

impl Splitter for Verbatim {
    fn name(&self) -> &'static str {
        "verbatim"
    }

    fn ends(&mut self, text: &str, language: &str) -> Vec<usize> {
        sentences::split(text, self.tag(language)).iter().map(|s| s.span.end).collect()
    }

    fn count(&mut self, text: &str, language: &str) -> usize {
        sentences::split(text, self.tag(language)).len()
    }
}

struct Sentencex;

impl Splitter for Sentencex {
    fn name(&self) -> &'static str {
        "sentencex"
    }

    fn ends(&mut self, text: &str, language: &str) -> Vec<usize> {
        let boundaries = sentencex::get_sentence_boundaries(language, text);
        boundaries.iter().map(|boundary| boundary.end_byte).collect()
    }

    fn count(&mut self, text: &str, language: &str) -> usize {
        sentencex::segment(language, text).len()
    }
}

#[derive(Default)]
struct Icu(HashMap<String, SentenceSegmenter>);

impl Icu {
    fn segmenter(&mut self, language: &str) -> &SentenceSegmenter {
        if !self.0.contains_key(language) {
            let locale = LanguageIdentifier::try_from_str(language).ok();
            let mut options = SentenceBreakOptions::default();
            options.content_locale = locale.as_ref();
            let segmenter = SentenceSegmenter::try_new(options)
                .unwrap_or_else(|_| SentenceSegmenter::new(Default::default()).static_to_owned());
            self.0.insert(language.to_owned(), segmenter);
        }
        &self.0[language]
    }
}

impl Splitter for Icu {
    fn name(&self) -> &'static str {
        "icu_segmenter"
    }

    fn ends(&mut self, text: &str, language: &str) -> Vec<usize> {
        self.segmenter(language).as_borrowed().segment_str(text).collect()
    }

    /// The first boundary is the start of the text.
    fn count(&mut self, text: &str, language: &str) -> usize {
        self.segmenter(language).as_borrowed().segment_str(text).count().saturating_sub(1)
    }
}

struct UnicodeRules;

impl Splitter for UnicodeRules {
    fn name(&self) -> &'static str {
        "unicode-segmentation"
    }

    fn ends(&mut self, text: &str, _: &str) -> Vec<usize> {
        text.split_sentence_bound_indices().map(|(start, piece)| start + piece.len()).collect()
    }

    fn count(&mut self, text: &str, _: &str) -> usize {
        text.split_sentence_bounds().count()
    }
}
