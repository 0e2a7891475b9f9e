//! Contents: what is said, found by its place beside the cue.
//!
//! Answers ranges of items; every search stops at the end of its sentence.

use super::{
    cues::Cue,
    items::{Clause, View},
    lexicon::{self, class::*, takes},
    sources::Range,
};

/// Longest content, in items: no sentence of a human is longer, and time stays
/// linear where there are none.
const LONGEST: usize = 256;

/// Where the content to the right of `cue` starts, if there is any.
pub(super) fn anchor(view: &View, clause: &Clause, cue: &Cue) -> Option<usize> {
    let i = cue.end;
    if i >= clause.end {
        return None;
    }
    if view.is(i, COLON) {
        return (i + 1 < clause.end).then_some(i + 1);
    }
    let takes_clause = cue.takes & (takes::THAT | takes::CLAUSE | takes::PERSON) != 0;
    if takes_clause && view.is(i, THAT) {
        return Some(i);
    }
    if view.is(i, QUOTE) {
        return (cue.takes & (takes::DIRECT | takes::THAT | takes::NOUN) != 0).then_some(i);
    }
    if view.is(i, COMMA) {
        return (cue.takes & takes::DIRECT != 0 && i + 1 < clause.end && view.is(i + 1, QUOTE))
            .then_some(i + 1);
    }
    if cue.takes & takes::TO != 0 && view.is(i, TO) {
        return Some(i);
    }
    if cue.takes & takes::PERSON_TO != 0
        && let Some(to) = person_end(view, clause, i)
        && view.is(to, TO)
    {
        return Some(i);
    }
    if cue.takes & takes::PERSON != 0
        && let Some(end) = person_end(view, clause, i)
        && let Some(start) = clause_start(view, clause, end, true)
    {
        return Some(start);
    }
    if takes_clause && let Some(start) = clause_start(view, clause, i, false) {
        return Some(start);
    }
    let begins_phrase = view.is(i, WORD | NUMBER)
        && !view.is(
            i,
            PREPOSITION
                | COORDINATOR
                | SUBORDINATOR
                | TIME
                | AUXILIARY
                | MODAL
                | ADVERB
                | TO
                | RELATIVE,
        )
        || view.is(i, DETERMINER | POSSESSIVE)
        || view.word(i) == "$";
    if cue.takes & (takes::THAT | takes::NOUN) != 0 && begins_phrase {
        return Some(i);
    }
    if cue.takes & takes::THAT != 0 && view.is(i, PREPOSITION | ADVERB | SUBORDINATOR) {
        return has_verb(view, i, clause.end).then_some(i);
    }
    None
}

/// Where a clause starts after adverbials: at "that", at a quotation. With
/// `person`, any clause is taken.
fn clause_start(view: &View, clause: &Clause, i: usize, person: bool) -> Option<usize> {
    if i >= clause.end {
        return None;
    }
    if view.is(i, THAT | QUESTION)
        && (!view.is(i, SUBORDINATOR) || view.is(i, QUESTION) && !view.word_is(i, "when"))
    {
        return Some(i);
    }
    let mut k = i;
    while k < clause.end && k - i < 14 {
        if view.is(k, THAT) {
            // "said the man that" is no clause; "said on Monday that" is.
            let adverbial = k == i || view.is(i, PREPOSITION | TIME | ADVERB | TO);
            return adverbial.then_some(k);
        }
        if view.is(k, QUOTE) {
            return (person && k == i || view.is(k - 1, COLON)).then_some(k);
        }
        if view.is(k, COLON) {
            return (k + 1 < clause.end && view.is(i, PREPOSITION | TIME | COLON)).then_some(k + 1);
        }
        if view.is(k, COMMA) {
            return (k + 1 < clause.end
                && view.is(k + 1, QUOTE)
                && (person && k == i || view.is(i, PREPOSITION | TIME)))
            .then_some(k + 1);
        }
        if view.is(k, SEMICOLON | DASH | FINITE | AUXILIARY | MODAL) {
            break;
        }
        k += 1;
    }
    // "said Tuesday the plan"
    let mut k = i;
    while k < clause.end && k - i < 3 && view.is(k, TIME) {
        k += 1;
    }
    if k > i && k < clause.end && view.is(k, DETERMINER | POSSESSIVE | SUBJECT | CAPITAL | NUMBER) {
        return has_verb(view, k, clause.end).then_some(k);
    }
    (person
        && view.is(i, DETERMINER | POSSESSIVE | SUBJECT | CAPITAL | NUMBER)
        && has_verb(view, i, clause.end))
    .then_some(i)
}

