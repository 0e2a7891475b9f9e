//! What a noun says of the one whom it describes.
//!
//! Knows words one at a time.

use std::{collections::HashMap, sync::LazyLock};

use crate::analysis::word_list::entries;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// "spokesman": somebody's, who is named after it and does not speak.
    Relation,
    /// "statement".
    Document,
    /// "agency".
    Body,
    /// "minister".
    Title,
}

static ROLES: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let mut roles = HashMap::new();
    for line in entries(include_str!("data/roles.txt")) {
        let (name, words) = line.split_once(':').expect("roles.txt: role: words");
        let role = match name {
            "relation" => Role::Relation,
            "document" => Role::Document,
            "body" => Role::Body,
            "title" => Role::Title,
            _ => panic!("roles.txt: no role {name}"),
        };
        for word in words.split_whitespace() {
            roles.entry(word).or_insert(role);
        }
    }
    roles
});

/// Longest word in the list, in bytes, and more.
const MAX_WORD: usize = 24;

/// The role of a word, in any case.
pub(super) fn role(word: &str) -> Option<Role> {
    (word.len() <= MAX_WORD).then(|| ROLES.get(&*word.to_lowercase()).copied()).flatten()
}

/// Reads the list.
pub(super) fn load() {
    LazyLock::force(&ROLES);
}
