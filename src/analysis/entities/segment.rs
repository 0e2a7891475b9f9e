//! Takes runs of capitalised words apart: "Russian | Foreign Minister | Sergey Lavrov",
//! by what the words themselves tell: lists, head words, titles.

use std::collections::HashSet;
use std::ops::Range;

use super::EntityType;
use super::lexicon::{Known, lexicon};
use super::names::{Candidate, known, listed};
use super::words::Word;

pub(super) struct Segmenter<'w, 'a> {
    pub words: &'w [Word<'a>],
    pub free: &'w [bool],
    pub ordinary: &'w HashSet<&'a str>,
    pub out: &'w mut Vec<Candidate>,
}

impl Segmenter<'_, '_> {
    fn push(&mut self, words: Range<usize>, kind: Option<EntityType>, confidence: f32) {
        let doubtful = self.is_doubtful(&words, kind);
        self.out.push(Candidate { words, kind, confidence, doubtful, titled: false });
    }

    fn person(&mut self, words: Range<usize>, confidence: f32, titled: bool) {
        let words = self.trim(words);
        if words.is_empty() {
            return;
        }
        let doubtful = !titled && self.is_doubtful(&words, Some(EntityType::Person));
        let kind = Some(EntityType::Person);
        self.out.push(Candidate { words, kind, confidence, doubtful, titled });
    }

    /// Without words at the end that no person is called.
    fn trim(&self, mut range: Range<usize>) -> Range<usize> {
        while range.len() > 1 {
            let last = &self.words[range.end - 1];
            if lexicon().not_names.contains(last.text) && last.text.len() > 1 || !last.capital {
                range.end -= 1;
            } else {
                break;
            }
        }
        range
    }

    fn is_doubtful(&self, range: &Range<usize>, kind: Option<EntityType>) -> bool {
        let word = &self.words[range.start];
        if range.len() == 1 {
            let common = self.is_ordinary(range.start);
            word.initial && (kind.is_none() || common) || word.headline && kind.is_none()
        } else {
            word.headline && kind.is_none()
        }
    }

    fn is_ordinary(&self, at: usize) -> bool {
        let word = &self.words[at];
        // "US" is not "us".
        if word.upper && !word.shouted && known(self.words, at..at + 1).any(Known::NAME) {
            return false;
        }
        lexicon().common.contains(&*word.lower) || self.ordinary.contains(&*word.lower)
    }

    /// Whether the run only says what somebody is the head of: "Chief of Strategic
    /// Communications".
    fn is_field_of_title(&self, chunk: &Range<usize>) -> bool {
        let before = |n: usize| chunk.start.checked_sub(n).map(|i| &self.words[i]);
        before(1).is_some_and(|w| matches!(&*w.lower, "of" | "for"))
            && before(2).is_some_and(|w| {
                lexicon().titles.contains(&*w.lower) && (w.capital || w.lower == "minister")
            })
            && listed(known(self.words, chunk.clone())).is_none()
            && chunk.clone().all(|i| !known(self.words, i..i + 1).any(Known::NAME))
            && !lexicon().organization_heads_final.contains(&*self.words[chunk.end - 1].lower)
            && is_field(&self.words[chunk.end - 1].lower)
    }

    /// Where the name begins in "Secretary of State Anthony Blinken": after the office.
    fn after_office(&mut self, chunk: &Range<usize>) -> usize {
        let before = |n: usize| chunk.start.checked_sub(n).map(|i| &self.words[i]);
        let office = before(1).is_some_and(|w| w.lower == "of")
            && before(2).is_some_and(|w| w.capital && lexicon().titles.contains(&*w.lower));
        let name = |i: usize| known(self.words, i..i + 1).any(Known::GIVEN);
        let field = |i: usize| {
            let word = &*self.words[i].lower;
            is_field(word) || lexicon().titles.contains(word) || word == "and"
        };
        (chunk.start + 1..chunk.end - 1)
            .find(|&i| office && name(i) && (chunk.start..i).all(field))
            .unwrap_or(chunk.start)
    }

    /// Takes one run apart, from left to right.
    pub fn segment(&mut self, chunk: Range<usize>) {
        if self.is_field_of_title(&chunk) {
            return;
        }
        let mut at = self.after_office(&chunk);
        let end = chunk.end;
        while at < end {
            at = self.step(at, end).max(at + 1);
        }
    }

