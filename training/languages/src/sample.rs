//! Samples: what the network sees, one after another, never the same order of words.

use crate::{corpus::Rows, languages::LANGUAGES, pool::Pool, random::Random, table::Table};

/// Rows of the features of many texts, one after another.
#[derive(Default)]
pub struct Packed {
    ends: Vec<usize>,
    rows: Vec<u32>,
    letters: Vec<u8>,
}

impl Packed {
    fn push(&mut self, text: &str, table: &Table) {
        self.rows.extend(table.rows(text));
        self.ends.push(self.rows.len());
        self.letters.push(text.chars().count().min(255) as u8);
    }

    pub fn get(&self, index: usize) -> &[u32] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.rows[start..self.ends[index]]
    }
}

/// What to draw samples from.
pub struct Source<'a> {
    pools: &'a [Pool],
    words: Vec<Packed>,
    texts: Vec<Packed>,
    /// For words and pairs: sums of the weights of the languages; for more; for texts.
    languages: [Vec<f64>; 3],
}

/// Kinds of samples.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Pair,
    Words,
    Text,
}

impl<'a> Source<'a> {
    pub fn new(pools: &'a [Pool], texts: &Rows, table: &Table, rare: f64) -> Self {
        use rayon::prelude::*;
        let words = pools
            .par_iter()
            .map(|pool| {
                let mut packed = Packed::default();
                pool.words.iter().for_each(|word| packed.push(word, table));
                packed
            })
            .collect();
        let mut packed: Vec<Packed> = LANGUAGES.iter().map(|_| Packed::default()).collect();
        for (language, text) in texts {
            packed[*language].push(text, table);
        }
        let sums = |rare: f64, with_texts: bool| {
            let mut sum = 0.0;
            LANGUAGES
                .iter()
                .zip(&packed)
                .map(|(language, packed)| {
                    sum += match (with_texts && packed.ends.is_empty(), language.package) {
                        (true, _) => 0.0,
                        (_, "") => rare,
                        _ => 1.0,
                    };
                    sum
                })
                .collect()
        };
        let languages = [sums(rare, false), sums(rare.sqrt(), false), sums(1.0, true)];
        Self { pools, words, texts: packed, languages }
    }

    /// Draws a sample: its language; `rows` becomes the rows of its features.
    pub fn draw(&self, random: &mut Random, rows: &mut Vec<u32>) -> usize {
        loop {
            rows.clear();
            let kind = match random.unit() {
                0.0..0.36 => Kind::Word,
                0.36..0.58 => Kind::Pair,
                0.58..0.78 => Kind::Words,
                _ => Kind::Text,
            };
            let sums = &self.languages[match kind {
                Kind::Word | Kind::Pair => 0,
                Kind::Words => 1,
                Kind::Text => 2,
            }];
            let mark = random.unit() * sums[sums.len() - 1];
            let language = sums.partition_point(|&sum| sum <= mark);
            match kind {
                Kind::Text => {
                    let texts = &self.texts[language];
                    let index = (random.unit() * texts.ends.len() as f64) as usize;
                    let text = texts.get(index);
                    // Half of the time a stretch of it, so that it is not learned by heart.
                    let shares = if random.unit() < 0.5 {
                        [0.0, 1.0]
                    } else {
                        let length = 0.3 + 0.7 * random.unit();
                        let from = (1.0 - length) * random.unit();
                        [from, from + length]
                    };
                    let [from, to] = shares.map(|share| (share * text.len() as f64) as usize);
                    rows.extend(&text[from..to.min(text.len())]);
                }
                _ => {
                    let count = match kind {
                        Kind::Word => 1,
                        Kind::Pair => 2,
                        _ => 3 + (random.unit() * 30.0) as usize,
                    };
                    // Short words say little and stand everywhere in real text.
                    let long = kind != Kind::Words && random.unit() < 0.85;
                    for _ in 0..count {
                        self.draw_word(language, long, random, rows);
                    }
                }
            }
            if !rows.is_empty() {
                return language;
            }
        }
    }

    fn draw_word(&self, language: usize, long: bool, random: &mut Random, rows: &mut Vec<u32>) {
        let pool = &self.pools[language];
        let mut kinds = [(&pool.drawn, 0.8), (&pool.listed, 0.1), (&pool.running, 0.1)];
        for (tokens, share) in &mut kinds {
            if tokens.is_empty() {
                *share = 0.0;
            }
        }
        let total: f64 = kinds.iter().map(|(_, share)| share).sum();
        // Few tries: some languages have hardly a long word.
        for _ in 0..8 {
            let mut mark = random.unit() * total;
            let tokens = kinds.iter().find(|(_, share)| {
                mark -= share;
                mark < 0.0
            });
            let (tokens, _) = tokens.unwrap_or(&kinds[0]);
            if tokens.is_empty() {
                continue;
            }
            let word = *random.one(tokens) as usize;
            if !long || self.words[language].letters[word] >= 5 {
                rows.extend(self.words[language].get(word));
                return;
            }
        }
    }
}
