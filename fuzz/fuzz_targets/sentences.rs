//! Texts for the analysis of sentences.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    verbatim_fuzz::analysis(verbatim::analysis::Feature::Sentences, bytes);
});
