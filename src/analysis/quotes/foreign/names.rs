//! Names: the people whom a text in another language names, by their capitals.
//!
//! Without a tagger: a name is a run of capitalised words with what may stand inside
//! one ("von", "de"), and its fullest form the longest run that ends alike. Answers
//! names as the text writes them, without titles.

use std::collections::{HashMap, HashSet};

use super::{
    lists::{Lists, class::*},
    sources::Range,
};
use crate::analysis::{
    entities::{Gender, gender_of_given_name},
    quotes::{
        MentionKind, Speaker,
        items::{self, View},
    },
};

/// The full names of a text, and who spoke last.
pub(super) struct Names<'a> {
    view: &'a View<'a>,
    lists: &'a Lists,
    /// Whether "da" may stand behind two names too: "Luiz Inácio Lula da Silva", but
    /// "Tiffany Ng de la Universidad".
    long_names: bool,
    /// The words without capitals.
    common: HashSet<String>,
    /// By last word, in lower case: the names of two words and more.
    full: HashMap<String, Vec<Range>>,
    /// The name of who spoke last, and in which sentence.
    last: Option<(String, usize)>,
    /// By last word, in lower case: the names of two words and more that spoke.
    spoke: HashMap<String, String>,
}

/// How many sentences back a pronoun looks.
const MEMORY: usize = 4;
/// How many words back a title is searched for who bears it.
const TITLE_REACH: usize = 400;
/// Longest name behind a title, in words.
const LONGEST_NAME: usize = 6;
/// Longest abbreviation of a name, in letters.
const ABBREVIATION: usize = 8;

impl<'a> Names<'a> {
    pub fn read(view: &'a View<'a>, lists: &'a Lists) -> Self {
        let long_names = lists.classes("da", &mut String::new()) & PARTICLE != 0;
        let is_common = |item: &&items::Item| item.is(WORD) && !item.is(CAPITAL);
        let common = view.items.iter().filter(is_common);
        let common = common.map(|item| item.span.of(view.text).to_owned()).collect();
        let full = HashMap::new();
        let mut names =
            Self { view, lists, long_names, common, full, last: None, spoke: HashMap::new() };
        for clause in &view.clauses {
            let mut k = clause.start;
            while k < clause.end {
                let Some(run) = names.run(k, clause.end) else {
                    k += 1;
                    continue;
                };
                k = run.1;
                let run = names.without_titles(run);
                // In German two nouns may follow each other: a given name tells a person.
                let is_person = !lists.nouns_are_capitalized
                    || gender_of_given_name(view.word(run.0)).is_some()
                    || run.0 > clause.start && view.is(run.0 - 1, TITLE);
                if run.1 - run.0 > 1 && is_person {
                    names.full.entry(names.key(view.word(run.1 - 1))).or_default().push(run);
                }
            }
        }
        names
    }

    /// The run of capitalised words that starts with item `k`.
    fn run(&self, k: usize, limit: usize) -> Option<Range> {
        let view = self.view;
        let starts = |k: usize| {
            view.is(k, CAPITAL) && view.is(k, WORD) && !view.is(k, DETERMINER | ENDS | PRONOUN)
        };
        if !starts(k) {
            return None;
        }
        let mut end = k + 1;
        let mut at = end;
        while at < limit && at - end < 3 {
            if view.is(at, CAPITAL) && view.is(at, WORD) && !view.is(at, PRONOUN) {
                at += 1;
                end = at;
            } else if view.is(at, PARTICLE) && !(view.is(at, OF) && end - k > 1 && !self.long_names)
                || view.word(at) == "."
                    && (view.is(at - 1, TITLE) || view.word(at - 1).chars().count() == 1)
            {
                at += 1;
            } else {
                break;
            }
        }
        Some((k, end))
    }

    /// What names with the same last word share: "moualem" of "al-Moualem".
    fn key(&self, word: &str) -> String {
        let bare = word.split_once('-').filter(|(particle, _)| {
            self.lists.classes(particle, &mut String::new()) & PARTICLE != 0
        });
        lower(bare.map_or(word, |(_, name)| name))
    }

