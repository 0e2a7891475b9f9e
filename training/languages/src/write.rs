//! Writes the model as `src/analysis/language/model.rs` reads it.

use crate::{
    calibrate,
    languages::LANGUAGES,
    lengths::LENGTHS,
    network::{Network, WIDTH, level},
    table::Table,
};

/// The bytes of the file: what it is of, temperatures, how much rarity counts, the bias,
/// rarity, the output layer in steps of each number of a row, and from the next multiple
/// of 64 on the rows.
pub fn bytes(network: &Network, table: &Table, temperatures: &[f32; LENGTHS]) -> Vec<u8> {
    let steps = network.steps.expect("rows have levels by the end");
    let mut bytes = b"VBLANG02".to_vec();
    bytes.extend((table.lines as u32).to_le_bytes());
    bytes.extend((LANGUAGES.len() as u32).to_le_bytes());
    for language in LANGUAGES {
        let mut tag = [0; 4];
        tag[..language.tag.len()].copy_from_slice(language.tag.as_bytes());
        bytes.extend(tag);
    }
    temperatures.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
    calibrate::SHORTNESS.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
    let mut column = |weights: &[f32], step: f32| {
        for weight in &weights[..LANGUAGES.len()] {
            bytes.extend((weight * step).to_le_bytes());
        }
    };
    column(&network.bias, 1.0);
    column(&calibrate::rarity(), 1.0);
    for (line, step) in network.output.iter().zip(steps).take(WIDTH) {
        column(line, step);
    }
    bytes.resize(bytes.len().next_multiple_of(64), 0);
    for (check, row) in table.checks.iter().zip(&network.rows) {
        bytes.push(*check);
        let level = |i: usize| (level(row[i], steps[i]) + 1.5) as u8;
        bytes.extend((0..WIDTH / 4).map(|byte| {
            (0..4).fold(0, |all, part| all | level(byte + part * WIDTH / 4) << (2 * part))
        }));
    }
    bytes
}
