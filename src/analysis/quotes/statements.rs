//! Statements: cue, source and content of one sentence brought together.
//!
//! Works on items; spans, speakers and what goes on in the next sentence come
//! later.

use super::{
    contents,
    cues::{self, Cue, CueKind},
    items::{Clause, View},
    lexicon::{Form, class::*, takes},
    sources::{self, Range},
};

/// How sure the rules are, by the kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// A quotation beside "X said".
    Quotation,
    /// A clause with "that", or a clause before ", X said".
    Clause,
    /// A thing, an infinitive, a bare clause.
    Phrase,
    /// The colon of a headline.
    Headline,
    /// No cue: a quotation that follows one.
    Position,
}

/// Where else the content of a statement may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expects {
    Nothing,
    /// “Who cares?” / Trump asked.
    Before,
    /// Cruz continued: / “...”
    After,
}

/// Who said what, in items.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub source: Option<Range>,
    pub cue: Option<Range>,
    /// Ordered.
    pub content: Vec<Range>,
    pub evidence: Evidence,
    /// Index of its sentence.
    pub clause: usize,
    pub expects: Expects,
    /// How sure the network is, where the statement is by its tags.
    pub probability: Option<f32>,
}

/// The statements of sentence `index`. What somebody says that others say ("A said
/// that B said that") is none of its own; that keeps the answer in proportion to the
/// text.
pub(super) fn find(view: &View, index: usize) -> Vec<Statement> {
    let clause = &view.clauses[index];
    if let Some(headline) = headline(view, index) {
        return vec![headline];
    }
    let cues = cues::find(view, clause);
    let mut found: Vec<Statement> = Vec::new();
    let mut open_participles: Vec<usize> = Vec::new();
    let mut last_source: Option<Range> = None;
    let mut floor = clause.start;
    // Where what was said so far ends.
    let mut said = clause.start;
    for (n, cue) in cues.iter().enumerate() {
        if said > cue.start {
            continue;
        }
        let later = &cues[n + 1..];
        let Some(mut statement) = (match cue.kind {
            CueKind::According => according(view, clause, cue, floor, later),
            CueKind::Finite => finite(view, clause, cue, floor, later, last_source),
            CueKind::Participle => participle(view, clause, cue, later, last_source),
        }) else {
            continue;
        };
        statement.clause = index;
        if statement.source.is_none() {
            open_participles.push(found.len());
        } else {
            last_source = statement.source;
            for open in open_participles.drain(..) {
                found[open].source = last_source;
            }
        }
        said = statement.content.iter().map(|c| c.1).max().unwrap_or(said).max(said);
        floor = floor.max(said).max(cue.end);
        found.push(statement);
    }
    found.retain(|s| s.source.is_some());
    found
}

/// The words of `cue`, and the colon after them: "continued:".
fn with_colon(view: &View, clause: &Clause, cue: &Cue) -> Range {
    let colon = cue.end < clause.end && view.is(cue.end, COLON);
    (cue.start, cue.end + usize::from(colon))
}

fn statement(
    source: Option<Range>,
    cue: Range,
    content: Vec<Range>,
    evidence: Evidence,
) -> Statement {
    Statement {
        source,
        cue: Some(cue),
        content,
        evidence,
        clause: 0,
        expects: Expects::Nothing,
        probability: None,
    }
}

/// "Lavrov: the camp must close": a paragraph of its own, a name, a colon and a
/// clause. Whether the name is one is left to the caller, who knows the entities.
fn headline(view: &View, index: usize) -> Option<Statement> {
    let clause = &view.clauses[index];
    let alone = |other: Option<&Clause>| other.is_none_or(|c| c.paragraph != clause.paragraph);
    let before = index.checked_sub(1).and_then(|i| view.clauses.get(i));
    if !alone(before) || !alone(view.clauses.get(index + 1)) || index > 0 && clause.stopped {
        return None;
    }
    let colon = (clause.start..clause.end.min(clause.start + 8)).find(|&k| view.is(k, COLON))?;
    let is_label = (clause.start..colon)
        .all(|k| view.is(k, CAPITAL | PREPOSITION | DETERMINER | CLITIC | NUMBER));
    let words = (colon + 1..clause.end).filter(|&k| view.is(k, WORD | QUOTE)).count();
    (colon > clause.start && is_label && words >= 3).then(|| Statement {
        source: Some((clause.start, colon)),
        cue: Some((colon, colon + 1)),
        content: vec![(colon + 1, contents::trim_end(view, colon + 1, clause.end))],
        evidence: Evidence::Headline,
        clause: index,
        expects: Expects::Nothing,
        probability: None,
    })
}

