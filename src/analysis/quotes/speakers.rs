//! Speakers: which person or body a source stands for.
//!
//! Names by the entities given; pronouns by who was named or spoke last;
//! descriptions ("the minister") only where the text gives that title to exactly
//! one person. Where the evidence is thin the name stays empty.

use super::{
    MentionKind, Speaker,
    items::View,
    lexicon::class::*,
    people::People,
    sources::{self, Range},
};
use crate::analysis::{
    Span,
    entities::{Entities, EntityType, Gender},
};

/// How many sentences before a pronoun are searched for its person.
const PRONOUN_REACH: usize = 5;

/// Resolves sources in the order of the text.
pub(super) struct Speakers<'a> {
    view: &'a View<'a>,
    entities: &'a Entities,
    people: People,
    /// The entity that spoke last, and in which sentence.
    last: Option<(usize, usize)>,
}

impl<'a> Speakers<'a> {
    pub fn new(view: &'a View<'a>, entities: &'a Entities) -> Self {
        Self { view, entities, people: People::read(view, entities), last: None }
    }

    /// The speaker that the items `source` of sentence `clause` stand for.
    pub fn resolve(&mut self, source: Range, clause: usize) -> Speaker {
        let mention = self.view.span(source.0, source.1);
        let (mention_kind, entity) = self.identify(source, clause);
        let name = match entity {
            Some(entity) => self.entities.entities[entity].name.clone(),
            None if mention_kind == MentionKind::Name => self.bare_name(source),
            None => String::new(),
        };
        if let Some(entity) = entity {
            self.last = Some((entity, clause));
        }
        Speaker { mention, mention_kind, name, entity }
    }

    fn identify(&self, source: Range, clause: usize) -> (MentionKind, Option<usize>) {
        let view = self.view;
        let head = source.0;
        if source.1 - head == 1 && view.is(head, RELATIVE) {
            return (MentionKind::Pronoun, self.antecedent(head, clause));
        }
        if source.1 - head == 1 && view.is(head, SUBJECT | OBJECT | POSSESSIVE) {
            return (MentionKind::Pronoun, self.pronoun(head, clause));
        }
        if let Some(entity) = self.named(source) {
            return (MentionKind::Name, Some(entity));
        }
        if self.is_bare_name(source) {
            return (MentionKind::Name, None);
        }
        (MentionKind::Nominal, self.described(source))
    }

    /// The entity that heads a noun phrase: the person it names, or the body that
    /// its first part ends with. "a spokesman for Clinton" names nobody.
    fn named(&self, source: Range) -> Option<usize> {
        let span = self.view.span(source.0, source.1);
        let mentions = &self.entities.mentions;
        let first = mentions.partition_point(|m| m.span.start < span.start);
        let inside = mentions[first..].iter().take(16).take_while(|m| m.span.start < span.end);
        let head_end = (source.0..source.1)
            .find(|&k| k > source.0 && self.view.is(k, COMMA | OPEN | RELATIVE | DASH))
            .unwrap_or(source.1);
        let head_end = self.view.items[head_end - 1].span.end;
        let mut body = None;
        for mention in inside {
            if self.is_possessor(mention.span) || self.hangs_on_preposition(source, mention.span) {
                continue;
            }
            match mention.kind {
                EntityType::Person if !self.modifies(source, mention.span) => {
                    return Some(mention.entity);
                }
                EntityType::Organization
                | EntityType::Location
                | EntityType::Norp
                | EntityType::Facility
                | EntityType::Product
                | EntityType::Misc
                    if mention.span.end == head_end && body.is_none() =>
                {
                    body = Some(mention.entity);
                }
                _ => {}
            }
        }
        body
    }

    /// "Trump" of "Trump's manager".
    fn is_possessor(&self, span: Span) -> bool {
        self.view.text[span.end..].strip_prefix(['\'', '’']).is_some_and(|rest| {
            rest.starts_with(|c: char| matches!(c, 's' | 'S') || c.is_whitespace())
        })
    }

    /// "Clinton" of "the Clinton campaign": a noun follows within the phrase.
    fn modifies(&self, source: Range, mention: Span) -> bool {
        let view = self.view;
        (source.0..source.1).find(|&k| view.items[k].span.start >= mention.end).is_some_and(|k| {
            view.is(k, WORD)
                && !view.is(k, PREPOSITION | RELATIVE | COORDINATOR | ING | ED | ADVERB | TIME)
                && view.items[k].span.start <= mention.end + 1
        })
    }

