//! The file that the splitter embeds; `src/analysis/sentences/model.rs` reads it.

use verbatim::analysis::sentences::training::{MAGIC, Model, UNITS};

use crate::network::{Network, Rows};

/// Weights beyond this share of a unit's largest count as it: a few extremes would
/// make all steps coarse.
const KEPT: f64 = 0.9995;

pub fn write(network: &Network, rows: &Rows, gate: &[i8], threshold: i32) -> Vec<u8> {
    let bits = rows.checks.len().ilog2();
    let scales: [f32; UNITS] = std::array::from_fn(|unit| {
        let taken = network.table.iter().zip(&rows.checks).filter(|&(_, &check)| check > 0);
        let mut sizes: Vec<_> = taken.map(|(row, _)| row[unit].abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let largest = sizes.get((sizes.len() as f64 * KEPT) as usize).copied().unwrap_or(1.0);
        largest.max(1e-6) / 127.0
    });
    let mut bytes = MAGIC.to_vec();
    bytes.extend(bits.to_le_bytes());
    bytes.extend(threshold.to_le_bytes());
    for value in [scales, network.biases, network.weights].as_flattened() {
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(gate.iter().map(|&weight| weight as u8));
    for (row, &check) in network.table.iter().zip(&rows.checks) {
        bytes.push(check);
        for unit in 0..UNITS {
            let step = (row[unit] / scales[unit]).round().clamp(-127.0, 127.0) as i8;
            bytes.push(step as u8);
        }
    }
    assert!(Model::read(bytes.clone().leak()).is_some(), "the splitter reads what is written");
    bytes
}
