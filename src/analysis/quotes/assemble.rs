//! From statements to quotes: spans, kinds, speakers, confidence.

use super::{
    MentionKind, Quote, QuoteKind, Speaker,
    items::View,
    lexicon::class::*,
    marks,
    people::People,
    sources::Range,
    speakers::{Speakers, is_somebody},
    statements::{Evidence, Statement},
};
use crate::analysis::{Span, entities::Entities, logistic, sentences::Sentence};

/// The quotes that the statements are, in no order.
pub(super) fn assemble(
    view: &View,
    sentences: &[Sentence],
    entities: &Entities,
    people: &People,
    mut statements: Vec<Statement>,
) -> Vec<Quote> {
    // A pronoun looks back: speakers are resolved in the order of the text.
    statements.sort_by_key(|s| s.cue.or(s.content.first().copied()).map_or(0, |range| range.0));
    let mut speakers = Speakers::new(view, entities, people);
    statements
        .into_iter()
        .filter_map(|statement| quote(view, sentences, entities, &mut speakers, statement))
        .collect()
}

fn quote(
    view: &View,
    sentences: &[Sentence],
    entities: &Entities,
    speakers: &mut Speakers,
    statement: Statement,
) -> Option<Quote> {
    let speaker = statement.source.map(|source| speakers.resolve(source, statement.clause));
    // "Background: ..." is a heading, "Lavrov: ..." a statement.
    let speaks = |entity: usize| is_somebody(entities.entities[entity].kind);
    if statement.evidence == Evidence::Headline
        && !speaker.as_ref().is_some_and(|s| s.entity.is_some_and(speaks))
    {
        return None;
    }
    let by_tags = statement.probability.map(|p| logistic(p, SLOPE, OFFSET));
    let base = by_tags.unwrap_or_else(|| by_evidence(statement.evidence));
    let confidence = with_speaker(base, speaker.as_ref().map(|s| s.mention_kind));
    build(view, sentences, statement.content, statement.cue, speaker, confidence)
}

/// The quote of which the items `pieces` are the content; `None` where they are none.
pub(super) fn build(
    view: &View,
    sentences: &[Sentence],
    pieces: Vec<Range>,
    cue: Option<Range>,
    speaker: Option<Speaker>,
    confidence: f32,
) -> Option<Quote> {
    let Said { content, quotations, kind } = said(view, pieces);
    let cue = cue.map(|(start, end)| view.span(start, end));
    let span = content
        .iter()
        .copied()
        .chain(cue)
        .chain(speaker.as_ref().map(|s| s.mention))
        .reduce(Span::union)?;
    let first_sentence = sentence_at(sentences, span.start);
    let last_sentence = sentence_at(sentences, span.end - 1).max(first_sentence);
    (!content.is_empty()).then_some(Quote {
        kind,
        span,
        content,
        quotations,
        cue,
        speaker,
        confidence,
        first_sentence,
        last_sentence,
        within: None,
    })
}

/// What was said, by its pieces.
struct Said {
    content: Vec<Span>,
    quotations: Vec<Span>,
    kind: QuoteKind,
}

/// The pieces `ranges` of items as spans, ordered and apart.
fn said(view: &View, mut ranges: Vec<Range>) -> Said {
    ranges.retain(|range| range.0 < range.1);
    ranges.sort_unstable();
    ranges.dedup_by(|next, kept| next.0 < kept.1);
    let content: Vec<_> = ranges
        .iter()
        .flat_map(|&(start, end)| by_paragraph(view.text, view.span(start, end)))
        .collect();
    let quotations: Vec<_> = ranges
        .iter()
        .flat_map(|&(start, end)| start..end)
        .filter_map(|k| view.items[k].quote)
        .map(|quote| view.quotations[quote].inner)
        .collect();
    let all_quoted = ranges
        .iter()
        .flat_map(|&(start, end)| start..end)
        .all(|k| view.is(k, QUOTE | COMMA | STOP));
    let kind = match (quotations.is_empty(), all_quoted) {
        (true, _) => QuoteKind::Indirect,
        (false, true) => QuoteKind::Direct,
        (false, false) => QuoteKind::Mixed,
    };
    Said { content, quotations, kind }
}

/// The pieces of a span before and after each empty line, and each line that opens with a
/// quotation mark: speech of several paragraphs.
fn by_paragraph(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    for (at, _) in span.of(text).match_indices('\n') {
        let at = span.start + at;
        let rest = &text[at + 1..span.end];
        // Blanks within the line alone: time stays linear.
        let is_empty = text[..at].trim_end_matches(BLANKS).ends_with('\n');
        let opens = marks::leading_style(rest.trim_start_matches(BLANKS)).is_some();
        if at > start && (is_empty || opens) {
            pieces.push(Span::new(start, at).trim(text));
            start = at + 1;
        }
    }
    pieces.push(Span::new(start, span.end).trim(text));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

const BLANKS: [char; 3] = [' ', '\t', '\r'];

/// The sentence that holds the byte `at`.
fn sentence_at(sentences: &[Sentence], at: usize) -> usize {
    sentences.partition_point(|s| s.span.start <= at).saturating_sub(1)
}

/// The curve from the least probability among a statement's tags and links to how often
/// it is right; fitted by `training/tagger/calibrate.py` on PolNeAR's development file and,
/// given four times to weigh as much, the thirty articles of `tests/data/quotes`.
const SLOPE: f32 = 0.86;
const OFFSET: f32 = -0.42;

/// How often such evidence, without the network's, gave exactly the annotated source
/// and content on newspaper articles, rounded.
pub(super) fn by_evidence(evidence: Evidence) -> f32 {
    match evidence {
        Evidence::Quotation => 0.8,
        Evidence::Clause => 0.75,
        Evidence::Headline => 0.6,
        Evidence::Phrase => 0.55,
        Evidence::Position => 0.3,
    }
}

/// Less where a speaker's name had to be found.
pub(super) fn with_speaker(base: f32, speaker: Option<MentionKind>) -> f32 {
    let confidence = match speaker {
        Some(MentionKind::Name) | None => base,
        Some(MentionKind::Nominal | MentionKind::Pronoun) => (base - 0.1).max(0.0),
    };
    (confidence * 100.0).round() / 100.0
}