    /// Handles what starts at `at`; returns where to go on.
    fn step(&mut self, at: usize, end: usize) -> usize {
        let lexicon = lexicon();
        let words = self.words;
        let word = &words[at];
        let all = at..end;
        if let Some(kind) = listed(known(words, all.clone())).filter(|_| !self.only_initial(&all)) {
            return self.take_listed(all, kind);
        }
        // Articles and the like, and what is capitalised only as a first word.
        if is_article(&word.lower) {
            return at + 1;
        }
        let titles = self.titles(at, end);
        if titles == end && titles > at {
            return end;
        }
        let (place, length) = self.longest_listed(at, end);
        if word.initial
            && length == 0
            && titles == at
            && self.is_ordinary(at)
            && self.starts_plainly(at, end)
        {
            return at + 1;
        }
        if let Some(kind) = self.by_head(at, end, titles) {
            let mut stop = self.end_of_headed(at, end);
            if stop == end && kind == EntityType::Misc && self.is_numbered(end) {
                stop += 1;
            }
            self.push(at..stop, Some(kind), sure_by_head(kind));
            return stop;
        }
        if self.has_arabic_or_dutch_link(at, end) {
            let at = titles.min(end - 1);
            self.person(at..end, 0.85, titles > at);
            return end;
        }
        if titles > at {
            return self.after_title(titles, end);
        }
        if length > 0 {
            return self.after_listed(at, end, at + length, place);
        }
        let first = known(words, at..at + 1);
        let stop = self.person_end(at, end);
        if first.any(Known::GIVEN) && stop > at + 1 {
            self.person(at..stop, 0.85, false);
            return stop;
        }
        if stop > at + 1
            && stop == end
            && known(words, stop - 1..stop).any(Known::SURNAME)
            && !word.upper
        {
            self.person(at..stop, 0.75, false);
            return stop;
        }
        if (at + 1..stop).any(|i| known(words, i..i + 1).any(Known::GIVEN))
            && stop == end
            && !word.upper
            && (at..stop).all(|i| !lexicon.common.contains(&*words[i].lower))
        {
            self.person(at..stop, 0.7, false);
            return stop;
        }
        if all.len() == 1 {
            // "R-Iowa" and the like are no names.
            let label = word.text.split_once('-').is_some_and(|(a, _)| a.len() == 1);
            if label || lexicon.not_names.contains(word.text) {
                return end;
            }
            let name = first.any(Known::GIVEN) || first.any(Known::SURNAME);
            let kind =
                (name && !(self.is_ordinary(at) && word.initial)).then_some(EntityType::Person);
            self.push(all, kind, 0.65);
            return end;
        }
        // A title further on splits the run: "Odhikar Director Adilur Khan".
        let split = (at + 1..end).find(|&i| {
            let stop = self.titles(i, end);
            stop > i && (stop < end || stop - i == end - i)
                || self.is_break(i, end)
                || words[i].headline && self.longest_listed(i, end).1 > 0
        });
        let stop = split.unwrap_or(end);
        self.push(at..stop, None, 0.5);
        stop
    }

    /// Whether a listed name begins in the middle, where an unknown one may end.
    fn is_break(&self, at: usize, end: usize) -> bool {
        at + 1 < end && known(self.words, at..at + 1).any(Known::NORP)
    }

    fn starts_plainly(&self, at: usize, end: usize) -> bool {
        // "Bill Clinton" may open a sentence.
        let given = known(self.words, at..at + 1).any(Known::GIVEN);
        !given && (at + 1 == end || !self.words[at + 1].headline)
    }

    /// A listed word that opens a sentence and is an ordinary word too.
    fn only_initial(&self, range: &Range<usize>) -> bool {
        let word = &self.words[range.start];
        range.len() == 1 && word.initial && !word.upper && self.is_ordinary(range.start)
    }

    fn take_listed(&mut self, range: Range<usize>, kind: EntityType) -> usize {
        let end = range.end;
        if range.len() == 1 && lexicon().not_names.contains(self.words[range.start].text) {
            return end;
        }
        self.push(range, Some(kind), sure_by_list(kind));
        end
    }

    /// The longest listed name from `at`, its type and its length in words.
    fn longest_listed(&self, at: usize, end: usize) -> (Option<EntityType>, usize) {
        let most = (end - at).min(lexicon().longest(&self.words[at].lower));
        for length in (1..=most).rev() {
            let range = at..at + length;
            if let Some(kind) = listed(known(self.words, range.clone())) {
                if self.only_initial(&range) {
                    continue;
                }
                return (Some(kind), length);
            }
        }
        (None, 0)
    }

