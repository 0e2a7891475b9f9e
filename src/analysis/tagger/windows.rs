//! Windows: the stretches of a text that the network reads at once.
//!
//! Each window has a core, and around it context that it shares with its
//! neighbours. Cores follow on each other without gaps, end where a line or a
//! sentence does if one is near, and every word is answered for by the one window
//! whose core holds it, where it sees context on both sides.

use std::ops::Range;

/// How large windows are, in pieces.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The most pieces in a window, its start and end marks not counted.
    pub window: usize,
    /// Pieces of context on each side, at most; a quarter of the window or less.
    pub context: usize,
}

/// A window, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The words that it reads.
    pub words: Range<usize>,
    /// The words that it answers for, within `words`.
    pub core: Range<usize>,
}

/// How good a place a word's start is to cut before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    Anywhere,
    Sentence,
    Line,
}

/// The windows of a text. `pieces[w]..pieces[w + 1]` are the pieces of word `w`,
/// so there is one more number than words; `cuts` has one entry a word.
pub fn windows(pieces: &[u32], cuts: &[Cut], sizes: Sizes) -> Vec<Window> {
    let count = cuts.len();
    let all = |words: Range<usize>| (pieces[words.end] - pieces[words.start]) as usize;
    let mut windows = Vec::new();
    let mut start = 0;
    while start < count {
        let first = context_start(pieces, start, sizes.context);
        let room = sizes.window - all(first..start);
        if all(start..count) <= room {
            windows.push(Window { words: first..count, core: start..count });
            break;
        }
        let most = fit(pieces, start, room - sizes.context, count);
        let core = start..best_cut(pieces, cuts, start, most);
        let last = fit(pieces, core.end, sizes.window - all(first..core.end), count);
        let last = last.min(fit(pieces, core.end, sizes.context, count)).max(core.end);
        windows.push(Window { words: first..last, core: core.clone() });
        start = core.end;
    }
    windows
}

/// The first word after `start` whose pieces, from `start` on, do not fit into
/// `room`; a word that alone does not fit is taken all the same.
fn fit(pieces: &[u32], start: usize, room: usize, count: usize) -> usize {
    let limit = pieces[start] as usize + room;
    let end = start + pieces[start + 1..=count].partition_point(|&end| end as usize <= limit);
    end.max((start + 1).min(count))
}

/// Where context of at most `context` pieces before `start` begins.
fn context_start(pieces: &[u32], start: usize, context: usize) -> usize {
    let limit = (pieces[start] as usize).saturating_sub(context);
    pieces[..=start].partition_point(|&piece| (piece as usize) < limit)
}

/// The best place for a core to end, in the last two thirds up to `most`.
fn best_cut(pieces: &[u32], cuts: &[Cut], start: usize, most: usize) -> usize {
    let least = pieces[start] + (pieces[most] - pieces[start]) / 3;
    let mut best = (Cut::Anywhere, most);
    for word in (start + 1..=most).rev() {
        if pieces[word] < least {
            break;
        }
        if cuts[word.min(cuts.len() - 1)] > best.0 {
            best = (cuts[word], word);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZES: Sizes = Sizes { window: 40, context: 8 };

    fn offsets(sizes: &[u32]) -> Vec<u32> {
        std::iter::once(0)
            .chain(sizes.iter().scan(0, |sum, &n| {
                *sum += n;
                Some(*sum)
            }))
            .collect()
    }

    proptest! {
        #[test]
        fn cores_cover_all_words_and_windows_have_room(
            words in proptest::collection::vec((1_u32..5, 0_u8..10), 0..300),
        ) {
            let pieces = offsets(&words.iter().map(|w| w.0).collect::<Vec<_>>());
            let cuts: Vec<_> = words
                .iter()
                .map(|w| match w.1 { 0 => Cut::Line, 1 => Cut::Sentence, _ => Cut::Anywhere })
                .collect();
            let found = windows(&pieces, &cuts, SIZES);
            let mut at = 0;
            for window in &found {
                prop_assert_eq!(window.core.start, at);
                prop_assert!(!window.core.is_empty());
                prop_assert!(window.words.start <= window.core.start && window.core.end <= window.words.end);
                let size = pieces[window.words.end] - pieces[window.words.start];
                prop_assert!(size as usize <= SIZES.window, "{size}");
                at = window.core.end;
            }
            prop_assert_eq!(at, words.len());
        }
    }

    #[test]
    fn a_short_text_is_one_window() {
        let found = windows(&offsets(&[1; 40]), &[Cut::Anywhere; 40], SIZES);
        assert_eq!(found, [Window { words: 0..40, core: 0..40 }]);
    }

    #[test]
    fn cores_end_with_lines_rather_than_sentences() {
        let mut cuts = [Cut::Anywhere; 60];
        (cuts[20], cuts[25]) = (Cut::Line, Cut::Sentence);
        let found = windows(&offsets(&[1; 60]), &cuts, SIZES);
        assert_eq!(found[0], Window { words: 0..28, core: 0..20 });
        assert_eq!(found[1].core.start, 20);
        assert_eq!(found[1].words.start, 12);
    }
}
