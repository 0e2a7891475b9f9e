//! What a text says of a name in one place holds in others: a surname alone is the
//! person named in full elsewhere, and a name is of one type throughout.
//!
//! Changes and adds mentions by other mentions of the same text, never by lists.

use std::collections::{HashMap, HashSet};

use super::{EntityType, Found, lexicon::is_given_name};
use crate::analysis::{Span, Token, TokenKind, sentences::Sentence};

/// A mention that is at least this sure teaches others.
const TEACHER: f32 = 0.85;
/// A mention that is surer than this keeps its type.
const FIRM: f32 = 0.9;
/// How sure a mention is that only others tell of.
const ADDED: f32 = 0.6;
/// Longest name looked for, in bytes: beyond it names are lists.
const MAX_NAME: usize = 60;

/// `found` is ordered and without overlaps, and stays so.
pub(super) fn agree(text: &str, sentences: &[Sentence], tokens: &[Token], found: &mut Vec<Found>) {
    without_nouns(text, sentences, tokens, found);
    let known = Known::of(text, found);
    for mention in found.iter_mut() {
        if mention.confidence < FIRM
            && is_name(mention.kind)
            && let Some(kind) = known.kind_of(mention.span.of(text))
            && kind != mention.kind
        {
            mention.kind = kind;
            mention.confidence = mention.confidence.max(ADDED);
        }
    }
    let added = known.unseen(text, tokens, found);
    found.extend(added);
    found.sort_by_key(|f| f.span);
}

/// "Pensioner" of "Pensioner Jane Public" at the start of a sentence is no name where the
/// text has "pensioner" too.
fn without_nouns(text: &str, sentences: &[Sentence], tokens: &[Token], found: &mut [Found]) {
    let starts_sentence =
        |span: Span| sentences.binary_search_by_key(&span.start, |s| s.span.start).is_ok();
    let mut doubtful: Vec<(String, &mut Found)> = found
        .iter_mut()
        .filter(|mention| mention.kind == EntityType::Person && starts_sentence(mention.span))
        .filter_map(|mention| {
            let (first, rest) = mention.span.of(text).split_once(' ')?;
            (rest.contains(' ') && !is_given_name(first)).then(|| (first.to_lowercase(), mention))
        })
        .collect();
    if doubtful.is_empty() {
        return;
    }
    let words: HashSet<&str> = tokens.iter().map(|token| token.text(text)).collect();
    for (noun, mention) in &mut doubtful {
        if words.contains(noun.as_str()) {
            let rest = mention.span.of(text).split_once(' ').map_or(0, |(_, rest)| rest.len());
            mention.span.start = mention.span.end - rest;
        }
    }
}

/// Types whose mentions are names and may be repeated.
fn is_name(kind: EntityType) -> bool {
    use EntityType::*;
    matches!(kind, Person | Organization | Location | Norp | Facility | Product | Misc)
}

/// What speaks for one type of a name.
#[derive(Clone, Copy)]
struct Votes {
    kind: EntityType,
    /// Confidence of all mentions together.
    sum: f32,
    count: u32,
}

/// What the surest mentions of a text tell.
struct Known<'t> {
    /// How much speaks for each type of a name.
    votes: HashMap<&'t str, Vec<Votes>>,
    /// Family names of persons who are named in full.
    families: HashMap<&'t str, f32>,
    /// Names by their first word, longest first.
    by_first: HashMap<&'t str, Vec<&'t str>>,
}

impl<'t> Known<'t> {
    fn of(text: &'t str, found: &[Found]) -> Self {
        let mut known =
            Known { votes: HashMap::new(), families: HashMap::new(), by_first: HashMap::new() };
        for mention in found {
            let name = mention.span.of(text);
            if !is_name(mention.kind) || name.len() > MAX_NAME {
                continue;
            }
            let votes = known.votes.entry(name).or_default();
            match votes.iter_mut().find(|votes| votes.kind == mention.kind) {
                Some(votes) => {
                    votes.sum += mention.confidence;
                    votes.count += 1;
                }
                None => {
                    votes.push(Votes { kind: mention.kind, sum: mention.confidence, count: 1 });
                }
            }
            if mention.kind == EntityType::Person
                && mention.confidence >= TEACHER
                && let Some((_, family)) = name.rsplit_once(' ')
                && stands_alone(family)
            {
                let sure = known.families.entry(family).or_default();
                *sure = sure.max(mention.confidence);
            }
        }
        known.index();
        known
    }

    /// The names worth looking for, by their first words.
    fn index(&mut self) {
        let repeated = |(name, votes): (&&'t str, &Vec<Votes>)| {
            let sure = votes.iter().any(|votes| votes.sum >= TEACHER);
            (sure && stands_alone(name)).then_some(*name)
        };
        let names = self.votes.iter().filter_map(repeated).chain(self.families.keys().copied());
        for name in names.collect::<std::collections::BTreeSet<_>>() {
            let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(name);
            self.by_first.entry(first).or_default().push(name);
        }
        for names in self.by_first.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
    }

    /// The type that most speaks for.
    fn kind_of(&self, name: &str) -> Option<EntityType> {
        let votes = self.votes.get(name).map_or(&[][..], Vec::as_slice);
        let best = votes.iter().copied().max_by(|a, b| a.sum.total_cmp(&b.sum));
        match (best, self.families.get(name)) {
            // However often a doubtful type is repeated, one full name is worth more.
            (Some(best), Some(&family)) if family >= best.sum / best.count as f32 => {
                Some(EntityType::Person)
            }
            (None, Some(_)) => Some(EntityType::Person),
            (best, _) => best.map(|votes| votes.kind),
        }
    }

    /// Where the text repeats a name that no mention covers.
    fn unseen(&self, text: &str, tokens: &[Token], found: &[Found]) -> Vec<Found> {
        let mut added: Vec<Found> = Vec::new();
        let mut next = 0;
        let mut free = 0;
        for token in tokens.iter().filter(|t| t.kind == TokenKind::Word) {
            let start = token.span.start;
            while next < found.len() && found[next].span.end <= start {
                next += 1;
            }
            let covered = found.get(next).map_or(text.len(), |mention| mention.span.start);
            if start < free || start >= covered {
                continue;
            }
            let word = token.text(text);
            let first = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(word);
            let names = self.by_first.get(first).map_or(&[][..], Vec::as_slice);
            let here = names.iter().find(|name| {
                start + name.len() <= covered
                    && text[start..].starts_with(**name)
                    && !text[start + name.len()..]
                        .starts_with(|c: char| c.is_alphanumeric() || c == '-')
            });
            if let Some(name) = here
                && !text[..start].ends_with(['-', '@', '#', '/'])
                && let Some(kind) = self.kind_of(name)
            {
                free = start + name.len();
                added.push(Found { span: Span::new(start, free), kind, confidence: ADDED });
            }
        }
        added
    }
}

/// Whether a name is one wherever it stands: a capital, and no single letter.
fn stands_alone(name: &str) -> bool {
    name.chars().count() > 2 && name.starts_with(char::is_uppercase)
}
