//! The gate in training: logistic regression over a few features of each space.

use verbatim::analysis::sentences::training::GATE_SIZE;

use crate::{examples::Example, network::probability, random::Random};

const ROUNDS: usize = 6;
const RATE: f32 = 0.1;
const DECAY: f32 = 1e-4;

/// Ends weigh more: a lost one cannot be won back.
const END_WEIGHT: f32 = 2.0;

/// How much the network's answer counts beside the corpus's own: the gate need not let
/// pass what the network will turn away.
const DISTILLED: f32 = 0.7;

/// What one step of a weight is worth in the file.
const STEP: f32 = 0.08;

/// The weights in steps. `network` gives the probability of an end.
pub fn train(
    examples: &[Example],
    network: impl Fn(&Example) -> f32,
    random: &mut Random,
) -> Vec<i8> {
    let mut weights = vec![0f32; GATE_SIZE];
    let mut squares = vec![1e-2f32; GATE_SIZE];
    let spaces = examples.iter().filter(|example| example.likely.is_none());
    let mut order: Vec<_> = spaces
        .map(|example| {
            let target = example.target() + DISTILLED * (network(example) - example.target());
            (example, target)
        })
        .collect();
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for &(example, target) in &order {
            let score: f32 = example.gate.iter().map(|&slot| weights[slot]).sum();
            let weight = example.weight * (1.0 + target * (END_WEIGHT - 1.0));
            let error = (probability(score) - target) * weight;
            for &slot in &example.gate {
                let slope = error + DECAY * weights[slot];
                squares[slot] += slope * slope;
                weights[slot] -= RATE * slope / squares[slot].sqrt();
            }
        }
    }
    weights.iter().map(|weight| (weight / STEP).round().clamp(-127.0, 127.0) as i8).collect()
}

pub fn score(weights: &[i8], example: &Example) -> i32 {
    example.gate.iter().map(|&slot| i32::from(weights[slot])).sum()
}
