//! The word lists: reporting verbs and the small words that build clauses.
//!
//! Knows words one at a time; what they do in their sentence is decided elsewhere.

use std::{collections::HashMap, sync::LazyLock};

use crate::analysis::word_list::entries;

/// Classes of words, as bits: one word may belong to several.
pub(super) mod class {
    pub const DETERMINER: u32 = 1;
    pub const POSSESSIVE: u32 = 1 << 1;
    pub const SUBJECT: u32 = 1 << 2;
    pub const OBJECT: u32 = 1 << 3;
    pub const PREPOSITION: u32 = 1 << 4;
    pub const AUXILIARY: u32 = 1 << 5;
    pub const MODAL: u32 = 1 << 6;
    pub const NEGATION: u32 = 1 << 7;
    pub const ADVERB: u32 = 1 << 8;
    pub const COORDINATOR: u32 = 1 << 9;
    pub const SUBORDINATOR: u32 = 1 << 10;
    pub const RELATIVE: u32 = 1 << 11;
    pub const QUESTION: u32 = 1 << 12;
    pub const TIME: u32 = 1 << 13;
    pub const FINITE: u32 = 1 << 14;
    // By the look of the token, not by a list.
    pub const WORD: u32 = 1 << 15;
    pub const NUMBER: u32 = 1 << 16;
    pub const CAPITAL: u32 = 1 << 17;
    pub const CLITIC: u32 = 1 << 18;
    pub const COMMA: u32 = 1 << 19;
    pub const COLON: u32 = 1 << 20;
    pub const SEMICOLON: u32 = 1 << 21;
    pub const DASH: u32 = 1 << 22;
    pub const OPEN: u32 = 1 << 23;
    pub const CLOSE: u32 = 1 << 24;
    pub const STOP: u32 = 1 << 25;
    pub const QUOTE: u32 = 1 << 26;
    pub const THAT: u32 = 1 << 27;
    pub const TO: u32 = 1 << 28;
    pub const ING: u32 = 1 << 29;
    pub const ED: u32 = 1 << 30;
    pub const VENUE: u32 = 1 << 31;
}

static WORDS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in entries(include_str!("data/words.txt")) {
        let (name, list) = line.split_once(':').expect("words.txt: class: words");
        let bit = match name {
            "determiner" => class::DETERMINER,
            "possessive" => class::POSSESSIVE,
            "subject" => class::SUBJECT,
            "object" => class::OBJECT,
            "preposition" => class::PREPOSITION,
            "auxiliary" => class::AUXILIARY,
            "modal" => class::MODAL,
            "negation" => class::NEGATION,
            "adverb" => class::ADVERB,
            "coordinator" => class::COORDINATOR,
            "subordinator" => class::SUBORDINATOR,
            "relative" => class::RELATIVE,
            "question" => class::QUESTION,
            "time" => class::TIME,
            "finite" => class::FINITE,
            "venue" => class::VENUE,
            _ => panic!("words.txt: no class {name}"),
        };
        for word in list.split_whitespace() {
            *words.entry(word).or_insert(0) |= bit;
        }
    }
    words
});

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "say": infinitive, or finite after a plural.
    Base,
    /// "says".
    Third,
    /// "wrote"; of a regular verb also the participle: "claimed".
    Past,
    /// "written", where it is not the form of the past too.
    Participle,
    /// "saying".
    Ing,
}

/// What a reporting verb takes.
pub(super) mod takes {
    pub const THAT: u8 = 1;
    pub const CLAUSE: u8 = 1 << 1;
    pub const NOUN: u8 = 1 << 2;
    pub const TO: u8 = 1 << 3;
    pub const PERSON_TO: u8 = 1 << 4;
    pub const PERSON: u8 = 1 << 5;
    pub const DIRECT: u8 = 1 << 6;
    pub const MIND: u8 = 1 << 7;
}

