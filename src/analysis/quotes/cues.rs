//! Cues: the words that report, and how they stand in their sentence.
//!
//! Looks at the verb and at what stands right before it; who speaks and what is
//! said are found elsewhere.

use super::{
    items::{Clause, View},
    lexicon::{self, Form, Reading, class::*, takes},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueKind {
    /// A finite verb.
    Finite,
    /// "noting that", with the subject of its sentence.
    Participle,
    /// "according to".
    According,
}

/// Words that report, as a range of items.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub kind: CueKind,
    /// With auxiliaries and adverbs.
    pub start: usize,
    /// With particles.
    pub end: usize,
    /// Bits of `takes`.
    pub takes: u8,
    pub form: Form,
    /// Whether no auxiliary stands before the verb.
    pub bare: bool,
}

/// The cues of one sentence, in order. Quotations are single items here, so what
/// is said inside them reports nothing.
pub(super) fn find(view: &View, clause: &Clause) -> Vec<Cue> {
    let mut cues = Vec::new();
    let mut buffer = String::new();
    let mut i = clause.start;
    while i < clause.end {
        let cue = if view.is(i, WORD) {
            according(view, clause, i).or_else(|| verb(view, clause, i, &mut buffer))
        } else {
            None
        };
        match cue {
            Some(cue) => {
                cues.push(cue);
                i = cue.end;
            }
            None => i += 1,
        }
    }
    cues
}

fn according(view: &View, clause: &Clause, i: usize) -> Option<Cue> {
    (view.word_is(i, "according") && i + 2 < clause.end && view.is(i + 1, TO)).then_some(Cue {
        kind: CueKind::According,
        start: i,
        end: i + 2,
        takes: takes::THAT | takes::DIRECT,
        form: Form::Ing,
        bare: true,
    })
}

fn verb(view: &View, clause: &Clause, i: usize, buffer: &mut String) -> Option<Cue> {
    let readings = lexicon::readings(view.word(i), buffer);
    let fits = |r: &Reading| {
        r.particle
            .iter()
            .enumerate()
            .all(|(n, word)| i + 1 + n < clause.end && view.word_is(i + 1 + n, word))
    };
    let reading = readings.iter().find(|r| fits(r))?;
    // A verb that takes things with and without its particle takes both.
    let bits =
        readings.iter().filter(|r| r.particle == reading.particle).fold(0, |b, r| b | r.takes);
    let end = i + 1 + reading.particle.len();
    let start = with_auxiliaries(view, clause, i);
    let kind = role(view, clause, start, i, reading.form, bits)?;
    let bare = !(start..i).any(|k| view.is(k, AUXILIARY | MODAL));
    Some(Cue { kind, start, end, takes: bits, form: reading.form, bare })
}

/// Where the auxiliaries and adverbs before the verb `i` start.
fn with_auxiliaries(view: &View, clause: &Clause, i: usize) -> usize {
    let mut start = i;
    while start > clause.start && i - start < 6 {
        let before = start - 1;
        if !view.is(before, ADVERB | AUXILIARY | MODAL | NEGATION)
            || view.is(before, CAPITAL) && before > clause.start
        {
            break;
        }
        // "It is here that he said": only an adverb at the head stays out.
        start = before;
    }
    while start < i && start == clause.start && view.is(start, ADVERB) {
        start += 1;
    }
    start
}

/// What the verb `i` does, by the words before it; `None` where it is a noun, an
/// adjective, an infinitive or passive.
fn role(
    view: &View,
    clause: &Clause,
    start: usize,
    i: usize,
    form: Form,
    bits: u8,
) -> Option<CueKind> {
    let auxiliaries = || (start..i).filter(|&k| view.is(k, AUXILIARY | MODAL));
    let last_auxiliary = auxiliaries().next_back();
    let is_be = |k: usize| {
        [
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "am",
            "'s",
            "’s",
            "'re",
            "’re",
            "'m",
            "’m",
            "isn't",
            "wasn't",
            "isn’t",
            "wasn’t",
            "aren't",
            "weren't",
            "aren’t",
            "weren’t",
        ]
        .iter()
        .any(|be| view.word_is(k, be))
    };
    let before = (start > clause.start).then(|| start - 1);
    let after_noun_phrase_opener = before.is_some_and(|k| {
        view.is(k, DETERMINER | POSSESSIVE | TO)
            && !view.is(k, SUBJECT)
            && ![
                "both", "all", "some", "many", "most", "few", "several", "others", "that", "this",
                "half", "two", "three", "another", "one",
            ]
            .iter()
            .any(|w| view.word_is(k, w))
            || view.is(k, CLITIC) && !view.is(k, AUXILIARY)
    });
    match form {
        Form::Ing => match last_auxiliary {
            Some(k) if is_be(k) => Some(CueKind::Finite),
            Some(_) => None,
            None if after_noun_phrase_opener => None,
            None => {
                // "noting", but "the crowd opposing him" only after a comma.
                let loose = bits & (takes::THAT | takes::CLAUSE | takes::PERSON) != 0;
                let set_off = before.is_none_or(|k| view.is(k, COMMA | DASH));
                (loose || set_off).then_some(CueKind::Participle)
            }
        },
        Form::Participle => {
            last_auxiliary.filter(|&k| !is_be(k) && view.is(k, AUXILIARY)).map(|_| CueKind::Finite)
        }
        Form::Past => match last_auxiliary {
            Some(k) if is_be(k) => None,
            Some(k) => view.is(k, AUXILIARY).then_some(CueKind::Finite),
            None if after_noun_phrase_opener => None,
            None => {
                let adjective = before.is_some_and(|k| view.is(k, PREPOSITION));
                (!adjective).then_some(CueKind::Finite)
            }
        },
        Form::Third => {
            let noun = after_noun_phrase_opener || before.is_some_and(|k| view.is(k, PREPOSITION));
            (!noun && last_auxiliary.is_none()).then_some(CueKind::Finite)
        }
        Form::Base => match last_auxiliary {
            Some(k) => (!is_be(k)).then_some(CueKind::Finite),
            None => before
                .filter(|&k| is_plural(view, k) && !after_noun_phrase_opener)
                .map(|_| CueKind::Finite),
        },
    }
}

/// Whether item `k` can end a plural subject: "officials", "they", "who".
fn is_plural(view: &View, k: usize) -> bool {
    if view.is(k, SUBJECT) {
        return !["he", "she", "it"].iter().any(|word| view.word_is(k, word));
    }
    let word = view.word(k);
    view.is(k, WORD)
        && !view.is(k, PREPOSITION)
        && (word.ends_with('s') && !word.ends_with("ss") && word.len() > 3
            || view.is(k, RELATIVE)
            || [
                "people", "many", "some", "most", "both", "others", "few", "women", "men", "all",
                "police",
            ]
            .iter()
            .any(|plural| word.eq_ignore_ascii_case(plural)))
}