    fn without_titles(&self, (mut start, end): Range) -> Range {
        while start + 1 < end && self.view.is(start, TITLE) {
            start += 1;
            // "Präsident der", "Dr."
            while start + 1 < end && !(self.view.is(start, CAPITAL) && self.view.is(start, WORD)) {
                start += 1;
            }
        }
        (start, end)
    }

    /// Who the items `source` of sentence `clause` stand for.
    pub fn resolve(&mut self, source: Range, clause: usize) -> Speaker {
        let mention = self.view.span(source.0, source.1);
        let view = self.view;
        let (mention_kind, name) = if source.1 - source.0 == 1 && view.is(source.0, PRONOUN) {
            (MentionKind::Pronoun, self.pronoun(source.0, clause))
        } else {
            match self.abbreviated(source).or_else(|| self.named(source)) {
                Some(name) => (MentionKind::Name, self.fullest(name, source)),
                None => (MentionKind::Nominal, self.titled(source).unwrap_or_default()),
            }
        };
        if !name.is_empty() {
            if let Some((_, last)) = name.rsplit_once(' ') {
                self.spoke.insert(self.key(last), name.clone());
            }
            self.last = Some((name.clone(), clause));
        }
        Speaker { mention, mention_kind, name, entity: None }
    }

    /// "Agence pour l’évaluation et l’application" of "l’Agence pour l’évaluation et
    /// l’application (AEA)": what has an abbreviation behind it is a name.
    fn abbreviated(&self, source: Range) -> Option<Range> {
        let view = self.view;
        let end = view.items.len().min(source.1 + 4);
        let open = (source.0..end.min(source.1 + 1)).find(|&k| view.is(k, OPEN))?;
        let close = (open..end).find(|&k| view.is(k, CLOSE))?;
        let short = view.word(close - 1);
        let is_short = (2..=ABBREVIATION).contains(&short.chars().count())
            && short.chars().all(char::is_uppercase);
        let start = (source.0..open).find(|&k| !view.is(k, DETERMINER | TITLE))?;
        let is_name = view.is(start, CAPITAL) && open - start > 1;
        (is_short && is_name && !(start..open).any(|k| view.is(k, COMMA))).then_some((start, open))
    }

    /// "Le président" after "le président Jean Dupont": whom the text gives that title.
    fn titled(&self, source: Range) -> Option<String> {
        let view = self.view;
        let title = source.1 - 1;
        if !view.is(title, TITLE) || (source.0..title).any(|k| !view.is(k, DETERMINER)) {
            return None;
        }
        let word = lower(view.word(title));
        let from = source.0.saturating_sub(TITLE_REACH);
        let mut found: Option<String> = None;
        for k in (from..source.0).rev() {
            if !view.is(k, TITLE) || lower(view.word(k)) != word {
                continue;
            }
            let end = source.0.min(k + LONGEST_NAME);
            let Some(name) = self.run(k + 1, end).map(|run| self.without_titles(run)) else {
                continue;
            };
            if view.is(name.0, TITLE | ORIGIN) {
                continue;
            }
            let name = self.fullest(name, source);
            // With two presidents it is neither.
            if found.as_ref().is_some_and(|known| !self.is_same(known, &name)) {
                return None;
            }
            found = found.filter(|known| known.len() > name.len()).or(Some(name));
        }
        found
    }

    /// Whether two names end alike.
    fn is_same(&self, one: &str, other: &str) -> bool {
        let last = |name: &str| self.key(name.rsplit(' ').next().unwrap_or(name));
        last(one) == last(other)
    }

