//! Runs of capitalised words that may hold names: "Russian Foreign Minister Sergey
//! Lavrov", "Ministry of Hajj and Umrah", "Yusuf bin Alawi".
//!
//! Finds where a run starts and ends; does not say what it names.

use std::collections::HashSet;
use std::ops::Range;

use super::group::PARTICLES;
use super::lexicon::{Known, MAX_PHRASE, lexicon};
use super::names::known;
use super::words::Word;
use crate::analysis::TokenKind;

/// Longest run, in words. What is longer goes on as another run.
const MAX_CHUNK: usize = 14;

/// The runs in order, not overlapping. `free` tells which words may be used;
/// `ordinary` holds the words that the text also writes in lower case.
pub(super) fn chunks(words: &[Word], free: &[bool], ordinary: &HashSet<&str>) -> Vec<Range<usize>> {
    let usable = |i: usize| free[i] && is_capital(&words[i], ordinary);
    let mut chunks = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !usable(at) {
            at += 1;
            continue;
        }
        let mut end = run(words, at, &usable);
        if let Some(longer) = joined(words, at, end, &usable) {
            end = longer;
        }
        chunks.push(at..end);
        at = end;
    }
    chunks
}

/// Whether the word may belong to a name. In a headline a capital is no sign, but
/// "US" among words in lower case is.
fn is_capital(word: &Word, ordinary: &HashSet<&str>) -> bool {
    let lexicon = lexicon();
    if !word.headline || !word.capital {
        return word.capital;
    }
    let acronym = word.upper && !word.shouted && lexicon.known(word.text, "").any(Known::NAME);
    acronym || !lexicon.common.contains(&*word.lower) && !ordinary.contains(&*word.lower)
}

/// The end of the run of capitals, particles and initials that starts at `start`.
fn run(words: &[Word], start: usize, usable: &impl Fn(usize) -> bool) -> usize {
    let mut end = start + 1;
    while end < words.len() && end - start < MAX_CHUNK {
        let word = &words[end];
        if word.line_start {
            break;
        }
        if usable(end) {
            end += 1;
            continue;
        }
        // "bin Alawi", "van der Merwe": up to two particles before a capital.
        let small = |i: usize| {
            words.get(i).is_some_and(|w| {
                !w.line_start && w.kind == TokenKind::Word && PARTICLES.contains(&w.lower.as_ref())
            })
        };
        let after = end + usize::from(small(end)) + usize::from(small(end) && small(end + 1));
        if after > end && after < words.len() && usable(after) && !words[after].line_start {
            end = after + 1;
            continue;
        }
        // "Johnson & Johnson".
        if word.text == "&"
            && end + 1 < words.len()
            && usable(end + 1)
            && !words[end + 1].line_start
        {
            end += 2;
            continue;
        }
        break;
    }
    end.min(words.len())
}

/// The end of a name that goes on after a small word: "Ministry of Hajj and Umrah",
/// "Food and Agriculture Organization", "Trinidad and Tobago".
fn joined(
    words: &[Word],
    start: usize,
    end: usize,
    usable: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let link = words.get(end).filter(|w| !w.line_start)?;
    match &*link.lower {
        "of" | "for" | "on" | "and" | "the" | "to" | "in" => {}
        _ => return None,
    }
    listed_across(words, start, end)
        .or_else(|| after_head(words, start, end, usable))
        .or_else(|| before_head(words, start, end, usable))
}

/// The end of a listed name with small words inside: "Bosnia and Herzegovina".
fn listed_across(words: &[Word], start: usize, end: usize) -> Option<usize> {
    let first = end.saturating_sub(3).max(start);
    (first..end).find_map(|from| {
        let most = words.len().min(from + MAX_PHRASE);
        (end + 2..=most).rev().find(|&to| {
            words[to - 1].capital
                && !words[end..to].iter().any(|w| w.line_start)
                && known(words, from..to).any(Known::NAME)
        })
    })
}

