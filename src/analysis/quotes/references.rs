//! What pronouns and descriptions stand for: "he", "who", "the minister", "the agency".
//!
//! Pronouns are who was named or spoke last; descriptions whom the text gives that
//! title, and the body or document that spoke last. Must not guess: with two candidates
//! there is none.

use super::{
    lexicon::class::*,
    roles::{Role, role},
    sources::{self, Range},
    speakers::{Speakers, is_somebody},
};
use crate::analysis::entities::{EntityType, Gender};

/// How many sentences before a pronoun are searched for its person.
const PRONOUN_REACH: usize = 5;
/// How many sentences before "it" or "the agency" the body may have spoken.
const BODY_REACH: usize = 4;
/// How many before "the statement" whoever made it may have.
const DOCUMENT_REACH: usize = 6;
/// How many sentences before it "a statement" may have been spoken of first.
const ISSUER_REACH: usize = 12;
/// How many items a sentence has at most, or near enough.
const CLAUSE: usize = 40;
/// Within how many items "in a written statement" stands.
const ISSUED: usize = 4;
/// Within how many items of a sentence's start its subject is.
const SUBJECT_REACH: usize = 8;
/// How many sentences the head of an article has.
const LEAD: usize = 3;
/// Longest description looked at, in items.
const DESCRIPTION: usize = 8;