    /// The name that heads a noun phrase; "le ministre de l'Intérieur" has none.
    fn named(&self, source: Range) -> Option<Range> {
        let view = self.view;
        let mut k = source.0;
        let mut described = false;
        while k < source.1 {
            let Some(run) = self.run(k, source.1) else {
                // "der Außenminister", "le président": what follows an "of" is not who speaks.
                let of = view.is(k, OF) && described;
                described |= view.is(k, WORD) && !view.is(k, DETERMINER | ADVERB);
                k += 1;
                if of {
                    // Behind it a name may follow all the same: "Außenminister der Türkei X".
                    while k < source.1 && view.is(k, DETERMINER | CAPITAL | OF | PARTICLE) {
                        k += 1;
                    }
                }
                continue;
            };
            let name = self.without_titles(run);
            // "Segretario di Stato", "Präsident von Frankreich".
            let of_what = name.0 > run.0 && view.is(name.0 - 1, OF | PARTICLE);
            // "Fuentes del Gobierno"; but "Policía Nacional" is a name.
            let only_title = name.1 - name.0 == 1 && view.is(name.0, TITLE | ORIGIN)
                || view.is(name.0, ORIGIN) && name.1 - name.0 > 1 && !view.is(name.0 + 1, CAPITAL);
            let a_noun = self.lists.nouns_are_capitalized && !self.is_german_name(source, name);
            if !only_title && !a_noun && !of_what && !self.is_common(source, name) {
                return Some(name);
            }
            described = true;
            k = run.1;
        }
        None
    }

    /// In German every noun has a capital: a name has a given name or a title before
    /// it, stands without an article, or is known.
    fn is_german_name(&self, source: Range, name: Range) -> bool {
        let view = self.view;
        let article = source.0 < name.0 && (source.0..name.0).any(|k| view.is(k, DETERMINER));
        let titled = name.0 > source.0 && view.is(name.0 - 1, TITLE);
        gender_of_given_name(view.word(name.0)).is_some()
            || titled
            || self.full.contains_key(&self.key(view.word(name.1 - 1)))
            || !article
                && source.0 == name.0
                && !view.is(name.0, TITLE)
                && !is_plural(view.word(name.1 - 1))
    }

    /// "Figuras", "Главный тренер": one word that a capital begins a sentence with, and
    /// that goes on in lower case or stands elsewhere without the capital.
    fn is_common(&self, source: Range, name: Range) -> bool {
        let view = self.view;
        let leads = view.clauses.binary_search_by_key(&name.0, |clause| clause.start).is_ok();
        let goes_on = name.1 < source.1
            && view.is(name.1, WORD)
            && !view.is(name.1, CAPITAL | OF | PARTICLE | AND | DETERMINER);
        leads
            && name.1 - name.0 == 1
            && (goes_on || self.common.contains(&lower(view.word(name.0))))
    }

    /// The fullest form of a name: the last of two words and more before it that ends
    /// alike, else the first after it.
    fn fullest(&self, name: Range, source: Range) -> String {
        let view = self.view;
        let own = view.span(name.0, name.1).of(view.text);
        if name.1 - name.0 > 1 {
            return own.to_owned();
        }
        if let Some(name) = self.spoke.get(&self.key(own)) {
            return name.clone();
        }
        let Some(full) = self.full.get(&self.key(own)) else { return own.to_owned() };
        let before = full.partition_point(|run| run.0 < source.0);
        let run = full[..before].last().or(full.first());
        run.map_or(own, |run| view.span(run.0, run.1).of(view.text)).to_owned()
    }

    /// Whoever spoke last, where the given name fits or is not known.
    fn pronoun(&self, item: usize, clause: usize) -> String {
        let Some((name, spoke)) = &self.last else { return String::new() };
        let wanted = match (self.view.is(item, HE), self.view.is(item, SHE)) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => return String::new(),
        };
        let given = name.split_whitespace().next().unwrap_or_default();
        let fits = gender_of_given_name(given).is_none_or(|gender| gender == wanted);
        if fits && clause - spoke <= MEMORY { name.clone() } else { String::new() }
    }
}

/// "Experten", "Behörden": nouns that stand without an article.
fn is_plural(word: &str) -> bool {
    word.ends_with("en") || word.ends_with("er") && word.len() > 8
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}
