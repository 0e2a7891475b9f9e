//! What the rules find beside the network: headlines, quotations and clauses with a cue
//! that has no tags.

use super::{
    items::View,
    sources::Range,
    statements::{self, Evidence, Statement},
};

/// Adds the statements that the rules are sure of and that share no item with a
/// statement there is.
pub(super) fn by_rules(view: &View, statements: &mut Vec<Statement>) {
    let mut taken = vec![false; view.items.len()];
    for statement in statements.iter() {
        for item in parts(statement).flat_map(|(start, end)| start..end) {
            taken[item] = true;
        }
    }
    for index in 0..view.clauses.len() {
        let found = statements::find(view, index).into_iter().filter(|statement| {
            matches!(
                statement.evidence,
                Evidence::Quotation | Evidence::Clause | Evidence::Headline
            )
        });
        let free: Vec<_> = found
            .filter(|s| parts(s).all(|(start, end)| !taken[start..end].contains(&true)))
            .collect();
        statements.extend(free);
    }
    statements.sort_by_key(|statement| statement.clause);
}

/// Cue and contents. A source may have several.
fn parts(statement: &Statement) -> impl Iterator<Item = Range> {
    statement.cue.into_iter().chain(statement.content.iter().copied())
}
