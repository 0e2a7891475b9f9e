//! Accuracy of language detection, nothing being declared.
//!
//! Languages are compared by their primary subtags: "pt-BR" for "pt" is right,
//! "nb" for "no" is wrong. A text in a language that the detector does not know
//! counts as wrong in one figure and is left out of the other ("supported").

use std::collections::{BTreeMap, BTreeSet};

use super::{
    calibration::Calibration,
    counts::{Accuracy, mean},
    report::{Cell, Cells, Group, Line},
    rows::LanguageRow,
    run::{FileTally, Measure, Place},
};
use crate::analysis::{
    Analyzer, DEFAULT_MAX_RESULTS,
    language::{self, LanguageTag},
};

/// How many confusions are listed.
const MAX_CONFUSIONS: usize = 20;

type ByLanguage = BTreeMap<String, Accuracy>;

/// What the detector answered for one row.
pub struct Answer {
    /// Gold and predicted, as primary subtags.
    gold: String,
    predicted: String,
    confidence: f32,
    reliable: bool,
}

/// Counts of one file or of all.
#[derive(Default)]
struct Counts {
    by_language: ByLanguage,
    /// Of rows in languages that are supported.
    calibration: Calibration,
    /// Answers of them that say they are reliable.
    reliable: Accuracy,
}

impl Counts {
    fn add(&mut self, answer: &Answer, is_supported: bool) {
        let right = answer.gold == answer.predicted;
        *self.by_language.entry(answer.gold.clone()).or_default() += Accuracy::one(right);
        if is_supported {
            self.calibration.add(answer.confidence, right);
            if answer.reliable {
                self.reliable += Accuracy::one(right);
            }
        }
    }
}

pub struct Languages<'a> {
    analyzer: &'a Analyzer,
    supported: BTreeSet<&'static str>,
    file: Counts,
    files: Vec<Line>,
    all: Counts,
    /// Gold and predicted, where they differ.
    confusions: BTreeMap<(String, String), usize>,
}

impl<'a> Languages<'a> {
    pub fn new(analyzer: &'a Analyzer) -> Self {
        let supported = language::supported()
            .iter()
            // To answer "und" where there is nothing to tell is known, too.
            .chain(&["und"])
            .map(|tag| tag.split('-').next().unwrap_or(tag))
            .collect();
        Self {
            analyzer,
            supported,
            file: Counts::default(),
            files: Vec::new(),
            all: Counts::default(),
            confusions: BTreeMap::new(),
        }
    }

    fn is_supported(&self, language: &str) -> bool {
        self.supported.contains(language)
    }

    /// Accuracy over rows and its mean over languages, of all and of the supported;
    /// whether confidences of the supported mean what they say.
    fn cells(&self, counts: &Counts) -> Cells {
        let by_language = &counts.by_language;
        let total = |accuracies: &[Accuracy]| {
            accuracies.iter().fold(Accuracy::default(), |mut sum, &accuracy| {
                sum += accuracy;
                sum
            })
        };
        let macro_mean = |accuracies: &[Accuracy]| mean(accuracies.iter().map(|a| a.ratio()));
        let all: Vec<_> = by_language.values().copied().collect();
        let supported: Vec<_> = by_language
            .iter()
            .filter(|(language, _)| self.is_supported(language))
            .map(|(_, &accuracy)| accuracy)
            .collect();
        vec![
            ("rows", Cell::Count(total(&all).total)),
            ("languages", Cell::Count(all.len())),
            ("accuracy", Cell::Ratio(total(&all).ratio())),
            ("macro_accuracy", Cell::Ratio(macro_mean(&all))),
            ("supported_rows", Cell::Count(total(&supported).total)),
            ("supported_languages", Cell::Count(supported.len())),
            ("supported_accuracy", Cell::Ratio(total(&supported).ratio())),
            ("supported_macro_accuracy", Cell::Ratio(macro_mean(&supported))),
            ("calibration_error", Cell::Ratio(counts.calibration.error())),
            ("reliable_rows", Cell::Count(counts.reliable.total)),
            ("reliable_accuracy", Cell::Ratio(counts.reliable.ratio())),
        ]
    }
}

