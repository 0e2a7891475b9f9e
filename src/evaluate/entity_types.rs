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

/// The name in reports.
pub const fn name(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "Person",
        EntityType::Organization => "Organization",
        EntityType::Location => "Location",
        EntityType::Norp => "NORP",
        EntityType::Facility => "Facility",
        EntityType::Product => "Product",
        EntityType::Misc => "Misc",
        EntityType::Date => "Date",
        EntityType::Money => "Money",
        EntityType::Percent => "Percent",
        EntityType::Email => "Email",
        EntityType::Url => "URL",
    }
}

#[cfg(test)]
mod tests {
    use super::{EntityType, name, parse};

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
        for given in ["Norp", "Facility", "Money", "URL"] {
            assert_eq!(parse(given).map(name).map(str::to_lowercase), Some(given.to_lowercase()));
        }
    }
}
