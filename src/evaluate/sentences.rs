//! F1 of sentence ends, and how many whole cases are split right.
//!
//! An end is the position after the last character that is not white space, in
//! annotation and prediction alike. The last end of a document is not counted:
//! every split finds it. A case is right when the split gives its sentences,
//! white space aside.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    counts::{Accuracy, Counts},
    report::{Cell, Group, Line},
    rows::{SentenceGold, SentenceRow},
    run::{FileTally, Measure, Options, Place},
};
use crate::analysis::{Analyzer, Feature, Features, language::LanguageTag};

pub struct Sentences<'a> {
    analyzer: &'a Analyzer,
    language: Option<LanguageTag>,
    file: FileCounts,
    ends: Vec<Line>,
    cases: Vec<Line>,
    misses: Vec<Line>,
    /// Number of rows and what they add up to.
    by_language: BTreeMap<String, (usize, Counts)>,
    overall: (usize, Counts),
}

#[derive(Default)]
struct FileCounts {
    rows: usize,
    ends: Counts,
    cases: Accuracy,
    altered: usize,
}

impl<'a> Sentences<'a> {
    pub fn new(analyzer: &'a Analyzer, options: &Options) -> Self {
        Self {
            analyzer,
            language: options.language.clone(),
            file: FileCounts::default(),
            ends: Vec::new(),
            cases: Vec::new(),
            misses: Vec::new(),
            by_language: BTreeMap::new(),
            overall: (0, Counts::default()),
        }
    }
}

/// What one row is worth.
pub enum Score {
    Ends {
        language: String,
        counts: Counts,
    },
    Case {
        name: String,
        right: bool,
        /// The gold sentences are not the text's own characters, so that no split
        /// can give them.
        altered: bool,
    },
}

impl Measure for Sentences<'_> {
    type Row = SentenceRow;
    type Score = Score;

    fn score(&self, row: &SentenceRow) -> Score {
        let text = &row.text;
        let declared = row.language.as_ref().or(self.language.as_ref());
        let features = Features::from_iter([Feature::Sentences]);
        let analysis = self.analyzer.analyze(text, declared, features);
        let sentences = analysis.sentences.unwrap_or_default();
        match &row.gold {
            SentenceGold::Ends(gold) => {
                let predicted: Vec<_> = sentences.iter().map(|s| s.span.end).collect();
                let counts =
                    Counts::compare(&inner_ends(text, gold), &inner_ends(text, &predicted));
                Score::Ends { language: analysis.language.primary().to_owned(), counts }
            }
            SentenceGold::Case { name, sentences: gold } => {
                let predicted: Vec<_> = sentences.iter().map(|s| s.span.of(text)).collect();
                Score::Case {
                    name: name.clone(),
                    right: same_sentences(gold, &predicted),
                    altered: letters(text) != letters(&gold.concat()),
                }
            }
        }
    }

    fn add(&mut self, place: Place<'_>, score: Score) {
        match score {
            Score::Ends { language, counts } => {
                self.file.rows += 1;
                self.file.ends += counts;
                for sum in [self.by_language.entry(language).or_default(), &mut self.overall] {
                    sum.0 += 1;
                    sum.1 += counts;
                }
            }
            Score::Case { name, right, altered } => {
                self.file.cases += Accuracy::one(right);
                self.file.altered += usize::from(altered);
                if !right {
                    let cells = vec![
                        ("file", Cell::Text(place.file.to_owned())),
                        ("line", Cell::Count(place.line)),
                        ("altered", Cell::Text(if altered { "yes" } else { "" }.to_owned())),
                    ];
                    self.misses.push(Line::new(name, cells));
                }
            }
        }
    }

    fn end_file(&mut self, file: &FileTally) {
        let FileCounts { rows, ends, cases, altered } = std::mem::take(&mut self.file);
        // A file of bad lines alone still has its line.
        if rows > 0 || cases.total == 0 {
            let mut line = line_of(&file.name, (rows, ends));
            line.cells.insert(1, ("bad_lines", Cell::Count(file.bad_lines)));
            self.ends.push(line);
        }
        if cases.total > 0 {
            let cells = vec![
                ("cases", Cell::Count(cases.total)),
                ("bad_lines", Cell::Count(file.bad_lines)),
                ("right", Cell::Count(cases.right)),
                ("altered", Cell::Count(altered)),
                ("accuracy", Cell::Ratio(cases.ratio())),
            ];
            self.cases.push(Line::new(&file.name, cells));
        }
    }

    fn finish(self) -> (Vec<Group>, Vec<&'static str>) {
        let overall =
            if self.overall.0 == 0 { Vec::new() } else { vec![line_of("all files", self.overall)] };
        let languages = self.by_language.iter().map(|(language, &sum)| line_of(language, sum));
        let groups = vec![
            Group::with_mean("by file", self.ends),
            Group::new("overall", overall),
            Group::with_mean("by language", languages.collect()),
            Group::with_mean("cases", self.cases),
            Group::new("cases missed", self.misses),
        ];
        (groups, NOTES.to_vec())
    }
}

const NOTES: &[&str] = &[
    "The last end of a document is not counted; white space at ends is not looked at.",
    "A case is right when the split gives its sentences, white space aside. The sentences of \
     an altered case differ from its text, so that no split can be right.",
];

fn line_of(name: &str, (rows, counts): (usize, Counts)) -> Line {
    let mut cells = counts.cells();
    cells.insert(0, ("rows", Cell::Count(rows)));
    Line::new(name, cells)
}

/// The ends with text before and after them, without the white space before them.
fn inner_ends(text: &str, ends: &[usize]) -> BTreeSet<usize> {
    let last = text.trim_end().len();
    let trimmed = ends.iter().map(|&end| text[..end].trim_end().len());
    trimmed.filter(|&end| 0 < end && end < last).collect()
}

fn same_sentences(gold: &[String], predicted: &[&str]) -> bool {
    gold.len() == predicted.len()
        && gold.iter().zip(predicted).all(|(gold, predicted)| letters(gold) == letters(predicted))
}

/// All but white space.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Counts, inner_ends, letters, same_sentences};

    fn check(text: &str, gold: &[usize], predicted: &[usize], expect: (usize, usize, usize)) {
        let counts = Counts::compare(&inner_ends(text, gold), &inner_ends(text, predicted));
        let got = (counts.true_positives, counts.false_positives, counts.false_negatives);
        assert_eq!(got, expect, "{text:?} {gold:?} {predicted:?}");
    }

    #[test]
    fn ends_are_counted_without_the_last_and_without_white_space() {
        check("A b. C d. E f.", &[4, 9, 14], &[4, 14], (1, 0, 1));
        check("A b. C d. E f.", &[4, 9], &[4, 7, 9, 14], (2, 1, 0));
        // Gold ends after the white space, a document ends in it.
        check("A b. C d.\n", &[5, 10], &[4, 9], (1, 0, 0));
        check("A b.\u{2003}C d.", &[7], &[4], (1, 0, 0));
        check("One sentence.", &[13], &[13], (0, 0, 0));
        check(" \nA. B.", &[1, 4], &[4], (1, 0, 0));
    }

    #[test]
    fn cases_are_compared_without_white_space() {
        let gold = ["A b.".to_owned(), "C d. ".to_owned()];
        assert!(same_sentences(&gold, &["A\nb.", "C d."]));
        assert!(!same_sentences(&gold, &["A b. C d."]));
        assert!(!same_sentences(&gold, &["A b.", "C", "d."]));
        assert_ne!(letters("a -- b."), letters("a - b."));
    }
}
