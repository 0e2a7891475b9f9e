//! Runs of capitalised words that may hold names: "Russian Foreign Minister Sergey
//! Lavrov", "Ministry of Hajj and Umrah", "Yusuf bin Alawi".
//!
//! Finds where a run starts and ends; does not say what it names.

use std::collections::HashSet;
use std::ops::Range;

use super::group::PARTICLES;
use super::lexicon::lexicon;
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

/// Whether the word may belong to a name. In a headline a capital is no sign.
fn is_capital(word: &Word, ordinary: &HashSet<&str>) -> bool {
    word.capital
        && !(word.headline
            && (lexicon().common.contains(&word.lower) || ordinary.contains(word.lower.as_str()))
            && !lexicon().not_names.contains(word.text))
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
                !w.line_start && w.kind == TokenKind::Word && PARTICLES.contains(&w.lower.as_str())
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
/// "Food and Agriculture Organization".
fn joined(
    words: &[Word],
    start: usize,
    end: usize,
    usable: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let lexicon = lexicon();
    let link = words.get(end).filter(|w| !w.line_start)?;
    let last = &words[end - 1];
    let head = lexicon.organization_first.contains(&last.lower)
        || lexicon.facility_heads.contains(&last.lower)
        || lexicon.location_first.contains(&last.lower)
        || lexicon.misc_heads.contains(&last.lower);
    let mut next = end + 1;
    match link.lower.as_str() {
        "of" | "for" | "on" if head && !(last.initial && last.headline) => {
            if link.lower == "on" && !lexicon.misc_heads.contains(&last.lower) {
                return None;
            }
            if words.get(next).is_some_and(|w| w.lower == "the") {
                next += 1;
            }
            if next >= words.len() || !usable(next) || words[next].line_start {
                return None;
            }
            let mut stop = run(words, next, usable);
            // "of Hajj and Umrah": only for bodies whose names list their tasks.
            let lists = matches!(
                last.lower.as_str(),
                "ministry"
                    | "department"
                    | "institute"
                    | "centre"
                    | "center"
                    | "office"
                    | "faculty"
                    | "committee"
                    | "bureau"
                    | "agency"
                    | "directorate"
                    | "council"
                    | "commission"
                    | "association"
                    | "federation"
                    | "chamber"
                    | "organization"
                    | "school"
            );
            for _ in 0..2 {
                let comma = words.get(stop).is_some_and(|w| w.text == ",")
                    && words.get(stop + 2).is_some_and(|w| matches!(w.lower.as_str(), "and" | ","));
                let and = words.get(stop).is_some_and(|w| w.lower == "and");
                if lists
                    && (and || comma)
                    && stop + 1 < words.len()
                    && usable(stop + 1)
                    && !words[stop + 1].line_start
                    && !is_place(&words[stop + 1])
                {
                    stop = run(words, stop + 1, usable);
                } else {
                    break;
                }
            }
            Some(stop.min(start + MAX_CHUNK + 8))
        }
        "and" if end == start + 1 && !last.initial && !last.upper && !is_place(last) => {
            if next >= words.len() || !usable(next) || words[next].line_start {
                return None;
            }
            let stop = run(words, next, usable);
            let head = &words[stop - 1].lower;
            (stop > next + 1 || stop == next + 1)
                .then_some(stop)
                .filter(|_| stop - next >= 2 && lexicon.organization_heads.contains(head))
        }
        _ => None,
    }
}

fn is_place(word: &Word) -> bool {
    lexicon().known(word.text, &word.lower) != Default::default()
}
