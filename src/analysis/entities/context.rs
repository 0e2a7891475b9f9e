//! Points for what an open name may be, from its form and from the words beside it.
//!
//! Looks at one place at a time; `evidence` adds up a whole text.

use std::ops::Range;

use super::EntityType;
use super::lexicon::{Known, lexicon};
use super::names::{known, listed};
use super::words::Word;
use crate::analysis::TokenKind;

pub(super) const KINDS: [EntityType; 4] =
    [EntityType::Person, EntityType::Organization, EntityType::Location, EntityType::Misc];
pub(super) const PERSON: usize = 0;
pub(super) const ORGANIZATION: usize = 1;
pub(super) const LOCATION: usize = 2;
pub(super) const MISC: usize = 3;

/// Points for each of `KINDS`.
pub(super) type Points = [f32; 4];

/// What the form of an open name makes likely. `times` counts its places in the
/// text. The points were set by how often such names of worldwide.train held.
pub(super) fn prior(words: &[Word], range: &Range<usize>, times: u32) -> Points {
    let mut points = Points::default();
    let name = &words[range.clone()];
    let before = range.start.checked_sub(1).map_or("", |i| words[i].text);
    let the = before.eq_ignore_ascii_case("the");
    let again = if times > 1 { 0.4 } else { 0.0 };
    let ordinary =
        name.iter().any(|w| lexicon().common.contains(&*w.lower) || is_abstract(&w.lower))
            || range.clone().any(|i| is_other_name(words, i));
    let capitals = name.iter().any(|w| w.upper && w.text.len() > 2);
    if the {
        points[PERSON] -= 4.0;
    }
    if name.len() == 1 && name[0].upper && name[0].text.chars().count() <= 8 {
        let known_form = the || before == "(" || times > 1;
        points[ORGANIZATION] += if known_form { 1.5 } else { 0.8 };
        points[PERSON] -= 6.0;
        points[LOCATION] -= 1.0;
    } else if name.len() == 1 && is_camel(name[0].text) {
        points[ORGANIZATION] += 2.0;
        points[LOCATION] -= 2.0;
    } else if name.len() == 1 {
        points[ORGANIZATION] += 0.6;
        points[PERSON] += 0.5;
    } else {
        points[PERSON] += match name.len() {
            _ if ordinary => -3.0,
            _ if capitals => -1.0,
            2 => 1.5,
            3 => 0.9,
            _ => -0.5,
        };
        let long = name.len() > 2 || the;
        points[ORGANIZATION] += if ordinary || long { 0.2 } else { 0.8 } + again;
    }
    points
}

/// Whether a list has the word, and not as a name of people.
fn is_other_name(words: &[Word], at: usize) -> bool {
    let known = known(words, at..at + 1);
    listed(known).is_some() && !known.any(Known::GIVEN) && !known.any(Known::SURNAME)
}

