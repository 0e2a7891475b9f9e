//! F1 of mentions: right when both span and type are exactly the annotation's.
//!
//! A corpus annotates some types only. The types scored in a file are those that
//! its annotation has; predictions of other types count nowhere but under
//! "ignored". Rows in a language that is not supported are counted, not scored.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    calibration::Calibration,
    counts::Counts,
    report::{Cell, Group, Line},
    rows::EntityRow,
    run::{FileTally, Measure, Options, Place},
};
use crate::analysis::{
    Analyzer, Feature, Features, Span, entities::EntityType, language::LanguageTag,
};

type ByType = BTreeMap<EntityType, Counts>;

pub struct Entities<'a> {
    analyzer: &'a Analyzer,
    language: Option<LanguageTag>,
    file: File,
    files: Vec<Line>,
    by_type: ByType,
    by_language: BTreeMap<String, (usize, Counts)>,
    unsupported: BTreeMap<String, usize>,
    overall: Counts,
    calibration: Calibration,
}

/// What one file adds up to so far, types that it may not annotate included.
#[derive(Default)]
struct File {
    rows: usize,
    unsupported: usize,
    by_language: BTreeMap<String, (usize, ByType)>,
    confidence: BTreeMap<EntityType, Calibration>,
}

impl<'a> Entities<'a> {
    pub fn new(analyzer: &'a Analyzer, options: &Options) -> Self {
        Self {
            analyzer,
            language: options.language.clone(),
            file: File::default(),
            files: Vec::new(),
            by_type: ByType::new(),
            by_language: BTreeMap::new(),
            unsupported: BTreeMap::new(),
            overall: Counts::default(),
            calibration: Calibration::default(),
        }
    }
}

/// What one row is worth: its language, and `None` where that is not supported.
pub type Score = (String, Option<Scored>);

#[derive(Default)]
pub struct Scored {
    by_type: ByType,
    /// Each prediction's type and confidence, and whether it is right.
    judged: Vec<(EntityType, f32, bool)>,
}

impl Measure for Entities<'_> {
    type Row = EntityRow;
    type Score = Score;

    fn score(&self, row: &EntityRow) -> Score {
        let declared = row.language.as_ref().or(self.language.as_ref());
        let features = Features::from_iter([Feature::Entities]);
        let analysis = self.analyzer.analyze(&row.text, declared, features);
        let counts = analysis.entities.map(|entities| {
            let predicted: Vec<_> = entities.mentions.iter().map(|m| (m.span, m.kind)).collect();
            let gold: BTreeSet<_> = row.mentions.iter().collect();
            let judged = entities.mentions.iter().zip(&predicted);
            let judged = judged.map(|(m, key)| (m.kind, m.confidence, gold.contains(key)));
            Scored { by_type: compare(&row.mentions, &predicted), judged: judged.collect() }
        });
        (analysis.language.primary().to_owned(), counts)
    }

    fn add(&mut self, _place: Place<'_>, (language, scored): Score) {
        let Some(scored) = scored else {
            self.file.unsupported += 1;
            *self.unsupported.entry(language).or_default() += 1;
            return;
        };
        self.file.rows += 1;
        let (rows, by_type) = self.file.by_language.entry(language).or_default();
        *rows += 1;
        for (kind, counts) in scored.by_type {
            *by_type.entry(kind).or_default() += counts;
        }
        for (kind, confidence, right) in scored.judged {
            self.file.confidence.entry(kind).or_default().add(confidence, right);
        }
    }

    fn end_file(&mut self, file: &FileTally) {
        let File { rows, unsupported, by_language, confidence } = std::mem::take(&mut self.file);
        let annotated: BTreeSet<EntityType> = by_language
            .values()
            .flat_map(|(_, by_type)| by_type)
            .filter(|(_, counts)| counts.gold() > 0)
            .map(|(&kind, _)| kind)
            .collect();
        let mut sum = Counts::default();
        let mut ignored = 0;
        for (language, (language_rows, by_type)) in by_language {
            let of_language = self.by_language.entry(language).or_default();
            of_language.0 += language_rows;
            for (kind, counts) in by_type {
                if annotated.contains(&kind) {
                    sum += counts;
                    of_language.1 += counts;
                    *self.by_type.entry(kind).or_default() += counts;
                } else {
                    ignored += counts.false_positives;
                }
            }
        }
        for (kind, calibration) in confidence {
            if annotated.contains(&kind) {
                self.calibration += calibration;
            }
        }
        self.overall += sum;
        let types: Vec<_> = annotated.into_iter().map(EntityType::name).collect();
        let mut cells = vec![
            ("rows", Cell::Count(rows)),
            ("bad_lines", Cell::Count(file.bad_lines)),
            ("unsupported", Cell::Count(unsupported)),
            ("ignored", Cell::Count(ignored)),
        ];
        cells.extend(sum.cells());
        cells.push(("types_scored", Cell::Text(types.join(" "))));
        self.files.push(Line::new(&file.name, cells));
    }

    fn finish(self) -> (Vec<Group>, Vec<&'static str>) {
        let types =
            self.by_type.iter().map(|(&kind, counts)| Line::new(kind.name(), counts.cells()));
        let languages = self.by_language.iter().map(|(language, (rows, counts))| {
            let mut cells = counts.cells();
            cells.insert(0, ("rows", Cell::Count(*rows)));
            Line::new(language, cells)
        });
        let unsupported = self
            .unsupported
            .iter()
            .map(|(language, &rows)| Line::new(language, vec![("rows", Cell::Count(rows))]));
        let mut overall = self.overall.cells();
        overall.push(("calibration_error", Cell::Ratio(self.calibration.error())));
        let groups = vec![
            Group::with_mean("by file", self.files),
            Group::new("overall", vec![Line::new("all files", overall)]),
            Group::with_mean("by type", types.collect()),
            Group::with_mean("by language", languages.collect()),
            Group::new("languages not supported", unsupported.collect()),
            self.calibration.group(),
        ];
        (groups, NOTES.to_vec())
    }
}

