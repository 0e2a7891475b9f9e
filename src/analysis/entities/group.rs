//! From mentions to entities: which names stand for the same thing.
//!
//! Every look-up is by key, so that the work is linear in the mentions.

use std::collections::HashMap;

use super::lexicon::{lexicon, normalize};
use super::{Entities, Entity, EntityType, Mention};

/// Words before a family name that belong to it.
const PARTICLES: &[&str] = &[
    "bin", "al", "el", "ibn", "ben", "bint", "abu", "de", "del", "della", "di", "da", "dos", "das",
    "do", "du", "van", "von", "der", "den", "ter", "la", "le", "e", "y", "ould", "st", "san",
];
/// Longest name that is compared word by word.
const MAX_WORDS: usize = 8;

/// Gives every mention its entity. `mentions` are ordered, their `entity` unset.
pub(super) fn group(text: &str, mut mentions: Vec<Mention>) -> Entities {
    let forms: Vec<String> = mentions.iter().map(|m| one_line(m.span.of(text))).collect();
    let keys: Vec<String> = mentions.iter().zip(&forms).map(|(m, f)| key(f, m.kind)).collect();
    let mut groups = Groups::default();
    for (mention, key) in mentions.iter().zip(&keys) {
        groups.learn(mention.kind, key);
    }
    let ids: Vec<usize> =
        mentions.iter().zip(&keys).map(|(m, key)| groups.find(m.kind, key)).collect();
    let mut number: HashMap<usize, usize> = HashMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    for (index, (mention, (id, form))) in
        mentions.iter_mut().zip(ids.into_iter().zip(forms)).enumerate()
    {
        mention.entity = *number.entry(id).or_insert(entities.len());
        match entities.get_mut(mention.entity) {
            Some(entity) => {
                entity.mentions.push(index);
                if is_fuller(&form, &entity.name, mention.kind) {
                    entity.name = form;
                }
            }
            None => {
                entities.push(Entity { name: form, kind: mention.kind, mentions: vec![index] });
            }
        }
    }
    Entities { mentions, entities }
}