/// "Rehabilitation", "Islamophobia".
fn is_abstract(word: &str) -> bool {
    ["tion", "sion", "ment", "ness", "ship", "ism", "phobia", "ology", "ity", "icate", "ics"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// "BroadbandNow", not "McCarthy".
fn is_camel(word: &str) -> bool {
    let inner = word
        .char_indices()
        .skip(1)
        .any(|(i, c)| c.is_uppercase() && word[..i].ends_with(char::is_lowercase));
    inner && !["Mc", "Mac", "De", "Di", "La", "Le", "Fitz"].iter().any(|p| word.starts_with(p))
}

/// What the words around a name say of it.
pub(super) fn context(words: &[Word], range: &Range<usize>) -> Points {
    let mut points = Points::default();
    let before = |n: usize| {
        range.start.checked_sub(n).map(|i| &words[i]).filter(|_| !words[range.start].line_start)
    };
    let after = |n: usize| words.get(range.end + n).filter(|w| !w.line_start);
    let text = |word: Option<&Word>| word.map_or("", |w| w.text).to_owned();
    let lexicon = lexicon();
    let next = after(0);
    let next_lower = next.filter(|w| !w.capital).map_or("", |w| &*w.lower);
    let previous = before(1).map_or("", |w| &*w.lower);
    if lexicon.speech_verbs.contains(next_lower) {
        points[PERSON] += 1.5;
        points[ORGANIZATION] += 0.3;
    }
    if lexicon.person_verbs.contains(next_lower) {
        points[PERSON] += 1.0;
    }
    if next_lower == "who" || text(next) == "," && after(1).is_some_and(|w| w.lower == "who") {
        points[PERSON] += 2.0;
    }
    let comma = text(next) == ",";
    if comma && after(1).is_some_and(is_age) && after(2).is_some_and(|w| w.text == ",") {
        points[PERSON] += 3.0;
    }
    if matches!(
        previous,
        "said" | "says" | "adds" | "added" | "told" | "named" | "explains" | "wrote" | "surnamed"
    ) {
        points[PERSON] += 1.5;
    }
    if text(next) == "." && matches!(previous, "said" | "says" | "added" | "adds") {
        points[PERSON] += 1.0;
    }
    match previous {
        "in" | "near" | "across" => points[LOCATION] += 1.6,
        "at" | "from" | "to" | "into" | "around" | "outside" => points[LOCATION] += 0.6,
        "northern" | "southern" | "eastern" | "western" | "central" | "downtown" | "capital" => {
            points[LOCATION] += 2.0;
        }
        "of" if before(2).is_some_and(|w| is_place_word(&w.lower)) => points[LOCATION] += 3.0,
        "company" | "firm" | "newspaper" | "agency" | "group" | "party" | "daily" | "channel"
        | "by" => {
            points[ORGANIZATION] += if previous == "by" { 0.2 } else { 1.5 };
        }
        _ => {}
    }
    if is_place_word(next_lower) {
        points[LOCATION] += 2.5;
    }
    if is_dateline_agency(words, range) {
        points[ORGANIZATION] += 2.0;
    }
    if text(next) == "-" && after(1).is_some_and(|w| matches!(&*w.lower, "based" | "born")) {
        points[LOCATION] += 2.0;
    }
    if comma
        && after(1).is_some()
        && range.end + 2 <= words.len()
        && listed(known(words, range.end + 1..range.end + 2)) == Some(EntityType::Location)
    {
        points[LOCATION] += 1.5;
    }
    if matches!(
        next_lower,
        "company"
            | "group"
            | "party"
            | "newspaper"
            | "agency"
            | "spokesman"
            | "spokesperson"
            | "spokeswoman"
            | "officials"
            | "members"
            | "team"
            | "shares"
            | "website"
            | "news"
            | "government"
            | "leadership"
            | "lawmakers"
            | "leader"
            | "president"
            | "chairman"
    ) {
        points[ORGANIZATION] += 2.0;
    }
    if matches!(previous, "“" | "‘" | "\"" | "'")
        && matches!(text(next).as_str(), "”" | "’" | "\"" | "'")
    {
        points[MISC] += 1.2;
    }
    points
}

/// Longest line before the agency of a dateline, in words and marks: "Geneva,
/// Switzerland, 3 May (".
const MAX_DATELINE: usize = 8;

/// Whether this is the agency that signs a dateline: "Valletta, MNA- ...",
/// "BEIRUT (MNA) — ...".
fn is_dateline_agency(words: &[Word], range: &Range<usize>) -> bool {
    let start = range.start;
    let text = |i: usize| words.get(i).map_or("", |w| w.text);
    range.len() == 1
        && words[start].upper
        && start > 0
        && matches!(text(start - 1), "," | "(" | "/")
        && matches!(text(range.end), "-" | "–" | "—" | ")" | "/")
        && (start.saturating_sub(MAX_DATELINE)..start).any(|i| words[i].line_start)
}

fn is_age(word: &Word) -> bool {
    word.kind == TokenKind::Number && word.text.len() <= 2
}

fn is_place_word(word: &str) -> bool {
    matches!(
        word,
        "district"
            | "province"
            | "city"
            | "town"
            | "village"
            | "region"
            | "area"
            | "county"
            | "island"
            | "islands"
            | "river"
            | "state"
            | "neighborhood"
            | "neighbourhood"
            | "suburb"
            | "municipality"
            | "governorate"
            | "prefecture"
            | "valley"
            | "mountains"
            | "coast"
            | "border"
            | "peninsula"
            | "township"
            | "department"
            | "sub-county"
            | "ward"
            | "port"
    )
}
