//! The page for a browser: the text with what is said in the colour of who says it,
//! every mention linked to its entity, and a table of who said what.
//!
//! One file that needs nothing else: no script, no font, no network. Whatever the text
//! holds stays text.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
};

use crate::analysis::{
    Analysis, Capability, Feature, Features, Span,
    entities::{Entities, EntityType},
    quotes::{Quote, QuoteKind},
};

/// The start of a page; articles follow, then `END`.
pub const START: &str = concat!(
    "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    // Nothing is fetched and nothing runs, whatever a text may hold.
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ",
    "style-src 'unsafe-inline'\">\n<title>Who said what</title>\n<style>\n",
    include_str!("html.css"),
    "</style>\n</head>\n<body>\n",
);

pub const END: &str = "</body>\n</html>\n";

/// The article of one document; parts outside `features` are left out. `number` tells
/// the documents of a page apart.
pub fn article(
    number: usize,
    name: &str,
    text: &str,
    analysis: &Analysis,
    features: Features,
) -> String {
    let entities = analysis.entities.as_ref().filter(|_| features.contains(Feature::Entities));
    let quotes = analysis.quotes.as_deref().unwrap_or_default();
    let mut page = Page { out: String::new(), number, text, hues: hues(quotes), entities, quotes };
    let language = escape(analysis.language.as_str());
    let _ = writeln!(page.out, "<article lang=\"{language}\">\n<h1>{}</h1>", escape(name));
    let _ = writeln!(
        page.out,
        "<p class=\"about\">language {language} · {} quotations</p>",
        quotes.len()
    );
    page.text(analysis);
    if analysis.quotes.is_some() {
        page.table();
    }
    if let Some(entities) = entities {
        page.entities(entities);
    }
    for &feature in &analysis.unsupported {
        let known = Capability::of(feature).languages.join(", ");
        let _ = writeln!(
            page.out,
            "<p class=\"about\">no {feature}: {language} is not among the supported languages ({known})</p>"
        );
    }
    page.out += "</article>\n";
    page.out
}

/// The hue of each speaker, in degrees: far from those before it.
fn hues(quotes: &[Quote]) -> HashMap<String, u32> {
    let mut hues = HashMap::new();
    for quote in quotes {
        let next = (hues.len() as u32 * 137 + 210) % 360;
        if let Some(speaker) = quote.speaker.as_ref().filter(|speaker| !speaker.name.is_empty()) {
            hues.entry(speaker.name.clone()).or_insert(next);
        }
    }
    hues
}

struct Page<'a> {
    out: String,
    number: usize,
    text: &'a str,
    hues: HashMap<String, u32>,
    entities: Option<&'a Entities>,
    quotes: &'a [Quote],
}

/// What a stretch of text is.
#[derive(Clone, Copy, Default)]
struct Marks {
    /// Indexes of quotes that have it as content, cue and source.
    said: Option<usize>,
    cue: Option<usize>,
    source: Option<usize>,
    /// Index of the mention that it belongs to.
    mention: Option<usize>,
}

