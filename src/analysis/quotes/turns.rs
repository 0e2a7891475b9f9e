//! Turns of an interview or a transcript: "Q: Will you stay?" / "LOPEZ: We will."
//!
//! A label with a colon begins a list and a heading as well, so paragraphs are turns only
//! where others stand near them that ask or answer. Their words are verbatim without any
//! marks: each paragraph becomes a quotation. Must not guess who "Q" is.

use std::collections::HashMap;

use super::{
    items::View,
    marks::Quotation,
    sources::Range,
    statements::{Evidence, Expects, Statement},
};
use crate::analysis::Span;

/// What one speaker says until the next does.
pub(super) struct Turn {
    /// Who speaks, without the colon.
    label: Span,
    colon: Span,
    /// One piece for each paragraph.
    speech: Vec<Quotation>,
}

/// Longest label, in characters.
const LABEL: usize = 48;
/// Most words of a label.
const WORDS: usize = 6;
/// Most paragraphs without a label between two turns.
const GAP: usize = 4;

/// Labels of questions and answers, in lower case.
const ROLES: &[&str] = &[
    "q",
    "a",
    "question",
    "answer",
    "frage",
    "antwort",
    "réponse",
    "pregunta",
    "respuesta",
    "domanda",
    "risposta",
    "pergunta",
    "resposta",
    "vraag",
    "antwoord",
    "вопрос",
    "ответ",
];

/// Whether a label tells what is done, not who does it: "Q" of "Q: Will you stay?"
pub(super) fn is_role(label: &str) -> bool {
    ROLES.contains(&label.to_lowercase().as_str())
}

/// A paragraph that may be a turn.
struct Labelled {
    paragraph: usize,
    label: Span,
    colon: Span,
    speech: Quotation,
}

/// The turns of a text, in order. `is_person` says whether a label names somebody.
pub(super) fn find(text: &str, paragraphs: &[Span], is_person: impl Fn(Span) -> bool) -> Vec<Turn> {
    let mut labelled: Vec<_> = paragraphs
        .iter()
        .enumerate()
        .filter_map(|(index, &paragraph)| labelled(text, index, paragraph))
        .collect();
    let times = times(text, &labelled);
    labelled.retain(|turn| {
        let label = turn.label.of(text);
        is_role(label) || is_upper(label) || times[label] > 1 || is_person(turn.label)
    });
    let mut turns = Vec::new();
    let near = |a: &Labelled, b: &Labelled| b.paragraph - a.paragraph <= GAP + 1;
    for run in labelled.chunk_by(near) {
        // "Lopez: We will stay" over a report that quotes an interview is its headline.
        let is_headline = run.first().is_some_and(|first| first.paragraph == 0)
            && run.get(1).is_some_and(|second| second.paragraph > 1);
        let run = &run[usize::from(is_headline)..];
        if is_interview(text, run, &is_person) {
            turns.extend(run.iter().enumerate().map(|(at, turn)| {
                let end = run.get(at + 1).map_or(turn.paragraph + 1, |next| next.paragraph);
                let more = paragraphs[turn.paragraph + 1..end].iter();
                let more = more
                    .filter(|paragraph| is_spoken(paragraph.of(text)))
                    .map(|&p| Quotation { outer: p, inner: p, continues: true });
                let speech = [turn.speech].into_iter().chain(more).collect();
                Turn { label: turn.label, colon: turn.colon, speech }
            }));
        }
    }
    turns
}

/// How often each label stands.
fn times<'a>(text: &'a str, turns: &[Labelled]) -> HashMap<&'a str, usize> {
    let mut times = HashMap::new();
    for turn in turns {
        *times.entry(turn.label.of(text)).or_default() += 1;
    }
    times
}

/// Of how many turns one asks at least, where labels are no roles: those of a list with names
/// ("Lopez: Win in a walk.") do not.
const ASKS: usize = 5;

/// Whether two or more speak, all of them people, and they ask.
fn is_interview(text: &str, run: &[Labelled], is_person: impl Fn(Span) -> bool) -> bool {
    let times = times(text, run);
    let speaks = |turn: &Labelled| {
        let label = turn.label.of(text);
        is_role(label) || times[label] > 1 || is_person(turn.label)
    };
    let asks = |turn: &&Labelled| turn.speech.inner.of(text).contains(['?', '？', '؟']);
    times.len() > 1 && run.iter().all(speaks) && run.iter().filter(asks).count() * ASKS >= run.len()
}

