//! From scores to spans: the best legal sequence of tags, and how sure it is.
//!
//! Tags are outside and, for each kind, a span's beginning, inside, end, and a
//! span of a single word (BIOES). The best sequence is Viterbi's over the legal
//! ones; a span's probability is that of all legal sequences that hold it
//! (forward-backward), so it knows of the rivals that were not taken.

/// Where the scores of one sequence of tags are in a row of the network's output.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// The column of the outside tag; those of the kinds follow, four each.
    pub offset: usize,
    pub kinds: usize,
    /// Taken off every outside tag's score, so that spans are found sooner.
    pub bias: f32,
}

/// A span of words, `first` to `last`, both in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaggedSpan {
    pub first: usize,
    pub last: usize,
    pub kind: usize,
    /// 0 to 1, uncalibrated.
    pub probability: f32,
}

/// How a span can go on from one word to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Begin,
    Inside,
    End,
    Single,
}

/// One word's scores in one sequence: outside, then four for each kind.
#[derive(Clone, Copy)]
struct Scores<'a>(&'a [f32], f32);

impl Scores<'_> {
    fn outside(self) -> f32 {
        self.0[0] - self.1
    }

    fn of(self, kind: usize, part: Part) -> f32 {
        self.0[1 + 4 * kind + part as usize]
    }
}

/// The spans of one sequence. `rows` holds the network's outputs, `width` a word.
pub fn decode(rows: &[f32], width: usize, columns: Columns) -> Vec<TaggedSpan> {
    let scores: Vec<Scores<'_>> = rows
        .chunks_exact(width)
        .map(|row| Scores(&row[columns.offset..][..1 + 4 * columns.kinds], columns.bias))
        .collect();
    let mut spans = best(&scores, columns.kinds);
    if !spans.is_empty() {
        let sums = Sums::new(&scores, columns.kinds);
        for span in &mut spans {
            span.probability = sums.probability(&scores, span);
        }
    }
    spans
}

/// How the best sequence reached a word between or at the end of spans.
#[derive(Clone, Copy)]
enum Closed {
    Outside,
    /// The span's kind and first word.
    Span(usize, usize),
}

