//! Quotations within quotations: “She told me: ‘It is closed,’” Lopez said.
//!
//! For the text around it a quotation is one item; here its words become a view of their
//! own, in which rules find who said what stands in the inner marks. The network's tags
//! are not asked: what it learnt from has no statement within another. Must not change
//! the quotes around.

use super::{
    Quote, Speaker,
    assemble::{build, by_evidence, with_speaker},
    items::View,
    lexicon::class::*,
    marks,
    people::People,
    sources::Range,
    speakers::Speakers,
    statements,
};
use crate::analysis::{
    Span, Token,
    entities::Entities,
    sentences::Sentence,
    watch::{Stopped, Watch, check},
};

/// The analyses of the whole text that the inside of a quotation is cut from.
pub(super) struct Around<'a> {
    pub sentences: &'a [Sentence],
    pub tokens: &'a [Token],
    pub entities: &'a Entities,
    pub people: &'a People,
}

/// Adds to `quotes` what others say within each of them, and within that. Linear in the
/// text: no style of marks stands within itself, so that the depth has a bound.
///
/// # Errors
/// The watch said stop.
pub(super) fn add(
    text: &str,
    around: &Around,
    quotes: &mut Vec<Quote>,
    watch: &dyn Watch,
) -> Result<(), Stopped> {
    let mut next = 0;
    while let Some(quote) = quotes.get(next) {
        check(watch)?;
        let speaker = quote.speaker.as_ref();
        let found: Vec<_> = quote
            .quotations
            .iter()
            .flat_map(|&quotation| inside(text, around, quotation, speaker))
            .map(|inner| Quote { within: Some(next), ..inner })
            .collect();
        quotes.extend(found);
        next += 1;
    }
    Ok(())
}

/// Puts quotes into the order of their spans, and says anew which is within which.
pub(super) fn sort(quotes: Vec<Quote>) -> Vec<Quote> {
    let mut order: Vec<_> = (0..quotes.len()).collect();
    order.sort_by_key(|&index| (quotes[index].span.start, quotes[index].span.end));
    let mut places = vec![0; quotes.len()];
    for (place, &index) in order.iter().enumerate() {
        places[index] = place;
    }
    let mut placed: Vec<_> =
        quotes.into_iter().enumerate().map(|(index, quote)| (places[index], quote)).collect();
    placed.sort_unstable_by_key(|&(place, _)| place);
    placed
        .into_iter()
        .map(|(_, quote)| Quote { within: quote.within.map(|outer| places[outer]), ..quote })
        .collect()
}

/// The quotes within the words `span`, which `outer` said.
fn inside(text: &str, around: &Around, span: Span, outer: Option<&Speaker>) -> Vec<Quote> {
    let first = around.tokens.partition_point(|token| token.span.start < span.start);
    let end = around.tokens.partition_point(|token| token.span.start < span.end);
    let tokens = &around.tokens[first..end];
    let quotations = marks::find(text, tokens, &[span]);
    if quotations.is_empty() {
        return Vec::new();
    }
    let sentences = within(around.sentences, span);
    let view = View::new(text, &sentences, tokens, quotations);
    let mut speakers = Speakers::new(&view, around.entities, around.people);
    let mut quotes = Vec::new();
    for clause in 0..view.clauses.len() {
        for statement in statements::find(&view, clause) {
            let (Some(source), Some(cue)) = (statement.source, statement.cue) else { continue };
            let content: Vec<_> = statement
                .content
                .iter()
                .flat_map(|&(start, end)| start..end)
                .filter(|&k| is_speech(&view, k) && is_beside(&view, k, cue, source))
                .map(|k| (k, k + 1))
                .collect();
            if content.is_empty() || !is_phrase(&view, source) {
                continue;
            }
            let mut speaker = speakers.resolve(source, clause);
            if let Some(outer) = outer.filter(|_| speaker.mention.of(text) == "I") {
                speaker.name.clone_from(&outer.name);
                speaker.entity = outer.entity;
            }
            let confidence =
                with_speaker(by_evidence(statement.evidence), Some(speaker.mention_kind));
            let sentences = around.sentences;
            quotes.extend(build(&view, sentences, content, Some(cue), Some(speaker), confidence));
        }
    }
    quotes
}

/// Within how many items of its cue a quotation stands.
const NEAR: usize = 6;

/// Whether a quotation is what the verb says, as in “told them, ‘No’” or “‘No,’ he said”;
/// not so in “calls it a ‘show’”.
fn is_beside(view: &View, k: usize, cue: Range, source: Range) -> bool {
    let before = k == cue.1
        || k > cue.1 && k - cue.1 <= NEAR && view.is(k - 1, COMMA | COLON | DASH | QUOTE);
    let after = k + 1 == cue.0 || k + 1 == source.0;
    before || after
}

/// Whether an item is a quotation that ends as a clause does: ‘It is closed,’, where
/// ‘extreme carelessness’ are words that somebody chose.
fn is_speech(view: &View, k: usize) -> bool {
    view.is(k, QUOTE) && view.quote_ends_with(k, &[',', '.', '!', '?', '…', '—', '–', '-'])
}

/// Whether items begin as a noun phrase does; "hear her" of “You hear her saying, ‘No’” does not.
fn is_phrase(view: &View, (start, end): Range) -> bool {
    let is_one = end == start + 1;
    let begins = SUBJECT | RELATIVE | DETERMINER | POSSESSIVE | CAPITAL | NUMBER;
    if is_one {
        !view.is(start, DETERMINER | ING)
    } else {
        view.is(start, begins) && !view.is(start, ING)
    }
}

/// The sentences of `span`, cut to it.
fn within(sentences: &[Sentence], span: Span) -> Vec<Sentence> {
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let end = sentences.partition_point(|sentence| sentence.span.start < span.end);
    let cut = |sentence: &Sentence| Sentence {
        span: Span::new(sentence.span.start.max(span.start), sentence.span.end.min(span.end)),
        ..*sentence
    };
    sentences[first..end].iter().map(cut).collect()
}