fn according(
    view: &View,
    clause: &Clause,
    cue: &Cue,
    floor: usize,
    later: &[Cue],
) -> Option<Statement> {
    let leads = cue.start == clause.start;
    let limit = clause.end.min(cue.end + sources::REACH);
    let mut end =
        (cue.end..limit).find(|&k| view.is(k, COMMA | COLON | SEMICOLON | DASH)).unwrap_or(limit);
    // "according to Al From, head of the council, the poll"
    if leads && end < clause.end && view.is(end, COMMA) {
        let second = (end + 1..limit).find(|&k| view.is(k, COMMA));
        if let Some(second) = second
            && second - end < 12
            && !contents::has_verb(view, end + 1, second)
            && view.is(end + 1, DETERMINER | NUMBER | WORD)
            && !view.is(end + 1, PREPOSITION | SUBJECT)
        {
            end = second;
        }
    }
    let source = (end > cue.end).then_some((cue.end, end))?;
    let mut content = Vec::new();
    if !leads && let Some(left) = contents::left(view, clause, floor, cue.start) {
        content.push(left);
    }
    if end + 1 < clause.end && (leads || view.is(end, COMMA)) {
        let stop = contents::end(view, clause, end + 1, cue, false, later);
        if stop > end + 1 && (leads || content.is_empty()) {
            content.push((end + 1, stop));
        }
    }
    (!content.is_empty())
        .then(|| statement(Some(source), (cue.start, cue.end), content, Evidence::Clause))
}

fn finite(
    view: &View,
    clause: &Clause,
    cue: &Cue,
    floor: usize,
    later: &[Cue],
    last_source: Option<Range>,
) -> Option<Statement> {
    if let Some(statement) = inverted(view, clause, cue, floor) {
        return Some(statement);
    }
    let anchor = contents::anchor(view, clause, cue);
    let inherits = cue.start > clause.start
        && (view.is(cue.start - 1, COORDINATOR)
            || view.is(cue.start - 1, COMMA) && last_source.is_some() && anchor.is_some());
    let subject = if inherits {
        last_source.or_else(|| sources::main(view, clause, cue.start))?
    } else {
        sources::left(view, clause, cue.start)?
    };
    if cue.takes & takes::MIND != 0 && view.is_any(subject.0, &["i", "we", "you"]) {
        return None;
    }
    let range = with_colon(view, clause, cue);
    // “...,” X said. / ..., X said.
    if !inherits && subject.0 > floor && cue.takes & (takes::DIRECT | takes::THAT) != 0 {
        let before = subject.0 - 1;
        let quoted = view.is(before, QUOTE)
            || view.is(before, COMMA) && before > floor && view.is(before - 1, QUOTE);
        let rest = resumed(view, clause, cue);
        let clause_before =
            view.is(before, COMMA) && (before >= floor + 3 || before > floor && rest.is_some());
        if quoted || clause_before && anchor.is_none() && cue.takes & takes::THAT != 0 {
            let mut left = contents::left(view, clause, floor, subject.0)?;
            if quoted && is_speech(view, before) {
                // What stands before a quotation of its own is no part of it.
                left.0 = speech_start(view, left);
            }
            let mut content = vec![left];
            if let Some(rest) = rest {
                content.push(rest);
            } else if let Some(at) = anchor
                && view.is(at, QUOTE)
            {
                content.push((at, contents::end(view, clause, at, cue, false, later)));
            }
            let evidence = if quoted { Evidence::Quotation } else { Evidence::Clause };
            return Some(statement(Some(subject), range, content, evidence));
        }
    }
    let Some(start) = anchor else {
        return elsewhere(view, clause, cue, subject, range);
    };
    let narrow = is_subordinate(view, clause, subject);
    let end = contents::end(view, clause, start, cue, narrow, later);
    (end > start).then(|| {
        let evidence = if view.is(start, QUOTE) {
            Evidence::Quotation
        } else if view.is(start, THAT) {
            Evidence::Clause
        } else {
            Evidence::Phrase
        };
        statement(Some(subject), range, vec![(start, end)], evidence)
    })
}

/// Whether the clause of `subject` hangs on another: "who said", "While he said".
fn is_subordinate(view: &View, clause: &Clause, subject: Range) -> bool {
    if subject.0 == clause.start {
        return false;
    }
    let before = subject.0 - 1;
    if view.is(subject.0, RELATIVE) {
        return view.is(before, COMMA);
    }
    view.is(clause.start, SUBORDINATOR | PREPOSITION)
        && subject.0 - clause.start < sources::REACH
        && !(clause.start..subject.0).any(|k| view.is(k, COMMA))
}