    /// Where the run of titles from `at` ends.
    pub fn titles(&self, at: usize, end: usize) -> usize {
        let lexicon = lexicon();
        let mut stop = at;
        while stop < end && lexicon.titles.contains(&*self.words[stop].lower) {
            stop += 1;
        }
        // "Foreign Ministry", "Justice Department" name bodies.
        if stop < end && stop > at && lexicon.organization_heads.contains(&*self.words[stop].lower)
        {
            return at;
        }
        while stop > at && lexicon.title_modifiers.contains(&*self.words[stop - 1].lower) {
            stop -= 1;
        }
        stop
    }

    /// "Mattar bin Salim Al Balushi", "Chris van der Merwe".
    fn has_arabic_or_dutch_link(&self, at: usize, end: usize) -> bool {
        end - at <= 8
            && (at + 1..end - 1).any(|i| {
                matches!(&*self.words[i].lower, "bin" | "ibn" | "bint" | "van" | "von" | "der")
            })
    }

    /// A person after titles; or what else stands there.
    fn after_title(&mut self, at: usize, end: usize) -> usize {
        let (kind, length) = self.longest_listed(at, end);
        if matches!(kind, Some(EntityType::Norp | EntityType::Organization))
            && at + length <= end
            && !known(self.words, at..at + 1).any(Known::GIVEN)
        {
            return at;
        }
        let stop = self.person_end(at, end);
        let ordinary = (at..stop).any(|i| lexicon().common.contains(&*self.words[i].lower));
        let given = known(self.words, at..at + 1).any(Known::GIVEN);
        if self.words[at].capital && (given || !ordinary) {
            self.person(at..stop, 0.9, true);
        }
        stop
    }

    /// Where a person's name that starts at `at` ends: before a title or a
    /// nationality, at most five words on.
    fn person_end(&self, at: usize, end: usize) -> usize {
        let most = end.min(at + 6);
        (at + 1..most)
            .find(|&i| {
                known(self.words, i..i + 1).any(Known::NORP)
                    || self.words[i].text == "&"
                    || self.titles(i, end) > i && !known(self.words, i..i + 1).any(Known::SURNAME)
            })
            .unwrap_or(most)
    }

    /// A run that begins with a listed name and goes on.
    fn after_listed(
        &mut self,
        at: usize,
        end: usize,
        stop: usize,
        kind: Option<EntityType>,
    ) -> usize {
        let words = self.words;
        let first = known(words, at..at + 1);
        if stop == end {
            return self.take_listed(at..end, kind.unwrap_or(EntityType::Misc));
        }
        let titled = self.titles(stop, end) > stop;
        let next = known(words, stop..stop + 1);
        let person = self.person_end(at, end);
        // "Jordan Peterson", "Chelsea Clinton".
        if !titled
            && first.any(Known::GIVEN)
            && stop == at + 1
            && listed(next).is_none()
            && person > stop
        {
            self.person(at..person, 0.7, false);
            return person;
        }
        if first.any(Known::SURNAME) && next.any(Known::GIVEN) && person == end {
            self.person(at..person, 0.7, false);
            return person;
        }
        // "British Indians".
        if kind == Some(EntityType::Norp) && listed(next) == Some(EntityType::Norp) {
            return self.take_listed(at..stop + 1, EntityType::Norp);
        }
        if titled
            || kind == Some(EntityType::Norp)
            || listed(next).is_some()
            || next.any(Known::GIVEN)
        {
            return self.take_listed(at..stop, kind.unwrap_or(EntityType::Misc));
        }
        // "Kenya Wildlife", "Dubai Cares": most often a body.
        self.push(at..end, Some(EntityType::Organization), 0.5);
        end
    }
}

/// How often a list is right about such a name in worldwide.train.
fn sure_by_list(kind: EntityType) -> f32 {
    match kind {
        EntityType::Misc => 0.8,
        EntityType::Product => 0.5,
        _ => 0.9,
    }
}

/// The same for head words.
fn sure_by_head(kind: EntityType) -> f32 {
    match kind {
        EntityType::Organization => 0.8,
        EntityType::Location => 0.75,
        _ => 0.6,
    }
}

/// Words for a field of work: "Communications", "Agriculture".
fn is_field(word: &str) -> bool {
    lexicon().common.contains(word)
        || ["s", "ion", "ture", "ment", "ence", "ing"].iter().any(|end| word.ends_with(end))
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an")
}