impl Speakers<'_> {
    /// Whom "who" stands for: the phrase before it.
    pub(super) fn antecedent(&self, item: usize, clause: usize) -> Option<usize> {
        let clause = &self.view.clauses[clause];
        let end =
            if item > clause.start && self.view.is(item - 1, COMMA) { item - 1 } else { item };
        let phrase = sources::left(self.view, clause, end)?;
        (!self.view.is(phrase.0, RELATIVE)).then(|| self.named(phrase)).flatten()
    }

    pub(super) fn pronoun(&self, item: usize, clause: usize) -> Option<usize> {
        let word = self.view.word(item);
        let gender = if ["he", "him", "his"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            Gender::Male
        } else if ["she", "her"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            Gender::Female
        } else {
            return word
                .eq_ignore_ascii_case("it")
                .then(|| self.body_before(item, clause))
                .flatten();
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
            // Far off only where somebody has spoken: then the text is about persons.
            if self.view.clauses[at].paragraph + 2 < paragraph && self.last.is_none() {
                break;
            }
        }
        None
    }

    /// The persons of that gender named in sentence `at` before the byte `before`.
    fn persons_in(&self, at: usize, before: usize, gender: Gender) -> Vec<usize> {
        let clause = &self.view.clauses[at];
        let span = self.view.span(clause.start, clause.end);
        self.mentions_in(span.start, span.end.min(before))
            .filter(|m| m.kind == EntityType::Person && self.people.fits(m.entity, gender))
            // Whom a quotation names is seldom who says it.
            .filter(|m| !self.view.is_quoted(m.span))
            .map(|m| m.entity)
            .collect()
    }

    /// Whether the entity is named among the first words of sentence `at`.
    fn leads(&self, at: usize, entity: usize) -> bool {
        let clause = &self.view.clauses[at];
        let end = self.view.items[clause.end.min(clause.start + 8) - 1].span.end;
        self.mentions_in(self.view.items[clause.start].span.start, end)
            .find(|m| m.kind == EntityType::Person)
            .is_some_and(|m| m.entity == entity && !self.is_possessor(m.span))
    }

    /// Whom "the Russian minister" stands for.
    pub(super) fn described(&self, source: Range, clause: usize) -> Option<usize> {
        let view = self.view;
        let definite = view.word_is(source.0, "the");
        if source.1 - source.0 > DESCRIPTION || !definite && !view.is(source.0, CAPITAL) {
            return None;
        }
        let before = view.items[source.0].span.start;
        let start = source.0 + usize::from(definite);
        if start == source.1 {
            return None;
        }
        // "commander" of "the commander of the Navy".
        let head = (start + 1..source.1)
            .find(|&k| view.is(k, PREPOSITION) && !view.is(k, CAPITAL))
            .unwrap_or(source.1)
            - 1;
        let others = (start..source.1)
            .filter(|&k| k != head && view.is(k, WORD) && !view.is(k, PREPOSITION | DETERMINER));
        let words: Vec<_> = others.chain([head]).map(|k| view.word(k)).collect();
        if let Some(entity) = self.people.by_title(&words, before) {
            return Some(entity);
        }
        // "the former chairman" is whom the text calls chairman.
        let lasting: Vec<_> = words.iter().copied().filter(|word| !is_of_time(word)).collect();
        if lasting.len() < words.len()
            && !lasting.is_empty()
            && let Some(entity) = self.people.by_title(&lasting, before)
        {
            return Some(entity);
        }
        if !definite || head + 1 != source.1 {
            return None;
        }
        match role(view.word(head)) {
            Some(Role::Body) => self.body_before(source.0, clause),
            // "the media reports" are anybody's.
            Some(Role::Document) if !view.word_is(start, "media") => {
                self.issuer(view.word(head), source.0, clause).or_else(|| {
                    let near = self.last.filter(|(_, spoke)| spoke + DOCUMENT_REACH >= clause);
                    near.map(|last| last.0)
                })
            }
            Some(Role::Title) if self.is_by_people(start, head) => {
                self.people.by_title(&words[words.len() - 1..], before)
            }
            _ => self.described.get(&view.word(head).to_lowercase()).copied(),
        }
    }

    /// Who made "the statement": who is named first where the text says "in a statement".
    fn issuer(&self, word: &str, item: usize, clause: usize) -> Option<usize> {
        let view = self.view;
        let is_first = |k: usize| {
            let from = k.saturating_sub(ISSUED);
            view.word_is(k, word)
                && (from..k).any(|k| view.word_is(k, "a") || view.word_is(k, "an"))
                && (from..k).any(|k| view.word_is(k, "in") || view.word_is(k, "from"))
        };
        let from = view.clauses[clause.saturating_sub(ISSUER_REACH)].start;
        let from = from.max(item.saturating_sub(ISSUER_REACH * CLAUSE));
        let said = (from..item).rev().find(|&k| is_first(k))?;
        let at = view.clauses.partition_point(|c| c.start <= said).checked_sub(1)?;
        let start = view.items[view.clauses[at].start.max(from)].span.start;
        self.mentions_in(start, view.items[said].span.start)
            .find(|m| is_somebody(m.kind) && !view.is_quoted(m.span))
            .map(|m| m.entity)
    }

    /// "chairman" of "the chairman of the bank".
    fn head(&self, source: Range) -> usize {
        let view = self.view;
        let ends = |&k: &usize| view.is(k, PREPOSITION | COMMA) && !view.is(k, CAPITAL);
        (source.0 + 1..source.1).find(ends).unwrap_or(source.1) - 1
    }

    /// What `described` and `named_next` found is what the same word stands for later.
    pub(super) fn learn(&mut self, source: Range, entity: usize) {
        let (view, head) = (self.view, self.head(source));
        if head > source.0 && role(view.word(head)).is_none_or(|role| role == Role::Title) {
            self.described.insert(view.word(head).to_lowercase(), entity);
        }
    }

    /// "A former chairman has said ..." at the head of an article, whom the next
    /// sentence names first.
    pub(super) fn named_next(&self, source: Range, clause: usize) -> Option<usize> {
        let view = self.view;
        let next = view.clauses.get(clause + 1)?;
        let head = self.head(source);
        let describes = view.is(source.0, DETERMINER)
            && head > source.0
            && !view.is(head, CAPITAL | CLITIC)
            && role(view.word(head)).is_none_or(|role| role == Role::Title);
        let start = view.items[next.start].span.start;
        let mentions = &self.entities.mentions;
        let first = mentions.partition_point(|m| m.span.start < start);
        let mention = mentions.get(first)?;
        let is_new = self.entities.entities[mention.entity].mentions.first() == Some(&first);
        (describes
            && clause < LEAD
            && self.last.is_none()
            && mention.kind == EntityType::Person
            && mention.span.start == start
            && is_new)
            .then_some(mention.entity)
    }

    /// "Egyptian" of "the Egyptian president".
    fn is_by_people(&self, start: usize, head: usize) -> bool {
        head == start + 1
            && self
                .entities
                .mentions
                .iter()
                .any(|m| m.kind == EntityType::Norp && m.span == self.view.span(start, head))
    }

    /// The body that "it" in sentence `clause` is: the one that spoke last, else the only
    /// one that the sentence before starts with.
    fn body_before(&self, item: usize, clause: usize) -> Option<usize> {
        let is_body =
            |entity: usize| self.entities.entities[entity].kind == EntityType::Organization;
        if let Some((speaker, spoke)) = self.last
            && spoke + BODY_REACH >= clause
        {
            return (is_body(speaker) || self.wrote).then_some(speaker);
        }
        let before = clause.checked_sub(1)?;
        let clauses = &self.view.clauses;
        let first = &clauses[before];
        // The source may stand in an earlier sentence than its cue.
        let end = item.min(first.start + SUBJECT_REACH);
        if end < first.start {
            return None;
        }
        let items = &self.view.items;
        let mut bodies = self
            .mentions_in(items[first.start].span.start, items[end].span.start)
            .filter(|m| is_body(m.entity))
            .map(|m| m.entity);
        let body = bodies.next()?;
        bodies.all(|other| other == body).then_some(body)
    }
}

/// Words that tell since when somebody is what he is.
fn is_of_time(word: &str) -> bool {
    ["former", "then", "late", "current", "new", "outgoing", "ex", "acting", "longtime"]
        .iter()
        .any(|listed| word.eq_ignore_ascii_case(listed))
}
