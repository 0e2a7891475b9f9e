//! What the text tells about the people and bodies it names: gender, titles, kinds.
//!
//! Reads each mention once with a few words around it; resolves nothing.

use std::collections::{HashMap, HashSet};

use super::{
    items::View,
    lexicon::class::*,
    roles::{Role, role},
};
use crate::analysis::{
    Span,
    entities::{Entities, EntityType, Gender, gender_of_given_name},
};

/// Longest title looked at, in words on one side of the name.
const TITLE_WORDS: usize = 6;

/// How many bearers of a word are kept: beyond a handful it tells nobody apart.
const MAX_BEARERS: usize = 8;

pub(super) struct People {
    /// By entity; `None` for what is no person or of unknown gender.
    genders: Vec<Option<Gender>>,
    is_person: Vec<bool>,
    /// For a word of a title in lower case: who bears it.
    titles: HashMap<String, Vec<Bearer>>,
    /// Persons by the last word of their names; `None` where two bear it.
    families: HashMap<String, Option<usize>>,
}

/// An entity whose title has a certain word.
struct Bearer {
    entity: usize,
    /// Where the title is first said.
    at: usize,
    /// Whether the word is what the person is: "Justice" of "Supreme Court Justice",
    /// where "Court" is not.
    is_head: bool,
}

/// The last words of the names of persons, in lower case.
pub(super) fn families(entities: &Entities) -> HashSet<String> {
    let persons = entities.entities.iter().filter(|entity| entity.kind == EntityType::Person);
    persons.map(|person| last_word(&person.name)).collect()
}

/// Whether `label` names a person, if only by the last word of a name among `families`:
/// "LOPEZ" where the text names Maria Lopez.
pub(super) fn is_named(
    text: &str,
    entities: &Entities,
    families: &HashSet<String>,
    label: Span,
) -> bool {
    let mentions = &entities.mentions;
    let next = mentions.partition_point(|mention| mention.span.end <= label.start);
    mentions.get(next).is_some_and(|m| m.kind == EntityType::Person && m.span.overlaps(label))
        || families.contains(&last_word(label.of(text)))
}

fn last_word(name: &str) -> String {
    name.rsplit(' ').next().unwrap_or_default().to_lowercase()
}

impl People {
    pub fn read(view: &View, entities: &Entities) -> Self {
        let mut people = People {
            genders: vec![None; entities.entities.len()],
            is_person: entities.entities.iter().map(|e| e.kind == EntityType::Person).collect(),
            titles: HashMap::new(),
            families: HashMap::new(),
        };
        for (index, entity) in entities.entities.iter().enumerate() {
            if people.is_person[index] {
                people.genders[index] = gender_of_name(&entity.name);
                if let Some((_, family)) = entity.name.rsplit_once(' ') {
                    let bearer = people.families.entry(family.to_owned());
                    bearer.and_modify(|one| *one = None).or_insert(Some(index));
                }
            }
        }
        for mention in &entities.mentions {
            if mention.kind == EntityType::Person {
                people.read_mention(view, mention.entity, mention.span);
            }
        }
        for (index, entity) in entities.entities.iter().enumerate() {
            if entity.kind == EntityType::Organization {
                people.read_body(
                    &entity.name,
                    index,
                    entities.mentions[entity.mentions[0]].span.start,
                );
            }
        }
        people
    }

    /// "the council" is the Wairoa District Council, "the ministry" the Ministry of Health.
    fn read_body(&mut self, name: &str, entity: usize, at: usize) {
        let words: Vec<_> = name.split(' ').take(TITLE_WORDS).collect();
        if words.len() < 2 {
            return;
        }
        let of = words[1..].iter().any(|word| matches!(*word, "of" | "for"));
        for (index, word) in words.iter().enumerate() {
            let is_head = if of { index == 0 } else { index + 1 == words.len() };
            self.add_title(word, entity, at, is_head);
        }
    }

