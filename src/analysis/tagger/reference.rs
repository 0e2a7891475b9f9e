//! The encoder in f32, slow and plain, for tests: from the quantised weights of a model,
//! so that what remains between the two is the rounding of activations.

use super::{
    Piece,
    weights::{Layer, Linear, Norm, Weights},
};

/// The exact GELU, x · Φ(x).
pub fn gelu(x: f64) -> f64 {
    x * 0.5 * (1.0 + erf(x / std::f64::consts::SQRT_2))
}

/// erf to 1e-7, by its series; further out it is ±1.
fn erf(x: f64) -> f64 {
    if x.abs() > 4.0 {
        return x.signum();
    }
    let (mut term, mut sum) = (x, x);
    for k in 1..200 {
        term *= -x * x / f64::from(k);
        sum += term / f64::from(2 * k + 1);
    }
    sum * std::f64::consts::FRAC_2_SQRT_PI
}

/// Logits of a window.
pub fn forward(weights: &Weights, pieces: &[Piece]) -> Vec<f32> {
    let hidden = weights.sizes.hidden;
    let row = |table: &[f32], row: usize, i: usize| table[row * hidden + i];
    let mut x: Vec<Vec<f32>> = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        let id = piece.id as usize;
        let sum = |i: usize| {
            f32::from(weights.word[id * hidden + i] as i8) * weights.word_scale[id]
                + row(&weights.position, place, i)
                + row(&weights.shape, piece.shape.into(), i)
                + row(&weights.space, piece.space.into(), i)
                + row(&weights.quote, piece.quote.into(), i)
        };
        x.push(normalise(&(0..hidden).map(sum).collect::<Vec<_>>(), &weights.embedded));
    }
    for layer in &weights.layers {
        x = transform(layer, weights.sizes.heads, &x);
    }
    let outputs = weights.sizes.outputs;
    x.iter().flat_map(|x| map(&weights.output, x).into_iter().take(outputs)).collect()
}

fn transform(layer: &Layer, heads: usize, x: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mixed = attend(layer, heads, x);
    x.iter()
        .zip(mixed)
        .map(|(x, mixed)| {
            let x = normalise(&sum(x, &map(&layer.merge, &mixed)), &layer.attended);
            let inner: Vec<f32> =
                map(&layer.up, &x).iter().map(|x| gelu(f64::from(*x)) as f32).collect();
            normalise(&sum(&x, &map(&layer.down, &inner)), &layer.fed)
        })
        .collect()
}

fn attend(layer: &Layer, heads: usize, x: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let all: Vec<Vec<f32>> = x.iter().map(|x| map(&layer.attend, x)).collect();
    let hidden = layer.attend.inputs;
    let width = hidden / heads;
    let mut mixed = vec![vec![0.0; hidden]; x.len()];
    for (i, mixed) in mixed.iter_mut().enumerate() {
        for head in (0..hidden).step_by(width) {
            let dot = |j: &Vec<f32>| -> f64 {
                (head..head + width).map(|k| f64::from(all[i][k] * j[hidden + k])).sum()
            };
            let scores: Vec<f64> = all.iter().map(|j| dot(j) / (width as f64).sqrt()).collect();
            let most = scores.iter().copied().fold(f64::MIN, f64::max);
            let powers: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
            let total: f64 = powers.iter().sum();
            for (power, j) in powers.iter().zip(&all) {
                for k in head..head + width {
                    mixed[k] += (power / total) as f32 * j[2 * hidden + k];
                }
            }
        }
    }
    mixed
}

fn sum(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

fn normalise(x: &[f32], norm: &Norm) -> Vec<f32> {
    let count = x.len() as f32;
    let mean = x.iter().sum::<f32>() / count;
    let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / count;
    let scaled = |(i, x): (usize, &f32)| (x - mean) / variance.sqrt() * norm.gain[i] + norm.bias[i];
    x.iter().enumerate().map(scaled).collect()
}

/// A linear map with its weights as they are packed.
fn map(map: &Linear, x: &[f32]) -> Vec<f32> {
    let output = |j: usize| {
        let weight = |k: usize| {
            let at = j / 16 * 16 * map.inputs + k / 4 * 64 + j % 16 * 4 + k % 4;
            f32::from(map.panels[at] as i8)
        };
        let sum: f32 = x.iter().enumerate().map(|(k, x)| x * weight(k)).sum();
        sum * map.scale[j] + map.bias[j]
    };
    (0..map.panels.len() / map.inputs).map(output).collect()
}
