//! Speech that goes on: “A,” X said. “B.”
//!
//! Brings quotations without a cue of their own to the statement that they go
//! on, and makes the rest statements without a speaker. One pass over the
//! sentences.

use super::{
    items::{Clause, View},
    lexicon::class::*,
    sources::Range,
    statements::{Evidence, Expects, Statement},
};

/// Joins what belongs together; drops statements that found no content.
pub(super) fn join(view: &View, statements: &mut Vec<Statement>) {
    let mut claimed = vec![false; view.quotations.len()];
    for statement in statements.iter() {
        for &(start, end) in &statement.content {
            for quote in (start..end).filter_map(|i| view.items[i].quote) {
                claimed[quote] = true;
            }
        }
    }
    let mut joiner =
        Joiner { view, statements, floor: None, waiting: Vec::new(), lone: Vec::new() };
    let mut next = 0;
    for index in 0..view.clauses.len() {
        let first = next;
        while next < joiner.statements.len() && joiner.statements[next].clause == index {
            next += 1;
        }
        joiner.step(index, first..next, &claimed);
    }
    joiner.flush();
    let lone = std::mem::take(&mut joiner.lone);
    statements.retain(|s| !s.content.is_empty());
    statements.extend(lone);
}

struct Joiner<'v, 't> {
    view: &'v View<'t>,
    statements: &'v mut Vec<Statement>,
    /// The statement whose speaker has the floor.
    floor: Option<usize>,
    /// Quotations before their cue: “One.” / “Two,” he said.
    waiting: Vec<(usize, Range)>,
    lone: Vec<Statement>,
}

impl Joiner<'_, '_> {
    /// Looks at sentence `index` and its statements `own`.
    fn step(&mut self, index: usize, own: std::ops::Range<usize>, claimed: &[bool]) {
        let clause = &self.view.clauses[index];
        let new_paragraph = index > 0 && self.view.clauses[index - 1].paragraph != clause.paragraph;
        let run = self.leading_quotes(clause);
        let free = run.1 > run.0
            && self.view.items[run.0].quote.is_some_and(|quote| !claimed[quote])
            && run.1 == clause.end;
        let continues = run.1 > run.0
            && self.view.items[run.0].quote.is_some_and(|q| self.view.quotations[q].continues);
        if free {
            self.place(index, run, new_paragraph, continues);
            return;
        }
        if let Some(statement) =
            own.clone().find(|&s| self.statements[s].expects == Expects::Before)
            && self.statements[statement].content.is_empty()
        {
            // “Who cares?” / Trump asked.
            match self.waiting.pop() {
                Some((at, range)) if at + 1 == index && !new_paragraph => {
                    self.statements[statement].content.push(range);
                    self.floor = Some(statement);
                }
                Some(other) => self.waiting.push(other),
                None => {}
            }
        }
        if continues
            && let Some(&(at, range)) = self.waiting.last()
            && at + 1 == index
            && let Some(statement) = own
                .clone()
                .find(|&s| self.statements[s].content.first().is_some_and(|c| c.0 == run.0))
        {
            self.waiting.pop();
            self.statements[statement].content.insert(0, range);
        }
        self.flush();
        self.floor = own.rev().find(|&s| {
            let statement = &self.statements[s];
            statement.cue.is_some() && statement.evidence != Evidence::Phrase
                || statement.expects == Expects::After
                || statement.evidence == Evidence::Quotation
        });
    }

    /// Gives the quotations `run`, which are a whole sentence, to a speaker.
    fn place(&mut self, index: usize, run: Range, new_paragraph: bool, continues: bool) {
        let alone = self.only_quotes(index);
        let goes_on = self.floor.is_some_and(|floor| {
            let statement = &self.statements[floor];
            statement.expects == Expects::After
                || !new_paragraph
                || continues
                || alone && statement.evidence == Evidence::Quotation
        });
        match self.floor.filter(|_| goes_on) {
            Some(floor) => {
                let statement = &mut self.statements[floor];
                statement.content.push(run);
                statement.evidence = Evidence::Quotation;
                statement.expects = Expects::Nothing;
            }
            None => {
                self.floor = None;
                let follows = self.waiting.last().is_some_and(|&(at, _)| at + 1 == index);
                if !follows {
                    self.flush();
                }
                match self.waiting.last_mut() {
                    Some(last) if follows => *last = (index, (last.1.0, run.1)),
                    _ => self.waiting.push((index, run)),
                }
            }
        }
    }

    /// Quotations that nobody claimed stand alone.
    fn flush(&mut self) {
        for (clause, range) in self.waiting.drain(..) {
            let words: usize = (range.0..range.1)
                .filter_map(|i| self.view.items[i].quote)
                .map(|quote| self.view.words_of_quote(quote))
                .sum();
            if words >= MIN_WORDS {
                self.lone.push(Statement {
                    source: None,
                    cue: None,
                    content: vec![range],
                    evidence: Evidence::Position,
                    clause,
                    expects: Expects::Nothing,
                    probability: None,
                });
            }
        }
    }

    /// The quotations that the sentence starts with.
    fn leading_quotes(&self, clause: &Clause) -> Range {
        let end =
            (clause.start..clause.end).find(|&i| !self.view.is(i, QUOTE)).unwrap_or(clause.end);
        (clause.start, end)
    }

    /// Whether the paragraph of sentence `index` starts with it and so is speech
    /// alone.
    fn only_quotes(&self, index: usize) -> bool {
        let clauses = &self.view.clauses;
        clauses[index..]
            .iter()
            .take(8)
            .take_while(|c| c.paragraph == clauses[index].paragraph)
            .all(|c| self.leading_quotes(c).1 == c.end)
    }
}

/// Fewest words of a quotation that counts as speech without any speaker.
const MIN_WORDS: usize = 5;
