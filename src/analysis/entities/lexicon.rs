//! The word lists in `data/`, read once.
//!
//! Answers what a word is known as. Knows nothing of contexts, and finds no names:
//! that is the network's work.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::analysis::word_list::{entries, plain};

/// What gender a given name usually has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
}

pub(super) struct Lexicon {
    /// Countries, nationalities and abbreviations, in lower case: what stands before
    /// the name of a body ("Omani Foreign Ministry") and may be left out.
    places: HashSet<String>,
    genders: HashMap<String, Option<Gender>>,
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

/// Whether the list of given names has it, of whatever gender. Case does not matter.
pub(super) fn is_given_name(word: &str) -> bool {
    lexicon().genders.contains_key(&normalize(word))
}

/// As the lists have it.
pub(super) fn normalize(word: &str) -> String {
    plain(word).collect()
}

impl Lexicon {
    fn read() -> Self {
        let aliases: HashMap<String, String> = entries(include_str!("data/aliases.txt"))
            .filter_map(|line| line.split_once(" = "))
            .map(|(from, to)| (normalize(from), normalize(to)))
            .collect();
        let places = entries(include_str!("data/countries.txt"))
            .chain(entries(include_str!("data/nationalities.txt")))
            .map(normalize)
            .chain(aliases.keys().cloned())
            .collect();
        let genders = entries(include_str!("data/given_names.txt"))
            .map(|entry| match entry.rsplit_once(' ') {
                Some((name, "m")) => (normalize(name), Some(Gender::Male)),
                Some((name, "f")) => (normalize(name), Some(Gender::Female)),
                _ => (normalize(entry), None),
            })
            .collect();
        Self { places, genders, aliases }
    }

    /// Whether a word in lower case is a place or of one.
    pub fn is_place(&self, word: &str) -> bool {
        self.places.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_countries_nationalities_and_their_abbreviations() {
        for word in ["omani", "russia", "us"] {
            assert!(lexicon().is_place(word), "{word}");
        }
        assert!(!lexicon().is_place("foreign"));
    }

    #[test]
    fn genders_of_given_names() {
        assert_eq!(gender_of_given_name("Sergey"), Some(Gender::Male));
        assert_eq!(gender_of_given_name("ANGELA"), Some(Gender::Female));
        assert_eq!(gender_of_given_name("Kim"), None);
        assert_eq!(gender_of_given_name("Xyzzy"), None);
    }
}
