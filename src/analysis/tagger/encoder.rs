//! The encoder as a whole: pieces in, logits out.
//!
//! A BERT-shaped transformer, layer norms after the sums. Weights and activations are
//! int8, sums and all between products f32; `layer` and `attention` have the steps,
//! `kernels` the arithmetic. Knows neither text nor what the outputs mean.

use super::{
    kernels::{InstructionSet, Kernels, ROWS, RowScale},
    layer::{Rows, linear, transform},
    scratch::Scratch,
    weights::{ModelError, Weights},
};

/// A word piece: its number in the vocabulary, and three small features of its place in
/// the text. Each is a row of a table of the model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Piece {
    pub id: u32,
    pub shape: u8,
    pub space: u8,
    pub quote: u8,
}

/// A model, ready to run. It never changes, so threads share it.
pub struct Encoder {
    weights: Weights,
    kernels: &'static Kernels,
}

impl Encoder {
    /// Reads a model in place, to run on the best instructions there are. `bytes` starts
    /// at a multiple of 64 bytes in memory (`Aligned`); the vectors beside the int8
    /// weights, about a fiftieth of a model, are copied.
    pub fn load(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let weights = Weights::read(bytes)?;
        let best = Kernels::of(InstructionSet::best());
        Ok(Self { weights, kernels: best.unwrap_or_else(Kernels::portable) })
    }

    /// The same model on another instruction set, if this processor has it: for tests
    /// and measurements.
    pub fn on(self, set: InstructionSet) -> Option<Self> {
        Some(Self { kernels: Kernels::of(set)?, ..self })
    }

    /// What it runs on.
    pub fn instruction_set(&self) -> InstructionSet {
        self.kernels.set
    }

    /// Logits of each piece.
    pub fn outputs(&self) -> usize {
        self.weights.sizes.outputs
    }

    /// The longest window, in pieces.
    pub fn max_pieces(&self) -> usize {
        self.weights.sizes.positions
    }

    /// How many pieces the vocabulary has: every `Piece::id` is below it.
    pub fn vocabulary(&self) -> usize {
        self.weights.sizes.words
    }

    /// Logits `[pieces.len()][outputs]`, row by row, of one window. The same pieces give
    /// the same bits, on any processor and whatever ran before. Allocates only when a
    /// window is longer than all that `scratch` has seen.
    ///
    /// # Panics
    ///
    /// If there are more than `max_pieces` pieces, or a number of a piece is not a row
    /// of its table.
    pub fn run<'s>(&self, pieces: &[Piece], scratch: &'s mut Scratch) -> &'s [f32] {
        assert!(pieces.len() <= self.max_pieces(), "a window has at most max_pieces pieces");
        if pieces.is_empty() {
            return &[];
        }
        self.kernels.with(|| self.run_rows(pieces, scratch))
    }

    fn run_rows<'s>(&self, pieces: &[Piece], scratch: &'s mut Scratch) -> &'s [f32] {
        let (n, weights, kernels) = (pieces.len(), &self.weights, self.kernels);
        let hidden = weights.sizes.hidden;
        let Scratch { x, rows, scales, sums, attention, feed, logits } = scratch;
        let x = x.get(n * hidden);
        let rows = rows.get(n.next_multiple_of(ROWS) * hidden);
        let scales: &mut [RowScale] = scales.get(n);
        self.embed(pieces, x);
        kernels.normalise(x, &weights.embedded, rows, scales);
        for layer in &weights.layers {
            let heads = weights.sizes.heads;
            transform(kernels, layer, heads, x, (rows, scales), sums, attention, feed);
        }
        let outputs = weights.sizes.outputs;
        let logits = logits.get(n * outputs);
        linear(kernels, &weights.output, 0..outputs, Rows { bytes: rows, scales }, sums, |block| {
            let logits = &mut logits[block.row * outputs + block.column..];
            kernels.store(block.sums, logits, outputs, block.width);
        });
        logits
    }

    /// Sums the rows of the tables for each piece.
    fn embed(&self, pieces: &[Piece], x: &mut [f32]) {
        let weights = &self.weights;
        let hidden = weights.sizes.hidden;
        let positions = weights.position.chunks_exact(hidden);
        for ((piece, x), position) in pieces.iter().zip(x.chunks_exact_mut(hidden)).zip(positions) {
            let row = |table: &'_ [f32], row: u8| usize::from(row) * hidden..table.len();
            let id = piece.id as usize;
            let word = &weights.word[id * hidden..][..hidden];
            let scale = weights.word_scale[id];
            let shape = &weights.shape[row(&weights.shape, piece.shape)][..hidden];
            let space = &weights.space[row(&weights.space, piece.space)][..hidden];
            let quote = &weights.quote[row(&weights.quote, piece.quote)][..hidden];
            for i in 0..hidden {
                let word = f32::from(word[i] as i8) * scale;
                x[i] = word + position[i] + shape[i] + space[i] + quote[i];
            }
        }
    }
}
