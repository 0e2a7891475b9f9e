//! Mixture: how much of a text is in which language, from what is likely for each of
//! its pieces.
//!
//! The shares that make the pieces likeliest, by expectation and maximisation: a piece
//! that could be of two languages goes to the one that others are surely of, so that a
//! text in Bosnian is not a third Croatian.

use super::{calibrate::fold, model::CLASSES};

/// Rounds at most, and how far no share may move in the last one.
const ROUNDS: usize = 12;
const SETTLED: f32 = 1e-3;

/// The probabilities of a piece, and how many letters it has.
pub(super) type Evidence = ([f32; CLASSES], u32);

/// The share of the letters in each language.
pub(super) fn shares(pieces: &[Evidence]) -> [f32; CLASSES] {
    let letters: u32 = pieces.iter().map(|(_, letters)| letters).sum();
    let letters = letters.max(1) as f32;
    let mut shares = [1.0 / CLASSES as f32; CLASSES];
    for _ in 0..if pieces.len() > 1 { ROUNDS } else { 1 } {
        let mut next = [0.0; CLASSES];
        for (probabilities, own) in pieces {
            let products = std::array::from_fn::<_, CLASSES, _>(|i| probabilities[i] * shares[i]);
            let total = fold(&products, 0.0, |a, b| a + b);
            if total > 0.0 {
                let weight = *own as f32 / letters / total;
                next.iter_mut().zip(products).for_each(|(sum, product)| *sum += product * weight);
            }
        }
        let moved = shares.iter().zip(&next).any(|(old, new)| (old - new).abs() > SETTLED);
        shares = next;
        if !moved {
            break;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, shares};

    fn piece(likely: &[(usize, f32)], letters: u32) -> ([f32; CLASSES], u32) {
        let mut probabilities = [0.0; CLASSES];
        likely.iter().for_each(|&(language, share)| probabilities[language] = share);
        (probabilities, letters)
    }

    #[test]
    fn what_could_be_either_follows_what_is_sure() {
        let found = shares(&[piece(&[(0, 1.0)], 100), piece(&[(0, 0.4), (1, 0.6)], 100)]);
        assert!(found[0] > 0.9, "{found:?}");
    }

    #[test]
    fn two_languages_keep_their_shares() {
        let found = shares(&[piece(&[(0, 1.0)], 300), piece(&[(1, 0.99), (0, 0.01)], 100)]);
        assert!((found[0] - 0.75).abs() < 0.02 && (found[1] - 0.25).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn nothing_has_no_shares() {
        assert_eq!(shares(&[]), [0.0; CLASSES]);
    }
}
