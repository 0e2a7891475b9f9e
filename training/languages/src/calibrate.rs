//! Calibration: how far the weights are to be taken apart or together, so that the
//! probabilities made of them are as often right as they say.

use rayon::prelude::*;

use crate::{
    corpus::Rows,
    languages::LANGUAGES,
    lengths::{LENGTHS, at_length},
    network::{CLASSES, Network},
    table::Table,
};

/// Fewest texts that a temperature is fitted on.
const FEWEST: usize = 150;

/// How much a language's rarity counts, for each power of two of the number of features:
/// a word alone is more likely of a common language; a text speaks for itself.
pub const SHORTNESS: [f32; LENGTHS] = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0];

/// How much rarer each language is than it was among the samples, as a logarithm: those
/// beyond lingua's ten times.
pub fn rarity() -> [f32; CLASSES] {
    let mut rarity = [0.0; CLASSES];
    for (rarity, language) in rarity.iter_mut().zip(LANGUAGES) {
        *rarity = if language.package.is_empty() { 0.1f32.ln() } else { 0.0 };
    }
    rarity
}

/// The weight of each language by the rows of a text, not yet sharpened.
pub fn weigh(network: &Network, rows: &[u32]) -> [f32; CLASSES] {
    let shortness = at_length(&SHORTNESS, rows.len() as u32);
    let mut weights = network.weigh(&network.mean(rows));
    weights.iter_mut().zip(rarity()).for_each(|(weight, rarity)| *weight += shortness * rarity);
    weights
}

/// The temperature of most likelihood for texts of each length: what weights are divided
/// by. Lengths with few texts have that of their neighbour.
pub fn temperatures(network: &Network, table: &Table, sets: &[&Rows]) -> [f32; LENGTHS] {
    let mut texts: Vec<Vec<(usize, [f32; CLASSES])>> = vec![Vec::new(); LENGTHS];
    for set in sets {
        let weighed: Vec<_> = set
            .par_iter()
            .map(|(language, text)| {
                let rows = table.rows(text);
                (bucket(rows.len()), (*language, weigh(network, &rows)))
            })
            .collect();
        weighed.into_iter().for_each(|(bucket, text)| texts[bucket].push(text));
    }
    let mut found: Vec<Option<f32>> =
        texts.par_iter().map(|texts| (texts.len() >= FEWEST).then(|| fit(texts))).collect();
    for (at, (texts, found)) in texts.iter().zip(&found).enumerate() {
        println!("temperature of {} features: {found:?}, {} texts", 1 << at, texts.len());
    }
    for at in 1..LENGTHS {
        found[at] = found[at].or(found[at - 1]);
    }
    for at in (0..LENGTHS - 1).rev() {
        found[at] = found[at].or(found[at + 1]);
    }
    std::array::from_fn(|at| found[at].unwrap_or(1.0))
}

/// The nearest power of two, by its logarithm.
fn bucket(rows: usize) -> usize {
    ((rows.max(1) as f64).log2().round() as usize).min(LENGTHS - 1)
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
    let candidates = (0..76).map(|step| 0.2 * 1.04f32.powi(step));
    let best = candidates.map(|t| (loss(t), t)).min_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(1.0, |(_, temperature)| temperature)
}
