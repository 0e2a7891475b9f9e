//! Words drawn from tables of n-grams.
//!
//! lingua's models hold, for each run of one to five letters within words, how often it
//! follows the run without its last letter. That is enough to draw words anew: what the
//! longer runs do not account for is how often a run begins or ends a word, and a chain
//! of four letters and the next gives the rest. Most words drawn are real ones, about as
//! frequent as in the text behind the tables; others only look like it, which is what
//! a detector meets in names and rare words.

use std::{
    collections::{BTreeMap, HashMap},
    error::Error,
    path::Path,
};

use fst::Streamer;

use crate::random::Random;

/// Letters of a word before its next one is drawn.
const ORDER: usize = 4;

/// A chain that goes on longer draws no word.
const LONGEST: usize = 40;

/// Things with their weights, summed up.
struct Urn<T> {
    things: Vec<T>,
    sums: Vec<f64>,
}

impl<T> Default for Urn<T> {
    fn default() -> Self {
        Self { things: Vec::new(), sums: Vec::new() }
    }
}

impl<T> Urn<T> {
    fn put(&mut self, thing: T, weight: f64) {
        self.sums.push(self.total() + weight);
        self.things.push(thing);
    }

    fn total(&self) -> f64 {
        self.sums.last().copied().unwrap_or(0.0)
    }

    /// The thing at `mark` of the sum; none beyond it.
    fn at(&self, mark: f64) -> Option<&T> {
        self.things.get(self.sums.partition_point(|&sum| sum <= mark))
    }
}

/// How often runs of letters occur, of all letters.
type Shares = HashMap<Vec<char>, f64>;

/// What a language's words are drawn from.
pub struct Words {
    /// Whole words of up to three letters, and the first four of longer ones.
    starts: Urn<Vec<char>>,
    /// The next letter; the weights fall short of 1 by the share of words that end here.
    next: HashMap<Vec<char>, Urn<char>>,
}

impl Words {
    /// Reads the file of n-grams of one language. None where it has no runs of several
    /// letters, as for languages without spaces.
    pub fn read(file: &Path) -> Result<Option<Self>, Box<dyn Error>> {
        let map = fst::Map::new(std::fs::read(file)?)?;
        // Sorted, so that the same file gives the same words.
        let mut given = BTreeMap::new();
        let mut stream = map.stream();
        while let Some((run, bits)) = stream.next() {
            let run: Vec<char> = std::str::from_utf8(run)?.chars().collect();
            given.insert(run, f64::from_bits(bits).exp());
        }
        let mut next: HashMap<_, Urn<char>> = HashMap::new();
        for (run, &share) in given.iter().filter(|(run, _)| run.len() == ORDER + 1) {
            next.entry(run[..ORDER].to_vec()).or_default().put(run[ORDER], share);
        }
        let starts = starts(&shares(&given));
        Ok((!next.is_empty() && !starts.things.is_empty()).then_some(Self { starts, next }))
    }

    pub fn draw(&self, random: &mut Random) -> String {
        loop {
            let start = self.starts.at(random.unit() * self.starts.total());
            let mut word = start.expect("a mark within the sum").clone();
            while word.len() >= ORDER && word.len() <= LONGEST {
                let urn = self.next.get(&word[word.len() - ORDER..]);
                let Some(&letter) = urn.and_then(|urn| urn.at(random.unit())) else { break };
                word.push(letter);
            }
            if word.len() <= LONGEST {
                return word.into_iter().collect();
            }
        }
    }
}

/// Shares of all letters from shares of the run without its last letter.
fn shares(given: &BTreeMap<Vec<char>, f64>) -> Shares {
    let mut shares = Shares::new();
    // In order, so that a run comes after its beginning.
    for (run, share) in given {
        let before = if run.len() == 1 {
            1.0
        } else {
            shares.get(&run[..run.len() - 1]).copied().unwrap_or(0.0)
        };
        shares.insert(run.clone(), before * share);
    }
    shares
}

/// How often each run begins a word, by what stands before it less often than it occurs.
fn starts(shares: &Shares) -> Urn<Vec<char>> {
    let mut runs: Vec<_> = shares.iter().collect();
    runs.sort_unstable_by(|a, b| a.0.cmp(b.0));
    let (mut preceded, mut followed, mut amid) = (Shares::new(), Shares::new(), Shares::new());
    for &(run, share) in &runs {
        let length = run.len();
        if length >= 2 {
            *preceded.entry(run[1..].to_vec()).or_default() += share;
            *followed.entry(run[..length - 1].to_vec()).or_default() += share;
        }
        if length >= 3 {
            *amid.entry(run[1..length - 1].to_vec()).or_default() += share;
        }
    }
    let of = |shares: &Shares, run: &[char]| shares.get(run).copied().unwrap_or(0.0);
    // Half of what one occurrence comes to: less is rounding.
    let least = runs.iter().map(|&(_, share)| *share).fold(1.0, f64::min) / 2.0;
    let mut urn = Urn::default();
    for (run, share) in runs {
        let weight = match run.len() {
            1..ORDER => share - of(&preceded, run) - of(&followed, run) + of(&amid, run),
            ORDER => share - of(&preceded, run),
            _ => 0.0,
        };
        if weight > least {
            urn.put(run.clone(), weight);
        }
    }
    urn
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{shares, starts};

    /// Shares of runs in a text of these words, as lingua's tables have them.
    fn table(words: &[&str]) -> BTreeMap<Vec<char>, f64> {
        let mut counts: BTreeMap<Vec<char>, f64> = BTreeMap::new();
        let mut letters = 0.0;
        for word in words {
            let word: Vec<char> = word.chars().collect();
            letters += word.len() as f64;
            for from in 0..word.len() {
                for length in 1..=5.min(word.len() - from) {
                    *counts.entry(word[from..from + length].to_vec()).or_default() += 1.0;
                }
            }
        }
        counts
            .iter()
            .map(|(run, count)| {
                let whole = if run.len() == 1 { letters } else { counts[&run[..run.len() - 1]] };
                (run.clone(), count / whole)
            })
            .collect()
    }

    #[test]
    fn words_begin_as_often_as_they_do_in_the_text() {
        let words = ["a", "a", "an", "banana", "banana", "nab"];
        let urn = starts(&shares(&table(&words)));
        let found: Vec<(String, f64)> = urn
            .things
            .iter()
            .zip(
                urn.sums
                    .iter()
                    .scan(0.0, |before, sum| Some(sum - std::mem::replace(before, *sum))),
            )
            .map(|(run, weight)| (run.iter().collect(), (weight * 19.0).round()))
            .collect();
        let expected = [("a", 2.0), ("an", 1.0), ("bana", 2.0), ("nab", 1.0)];
        assert_eq!(found, expected.map(|(run, weight)| (run.to_owned(), weight)));
    }
}
