//! The word lists of each language, one file each in `data/`: "class: words".
//!
//! | class | what it is for |
//! |---|---|
//! | `verb` | a reporting verb: forms that stand alone, then "\|", then those with an auxiliary |
//! | `direct` | the same for verbs that report only beside quotation marks or with `that` |
//! | `auxiliary`, `being` | what a participle stands with; `being` only after a reflexive ("s'est exclamé") |
//! | `that` | begins what is said |
//! | `according` | "selon": who speaks comes after it; phrases, between commas |
//! | `after` | those of `according` that stand only behind what is said: ", so Merkel" |
//! | `pronoun`, `he`, `she` | who speaks, by a pronoun |
//! | `reflexive`, `adverb` | may stand between the parts of a verb, or beside it |
//! | `determiner`, `of` | go on with a noun phrase |
//! | `ends` | ends a noun phrase: prepositions, conjunctions |
//! | `time` | does too, and may stand between a verb and who speaks: days |
//! | `gerund` | reports for whoever spoke before: "ajoutant que" |
//! | `calls` | a reporting verb that gives a name in marks: "appelait le pont « sûr »" |
//! | `separable` | "prefix: verbs" that report with their prefix at the end of the clause: "stellte fest" |
//! | `relative` | begins a relative clause, which goes on with who speaks: "qui" |
//! | `as` | begins "wie X sagte," |
//! | `impersonal` | nobody speaks: "se dice" |
//! | `and` | joins noun phrases |
//! | `finite` | verbs that report nothing: they part a noun phrase from a later verb |
//! | `about` | leads to what the verb speaks of, so that `that` behind it is a relative pronoun |
//! | `title` | stands before a name and is not part of it; "-minister" for the end of a word |
//! | `particle` | may stand inside a name: "von" |
//! | `origin` | who "selon" may stand with without a name: "police" |
//! | `verb-second` | "yes" where what leads a sentence has the verb behind it: "Am Montag sagte X" |
//! | `capitals` | "yes" where every noun has a capital |
//! | `bare` | "yes" where a comma may begin what is said: "Er sagte, sie komme" |
//!
//! Knows words one at a time; what they do in their sentence is decided elsewhere.

use std::{collections::HashMap, sync::LazyLock};

use crate::analysis::{
    language::LanguageTag,
    word_list::{entries, plain},
};

/// Classes of words, as bits that the looks of a token leave free.
pub(super) mod class {
    pub use crate::analysis::quotes::lexicon::class::{
        CAPITAL, CLOSE, COLON, COMMA, DASH, NUMBER, OPEN, QUOTE, SEMICOLON, STOP, WORD,
    };
    pub const VERB: u32 = 1;
    pub const PARTICIPLE: u32 = 1 << 1;
    pub const AUXILIARY: u32 = 1 << 2;
    pub const BEING: u32 = 1 << 3;
    pub const THAT: u32 = 1 << 4;
    pub const PRONOUN: u32 = 1 << 5;
    pub const HE: u32 = 1 << 6;
    pub const SHE: u32 = 1 << 7;
    pub const REFLEXIVE: u32 = 1 << 8;
    pub const ADVERB: u32 = 1 << 9;
    pub const DETERMINER: u32 = 1 << 10;
    pub const OF: u32 = 1 << 11;
    pub const ENDS: u32 = 1 << 12;
    pub const PARTICLE: u32 = 1 << 13;
    pub const ORIGIN: u32 = 1 << 14;
    pub const GERUND: u32 = 1 << 18;
    pub const TITLE: u32 = 1 << 27;
    pub const TIME: u32 = 1 << 28;
    pub const DIRECT: u32 = 1 << 29;
    pub const AND: u32 = 1 << 30;
    pub const FINITE: u32 = 1 << 31;
}