    /// Whether a preposition of the phrase stands before the mention.
    fn hangs_on_preposition(&self, source: Range, mention: Span) -> bool {
        let comma = (source.0..source.1)
            .take_while(|&k| self.view.items[k].span.end <= mention.start)
            .filter(|&k| self.view.is(k, COMMA))
            .last()
            .map_or(source.0, |comma| comma + 1);
        (comma..source.1)
            .take_while(|&k| self.view.items[k].span.end <= mention.start)
            .any(|k| self.view.is(k, PREPOSITION | RELATIVE) && !self.view.is(k, CAPITAL))
    }

    /// Whether the phrase is nothing but capitalised words that are no entity.
    fn is_bare_name(&self, source: Range) -> bool {
        let view = self.view;
        (source.0..source.1).all(|k| view.is(k, CAPITAL) && !view.is(k, DETERMINER | POSSESSIVE))
            && (source.1 - source.0 > 1 || !self.starts_sentence(source.0))
    }

    fn starts_sentence(&self, item: usize) -> bool {
        let clauses = &self.view.clauses;
        clauses.binary_search_by_key(&item, |c| c.start).is_ok()
    }

    fn bare_name(&self, source: Range) -> String {
        self.view.span(source.0, source.1).of(self.view.text).to_owned()
    }

    /// Whom "who" stands for: the phrase before it.
    fn antecedent(&self, item: usize, clause: usize) -> Option<usize> {
        let clause = &self.view.clauses[clause];
        let end =
            if item > clause.start && self.view.is(item - 1, COMMA) { item - 1 } else { item };
        let phrase = sources::left(self.view, clause, end)?;
        (!self.view.is(phrase.0, RELATIVE)).then(|| self.named(phrase)).flatten()
    }

    fn pronoun(&self, item: usize, clause: usize) -> Option<usize> {
        let word = self.view.word(item);
        let gender = if ["he", "him", "his"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            Gender::Male
        } else if ["she", "her"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            Gender::Female
        } else {
            return None;
        };
        let before = self.view.items[item].span.start;
        let paragraph = self.view.clauses[clause].paragraph;
        for at in (clause.saturating_sub(PRONOUN_REACH)..=clause).rev() {
            if let Some((speaker, spoke)) = self.last
                && spoke == at
                && self.people.fits(speaker, gender)
            {
                return Some(speaker);
            }
            let candidates = self.persons_in(at, before, gender);
            if let [first, rest @ ..] = &candidates[..] {
                let first = *first;
                // Two persons, neither of whom spoke: the subject, which comes
                // first, if it is the very first words.
                let sure = rest.iter().all(|other| *other == first) || self.leads(at, first);
                return sure.then_some(first);
            }
            if self.view.clauses[at].paragraph + 2 < paragraph {
                break;
            }
        }
        None
    }

    /// The persons of that gender named in sentence `at` before the byte `before`.
    fn persons_in(&self, at: usize, before: usize, gender: Gender) -> Vec<usize> {
        let clause = &self.view.clauses[at];
        let span = self.view.span(clause.start, clause.end);
        let mentions = &self.entities.mentions;
        let first = mentions.partition_point(|m| m.span.start < span.start);
        mentions[first..]
            .iter()
            .take(32)
            .take_while(|m| m.span.start < span.end.min(before))
            .filter(|m| m.kind == EntityType::Person && self.people.fits(m.entity, gender))
            .map(|m| m.entity)
            .collect()
    }

    /// Whether the entity is named among the first words of sentence `at`.
    fn leads(&self, at: usize, entity: usize) -> bool {
        let clause = &self.view.clauses[at];
        let end = self.view.items[clause.end.min(clause.start + 8) - 1].span.end;
        let span = Span::new(self.view.items[clause.start].span.start, end);
        let mentions = &self.entities.mentions;
        let first = mentions.partition_point(|m| m.span.start < span.start);
        mentions[first..]
            .iter()
            .take_while(|m| m.span.start < span.end)
            .find(|m| m.kind == EntityType::Person)
            .is_some_and(|m| m.entity == entity && !self.is_possessor(m.span))
    }

    /// Whom "the Russian minister" stands for.
    fn described(&self, source: Range) -> Option<usize> {
        let view = self.view;
        if !view.word_is(source.0, "the") || source.1 - source.0 > 6 {
            return None;
        }
        let before = view.items[source.0].span.start;
        let words: Vec<_> = (source.0 + 1..source.1).map(|k| view.word(k)).collect();
        self.people.by_title(&words, before)
    }
}
