//! Statements from the network's tags: each cue with the source and the contents
//! that it is linked to.
//!
//! Tags are words; here they become items, so that a content that touches a
//! quotation takes all of it, marks included. What somebody says within a
//! quotation is none of these: a quotation is one item.

use super::{
    items::View,
    lexicon::{self, class::*},
    sources::Range,
    statements::{Evidence, Expects, Statement},
};
use crate::analysis::{
    Span,
    entities::Entities,
    tagger::Tags,
    watch::{Stopped, Watch, check},
};

/// A content that no cue is likelier to own is still a statement's own.
const LEAST_LINK: f32 = 0.3;

/// The statements of a text by its tags, in the order of their sentences.
///
/// # Errors
/// The watch said stop.
pub(super) fn statements(
    view: &View,
    tags: &Tags,
    entities: &Entities,
    watch: &dyn Watch,
) -> Result<Vec<Statement>, Stopped> {
    let owners = owners(view, tags);
    let mut found: Vec<Statement> = Vec::with_capacity(tags.cues.len());
    for (index, tagged) in tags.cues.iter().enumerate() {
        check(watch)?;
        let Some(mut cue) = outside_quotations(view, tagged.cue.span) else { continue };
        let source =
            source_of(tags, index).or_else(|| subject(view, tags, cue)).and_then(|source| {
                let range = outside_quotations(view, whole(entities, tags.sources[source].span))?;
                Some((without_comma(view, after_dateline(view, range)), source))
            });
        let mut probability = tagged.cue.probability;
        let mut content = Vec::new();
        for (at, &(owner, link)) in owners.iter().enumerate() {
            if owner == Some(index) {
                content.extend(touched(view, whole(entities, tags.contents[at].span)));
                probability = probability.min(tags.contents[at].probability).min(link);
            }
        }
        if let Some((_, source)) = source {
            probability = probability.min(tags.sources[source].probability);
        }
        for piece in &mut content {
            // "referring to / Russia's role": the preposition is the cue's, and only its.
            if piece.0 == cue.1 + 1 && view.word_is(cue.1, "to") {
                cue.1 = piece.0;
            } else if piece.0 == cue.1
                && let Some(particle) = particle_at(view, cue.1)
            {
                cue.1 += particle;
                piece.0 += particle;
            } else if piece.0 < cue.1 && cue.1 < piece.1 {
                piece.0 = cue.1;
            }
        }
        for piece in &mut content {
            without_lone_close(view, piece);
            within_marks(view, piece);
        }
        content.retain(|(start, end)| start < end);
        content.sort_unstable();
        content.dedup();
        let quoted = content.iter().any(|&(start, end)| (start..end).any(|k| view.is(k, QUOTE)));
        let clause = clause_at(view, cue.0);
        let colon = view.items.get(cue.1).is_some_and(|item| item.is(COLON));
        let expects = match (content.is_empty(), colon) {
            (false, _) => Expects::Nothing,
            (true, true) => Expects::After,
            (true, false) => Expects::Before,
        };
        found.push(Statement {
            source: source.map(|(source, _)| source),
            cue: Some(cue),
            content,
            evidence: if quoted { Evidence::Quotation } else { Evidence::Phrase },
            clause,
            expects,
            probability: Some(probability),
        });
    }
    found.sort_by_key(|statement| statement.clause);
    Ok(found)
}

/// The source of a cue: the likeliest link, or else the nearest source within reach.
fn source_of(tags: &Tags, cue: usize) -> Option<usize> {
    let tagged = &tags.cues[cue];
    if let Some(&(source, _)) = tagged.sources.first() {
        return Some(source);
    }
    let distance = |span: Span| distance(span, tagged.cue.span);
    let nearest = (0..tags.sources.len()).min_by_key(|&at| distance(tags.sources[at].span))?;
    (distance(tags.sources[nearest].span) <= NEAR).then_some(nearest)
}

/// "Lopez reopened the bridge, noting that": the source before it in the sentence shares its
/// participle, where no link says so.
fn subject(view: &View, tags: &Tags, cue: Range) -> Option<usize> {
    let clause = view.clauses.get(clause_at(view, cue.0))?;
    let comma = cue.0.checked_sub(1)?;
    if comma <= clause.start || !view.is(comma, COMMA) || !view.is(cue.0, ING) {
        return None;
    }
    let sentence = view.span(clause.start, comma);
    let before = tags.sources.partition_point(|source| source.span.end <= sentence.end);
    let source = before.checked_sub(1)?;
    (tags.sources[source].span.start >= sentence.start).then_some(source)
}

/// "Foreign Minister Sergey Lavrov" of "Moscow, SANA- Foreign Minister Sergey Lavrov": the
/// dateline that a paragraph starts with is no part of its first source.
fn after_dateline(view: &View, source: Range) -> Range {
    let clause = &view.clauses[clause_at(view, source.0)];
    let dash = (source.0 + 1..source.1.saturating_sub(1)).find(|&k| view.is(k, DASH));
    match dash {
        Some(dash)
            if dash < clause.start + DATELINE
                && (clause.start..dash).all(|k| !view.is(k, WORD) || view.is(k, CAPITAL)) =>
        {
            (dash + 1, source.1)
        }
        _ => source,
    }
}