/// Where the person spoken to ends: "reporters", "CNN", "the delegates", "him".
fn person_end(view: &View, clause: &Clause, i: usize) -> Option<usize> {
    if view.is(i, OBJECT)
        || view.word_is(i, "her")
        || view.word_is(i, "you")
        || view.word_is(i, "it")
    {
        return (i + 1 < clause.end).then_some(i + 1);
    }
    let mut k = i;
    while k < clause.end && k - i < 10 {
        if view.is(k, THAT | QUOTE | COMMA | COLON | TO | QUESTION) {
            return (k > i).then_some(k);
        }
        if view.is(k, SUBJECT)
            || k > i && view.is(k, DETERMINER | POSSESSIVE) && !view.is(k - 1, PREPOSITION)
        {
            return (k > i).then_some(k);
        }
        if view.is(k, FINITE | AUXILIARY | MODAL | SEMICOLON | DASH) {
            return None;
        }
        // "told reporters Clinton lied"
        if k > i
            && view.is(k, CAPITAL)
            && !view.is(k - 1, CAPITAL)
            && !view.is(k - 1, PREPOSITION | DETERMINER | POSSESSIVE | COORDINATOR | CLITIC)
        {
            return Some(k);
        }
        k += 1;
    }
    None
}

pub(super) fn has_verb(view: &View, start: usize, end: usize) -> bool {
    (start..end.min(start + 40))
        .any(|k| view.is(k, FINITE | AUXILIARY | MODAL) || view.is(k, ED) && !view.is(k, CAPITAL))
}

/// Where the content that starts with item `start` ends. `next` is the next cue
/// of the sentence; with `narrow`, the content stands in a subordinate clause, so
/// that the next comma ends it.
pub(super) fn end(
    view: &View,
    clause: &Clause,
    start: usize,
    cue: &Cue,
    narrow: bool,
    next: Option<&Cue>,
) -> usize {
    let phrase = cue.takes
        & (takes::THAT | takes::CLAUSE | takes::PERSON | takes::TO | takes::PERSON_TO)
        == 0;
    let mut depth = 0;
    let mut k = start;
    let limit = clause.end.min(start + LONGEST);
    while k < limit {
        if view.is(k, OPEN) {
            depth += 1;
        } else if view.is(k, CLOSE) {
            if depth == 0 {
                break;
            }
            depth -= 1;
        } else if k > start && depth == 0 && stops(view, clause, k, phrase, narrow, next) {
            break;
        }
        k += 1;
    }
    trim_end(view, start, k)
}

