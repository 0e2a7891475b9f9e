//! How well the network does on rows that it never saw.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{calibrate, corpus::Rows, languages::LANGUAGES, network::Network, table::Table};

/// Confusions that are listed.
const CONFUSIONS: usize = 30;

/// Prints the mean over languages of the share of rows that are right, in percent, and
/// what is most often taken for what.
pub fn report(name: &str, network: &Network, table: &Table, rows: &Rows) {
    let found: Vec<_> = rows
        .par_iter()
        .map(|(language, text)| {
            let weights = calibrate::weigh(network, &table.rows(text));
            let best = (0..LANGUAGES.len()).max_by(|&a, &b| weights[a].total_cmp(&weights[b]));
            (*language, best.unwrap_or(0))
        })
        .collect();
    let mut right = vec![(0.0, 0.0); LANGUAGES.len()];
    let mut wrong: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (language, best) in found {
        right[language].1 += 1.0;
        if language == best {
            right[language].0 += 1.0;
        } else {
            *wrong.entry((language, best)).or_default() += 1;
        }
    }
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let shares: Vec<_> =
        right.iter().filter(|(_, all)| *all > 0.0).map(|(right, all)| right / all).collect();
    let mean = 100.0 * shares.iter().sum::<f64>() / shares.len() as f64;
    println!("{name}: {mean:.2}");
    for ((language, best), count) in wrong.into_iter().take(CONFUSIONS) {
        let (gold, found) = (LANGUAGES[language].tag, LANGUAGES[best].tag);
        println!("  {gold} as {found}: {count} of {}", right[language].1);
    }
}
