//! Speakers: which person or body a source stands for.
//!
//! Finds the name that heads a source; what has none (pronouns, descriptions) is for
//! `references`. Where the evidence is thin the name stays empty.

use std::collections::HashMap;

use super::{
    MentionKind, Speaker,
    items::View,
    lexicon::class::*,
    people::People,
    roles::{Role, role},
    sources::Range,
};
use crate::analysis::{
    Span,
    entities::{Entities, EntityType, Mention},
};

/// Most mentions looked at in one place.
const MENTIONS: usize = 32;

/// Who can speak: persons and bodies.
pub(super) const fn is_somebody(kind: EntityType) -> bool {
    matches!(kind, EntityType::Person | EntityType::Organization)
}

/// Resolves sources in the order of the text.
pub(super) struct Speakers<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) entities: &'a Entities,
    pub(super) people: &'a People,
    /// The entity that spoke last, and in which sentence.
    pub(super) last: Option<(usize, usize)>,
    /// By the last word of a description: whom it stood for.
    pub(super) described: HashMap<String, usize>,
    /// Whether that was by a document: "it" goes on for it.
    pub(super) wrote: bool,
}

impl<'a> Speakers<'a> {
    /// `people` are those of the whole text, of which `view` may show a part.
    pub fn new(view: &'a View<'a>, entities: &'a Entities, people: &'a People) -> Self {
        Self { view, entities, people, last: None, described: HashMap::new(), wrote: false }
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
            if mention_kind == MentionKind::Nominal {
                self.learn(source, entity);
            }
            let goes_on = self.wrote && self.view.word_is(source.0, "it");
            self.wrote = goes_on || self.is_document(source);
            self.last = Some((entity, clause));
        }
        Speaker { mention, mention_kind, name, entity }
    }

    /// The mentions that start in these bytes, up to a bound.
    pub(super) fn mentions_in(&self, start: usize, end: usize) -> impl Iterator<Item = &Mention> {
        let mentions = &self.entities.mentions;
        let first = mentions.partition_point(|m| m.span.start < start);
        mentions[first..].iter().take(MENTIONS).take_while(move |m| m.span.start < end)
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
        if self.is_list(source) {
            return (MentionKind::Nominal, None);
        }
        if let Some(entity) = self.called(source) {
            return (MentionKind::Nominal, Some(entity));
        }
        if let Some(entity) = self.named(source).or_else(|| self.named_behind(source)) {
            return (MentionKind::Name, Some(entity));
        }
        if let Some(entity) = self.family(source) {
            return (MentionKind::Name, Some(entity));
        }
        if self.is_bare_name(source) {
            return (MentionKind::Name, None);
        }
        let described = self.described(source, clause);
        (MentionKind::Nominal, described.or_else(|| self.named_next(source, clause)))
    }

    /// "House" of "Daisy House", where no mention says so.
    fn family(&self, source: Range) -> Option<usize> {
        let view = self.view;
        let is_word = source.1 - source.0 == 1 && view.is(source.0, CAPITAL);
        is_word.then(|| self.people.by_family(view.word(source.0))).flatten()
    }

    /// "Egypt's President A and Somalia's President B": two, so that no name is theirs.
    fn is_list(&self, source: Range) -> bool {
        let view = self.view;
        let Some(and) = (source.0..source.1).rfind(|&k| view.word_is(k, "and")) else {
            return false;
        };
        let (before, after) = (view.items[and].span.start, view.items[source.1 - 1].span.end);
        let mentions = &self.entities.mentions;
        let next = mentions.partition_point(|m| m.span.start < before);
        let (Some(first), Some(last)) = (
            next.checked_sub(1).map(|at| &mentions[at]),
            mentions[next..].iter().take(4).rfind(|m| m.span.end == after),
        ) else {
            return false;
        };
        first.span.end + 1 == before
            && first.span.start >= view.items[source.0].span.start
            && is_somebody(first.kind)
            && is_somebody(last.kind)
            && first.entity != last.entity
            && !self.hangs_on_preposition(source, first.span)
    }

    /// "the OC" of "Tawhidul Islam, OC of Mohonpur": a title in capitals, which looks like
    /// a name.
    fn called(&self, source: Range) -> Option<usize> {
        let view = self.view;
        let word = view.word(source.1 - 1);
        let is_short = source.1 - source.0 == 2 && view.word_is(source.0, "the");
        (is_short && word.chars().all(char::is_uppercase))
            .then(|| self.people.by_title(&[word], view.items[source.0].span.start))
            .flatten()
            .filter(|&entity| self.entities.entities[entity].kind == EntityType::Person)
    }

    /// "An activist group, the Assistance Association of Prisoners (AAPP),": the name
    /// follows what describes it.
    fn named_behind(&self, source: Range) -> Option<usize> {
        let view = self.view;
        let comma = (source.0..source.1).find(|&k| view.is(k, COMMA))?;
        let start = comma + 1 + usize::from(view.word_is(comma + 1, "the"));
        let at = view.items.get(start).filter(|_| start < source.1)?.span.start;
        let mentions = &self.entities.mentions;
        let mention = mentions.get(mentions.partition_point(|m| m.span.start < at))?;
        let is_one = !view.is(comma - 1, CAPITAL | CLITIC)
            && !(source.0..source.1).any(|k| view.is(k, COORDINATOR))
            && is_somebody(mention.kind);
        (is_one && mention.span.start == at).then_some(mention.entity)
    }

    /// The entity that heads a noun phrase: the person it names, or the body that
    /// its first part ends with. "a spokesman for Clinton" names nobody.
    pub(super) fn named(&self, source: Range) -> Option<usize> {
        let span = self.view.span(source.0, source.1);
        let inside = self.mentions_in(span.start, span.end).take(16);
        let head_end = (source.0..source.1)
            .find(|&k| k > source.0 && self.view.is(k, COMMA | OPEN | RELATIVE | DASH))
            .unwrap_or(source.1);
        let head_end = self.view.items[head_end - 1].span.end;
        let mut body = None;
        let is_document = self.is_document(source);
        for mention in inside {
            let wrote = mention.kind == EntityType::Organization
                || mention.kind == EntityType::Person && self.is_author(source, mention.span);
            if is_document && wrote {
                return Some(mention.entity);
            }
            if self.is_possessor(mention.span)
                || self.hangs_on_preposition(source, mention.span)
                    && !self.is_apposed(source, mention)
            {
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
                    if body.is_none()
                        && (mention.span.end == head_end
                            || self.is_called_body(mention, head_end)) =>
                {
                    body = Some(mention.entity);
                }
                _ => {}
            }
        }
        body
    }

    /// "the Global Times newspaper": the noun says what the body is.
    fn is_called_body(&self, mention: &Mention, head_end: usize) -> bool {
        mention.kind == EntityType::Organization
            && self
                .view
                .text
                .get(mention.span.end..head_end)
                .and_then(|rest| rest.strip_prefix(' '))
                .is_some_and(|noun| role(noun) == Some(Role::Body))
    }

    /// "data from the Bureau of Statistics", "a Xinhua analysis": who wrote it speaks.
    pub(super) fn is_document(&self, source: Range) -> bool {
        let view = self.view;
        let end = (source.0..source.1)
            .find(|&k| view.is(k, PREPOSITION | COMMA | RELATIVE | ING | ED))
            .unwrap_or(source.1);
        end > source.0 && role(view.word(end - 1)) == Some(Role::Document)
    }

    /// "by" and "from" of "a statement issued in Accra by Mr Godfred Dame".
    fn is_author(&self, source: Range, mention: Span) -> bool {
        let view = self.view;
        (source.0..source.1)
            .take_while(|&k| view.items[k].span.end <= mention.start)
            .filter(|&k| view.is(k, PREPOSITION))
            .last()
            .is_some_and(|k| view.word_is(k, "by") || view.word_is(k, "from"))
    }

    /// "Minister for Indigenous Australians Linda Burney": the last words of the phrase
    /// name whom the first ones describe. Not so "a spokesman for President Joe Biden".
    fn is_apposed(&self, source: Range, mention: &Mention) -> bool {
        let view = self.view;
        let items = source.0..source.1;
        let ends = items.clone().rfind(|&k| view.items[k].span.start < mention.span.end);
        let before = items.clone().rfind(|&k| view.items[k].span.end <= mention.span.start);
        let preposition = before.and_then(|before| {
            (source.0..=before).rfind(|&k| view.is(k, PREPOSITION) && !view.is(k, CAPITAL))
        });
        let (Some(end), Some(before), Some(preposition)) = (ends, before, preposition) else {
            return false;
        };
        let is_relation = (source.0..preposition)
            .any(|k| matches!(role(view.word(k)), Some(Role::Relation | Role::Document)));
        mention.kind == EntityType::Person
            && (end + 1 == source.1 || view.is(end + 1, COMMA))
            && before > preposition
            && view.is(before, WORD | CLOSE)
            && !view.is(before, DETERMINER | POSSESSIVE | COORDINATOR)
            && !is_relation
            && !(preposition + 1..=before).any(|k| role(view.word(k)) == Some(Role::Title))
    }

    /// "Trump" of "Trump's manager".
    pub(super) fn is_possessor(&self, span: Span) -> bool {
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
}