/// Whether a paragraph between turns is speech, where "(CROSSTALK.)" and "…" are not.
fn is_spoken(paragraph: &str) -> bool {
    let words = paragraph.trim_start_matches(OPENS);
    words.contains(char::is_alphabetic) && !words.starts_with(['(', '['])
}

/// Label, colon and speech of a paragraph that begins with a label.
fn labelled(text: &str, index: usize, paragraph: Span) -> Option<Labelled> {
    let words = paragraph.of(text);
    // Each paragraph of a transcript that is quoted opens with a mark.
    let head = words.trim_start_matches(OPENS);
    let start = paragraph.start + (words.len() - head.len());
    let (at, _) = head.char_indices().take(LABEL).find(|&(_, c)| c == ':')?;
    let label = Span::new(start, start + at).trim(text);
    let rest = head[at + 1..].strip_prefix(char::is_whitespace)?;
    let is_label = label.of(text).split_whitespace().take(WORDS + 1).count() <= WORDS
        && (is_role(label.of(text)) || is_name(label.of(text)))
        && label.of(text).chars().all(|c| c.is_alphabetic() || " .'’-".contains(c));
    let inner = Span::new(paragraph.end - rest.len(), paragraph.end).trim(text);
    let said = inner.of(text);
    let closed = said.trim_end_matches(CLOSES);
    let inner = if head.len() < words.len() && !closed.contains(OPENS) {
        Span::new(inner.start, inner.start + closed.len())
    } else {
        inner
    };
    (is_label && said.contains(char::is_alphabetic)).then(|| Labelled {
        paragraph: index,
        label,
        colon: Span::new(start + at, start + at + 1),
        speech: Quotation { outer: inner, inner, continues: false },
    })
}

const OPENS: [char; 4] = ['"', '“', '„', '«'];
const CLOSES: [char; 4] = ['"', '”', '“', '»'];

/// Whether no word but the small ones within a name begins in lower case: "Yusuf bin Alawi".
fn is_name(label: &str) -> bool {
    let is_small = |word: &str| word.chars().count() <= 3;
    label.starts_with(char::is_uppercase)
        && label
            .split_whitespace()
            .all(|word| is_small(word) || !word.starts_with(char::is_lowercase))
}

/// Two letters at least, and none in lower case: "LOPEZ", "MS. LOPEZ".
fn is_upper(label: &str) -> bool {
    label.chars().filter(|c| c.is_uppercase()).count() > 1 && !label.contains(char::is_lowercase)
}

/// Puts the speech of `turns` in the place of the quotations that were found in it.
pub(super) fn mark(turns: &[Turn], quotations: &mut Vec<Quotation>) {
    if turns.is_empty() {
        return;
    }
    // From label to last piece, in order and apart.
    let whole: Vec<_> =
        turns.iter().map(|t| t.speech.iter().fold(t.label, |s, q| s.union(q.outer))).collect();
    quotations.retain(|quotation| {
        let next = whole.partition_point(|turn| turn.end <= quotation.outer.start);
        whole.get(next).is_none_or(|turn| !turn.overlaps(quotation.outer))
    });
    quotations.extend(turns.iter().flat_map(|turn| &turn.speech));
    quotations.sort_by_key(|quotation| quotation.outer);
}

/// Puts a statement for each turn in the place of those that share words with it.
pub(super) fn tell(view: &View, turns: &[Turn], statements: &mut Vec<Statement>) {
    if turns.is_empty() {
        return;
    }
    let items = |span: Span| -> Range {
        let start = view.items.partition_point(|item| item.span.end <= span.start);
        (start, view.items.partition_point(|item| item.span.start < span.end))
    };
    let mut taken = vec![false; view.items.len()];
    let told: Vec<_> = turns
        .iter()
        .map(|turn| {
            let (source, cue) = (items(turn.label), items(turn.colon));
            let content: Vec<_> = turn.speech.iter().map(|piece| items(piece.outer)).collect();
            for &(start, end) in [source, cue].iter().chain(&content) {
                taken[start..end].fill(true);
            }
            let after = view.clauses.partition_point(|clause| clause.start <= source.0);
            Statement {
                source: Some(source),
                cue: Some(cue),
                content,
                evidence: Evidence::Quotation,
                clause: after.saturating_sub(1),
                expects: Expects::Nothing,
                probability: None,
            }
        })
        .collect();
    statements.retain(|s| {
        let mut parts = s.source.iter().chain(&s.cue).chain(&s.content);
        parts.all(|&(start, end)| !taken[start..end].contains(&true))
    });
    statements.extend(told);
    statements.sort_by_key(|statement| statement.clause);
}