impl Measure for Languages<'_> {
    type Row = LanguageRow;
    type Score = Answer;

    fn score(&self, row: &LanguageRow) -> Self::Score {
        let detection = self.analyzer.detect(&row.text, &[], DEFAULT_MAX_RESULTS);
        let (gold, predicted) = primary_subtags(&row.language, &detection.best());
        // To find no language is an answer that claims nothing.
        let confidence = detection.candidates.first().map_or(0.0, |best| best.confidence);
        Answer { gold, predicted, confidence, reliable: detection.reliable }
    }

    fn add(&mut self, _place: Place<'_>, answer: Self::Score) {
        let is_supported = self.is_supported(&answer.gold);
        self.file.add(&answer, is_supported);
        self.all.add(&answer, is_supported);
        if answer.gold != answer.predicted {
            *self.confusions.entry((answer.gold, answer.predicted)).or_default() += 1;
        }
    }

    fn end_file(&mut self, file: &FileTally) {
        let counts = std::mem::take(&mut self.file);
        let mut cells = self.cells(&counts);
        cells.insert(1, ("bad_lines", Cell::Count(file.bad_lines)));
        self.files.push(Line::new(&file.name, cells));
    }

    fn finish(self) -> (Vec<Group>, Vec<&'static str>) {
        let overall = vec![Line::new("all files", self.cells(&self.all))];
        let languages = self.all.by_language.iter().map(|(language, accuracy)| {
            let cells = vec![
                ("rows", Cell::Count(accuracy.total)),
                ("right", Cell::Count(accuracy.right)),
                ("accuracy", Cell::Ratio(accuracy.ratio())),
            ];
            (self.is_supported(language), Line::new(language, cells))
        });
        let (supported, unsupported): (Vec<_>, Vec<_>) = languages.partition(|(known, _)| *known);
        let lines = |languages: Vec<(bool, Line)>| languages.into_iter().map(|(_, l)| l).collect();
        let groups = vec![
            Group::with_mean("by file", self.files),
            Group::new("overall", overall),
            Group::with_mean("by language", lines(supported)),
            Group::new("languages not supported", lines(unsupported)),
            Group::new("confusions", confusion_lines(self.confusions)),
            self.all.calibration.group(),
        ];
        (groups, NOTES.to_vec())
    }
}

const NOTES: &[&str] = &[
    "Languages are compared by primary subtag.",
    "Languages that the detector does not know count as wrong in accuracy and macro_accuracy, \
     and are left out of the supported figures, of the mean by language and of those about \
     confidence.",
    "calibration_error: expected calibration error over ten bins of confidence.",
];

fn primary_subtags(gold: &LanguageTag, predicted: &LanguageTag) -> (String, String) {
    (gold.primary().to_owned(), predicted.primary().to_owned())
}

/// The most frequent first; the order of tags among equals.
fn confusion_lines(confusions: BTreeMap<(String, String), usize>) -> Vec<Line> {
    let mut confusions: Vec<_> = confusions.into_iter().collect();
    confusions.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    confusions
        .into_iter()
        .take(MAX_CONFUSIONS)
        .map(|((gold, predicted), count)| {
            let cells = vec![("predicted", Cell::Text(predicted)), ("rows", Cell::Count(count))];
            Line::new(gold, cells)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Cell, FileTally, Languages, Measure, Place, primary_subtags};
    use crate::analysis::{Analyzer, language::LanguageTag};

    #[test]
    fn tags_are_compared_by_primary_subtag() {
        let tag = |tag| LanguageTag::parse(tag).unwrap();
        let (gold, predicted) = primary_subtags(&tag("pt-BR"), &tag("pt"));
        assert_eq!(gold, predicted);
        let (gold, predicted) = primary_subtags(&tag("no"), &tag("nb"));
        assert_ne!(gold, predicted);
    }

    /// Gold and predicted of each row of one file.
    fn measure(rows: &[(&str, &str)]) -> Vec<super::Group> {
        let analyzer = Analyzer::new();
        let mut measure = Languages::new(&analyzer);
        measure.supported = ["en", "de"].into();
        for &(gold, predicted) in rows {
            let place = Place { file: "f", line: 1 };
            let answer = super::Answer {
                gold: gold.to_owned(),
                predicted: predicted.to_owned(),
                confidence: 0.75,
                reliable: gold == "en",
            };
            measure.add(place, answer);
        }
        measure.end_file(&FileTally { name: "f".to_owned(), rows: rows.len(), bad_lines: 0 });
        measure.finish().0
    }

    #[test]
    fn known_scores() {
        let groups = measure(&[
            ("en", "en"),
            ("en", "en"),
            ("en", "en"),
            ("en", "de"),
            ("de", "en"),
            ("de", "de"),
            ("tlh", "de"),
            ("tlh", "de"),
        ]);
        let file = &groups[0].lines[0];
        for (column, expect) in [
            ("rows", Cell::Count(8)),
            ("accuracy", Cell::Ratio(Some(0.5))),
            ("macro_accuracy", Cell::Ratio(Some((0.75 + 0.5) / 3.0))),
            ("supported_rows", Cell::Count(6)),
            ("supported_accuracy", Cell::Ratio(Some(4.0 / 6.0))),
            ("supported_macro_accuracy", Cell::Ratio(Some(0.625))),
            ("calibration_error", Cell::Ratio(Some((6.0 * 0.75 - 4.0) / 6.0))),
            ("reliable_rows", Cell::Count(4)),
            ("reliable_accuracy", Cell::Ratio(Some(0.75))),
        ] {
            assert_eq!(file.cell(column), Some(&expect), "{column}");
        }
        let names = |group: usize| -> Vec<_> {
            groups[group].lines.iter().map(|line| line.name.as_str()).collect()
        };
        assert_eq!(names(2), ["de", "en"]);
        assert_eq!(names(3), ["tlh"]);
        assert_eq!(names(4), ["tlh", "de", "en"]);
        assert_eq!(groups[4].lines[0].cell("rows"), Some(&Cell::Count(2)));
    }
}
