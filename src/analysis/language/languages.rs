//! The languages that the detector knows: how they are called, and their scripts.
//!
//! The only place that knows ISO 639-3 and ISO 15924 codes. Knows nothing of texts.

use std::sync::LazyLock;

/// A language of the model.
pub(super) struct Language {
    /// Its shortest BCP-47 tag.
    pub(super) tag: &'static str,
    /// Its ISO 639-3 code, in whatlang's choice where there are several.
    code: &'static str,
    /// The ISO 15924 codes of the scripts it is found in.
    pub(super) scripts: &'static [&'static str],
}

const fn of(tag: &'static str, code: &'static str, scripts: &'static [&'static str]) -> Language {
    Language { tag, code, scripts }
}

/// The languages in the order of the model: sorted by tag.
#[rustfmt::skip]
pub(super) const LANGUAGES: &[Language] = &[
    of("af", "afr", &["Latn"]),
    of("am", "amh", &["Ethi"]),
    of("ar", "ara", &["Arab"]),
    of("az", "aze", &["Latn"]),
    of("ba", "bak", &["Cyrl"]),
    of("be", "bel", &["Cyrl"]),
    of("bem", "bem", &["Latn"]),
    of("bg", "bul", &["Cyrl"]),
    of("bn", "ben", &["Beng"]),
    of("bo", "bod", &["Tibt"]),
    of("br", "bre", &["Latn"]),
    of("bs", "bos", &["Latn"]),
    of("ca", "cat", &["Latn"]),
    of("ceb", "ceb", &["Latn"]),
    of("ckb", "ckb", &["Arab"]),
    of("cs", "ces", &["Latn"]),
    of("cy", "cym", &["Latn"]),
    of("da", "dan", &["Latn"]),
    of("de", "deu", &["Latn"]),
    of("dv", "div", &["Thaa"]),
    of("dz", "dzo", &["Tibt"]),
    of("ee", "ewe", &["Latn"]),
    of("el", "ell", &["Grek"]),
    of("en", "eng", &["Latn"]),
    of("eo", "epo", &["Latn"]),
    of("es", "spa", &["Latn"]),
    of("et", "est", &["Latn"]),
    of("eu", "eus", &["Latn"]),
    of("fa", "pes", &["Arab"]),
    of("fi", "fin", &["Latn"]),
    of("fj", "fij", &["Latn"]),
    of("fo", "fao", &["Latn"]),
    of("fr", "fra", &["Latn"]),
    of("fuc", "fuc", &["Latn"]),
    of("ga", "gle", &["Latn"]),
    of("gd", "gla", &["Latn"]),
    of("gl", "glg", &["Latn"]),
    of("gu", "guj", &["Gujr"]),
    of("ha", "hau", &["Latn"]),
    of("he", "heb", &["Hebr"]),
    of("hi", "hin", &["Deva"]),
    of("hmn", "hmn", &["Latn"]),
    of("hr", "hrv", &["Latn"]),
    of("hsb", "hsb", &["Latn"]),
    of("hu", "hun", &["Latn"]),
    of("hy", "hye", &["Armn"]),
    of("id", "ind", &["Latn"]),
    of("ig", "ibo", &["Latn"]),
    of("is", "isl", &["Latn"]),
    of("it", "ita", &["Latn"]),
    of("ja", "jpn", &["Hani", "Hira", "Kana"]),
    of("jv", "jav", &["Latn"]),
    of("ka", "kat", &["Geor"]),
    of("kab", "kab", &["Latn"]),
    of("kk", "kaz", &["Cyrl"]),
    of("km", "khm", &["Khmr"]),
    of("kn", "kan", &["Knda"]),
    of("ko", "kor", &["Hang"]),
    of("ku", "kur", &["Latn"]),
    of("ky", "kir", &["Cyrl"]),
    of("la", "lat", &["Latn"]),
    of("lb", "ltz", &["Latn"]),
    of("lg", "lug", &["Latn"]),
    of("lo", "lao", &["Laoo"]),
    of("lt", "lit", &["Latn"]),
    of("lv", "lav", &["Latn"]),
    of("mg", "mlg", &["Latn"]),
    of("mi", "mri", &["Latn"]),
    of("mk", "mkd", &["Cyrl"]),
    of("ml", "mal", &["Mlym"]),
    of("mn", "mon", &["Cyrl"]),
    of("mr", "mar", &["Deva"]),
    of("ms", "msa", &["Latn"]),
    of("mt", "mlt", &["Latn"]),
    of("my", "mya", &["Mymr"]),
    of("nb", "nob", &["Latn"]),
    of("nds", "nds", &["Latn"]),
    of("ne", "nep", &["Deva"]),
    of("nl", "nld", &["Latn"]),
    of("nn", "nno", &["Latn"]),
    of("ny", "nya", &["Latn"]),
    of("oc", "oci", &["Latn"]),
    of("om", "orm", &["Latn"]),
    of("pa", "pan", &["Guru"]),
    of("pl", "pol", &["Latn"]),
    of("ps", "pus", &["Arab"]),
    of("pt", "por", &["Latn"]),
    of("ro", "ron", &["Latn"]),
    of("ru", "rus", &["Cyrl"]),
    of("rw", "kin", &["Latn"]),
    of("sd", "snd", &["Arab"]),
    of("shi", "shi", &["Arab"]),
    of("si", "sin", &["Sinh"]),
    of("sk", "slk", &["Latn"]),
    of("sl", "slv", &["Latn"]),
    of("sm", "smo", &["Latn"]),
    of("sn", "sna", &["Latn"]),
    of("so", "som", &["Latn"]),
    of("sq", "sqi", &["Latn"]),
    of("sr", "srp", &["Cyrl", "Latn"]),
    of("ss", "ssw", &["Latn"]),
    of("st", "sot", &["Latn"]),
    of("sv", "swe", &["Latn"]),
    of("sw", "swa", &["Latn"]),
    of("ta", "tam", &["Taml"]),
    of("te", "tel", &["Telu"]),
    of("tg", "tgk", &["Cyrl"]),
    of("th", "tha", &["Thai"]),
    of("ti", "tir", &["Ethi"]),
    of("tk", "tuk", &["Latn"]),
    of("tl", "tgl", &["Latn"]),
    of("tn", "tsn", &["Latn"]),
    of("to", "ton", &["Latn"]),
    of("tr", "tur", &["Latn"]),
    of("ts", "tso", &["Latn"]),
    of("tt", "tat", &["Cyrl"]),
    of("ty", "tah", &["Latn"]),
    of("ug", "uig", &["Arab"]),
    of("uk", "ukr", &["Cyrl"]),
    of("ur", "urd", &["Arab"]),
    of("uz", "uzb", &["Latn", "Cyrl"]),
    of("ve", "ven", &["Latn"]),
    of("vi", "vie", &["Latn"]),
    of("war", "war", &["Latn"]),
    of("wo", "wol", &["Latn"]),
    of("xh", "xho", &["Latn"]),
    of("yi", "yid", &["Hebr"]),
    of("yo", "yor", &["Latn"]),
    of("yue", "yue", &["Hani"]),
    of("zh", "cmn", &["Hani"]),
    of("zu", "zul", &["Latn"]),
];