/// What is known of one language.
#[derive(Default)]
pub(super) struct Lists {
    words: HashMap<&'static str, u32>,
    /// Phrases of one or more words, the longest first.
    pub according: Vec<Vec<&'static str>>,
    pub after: Vec<&'static str>,
    title_ends: Vec<&'static str>,
    about: Vec<&'static str>,
    impersonal: Vec<&'static str>,
    calls: Vec<&'static str>,
    introducing: Vec<&'static str>,
    relative: Vec<&'static str>,
    separable: Vec<(&'static str, &'static str)>,
    /// Whether a comma alone may begin what is said.
    pub bare: bool,
    /// Whether the verb follows what leads the sentence.
    pub verb_second: bool,
    /// Whether every noun has a capital.
    pub nouns_are_capitalized: bool,
}

/// The languages with lists, by primary subtag, sorted.
pub(super) static ALL: LazyLock<[(&str, Lists); 7]> = LazyLock::new(|| {
    [
        ("de", read(include_str!("data/de.txt"))),
        ("es", read(include_str!("data/es.txt"))),
        ("fr", read(include_str!("data/fr.txt"))),
        ("it", read(include_str!("data/it.txt"))),
        ("nl", read(include_str!("data/nl.txt"))),
        ("pt", read(include_str!("data/pt.txt"))),
        ("ru", read(include_str!("data/ru.txt"))),
    ]
});

/// The lists of `language`, if there are any.
pub(super) fn of(language: &LanguageTag) -> Option<&'static Lists> {
    ALL.iter().find(|(code, _)| language.is_one_of(&[code])).map(|(_, lists)| lists)
}

fn read(file: &'static str) -> Lists {
    let mut lists = Lists::default();
    for line in entries(file) {
        let (name, words) = line.split_once(':').expect("a line is `class: words`");
        if let Some(list) = lists.list(name) {
            list.extend(words.split_whitespace());
            continue;
        }
        if let Some(setting) = lists.setting(name) {
            *setting = words.trim() == "yes";
            continue;
        }
        let bit = match name {
            "verb" | "direct" | "calls" => {
                let (alone, participles) = words.split_once('|').unwrap_or((words, ""));
                let more = if name == "verb" { 0 } else { class::DIRECT };
                if name == "calls" {
                    lists
                        .calls
                        .extend(alone.split_whitespace().chain(participles.split_whitespace()));
                }
                lists.add(alone, class::VERB | more);
                lists.add(participles, class::PARTICIPLE | more);
                continue;
            }
            "according" => {
                let phrases = words.split(',').map(|phrase| phrase.split_whitespace().collect());
                lists.according.extend(phrases);
                for phrase in words.split(',').map(str::trim).filter(|p| !p.contains(' ')) {
                    lists.add(phrase, class::ENDS);
                }
                lists.according.sort_by_key(|phrase: &Vec<_>| std::cmp::Reverse(phrase.len()));
                continue;
            }
            "separable" => {
                let (prefix, verbs) = words.split_once(':').expect("`separable: prefix: verbs`");
                let verbs = verbs.split_whitespace().map(|verb| (verb, prefix.trim()));
                lists.separable.extend(verbs);
                continue;
            }
            "title" => {
                lists
                    .title_ends
                    .extend(words.split_whitespace().filter_map(|word| word.strip_prefix('-')));
                class::TITLE
            }
            "auxiliary" => class::AUXILIARY,
            "being" => class::BEING,
            "that" => class::THAT,
            "pronoun" => class::PRONOUN,
            "he" => class::HE,
            "she" => class::SHE,
            "reflexive" => class::REFLEXIVE,
            "adverb" => class::ADVERB,
            "determiner" => class::DETERMINER,
            "of" => class::OF,
            "ends" => class::ENDS,
            "time" => class::TIME | class::ENDS,
            "particle" => class::PARTICLE,
            "origin" => class::ORIGIN,
            "and" => class::AND,
            "finite" => class::FINITE,
            "gerund" => class::GERUND,
            _ => panic!("no class {name}"),
        };
        lists.add(words, bit);
    }
    lists
}

