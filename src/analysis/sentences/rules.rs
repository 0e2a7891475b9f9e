//! Rules: what the splitter knows about single languages, read from `data/`.
//!
//! Must not look at texts.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::LanguageTag;
use crate::analysis::word_list::entries;

/// How an abbreviation before a stop behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before what it belongs to and never ends a sentence: "Dr.".
    Leading,
    /// The same before a number only: "No. 5".
    Numbering,
    /// May end a sentence: "Inc.". It does before a word that often starts one.
    Plain,
}

/// What is known about one language.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// By the lower-case form without its last stop. The flag: only where the text
    /// has a capital.
    abbreviations: HashMap<String, (Abbreviation, bool)>,
    /// Lower-case words that often start a sentence and seldom a name.
    starters: HashSet<String>,
    /// Lower-case verbs that report speech.
    speech: HashSet<String>,
    /// A mark that ends sentences in this language, as ";" does in Greek.
    pub(super) further_mark: Option<char>,
    /// Whether a stop after a small number makes it an ordinal: "3. Oktober".
    pub(super) ordinals: bool,
}

macro_rules! languages {
    ($($code:literal),* $(,)?) => {
        /// Primary subtags of the languages with rules of their own, sorted; "und"
        /// stands for all others, which have neutral rules.
        pub const LANGUAGES: &[&str] = &[$($code),*];

        const DATA: &[&str] = &[$(include_str!(concat!("data/", $code, ".txt"))),*];
    };
}

languages!("de", "el", "en", "es", "fr", "hy", "it", "nl", "pt", "ru", "und");

static RULES: LazyLock<Vec<Rules>> =
    LazyLock::new(|| DATA.iter().map(|data| Rules::read(data)).collect());

/// Reads the lists now rather than at the first text.
pub fn load() {
    LazyLock::force(&RULES);
}

impl Rules {
    /// The rules for a language, the neutral ones where it has none of its own.
    pub(super) fn of(language: &LanguageTag) -> &'static Rules {
        let neutral = LANGUAGES.len() - 1;
        &RULES[LANGUAGES.binary_search(&language.primary()).unwrap_or(neutral)]
    }

    /// Reads a data file; its format stands at the top of `data/en.txt`. A test
    /// checks every file, so an unknown section here is left out.
    fn read(data: &str) -> Self {
        let mut rules = Self::default();
        let mut section = "";
        for line in entries(data) {
            if let Some(name) = line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                section = name;
                continue;
            }
            match section {
                "leading" => rules.add(line, Abbreviation::Leading),
                "numbering" => rules.add(line, Abbreviation::Numbering),
                "plain" => rules.add(line, Abbreviation::Plain),
                "starters" => drop(rules.starters.insert(line.to_lowercase())),
                "speech" => drop(rules.speech.insert(line.to_lowercase())),
                "further mark" => rules.further_mark = line.chars().next(),
                "ordinals" => rules.ordinals = line == "yes",
                _ => debug_assert!(false, "unknown section [{section}]"),
            }
        }
        rules
    }

    fn add(&mut self, entry: &str, kind: Abbreviation) {
        let capital = entry.starts_with(char::is_uppercase);
        let key = entry.trim_end_matches('.').to_lowercase();
        self.abbreviations.insert(key, (kind, capital));
    }

    /// How `word`, which has a stop after it, behaves if it is an abbreviation.
    pub(super) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let &(kind, needs_capital) = self.abbreviations.get(&word.to_lowercase())?;
        let mut chars = word.chars();
        let has_capital = chars.next().is_some_and(char::is_uppercase);
        // A capital alone is an initial.
        let is_initial = has_capital && chars.next().is_none();
        (has_capital && !is_initial || needs_capital == has_capital).then_some(kind)
    }

    /// Whether a sentence may well start with `word`.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        let word = word.split(['\'', '’']).next().unwrap_or(word);
        self.starters.contains(&word.to_lowercase())
    }

    /// Whether `word` reports speech: "said".
    pub(super) fn is_speech(&self, word: &str) -> bool {
        self.speech.contains(&word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::{Abbreviation, LANGUAGES, LanguageTag, Rules};

    #[test]
    fn languages_are_sorted_and_every_file_can_be_read() {
        assert_eq!(LANGUAGES.last(), Some(&"und"));
        assert!(LANGUAGES.is_sorted());
        for code in LANGUAGES {
            Rules::of(&LanguageTag::from_static(code));
        }
    }

    #[test]
    fn entries_with_a_capital_need_one_in_the_text() {
        let rules = Rules::of(&LanguageTag::from_static("en"));
        assert_eq!(rules.abbreviation("Sat"), Some(Abbreviation::Plain));
        assert_eq!(rules.abbreviation("sat"), None);
        assert_eq!(rules.abbreviation("NO"), Some(Abbreviation::Numbering));
    }
}
