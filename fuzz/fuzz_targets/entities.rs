//! Texts for the analysis of entities.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    verbatim_fuzz::analysis(verbatim::analysis::Feature::Entities, bytes);
});