/// The end of a name whose head stands first: "Ministry of ...", "Port of ...".
fn after_head(
    words: &[Word],
    start: usize,
    end: usize,
    usable: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let lexicon = lexicon();
    let head = &words[end - 1];
    let organization = lexicon.organization_first.contains(&*head.lower);
    let misc = lexicon.misc_heads.contains(&*head.lower);
    let of = organization
        || misc
        || lexicon.facility_heads.contains(&*head.lower)
        || is_head_of_place(&head.lower);
    let link = &*words[end].lower;
    let follows = match link {
        "of" => of,
        "for" | "on" => (organization || misc) && !ends_listed(words, start, end),
        _ => false,
    };
    if !follows || head.initial && head.headline {
        return None;
    }
    let starts = |at: usize| at < words.len() && usable(at) && !words[at].line_start;
    let next = end + 1 + usize::from(words.get(end + 1).is_some_and(|w| w.lower == "the"));
    if !starts(next) {
        return None;
    }
    let mut stop = run(words, next, usable);
    for _ in 0..3 {
        let Some(link) = words.get(stop).filter(|_| organization) else { break };
        let goes_on = |at: usize| starts(at) && !is_name(&words[at]) && !words[at].upper;
        // "of Hajj and Umrah", "of Labour, Family and Youth".
        let comma = link.text == "," && lists_on(words, stop) && goes_on(stop + 1);
        let and = comma || link.lower == "and" || link.text == "&";
        let of = matches!(&*link.lower, "of" | "for") && !is_name(&words[stop - 1]);
        if !(and || of) || !goes_on(stop + 1) {
            break;
        }
        stop = run(words, stop + 1, usable);
    }
    Some(stop.min(start + 2 * MAX_CHUNK))
}

/// Whether a comma is one of a list that ends with "and": ", Land, Water and Planning".
fn lists_on(words: &[Word], comma: usize) -> bool {
    let mut at = comma;
    for _ in 0..4 {
        let item = words.get(at + 1).is_some_and(|w| w.capital && !w.upper && !is_name(w));
        match words.get(at + 2) {
            Some(w) if item && w.lower == "and" => {
                return words.get(at + 3).is_some_and(|w| w.capital && !is_name(w));
            }
            Some(w) if item && w.text == "," => at += 2,
            _ => return false,
        }
    }
    false
}

/// Whether a listed name of several words ends at `end`: "White House".
fn ends_listed(words: &[Word], start: usize, end: usize) -> bool {
    (end.saturating_sub(3).max(start)..end.saturating_sub(1))
        .any(|from| known(words, from..end).any(Known::NAME))
}

/// The end of a name whose head stands last: "Food and Agriculture Organization".
fn before_head(
    words: &[Word],
    start: usize,
    end: usize,
    usable: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let lexicon = lexicon();
    let last = &words[end - 1];
    let next = end + 1;
    let fits = words[end].lower == "and"
        && end - start <= 4
        && (!last.initial || end - start > 1)
        && !last.upper
        && !is_name(last)
        && !lexicon.organization_heads_final.contains(&*last.lower)
        && !words[start..end].iter().any(|w| {
            lexicon.titles.contains(&*w.lower) && !lexicon.title_modifiers.contains(&*w.lower)
                || lexicon.known(w.text, &w.lower).any(Known::GIVEN) && !is_topic(&w.lower)
        });
    if !fits || next >= words.len() || !usable(next) || words[next].line_start {
        return None;
    }
    if !is_topic(&last.lower) && end - start > 1 {
        return None;
    }
    let stop = run(words, next, usable);
    let head = &*words[stop - 1].lower;
    let is_head = lexicon.organization_heads.contains(head)
        || lexicon.misc_heads.contains(head) && stop - next >= 2;
    (is_head && stop - next >= 2 && !is_name(&words[next])).then_some(stop)
}

fn is_head_of_place(word: &str) -> bool {
    matches!(
        word,
        "gulf"
            | "bay"
            | "strait"
            | "straits"
            | "republic"
            | "kingdom"
            | "sultanate"
            | "emirate"
            | "isle"
            | "cape"
            | "province"
            | "islands"
            | "sea"
            | "valley"
            | "port"
    )
}

/// Words for what a body deals with: "Agriculture", "Innovation", "Aid".
fn is_topic(word: &str) -> bool {
    lexicon().common.contains(word)
        || [
            "ion", "ment", "ics", "ity", "ing", "ure", "ism", "ance", "ence", "ogy", "ers", "ness",
            "ship",
        ]
        .iter()
        .any(|end| word.ends_with(end))
}

fn is_name(word: &Word) -> bool {
    let known = lexicon().known(word.text, &word.lower);
    known.any(Known::PLACE)
        || known.any(Known::NORP)
        || known.any(Known::GIVEN) && !is_topic(&word.lower)
        || known.any(Known::SURNAME) && !is_topic(&word.lower)
}
