//! How fast the tagger's encoder is: pieces a second on one thread, for every
//! instruction set of this processor and several lengths of a window.
//!
//! `cargo bench --bench encoder`. The model has the shape of MiniLM and arbitrary
//! weights: what they are makes no difference to the time. Each figure is the best of
//! many short runs, so that a shared machine matters little.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use verbatim::analysis::tagger::{Aligned, Encoder, InstructionSet, Piece, Scratch};

const WORDS: u32 = 512;
const HIDDEN: usize = 384;
const LAYERS: u32 = 6;
const FEED_FORWARD: usize = 1536;
const OUTPUTS: usize = 128;
/// How long each figure is measured.
const TIME: Duration = Duration::from_millis(1500);

fn main() {
    let model = Aligned::leak(&model());
    for set in InstructionSet::ALL {
        let Some(encoder) = Encoder::load(model).expect("a model").on(set) else { continue };
        for n in [16, 64, 128, 192, 256] {
            let pieces: Vec<Piece> =
                (0..n).map(|i| Piece { id: i * 7 % WORDS, ..Piece::default() }).collect();
            let best = best(&encoder, &pieces);
            let rate = f64::from(n) / best.as_secs_f64();
            println!("{set:?}, {n} pieces: {:.0} µs, {rate:.0} pieces/s", best.as_secs_f64() * 1e6);
        }
    }
}

fn best(encoder: &Encoder, pieces: &[Piece]) -> Duration {
    let mut scratch = Scratch::default();
    let start = Instant::now();
    let mut best = Duration::MAX;
    while start.elapsed() < TIME {
        let run = Instant::now();
        black_box(encoder.run(black_box(pieces), &mut scratch));
        best = best.min(run.elapsed());
    }
    best
}

/// A model file, as `training/tagger/export.py` would write it.
fn model() -> Vec<u8> {
    let sizes =
        [1, WORDS, 256, 2, 2, 2, HIDDEN as u32, LAYERS, 12, FEED_FORWARD as u32, OUTPUTS as u32];
    let mut file = b"VBTAGGER".to_vec();
    file.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
    file.resize(64, 0);
    let mut random = Random(1);
    random.bytes(&mut file, WORDS as usize * HIDDEN);
    random.floats(&mut file, WORDS as usize, 0.01);
    for rows in [256, 2, 2, 2] {
        random.floats(&mut file, rows * HIDDEN, 0.1);
    }
    random.norm(&mut file);
    for _ in 0..LAYERS {
        random.linear(&mut file, HIDDEN, 3 * HIDDEN);
        random.linear(&mut file, HIDDEN, HIDDEN);
        random.norm(&mut file);
        random.linear(&mut file, HIDDEN, FEED_FORWARD);
        random.linear(&mut file, FEED_FORWARD, HIDDEN);
        random.norm(&mut file);
    }
    random.linear(&mut file, HIDDEN, OUTPUTS);
    let words = file.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word));
    let sum = words
        .enumerate()
        .fold(0u64, |sum, (i, word)| sum.wrapping_add(word.wrapping_mul(2 * i as u64 + 1)));
    file[56..64].copy_from_slice(&sum.to_le_bytes());
    file
}

/// A generator of arbitrary numbers: xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// i8 between -127 and 127.
    fn bytes(&mut self, file: &mut Vec<u8>, count: usize) {
        file.extend((0..count).map(|_| ((self.next() % 255) as i16 - 127) as u8));
    }

    /// f32 between 0 and `most`.
    fn floats(&mut self, file: &mut Vec<u8>, count: usize, most: f32) {
        file.extend(
            (0..count).flat_map(|_| ((self.next() % 1024) as f32 / 1024.0 * most).to_le_bytes()),
        );
        file.resize(file.len().next_multiple_of(64), 0);
    }

    fn norm(&mut self, file: &mut Vec<u8>) {
        self.floats(file, HIDDEN, 1.0);
        self.floats(file, HIDDEN, 1.0);
    }

    fn linear(&mut self, file: &mut Vec<u8>, inputs: usize, outputs: usize) {
        let start = file.len();
        self.bytes(file, inputs * outputs);
        let sum = |j: usize| -> i32 {
            let at = |k: usize| start + j / 16 * 16 * inputs + k / 4 * 64 + j % 16 * 4 + k % 4;
            (0..inputs).map(|k| i32::from(file[at(k)] as i8)).sum()
        };
        let sums: Vec<i32> = (0..outputs).map(sum).collect();
        self.floats(file, outputs, 2e-4);
        file.extend(sums.iter().flat_map(|sum| sum.to_le_bytes()));
        file.resize(file.len().next_multiple_of(64), 0);
        self.floats(file, outputs, 0.1);
    }
}
