//! Rules: what the splitter knows about single languages, read from `data/`.
//!
//! Must not look at texts.

use std::sync::LazyLock;

use super::{LanguageTag, lookup::Lookup};
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
    /// By the form without its last stop, in lower case but for a capital at its
    /// start: "Sat" counts only where the text has that capital too.
    abbreviations: Lookup<Abbreviation>,
    /// Bytes of the longest of them.
    longest: usize,
    /// Lower-case words that often start a sentence and seldom a name.
    starters: Lookup<()>,
    /// Lower-case verbs that report speech.
    speech: Lookup<()>,
    /// Lower-case names of months, in the forms that dates use.
    months: Lookup<()>,
    /// A mark that ends sentences in this language, as ";" does in Greek.
    pub(super) further_mark: Option<char>,
    /// Whether a stop after a small number makes it an ordinal: "3. Oktober".
    pub(super) ordinals: bool,
    /// Whether a sentence may end at any space, without a mark.
    pub(super) unmarked: bool,
}

macro_rules! languages {
    ($($code:literal),* $(,)?) => {
        /// Primary subtags of the languages with rules of their own, sorted; "und"
        /// stands for all others, which have neutral rules.
        pub const LANGUAGES: &[&str] = &[$($code),*];

        const DATA: &[&str] = &[$(include_str!(concat!("data/", $code, ".txt"))),*];
    };
}

languages!(
    "af", "am", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et",
    "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja",
    "ka", "kk", "kn", "ko", "lt", "lv", "mk", "ml", "mr", "ms", "my", "nb", "nl", "pa", "pl", "pt",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "und",
    "ur", "uz", "vi", "zh",
);

/// Codes that use the rules of another: longer codes of a language that the detector
/// does not know, macrolanguages, and near relatives written with the same short forms.
const RELATIVES: &[(&str, &str)] = &[
    ("als", "sq"),
    ("bos", "sr"),
    ("bs", "sr"),
    ("cnr", "sr"),
    ("eus", "eu"),
    ("fil", "tl"),
    ("gle", "ga"),
    ("glg", "gl"),
    ("hbs", "sr"),
    ("isl", "is"),
    ("kaz", "kk"),
    ("msa", "ms"),
    ("nn", "nb"),
    ("nno", "nb"),
    ("no", "nb"),
    ("nor", "nb"),
    ("prs", "fa"),
    ("sh", "sr"),
    ("sqi", "sq"),
    ("swa", "sw"),
    ("swh", "sw"),
    ("yue", "zh"),
    ("zsm", "ms"),
];

static RULES: LazyLock<Vec<Rules>> =
    LazyLock::new(|| DATA.iter().map(|data| Rules::read(data)).collect());

/// Reads the lists now rather than at the first text.
pub fn load() {
    LazyLock::force(&RULES);
}

impl Rules {
    /// The rules for a language, the neutral ones where it has none of its own.
    pub(super) fn of(language: &LanguageTag) -> &'static Rules {
        &RULES[place(language)]
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
                "starters" => rules.starters.insert(line.to_lowercase(), ()),
                "speech" => rules.speech.insert(line.to_lowercase(), ()),
                "months" => rules.months.insert(line.to_lowercase(), ()),
                "further mark" => rules.further_mark = line.chars().next(),
                "ordinals" => rules.ordinals = line == "yes",
                "unmarked ends" => rules.unmarked = line == "yes",
                _ => debug_assert!(false, "unknown section [{section}]"),
            }
        }
        rules
    }

    fn add(&mut self, entry: &str, kind: Abbreviation) {
        let entry = key(entry.trim_end_matches('.'));
        self.longest = self.longest.max(entry.len());
        self.abbreviations.insert(entry, kind);
    }

    /// How `word`, which has a stop after it, behaves if it is an abbreviation. Of a
    /// word with stops inside, the last piece may be the one that is known:
    /// "Prof.Dr", "1997.g".
    pub(super) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let last_piece = || {
            let (_, last) = word.rsplit_once('.')?;
            // "i.v" is no "v".
            let is_letter = last.chars().nth(1).is_none() && last.chars().all(char::is_lowercase);
            (!is_letter || word.starts_with(|c: char| c.is_ascii_digit())).then_some(last)
        };
        self.entry(word).or_else(|| self.entry(last_piece()?))
    }

    fn entry(&self, word: &str) -> Option<Abbreviation> {
        // Case changes the length of a few letters by a byte.
        if word.len() > self.longest + 2 {
            return None;
        }
        if word.starts_with(char::is_uppercase)
            && let Some(exact) = self.abbreviations.capitalized(word)
        {
            return Some(exact);
        }
        // A capital alone is an initial, never a short form in lower case.
        let is_initial = word.starts_with(char::is_uppercase) && word.chars().nth(1).is_none();
        self.abbreviations.lowered(word).filter(|_| !is_initial)
    }

    /// Whether a sentence may well start with `word`.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        let word = word.split(['\'', '’']).next().unwrap_or(word);
        self.starters.lowered(word).is_some()
    }

    /// Whether `word` reports speech: "said".
    pub(super) fn is_speech(&self, word: &str) -> bool {
        self.speech.lowered(word).is_some()
    }

    /// Whether `word` names a month, as after the day in "3. Oktober".
    pub(super) fn is_month(&self, word: &str) -> bool {
        self.months.lowered(word).is_some()
    }
}