/// Languages that their script alone tells, without anything learned.
const BY_SCRIPT: &[Language] = &[of("or", "ori", &["Orya"])];

/// Other codes that stand for one of the languages above: ISO 639-3 codes of a
/// macrolanguage or its usual member, and two-letter codes that were withdrawn.
const ALIASES: &[(&str, &str)] = &[
    ("arb", "ar"),
    ("azj", "az"),
    ("ekk", "et"),
    ("fas", "fa"),
    ("in", "id"),
    ("iw", "he"),
    ("ji", "yi"),
    ("jw", "jv"),
    ("lvs", "lv"),
    ("npi", "ne"),
    ("ory", "or"),
    ("uzn", "uz"),
    ("ydd", "yi"),
    ("zho", "zh"),
];

/// The BCP-47 tags of all languages, sorted.
pub(super) fn supported() -> &'static [&'static str] {
    static TAGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut tags: Vec<_> = all().map(|language| language.tag).collect();
        tags.sort_unstable();
        tags
    });
    &TAGS
}

/// The shortest code of the language that `subtag` (lower case) names, where it
/// is not itself the shortest: "en" for "eng", "he" for "iw".
pub(super) fn shortest(subtag: &str) -> Option<&'static str> {
    all()
        .map(|language| (language.code, language.tag))
        .chain(ALIASES.iter().copied())
        .find(|&(code, tag)| code == subtag && code != tag)
        .map(|(_, tag)| tag)
}

/// The language that `script` alone tells, if the model has none in it.
pub(super) fn by_script(script: &str) -> Option<&'static str> {
    BY_SCRIPT
        .iter()
        .find(|language| language.scripts.contains(&script))
        .map(|language| language.tag)
}

fn all() -> impl Iterator<Item = &'static Language> {
    LANGUAGES.iter().chain(BY_SCRIPT)
}

#[cfg(test)]
mod tests {
    use whatlang::Lang;

    use super::{ALIASES, LANGUAGES, all, shortest, supported};

    #[test]
    fn the_table_has_the_languages_of_whatlang_but_akan() {
        let missing = |language: &&Lang| !all().any(|known| known.code == language.code());
        let missing: Vec<_> = Lang::all().iter().filter(missing).collect();
        assert_eq!(missing, [&Lang::Aka]);
    }

    #[test]
    fn tags_are_sorted_and_each_stands_once() {
        assert!(LANGUAGES.is_sorted_by(|a, b| a.tag < b.tag));
        assert!(supported().is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn aliases_lead_to_known_tags_and_are_none_themselves() {
        for (alias, tag) in ALIASES {
            assert!(supported().contains(tag) && !supported().contains(alias), "{alias}");
        }
        assert_eq!(shortest("cmn"), Some("zh"));
        assert_eq!(shortest("en"), None);
        assert_eq!(shortest("ceb"), None);
    }
}
