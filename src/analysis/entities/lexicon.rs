//! The word lists in `data/`, read once.
//!
//! Answers what a word or phrase is known as. Knows nothing of contexts.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::analysis::word_list::entries;

/// What a phrase is known as: a set, since "Jordan" is a country and a man.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Known(u16);

impl Known {
    pub const PLACE: Self = Self(1);
    pub const NORP: Self = Self(1 << 1);
    pub const ORGANIZATION: Self = Self(1 << 2);
    pub const MISC: Self = Self(1 << 3);
    pub const PRODUCT: Self = Self(1 << 4);
    pub const SURNAME: Self = Self(1 << 5);
    pub const GIVEN: Self = Self(1 << 6);
    /// All that name something by themselves.
    pub const NAME: Self = Self(0b1_1111);

    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What gender a given name usually has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
}

/// The longest phrase of the lists, in words.
pub(super) const MAX_PHRASE: usize = 6;

pub(super) struct Lexicon {
    /// Phrases in lower case, words joined by one space.
    phrases: HashMap<String, Known>,
    /// Phrases all in capitals ("US"), which must be written so.
    capitals: HashMap<String, Known>,
    /// How many words the longest phrase has that begins with a word in lower case.
    longest: HashMap<String, usize>,
    genders: HashMap<String, Option<Gender>>,
    pub countries: HashSet<String>,
    pub organization_heads: HashSet<String>,
    /// The last words of all head words.
    pub ends_heads: HashSet<String>,
    /// Those that end a name for certain: "Party", "Inc".
    pub organization_heads_final: HashSet<String>,
    pub organization_first: HashSet<String>,
    pub facility_heads: HashSet<String>,
    pub location_heads: HashSet<String>,
    pub location_first: HashSet<String>,
    pub misc_heads: HashSet<String>,
    pub titles: HashSet<String>,
    /// Those that only stand before another: "Foreign" before "Minister".
    pub title_modifiers: HashSet<String>,
    pub speech_verbs: HashSet<String>,
    pub person_verbs: HashSet<String>,
    pub common: HashSet<String>,
    pub not_names: HashSet<String>,
    /// Forms of one name: "us" → "united states".
    pub aliases: HashMap<String, String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// The gender that a given name ("Sergey") usually has; `None` where it is not
/// known or either may be meant. Case does not matter.
pub fn gender_of_given_name(name: &str) -> Option<Gender> {
    let name = normalize(name);
    lexicon().genders.get(&name).copied().flatten().or_else(|| {
        // "Jean-Luc" follows "Jean" where the list has not the whole.
        let (first, _) = name.split_once('-')?;
        lexicon().genders.get(first).copied().flatten()
    })
}

/// Lower case, with plain apostrophes.
pub(super) fn normalize(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '\u{2019}' | '\u{2018}' | '`') { '\'' } else { c })
        .collect()
}

