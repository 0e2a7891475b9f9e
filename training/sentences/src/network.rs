//! The network in training: 32-bit floats, AdaGrad (Duchi, Hazan and Singer, 2011),
//! features left out at random.

use std::collections::HashMap;

use verbatim::analysis::sentences::training::{UNITS, check};

use crate::{examples::Example, random::Random};

/// Share of features left out of each example, so that none is leant on alone.
const DROPPED: f32 = 0.5;
const RATE: f32 = 0.1;
const DECAY: f32 = 1e-5;

/// Which row each feature has, and the check byte of that row; 0 marks an empty one.
pub struct Rows {
    bits: u32,
    pub checks: Vec<u8>,
}

impl Rows {
    /// Deals 2^bits rows to the features seen at least `least` times, the commonest
    /// first.
    pub fn deal(examples: &[Example], bits: u32, least: u32) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for example in examples {
            for &feature in &example.features {
                *counts.entry(feature).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().filter(|&(_, count)| count >= least).collect();
        counts.sort_unstable_by_key(|&(feature, count)| (std::cmp::Reverse(count), feature));
        let mut checks = vec![0; 1 << bits];
        let mut taken = 0;
        for &(feature, _) in &counts {
            let row = (feature >> (32 - bits)) as usize;
            if checks[row] == 0 {
                checks[row] = check(feature);
                taken += 1;
            }
        }
        eprintln!("{} features, {taken} of {} rows taken", counts.len(), checks.len());
        Self { bits, checks }
    }

    /// The rows of an example's features.
    pub fn of(&self, example: &Example) -> Vec<u32> {
        let rows = example.features.iter().map(|&feature| (feature, feature >> (32 - self.bits)));
        let dealt = rows.filter(|&(feature, row)| self.checks[row as usize] == check(feature));
        dealt.map(|(_, row)| row).collect()
    }
}

type Units = [f32; UNITS];

pub struct Network {
    pub table: Vec<Units>,
    pub biases: Units,
    /// The first is not rectified; its weight stays 1.
    pub weights: Units,
    table_squares: Vec<Units>,
    weight_squares: Units,
    bias_square: f32,
}

impl Network {
    pub fn new(bits: u32, random: &mut Random) -> Self {
        let mut biases = [0.0; UNITS];
        let mut weights = [1.0; UNITS];
        for unit in 1..UNITS {
            biases[unit] = random.unit() * 0.5;
            weights[unit] = random.unit() - 0.5;
        }
        Self {
            table: vec![[0.0; UNITS]; 1 << bits],
            biases,
            weights,
            table_squares: vec![[1e-3; UNITS]; 1 << bits],
            weight_squares: [1e-3; UNITS],
            bias_square: 1e-3,
        }
    }

    fn hidden(&self, rows: &[u32]) -> Units {
        let mut hidden = self.biases;
        for &row in rows {
            for (unit, value) in hidden.iter_mut().zip(&self.table[row as usize]) {
                *unit += value;
            }
        }
        hidden
    }

    /// The logarithm of the odds.
    pub fn score(&self, rows: &[u32]) -> f32 {
        self.answer(&self.hidden(rows))
    }

    /// Of an end at `example`.
    pub fn probability(&self, rows: &Rows, example: &Example) -> f32 {
        probability(self.score(&rows.of(example)))
    }

    fn answer(&self, hidden: &Units) -> f32 {
        let rectified = (1..UNITS).map(|unit| self.weights[unit] * hidden[unit].max(0.0));
        hidden[0] + rectified.sum::<f32>()
    }

    fn step(&mut self, rows: &[u32], target: f32, weight: f32, rate: f32) {
        let hidden = self.hidden(rows);
        let error = (probability(self.answer(&hidden)) - target) * weight;
        if error.abs() < 1e-4 {
            return;
        }
        let mut slopes = [0.0; UNITS];
        slopes[0] = error;
        for unit in 1..UNITS {
            if hidden[unit] > 0.0 {
                slopes[unit] = error * self.weights[unit];
                let slope = error * hidden[unit];
                self.weight_squares[unit] += slope * slope;
                self.weights[unit] -= rate * slope / self.weight_squares[unit].sqrt();
            }
        }
        self.bias_square += error * error;
        self.biases[0] -= rate * error / self.bias_square.sqrt();
        for &row in rows {
            let (values, squares) =
                (&mut self.table[row as usize], &mut self.table_squares[row as usize]);
            for unit in 0..UNITS {
                let slope = slopes[unit] + DECAY * values[unit];
                squares[unit] += slope * slope;
                values[unit] -= rate * slope / squares[unit].sqrt();
            }
        }
    }
}

pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Trains once on all examples, then `rounds` times on those of the true corpora.
pub fn train(examples: &[Example], rows: &Rows, rounds: usize, random: &mut Random) -> Network {
    let mut network = Network::new(rows.bits, random);
    for round in 0..=rounds {
        let mut order: Vec<_> =
            examples.iter().filter(|example| round == 0 || !example.silver).collect();
        random.shuffle(&mut order);
        let rate = RATE * (1.0 - round as f32 / (rounds + 1) as f32).max(0.1);
        for example in order {
            let mut kept = rows.of(example);
            kept.retain(|_| random.unit() >= DROPPED);
            network.step(&kept, example.target(), example.weight, rate);
        }
    }
    network
}