/// With single spaces for any white space.
fn one_line(form: &str) -> String {
    form.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `form` says more than `name`.
fn is_fuller(form: &str, name: &str, kind: EntityType) -> bool {
    let size = |s: &str| (s.split(' ').count(), s.chars().count());
    match kind {
        EntityType::Person | EntityType::Organization | EntityType::Location => {
            size(form) > size(name)
        }
        _ => false,
    }
}

/// What two forms of one name, each on one line, share.
fn key(form: &str, kind: EntityType) -> String {
    let lower = normalize(form);
    let lower = lower.strip_prefix("the ").unwrap_or(&lower);
    match kind {
        EntityType::Norp => lower.strip_suffix('s').unwrap_or(lower).to_owned(),
        EntityType::Person => lower.replace('.', ""),
        EntityType::Organization | EntityType::Location | EntityType::Misc => {
            match lexicon().aliases.get(lower) {
                Some(full) => full.clone(),
                None if is_dotted(lower) => lower.replace('.', ""),
                None => lower.to_owned(),
            }
        }
        _ => lower.to_owned(),
    }
}

fn is_dotted(word: &str) -> bool {
    word.len() <= 12 && word.contains('.') && word.split('.').all(|p| p.chars().count() <= 1)
}

/// The names learnt so far. An entity is a number here.
#[derive(Default)]
struct Groups {
    count: usize,
    by_key: HashMap<(EntityType, String), usize>,
    /// People by first word and any other word of their full names.
    by_pair: HashMap<(String, String), usize>,
    /// Who was last meant by a family name; by a first name.
    by_last: HashMap<String, usize>,
    by_first: HashMap<String, usize>,
    /// Bodies by their initials, and without the place before ("Security Council").
    by_initials: HashMap<String, usize>,
    by_rest: HashMap<String, Option<usize>>,
}

impl Groups {
    fn new_entity(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// Learns the full names, wherever in the text they stand.
    fn learn(&mut self, kind: EntityType, key: &str) {
        let words: Vec<&str> = key.split(' ').take(MAX_WORDS).collect();
        match kind {
            EntityType::Person if family_name(&words).len() < words.len() => {
                self.person(key, &words);
            }
            EntityType::Organization if words.len() > 1 => {
                let id = self.exact(kind, key);
                for initials in initials(&words) {
                    self.by_initials.entry(initials).or_insert(id);
                }
                // "Security Council", but not "Council" alone where no place went before.
                let least = if lexicon().is_place(words[0]) { 1 } else { 2 };
                for at in (1..words.len()).take_while(|at| *at == 1 || words.len() - at > 1) {
                    if words.len() - at < least || is_small(words[at]) {
                        continue;
                    }
                    let slot = self.by_rest.entry(words[at..].join(" ")).or_insert(Some(id));
                    if *slot != Some(id) {
                        *slot = None;
                    }
                }
            }
            _ => {}
        }
    }

    fn exact(&mut self, kind: EntityType, key: &str) -> usize {
        if let Some(&id) = self.by_key.get(&(kind, key.to_owned())) {
            return id;
        }
        let id = self.new_entity();
        self.by_key.insert((kind, key.to_owned()), id);
        id
    }

    /// The person with this full name.
    fn person(&mut self, key: &str, words: &[&str]) -> usize {
        let full = (EntityType::Person, key.to_owned());
        if let Some(&id) = self.by_key.get(&full) {
            return id;
        }
        let pair = |word: &str| (words[0].to_owned(), word.to_owned());
        let last = words[words.len() - 1];
        let id = match self.by_pair.get(&pair(last)) {
            Some(&id) => id,
            None => self.new_entity(),
        };
        self.by_key.insert(full, id);
        for word in &words[1..] {
            self.by_pair.entry(pair(word)).or_insert(id);
        }
        self.by_last.entry(last.to_owned()).or_insert(id);
        self.by_last.entry(family_name(words).join(" ")).or_insert(id);
        self.by_first.entry(words[0].to_owned()).or_insert(id);
        id
    }

    /// The entity that the name means where it stands: call in the order of the text.
    fn find(&mut self, kind: EntityType, key: &str) -> usize {
        let words: Vec<&str> = key.split(' ').take(MAX_WORDS).collect();
        match kind {
            EntityType::Person => {
                let family = family_name(&words);
                let short = family.join(" ");
                if family.len() < words.len() {
                    let id = self.person(key, &words);
                    self.by_last.insert(short, id);
                    self.by_last.insert(words[words.len() - 1].to_owned(), id);
                    self.by_first.insert(words[0].to_owned(), id);
                    return id;
                }
                let last = words[words.len() - 1];
                let id = [short.as_str(), last]
                    .iter()
                    .find_map(|form| self.by_last.get(*form))
                    .or_else(|| self.by_first.get(key));
                match id {
                    Some(&id) => id,
                    None => self.exact(kind, key),
                }
            }
            EntityType::Organization => {
                if let Some(&id) = self.by_key.get(&(kind, key.to_owned())) {
                    // "Security Council" has a key of its own from `learn`.
                    return self.by_rest.get(key).copied().flatten().unwrap_or(id);
                }
                self.by_rest
                    .get(key)
                    .copied()
                    .flatten()
                    .or_else(|| self.by_initials.get(key).copied())
                    .unwrap_or_else(|| self.exact(kind, key))
            }
            _ => self.exact(kind, key),
        }
    }
}

/// The family name at the end of a full name, with its particles; all of a single
/// word and of "bin Alawi".
fn family_name<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    let mut at = words.len() - 1;
    if at > 1 && matches!(words[at], "jr" | "sr" | "ii" | "iii") {
        at -= 1;
    }
    while at > 0 && PARTICLES.contains(&words[at - 1]) {
        at -= 1;
    }
    &words[at..]
}

/// Words that hold a name together and count for nothing in it.
fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "for" | "on" | "in" | "&")
}

/// Initials of all words, and of all but the small ones: "bom", "bm" for "Bank of
/// Mexico".
fn initials(words: &[&str]) -> Vec<String> {
    let join = |list: Vec<&&str>| list.iter().filter_map(|w| w.chars().next()).collect::<String>();
    let all = join(words.iter().collect());
    let big = join(words.iter().filter(|w| !is_small(w)).collect());
    [big, all].into_iter().filter(|s| s.chars().count() >= 2).collect()
}
