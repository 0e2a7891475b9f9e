//! Requests of DetectLanguage.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    verbatim_fuzz::request::<verbatim::grpc::DetectLanguage>(bytes);
});
