//! Entities: who and what a text names.
//!
//! First mentions: what has a form (`patterns`, `money`,
//! `dates`), then names (`words`,
//! `chunks`, `names`, `evidence`). Then the entities they stand for (`group`). The
//! word lists are in `lexicon`. Must not look at quotes.

mod chunks;
mod context;
mod dates;
mod evidence;
mod group;
mod heads;
mod lexicon;
mod money;
mod names;
mod patterns;
mod segment;
#[cfg(test)]
mod tests;
mod words;

pub use lexicon::{Gender, gender_of_given_name};

use super::{Span, Token, sentences::Sentence};

/// The name of this set of rules, and its version: raised whenever answers change.
pub const MODEL: &str = "entities-rules";
pub const MODEL_VERSION: &str = "1";

/// Primary subtags of the languages supported, sorted.
pub const LANGUAGES: &[&str] = &["en"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityType {
    Person,
    Organization,
    Location,
    Norp,
    Facility,
    Product,
    Misc,
    Date,
    Money,
    Percent,
    Email,
    Url,
}

impl EntityType {
    pub const ALL: [Self; 12] = [
        Self::Person,
        Self::Organization,
        Self::Location,
        Self::Norp,
        Self::Facility,
        Self::Product,
        Self::Misc,
        Self::Date,
        Self::Money,
        Self::Percent,
        Self::Email,
        Self::Url,
    ];

    /// The name for people and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Location => "Location",
            Self::Norp => "NORP",
            Self::Facility => "Facility",
            Self::Product => "Product",
            Self::Misc => "Misc",
            Self::Date => "Date",
            Self::Money => "Money",
            Self::Percent => "Percent",
            Self::Email => "Email",
            Self::Url => "URL",
        }
    }
}

/// One place where the text names an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    pub span: Span,
    pub kind: EntityType,
    /// 0 to 1.
    pub confidence: f32,
    /// Index of the sentence that it starts in.
    pub sentence: usize,
    /// Index of its entity.
    pub entity: usize,
}

/// A thing that the text names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The fullest form in the text.
    pub name: String,
    pub kind: EntityType,
    /// Indexes of its mentions, ascending, at least one.
    pub mentions: Vec<usize>,
}

/// Mentions ordered by start, not overlapping; entities in the order of their
/// first mentions. Every mention belongs to exactly one entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
}

/// A mention before its sentence and entity are known.
#[derive(Clone, Copy, Debug)]
struct Found {
    span: Span,
    kind: EntityType,
    confidence: f32,
}

/// Reads the word lists, so that the first text is as fast as any other.
pub fn load() {
    lexicon::lexicon();
}

/// The entities of an English text. Linear in the text.
pub fn tag(text: &str, sentences: &[Sentence], tokens: &[Token]) -> Entities {
    let words = words::words(text, sentences, tokens);
    let mut found = patterns::find(text, &words);
    let free = free_words(&words, &found);
    found.extend(names::find(&words, &free));
    found.sort_by_key(|f| f.span);
    patterns::join_years(text, &mut found);
    group::group(text, in_sentences(&found, sentences))
}

/// Which words no pattern has taken. `taken` is ordered.
fn free_words(words: &[words::Word], taken: &[Found]) -> Vec<bool> {
    let mut taken = taken.iter().map(|f| f.span).peekable();
    words
        .iter()
        .map(|word| {
            while taken.peek().is_some_and(|span| span.end <= word.span.start) {
                taken.next();
            }
            !taken.peek().is_some_and(|span| span.overlaps(word.span))
        })
        .collect()
}

/// Mentions with the sentences that they start in, without overlaps.
fn in_sentences(found: &[Found], sentences: &[Sentence]) -> Vec<Mention> {
    let mut sentence = 0;
    let mut end = 0;
    let mut mentions = Vec::with_capacity(found.len());
    for &Found { span, kind, confidence } in found {
        if span.start < end || span.is_empty() {
            continue;
        }
        end = span.end;
        while sentence + 1 < sentences.len() && sentences[sentence].span.end <= span.start {
            sentence += 1;
        }
        let confidence = (confidence * 100.0).round() / 100.0;
        mentions.push(Mention { span, kind, confidence, sentence, entity: 0 });
    }
    mentions
}
