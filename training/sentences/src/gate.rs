//! The gate in training: logistic regression over three features of each space.

use verbatim::analysis::sentences::training::GATE_SIZE;

use crate::{examples::Example, network::probability, random::Random};

const ROUNDS: usize = 4;
const RATE: f32 = 0.1;

/// Ends weigh more: a lost one cannot be won back.
const END_WEIGHT: f32 = 2.0;

/// One step of a weight in the file.
const STEP: f32 = 0.08;

/// The weights in steps.
pub fn train(examples: &[Example], random: &mut Random) -> Vec<i8> {
    let mut weights = vec![0f32; GATE_SIZE];
    let mut squares = vec![1e-2f32; GATE_SIZE];
    let mut order: Vec<_> =
        (0..examples.len()).filter(|&at| examples[at].is_space).collect();
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for &at in &order {
            let example = &examples[at];
            let score: f32 = example.gate.iter().map(|&slot| weights[slot]).sum();
            let weight = example.weight * (1.0 + example.target * (END_WEIGHT - 1.0));
            let error = (probability(score) - example.target) * weight;
            for &slot in &example.gate {
                let slope = error + 1e-4 * weights[slot];
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

/// The threshold that all but `lost` of the ends found by the network pass.
pub fn threshold(weights: &[i8], examples: &[Example], lost: f64) -> i32 {
    let ends = |example: &&Example| example.is_space && !example.silver && example.target > 0.5;
    let mut scores: Vec<_> =
        examples.iter().filter(ends).map(|example| score(weights, example)).collect();
    scores.sort_unstable();
    let threshold = scores[(scores.len() as f64 * lost) as usize];
    let spaces: Vec<_> = examples.iter().filter(|example| example.is_space).collect();
    let passed = spaces.iter().filter(|example| score(weights, example) >= threshold).count();
    eprintln!("the gate at {threshold} lets {passed} of {} spaces pass", spaces.len());
    threshold
}
