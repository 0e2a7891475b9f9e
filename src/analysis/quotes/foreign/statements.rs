//! Statements: cue, source and content of one sentence brought together.
//!
//! Works on items; names come later.

use super::{
    around::Around,
    cues,
    lists::{Lists, class::*},
    sources::{self, Range},
};
use crate::analysis::quotes::{
    items::{Clause, View},
    turns,
};

/// What a statement stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// A quotation beside a cue.
    Quotation,
    /// A clause that a cue and "that" begin, or that a cue with its subject ends.
    Clause,
    /// A quotation that reads like speech, and no cue.
    Alone,
}

#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Who speaks: the noun phrase that a name is looked for in.
    pub source: Option<Range>,
    /// The source with its apposition: what is shown.
    pub mention: Option<Range>,
    pub cue: Option<Range>,
    /// Ordered, not empty.
    pub content: Vec<Range>,
    pub evidence: Evidence,
    /// Index of its sentence.
    pub clause: usize,
    /// Whether a quotation in the next sentence may go on with it.
    pub open: bool,
}

/// The statements of sentence `index`. Each item is content of one at most.
pub(super) fn find(view: &View, lists: &Lists, index: usize) -> Vec<Statement> {
    let clause = &view.clauses[index];
    let mut found: Vec<Statement> = Vec::new();
    if let Some(turn) = turn(view, index) {
        found.push(turn);
    }
    let cues = cues::find(view, clause, lists);
    for (n, cue) in cues.iter().enumerate() {
        let floor = found.last().map_or(clause.start, taken_to);
        if cue.start < floor {
            continue;
        }
        let next = cues.get(n + 1).map(|cue| cue.start);
        let before = found.iter().rev().find_map(|statement| statement.source);
        let around = Around { view, clause, lists, cue, floor, next, before };
        let statement = if cue.according { around.according() } else { around.verb() };
        if let Some((source, content, evidence)) = statement {
            found.push(Statement {
                source,
                mention: source
                    .map(|source| sources::whole(view, clause, lists, source, cue, &content)),
                cue: Some(cue.shown),
                open: evidence == Evidence::Quotation,
                content,
                evidence,
                clause: index,
            });
        }
    }
    let mut floor = clause.start;
    let mut alone = Vec::new();
    for statement in &found {
        alone.extend(self::alone(view, index, floor, statement_start(statement)));
        floor = taken_to(statement);
    }
    alone.extend(self::alone(view, index, floor, clause.end));
    found.extend(alone);
    found
}

/// The item after the last one that the statement takes.
fn taken_to(statement: &Statement) -> usize {
    let content = statement.content.last().map_or(0, |range| range.1);
    let source = statement.source.map_or(0, |range| range.1);
    content.max(source).max(statement.cue.map_or(0, |range| range.1))
}

fn statement_start(statement: &Statement) -> usize {
    let content = statement.content.first().map_or(usize::MAX, |range| range.0);
    content.min(statement.cue.map_or(usize::MAX, |range| range.0))
}

/// "Macron : « … »", "LAVROV: “…”" at the head of a paragraph.
fn turn(view: &View, index: usize) -> Option<Statement> {
    let clause = &view.clauses[index];
    let leads = index == 0 || view.clauses[index - 1].paragraph != clause.paragraph;
    let colon =
        (clause.start + 1..clause.end.min(clause.start + 6)).find(|&k| view.is(k, COLON))?;
    let is_name = (clause.start..colon).all(|k| view.is(k, CAPITAL | PARTICLE))
        || colon == clause.start + 1 && turns::is_role(view.word(clause.start));
    let quote = (colon + 1 < clause.end && view.is(colon + 1, QUOTE)).then_some(colon + 1)?;
    (leads && is_name).then_some(Statement {
        source: Some((clause.start, colon)),
        mention: Some((clause.start, colon)),
        cue: Some((colon, colon + 1)),
        content: vec![(quote, quote + 1)],
        evidence: Evidence::Quotation,
        clause: index,
        open: true,
    })
}

/// Quotations among the items `from..to` that read like speech of somebody who is not
/// named beside them.
pub(super) fn alone(view: &View, index: usize, from: usize, to: usize) -> Vec<Statement> {
    let clause = &view.clauses[index];
    let quotes = (from..to.max(from)).filter(|&k| view.is(k, QUOTE));
    quotes
        .filter(|&k| {
            let words = words(view, k);
            let whole = is_whole(view, clause, k);
            let stopped =
                view.quote_ends_with(k, &['.', '!', '?', '…', '。', '！', '？', '।', '؟']);
            let led = k > clause.start && view.is(k - 1, COLON);
            let like_speech = whole || stopped || led;
            words >= if like_speech { 3 } else { 8 }
        })
        .map(|k| Statement {
            source: None,
            mention: None,
            cue: None,
            content: vec![(k, k + 1)],
            evidence: Evidence::Alone,
            clause: index,
            open: false,
        })
        .collect()
}

/// Whether the sentence is a quotation and nothing else but a dash before it.
pub(super) fn is_whole(view: &View, clause: &Clause, k: usize) -> bool {
    clause.end == k + 1 && (clause.start == k || clause.start + 1 == k && view.is(k - 1, DASH))
}

/// Words of a quotation, where writing has none between spaces two characters for each.
pub(super) fn words(view: &View, item: usize) -> usize {
    let Some(quote) = view.items[item].quote else { return 0 };
    let inner = view.quotations[quote].inner.of(view.text);
    let dense = inner
        .chars()
        .take(40)
        .filter(|c| ('\u{0e00}'..='\u{0eff}').contains(c) || *c >= '\u{3000}');
    view.words_of_quote(quote).max(dense.count() / 2)
}