/// A statement whose content stands in the sentence before or after.
fn elsewhere(
    view: &View,
    clause: &Clause,
    cue: &Cue,
    subject: Range,
    range: Range,
) -> Option<Statement> {
    if cue.takes & (takes::DIRECT | takes::THAT) == 0 {
        return None;
    }
    let expects = if view.is(clause.end - 1, COLON) {
        Expects::After
    } else if subject.0 == clause.start
        && cue.takes & takes::DIRECT != 0
        && clause.end - clause.start < 16
    {
        Expects::Before
    } else {
        return None;
    };
    Some(Statement { expects, ..statement(Some(subject), range, Vec::new(), Evidence::Quotation) })
}

/// Whether the item is a quotation, or a comma after one, that reads as a whole
/// sentence rather than as words picked out.
fn is_speech(view: &View, at: usize) -> bool {
    let quote = if view.is(at, COMMA) { at - 1 } else { at };
    view.quote_ends_with(quote, &[',', '?', '!', '.', '—', '–', '…', '-'])
}

/// Where speech in `range` starts: at its first quotation if only that is left of
/// it, else at its start.
fn speech_start(view: &View, range: Range) -> usize {
    let mut k = range.1;
    while k > range.0 && view.is(k - 1, QUOTE | COMMA) {
        k -= 1;
    }
    if k == range.0 || view.is(k - 1, COLON | STOP) {
        return k;
    }
    range.0
}

/// “A,” X said, “B”: the second piece.
fn resumed(view: &View, clause: &Clause, cue: &Cue) -> Option<Range> {
    let comma = (cue.end..clause.end.min(cue.end + 12)).find(|&k| view.is(k, COMMA))?;
    let start = comma + 1;
    if start >= clause.end {
        return None;
    }
    if view.is(start, QUOTE) {
        let mut end = start;
        while end < clause.end && view.is(end, QUOTE) {
            end += 1;
        }
        return Some((start, end));
    }
    // "Recently, he said, he has realized"
    (comma == cue.end
        && !view.is(start, ING | RELATIVE | COORDINATOR | ADVERB | PREPOSITION)
        && contents::has_verb(view, start, clause.end)
        && !view.is(start, SUBORDINATOR))
    .then(|| (start, contents::trim_end(view, start, clause.end)))
}

/// “...,” said X.
fn inverted(view: &View, clause: &Clause, cue: &Cue, floor: usize) -> Option<Statement> {
    if !cue.bare || cue.takes & takes::DIRECT == 0 || !matches!(cue.form, Form::Past | Form::Third)
    {
        return None;
    }
    if cue.start <= floor {
        return None;
    }
    let before = cue.start - 1;
    let after_quote = view.is(before, QUOTE) && is_speech(view, before)
        || view.is(before, COMMA) && before > clause.start && view.is(before - 1, QUOTE);
    let after_clause = view.is(before, COMMA)
        && before >= floor + 4
        && contents::has_verb(view, floor, before)
        && !contents::has_verb(view, cue.end, clause.end)
        && !view.is(cue.end.min(clause.end - 1), QUOTE | THAT);
    if !after_quote && !after_clause {
        return None;
    }
    let source = sources::right(view, cue.end, clause.end)?;
    let mut left = contents::left(view, clause, floor, cue.start)?;
    if after_quote {
        left.0 = speech_start(view, left);
    }
    let mut content = vec![left];
    let after = source.1;
    if after + 1 < clause.end && view.is(after, COMMA | COLON) && view.is(after + 1, QUOTE) {
        content.push((after + 1, after + 2));
    }
    let evidence = if after_quote { Evidence::Quotation } else { Evidence::Clause };
    Some(statement(Some(source), (cue.start, cue.end), content, evidence))
}

fn participle(
    view: &View,
    clause: &Clause,
    cue: &Cue,
    later: &[Cue],
    last_source: Option<Range>,
) -> Option<Statement> {
    let start = contents::anchor(view, clause, cue)?;
    let leads = cue.start <= clause.start + 1;
    let end = contents::end(view, clause, start, cue, leads, later);
    if end <= start {
        return None;
    }
    let source = if cue.start == clause.start {
        None
    } else {
        let before = cue.start - 1;
        if view.is(before, COMMA | DASH | COORDINATOR)
            || view.is(before, PREPOSITION | SUBORDINATOR)
        {
            last_source.or_else(|| sources::main(view, clause, cue.start))
        } else {
            Some(sources::left(view, clause, cue.start)?)
        }
    };
    let evidence = if view.is(start, THAT) { Evidence::Clause } else { Evidence::Phrase };
    let range = with_colon(view, clause, cue);
    Some(statement(source, range, vec![(start, end)], evidence))
}
