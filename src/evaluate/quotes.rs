//! F1 of attributions: of each piece of source, cue and content, and of whole
//! relations, a source with all its content. Right is what is exactly the
//! annotation's, white space at the ends of pieces aside.
//!
//! An attribution without source or without content is no relation. Where the
//! annotation has them, kinds (relations with their kind) and the full names of
//! sources are scored too.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    counts::{Accuracy, Counts},
    report::{Cell, Cells, Group, Line},
    rows::{Attribution, QuoteRow},
    run::{FileTally, Measure, Options, Place},
};
use crate::analysis::{
    Analyzer, Feature, Features, Span,
    language::LanguageTag,
    quotes::{MentionKind, Quote, QuoteKind},
};

pub struct Quotes<'a> {
    analyzer: &'a Analyzer,
    language: Option<LanguageTag>,
    file: Tally,
    files: Vec<Line>,
    by_language: BTreeMap<String, Tally>,
    overall: Tally,
}

impl<'a> Quotes<'a> {
    pub fn new(analyzer: &'a Analyzer, options: &Options) -> Self {
        Self {
            analyzer,
            language: options.language.clone(),
            file: Tally::default(),
            files: Vec::new(),
            by_language: BTreeMap::new(),
            overall: Tally::default(),
        }
    }
}

/// What rows add up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    rows: usize,
    /// In the order of `ELEMENTS`.
    elements: [Counts; 4],
    /// By the name of the kind; of rows whose attributions all have one.
    kinds: BTreeMap<&'static str, Counts>,
    names: Names,
}

const ELEMENTS: [&str; 4] = ["source", "cue", "content", "relation"];

/// How the full names of sources were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Names {
    /// By the kind of the annotated mention, where that is annotated.
    named: BTreeMap<&'static str, Name>,
    /// Sources that are annotated as nameless and found: right where they stay so.
    nameless: Accuracy,
}

/// Sources of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Name {
    /// Right, of all sources whose name is annotated.
    all: Accuracy,
    /// Right, of those whose mention was found as a speaker's.
    found: Accuracy,
}

impl Names {
    fn add(&mut self, other: &Self) {
        for (kind, name) in &other.named {
            let sum = self.named.entry(kind).or_default();
            sum.all += name.all;
            sum.found += name.found;
        }
        self.nameless += other.nameless;
    }

    fn lines(&self) -> Vec<Line> {
        let mut total = Name::default();
        for name in self.named.values() {
            total.all += name.all;
            total.found += name.found;
        }
        if total.all.total == 0 {
            return Vec::new();
        }
        let line = |title: &str, all: Accuracy, found: Accuracy| {
            let cells = vec![
                ("sources", Cell::Count(all.total)),
                ("found", Cell::Count(found.total)),
                ("right", Cell::Count(all.right)),
                ("accuracy", Cell::Ratio(all.ratio())),
                ("accuracy_of_found", Cell::Ratio(found.ratio())),
            ];
            Line::new(title, cells)
        };
        let mut lines = vec![line("full names", total.all, total.found)];
        let kinds = self.named.iter().filter(|(kind, _)| !kind.is_empty());
        lines.extend(kinds.map(|(kind, name)| line(kind, name.all, name.found)));
        lines.push(line("nameless", self.nameless, self.nameless));
        lines
    }
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        for (sum, &counts) in self.elements.iter_mut().zip(&other.elements) {
            *sum += counts;
        }
        for (kind, &counts) in &other.kinds {
            *self.kinds.entry(kind).or_default() += counts;
        }
        self.names.add(&other.names);
    }

    /// F1 of each element, for lines that show all.
    fn cells(&self) -> Cells {
        let columns = ["source_f1", "cue_f1", "content_f1", "relation_f1"];
        let f1 = columns.into_iter().zip(self.elements).map(|(c, e)| (c, Cell::Ratio(e.f1())));
        [("rows", Cell::Count(self.rows))].into_iter().chain(f1).collect()
    }
}

/// What one row is worth, and its language.
pub type Score = (String, Tally);

