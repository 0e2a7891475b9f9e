//! Sources: the noun phrase that says who speaks, by its place beside the cue.
//!
//! Answers ranges of items; every search stops after a fixed number of items.

use super::{
    cues::Cue,
    lists::{Lists, class::*},
};
use crate::analysis::quotes::items::{Clause, View};

/// A range of items, half open.
pub(super) type Range = (usize, usize);

/// Longest noun phrase, in items.
const REACH: usize = 14;

/// Farthest from its verb that a noun phrase is looked for, in items.
const FARTHEST: usize = 48;

/// Words and marks that end a noun phrase on either side.
const EDGE: u32 = COMMA | COLON | SEMICOLON | DASH | OPEN | CLOSE | STOP | QUOTE | THAT;

/// The noun phrase that starts with item `start`: "le ministre de l'Intérieur", "Merkel".
pub(super) fn right(view: &View, clause: &Clause, lists: &Lists, start: usize) -> Option<Range> {
    let limit = clause.end.min(start + REACH);
    // "sagte am Montag Merkel", "dijo ayer el ministro".
    let mut start = start;
    while start < limit
        && view.is(start, ADVERB | TIME | REFLEXIVE)
        && !view.is(start, DETERMINER | PRONOUN)
        || start + 1 < limit && view.is(start, ENDS | DETERMINER) && view.is(start + 1, TIME)
    {
        start += 1;
    }
    if start >= limit {
        return None;
    }
    if view.is(start, PRONOUN) && !goes_on_as_noun(view, limit, start) {
        return Some((start, start + 1));
    }
    let mut end = start;
    while end < limit && !ends(view, lists, start, end) {
        end += 1;
    }
    trimmed(view, start, end)
}

/// "ce ministre", "der Minister": the pronoun is an article.
fn goes_on_as_noun(view: &View, limit: usize, i: usize) -> bool {
    view.is(i, DETERMINER)
        && i + 1 < limit
        && view.is(i + 1, WORD)
        && !view.is(i + 1, ENDS | VERB | ADVERB | THAT | PRONOUN)
}

/// Whether item `at` stands no more in the noun phrase from `start`.
fn ends(view: &View, lists: &Lists, start: usize, at: usize) -> bool {
    // The stop of "J. Smith" ends no sentence, and has no class for it.
    if view.is(at, EDGE) || !view.is(at, WORD | NUMBER) && view.word(at) != "." {
        return true;
    }
    // "Le Monde", "El País", "Von der Leyen".
    if view.is(at, CAPITAL) && at > start && !lists.nouns_are_capitalized {
        return false;
    }
    // "Trump und zeigte dabei", "Trump et montre".
    if view.is(at, AND) && !view.items.get(at + 1).is_some_and(|item| item.is(CAPITAL | DETERMINER))
    {
        return true;
    }
    if view.is(at, DETERMINER) && at > start && !view.is(at, OF) && !view.is(at - 1, OF) {
        return true;
    }
    if view.is(at, PRONOUN) && !view.is(at, DETERMINER) {
        return true;
    }
    // In German a noun has a capital: what has none after it is no more of the phrase,
    // unless it leads to a noun again.
    if lists.nouns_are_capitalized
        && at > start
        && view.is(at - 1, CAPITAL)
        && !view.is(at, CAPITAL | OF | PARTICLE | DETERMINER)
    {
        return true;
    }
    view.is(at, ENDS | AUXILIARY | VERB | ADVERB | FINITE) && !view.is(at, OF | CAPITAL)
}

/// The phrase without prepositions and conjunctions at either end, and articles at its
/// end; `None` for what names and describes nobody.
fn trimmed(view: &View, mut start: usize, mut end: usize) -> Option<Range> {
    while start < end
        && (view.is(start, AND)
            || view.is(start, OF | ADVERB) && !view.is(start, CAPITAL | DETERMINER | PARTICLE))
    {
        start += 1;
    }
    while end > start && view.is(end - 1, OF | DETERMINER | ADVERB) && !view.is(end - 1, CAPITAL) {
        end -= 1;
    }
    if end > start && end - start == 1 && view.is(start, ENDS | AUXILIARY) {
        return None;
    }
    let says_who =
        (start..end).any(|k| view.is(k, WORD) && !view.is(k, DETERMINER | OF | ENDS | REFLEXIVE));
    // "Letzte Woche", "la semaine dernière".
    let is_time = (start..end).any(|k| view.is(k, TIME));
    (start < end && says_who && !is_time).then_some((start, end))
}

