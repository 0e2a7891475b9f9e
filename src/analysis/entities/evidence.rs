//! Decides the names that their own words leave open, by all of the text: what was
//! said of the same name elsewhere, and the words beside it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::EntityType;
use super::context::{KINDS, LOCATION, PERSON, Points, context, prior};
use super::group::PARTICLES;
use super::lexicon::{Known, lexicon};
use super::names::{Candidate, known, listed};
use super::words::Word;

#[derive(Default)]
struct Memory {
    /// Sure types by the whole name.
    sure: HashMap<String, (EntityType, f32)>,
    /// Single words of the full names of people.
    people: HashMap<String, f32>,
    /// Points of open names, over all their places.
    points: HashMap<String, Points>,
    /// Names seen where only a name has a capital.
    confirmed: HashMap<String, u32>,
    /// Last words of the names of people; of bodies with a head word.
    families: HashMap<String, f32>,
    heads: HashSet<String>,
    /// Family names with the particle before them: "bin alawi".
    particles: HashSet<String>,
}

/// The names that hold, with their types.
pub(super) fn decide(
    words: &[Word],
    candidates: &[Candidate],
) -> Vec<(Range<usize>, EntityType, f32)> {
    let keys: Vec<String> = candidates.iter().map(|c| key(words, &c.words)).collect();
    let mut memory = Memory::default();
    for (candidate, key) in candidates.iter().zip(&keys) {
        memory.learn(words, candidate, key);
    }
    memory.learn_acronyms(words, candidates, &keys);
    // Full names that stay open say who a family name alone means.
    for (candidate, key) in candidates.iter().zip(&keys) {
        if candidate.kind.is_none()
            && candidate.words.len() > 1
            && let Some((EntityType::Person, confidence)) = memory.judge(words, candidate, key)
        {
            memory.learn_person(&words[candidate.words.clone()], confidence);
        }
    }
    let mut names = Vec::with_capacity(candidates.len());
    for (candidate, key) in candidates.iter().zip(&keys) {
        match memory.judge(words, candidate, key) {
            Some((kind, confidence)) => {
                names.push((memory.whole(words, candidate, kind), kind, confidence));
            }
            None if words[candidate.words.start].headline => {
                memory.search(words, &candidate.words, &mut names);
            }
            None => {}
        }
    }
    names
}

fn key(words: &[Word], range: &Range<usize>) -> String {
    words[range.clone()].iter().map(|w| &*w.lower).collect::<Vec<_>>().join(" ")
}

impl Memory {
    fn learn(&mut self, words: &[Word], candidate: &Candidate, key: &str) {
        if !candidate.doubtful {
            *self.confirmed.entry(key.to_owned()).or_default() += 1;
        }
        let points = self.points.entry(key.to_owned()).or_default();
        for (total, more) in points.iter_mut().zip(context(words, &candidate.words)) {
            *total += more;
        }
        let Some(kind) = candidate.kind.filter(|_| !candidate.doubtful) else { return };
        if kind == EntityType::Organization && candidate.words.len() > 1 {
            self.heads.insert(words[candidate.words.end - 1].lower.to_string());
            if words[candidate.words.clone()].iter().any(|w| w.lower == "of") {
                self.heads.insert(words[candidate.words.start].lower.to_string());
            }
        }
        let best = self.sure.entry(key.to_owned()).or_insert((kind, candidate.confidence));
        if candidate.confidence > best.1 {
            *best = (kind, candidate.confidence);
        }
        if kind == EntityType::Person && candidate.confidence >= 0.7 {
            self.learn_person(&words[candidate.words.clone()], candidate.confidence - 0.05);
        }
    }

    fn learn_person(&mut self, name: &[Word], confidence: f32) {
        if let [.., before, last] = name {
            let sure = self.families.entry(last.lower.to_string()).or_default();
            *sure = sure.max(confidence);
            if PARTICLES.contains(&before.lower.as_ref()) {
                self.particles.insert(format!("{} {}", before.lower, last.lower));
            }
        }
        for word in name.iter().filter(|w| is_own_name(w)) {
            let sure = self.people.entry(word.lower.to_string()).or_default();
            *sure = sure.max(confidence);
        }
    }

    /// Learns what acronyms in brackets stand for: "Action Against Torture (AAT)".
    fn learn_acronyms(&mut self, words: &[Word], candidates: &[Candidate], keys: &[String]) {
        for i in 1..candidates.len() {
            let acronym = &candidates[i].words;
            let full = &candidates[i - 1];
            let bracketed = acronym.len() == 1
                && words[acronym.start].upper
                && full.words.end + 1 == acronym.start
                && words[acronym.start - 1].text == "(";
            if !bracketed || full.words.len() < 2 {
                continue;
            }
            let first = |w: &Word| w.lower.chars().next();
            if first(&words[acronym.start]) != first(&words[full.words.start]) {
                continue;
            }
            let kind = full.kind.filter(|&k| k != EntityType::Person);
            let kind = kind.unwrap_or(EntityType::Organization);
            self.sure.insert(keys[i].clone(), (kind, 0.8));
            if full.kind.is_none() {
                self.sure.insert(keys[i - 1].clone(), (kind, 0.7));
            }
        }
    }

