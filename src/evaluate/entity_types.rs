//! Names of entity types in annotations, whichever corpus they come from.

use crate::analysis::entities::EntityType;

/// Our type for a name, in any case; `None` for a name that is none of ours, such
/// as OntoNotes' TIME or CARDINAL.
pub fn parse(name: &str) -> Option<EntityType> {
    Some(match name.to_lowercase().as_str() {
        "person" | "per" => EntityType::Person,
        "organization" | "organisation" | "org" => EntityType::Organization,
        // Geopolitical entities are locations here.
        "location" | "loc" | "gpe" => EntityType::Location,
        "norp" => EntityType::Norp,
        "facility" | "fac" => EntityType::Facility,
        "product" | "prod" => EntityType::Product,
        // What OntoNotes has apart, and we do not.
        "misc" | "miscellaneous" | "event" | "work_of_art" | "law" | "language" => EntityType::Misc,
        "date" => EntityType::Date,
        "money" => EntityType::Money,
        "percent" => EntityType::Percent,
        "email" => EntityType::Email,
        "url" => EntityType::Url,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{EntityType, parse};

    #[test]
    fn names_of_any_corpus_and_case() {
        for (given, expect) in [
            ("PER", Some(EntityType::Person)),
            ("person", Some(EntityType::Person)),
            ("ORG", Some(EntityType::Organization)),
            ("GPE", Some(EntityType::Location)),
            ("WORK_OF_ART", Some(EntityType::Misc)),
            ("CARDINAL", None),
            ("", None),
        ] {
            assert_eq!(parse(given), expect, "{given}");
        }
    }

    #[test]
    fn our_own_names_are_read() {
        for kind in EntityType::ALL {
            assert_eq!(parse(kind.name()), Some(kind));
        }
    }
}
