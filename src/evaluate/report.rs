//! What an evaluation found: groups of lines of figures, as JSON or as tables.
//!
//! Every measure fills the same form, so that a new measure needs no new output.
//! Knows nothing of what the figures mean.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::counts::mean;

/// The result of one evaluation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The name of the task: "entities".
    pub measure: &'static str,
    /// What was measured, and its version.
    pub model: &'static str,
    pub model_version: &'static str,
    /// Lines that were rows, scored or not.
    pub rows: usize,
    /// Lines that could not be read as rows. They are part of no figure.
    pub bad_lines: usize,
    /// The first of the bad lines, at most `MAX_ERRORS`.
    pub errors: Vec<LineError>,
    pub groups: Vec<Group>,
    /// How to read the figures; one sentence each.
    pub notes: Vec<&'static str>,
}

/// How many bad lines a report describes; it counts all.
pub const MAX_ERRORS: usize = 20;

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineError {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub message: String,
}

/// Figures of one kind, such as all types or all files.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Group {
    /// "by file".
    pub name: &'static str,
    /// All have the same columns.
    pub lines: Vec<Line>,
    /// The unweighted mean of every ratio over the lines where it is defined;
    /// present where it means something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub macro_mean: Option<Line>,
}

/// The figures of one type, language or file. In JSON one flat object.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub name: String,
    pub cells: Cells,
}

/// Figures by the names of their columns.
pub type Cells = Vec<(&'static str, Cell)>;

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    Count(usize),
    /// 0 to 1, `None` where undefined. Tables show percent.
    Ratio(Option<f64>),
    Text(String),
}

impl Report {
    /// The figure in the `column` of the line `name` of a group, for callers who
    /// look for one.
    pub fn cell(&self, group: &str, name: &str, column: &str) -> Option<&Cell> {
        let group = self.groups.iter().find(|g| g.name == group)?;
        group.lines.iter().chain(&group.macro_mean).find(|line| line.name == name)?.cell(column)
    }

    /// The report as tables for people, at most `width` columns wide where there
    /// is one.
    pub fn table(&self, width: Option<u16>) -> String {
        let mut out = format!(
            "{}: {} {}, {} rows, {} bad lines\n",
            self.measure, self.model, self.model_version, self.rows, self.bad_lines
        );
        for group in self.groups.iter().filter(|group| !group.lines.is_empty()) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\n{}\n", group.table(width).trim_fmt());
        }
        for note in &self.notes {
            let _ = write!(out, "\n{note}");
        }
        out.push('\n');
        out
    }
}

impl Group {
    /// Without a mean.
    pub fn new(name: &'static str, lines: Vec<Line>) -> Self {
        Self { name, lines, macro_mean: None }
    }

    pub fn with_mean(name: &'static str, lines: Vec<Line>) -> Self {
        let macro_mean = lines.first().map(|first| {
            let ratios = first.cells.iter().enumerate().filter_map(|(i, (column, cell))| {
                let Cell::Ratio(_) = cell else { return None };
                let column_mean = mean(lines.iter().map(|line| match line.cells.get(i) {
                    Some((_, Cell::Ratio(ratio))) => *ratio,
                    _ => None,
                }));
                Some((*column, Cell::Ratio(column_mean)))
            });
            Line { name: MEAN.to_owned(), cells: ratios.collect() }
        });
        Self { name, lines, macro_mean }
    }

    fn table(&self, width: Option<u16>) -> Table {
        let mut table = Table::new();
        let rule = LineStyle::none().fill('─').junction('─');
        table.load_style(presets::NOTHING.header_separator(rule));
        if let Some(width) = width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        let Some(first) = self.lines.first() else { return table };
        let row = |name: &str, show: &dyn Fn(&'static str) -> String| {
            let cells = first.cells.iter().map(|(column, cell)| {
                let alignment = match cell {
                    Cell::Text(_) => CellAlignment::Left,
                    Cell::Count(_) | Cell::Ratio(_) => CellAlignment::Right,
                };
                comfy_table::Cell::new(show(column)).set_alignment(alignment)
            });
            [comfy_table::Cell::new(name)].into_iter().chain(cells).collect::<Vec<_>>()
        };
        // One word a line keeps columns narrow.
        table.set_header(row(self.name, &|column| column.replace('_', "\n")));
        for line in self.lines.iter().chain(&self.macro_mean) {
            let show = |column| line.cell(column).map(Cell::show).unwrap_or_default();
            table.add_row(row(&line.name, &show));
        }
        table
    }
}

/// The name of the line of means.
const MEAN: &str = "macro mean";

impl Line {
    pub fn new(name: impl Into<String>, cells: Cells) -> Self {
        Self { name: name.into(), cells }
    }

    pub fn cell(&self, column: &str) -> Option<&Cell> {
        self.cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell)
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len() + 1))?;
        map.serialize_entry("name", &self.name)?;
        for (column, cell) in &self.cells {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}

impl Cell {
    fn show(&self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Ratio(Some(ratio)) => format!("{:.1}", ratio * 100.0),
            Self::Ratio(None) => "–".to_owned(),
            Self::Text(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Group, Line, Report};

    fn report() -> Report {
        let line = |name, rows, f1| {
            Line::new(name, vec![("rows", Cell::Count(rows)), ("f1", Cell::Ratio(f1))])
        };
        let lines = vec![line("a", 2, Some(0.5)), line("b", 1, None), line("c", 3, Some(1.0))];
        Report {
            measure: "entities",
            model: "rules",
            model_version: "1",
            rows: 6,
            bad_lines: 0,
            errors: Vec::new(),
            groups: vec![Group::with_mean("by file", lines), Group::new("empty", Vec::new())],
            notes: vec!["A note."],
        }
    }

    #[test]
    fn the_mean_is_over_defined_ratios_only() {
        assert_eq!(report().cell("by file", "macro mean", "f1"), Some(&Cell::Ratio(Some(0.75))));
        assert_eq!(report().cell("by file", "macro mean", "rows"), None);
    }

    #[test]
    fn json_has_flat_lines() {
        let json = serde_json::to_value(report()).unwrap();
        let expect = serde_json::json!({
            "name": "by file",
            "lines": [
                {"name": "a", "rows": 2, "f1": 0.5},
                {"name": "b", "rows": 1, "f1": null},
                {"name": "c", "rows": 3, "f1": 1.0},
            ],
            "macro_mean": {"name": "macro mean", "f1": 0.75},
        });
        assert_eq!(json["groups"][0], expect);
    }

    #[test]
    fn tables_show_percent_and_leave_out_empty_groups() {
        expect_test::expect![[r#"
            entities: rules 1, 6 rows, 0 bad lines

             by file      rows      f1
            ───────────────────────────
             a               2    50.0
             b               1       –
             c               3   100.0
             macro mean           75.0

            A note.
        "#]]
        .assert_eq(&report().table(None));
    }
}
