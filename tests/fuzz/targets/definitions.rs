#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = dora_score_fuzz::check_definitions(bytes);
});
