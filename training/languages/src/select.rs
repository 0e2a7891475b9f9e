//! Selection: which features get a row of the model.
//!
//! A feature is worth what it tells beyond the shorter runs within it: its count times
//! the divergence between the languages it occurs in and those of its parts. Of the
//! features that fall into one line of the table, the worthiest stay.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{features::Feature, languages::LANGUAGES, pool::Pool};

/// Tokens that a feature's distribution is smoothed with, towards its part's.
const SMOOTHING: f64 = 4.0;

/// One feature in one language.
struct Entry {
    hash: u64,
    parts: [u64; 2],
    language: u32,
    count: f32,
}

/// What a feature is worth.
pub struct Worth {
    pub hash: u64,
    pub worth: f64,
}

/// All features of the pools that occur at all often, the worthiest first.
pub fn features(pools: &[Pool], weights: &[f64]) -> Vec<Worth> {
    let mut entries: Vec<Entry> = pools
        .par_iter()
        .enumerate()
        .flat_map_iter(|(language, pool)| entries_of(language, pool, weights[language]))
        .collect();
    entries.par_sort_unstable_by_key(|entry| (entry.hash, entry.language));
    let groups: Vec<&[Entry]> = entries.chunk_by(|a, b| a.hash == b.hash).collect();
    let index: HashMap<u64, &[Entry]> =
        groups.iter().map(|group| (group[0].hash, *group)).collect();
    let mut worths: Vec<_> = groups
        .par_iter()
        .map(|group| {
            let parts = group[0].parts;
            let worth = parts
                .iter()
                .map(|part| gain(group, index.get(part).copied(), weights))
                .fold(f64::INFINITY, f64::min);
            // Single letters tell least and are all that rare ones have.
            let factor = if parts == [0; 2] { 100.0 } else { 1.0 };
            Worth { hash: group[0].hash, worth: worth * factor }
        })
        .collect();
    worths.par_sort_unstable_by(|a, b| b.worth.total_cmp(&a.worth).then(a.hash.cmp(&b.hash)));
    worths
}

/// The entries of one language's pool: counts in a million tokens.
fn entries_of(language: usize, pool: &Pool, weight: f64) -> Vec<Entry> {
    let mut counts = vec![0.0f64; pool.words.len()];
    let kinds = [(&pool.drawn, 0.5), (&pool.listed, 0.3), (&pool.running, 0.2)];
    let total: f64 = kinds.iter().filter(|(k, _)| !k.is_empty()).map(|(_, share)| share).sum();
    for (tokens, share) in kinds {
        for &token in tokens {
            counts[token as usize] += 1e6 * weight * share / total / tokens.len() as f64;
        }
    }
    let mut found: HashMap<u64, ([u64; 2], f64)> = HashMap::new();
    for (word, count) in pool.words.iter().zip(counts) {
        for Feature { hash, parts } in crate::features::of(word) {
            found.entry(hash).or_insert((parts, 0.0)).1 += count;
        }
    }
    found
        .into_iter()
        .filter(|(_, (_, count))| *count > 2.0 * weight)
        .map(|(hash, (parts, count))| Entry {
            hash,
            parts,
            language: language as u32,
            count: count as f32,
        })
        .collect()
}

/// What `group` tells that `part` (or nothing) does not.
fn gain(group: &[Entry], part: Option<&[Entry]>, weights: &[f64]) -> f64 {
    let mut before = vec![0.0; LANGUAGES.len()];
    match part {
        Some(part) => part.iter().for_each(|e| before[e.language as usize] = e.count as f64),
        None => before.copy_from_slice(weights),
    }
    let total: f64 = before.iter().sum::<f64>() + 1e-3 * LANGUAGES.len() as f64;
    let all: f64 = group.iter().map(|entry| entry.count as f64).sum();
    let mut gain = 0.0;
    for entry in group {
        let share_before = (before[entry.language as usize] + 1e-3) / total;
        let count = entry.count as f64;
        let share = (count + SMOOTHING * share_before) / (all + SMOOTHING);
        gain += count * (share / share_before).ln();
    }
    gain
}