/// The noun phrase that ends before item `end`, in no case left of `floor`.
pub(super) fn left(view: &View, lists: &Lists, floor: usize, end: usize) -> Option<Range> {
    // However often the search goes on before a comma, it goes no further than this.
    let floor = floor.max(end.saturating_sub(FARTHEST));
    if end <= floor {
        return None;
    }
    let mut end = end;
    if view.is(end - 1, COMMA) {
        return before_apposition(view, lists, floor, end - 1);
    } else if view.is(end - 1, DASH) {
        // "X – Präsident von Y – sagte"
        end = (floor..end - 1).rev().take(24).find(|&k| view.is(k, DASH))?;
    } else if view.is(end - 1, CLOSE) {
        let open = (floor.max(end.saturating_sub(8))..end).rev().find(|&k| view.is(k, OPEN))?;
        end = open;
    }
    if end <= floor {
        return None;
    }
    if view.is(end - 1, PRONOUN) && !view.is(end - 1, CAPITAL)
        || end - 1 == floor && view.is(floor, PRONOUN)
    {
        return Some((end - 1, end));
    }
    let bound = floor;
    // "Ein Polizist soll gestern gesagt haben": who stands before the first verb.
    if let Some(finite) = (floor.max(end.saturating_sub(REACH))..end)
        .rev()
        .take_while(|&k| !view.is(k, EDGE | AND))
        .find(|&k| view.is(k, FINITE) && !view.is(k, CAPITAL | DETERMINER))
        && finite > floor
    {
        end = finite;
    }
    let floor = floor.max(end.saturating_sub(REACH));
    let mut start = end;
    let is_verb = |at: usize| {
        // In German what has no capital behind a noun, and is not listed, is a verb.
        lists.nouns_are_capitalized
            && at > floor
            && view.items[at].class == WORD
            && view.is(at - 1, CAPITAL)
    };
    while start > floor && !breaks(view, start - 1) && !is_verb(start - 1) {
        start -= 1;
    }
    // "Am Montag hat der Minister": what leads the sentence is not who speaks.
    match after_lead(view, lists, start, end) {
        Some(start) => trimmed(view, start, end),
        // "X, dans un entretien a dit"
        None if start > bound
            && view.is(start - 1, COMMA)
            && start - 1 > bound
            && !lists.nouns_are_capitalized =>
        {
            left(view, lists, bound, start - 1)
        }
        None => None,
    }
}

/// "X, président de Y," or "l'experte, Tiffany Ng de l'université," before the item
/// `comma`: what stands before the apposition, with a name that begins it.
fn before_apposition(view: &View, lists: &Lists, floor: usize, comma: usize) -> Option<Range> {
    let reach = floor.max(comma.saturating_sub(30));
    let mut from = floor;
    let mut nearest = None;
    let mut chosen = None;
    // "Samedi, X, l'un des Y, a dit": of several, the first that reads like a subject.
    for at in (reach..comma).filter(|&k| view.is(k, COMMA)) {
        if from < at {
            nearest = Some((from, at));
            let leads = view.is(from, CAPITAL | DETERMINER | PRONOUN)
                && !view.is(from, ENDS | ADVERB)
                && !(from..at.min(from + REACH)).any(|k| view.is(k, TIME))
                && at - from < REACH
                && !(from..at).any(|k| breaks(view, k) && k + 1 < at);
            if leads && chosen.is_none() {
                chosen = nearest;
            }
        }
        from = at + 1;
    }
    let (segment, first) = chosen.or(nearest)?;
    let (start, end) = left(view, lists, segment, first)?;
    let named = (start..end).any(|k| view.is(k, CAPITAL) && k > floor);
    if named || lists.nouns_are_capitalized {
        return Some((start, end));
    }
    let name = (first + 1..comma).take_while(|&k| view.is(k, CAPITAL | PARTICLE)).count();
    let name = (0..name).rev().find(|n| view.is(first + 1 + n, CAPITAL)).map_or(0, |n| n + 1);
    Some((start, if name > 1 { first + 1 + name } else { end }))
}

