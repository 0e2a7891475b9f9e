//! The page that a person reads: the text with its entities marked, the entities,
//! and a table of who said what.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style as Ansi};
use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::analysis::{
    Analysis, Capability, Feature, Features, Span,
    entities::{Entities, EntityType, Mention},
    quotes::{Quote, QuoteKind},
    sentences::Sentence,
};

/// How the page looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub color: bool,
    /// Columns.
    pub width: usize,
}

const BOLD: Ansi = Ansi::new().bold();
const DIM: Ansi = Ansi::new().dimmed();

/// Writes the page of one document; parts outside `features` are left out.
pub fn write(
    out: &mut impl Write,
    name: &str,
    text: &str,
    analysis: &Analysis,
    features: Features,
    style: Style,
) -> io::Result<()> {
    let mut page = Page { out: String::new(), text, style };
    page.title(name, analysis);
    let mentions = analysis.entities.as_ref().filter(|_| features.contains(Feature::Entities));
    if let Some(sentences) = &analysis.sentences {
        page.sentences(sentences, mentions.map_or(&[], |found| &found.mentions));
    }
    if let Some(entities) = mentions {
        page.entities(entities);
    }
    if let Some(quotes) = &analysis.quotes {
        page.quotes(quotes);
    }
    for &feature in &analysis.unsupported {
        page.unsupported(feature, analysis);
    }
    page.out.push('\n');
    match style.color {
        true => out.write_all(page.out.as_bytes()),
        false => out.write_all(anstream::adapter::strip_str(&page.out).to_string().as_bytes()),
    }
}

struct Page<'t> {
    out: String,
    text: &'t str,
    style: Style,
}

