//! The detectors, all behind one face: a text in, a BCP-47 tag out.

use std::collections::BTreeSet;

use verbatim::analysis::{Analyzer, Capability, Feature, language::LanguageTag};

/// A detector with the settings that its authors recommend for accuracy.
pub struct Detector {
    pub name: &'static str,
    /// Primary subtags of the languages it knows.
    pub languages: BTreeSet<String>,
    detect: Box<dyn Fn(&str) -> String>,
}

impl Detector {
    pub fn detect(&self, text: &str) -> String {
        (self.detect)(text)
    }
}

/// Every detector, its models loaded.
pub fn all() -> Vec<Detector> {
    vec![verbatim(), whatlang(), whichlang(), lingua()]
}

fn verbatim() -> Detector {
    let analyzer = Analyzer::new();
    let languages = Capability::of(Feature::Language).languages;
    Detector {
        name: "verbatim",
        languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
        detect: Box::new(move |text| analyzer.detect(text, &[], 1).best().primary().to_owned()),
    }
}

fn whatlang() -> Detector {
    Detector {
        name: "whatlang",
        languages: whatlang::Lang::all().iter().map(|lang| shortest(lang.code())).collect(),
        detect: Box::new(|text| {
            let info = whatlang::detect(text);
            info.map_or("und".to_owned(), |info| shortest(info.lang().code()))
        }),
    }
}

fn whichlang() -> Detector {
    let languages = whichlang::LANGUAGES.iter();
    Detector {
        name: "whichlang",
        languages: languages.map(|lang| shortest(lang.three_letter_code())).collect(),
        detect: Box::new(|text| shortest(whichlang::detect_language(text).three_letter_code())),
    }
}

fn lingua() -> Detector {
    let code = |language: lingua::Language| language.iso_code_639_1().to_string();
    let detector = lingua::LanguageDetectorBuilder::from_all_languages()
        .with_preloaded_language_models()
        .build();
    Detector {
        name: "lingua",
        languages: lingua::Language::all().into_iter().map(code).collect(),
        detect: Box::new(move |text| {
            detector.detect_language_of(text).map_or("und".to_owned(), code)
        }),
    }
}

/// The shortest tag of a language by its ISO 639-3 code.
fn shortest(code: &str) -> String {
    let tag = LanguageTag::parse(code);
    tag.map_or_else(|_| code.to_owned(), |tag| tag.primary().to_owned())
}
