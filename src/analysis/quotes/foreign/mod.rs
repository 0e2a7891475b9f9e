//! Quotes in other languages than English, without a tagger.
//!
//! Where there are word lists (`lists`), reporting verbs and what stands beside them
//! tell who said what (`cues`, `sources`, `statements`) and capitals tell names
//! (`names`). Elsewhere quotations are found by their marks alone.

mod around;
mod cues;
mod incise;
mod lists;
mod names;
mod sources;
mod statements;
#[cfg(test)]
mod tests;
mod words;

use lists::Lists;
use names::Names;
use statements::{Evidence, Statement};

use super::{MentionKind, Quote, Speaker, assemble, items::View, marks, paragraphs, turns};
use crate::analysis::{
    Token,
    language::LanguageTag,
    sentences::Sentence,
    watch::{Stopped, Watch, check},
};

/// Reads the word lists.
pub(super) fn load() {
    std::sync::LazyLock::force(&lists::ALL);
}

/// Whether there are word lists for `language`.
pub(super) fn has_lists(language: &LanguageTag) -> bool {
    lists::of(language).is_some()
}

/// The quotes of a text in another language than English, ordered by the start of their
/// spans.
///
/// # Errors
/// The watch said stop.
pub fn attribute(
    text: &str,
    language: &LanguageTag,
    sentences: &[Sentence],
    tokens: &[Token],
    watch: &dyn Watch,
) -> Result<Vec<Quote>, Stopped> {
    let lists = lists::of(language);
    let split = lists.map(|lists| words::split(text, tokens, lists));
    let tokens = split.as_deref().unwrap_or(tokens);
    let paragraphs = paragraphs(sentences);
    let mut quotations = marks::find(text, tokens, &paragraphs);
    if let Some(lists) = lists {
        quotations = incise::split(text, tokens, lists, quotations);
    }
    // `statements` knows a label with a colon and a quotation.
    turns::mark(&turns::find(text, &paragraphs, |_| false), &mut quotations);
    check(watch)?;
    let mut buffer = String::new();
    let view = View::with(text, sentences, tokens, quotations, |token, before| {
        words::classify(text, token, before, lists, &mut buffer)
    });
    check(watch)?;
    let mut quotes = match lists {
        Some(lists) => by_lists(&view, lists, sentences, watch)?,
        None => by_marks(&view, sentences),
    };
    quotes.sort_by_key(|quote| (quote.span.start, quote.span.end));
    Ok(quotes)
}

fn by_marks(view: &View, sentences: &[Sentence]) -> Vec<Quote> {
    (0..view.clauses.len())
        .flat_map(|index| {
            let clause = &view.clauses[index];
            statements::alone(view, index, clause.start, clause.end)
        })
        .filter_map(|statement| quote(view, sentences, None, &statement))
        .collect()
}

fn by_lists(
    view: &View,
    lists: &Lists,
    sentences: &[Sentence],
    watch: &dyn Watch,
) -> Result<Vec<Quote>, Stopped> {
    let mut all: Vec<Statement> = Vec::new();
    for index in 0..view.clauses.len() {
        check(watch)?;
        for mut statement in statements::find(view, lists, index) {
            match all.last_mut() {
                Some(last) if goes_on(view, last, &statement) => {
                    last.content.append(&mut statement.content);
                    last.clause = index;
                }
                Some(last) if leads_into(view, last, &statement) => {
                    statement.content.splice(0..0, std::mem::take(&mut last.content));
                    *last = statement;
                }
                _ => {
                    if let Some(last) = all.last().filter(|last| speaks_on(view, last, &statement))
                    {
                        statement.source = last.source;
                        statement.mention = last.mention;
                        statement.open = true;
                    }
                    all.push(statement);
                }
            }
        }
    }
    let mut names = Names::read(view, lists);
    check(watch)?;
    let quotes = all.iter();
    Ok(quotes.filter_map(|statement| quote(view, sentences, Some(&mut names), statement)).collect())
}

/// Whether a sentence that is a quotation and nothing else goes on with the speech
/// before it: in the next sentence of the paragraph, or where its mark says so.
fn goes_on(view: &View, last: &Statement, statement: &Statement) -> bool {
    let [(item, _)] = statement.content[..] else { return false };
    let (clause, before) = (&view.clauses[statement.clause], &view.clauses[last.clause]);
    let whole = statements::is_whole(view, clause, item);
    let continues = view.items[item].quote.is_some_and(|quote| view.quotations[quote].continues);
    last.open
        && statement.evidence == Evidence::Alone
        && whole
        && statement.clause == last.clause + 1
        && (clause.paragraph == before.paragraph || continues)
}

/// Whether the quotation `last` ends its paragraph and goes on in the next, where it is
/// told who speaks.
fn leads_into(view: &View, last: &Statement, statement: &Statement) -> bool {
    let (Some(&(_, end)), Some(&(item, _))) = (last.content.last(), statement.content.first())
    else {
        return false;
    };
    let continues = view.items[item].quote.is_some_and(|quote| view.quotations[quote].continues);
    last.evidence == Evidence::Alone
        && last.source.is_none()
        && continues
        && statement.source.is_some()
        && statement.clause == last.clause + 1
        && view.clauses[last.clause].end == end
}

/// Whether a paragraph that begins with a quotation and nothing else is speech of who
/// spoke last, in the paragraph before.
fn speaks_on(view: &View, last: &Statement, statement: &Statement) -> bool {
    let [(item, _)] = statement.content[..] else { return false };
    let (clause, before) = (&view.clauses[statement.clause], &view.clauses[last.clause]);
    statement.evidence == Evidence::Alone
        && last.open
        && last.source.is_some()
        && statements::is_whole(view, clause, item)
        && statement.clause == last.clause + 1
        && clause.paragraph == before.paragraph + 1
}

fn quote(
    view: &View,
    sentences: &[Sentence],
    names: Option<&mut Names>,
    statement: &Statement,
) -> Option<Quote> {
    let speaker = names.zip(statement.source).map(|(names, source)| {
        let speaker = names.resolve(source, statement.clause);
        let mention = statement.mention.map_or(speaker.mention, |m| view.span(m.0, m.1));
        if turns::is_role(mention.of(view.text)) {
            let (mention_kind, name) = (MentionKind::Nominal, String::new());
            return Speaker { mention, mention_kind, name, entity: None };
        }
        Speaker { mention, ..speaker }
    });
    let (content, confidence) = (statement.content.clone(), confidence(statement));
    assemble::build(view, sentences, content, statement.cue, speaker, confidence)
}

/// How often such a statement was right, among those read by hand in news translated
/// into these languages; rounded.
fn confidence(statement: &Statement) -> f32 {
    match (statement.evidence, statement.source.is_some()) {
        (Evidence::Quotation, true) => 0.85,
        (Evidence::Quotation, false) => 0.75,
        (Evidence::Clause, true) => 0.75,
        (Evidence::Clause, false) => 0.65,
        (Evidence::Alone, _) => 0.5,
    }
}