/// `source` with its apposition or relative clause and the comma that closes it: "X,
/// président de Y," before the cue, "X, président de Y" behind it.
pub(super) fn whole(
    view: &View,
    clause: &Clause,
    lists: &Lists,
    source: Range,
    cue: &Cue,
    content: &[Range],
) -> Range {
    let at = source.1;
    if at >= clause.end
        || source.0 < clause.start
        || view.is(source.0, PRONOUN) && at - source.0 == 1
    {
        return source;
    }
    let describes = |next: usize| {
        next < clause.end
            && (!view.is(next, ENDS | TIME | ADVERB | AND | QUOTE | THAT | PRONOUN)
                || view.is(next, OF | DETERMINER) && !view.is(next, AND)
                || lists.is_relative(view.word(next)))
    };
    if at < cue.start {
        let closed = view.is(at, COMMA) && view.is(cue.start - 1, COMMA)
            || view.is(at, OPEN) && view.is(cue.start - 1, CLOSE)
            || view.is(at, DASH) && view.is(cue.start - 1, DASH);
        // "l'experte, Tiffany Ng, de l'université,"
        let named = (source.0..at).any(|k| view.is(k, COMMA)) && view.is(cue.start - 1, COMMA);
        let apart = content.iter().all(|range| range.1 <= at || range.0 >= cue.start);
        let fits = closed && at + 1 < cue.start - 1 && apart && describes(at + 1);
        return if fits || named && apart { (source.0, cue.start) } else { source };
    }
    let said_before = content.iter().all(|range| range.1 <= cue.start);
    if !said_before || !view.is(at, COMMA | OPEN) || !describes(at + 1) {
        return source;
    }
    let limit = clause.end.min(at + APPOSITION);
    let closing = if view.is(at, OPEN) { CLOSE } else { COMMA };
    let end = (at + 1..limit).find(|&k| view.is(k, closing | QUOTE | SEMICOLON));
    let until = end.unwrap_or(limit);
    let plain = !(at + 1..until).any(|k| view.is(k, NO_NOUNS));
    let says_what = (at + 1..until).any(|k| view.is(k, OF | TITLE | NUMBER));
    match end {
        Some(end) if plain && says_what && view.is(end, closing) => (source.0, end + 1),
        None if plain && says_what && limit == clause.end => {
            let stop = usize::from(view.is(limit - 1, STOP));
            (source.0, limit - stop)
        }
        _ => source,
    }
}

/// What no apposition behind the cue holds.
const NO_NOUNS: u32 = FINITE | AUXILIARY | BEING | VERB | GERUND | THAT | QUOTE;

/// Longest apposition, in items.
const APPOSITION: usize = 24;

/// Whether item `at` cannot stand in a noun phrase that ends to its right.
fn breaks(view: &View, at: usize) -> bool {
    view.is(at, EDGE)
        || view.is(at, AUXILIARY | VERB | BEING | FINITE) && !view.is(at, CAPITAL | DETERMINER | OF)
        || view.is(at, PRONOUN) && !view.is(at, DETERMINER | OF)
}

/// Where the noun phrase starts within `start..end`: behind the last word that ends one.
fn after_lead(view: &View, lists: &Lists, start: usize, end: usize) -> Option<usize> {
    let ender = |k: &usize| {
        view.is(*k, ENDS | ADVERB) && !view.is(*k, OF) && (*k == start || !view.is(*k, CAPITAL))
    };
    let Some(last) = (start..end).rev().find(ender) else { return Some(start) };
    // A preposition within the phrase: "der Chef im Kanzleramt", "el jefe en Madrid":
    // all of it, where it begins like one.
    let opens = view.is(start, DETERMINER | CAPITAL) && !view.is(start, ENDS | ADVERB);
    if opens {
        return Some(start);
    }
    // "In einer Rede vor der Versammlung": who speaks stands behind the verb.
    if lists.verb_second && view.is(start, ENDS) {
        return None;
    }
    // "Am Montag der Minister" has an article to begin with.
    (last + 2..end)
        .find(|&k| view.is(k, DETERMINER))
        .or((last + 1 < end && view.is(last, ADVERB)).then_some(last + 1))
}

/// Whether "selon" may stand with the phrase: it names somebody, or is listed.
pub(super) fn is_origin(view: &View, source: Range) -> bool {
    (source.0..source.1).any(|k| {
        view.is(k, ORIGIN | TITLE | PRONOUN) || view.is(k, CAPITAL) && !view.is(k, DETERMINER)
    })
}