/// Viterbi over spans: the state between words is either closed or inside a span
/// of one kind, whose first word is carried along.
fn best(scores: &[Scores<'_>], kinds: usize) -> Vec<TaggedSpan> {
    let mut closed = 0.0_f32;
    let mut taken = Vec::with_capacity(scores.len());
    let mut open = vec![(f32::NEG_INFINITY, 0); kinds];
    for (at, &word) in scores.iter().enumerate() {
        let mut best = (closed + word.outside(), Closed::Outside);
        for (kind, open) in open.iter_mut().enumerate() {
            let single = closed + word.of(kind, Part::Single);
            if single > best.0 {
                best = (single, Closed::Span(kind, at));
            }
            let ended = open.0 + word.of(kind, Part::End);
            if ended > best.0 {
                best = (ended, Closed::Span(kind, open.1));
            }
            let begun = closed + word.of(kind, Part::Begin);
            let inside = open.0 + word.of(kind, Part::Inside);
            *open = if begun >= inside { (begun, at) } else { (inside, open.1) };
        }
        closed = best.0;
        taken.push(best.1);
    }
    let mut spans = Vec::new();
    let mut end = taken.len();
    while end > 0 {
        end = match taken[end - 1] {
            Closed::Outside => end - 1,
            Closed::Span(kind, first) => {
                spans.push(TaggedSpan { first, last: end - 1, kind, probability: 0.0 });
                first
            }
        };
    }
    spans.reverse();
    spans
}

/// Logarithms of sums over all legal sequences.
struct Sums {
    /// Up to each word, closed there; one more than there are words.
    before: Vec<f32>,
    /// From each word on, closed before it.
    after: Vec<f32>,
}

impl Sums {
    fn new(scores: &[Scores<'_>], kinds: usize) -> Self {
        let mut before = vec![0.0; scores.len() + 1];
        let mut open = vec![f32::NEG_INFINITY; kinds];
        for (at, &word) in scores.iter().enumerate() {
            let closed = before[at];
            let mut sum = closed + word.outside();
            for (kind, open) in open.iter_mut().enumerate() {
                sum = add(sum, closed + word.of(kind, Part::Single));
                sum = add(sum, *open + word.of(kind, Part::End));
                *open =
                    add(closed + word.of(kind, Part::Begin), *open + word.of(kind, Part::Inside));
            }
            before[at + 1] = sum;
        }
        let mut after = vec![0.0; scores.len() + 1];
        // Of a kind: from each word on, inside a span of it before that word.
        let mut open = vec![f32::NEG_INFINITY; kinds];
        for (at, &word) in scores.iter().enumerate().rev() {
            let closed = after[at + 1];
            let mut sum = closed + word.outside();
            for (kind, open) in open.iter_mut().enumerate() {
                sum = add(sum, closed + word.of(kind, Part::Single));
                sum = add(sum, *open + word.of(kind, Part::Begin));
                *open = add(closed + word.of(kind, Part::End), *open + word.of(kind, Part::Inside));
            }
            after[at] = sum;
        }
        Self { before, after }
    }

    fn probability(&self, scores: &[Scores<'_>], span: &TaggedSpan) -> f32 {
        let TaggedSpan { first, last, kind, .. } = *span;
        let inner = if first == last {
            scores[first].of(kind, Part::Single)
        } else {
            let inside: f32 =
                scores[first + 1..last].iter().map(|s| s.of(kind, Part::Inside)).sum();
            scores[first].of(kind, Part::Begin) + inside + scores[last].of(kind, Part::End)
        };
        let sequences = self.before[first] + inner + self.after[last + 1];
        (sequences - self.after[0]).exp().clamp(0.0, 1.0)
    }
}

/// ln(eᵃ + eᵇ)
fn add(a: f32, b: f32) -> f32 {
    let (most, least) = if a > b { (a, b) } else { (b, a) };
    // Beyond this the smaller one is lost in an f32.
    if least < most - 17.0 { most } else { most + (least - most).exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: Columns = Columns { offset: 0, kinds: 2, bias: 0.0 };

    /// Every legal sequence of spans over `words` words.
    fn all(words: usize, kinds: usize) -> Vec<Vec<(usize, usize, usize)>> {
        let mut found = vec![vec![Vec::new()]];
        for end in 1..=words {
            let mut here: Vec<Vec<_>> = found[end - 1].clone();
            for (first, before) in found.iter().enumerate() {
                for kind in 0..kinds {
                    for earlier in before {
                        let mut sequence: Vec<_> = earlier.clone();
                        sequence.push((first, end - 1, kind));
                        here.push(sequence);
                    }
                }
            }
            found.push(here);
        }
        found.pop().unwrap_or_default()
    }

    fn score(rows: &[f32], spans: &[(usize, usize, usize)]) -> f64 {
        let width = 1 + 4 * COLUMNS.kinds;
        let scores: Vec<_> =
            rows.chunks_exact(width).map(|row| Scores(row, COLUMNS.bias)).collect();
        let mut sum = 0.0;
        let mut at = 0;
        for &(first, last, kind) in spans {
            sum += scores[at..first].iter().map(|s| f64::from(s.outside())).sum::<f64>();
            for (word, scores) in scores.iter().enumerate().take(last + 1).skip(first) {
                let part = match (word == first, word == last) {
                    (true, true) => Part::Single,
                    (true, false) => Part::Begin,
                    (false, true) => Part::End,
                    (false, false) => Part::Inside,
                };
                sum += f64::from(scores.of(kind, part));
            }
            at = last + 1;
        }
        sum + scores[at..].iter().map(|s| f64::from(s.outside())).sum::<f64>()
    }

    proptest! {
        #[test]
        fn the_best_of_all_sequences_is_found(rows in proptest::collection::vec(-4.0_f32..4.0, 9 * 4)) {
            let sequences = all(4, COLUMNS.kinds);
            let total: f64 = sequences.iter().map(|s| score(&rows, s).exp()).sum();
            let best = sequences.iter().map(|s| score(&rows, s)).fold(f64::MIN, f64::max);
            let found = decode(&rows, 9, COLUMNS);
            let spans: Vec<_> = found.iter().map(|s| (s.first, s.last, s.kind)).collect();
            prop_assert!((score(&rows, &spans) - best).abs() < 1e-4);
            for span in &found {
                let with: f64 = sequences
                    .iter()
                    .filter(|s| s.contains(&(span.first, span.last, span.kind)))
                    .map(|s| score(&rows, s).exp())
                    .sum();
                prop_assert!((f64::from(span.probability) - with / total).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn nothing_has_no_spans() {
        assert_eq!(decode(&[], 9, COLUMNS), []);
    }
}