impl Measure for Quotes<'_> {
    type Row = QuoteRow;
    type Score = Score;

    fn score(&self, row: &QuoteRow) -> Score {
        let declared = row.language.as_ref().or(self.language.as_ref());
        let features = Features::from_iter([Feature::Quotes]);
        let analysis = self.analyzer.analyze(&row.text, declared, features);
        // Quotes are found in every language.
        let quotes = analysis.quotes.unwrap_or_default();
        let compared = quotes.into_iter().filter(|q| row.annotates_within || q.within.is_none());
        let predicted: Vec<_> = compared.map(attribution).collect();
        let tally = compare(&row.text, &row.attributions, &predicted);
        (analysis.language.primary().to_owned(), tally)
    }

    fn add(&mut self, _place: Place<'_>, (language, tally): Score) {
        self.by_language.entry(language).or_default().add(&tally);
        self.file.add(&tally);
    }

    fn end_file(&mut self, file: &FileTally) {
        let mut tally = std::mem::take(&mut self.file);
        // A file that annotates no kinds says nothing of those predicted.
        if tally.kinds.values().all(|counts| counts.gold() == 0) {
            tally.kinds.clear();
        }
        let mut cells = tally.cells();
        cells.insert(1, ("bad_lines", Cell::Count(file.bad_lines)));
        self.files.push(Line::new(&file.name, cells));
        self.overall.add(&tally);
    }

    fn finish(self) -> (Vec<Group>, Vec<&'static str>) {
        let Tally { elements, kinds, names, .. } = self.overall;
        let elements = ELEMENTS.into_iter().zip(elements);
        let elements = elements.map(|(name, counts)| Line::new(name, counts.cells()));
        let kinds = kinds.iter().map(|(&kind, counts)| Line::new(kind, counts.cells()));
        let languages =
            self.by_language.iter().map(|(language, tally)| Line::new(language, tally.cells()));
        let groups = vec![
            Group::with_mean("by file", self.files),
            Group::new("overall", elements.collect()),
            Group::with_mean("by language", languages.collect()),
            Group::with_mean("relations by kind", kinds.collect()),
            Group::new("speakers", names.lines()),
        ];
        (groups, NOTES.to_vec())
    }
}

const NOTES: &[&str] = &[
    "Pieces of source, cue and content are right when they are exactly the annotation's; each \
     counts once. A relation is a source with its whole content.",
    "Quotes within another's quotation marks are compared only in rows that have an attribution \
     marked as such: \"within\": true.",
];

/// A prediction in the form of the annotation.
fn attribution(quote: Quote) -> Attribution {
    let (source, name) = quote.speaker.map(|s| (s.mention, s.name)).unzip();
    Attribution {
        source: source.into_iter().collect(),
        cue: quote.cue.into_iter().collect(),
        content: quote.content,
        kind: Some(quote.kind),
        name,
        mention: None,
    }
}

fn compare(text: &str, gold: &[Attribution], predicted: &[Attribution]) -> Tally {
    let counts = |of: fn(&Attribution) -> &[Span]| {
        let set = |all: &[Attribution]| -> BTreeSet<Span> {
            all.iter().flat_map(|attribution| pieces(text, of(attribution))).collect()
        };
        Counts::compare(&set(gold), &set(predicted))
    };
    let relations = |all: &[Attribution], kind: Option<QuoteKind>| -> BTreeSet<_> {
        all.iter()
            .filter(|attribution| kind.is_none() || attribution.kind == kind)
            .map(|attribution| {
                (pieces(text, &attribution.source), pieces(text, &attribution.content))
            })
            .filter(|(source, content)| !source.is_empty() && !content.is_empty())
            .collect()
    };
    let kinds = if gold.iter().all(|attribution| attribution.kind.is_some()) {
        KINDS
            .into_iter()
            .map(|(name, kind)| {
                let (gold, predicted) =
                    (relations(gold, Some(kind)), relations(predicted, Some(kind)));
                (name, Counts::compare(&gold, &predicted))
            })
            .collect()
    } else {
        BTreeMap::new()
    };
    Tally {
        rows: 1,
        elements: [
            counts(|attribution| &attribution.source),
            counts(|attribution| &attribution.cue),
            counts(|attribution| &attribution.content),
            Counts::compare(&relations(gold, None), &relations(predicted, None)),
        ],
        kinds,
        names: compare_names(text, gold, predicted),
    }
}

const KINDS: [(&str, QuoteKind); 3] =
    [("direct", QuoteKind::Direct), ("indirect", QuoteKind::Indirect), ("mixed", QuoteKind::Mixed)];

/// In order, without the white space at their ends, each once.
fn pieces(text: &str, spans: &[Span]) -> BTreeSet<Span> {
    spans.iter().map(|span| span.trim(text)).filter(|span| !span.is_empty()).collect()
}

/// Names are equal letter for letter, white space aside. A source counts once for
/// each name that it has; one that is annotated as nameless counts where it is found.
fn compare_names(text: &str, gold: &[Attribution], predicted: &[Attribution]) -> Names {
    let mut speakers = BTreeMap::<_, BTreeSet<String>>::new();
    for speaker in predicted {
        let names = speakers.entry(pieces(text, &speaker.source)).or_default();
        names.extend(speaker.name.as_deref().map(one_spaced));
    }
    let sources: BTreeMap<_, _> = gold
        .iter()
        .filter_map(|a| {
            let name = one_spaced(a.name.as_deref()?);
            Some(((pieces(text, &a.source), name), a.mention.map_or("", mention)))
        })
        .filter(|((source, _), _)| !source.is_empty())
        .collect();
    let mut names = Names::default();
    for ((source, name), kind) in sources {
        let found = speakers.get(&source);
        if name.is_empty() {
            if let Some(found) = found {
                names.nameless += Accuracy::one(found.iter().all(String::is_empty));
            }
            continue;
        }
        let right = Accuracy::one(found.is_some_and(|names| names.contains(&name)));
        let sum = names.named.entry(kind).or_default();
        sum.all += right;
        if found.is_some() {
            sum.found += right;
        }
    }
    names
}

