//! Links: which source and which contents belong to a cue.
//!
//! The network gives each word, beside its tags, two queries (a cue's, for a source
//! and for a content) and two keys (a source's and a content's). A link's score is
//! the product of query and key at the spans' first words, and a bias for how far
//! apart they are. As in `training/tagger/losses.py`.

/// Dimensions of a query or key.
pub const LINK: usize = 32;
/// Buckets of distances on each side of a cue.
const BUCKETS: usize = 32;
/// A cue is not linked over more pieces than it was trained on.
const REACH: u32 = 160;

/// What a cue is linked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    Source = 0,
    Content = 1,
}

/// Biases by distance: `[2 * BUCKETS][2]`, nearest first, those before the cue first.
pub struct Distances(Vec<[f32; 2]>);

impl Distances {
    /// Two numbers a line.
    ///
    /// # Panics
    ///
    /// If it is no such list: it is embedded, and tested.
    pub fn new(list: &str) -> Self {
        let rows: Vec<[f32; 2]> = list
            .lines()
            .map(|line| {
                let mut numbers = line.split(' ').map(|n| n.parse().expect("a number"));
                [(); 2].map(|()| numbers.next().expect("two numbers a line"))
            })
            .collect();
        assert_eq!(rows.len(), 2 * BUCKETS, "a line for each distance");
        Self(rows)
    }

    fn bias(&self, cue: u32, other: u32, linked: Linked) -> f32 {
        let size = (f64::from(other.abs_diff(cue)) + 1.0).log2() * 4.0;
        let side = if other > cue { BUCKETS } else { 0 };
        self.0[(size as usize).min(BUCKETS - 1) + side][linked as usize]
    }

    /// Probability of a link between a cue and a source or content: the link columns
    /// of the first words of the two, and the pieces that those words start with.
    pub fn probability(
        &self,
        linked: Linked,
        (cue, cue_columns): (u32, &[f32]),
        (other, other_columns): (u32, &[f32]),
    ) -> f32 {
        if cue.abs_diff(other) >= REACH {
            return 0.0;
        }
        let query = &cue_columns[linked as usize * LINK..][..LINK];
        let key = &other_columns[(2 + linked as usize) * LINK..][..LINK];
        let product: f32 = query.iter().zip(key).map(|(q, k)| q * k).sum();
        let score = product / (LINK as f32).sqrt() + self.bias(cue, other, linked);
        1.0 / (1.0 + (-score).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distances() -> Distances {
        let lines: Vec<_> = (0..2 * BUCKETS).map(|row| format!("{row} -{row}")).collect();
        Distances::new(&lines.join("\n"))
    }

    #[test]
    fn distances_fall_into_their_buckets() {
        let distances = distances();
        let bias = |cue, other| distances.bias(cue, other, Linked::Source);
        assert_eq!(bias(9, 8), 4.0);
        assert_eq!(bias(8, 9), 36.0);
        assert_eq!(bias(10, 13), 40.0);
        assert_eq!(bias(0, 10_000), 63.0);
        assert_eq!(distances.bias(9, 8, Linked::Content), -4.0);
    }

    #[test]
    fn a_link_is_likelier_the_better_query_and_key_agree() {
        let distances = Distances::new(&["0 0"; 2 * BUCKETS].join("\n"));
        let mut cue = [0.0; 4 * LINK];
        cue[LINK] = 4.0;
        let mut content = [0.0; 4 * LINK];
        content[3 * LINK] = 32_f32.sqrt();
        let linked = |which| distances.probability(which, (5, &cue), (9, &content));
        assert!((linked(Linked::Content) - 0.982).abs() < 1e-3);
        assert_eq!(linked(Linked::Source), 0.5);
        assert_eq!(distances.probability(Linked::Source, (0, &cue), (160, &content)), 0.0);
    }
}