    fn read_mention(&mut self, view: &View, entity: usize, span: Span) {
        let items = &view.items;
        let first = items.partition_point(|item| item.span.start < span.start);
        let end = items.partition_point(|item| item.span.start < span.end);
        if first >= end || items[first].quote.is_some() {
            return;
        }
        let mut k = first;
        while k > 0 && first - k < TITLE_WORDS && items[k - 1].is(WORD | CAPITAL) {
            k -= 1;
            if items[k].is(DETERMINER
                | POSSESSIVE
                | PREPOSITION
                | COORDINATOR
                | FINITE
                | AUXILIARY
                | SUBORDINATOR)
            {
                k += 1;
                break;
            }
        }
        for item in k..first {
            self.add_title(view.word(item), entity, span.start, item + 1 == first);
            if self.genders[entity].is_none() {
                self.genders[entity] = gender_of_title(view.word(item));
            }
        }
        // "Egypt's President Abdel-Fattah El-Sisi".
        if k >= 2 && k < first && items[k - 1].is(CLITIC) && items[k - 2].is(CAPITAL) {
            self.add_title(view.word(k - 2), entity, span.start, false);
        }
        // "Chief of the Navy Alireza Tangsiri": the first word is what he is.
        if let Some(of) = k.checked_sub(2)
            && items[k - 1].is(DETERMINER)
            && view.word_is(of, "of")
            && of > 0
            && items[of - 1].is(WORD)
        {
            self.add_title(view.word(of - 1), entity, span.start, true);
        }
        // "Pat Caddell, the pollster," or "pollster of the year,"
        if end + 1 < items.len()
            && items[end].is(COMMA)
            && (items[end + 1].is(DETERMINER | POSSESSIVE)
                || role(view.word(end + 1)) == Some(Role::Title)
                || items[end + 1].is(WORD) && end + 2 < items.len() && view.word_is(end + 2, "of"))
        {
            let start = end + 1 + usize::from(items[end + 1].is(DETERMINER | POSSESSIVE));
            let words = (start..items.len().min(start + TITLE_WORDS))
                .take_while(|&k| items[k].is(WORD) && !items[k].is(PREPOSITION | RELATIVE))
                .count();
            // "…, the daily said": that is not who the person is, but who speaks.
            let ends = start + words;
            if items.get(ends).is_some_and(|item| item.is(FINITE)) {
                return;
            }
            for item in start..ends {
                self.add_title(view.word(item), entity, span.start, item + 1 == ends);
            }
            // "the commander of the Navy".
            let of = ends;
            if of < items.len() && view.word_is(of, "of") {
                let rest = (of + 1..items.len().min(of + 1 + TITLE_WORDS))
                    .take_while(|&k| items[k].is(WORD) && !items[k].is(PREPOSITION | RELATIVE));
                for item in rest.filter(|&k| !items[k].is(DETERMINER)) {
                    self.add_title(view.word(item), entity, span.start, false);
                }
            }
        }
    }

    fn add_title(&mut self, word: &str, entity: usize, at: usize, is_head: bool) {
        let bearers = self.titles.entry(word.to_lowercase()).or_default();
        if let Some(bearer) = bearers.iter_mut().find(|bearer| bearer.entity == entity) {
            bearer.is_head |= is_head;
        } else if bearers.len() < MAX_BEARERS {
            bearers.push(Bearer { entity, at, is_head });
        }
    }

    /// The only person whose name ends with the word.
    pub fn by_family(&self, word: &str) -> Option<usize> {
        self.families.get(word).copied().flatten()
    }

    /// Whether the entity is a person who may be of that gender.
    pub fn fits(&self, entity: usize, gender: Gender) -> bool {
        self.is_person[entity] && self.genders[entity].is_none_or(|known| known == gender)
    }

    /// Who bears the word; "Egyptian" is borne with "Egypt".
    fn bearers(&self, word: &str) -> Option<&Vec<Bearer>> {
        let word = word.to_lowercase();
        self.titles.get(&word).or_else(|| {
            let endings = ["ian", "an", "i", "ese", "n"];
            endings.iter().find_map(|end| self.titles.get(word.strip_suffix(end)?))
        })
    }

    /// The only entity whose titles, said before the byte `before`, hold all
    /// `words`, the last as what the person is.
    pub fn by_title(&self, words: &[&str], before: usize) -> Option<usize> {
        let mut candidates: Option<Vec<usize>> = None;
        for (i, word) in words.iter().enumerate() {
            let is_last = i + 1 == words.len();
            let bearers = self.bearers(word)?.iter();
            let bearers = bearers
                .filter(|bearer| bearer.at < before && (bearer.is_head || !is_last))
                .map(|bearer| bearer.entity);
            candidates = Some(match candidates {
                None => bearers.collect(),
                Some(known) => bearers.filter(|entity| known.contains(entity)).collect(),
            });
        }
        match candidates?[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

fn gender_of_title(word: &str) -> Option<Gender> {
    let is = |words: &[&str]| words.iter().any(|w| word.eq_ignore_ascii_case(w));
    if is(&["Mr", "Mr.", "Sir", "Lord", "King", "Prince", "Congressman", "Father"]) {
        Some(Gender::Male)
    } else if is(&[
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Miss",
        "Lady",
        "Queen",
        "Princess",
        "Congresswoman",
        "Sister",
    ]) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// By the given name, which a full name begins with.
fn gender_of_name(name: &str) -> Option<Gender> {
    let (given, _) = name.split_once(' ')?;
    gender_of_given_name(given)
}
