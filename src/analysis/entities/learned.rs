//! Mentions from the network's tags: spans cleaned, confidences calibrated.
//!
//! Keeps what the network found and where; only takes off the ends of a span what
//! never belongs to a name.

use super::{EntityType, Found};
use crate::analysis::{Span, logistic, tagger::Tagged};

/// The types in the order of the network's kinds.
const KINDS: [EntityType; 9] = [
    EntityType::Person,
    EntityType::Organization,
    EntityType::Location,
    EntityType::Norp,
    EntityType::Facility,
    EntityType::Product,
    EntityType::Misc,
    EntityType::Date,
    EntityType::Money,
];

/// The mentions that the tags are, in order.
pub(super) fn mentions(text: &str, tags: &[Tagged]) -> Vec<Found> {
    tags.iter()
        .filter_map(|tag| {
            let kind = KINDS[tag.kind];
            let span = clean(text, tag.span, kind);
            let name = span.of(text);
            // "the Pope": a title alone is no name.
            let is_no_name = !name.contains(char::is_alphanumeric)
                || is_pronoun(name)
                || is_seat(text, span)
                || kind == EntityType::Person && is_title(tag.span.of(text));
            (!is_no_name).then(|| Found {
                span,
                kind,
                confidence: logistic(tag.probability, SLOPE, OFFSET),
            })
        })
        .collect()
}

/// Words that stand for a name and are none.
fn is_pronoun(word: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he", "him", "his", "she", "her", "hers", "they", "them", "their", "it", "its", "i", "me",
        "my", "we", "us", "our", "you", "your", "who", "this", "that", "these", "those",
    ];
    // "US" and "IT" are names.
    word.chars().skip(1).all(char::is_lowercase)
        && PRONOUNS.iter().any(|pronoun| word.eq_ignore_ascii_case(pronoun))
}

/// "R-AZ" of "Sen. Jeff Flake (R-AZ)", or "AZ" of it: party and state.
fn is_seat(text: &str, span: Span) -> bool {
    let parties = ["(R-", "(D-", "(I-"];
    let after_party = parties.iter().any(|party| text[..span.start].ends_with(party));
    let start = if after_party { span.start - "R-".len() } else { span.start };
    let name = &text[start..span.end];
    let state = name.strip_prefix(['R', 'D', 'I']).and_then(|rest| rest.strip_prefix('-'));
    state.is_some_and(|state| state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Forms of address and titles, which stand before a name and are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "lord",
    "lady",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "bishop",
    "archbishop",
    "cardinal",
    "father",
    "sister",
    "rev",
    "reverend",
    "imam",
    "president",
    "minister",
    "chancellor",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "mayor",
    "judge",
    "justice",
    "general",
    "gen",
    "colonel",
    "col",
    "captain",
    "capt",
    "sgt",
    "auntie",
    "aunt",
    "uncle",
];

fn is_title(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    TITLES.iter().any(|title| word.eq_ignore_ascii_case(title))
}

/// `span` without marks, possessive and article that are no part of the name.
fn clean(text: &str, span: Span, kind: EntityType) -> Span {
    let opens = |c: char| is_quote(c) || c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-');
    let mut start = span.start;
    let mut end = span.end;
    start += text[start..end].len() - text[start..end].trim_start_matches(opens).len();
    loop {
        let before = end;
        let piece = &text[start..end];
        let trimmed = piece.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '\u{201c}' | '\u{201d}' | '"')
        });
        let trimmed = ["'s", "\u{2019}s", "'S", "\u{2019}S"]
            .iter()
            .find_map(|possessive| trimmed.strip_suffix(possessive))
            .unwrap_or(trimmed);
        // The apostrophe of "Ganta Ghar'" stays with its quotation, not with the name.
        let trimmed = trimmed.trim_end_matches(['\'', '\u{2019}']);
        end = start + trimmed.len();
        if end == before || trimmed.is_empty() {
            break;
        }
    }
    // "the League of old": a body is named by capitals.
    if kind == EntityType::Organization
        && let Some((name, last)) = text[start..end].rsplit_once(" of ")
        && last.chars().all(char::is_lowercase)
        && name.contains(char::is_uppercase)
    {
        end = start + name.len();
    }
    while let Some((first, rest)) = text[start..end].split_once(' ') {
        let title = kind == EntityType::Person && is_title(first);
        if !title && !matches!(first, "the" | "a" | "an") {
            break;
        }
        start = end - rest.trim_start().len();
    }
    Span::new(start.min(end), end)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{ab}' | '\u{bb}')
}

/// The curve from the network's probability of a mention to how often such a mention is
/// right; fitted by `training/tagger/calibrate.py` on Worldwide's development file.
const SLOPE: f32 = 0.48;
const OFFSET: f32 = -0.11;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: EntityType, found: &str, expect: &str) {
        let span = clean(found, Span::new(0, found.len()), kind);
        assert_eq!(span.of(found), expect);
    }

    #[test]
    fn spans_lose_what_is_no_part_of_a_name() {
        use EntityType::*;
        check(Organization, "\u{201c}SANA,\u{201d}", "SANA");
        check(Person, "Mr. Lavrov's", "Lavrov");
        check(Location, "the U.S.", "U.S.");
        check(Misc, "The Times", "The Times");
        check(Money, "$1,200", "$1,200");
        check(Organization, "JD(S)", "JD(S)");
        check(Organization, "the League of old", "League");
        check(Organization, "League of Nations", "League of Nations");
        check(Organization, "department of defense", "department of defense");
        check(Person, "James", "James");
        check(Person, "Pope Francis", "Francis");
        check(Person, "Rev. Dr. King", "King");
        check(Misc, "'s", "");
    }

    #[test]
    fn confidence_grows_with_probability() {
        let all: Vec<_> = [0.0, 0.2, 0.9, 0.999, 1.0].map(|p| logistic(p, SLOPE, OFFSET)).into();
        assert!(all.is_sorted() && all[0] >= 0.0 && all[4] <= 1.0, "{all:?}");
    }
}