/// Longest word in the lists, in bytes, and more.
const MAX_WORD: usize = 48;

impl Lists {
    /// The list of a class that has no bit.
    fn list(&mut self, name: &str) -> Option<&mut Vec<&'static str>> {
        match name {
            "after" => Some(&mut self.after),
            "about" => Some(&mut self.about),
            "impersonal" => Some(&mut self.impersonal),
            "relative" => Some(&mut self.relative),
            "as" => Some(&mut self.introducing),
            _ => None,
        }
    }

    /// What is "yes" or not.
    fn setting(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "bare" => Some(&mut self.bare),
            "verb-second" => Some(&mut self.verb_second),
            "capitals" => Some(&mut self.nouns_are_capitalized),
            _ => None,
        }
    }

    fn add(&mut self, words: &'static str, bit: u32) {
        for word in words.split_whitespace() {
            *self.words.entry(word).or_insert(0) |= bit;
        }
    }

    /// Whether "that" may be a relative pronoun: "the plans that he has".
    pub fn that_may_be_relative(&self) -> bool {
        !self.about.is_empty()
    }

    /// Whether `word` leads to what the verb speaks of.
    pub fn is_about(&self, word: &str) -> bool {
        self.about.contains(&word)
    }

    /// Whether the verb `word` gives a name.
    pub fn is_calling(&self, word: &str) -> bool {
        self.calls.contains(&word)
    }

    /// Whether `word` begins "wie X sagte,".
    pub fn is_as(&self, word: &str) -> bool {
        self.introducing.iter().any(|listed| plain(word).eq(listed.chars()))
    }

    /// Whether `word` begins a relative clause.
    pub fn is_relative(&self, word: &str) -> bool {
        self.relative.contains(&word)
    }

    /// The prefixes that make `word` a reporting verb.
    pub fn prefixes_of(&self, word: &str) -> impl Iterator<Item = &'static str> {
        self.separable.iter().filter(move |(verb, _)| *verb == word).map(|(_, prefix)| *prefix)
    }

    /// Whether nobody speaks where `word` stands before the verb: "se dice".
    pub fn is_impersonal(&self, word: &str) -> bool {
        self.impersonal.iter().any(|listed| word.eq_ignore_ascii_case(listed))
    }

    /// The classes of `word`, in any case.
    pub fn classes(&self, word: &str, buffer: &mut String) -> u32 {
        if word.len() > MAX_WORD {
            return 0;
        }
        buffer.clear();
        buffer.extend(plain(word));
        // "M." is one word with its stop, "Mme" has none.
        let bare = buffer.trim_end_matches('.');
        let listed = self.words.get(buffer.as_str()).or_else(|| self.words.get(bare));
        let listed = listed.copied().unwrap_or(0);
        let titled = self.title_ends.iter().any(|end| buffer.ends_with(end));
        if titled { listed | class::TITLE } else { listed }
    }
}

#[cfg(test)]
mod tests {
    use super::{class::*, *};

    #[test]
    fn every_file_is_well_formed() {
        let mut buffer = String::new();
        for (code, lists) in ALL.iter() {
            assert!(lists.words.values().filter(|bits| **bits & VERB != 0).count() > 100, "{code}");
            assert!(!lists.according.is_empty() && lists.bare == (*code == "de"), "{code}");
        }
        let german = of(&LanguageTag::from_static("de-AT")).unwrap();
        assert!(german.classes("Sagte", &mut buffer) & VERB != 0);
        assert!(german.classes("Außenminister", &mut buffer) & TITLE != 0);
        let french = of(&LanguageTag::from_static("fr")).unwrap();
        assert!(french.classes("Qu’", &mut buffer) & THAT != 0);
        assert!(of(&LanguageTag::from_static("en")).is_none());
    }
}
