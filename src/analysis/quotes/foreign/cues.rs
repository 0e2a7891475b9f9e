//! Cues: reporting verbs, and "selon". An auxiliary is looked past, not shown.
//!
//! Looks at the verb and at what stands right beside it; who speaks and what is said
//! are found elsewhere.

use super::lists::{Lists, class::*};
use crate::analysis::{
    quotes::items::{Clause, View},
    word_list::plain,
};

/// Words that report, as ranges of items.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cue {
    /// Where the whole starts: with the auxiliary, and what stands before it.
    pub start: usize,
    pub end: usize,
    /// The words to show: of a verb with an auxiliary the participle alone.
    pub shown: (usize, usize),
    /// The verb that is inflected.
    pub finite: usize,
    /// What stands between auxiliary and participle: "a-t-*il* déclaré", "hat *Merkel*
    /// gesagt".
    pub inner: Option<(usize, usize)>,
    /// "selon", not a verb.
    pub according: bool,
    /// Reports only beside a quotation.
    pub direct: bool,
    /// "ajoutant que": whoever spoke before it speaks.
    pub gerund: bool,
    /// "appelait": what stands in marks is what somebody calls it.
    pub calls: bool,
}

/// How far a participle may stand from its auxiliary, in items.
const BRACKET: usize = 12;

/// The cues of one sentence, in order.
pub(super) fn find(view: &View, clause: &Clause, lists: &Lists) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut i = clause.start;
    while i < clause.end {
        let floor = cues.last().map_or(clause.start, |cue| cue.end);
        match according(view, clause, lists, i).or_else(|| verb(view, clause, lists, floor, i)) {
            Some(cue) => {
                i = cue.end;
                cues.push(cue);
            }
            None => i += 1,
        }
    }
    cues
}

fn according(view: &View, clause: &Clause, lists: &Lists, i: usize) -> Option<Cue> {
    let fits = |phrase: &Vec<&str>| {
        i + phrase.len() < clause.end
            && phrase.iter().enumerate().all(|(n, word)| plain(view.word(i + n)).eq(word.chars()))
    };
    let phrase = lists.according.iter().find(|phrase| fits(phrase))?;
    // "So sagte Merkel", but ", so Merkel".
    if lists.after.contains(&phrase[0]) && !(i > clause.start && view.is(i - 1, COMMA)) {
        return None;
    }
    let end = i + phrase.len();
    Some(Cue { start: i, end, shown: (i, end), finite: i, according: true, ..Cue::default() })
}

fn verb(view: &View, clause: &Clause, lists: &Lists, floor: usize, i: usize) -> Option<Cue> {
    if view.is(i, CAPITAL) && !begins(view, clause, i) {
        return None;
    }
    if view.is(i, PARTICIPLE)
        && let Some(cue) = participle(view, lists, floor, i)
    {
        return Some(cue);
    }
    if view.is(i, GERUND) {
        let cue = Cue { start: i, end: i + 1, shown: (i, i + 1), finite: i, ..Cue::default() };
        return Some(Cue { gerund: true, ..cue });
    }
    let reports = view.is(i, VERB) || separable(view, clause, lists, i);
    if !reports || is_infinitive(view, floor, i) {
        return None;
    }
    // "la critique" is a noun, "il le dit" has a verb.
    let start = with_small_words(view, floor, i);
    let after_article = i > clause.start
        && view.is(i - 1, DETERMINER | OF)
        && !view.is(i - 1, PRONOUN | AND)
        && !(i - 1 > clause.start && view.is(i - 1, REFLEXIVE) && view.is(i - 2, PRONOUN));
    (!after_article).then_some(Cue {
        start,
        end: i + 1,
        shown: (i, i + 1),
        finite: i,
        direct: view.is(i, DIRECT),
        calls: lists.is_calling(view.word(i)),
        ..Cue::default()
    })
}

/// "stellte … fest, dass": the rest of the verb ends its clause.
fn separable(view: &View, clause: &Clause, lists: &Lists, i: usize) -> bool {
    let ends = |k: usize| k + 1 == clause.end || view.is(k + 1, COMMA | STOP | COLON | THAT);
    lists.prefixes_of(view.word(i)).any(|prefix| {
        (i + 1..clause.end.min(i + BRACKET)).any(|k| view.word(k) == prefix && ends(k))
    })
}

/// "konnte glauben", "zu melden": a form that is the infinitive too is one behind
/// another verb, and behind a preposition.
fn is_infinitive(view: &View, floor: usize, i: usize) -> bool {
    if i == floor {
        return false;
    }
    let led = view.is(i - 1, ENDS) && !view.is(i - 1, TIME | ADVERB | PRONOUN | CAPITAL);
    let mut before = (floor..i)
        .rev()
        .take(BRACKET)
        .take_while(|&k| !view.is(k, COMMA | THAT | QUOTE | DASH | AND));
    led || view.word(i).ends_with("en") && before.any(|k| view.is(k, FINITE))
}

/// Whether item `i` is the first of its sentence, or the first after a quotation.
fn begins(view: &View, clause: &Clause, i: usize) -> bool {
    i == clause.start || view.is(i - 1, QUOTE | DASH | COLON)
}

/// A participle with its auxiliary, which stands before it.
fn participle(view: &View, lists: &Lists, floor: usize, i: usize) -> Option<Cue> {
    let mut k = i;
    let auxiliary = loop {
        if k == floor
            || i - k == BRACKET
            || view.is(k - 1, COMMA | QUOTE | COLON | SEMICOLON | DASH)
        {
            return None;
        }
        k -= 1;
        if view.is(k, AUXILIARY) || view.is(k, BEING) && k > floor && view.is(k - 1, REFLEXIVE) {
            break k;
        }
    };
    let inner: Vec<_> = (auxiliary + 1..i).filter(|&k| !view.is(k, ADVERB | REFLEXIVE)).collect();
    let bracket = inner.first().zip(inner.last()).map(|(&first, &last)| (first, last + 1));
    let start = with_small_words(view, floor, auxiliary);
    let direct = view.is(i, DIRECT);
    let calls = lists.is_calling(view.word(i));
    let shown = (i, i + 1);
    Some(Cue {
        start,
        end: i + 1,
        shown,
        finite: auxiliary,
        inner: bracket,
        direct,
        calls,
        ..Cue::default()
    })
}

/// Where the small words before the verb `i` start: "s'est", "ne le".
fn with_small_words(view: &View, floor: usize, i: usize) -> usize {
    let mut start = i;
    while start > floor
        && i - start < 4
        && view.is(start - 1, ADVERB | REFLEXIVE)
        && !view.is(start - 1, QUOTE | CAPITAL)
    {
        start -= 1;
    }
    start
}
