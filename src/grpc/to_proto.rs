//! Responses: from the domain to messages. Nothing is decided here.

use super::{
    offsets::{Encoding, Offsets},
    proto,
};
use crate::analysis::{
    Feature,
    entities::{Entities, EntityType},
    language::Candidate,
    quotes::{MentionKind, Quote, QuoteKind, Speaker},
    sentences::Sentence,
};

pub fn encoding(encoding: Encoding) -> proto::OffsetEncoding {
    match encoding {
        Encoding::Utf8 => proto::OffsetEncoding::Utf8,
        Encoding::Utf16 => proto::OffsetEncoding::Utf16,
        Encoding::Utf32 => proto::OffsetEncoding::Utf32,
    }
}

impl From<Feature> for proto::Feature {
    fn from(feature: Feature) -> Self {
        match feature {
            Feature::Language => Self::Language,
            Feature::Sentences => Self::Sentences,
            Feature::Entities => Self::Entities,
            Feature::Quotes => Self::Quotes,
        }
    }
}

pub fn languages(candidates: Vec<Candidate>) -> Vec<proto::LanguageScore> {
    candidates
        .into_iter()
        .map(|candidate| proto::LanguageScore {
            language_code: candidate.language.to_string(),
            confidence: candidate.confidence,
            share: candidate.share,
        })
        .collect()
}

pub fn sentences(sentences: &[Sentence], offsets: &Offsets) -> Vec<proto::Sentence> {
    sentences
        .iter()
        .map(|sentence| proto::Sentence {
            span: Some(offsets.span(sentence.span)),
            paragraph_index: index(sentence.paragraph),
        })
        .collect()
}

/// The two lists that stand side by side in responses.
pub fn entities(found: Entities, offsets: &Offsets) -> (Vec<proto::Mention>, Vec<proto::Entity>) {
    let mentions = found.mentions.iter().map(|mention| proto::Mention {
        span: Some(offsets.span(mention.span)),
        r#type: entity_type(mention.kind).into(),
        confidence: mention.confidence,
        sentence_index: index(mention.sentence),
        entity_index: index(mention.entity),
    });
    let mentions = mentions.collect();
    let entities = found.entities.into_iter().map(|entity| proto::Entity {
        name: entity.name,
        r#type: entity_type(entity.kind).into(),
        mention_indexes: entity.mentions.into_iter().map(index).collect(),
    });
    (mentions, entities.collect())
}

fn entity_type(kind: EntityType) -> proto::EntityType {
    match kind {
        EntityType::Person => proto::EntityType::Person,
        EntityType::Organization => proto::EntityType::Organization,
        EntityType::Location => proto::EntityType::Location,
        EntityType::Norp => proto::EntityType::Norp,
        EntityType::Facility => proto::EntityType::Facility,
        EntityType::Product => proto::EntityType::Product,
        EntityType::Misc => proto::EntityType::Misc,
        EntityType::Date => proto::EntityType::Date,
        EntityType::Money => proto::EntityType::Money,
        EntityType::Percent => proto::EntityType::Percent,
        EntityType::Email => proto::EntityType::Email,
        EntityType::Url => proto::EntityType::Url,
    }
}

pub fn quotes(quotes: Vec<Quote>, offsets: &Offsets) -> Vec<proto::Quote> {
    let spans = |spans: Vec<_>| spans.into_iter().map(|span| offsets.span(span)).collect();
    quotes
        .into_iter()
        .map(|quote| proto::Quote {
            kind: quote_kind(quote.kind).into(),
            span: Some(offsets.span(quote.span)),
            content: spans(quote.content),
            quotations: spans(quote.quotations),
            cue: quote.cue.map(|span| offsets.span(span)),
            speaker: quote.speaker.map(|found| speaker(found, offsets)),
            confidence: quote.confidence,
            first_sentence_index: index(quote.first_sentence),
            last_sentence_index: index(quote.last_sentence),
            within_quote_index: quote.within.map(index),
        })
        .collect()
}

fn quote_kind(kind: QuoteKind) -> proto::QuoteKind {
    match kind {
        QuoteKind::Direct => proto::QuoteKind::Direct,
        QuoteKind::Indirect => proto::QuoteKind::Indirect,
        QuoteKind::Mixed => proto::QuoteKind::Mixed,
    }
}

fn speaker(speaker: Speaker, offsets: &Offsets) -> proto::Speaker {
    let mention_kind = match speaker.mention_kind {
        MentionKind::Name => proto::MentionKind::Name,
        MentionKind::Nominal => proto::MentionKind::Nominal,
        MentionKind::Pronoun => proto::MentionKind::Pronoun,
    };
    proto::Speaker {
        mention: Some(offsets.span(speaker.mention)),
        mention_kind: mention_kind.into(),
        name: speaker.name,
        entity_index: speaker.entity.map(index),
    }
}

/// There are fewer of anything than bytes, and fewer than 2³¹ bytes.
fn index(index: usize) -> i32 {
    index as i32
}
