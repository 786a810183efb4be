#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    dora_score_fuzz::check_entities_alone(bytes);
});