const NOTES: &[&str] = &[
    "A mention is right when its span and type are exactly the annotation's.",
    "Types that a file does not annotate are not scored in it: predictions of them are ignored.",
    "Rows in languages not supported are counted as unsupported and are part of no figure.",
];

/// By type of the annotation, or of the prediction where it is wrong.
fn compare(gold: &[(Span, EntityType)], predicted: &[(Span, EntityType)]) -> ByType {
    let of = |mentions: &[(Span, EntityType)]| {
        let mut by_type = BTreeMap::<EntityType, BTreeSet<Span>>::new();
        for &(span, kind) in mentions {
            by_type.entry(kind).or_default().insert(span);
        }
        by_type
    };
    let (gold, predicted) = (of(gold), of(predicted));
    let none = BTreeSet::new();
    gold.keys()
        .chain(predicted.keys())
        .map(|kind| {
            let gold = gold.get(kind).unwrap_or(&none);
            (*kind, Counts::compare(gold, predicted.get(kind).unwrap_or(&none)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        Cell, Entities, EntityType, FileTally, Group, Measure, Place, Scored, Span, compare,
    };
    use crate::{analysis::Analyzer, evaluate::run::Options};

    use EntityType::{Date, Location, Person};

    type Mentions = &'static [(usize, usize, EntityType)];

    /// Files of rows of annotations and predictions; no predictions: not supported.
    fn measure(files: &[&[(&str, Mentions, Option<Mentions>)]]) -> Vec<Group> {
        let analyzer = Analyzer::new();
        let mut measure = Entities::new(&analyzer, &Options::default());
        let spans = |mentions: Mentions| -> Vec<_> {
            mentions.iter().map(|&(start, end, kind)| (Span::new(start, end), kind)).collect()
        };
        for rows in files {
            for &(language, gold, predicted) in *rows {
                let scored = predicted.map(|predicted| Scored {
                    by_type: compare(&spans(gold), &spans(predicted)),
                    judged: predicted.iter().map(|&(.., kind)| (kind, 0.5, true)).collect(),
                });
                measure.add(Place { file: "f", line: 1 }, (language.to_owned(), scored));
            }
            measure.end_file(&FileTally::default());
        }
        measure.finish().0
    }

    fn check(group: &Group, line: usize, columns: &[(&str, Cell)]) {
        for (column, expect) in columns {
            let cell = group.lines[line].cell(column);
            assert_eq!(cell, Some(expect), "{} {line} {column}", group.name);
        }
    }

    #[test]
    fn known_scores() {
        let groups = measure(&[
            &[
                // Right, wrong end, wrong type.
                (
                    "en",
                    &[(0, 3, Person), (5, 9, Person), (10, 12, Location)],
                    Some(&[(0, 3, Person), (5, 8, Person), (10, 12, Person)]),
                ),
                ("en", &[(0, 2, Location)], Some(&[(0, 2, Location), (4, 8, Date)])),
                ("fr", &[(0, 2, Date)], None),
            ],
            &[("en", &[(0, 2, Date)], Some(&[(0, 2, Date), (4, 8, Person)]))],
        ]);
        let ratio = |part: f64, whole: f64| Cell::Ratio(Some(part / whole));
        check(
            &groups[0],
            0,
            &[
                ("rows", Cell::Count(2)),
                ("unsupported", Cell::Count(1)),
                // The date, as no supported row of the file annotates one.
                ("ignored", Cell::Count(1)),
                ("tp", Cell::Count(2)),
                ("fp", Cell::Count(2)),
                ("fn", Cell::Count(2)),
                ("f1", ratio(1.0, 2.0)),
                ("types_scored", Cell::Text("Person Location".to_owned())),
            ],
        );
        check(&groups[0], 1, &[("ignored", Cell::Count(1)), ("f1", ratio(1.0, 1.0))]);
        let mean = groups[0].macro_mean.as_ref().unwrap();
        assert_eq!(mean.cell("f1"), Some(&ratio(3.0, 4.0)));
        check(&groups[1], 0, &[("precision", ratio(3.0, 5.0)), ("recall", ratio(3.0, 5.0))]);
        let names: Vec<_> = groups[2].lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["Person", "Location", "Date"]);
        check(&groups[2], 0, &[("precision", ratio(1.0, 3.0)), ("recall", ratio(1.0, 2.0))]);
        check(&groups[2], 1, &[("precision", ratio(1.0, 1.0)), ("f1", ratio(2.0, 3.0))]);
        check(&groups[3], 0, &[("rows", Cell::Count(3)), ("tp", Cell::Count(3))]);
        assert_eq!(groups[4].lines[0].name, "fr");
        // What is ignored has no confidence to judge.
        assert_eq!(groups[5].lines[0].cell("predictions"), Some(&Cell::Count(5)));
    }
}
