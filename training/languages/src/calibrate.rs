//! Calibration: how far the weights are to be taken apart or together, so that the
//! probabilities made of them are as often right as they say.

use rayon::prelude::*;

use crate::{corpus::Rows, languages::LANGUAGES, network::{CLASSES, Network}, table::Table};

/// Temperatures: one for each power of two of the number of features read.
pub const COUNT: usize = 12;

/// Fewest texts that a temperature is fitted on.
const FEWEST: usize = 500;

/// The temperature of most likelihood for texts of each length: what weights are divided
/// by. Lengths with few texts have that of their neighbour.
pub fn temperatures(network: &Network, table: &Table, sets: &[&Rows]) -> [f32; COUNT] {
    let mut texts: Vec<Vec<(usize, [f32; CLASSES])>> = vec![Vec::new(); COUNT];
    for set in sets {
        let weighed: Vec<_> = set
            .par_iter()
            .map(|(language, text)| {
                let rows = table.rows(text);
                (bucket(rows.len()), (*language, network.weigh(&network.mean(&rows))))
            })
            .collect();
        weighed.into_iter().for_each(|(bucket, text)| texts[bucket].push(text));
    }
    let mut found: Vec<Option<f32>> = texts
        .par_iter()
        .map(|texts| (texts.len() >= FEWEST).then(|| fit(texts)))
        .collect();
    for (at, (texts, found)) in texts.iter().zip(&found).enumerate() {
        println!("temperature of {} features: {found:?}, {} texts", 1 << at, texts.len());
    }
    for at in 1..COUNT {
        found[at] = found[at].or(found[at - 1]);
    }
    for at in (0..COUNT - 1).rev() {
        found[at] = found[at].or(found[at + 1]);
    }
    std::array::from_fn(|at| found[at].unwrap_or(1.0))
}

/// The nearest power of two, by its logarithm.
fn bucket(rows: usize) -> usize {
    ((rows.max(1) as f64).log2().round() as usize).min(COUNT - 1)
}

fn fit(texts: &[(usize, [f32; CLASSES])]) -> f32 {
    let loss = |temperature: f32| -> f64 {
        let one = |(language, weights): &(usize, [f32; CLASSES])| {
            let scaled = weights[..LANGUAGES.len()].iter().map(|w| w / temperature);
            let highest = scaled.clone().fold(f32::MIN, f32::max);
            let total: f32 = scaled.map(|w| (w - highest).exp()).sum();
            // A text of which everything else is surer must not count without bound.
            let likelihood = (weights[*language] / temperature - highest).exp() / total;
            -f64::from(likelihood.max(1e-4)).ln()
        };
        texts.iter().map(one).sum()
    };
    let candidates = (0..56).map(|step| 0.5 * 1.04f32.powi(step));
    let best = candidates.map(|t| (loss(t), t)).min_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(1.0, |(_, temperature)| temperature)
}
