//! Model: how much the features of a text speak for each language.
//!
//! A linear network of two layers: the mean of the rows of a text's features, then a
//! weight of each of its numbers for each language. Rows lie in a table of lines, two to
//! a line of 64 bytes, which is one cache line; a row is a check byte and 62 numbers of
//! four bits. `training/languages` makes it and writes the format read here;
//! `models/languages/MODEL_CARD.md` has the figures.
//!
//! Knows nothing of texts, and allocates nothing once it is read.

use std::sync::LazyLock;

use super::languages::LANGUAGES;

/// Bytes of a row. The first is its check.
const ROW: usize = 32;

/// Numbers of a row, two to a byte.
pub(super) const WIDTH: usize = 62;

/// Languages, rounded up for the processor.
pub(super) const CLASSES: usize = LANGUAGES.len().div_ceil(16) * 16;

/// Temperatures, for 1 to 2,048 rows.
const TEMPERATURES: usize = 12;

/// The first bytes of the file: its format.
const MAGIC: &[u8; 8] = b"VBLANG01";

/// The file, at the start of a cache line.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/languages/languages.bin"));

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(&FILE.0).expect("the embedded model is whole; a test reads it"));

/// The model in the binary.
pub(super) fn embedded() -> &'static Model {
    &MODEL
}

/// A trained model.
pub(super) struct Model {
    /// What weights are divided by, for each power of two of the rows added up.
    temperatures: [f32; TEMPERATURES],
    bias: [f32; CLASSES],
    /// For each number of a row, what one step of it says for each language.
    output: Vec<[f32; CLASSES]>,
    lines: &'static [[u8; 2 * ROW]],
}

/// The rows of features, added up.
#[derive(Clone)]
pub(super) struct Sums {
    /// Of each byte of a row the lower half, then the upper; the first of each is of
    /// the check and counts for nothing. Each step is 8 too high.
    halves: [[u16; ROW]; 2],
    /// How many were added.
    pub(super) rows: u32,
}

impl Sums {
    pub(super) const EMPTY: Self = Self { halves: [[0; ROW]; 2], rows: 0 };

    /// Rows that fit: 15 steps each.
    pub(super) const MAX_ROWS: u32 = u16::MAX as u32 / 15;

    fn push(&mut self, row: &[u8; ROW]) {
        let [lower, upper] = &mut self.halves;
        for (sum, byte) in lower.iter_mut().zip(row) {
            *sum += u16::from(byte & 15);
        }
        for (sum, byte) in upper.iter_mut().zip(row) {
            *sum += u16::from(byte >> 4);
        }
        self.rows += 1;
    }

    /// The mean of each number, in steps, of the rows of all `sums`; how many they are.
    fn mean<'a>(all: impl Iterator<Item = &'a Self>) -> ([f32; WIDTH], u32) {
        let mut total = [0u32; WIDTH];
        let mut rows = 0;
        for Self { halves, rows: own } in all {
            rows += own;
            for (half, total) in halves.iter().zip(total.chunks_exact_mut(WIDTH / 2)) {
                total.iter_mut().zip(&half[1..]).for_each(|(sum, &half)| *sum += u32::from(half));
            }
        }
        let share = 1.0 / rows.max(1) as f32;
        let offset = if rows == 0 { 0.0 } else { 8.0 };
        (total.map(|sum| sum as f32 * share - offset), rows)
    }
}

impl Model {
    /// Reads a model from `bytes`; `None` if they are no model of this format and of
    /// the languages of this build.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut word = || {
            let (word, tail) = rest.split_first_chunk::<4>()?;
            rest = tail;
            Some(*word)
        };
        let lines = u32::from_le_bytes(word()?) as usize;
        let languages = u32::from_le_bytes(word()?) as usize;
        if languages != LANGUAGES.len() || lines == 0 {
            return None;
        }
        for language in LANGUAGES {
            let tag = word()?;
            let tag = std::str::from_utf8(&tag).ok()?.trim_end_matches('\0');
            if tag != language.tag {
                return None;
            }
        }
        let mut temperatures = [0.0; TEMPERATURES];
        for temperature in &mut temperatures {
            *temperature = f32::from_le_bytes(word()?);
        }
        let mut column = || -> Option<[f32; CLASSES]> {
            let mut values = [0.0; CLASSES];
            for value in &mut values[..languages] {
                *value = f32::from_le_bytes(word()?);
            }
            Some(values)
        };
        let bias = column()?;
        let output = (0..WIDTH).map(|_| column()).collect::<Option<Vec<_>>>()?;
        // The table starts at the next cache line.
        let start = (bytes.len() - rest.len()).next_multiple_of(2 * ROW);
        let (table, []) = bytes.get(start..)?.as_chunks() else { return None };
        (table.len() == lines).then_some(Self { temperatures, bias, output, lines: table })
    }

    /// Adds the row of the feature with this hash to `sums`, if there is one.
    pub(super) fn add(&self, hash: u64, sums: &mut Sums) {
        let line = ((hash >> 32) * self.lines.len() as u64) >> 32;
        let check = ((hash >> 20) as u8).max(1);
        let (rows, _) = self.lines[line as usize].as_chunks::<ROW>();
        if let Some(row) = rows.iter().find(|row| row[0] == check) {
            sums.push(row);
        }
    }

    /// How much the features of all `sums` together speak for each language: the
    /// logarithm of its likelihood, up to a constant, as calibrated for their number.
    pub(super) fn weigh<'a>(&self, sums: impl Iterator<Item = &'a Sums>) -> [f32; CLASSES] {
        let mut weights = self.bias;
        let (mean, rows) = Sums::mean(sums);
        for (value, line) in mean.iter().zip(&self.output) {
            for (weight, says) in weights.iter_mut().zip(line) {
                *weight += value * says;
            }
        }
        let sharpness = 1.0 / self.temperature(rows);
        weights.map(|weight| weight * sharpness)
    }

    /// Between two powers of two, what lies between their temperatures.
    fn temperature(&self, rows: u32) -> f32 {
        let at = (rows.max(1) as f32).log2();
        let low = (at as usize).min(TEMPERATURES - 2);
        let share = (at - low as f32).min(1.0);
        self.temperatures[low] * (1.0 - share) + self.temperatures[low + 1] * share
    }
}

#[cfg(test)]
mod tests {
    use super::{FILE, MAGIC, Model};

    #[test]
    fn the_embedded_model_can_be_read_and_others_are_refused() {
        let bytes = &FILE.0;
        assert!(Model::read(bytes).is_some());
        assert!(Model::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(Model::read(&bytes[..bytes.len() - 64]).is_none());
        assert!(Model::read(&bytes[1..]).is_none());
        assert!(Model::read(MAGIC).is_none());
    }
}