fn stops(
    view: &View,
    clause: &Clause,
    k: usize,
    phrase: bool,
    narrow: bool,
    next: Option<&Cue>,
) -> bool {
    if view.is(k, SEMICOLON) {
        return true;
    }
    if let Some(next) = next {
        // ", and Baker added that": the next statement with a subject of its own.
        let ahead = next.start.saturating_sub(k);
        if view.is(k, COMMA)
            && (3..=10).contains(&ahead)
            && view.is(k + 1, COORDINATOR)
            && !(k..next.start).any(|n| view.is(n, THAT | RELATIVE))
        {
            return true;
        }
        // ", noting that" and "and said that".
        let head = next.start;
        if head == k + 1 && view.is(k, COMMA | COORDINATOR)
            || head == k + 2
                && view.is(k, COMMA)
                && view.is(k + 1, COORDINATOR | ADVERB | SUBORDINATOR)
        {
            return true;
        }
    }
    if view.is(k, COMMA) && k + 1 < clause.end {
        let after = k + 1;
        return narrow && !is_list(view, clause, k)
            || view.is(after, RELATIVE) && !view.is(after, THAT) && !inserted(view, clause, after)
            || view.word_is(after, "but")
            || view.word_is(after, "and") && another_clause(view, clause, after + 1)
            || apposition(view, clause, after) && !inserted(view, clause, after)
            || phrase && view.is(after, ING | SUBJECT) && !view.is(after, RELATIVE);
    }
    if k + 2 < clause.end && clause.end - k < 10 && venue(view, clause, k) {
        return true;
    }
    phrase && ["while", "after", "because", "when", "during"].iter().any(|w| view.word_is(k, w))
}

/// Whether the words from item `k` up to the next comma stand inside a clause that
/// goes on after them: "the UN, who came late, to see".
fn inserted(view: &View, clause: &Clause, k: usize) -> bool {
    let limit = clause.end.min(k + 24);
    (k..limit)
        .find(|&n| view.is(n, COMMA))
        .is_some_and(|n| n + 1 < limit && view.is(n + 1, TO | AUXILIARY | MODAL | FINITE))
}

/// Whether an apposition to the content, the writer's own words, starts with item
/// `k`: ", a feeling that", ", the legal minimum".
fn apposition(view: &View, clause: &Clause, k: usize) -> bool {
    ["a", "an", "the"].iter().any(|word| view.word_is(k, word))
        && !(k..clause.end.min(k + 12)).any(|n| view.is(n, COORDINATOR))
}

/// Whether items from `k` on are a clause with a subject of its own.
fn another_clause(view: &View, clause: &Clause, k: usize) -> bool {
    k < clause.end
        && view.is(k, SUBJECT | DETERMINER | CAPITAL | POSSESSIVE)
        && !view.is(k, THAT)
        && (k..clause.end.min(k + 7)).any(|n| view.is(n, FINITE | AUXILIARY | MODAL))
}

/// Whether the comma at `k` parts members of a list: "Iran, Iraq and Syria".
fn is_list(view: &View, clause: &Clause, k: usize) -> bool {
    k + 2 < clause.end
        && (view.is(k + 2, COORDINATOR) || view.is(k + 2, COMMA))
        && view.is(k + 1, CAPITAL)
}

/// Whether item `k` starts words on how and where it was said: "in a statement",
/// "on Twitter".
fn venue(view: &View, clause: &Clause, k: usize) -> bool {
    if !["in", "on", "during", "at"].iter().any(|word| view.word_is(k, word)) {
        return false;
    }
    (k + 1..clause.end.min(k + 5))
        .take_while(|&n| !view.is(n, COMMA | PREPOSITION))
        .any(|n| lexicon::is_venue(view.word(n)))
}

/// Takes commas and dashes off the end.
pub(super) fn trim_end(view: &View, start: usize, mut end: usize) -> usize {
    while end > start && view.is(end - 1, COMMA | DASH | SEMICOLON | COLON | COORDINATOR | STOP) {
        end -= 1;
    }
    end
}

/// The content to the left of a source that starts with item `end`: a clause or
/// a quotation and what belongs to it, up to the comma. `floor` is where the
/// content of another cue ends.
pub(super) fn left(view: &View, clause: &Clause, floor: usize, end: usize) -> Option<Range> {
    let mut start = clause.start.max(floor);
    while start < end && view.is(start, COMMA | COORDINATOR | SEMICOLON | DASH) {
        start += 1;
    }
    let end = trim_end(view, start, end);
    (end > start).then_some((start, end))
}