// Writing to a String cannot fail, so the results of `write!` are dropped.
impl Page<'_> {
    fn title(&mut self, name: &str, analysis: &Analysis) {
        let _ = write!(self.out, "{BOLD}{}{BOLD:#}{DIM}", printable(name));
        let _ = write!(self.out, " · language {}", analysis.language);
        if let Some(detection) = analysis.detection.as_ref().filter(|_| analysis.language_detected)
        {
            let confidence = detection.candidates.first().map_or(0.0, |best| best.confidence);
            let sure = if detection.reliable { "detected" } else { "guessed" };
            let _ = write!(self.out, " ({sure}, {confidence:.2})");
        }
        let count = |n: usize, one: &str, many: &str| match n {
            1 => format!(" · 1 {one}"),
            n => format!(" · {n} {many}"),
        };
        if let Some(sentences) = &analysis.sentences {
            self.out += &count(sentences.len(), "sentence", "sentences");
        }
        if let Some(found) = &analysis.entities {
            self.out += &count(found.entities.len(), "entity", "entities");
        }
        if let Some(quotes) = &analysis.quotes {
            self.out += &count(quotes.len(), "quotation", "quotations");
        }
        let _ = writeln!(self.out, "{DIM:#}");
    }

    /// The text, a numbered sentence at a time, an empty line between paragraphs.
    fn sentences(&mut self, sentences: &[Sentence], mentions: &[Mention]) {
        let mut paragraph = None;
        let mut mentions = mentions.iter().peekable();
        for (number, sentence) in sentences.iter().enumerate() {
            if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
                self.out.push('\n');
            }
            let mut line = String::new();
            let mut at = sentence.span.start;
            while let Some(mention) =
                mentions.next_if(|mention| mention.span.start < sentence.span.end)
            {
                // A mention may run over the end of its sentence.
                let span = Span::new(mention.span.start.max(at), mention.span.end.max(at));
                line += &printable(&self.text[at..span.start]);
                self.mark(&mut line, span, mention.kind);
                at = span.end;
            }
            if at < sentence.span.end {
                line += &printable(&self.text[at..sentence.span.end]);
            }
            let number = format!("{DIM}{:>4}{DIM:#}  ", number + 1);
            let options = textwrap::Options::new(self.style.width)
                .initial_indent(&number)
                .subsequent_indent("      ");
            self.out += &textwrap::fill(&line, options);
            self.out.push('\n');
        }
    }

    /// A mention: in the colour of its type, or in brackets with it.
    fn mark(&self, line: &mut String, span: Span, kind: EntityType) {
        let name = printable(span.of(self.text));
        let look = look(kind);
        let _ = match self.style.color {
            true => write!(line, "{look}{name}{look:#}"),
            false => write!(line, "[{name}|{}]", label(kind)),
        };
    }

    /// The entities by type, each with the number of its mentions.
    fn entities(&mut self, found: &Entities) {
        if found.entities.is_empty() {
            return;
        }
        self.heading("Entities");
        for kind in EntityType::ALL {
            let names: Vec<_> = found
                .entities
                .iter()
                .filter(|entity| entity.kind == kind)
                .map(|entity| match entity.mentions.len() {
                    1 => printable(&entity.name),
                    n => format!("{} ×{n}", printable(&entity.name)),
                })
                .collect();
            if names.is_empty() {
                continue;
            }
            let look = look(kind);
            let label = format!("  {look}{:<13}{look:#} ", label(kind));
            let options = textwrap::Options::new(self.style.width)
                .initial_indent(&label)
                .subsequent_indent("                ");
            self.out += &textwrap::fill(&names.join(", "), options);
            self.out.push('\n');
        }
    }

    fn quotes(&mut self, quotes: &[Quote]) {
        self.heading("Who said what");
        if quotes.is_empty() {
            self.out += "  nothing is quoted\n";
            return;
        }
        let mut table = Table::new();
        table
            .load_style(presets::UTF8_HORIZONTAL_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.style.width as u16);
        match self.style.color {
            true => table.enforce_styling(),
            false => table.force_no_tty(),
        };
        table.set_header(
            ["Who", "How", "What"].map(|head| Cell::new(head).add_attribute(Attribute::Bold)),
        );
        for quote in quotes {
            table.add_row([self.who(quote), self.how(quote), self.what(quote)]);
        }
        for (column, percent) in [(0, 22), (1, 24), (2, 54)] {
            if let Some(column) = table.column_mut(column) {
                column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(percent)));
            }
        }
        let _ = writeln!(self.out, "{table}");
    }

    /// The speaker's name, else the words that stand for the speaker.
    fn who(&self, quote: &Quote) -> Cell {
        match &quote.speaker {
            None => Cell::new("?").add_attribute(Attribute::Dim),
            Some(speaker) if speaker.name.is_empty() => {
                Cell::new(printable(speaker.mention.of(self.text))).add_attribute(Attribute::Italic)
            }
            Some(speaker) => Cell::new(printable(&speaker.name)).fg(comfy_table::Color::DarkGreen),
        }
    }

    fn how(&self, quote: &Quote) -> Cell {
        let kind = match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        };
        match quote.cue {
            Some(cue) => Cell::new(format!("{kind} ({})", printable(cue.of(self.text)))),
            None => Cell::new(kind),
        }
    }

    fn what(&self, quote: &Quote) -> Cell {
        let pieces: Vec<_> =
            quote.content.iter().map(|piece| printable(piece.of(self.text))).collect();
        Cell::new(pieces.join(" … "))
    }

    fn unsupported(&mut self, feature: Feature, analysis: &Analysis) {
        let languages = Capability::of(feature).languages.join(", ");
        let language = &analysis.language;
        let _ = writeln!(
            self.out,
            "\n{DIM}no {feature}: {language} is not among the supported languages ({languages}){DIM:#}"
        );
    }

    fn heading(&mut self, heading: &str) {
        let _ = writeln!(self.out, "\n{BOLD}{heading}{BOLD:#}");
    }
}

/// `text` on one line, without the control characters that could take over a
/// terminal.
fn printable(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c if c.is_control() || is_direction_override(c) => line.push('\u{fffd}'),
            c => line.push(c),
        }
    }
    line
}

/// Marks that make what follows look like something else.
fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn label(kind: EntityType) -> String {
    kind.name().to_uppercase()
}

fn look(kind: EntityType) -> Ansi {
    let color = match kind {
        EntityType::Person => AnsiColor::Green,
        EntityType::Organization => AnsiColor::Blue,
        EntityType::Location => AnsiColor::Magenta,
        EntityType::Norp | EntityType::Misc => AnsiColor::Cyan,
        EntityType::Facility | EntityType::Product => AnsiColor::Red,
        EntityType::Date | EntityType::Money | EntityType::Percent => AnsiColor::Yellow,
        EntityType::Email | EntityType::Url => return Ansi::new().underline(),
    };
    Ansi::new().bold().fg_color(Some(color.into()))
}