fn set(data: &'static str) -> HashSet<String> {
    entries(data).map(normalize).collect()
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self {
            phrases: HashMap::new(),
            capitals: HashMap::new(),
            longest: HashMap::new(),
            genders: HashMap::new(),
            countries: set(include_str!("data/countries.txt")),
            organization_heads: set(include_str!("data/organization_heads.txt")),
            ends_heads: HashSet::new(),
            organization_heads_final: set(include_str!("data/organization_heads_final.txt")),
            organization_first: set(include_str!("data/organization_first.txt")),
            facility_heads: set(include_str!("data/facility_heads.txt")),
            location_heads: set(include_str!("data/location_heads.txt")),
            location_first: set(include_str!("data/location_first.txt")),
            misc_heads: set(include_str!("data/misc_heads.txt")),
            titles: entries(include_str!("data/titles.txt"))
                .map(|line| normalize(line.trim_end_matches(" +")))
                .collect(),
            title_modifiers: entries(include_str!("data/titles.txt"))
                .filter_map(|line| line.strip_suffix(" +"))
                .map(normalize)
                .collect(),
            speech_verbs: set(include_str!("data/speech_verbs.txt")),
            person_verbs: set(include_str!("data/person_verbs.txt")),
            common: set(include_str!("data/common_words.txt")),
            not_names: entries(include_str!("data/not_names.txt")).map(str::to_owned).collect(),
            aliases: entries(include_str!("data/aliases.txt"))
                .filter_map(|line| line.split_once(" = "))
                .map(|(from, to)| (normalize(from), normalize(to)))
                .collect(),
        };
        lexicon.ends_heads = [
            &lexicon.organization_heads,
            &lexicon.facility_heads,
            &lexicon.location_heads,
            &lexicon.misc_heads,
        ]
        .into_iter()
        .flatten()
        .filter_map(|head| head.rsplit(' ').next().map(str::to_owned))
        .collect();
        for (data, known) in [
            (include_str!("data/countries.txt"), Known::PLACE),
            (include_str!("data/cities.txt"), Known::PLACE),
            (include_str!("data/regions.txt"), Known::PLACE),
            (include_str!("data/organizations.txt"), Known::ORGANIZATION),
            (include_str!("data/misc.txt"), Known::MISC),
            (include_str!("data/products.txt"), Known::PRODUCT),
            (include_str!("data/surnames.txt"), Known::SURNAME),
        ] {
            for entry in entries(data) {
                lexicon.add(entry, known);
            }
        }
        for entry in entries(include_str!("data/nationalities.txt")) {
            lexicon.add(entry, Known::NORP);
            if !entry.ends_with(['s', 'h', 'x']) && !entry.ends_with("ese") {
                lexicon.add(&format!("{entry}s"), Known::NORP);
            }
        }
        // "Arizonans", "Alaskan".
        for data in [include_str!("data/countries.txt"), include_str!("data/regions.txt")] {
            for entry in entries(data).filter(|e| e.ends_with('a') && e.len() > 4) {
                lexicon.add(&format!("{entry}n"), Known::NORP);
                lexicon.add(&format!("{entry}ns"), Known::NORP);
            }
        }
        for entry in entries(include_str!("data/given_names.txt")) {
            let (name, gender) = match entry.rsplit_once(' ') {
                Some((name, "m")) => (name, Some(Gender::Male)),
                Some((name, "f")) => (name, Some(Gender::Female)),
                _ => (entry, None),
            };
            lexicon.add(name, Known::GIVEN);
            lexicon.genders.insert(normalize(name), gender);
        }
        lexicon
    }

    fn add(&mut self, entry: &str, known: Known) {
        if let Some((first, rest)) = entry.split_once(' ') {
            let longest = self.longest.entry(normalize(first)).or_default();
            *longest = (*longest).max(rest.split(' ').count() + 1);
        }
        let (map, key) = if entry.chars().any(char::is_lowercase) {
            (&mut self.phrases, normalize(entry))
        } else {
            (&mut self.capitals, entry.to_owned())
        };
        let slot = map.entry(key).or_default();
        *slot = slot.with(known);
    }

    /// How many words the longest phrase has that begins with `word` (lower case).
    pub fn longest(&self, word: &str) -> usize {
        self.longest.get(word).copied().unwrap_or(1)
    }

    /// What a phrase is known as, by its words as written (`exact`) and in lower
    /// case (`lower`), each joined by single spaces.
    pub fn known(&self, exact: &str, lower: &str) -> Known {
        let a = self.phrases.get(lower).copied().unwrap_or_default();
        let b = self.capitals.get(exact).copied().unwrap_or_default();
        a.with(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_must_be_written_so() {
        assert!(lexicon().known("US", "us").any(Known::PLACE));
        assert!(!lexicon().known("Us", "us").any(Known::PLACE));
        assert!(lexicon().known("RUSSIA", "russia").any(Known::PLACE));
        assert!(lexicon().known("Syrians", "syrians").any(Known::NORP));
    }

    #[test]
    fn genders_of_given_names() {
        assert_eq!(gender_of_given_name("Sergey"), Some(Gender::Male));
        assert_eq!(gender_of_given_name("ANGELA"), Some(Gender::Female));
        assert_eq!(gender_of_given_name("Kim"), None);
        assert_eq!(gender_of_given_name("Xyzzy"), None);
    }
}
