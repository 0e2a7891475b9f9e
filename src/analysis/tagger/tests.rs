//! The encoder against f32, on all instruction sets, with and without damage.

use super::{Aligned, Encoder, InstructionSet, ModelError, Piece, Scratch, reference, weights};

/// Made by `training/tagger/reference.py`: 40 words, 24 positions, 64 columns, two layers.
static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("fixture/model.bin"));
/// A window of that model: pieces, and logits in f32 from weights in f32.
const WINDOW: &[u8] = include_bytes!("fixture/window.bin");

fn sets() -> impl Iterator<Item = InstructionSet> {
    InstructionSet::ALL.into_iter().filter(|set| set.is_available())
}

fn encoder(set: InstructionSet) -> Encoder {
    Encoder::load(&MODEL.0).expect("a model").on(set).expect("an instruction set that is there")
}

fn window() -> (Vec<Piece>, Vec<f32>) {
    let words = WINDOW.as_chunks::<4>().0;
    let [n, outputs] = [0, 1].map(|i| u32::from_le_bytes(words[i]) as usize);
    let (pieces, logits) = words[2..].split_at(4 * n);
    let pieces: Vec<Piece> = pieces
        .as_chunks::<4>()
        .0
        .iter()
        .map(|piece| piece.map(u32::from_le_bytes))
        .map(|[id, shape, space, quote]| Piece {
            id,
            shape: shape as u8,
            space: space as u8,
            quote: quote as u8,
        })
        .collect();
    assert_eq!(logits.len(), n * outputs);
    (pieces, logits.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
}

fn mean_error(found: &[f32], wanted: &[f32]) -> f32 {
    assert_eq!(found.len(), wanted.len());
    let errors = found.iter().zip(wanted).map(|(found, wanted)| (found - wanted).abs());
    errors.sum::<f32>() / found.len() as f32
}

#[test]
fn logits_are_those_of_f32() {
    let (pieces, wanted) = window();
    let weights = weights::Weights::read(&MODEL.0).expect("a model");
    // What quantised weights alone change, and then what quantised activations add;
    // logits have a standard deviation of 1.
    let weights_only = reference::forward(&weights, &pieces);
    assert!(mean_error(&weights_only, &wanted) < 0.02);
    for set in sets() {
        let mut scratch = Scratch::default();
        let encoder = encoder(set);
        assert_eq!(encoder.instruction_set(), set);
        let logits = encoder.run(&pieces, &mut scratch);
        let error = mean_error(logits, &wanted);
        assert!(error < 0.02, "{set:?}: {error}");
    }
}

#[test]
fn every_length_gives_the_same_bits_on_every_instruction_set() {
    let (pieces, _) = window();
    let portable = encoder(InstructionSet::Portable);
    let lengths: Vec<usize> = (0..=pieces.len()).collect();
    for set in sets() {
        let encoder = encoder(set);
        // One scratch for all, the longest window first: what it holds must not matter.
        let mut scratch = Scratch::default();
        for n in lengths.iter().rev() {
            let wanted = portable.run(&pieces[..*n], &mut Scratch::default()).to_vec();
            assert_eq!(encoder.run(&pieces[..*n], &mut scratch), wanted, "{set:?}, {n}");
            assert_eq!(wanted.len(), n * encoder.outputs());
        }
    }
}

#[test]
fn what_is_in_the_scratch_changes_nothing() {
    let (pieces, _) = window();
    let portable = encoder(InstructionSet::Portable);
    for set in sets() {
        let encoder = encoder(set);
        let mut scratch = Scratch::default();
        for n in [pieces.len(), 1, 7, pieces.len()] {
            encoder.run(&pieces, &mut scratch);
            scratch.soil();
            let wanted = portable.run(&pieces[..n], &mut Scratch::default()).to_vec();
            assert_eq!(encoder.run(&pieces[..n], &mut scratch), wanted, "{set:?}, {n}");
        }
    }
}

#[test]
fn sizes_are_those_of_the_file() {
    let encoder = encoder(InstructionSet::Portable);
    assert_eq!((encoder.outputs(), encoder.max_pieces(), encoder.vocabulary()), (20, 24, 40));
}

#[test]
#[should_panic(expected = "at most max_pieces")]
fn a_window_too_long_panics() {
    let encoder = encoder(InstructionSet::Portable);
    encoder.run(&[Piece::default(); 25], &mut Scratch::default());
}

fn error(bytes: &[u8]) -> Option<ModelError> {
    Encoder::load(Aligned::leak(bytes)).err()
}

/// The model with some bytes replaced, and a checksum that fits them.
fn changed(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut model = MODEL.0.to_vec();
    model[at..at + bytes.len()].copy_from_slice(bytes);
    let checksum = weights::checksum(&model).to_le_bytes();
    model[56..64].copy_from_slice(&checksum);
    model
}

#[test]
fn damaged_models_are_errors() {
    assert_eq!(error(&MODEL.0), None);
    assert_eq!(error(b""), Some(ModelError::Magic));
    assert_eq!(error(b"VBTAGGER"), Some(ModelError::Version(0)));
    let length = MODEL.0.len();
    for cut in [9, 60, 64, 1000, length - 64, length - 1] {
        let found = error(&MODEL.0[..cut]);
        assert!(
            matches!(
                found,
                Some(ModelError::Length { .. } | ModelError::Shape(_) | ModelError::Version(_))
            ),
            "{cut}: {found:?}"
        );
    }
    let longer = [&MODEL.0, &[0; 64][..]].concat();
    assert_eq!(error(&longer), Some(ModelError::Length { expected: length, found: length + 64 }));
    let unaligned = &Aligned::leak(&[&[0][..], &MODEL.0].concat())[1..];
    assert_eq!(Encoder::load(unaligned).err(), Some(ModelError::Alignment));
    // Wherever a byte changes, some check sees it.
    for at in (0..length).step_by(97).chain(0..64) {
        let mut model = MODEL.0.to_vec();
        model[at] ^= 0x41;
        assert!(error(&model).is_some(), "{at}");
    }
}

#[test]
fn impossible_models_are_errors() {
    // The header's fields, from byte 8 on.
    let field = |i: usize, value: u32| error(&changed(8 + 4 * i, &value.to_le_bytes()));
    assert_eq!(field(0, 2), Some(ModelError::Version(2)));
    for (i, value, name) in [
        (1, 0, "number of words"),
        (1, u32::MAX, "number of words"),
        (2, 513, "number of positions"),
        (6, 65, "hidden width"),
        (7, 0, "number of layers"),
        (7, u32::MAX, "number of layers"),
        (8, 3, "width of a head"),
        (9, 100, "feed-forward width"),
        (10, 0, "number of outputs"),
    ] {
        assert_eq!(field(i, value), Some(ModelError::Shape(name)), "{i}: {value}");
    }
    // The last array is the bias of the output, 32 numbers; the one before it the sums.
    let bias = MODEL.0.len() - 128;
    assert_eq!(error(&changed(bias, &f32::NAN.to_le_bytes())), Some(ModelError::NotFinite));
    assert_eq!(error(&changed(bias - 128, &[0x7f; 4])), Some(ModelError::Sum));
}
