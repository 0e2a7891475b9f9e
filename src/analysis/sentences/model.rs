//! Model: whether a sentence ends at a candidate that the rules leave open.
//!
//! A small network over hashed features: each feature adds a row of a table to a hidden
//! layer of rectified units, and one unit more that goes to the answer as it is. In
//! front of it a log-linear gate of three features turns away the spaces, nearly all of
//! them, where no sentence ends. `training/sentences` makes both and writes the format
//! read here; `models/sentences/MODEL_CARD.md` has the figures.
//!
//! Knows nothing of texts but what `features` and `gate` read.

use std::sync::LazyLock;

use super::{features, gate};

/// Hidden units; with the check byte, a row has 16 bytes.
pub const UNITS: usize = 15;
const ROW: usize = UNITS + 1;

/// Languages whose own corpora the model is trained on, sorted; the others have had
/// translated news and single sentences.
pub const TRAINED: [&str; 17] = [
    "da", "en", "fr", "hr", "hy", "id", "ko", "lt", "lv", "pt", "ru", "sk", "sr", "sv", "tr",
    "und", "zh",
];

/// The first bytes of the file: its format.
pub const MAGIC: &[u8; 8] = b"VBSENT01";

static BYTES: &[u8] = include_bytes!("../../../models/sentences/sentences.bin");

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(BYTES).expect("the embedded model is whole; a test reads it"));

/// The model in the binary.
pub(super) fn embedded() -> &'static Model {
    &MODEL
}

/// A trained model.
pub struct Model {
    /// The table has 2^bits rows.
    bits: u32,
    /// For each unit, what one step of its column is worth.
    scales: [f32; UNITS],
    biases: [f32; UNITS],
    /// The weight of each unit; the first is not rectified.
    weights: [f32; UNITS],
    /// Least score of the gate that passes.
    gate_threshold: i32,
    gate: &'static [u8],
    /// Rows of a check byte and one signed byte for each unit.
    table: &'static [u8],
}

impl Model {
    /// Reads a model from `bytes`; `None` if they are no model of this format.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut word = || {
            let (word, tail) = rest.split_first_chunk::<4>()?;
            rest = tail;
            Some(*word)
        };
        let bits = u32::from_le_bytes(word()?);
        let gate_threshold = i32::from_le_bytes(word()?);
        let mut column = || -> Option<[f32; UNITS]> {
            let mut values = [0.0; UNITS];
            for value in &mut values {
                *value = f32::from_le_bytes(word()?);
            }
            Some(values)
        };
        let (scales, biases, weights) = (column()?, column()?, column()?);
        let (gate, table) = rest.split_at_checked(gate::SIZE)?;
        let fits = (1..32).contains(&bits) && table.len() == ROW << bits;
        fits.then_some(Self { bits, scales, biases, weights, gate_threshold, gate, table })
    }

    /// Whether the gate lets a space pass to the network.
    pub(super) fn passes(&self, slots: [usize; gate::COUNT]) -> bool {
        let score: i32 = slots.iter().map(|&slot| i32::from(self.gate[slot] as i8)).sum();
        score >= self.gate_threshold
    }

    /// How much speaks for an end: the logarithm of the odds.
    pub(super) fn score(&self, features: &[u32; features::COUNT]) -> f32 {
        let mut sums = [0i16; ROW];
        for &feature in features {
            let slot = (feature >> (32 - self.bits)) as usize * ROW;
            let row: &[u8; ROW] = self.table[slot..].first_chunk().expect("2^bits rows");
            // All zeros where another feature has the row; a branch would be guessed wrong
            // every other time.
            let kept = -i16::from(row[0] == check(feature));
            for (sum, &step) in sums.iter_mut().zip(row) {
                *sum += i16::from(step as i8) & kept;
            }
        }
        let unit = |unit: usize| self.biases[unit] + self.scales[unit] * f32::from(sums[unit + 1]);
        let rectified = (1..UNITS).map(|at| self.weights[at] * unit(at).max(0.0)).sum::<f32>();
        unit(0) + rectified
    }
}

/// The byte that tells features apart which share a row. It is never 0, which marks
/// an empty row.
pub fn check(feature: u32) -> u8 {
    (feature as u8).max(1)
}

#[cfg(test)]
mod tests {
    use super::{BYTES, MAGIC, Model};

    #[test]
    fn the_embedded_model_can_be_read_and_others_are_refused() {
        assert!(Model::read(BYTES).is_some());
        assert!(Model::read(&BYTES[..BYTES.len() - 1]).is_none());
        assert!(Model::read(&BYTES[1..]).is_none());
        assert!(Model::read(MAGIC).is_none());
    }
}
