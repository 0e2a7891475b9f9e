//! Rows: the table of what features say, and the sums of those of a text.
//!
//! The loop here is where a long text's time goes: most of it waits for memory, as the
//! table is larger than a processor's nearest caches. Knows no texts and no languages.

/// Bytes of a row. The first is its check; four numbers of two bits in each other.
const ROW: usize = 16;

/// Numbers in a byte.
const PARTS: usize = 4;

/// Bytes of a line of the table, which is one cache line: four rows.
pub(super) const LINE: usize = 4 * ROW;

/// Numbers of a row.
pub(super) const WIDTH: usize = PARTS * (ROW - 1);

/// Rows added in bytes before their sums move to wider numbers: 80 times 3 fits.
const BATCH: usize = 80;

/// The rows of features, added up.
#[derive(Clone)]
pub(super) struct Sums {
    /// Of each byte of a row the lowest two bits, and so on; the first of each is of
    /// the check and counts for nothing. Each step is 1.5 too high.
    parts: [[u16; ROW]; PARTS],
    /// How many were added.
    rows: u32,
}

impl Sums {
    pub(super) const EMPTY: Self = Self { parts: [[0; ROW]; PARTS], rows: 0 };

    /// Rows that fit: 3 steps each.
    pub(super) const MAX_ROWS: u32 = u16::MAX as u32 / 3;

    /// The mean of each number, in steps, of the rows of all `sums`; how many they are.
    pub(super) fn mean<'a>(all: impl Iterator<Item = &'a Self>) -> ([f32; WIDTH], u32) {
        let mut total = [0u32; WIDTH];
        let mut rows = 0;
        for Self { parts, rows: own } in all {
            rows += own;
            for (part, total) in parts.iter().zip(total.chunks_exact_mut(ROW - 1)) {
                total.iter_mut().zip(&part[1..]).for_each(|(sum, &part)| *sum += u32::from(part));
            }
        }
        let share = 1.0 / rows.max(1) as f32;
        let offset = if rows == 0 { 0.0 } else { 1.5 };
        (total.map(|sum| sum as f32 * share - offset), rows)
    }
}

/// Adds the rows of the features with these hashes to `sums`, of those that have one.
///
/// Every line is asked for before the first is needed, and nothing branches on what the
/// table holds, so that the processor waits for many lines at a time: without asking, a
/// word takes 1.4 to 2.2 times as long, and an article 1.1 to 2.7 times, in turns on one machine.
pub(super) fn add(lines: &[[u8; LINE]], hashes: &[u64], sums: &mut Sums) {
    #[cfg(target_arch = "x86_64")]
    for &hash in hashes {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let line = line_of(lines, hash).as_ptr().cast();
        // SAFETY: it asks for SSE, which every x86-64 has; a hint reads nothing.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line) };
    }
    for hashes in hashes.chunks(BATCH) {
        let mut parts = [[0u8; ROW]; PARTS];
        let mut found = 0;
        for &hash in hashes {
            let (rows, _) = line_of(lines, hash).as_chunks::<ROW>();
            let check = ((hash >> 20) as u8).max(1);
            let own = |row: usize| usize::from(rows[row][0] == check);
            let place = own(1) + 2 * own(2) + 3 * own(3);
            let is_there = own(0) | own(1) | own(2) | own(3);
            found += is_there as u32;
            let mask = (is_there as u8).wrapping_neg();
            let row = &rows[place];
            for i in 0..ROW {
                let byte = row[i] & mask;
                parts[0][i] += byte & 3;
                parts[1][i] += byte >> 2 & 3;
                parts[2][i] += byte >> 4 & 3;
                parts[3][i] += byte >> 6;
            }
        }
        for (sums, part) in sums.parts.iter_mut().zip(&parts) {
            sums.iter_mut().zip(part).for_each(|(sum, &part)| *sum += u16::from(part));
        }
        sums.rows += found;
    }
}

/// Where the row of a feature is, if it has one.
#[inline(always)]
fn line_of(lines: &[[u8; LINE]], hash: u64) -> &[u8; LINE] {
    &lines[(((hash >> 32) * lines.len() as u64) >> 32) as usize]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LINE, ROW, Sums, WIDTH, add};

    /// As the format says it, one feature and one number at a time.
    fn plainly(lines: &[[u8; LINE]], hashes: &[u64]) -> ([f32; WIDTH], u32) {
        let mut rows = Vec::new();
        for hash in hashes {
            let line = &lines[((u128::from(hash >> 32) * lines.len() as u128) >> 32) as usize];
            let check = ((hash >> 20) as u8).max(1);
            rows.extend(line.chunks(ROW).find(|row| row[0] == check));
        }
        let mean = std::array::from_fn(|i| {
            let (part, byte) = (i / (ROW - 1), 1 + i % (ROW - 1));
            let sum: u32 = rows.iter().map(|row| u32::from(row[byte] >> (2 * part) & 3)).sum();
            let share = 1.0 / rows.len().max(1) as f32;
            if rows.is_empty() { 0.0 } else { sum as f32 * share - 1.5 }
        });
        (mean, rows.len() as u32)
    }

    /// A line as training writes it: no check twice, but for 0, which stands for no row.
    fn line() -> impl Strategy<Value = [u8; LINE]> {
        // Few checks, so that many are met.
        let checks = Just([0, 1, 2, 3, 4]).prop_shuffle();
        (prop::collection::vec(any::<u8>(), LINE), checks).prop_map(|(mut line, checks)| {
            line.chunks_mut(ROW).zip(checks).for_each(|(row, check)| row[0] = check);
            <[u8; LINE]>::try_from(line).unwrap()
        })
    }

    proptest! {
        #[test]
        fn sums_are_those_of_the_rows_that_are_there(
            lines in prop::collection::vec(line(), 1..5),
            hashes in prop::collection::vec((any::<u32>(), 0..6u64), 0..200),
        ) {
            let hashes: Vec<u64> = hashes
                .iter()
                .map(|&(high, check)| u64::from(high) << 32 | check << 20)
                .collect();
            let mut sums = Sums::EMPTY;
            add(&lines, &hashes, &mut sums);
            prop_assert_eq!(Sums::mean([&sums].into_iter()), plainly(&lines, &hashes));
        }
    }
}
