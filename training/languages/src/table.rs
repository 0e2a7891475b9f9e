//! The table of rows: where the row of a feature lies.
//!
//! As the detector has it: a feature's hash picks a line of four rows, and eight bits
//! of it tell which of them is its own, or that none is.

use crate::{
    features::{Word, read},
    select::Worth,
};

/// Rows of one line.
pub const WAYS: usize = 4;

pub struct Table {
    pub lines: usize,
    /// The check of each row; 0 where it is free.
    pub checks: Vec<u8>,
}

impl Table {
    /// Takes in the worthiest features first, as long as their lines have room.
    pub fn new(lines: usize, worths: &[Worth]) -> Self {
        let mut table = Self { lines, checks: vec![0; lines * WAYS] };
        for worth in worths {
            if worth.worth <= 0.0 {
                break;
            }
            let (line, check) = table.place(worth.hash);
            let row = &mut table.checks[line * WAYS..][..WAYS];
            if row.contains(&check) {
                // Another feature that cannot be told from this one.
                continue;
            }
            if let Some(free) = row.iter_mut().find(|check| **check == 0) {
                *free = check;
            }
        }
        table
    }

    fn place(&self, hash: u64) -> (usize, u8) {
        let line = ((hash >> 32) * self.lines as u64) >> 32;
        (line as usize, ((hash >> 20) as u8).max(1))
    }

    pub fn row(&self, hash: u64) -> Option<u32> {
        let (line, check) = self.place(hash);
        let at = self.checks[line * WAYS..][..WAYS].iter().position(|&other| other == check)?;
        Some((line * WAYS + at) as u32)
    }

    /// The rows of all features of `text`.
    pub fn rows(&self, text: &str) -> Vec<u32> {
        let mut rows = Vec::new();
        read(text, &mut Word::new(), |hashes, _| {
            rows.extend(hashes.iter().filter_map(|&hash| self.row(hash)));
        });
        rows
    }
}