const fn mention(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "by name",
        MentionKind::Nominal => "by description",
        MentionKind::Pronoun => "by pronoun",
    }
}

fn one_spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Accuracy, Attribution, Counts, MentionKind, QuoteKind, Span, compare};

    const TEXT: &str = "0123456789 0123456789 0123456789";

    type Pieces = &'static [(usize, usize)];

    fn said(source: Pieces, cue: Pieces, content: Pieces) -> Attribution {
        let spans = |pieces: Pieces| pieces.iter().map(|&(s, e)| Span::new(s, e)).collect();
        Attribution {
            source: spans(source),
            cue: spans(cue),
            content: spans(content),
            ..Attribution::default()
        }
    }

    fn counts(true_positives: usize, false_positives: usize, false_negatives: usize) -> Counts {
        Counts { true_positives, false_positives, false_negatives }
    }

    #[test]
    fn known_scores() {
        let gold = [
            said(&[(0, 2)], &[(3, 5)], &[(6, 8), (11, 15)]),
            // The same source again counts as one piece, but makes two relations.
            said(&[(0, 2)], &[(16, 17)], &[(18, 20)]),
            said(&[], &[], &[(22, 25)]),
        ];
        let predicted = [
            // In another order and with white space at an end.
            said(&[(0, 2)], &[(3, 5)], &[(10, 15), (6, 8)]),
            said(&[(0, 2)], &[], &[(18, 21)]),
            said(&[(27, 29)], &[], &[(22, 25)]),
        ];
        let tally = compare(TEXT, &gold, &predicted);
        assert_eq!(
            tally.elements,
            [counts(1, 1, 0), counts(1, 0, 1), counts(3, 1, 1), counts(1, 2, 1)]
        );
    }

    #[test]
    fn a_relation_needs_its_whole_content() {
        let gold = [said(&[(0, 2)], &[], &[(6, 8), (12, 15)])];
        let tally = compare(TEXT, &gold, &[said(&[(0, 2)], &[], &[(6, 8)])]);
        assert_eq!(tally.elements[2..], [counts(1, 0, 1), counts(0, 1, 1)]);
    }

    #[test]
    fn kinds_are_scored_only_where_all_are_annotated() {
        let of = |kind, content| Attribution { kind, ..said(&[(0, 2)], &[], content) };
        let (direct, mixed) = (Some(QuoteKind::Direct), Some(QuoteKind::Mixed));
        let predicted = [of(direct, &[(6, 8)]), of(direct, &[(12, 15)])];
        let tally = compare(TEXT, &[of(direct, &[(6, 8)]), of(mixed, &[(12, 15)])], &predicted);
        assert_eq!(tally.kinds["direct"], counts(1, 1, 0));
        assert_eq!(tally.kinds["mixed"], counts(0, 0, 1));
        assert_eq!(tally.elements[3], counts(2, 0, 0));
        let tally = compare(TEXT, &[of(direct, &[(6, 8)]), of(None, &[(12, 15)])], &predicted);
        assert!(tally.kinds.is_empty());
    }

    #[test]
    fn names_are_scored_over_the_sources_that_have_one() {
        let named = |source, name: &str, mention| Attribution {
            name: Some(name.to_owned()),
            mention,
            ..said(source, &[], &[(6, 8)])
        };
        let pronoun = Some(MentionKind::Pronoun);
        let gold = [
            named(&[(0, 2)], "Ana  Lee", pronoun),
            named(&[(3, 5)], "Bo Lee", None),
            named(&[(12, 14)], "Cy", None),
            // Not annotated, nameless and found, nameless and not found.
            said(&[(15, 17)], &[], &[]),
            named(&[(18, 20)], "", None),
            named(&[(22, 24)], "", None),
        ];
        let predicted = [
            named(&[(0, 2)], "Ana Lee", None),
            named(&[(3, 5)], "", None),
            named(&[(15, 17)], "Di", None),
            named(&[(18, 20)], "Ed", None),
        ];
        let names = compare(TEXT, &gold, &predicted).names;
        let accuracy = |right, total| Accuracy { right, total };
        let counts = |kind| (names.named[kind].all, names.named[kind].found);
        assert_eq!(counts("by pronoun"), (accuracy(1, 1), accuracy(1, 1)));
        assert_eq!(counts(""), (accuracy(0, 2), accuracy(0, 1)));
        assert_eq!(names.nameless, accuracy(0, 1));
        let lines: Vec<_> = names.lines().into_iter().map(|line| line.name).collect();
        assert_eq!(lines, ["full names", "by pronoun", "nameless"]);
    }
}
