//! Pools: the words of each language to draw from, as often as they occur in text.

use std::{collections::HashMap, error::Error};

use rayon::prelude::*;

use crate::{
    corpus::{self, Rows},
    languages::LANGUAGES,
    ngrams::Words,
    random::Random,
};

/// Words of one language, each once, and its tokens as indices of those.
#[derive(Default)]
pub struct Pool {
    pub words: Vec<String>,
    /// Drawn from tables of n-grams.
    pub drawn: Vec<u32>,
    /// From lists of words, by their frequency.
    pub listed: Vec<u32>,
    /// From running text.
    pub running: Vec<u32>,
}

/// Scripts whose letters lingua's tables have without their marks, so that no words can
/// be drawn, and scripts without spaces.
const NO_TABLES: &[&str] = &["bn", "gu", "hi", "ja", "ko", "mr", "pa", "ta", "te", "th", "zh"];

/// Reads the pools of all languages; `texts` are what is learned from.
pub fn read(texts: &Rows, drawn: usize) -> Result<Vec<Pool>, Box<dyn Error>> {
    let folders = corpus::lingua()?;
    let wheel = corpus::wordfreq()?;
    let mut running = vec![Vec::new(); LANGUAGES.len()];
    for (language, text) in texts {
        running[*language].extend(words_of(text));
    }
    LANGUAGES
        .par_iter()
        .zip(running)
        .enumerate()
        .map(|(seed, (language, running))| {
            let mut random = Random::new(seed as u64);
            let mut pool = Pool::default();
            let mut index = HashMap::new();
            let mut intern = |word: String, words: &mut Vec<String>| {
                *index.entry(word).or_insert_with_key(|word| {
                    words.push(word.clone());
                    words.len() as u32 - 1
                })
            };
            pool.running = running.into_iter().map(|word| intern(word, &mut pool.words)).collect();
            if !language.package.is_empty() && !NO_TABLES.contains(&language.tag) {
                let folder = folders.get(language.package).ok_or(language.package)?;
                let words = Words::read(&folder.join("ngrams.fst")).map_err(|e| e.to_string())?;
                let words = words.ok_or_else(|| format!("{}: no words", language.package))?;
                pool.drawn =
                    (0..drawn).map(|_| intern(words.draw(&mut random), &mut pool.words)).collect();
            }
            if !language.wordfreq.is_empty() {
                let list = corpus::word_frequencies(&wheel, language.wordfreq)
                    .map_err(|error| error.to_string())?;
                let sums: Vec<f64> = list
                    .iter()
                    .scan(0.0, |sum, (_, frequency)| {
                        *sum += frequency;
                        Some(*sum)
                    })
                    .collect();
                let total = sums.last().copied().ok_or("an empty list of words")?;
                pool.listed = (0..drawn / 2)
                    .map(|_| {
                        let mark = random.unit() * total;
                        let at = sums.partition_point(|&sum| sum <= mark);
                        intern(list[at].0.clone(), &mut pool.words)
                    })
                    .collect();
            }
            Ok(pool)
        })
        .collect::<Result<_, String>>()
        .map_err(Into::into)
}

/// The words of a text, and of texts without spaces runs of one to four letters.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic() && (c.is_ascii() || c.is_whitespace())) {
        if word.is_empty() {
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.iter().any(|&c| is_ideograph(c)) {
            // Of the lengths that words have there.
            let mut rest = letters.as_slice();
            let mut length = 1;
            while !rest.is_empty() {
                let (piece, tail) = rest.split_at(length.min(rest.len()));
                words.push(piece.iter().collect());
                rest = tail;
                length = length % 4 + 1;
            }
        } else {
            words.push(word.to_lowercase());
        }
    }
    words
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}