/// Where in `LANGUAGES` the rules for `language` are.
pub(super) fn place(language: &LanguageTag) -> usize {
    let code = language.primary();
    let relative = RELATIVES.iter().find(|&&(relative, _)| relative == code);
    let code = relative.map_or(code, |&(_, code)| code);
    let place = |code| LANGUAGES.binary_search(&code);
    let Ok(at) = place(code).or_else(|_| place("und")) else {
        unreachable!("the list has \"und\"")
    };
    at
}

/// `word` in lower case but for a capital at its start.
fn key(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter();
    first.chain(chars.as_str().to_lowercase().chars()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Abbreviation, DATA, LANGUAGES, LanguageTag, RELATIVES, Rules, key};
    use crate::analysis::word_list::entries;

    #[test]
    fn languages_are_sorted_and_every_file_can_be_read() {
        assert!(LANGUAGES.contains(&"und"));
        assert!(LANGUAGES.is_sorted());
        for code in LANGUAGES {
            Rules::of(&LanguageTag::from_static(code));
        }
    }

    #[test]
    fn codes_of_relatives_lead_to_rules_and_have_none_themselves() {
        assert!(RELATIVES.is_sorted());
        for (code, of) in RELATIVES {
            assert!(LANGUAGES.contains(of) && !LANGUAGES.contains(code), "{code}");
        }
        for code in ["no", "nn", "nb-NO"] {
            assert!(Rules::of(&LanguageTag::parse(code).unwrap()).is_month("desember"), "{code}");
        }
    }

    #[test]
    fn files_hold_entries_that_can_match() {
        for (code, data) in LANGUAGES.iter().zip(DATA) {
            let mut section = "";
            let mut seen = HashSet::new();
            for line in entries(data) {
                if line.starts_with('[') {
                    section = line;
                    continue;
                }
                let is_short = matches!(section, "[leading]" | "[numbering]" | "[plain]");
                let key = if is_short { key(line) } else { format!("{section} {line}") };
                assert!(seen.insert(key), "{code}: {line} stands twice");
                assert!(!(line.contains(' ') || is_short && line.ends_with('.')), "{code}: {line}");
                if matches!(section, "[starters]" | "[speech]" | "[months]") {
                    assert_eq!(line, line.to_lowercase(), "{code}: {line}");
                }
            }
        }
    }

    #[test]
    fn the_last_piece_of_a_word_may_be_the_one_known() {
        let rules = Rules::of(&LanguageTag::from_static("lv"));
        assert_eq!(rules.abbreviation("1997.g"), Some(Abbreviation::Plain));
        let rules = Rules::of(&LanguageTag::from_static("en"));
        assert_eq!(rules.abbreviation("Prof.Dr"), Some(Abbreviation::Leading));
        assert_eq!(rules.abbreviation("i.v"), None);
    }

    #[test]
    fn entries_with_a_capital_need_one_in_the_text() {
        let rules = Rules::of(&LanguageTag::from_static("en"));
        assert_eq!(rules.abbreviation("Sat"), Some(Abbreviation::Plain));
        assert_eq!(rules.abbreviation("sat"), None);
        assert_eq!(rules.abbreviation("NO"), Some(Abbreviation::Numbering));
    }
}