/// A reading of a word as a reporting verb.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub form: Form,
    /// The infinitive.
    pub lemma: &'static str,
    /// Words that must follow.
    pub particle: Vec<&'static str>,
    /// Bits of `takes`.
    pub takes: u8,
}

static VERBS: LazyLock<HashMap<&'static str, Vec<Reading>>> = LazyLock::new(|| {
    let mut verbs: HashMap<&str, Vec<Reading>> = HashMap::new();
    for line in entries(include_str!("data/verbs.txt")) {
        let (verb, frames) = line.split_once(':').expect("verbs.txt: forms : frames");
        let (forms, particle) = verb.split_once('|').unwrap_or((verb, ""));
        let particle: Vec<_> = particle.split_whitespace().collect();
        let takes = frames.split_whitespace().fold(0, |bits, frame| bits | frame_bit(frame));
        let forms: Vec<_> = forms.split_whitespace().collect();
        let [base, third, past, participle, ing] = forms[..] else {
            panic!("verbs.txt: not five forms: {line}")
        };
        let lemma = base.trim_matches(['(', ')']);
        for (word, form) in [
            (base, Form::Base),
            (third, Form::Third),
            (past, Form::Past),
            (participle, Form::Participle),
            (ing, Form::Ing),
        ] {
            if word == "-" || word.starts_with('(') {
                continue;
            }
            let readings = verbs.entry(word).or_default();
            match readings.iter_mut().find(|r| r.lemma == lemma && r.particle == particle) {
                Some(reading) => reading.takes |= takes,
                None => readings.push(Reading { form, lemma, particle: particle.clone(), takes }),
            }
        }
    }
    // Longest particle first, so that the first reading that fits is the best.
    for readings in verbs.values_mut() {
        readings.sort_by_key(|r| std::cmp::Reverse(r.particle.len()));
    }
    verbs
});

fn frame_bit(frame: &str) -> u8 {
    match frame {
        "that" => takes::THAT,
        "clause" => takes::CLAUSE,
        "noun" => takes::NOUN,
        "to" => takes::TO,
        "personto" => takes::PERSON_TO,
        "person" => takes::PERSON,
        "direct" => takes::DIRECT,
        "mind" => takes::MIND,
        _ => panic!("verbs.txt: no frame {frame}"),
    }
}

/// Longest word in the lists, and more.
const MAX_WORD: usize = 24;

/// `word` in lower case in `buffer`; `None` where it is longer than any in the
/// lists. Curly apostrophes become straight ones.
fn normalize<'a>(word: &str, buffer: &'a mut String) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    buffer.clear();
    buffer.extend(word.chars().map(|c| if c == '’' { '\'' } else { c.to_ascii_lowercase() }));
    Some(buffer)
}

/// The listed classes of `word`, in any case.
pub(super) fn classes(word: &str, buffer: &mut String) -> u32 {
    normalize(word, buffer).and_then(|word| WORDS.get(word).copied()).unwrap_or(0)
}

/// The readings of `word` as a reporting verb, those with more particles first.
pub(super) fn readings(word: &str, buffer: &mut String) -> &'static [Reading] {
    normalize(word, buffer).and_then(|word| VERBS.get(word)).map_or(&[], Vec::as_slice)
}

/// Whether `word` is where or how something is said: "statement", "Twitter".
pub(super) fn is_venue(word: &str) -> bool {
    classes(word, &mut String::new()) & class::VENUE != 0
}

/// Reads the lists.
pub(super) fn load() {
    LazyLock::force(&WORDS);
    LazyLock::force(&VERBS);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_well_formed_and_forms_are_found() {
        load();
        let mut buffer = String::new();
        assert_eq!(readings("Said", &mut buffer).last().unwrap().lemma, "say");
        assert_eq!(readings("wrote", &mut buffer).last().unwrap().form, Form::Past);
        assert!(readings("table", &mut buffer).is_empty());
        assert!(classes("Won’t", &mut buffer) & class::MODAL != 0);
    }
}