    /// Adds what the text names elsewhere, inside a run of a headline.
    fn search(
        &self,
        words: &[Word],
        run: &Range<usize>,
        names: &mut Vec<(Range<usize>, EntityType, f32)>,
    ) {
        let mut at = run.start;
        while at < run.end {
            let found = (1..=(run.end - at).min(4)).rev().find_map(|length| {
                let range = at..at + length;
                let key = key(words, &range);
                let &(kind, sure) =
                    self.sure.get(&key).filter(|_| self.confirmed.contains_key(&key))?;
                Some((range, kind, sure - 0.1))
            });
            match found {
                Some(name) => {
                    at = name.0.end;
                    names.push(name);
                }
                None => at += 1,
            }
        }
    }

    /// The words of a mention, with the particle that belongs to its family name.
    fn whole(&self, words: &[Word], candidate: &Candidate, kind: EntityType) -> Range<usize> {
        let range = candidate.words.clone();
        if kind == EntityType::Person
            && range.len() == 1
            && range.start > 0
            && !words[range.start].line_start
            && !words[range.start - 1].capital
        {
            let pair = format!("{} {}", words[range.start - 1].lower, words[range.start].lower);
            if self.particles.contains(&pair) {
                return range.start - 1..range.end;
            }
        }
        range
    }

    fn judge(&self, words: &[Word], candidate: &Candidate, key: &str) -> Option<(EntityType, f32)> {
        let range = &candidate.words;
        let single = range.len() == 1;
        if candidate.titled {
            return Some((EntityType::Person, candidate.confidence));
        }
        if candidate.doubtful && !self.confirmed.contains_key(key) && !self.people.contains_key(key)
        {
            return None;
        }
        // "Bill smiled." but "Will he?".
        let first = &words[range.start];
        if single
            && candidate.doubtful
            && lexicon().common.contains(&*first.lower)
            && !first.headline
            && context(words, range)[PERSON] <= 0.0
        {
            return None;
        }
        let sure = self.sure.get(key).copied();
        // "Sarah Houston" makes "Houston" a woman, unless it is said to be a place.
        if single
            && (candidate.kind == Some(EntityType::Location)
                || candidate.kind == Some(EntityType::Organization) && !first.upper)
            && let Some(&confidence) = self.families.get(key)
            && (context(words, range)[LOCATION] < 0.5 || !is_place_listed(words, range))
            && !is_country(key)
        {
            return Some((EntityType::Person, confidence - 0.1));
        }
        // A word of somebody's full name means him, unless a list knows better.
        if single
            && let Some(&confidence) = self.people.get(key)
            && (candidate.kind.is_none()
                || candidate.kind == Some(EntityType::Person)
                || listed(known(words, range.clone())) != candidate.kind)
        {
            return Some((EntityType::Person, confidence));
        }
        if let Some((kind, confidence)) = sure
            && (candidate.kind.is_none() || confidence > candidate.confidence)
        {
            return Some((kind, confidence));
        }
        if let Some(kind) = candidate.kind {
            return Some((kind, candidate.confidence));
        }
        let word = &words[range.start];
        let common = lexicon().common.contains(&*word.lower);
        if single && common {
            // "the Council" after "Wairoa District Council".
            let the = range.start > 0 && words[range.start - 1].lower == "the";
            return (the && self.heads.contains(key)).then_some((EntityType::Organization, 0.6));
        }
        let points = self.points.get(key)?;
        let mut prior = prior(words, range, self.confirmed.get(key).copied().unwrap_or(0));
        let last = &*words[range.end - 1].lower;
        if !single && self.confirmed.contains_key(last) && !lexicon().common.contains(last) {
            prior[PERSON] += 1.2;
        }
        let mut best = (0.0, None);
        for (i, &kind) in KINDS.iter().enumerate() {
            let score = points[i] + prior[i];
            if score > best.0 {
                best = (score, Some(kind));
            }
        }
        let kind = best.1.filter(|_| best.0 >= 1.0)?;
        Some((kind, if best.0 >= 3.0 { 0.7 } else { 0.5 }))
    }
}

/// Whether a word of a person's full name may stand for the person.
fn is_own_name(word: &Word) -> bool {
    let given = lexicon().known(word.text, &word.lower).any(Known::GIVEN);
    word.capital
        && !word.upper
        && word.span.len() > 2
        && (given || !lexicon().common.contains(&*word.lower))
}

fn is_place_listed(words: &[Word], range: &Range<usize>) -> bool {
    listed(known(words, range.clone())) == Some(EntityType::Location)
}

fn is_country(name: &str) -> bool {
    lexicon().countries.contains(name)
}
