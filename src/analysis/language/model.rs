//! Model: how much the features of a text speak for each language.
//!
//! A linear network of two layers: the mean of the rows of a text's features, then a
//! weight of each of its numbers for each language. The rows lie in a table (`rows`).
//! `training/languages` makes it and writes the format read here;
//! `models/languages/MODEL_CARD.md` has the figures.
//!
//! Knows nothing of texts, and allocates nothing once it is read.

use std::sync::LazyLock;

use super::{
    languages::LANGUAGES,
    lengths::{LENGTHS, at_length},
    rows::{self, LINE, Sums, WIDTH},
};

/// Languages, rounded up for the processor.
pub(super) const CLASSES: usize = LANGUAGES.len().div_ceil(BLOCK) * BLOCK;

/// Languages weighed at a time: what fits into the registers.
const BLOCK: usize = 48;

/// The first bytes of the file: its format.
const MAGIC: &[u8; 8] = b"VBLANG02";

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
    temperatures: [f32; LENGTHS],
    /// How much rarity counts, likewise: a word alone is more likely of a common
    /// language, while a text speaks for itself.
    shortness: [f32; LENGTHS],
    bias: [f32; CLASSES],
    /// How rare each language is, as a logarithm.
    rarity: [f32; CLASSES],
    /// For each block of languages and each number of a row, what one step of it says
    /// for each of them.
    output: [[[f32; BLOCK]; WIDTH]; CLASSES / BLOCK],
    lines: &'static [[u8; LINE]],
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
        let mut by_length = || -> Option<[f32; LENGTHS]> {
            let mut values = [0.0; LENGTHS];
            for value in &mut values {
                *value = f32::from_le_bytes(word()?);
            }
            Some(values)
        };
        let (temperatures, shortness) = (by_length()?, by_length()?);
        let mut column = || -> Option<[f32; CLASSES]> {
            let mut values = [0.0; CLASSES];
            for value in &mut values[..languages] {
                *value = f32::from_le_bytes(word()?);
            }
            Some(values)
        };
        let (bias, rarity) = (column()?, column()?);
        let mut output = [[[0.0; BLOCK]; WIDTH]; CLASSES / BLOCK];
        for number in 0..WIDTH {
            for (block, says) in output.iter_mut().zip(column()?.as_chunks().0) {
                block[number] = *says;
            }
        }
        // The table starts at the next cache line.
        let start = (bytes.len() - rest.len()).next_multiple_of(LINE);
        let (table, []) = bytes.get(start..)?.as_chunks() else { return None };
        (table.len() == lines).then_some(Self {
            temperatures,
            shortness,
            bias,
            rarity,
            output,
            lines: table,
        })
    }

    /// Adds the rows of the features with these hashes to `sums`, of those that have one.
    pub(super) fn add(&self, hashes: &[u64], sums: &mut Sums) {
        rows::add(self.lines, hashes, sums);
    }

    /// How much the features of all `sums` together speak for each language: the
    /// logarithm of its likelihood, up to a constant, as calibrated for their number.
    pub(super) fn weigh<'a>(&self, sums: impl Iterator<Item = &'a Sums>) -> [f32; CLASSES] {
        let (mean, rows) = Sums::mean(sums);
        let mut weights = self.bias;
        self.multiply(&mean, &mut weights);
        let sharpness = 1.0 / at_length(&self.temperatures, rows);
        let shortness = at_length(&self.shortness, rows);
        for (weight, rarity) in weights.iter_mut().zip(&self.rarity) {
            *weight = (*weight + shortness * rarity) * sharpness;
        }
        weights
    }

    /// Adds to `weights` what the numbers of `mean` say.
    fn multiply(&self, mean: &[f32; WIDTH], weights: &mut [f32; CLASSES]) {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, which is all that the function asks for.
            return unsafe { self.multiply_avx2(mean, weights) };
        }
        self.multiply_here(mean, weights);
    }

    /// The same for processors with AVX2, to the last bit: a word alone takes 2.6 µs in all
    /// where it takes 2.8 to 3.9 without, in turns on one machine.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn multiply_avx2(&self, mean: &[f32; WIDTH], weights: &mut [f32; CLASSES]) {
        self.multiply_here(mean, weights);
    }

    #[inline(always)]
    fn multiply_here(&self, mean: &[f32; WIDTH], weights: &mut [f32; CLASSES]) {
        for (block, weights) in self.output.iter().zip(weights.as_chunks_mut::<BLOCK>().0) {
            let mut sums = *weights;
            for (value, says) in mean.iter().zip(block) {
                for i in 0..BLOCK {
                    sums[i] += value * says[i];
                }
            }
            *weights = sums;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, FILE, MAGIC, Model, WIDTH, embedded};

    #[test]
    fn instruction_sets_agree_to_the_last_bit() {
        let mean = std::array::from_fn::<f32, WIDTH, _>(|i| (i as f32 * 0.7).sin());
        let (mut fastest, mut portable) = ([0.5; CLASSES], [0.5; CLASSES]);
        embedded().multiply(&mean, &mut fastest);
        embedded().multiply_here(&mean, &mut portable);
        assert_eq!(fastest.map(f32::to_bits), portable.map(f32::to_bits));
    }

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