/// Longest dateline, in words and marks.
const DATELINE: usize = 8;

/// A comma at the end belongs to the source only where it closes an apposition.
fn without_comma(view: &View, source: Range) -> Range {
    let last = source.1 - 1;
    let alone = last > source.0
        && view.is(last, COMMA)
        && !(source.0..last).any(|k| view.is(k, COMMA | OPEN | DASH));
    if alone { (source.0, last) } else { source }
}

/// Within how many bytes a source without a link belongs to a cue.
const NEAR: usize = 40;
/// Within how many bytes a content without a link does.
const ADJACENT: usize = 2;

/// Bytes between two spans.
fn distance(a: Span, b: Span) -> usize {
    if a.start < b.start { b.start.saturating_sub(a.end) } else { a.start.saturating_sub(b.end) }
}

/// For each content the cue that it most likely belongs to, and how likely: content is
/// said once. A cue of its own paragraph comes before all others.
fn owners(view: &View, tags: &Tags) -> Vec<(Option<usize>, f32)> {
    let paragraph = |span: Span| {
        let item = view.items.partition_point(|item| item.span.end <= span.start);
        view.clauses.get(clause_at(view, item)).map(|clause| clause.paragraph)
    };
    let paragraphs: Vec<_> = tags.contents.iter().map(|content| paragraph(content.span)).collect();
    let mut best = vec![(None, (false, LEAST_LINK)); tags.contents.len()];
    for (index, cue) in tags.cues.iter().enumerate() {
        let here = paragraph(cue.cue.span);
        for &(content, probability) in &cue.contents {
            let strength = (paragraphs[content] == here, probability);
            if probability > LEAST_LINK && strength > best[content].1 {
                best[content] = (Some(index), strength);
            }
        }
    }
    let mut best: Vec<_> = best.into_iter().map(|(owner, (_, link))| (owner, link)).collect();
    for (content, owner) in best.iter_mut().enumerate().filter(|(_, owner)| owner.0.is_none()) {
        let span = tags.contents[content].span;
        let near = |&cue: &usize| distance(tags.cues[cue].cue.span, span);
        owner.0 = (0..tags.cues.len()).min_by_key(near).filter(|cue| near(cue) <= ADJACENT);
    }
    best
}

/// `span` with the whole of the mentions that its ends cut: "to the UN" of "to the UN
/// Security Council".
fn whole(entities: &Entities, span: Span) -> Span {
    let mentions = &entities.mentions;
    let first = mentions.partition_point(|m| m.span.end <= span.start);
    let last = mentions.partition_point(|m| m.span.start < span.end);
    let ends = [mentions.get(first), last.checked_sub(1).and_then(|at| mentions.get(at))];
    ends.into_iter().flatten().filter(|m| m.span.overlaps(span)).fold(span, |s, m| s.union(m.span))
}

/// The items that `span` touches, if any.
fn touched(view: &View, span: Span) -> Option<Range> {
    let start = view.items.partition_point(|item| item.span.end <= span.start);
    let end = view.items.partition_point(|item| item.span.start < span.end);
    (start < end).then_some((start, end))
}

/// How many words at item `at` belong to the reporting verb before it: "to" of
/// "referring to".
fn particle_at(view: &View, at: usize) -> Option<usize> {
    let readings = lexicon::readings(view.word(at.checked_sub(1)?), &mut String::new());
    let fits = |particle: &[&str]| {
        !particle.is_empty()
            && particle.iter().enumerate().all(|(k, word)| view.word_is(at + k, word))
    };
    readings.iter().find(|reading| fits(&reading.particle)).map(|reading| reading.particle.len())
}

/// "(she added that it was safe)": what closes was opened before the content.
fn without_lone_close(view: &View, (start, end): &mut Range) {
    let opens = (*start..*end).any(|k| view.is(k, OPEN));
    if !opens && *end > *start && view.is(*end - 1, CLOSE) {
        *end -= 1;
    }
}

/// "“It was late,” Lopez’s brother" and "“It was late,” while he": what a comma ends inside
/// the marks ends there.
fn within_marks(view: &View, (start, end): &mut Range) {
    let alone = *start + 1 < *end
        && view.is(*start, QUOTE)
        && (view.is(*start + 1, SUBORDINATOR) || !(*start + 1..*end).any(|k| view.is(k, QUOTE)));
    if alone && view.quote_ends_with(*start, &[',']) {
        *end = *start + 1;
    }
}

/// The items of `span`, if none is a quotation.
fn outside_quotations(view: &View, span: Span) -> Option<Range> {
    let range = touched(view, span)?;
    (range.0..range.1).all(|k| !view.is(k, QUOTE)).then_some(range)
}

/// The sentence that holds an item.
fn clause_at(view: &View, item: usize) -> usize {
    view.clauses.partition_point(|clause| clause.start <= item).saturating_sub(1)
}