// Writing to a String cannot fail, so the results of `write!` are dropped.
impl Page<'_> {
    /// The text, a paragraph at a time.
    fn text(&mut self, analysis: &Analysis) {
        let mut paragraphs: Vec<Span> = Vec::new();
        let mut last = None;
        for sentence in analysis.sentences.iter().flatten() {
            match paragraphs.last_mut() {
                Some(span) if last == Some(sentence.paragraph) => *span = span.union(sentence.span),
                _ => paragraphs.push(sentence.span),
            }
            last = Some(sentence.paragraph);
        }
        if paragraphs.is_empty() {
            paragraphs.push(Span::new(0, self.text.len()));
        }
        let stretches = self.stretches();
        let mut next = stretches.iter().peekable();
        self.out += "<div class=\"text\" dir=\"auto\">\n";
        for paragraph in paragraphs {
            self.out += "<p>";
            let mut at = paragraph.start;
            while at < paragraph.end {
                while next.next_if(|(span, _)| span.end <= at).is_some() {}
                match next.peek() {
                    Some((span, marks)) if span.start <= at => {
                        let end = span.end.min(paragraph.end);
                        self.stretch(Span::new(at, end), *marks);
                        at = end;
                    }
                    other => {
                        let end = other.map_or(paragraph.end, |(s, _)| s.start.min(paragraph.end));
                        self.out += &escape(&self.text[at..end]);
                        at = end;
                    }
                }
            }
            self.out += "</p>\n";
        }
        self.out += "</div>\n";
    }

    /// The text cut wherever something begins or ends; what is nothing is left out.
    fn stretches(&self) -> Vec<(Span, Marks)> {
        let mentions = self.entities.map_or(&[][..], |entities| &entities.mentions);
        let mut cuts = BTreeSet::new();
        let mut marked: Vec<(Span, Marks)> = Vec::new();
        for (index, quote) in self.quotes.iter().enumerate() {
            for &piece in &quote.content {
                marked.push((piece, Marks { said: Some(index), ..Marks::default() }));
            }
            if let Some(cue) = quote.cue {
                marked.push((cue, Marks { cue: Some(index), ..Marks::default() }));
            }
            if let Some(speaker) = &quote.speaker {
                marked.push((speaker.mention, Marks { source: Some(index), ..Marks::default() }));
            }
        }
        for (index, mention) in mentions.iter().enumerate() {
            marked.push((mention.span, Marks { mention: Some(index), ..Marks::default() }));
        }
        for (span, _) in &marked {
            cuts.extend([span.start, span.end]);
        }
        let cuts: Vec<usize> = cuts.into_iter().collect();
        let mut found: Vec<(Span, Marks)> =
            cuts.windows(2).map(|w| (Span::new(w[0], w[1]), Marks::default())).collect();
        for (span, marks) in marked {
            let first = found.partition_point(|(s, _)| s.start < span.start);
            for (_, known) in found[first..].iter_mut().take_while(|(s, _)| s.end <= span.end) {
                let is_nested = marks.said.is_some_and(|q| self.quotes[q].within.is_some());
                known.said = if is_nested { marks.said } else { known.said.or(marks.said) };
                known.cue = known.cue.or(marks.cue);
                known.source = known.source.or(marks.source);
                known.mention = known.mention.or(marks.mention);
            }
        }
        found
    }

    fn stretch(&mut self, span: Span, marks: Marks) {
        let mut close = String::new();
        let wrapped = [("said", marks.said), ("cue", marks.cue), ("source", marks.source)];
        for (class, quote) in wrapped {
            let Some(index) = quote else { continue };
            let quote = &self.quotes[index];
            let first = class == "said" && quote.content[0].start == span.start;
            let id =
                if first { format!(" id=\"d{}-q{index}\"", self.number) } else { String::new() };
            let look = self.look(quote, class);
            let told = escape(&self.told(quote));
            let _ = write!(self.out, "<span{id} {look} title=\"{told}\">");
            close.insert_str(0, "</span>");
        }
        if let Some(entities) = self.entities
            && let Some(index) = marks.mention
        {
            let mention = &entities.mentions[index];
            let entity = &entities.entities[mention.entity];
            let title = escape(&format!(
                "{} · {} · {:.2}",
                entity.name,
                mention.kind.name(),
                mention.confidence
            ));
            let number = self.number;
            let id = match mention.span.start == span.start {
                true => format!(" id=\"d{number}-m{index}\""),
                false => String::new(),
            };
            let target = mention.entity;
            let _ = write!(
                self.out,
                "<a{id} class=\"mention\" href=\"#d{number}-e{target}\" title=\"{title}\">"
            );
            close.insert_str(0, "</a>");
        }
        self.out += &escape(span.of(self.text));
        self.out += &close;
    }

    /// Class and colour of something that belongs to a quote.
    fn look(&self, quote: &Quote, class: &str) -> String {
        let speaker = quote.speaker.as_ref().filter(|speaker| !speaker.name.is_empty());
        match speaker.and_then(|speaker| self.hues.get(&speaker.name)) {
            Some(hue) => format!("class=\"{class}\" style=\"--hue:{hue}\""),
            None => format!("class=\"{class} nobody\""),
        }
    }

    /// Who, how, by which words and how surely.
    fn told(&self, quote: &Quote) -> String {
        let cue = quote.cue.map_or("no cue", |cue| cue.of(self.text));
        format!("{} · {} · {cue} · {:.2}", self.who(quote), kind(quote), quote.confidence)
    }

    /// The speaker's name, else the words that stand for the speaker.
    fn who(&self, quote: &Quote) -> String {
        match &quote.speaker {
            None => "?".to_owned(),
            Some(speaker) if speaker.name.is_empty() => speaker.mention.of(self.text).to_owned(),
            Some(speaker) => speaker.name.clone(),
        }
    }

    fn table(&mut self) {
        self.out += "<h2>Who said what</h2>\n";
        if self.quotes.is_empty() {
            self.out += "<p class=\"about\">nothing is quoted</p>\n";
            return;
        }
        self.out += "<table>\n<tr><th>Who<th>How<th>What</tr>\n";
        for (index, quote) in self.quotes.iter().enumerate() {
            let who = escape(&self.who(quote));
            let cue = quote.cue.map_or(String::new(), |cue| format!(" ({})", cue.of(self.text)));
            let how = escape(&format!("{}{cue} {:.2}", kind(quote), quote.confidence));
            let pieces: Vec<_> = quote.content.iter().map(|piece| piece.of(self.text)).collect();
            let what = escape(&pieces.join(" … "));
            let look = self.look(quote, "who");
            let number = self.number;
            let _ = writeln!(
                self.out,
                "<tr><td {look}>{who}<td class=\"how\">{how}<td dir=\"auto\">\
                 <a href=\"#d{number}-q{index}\">{what}</a></tr>"
            );
        }
        self.out += "</table>\n";
    }

    /// The entities by type, each with links to its mentions.
    fn entities(&mut self, found: &Entities) {
        if found.entities.is_empty() {
            return;
        }
        self.out += "<h2>Entities</h2>\n<dl class=\"entities\">\n";
        let number = self.number;
        for kind in EntityType::ALL {
            let of_kind = found.entities.iter().enumerate().filter(|(_, e)| e.kind == kind);
            for (place, (index, entity)) in of_kind.enumerate() {
                if place == 0 {
                    let _ = writeln!(self.out, "<dt>{}</dt>", kind.name());
                }
                let name = escape(&entity.name);
                let _ = write!(self.out, "<dd id=\"d{number}-e{index}\">{name}");
                for (count, mention) in (1..).zip(&entity.mentions) {
                    let _ = write!(self.out, " <a href=\"#d{number}-m{mention}\">{count}</a>");
                }
                self.out += "</dd>\n";
            }
        }
        self.out += "</dl>\n";
    }
}

fn kind(quote: &Quote) -> &'static str {
    match quote.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "mixed",
    }
}

/// `text` as HTML text or as the value of an attribute in double quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' | '\t' => escaped.push(c),
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
