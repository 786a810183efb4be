//! The ways in which people and tools write times and words.

use super::fields::{DAY, SECOND};
use chrono::{DateTime, FixedOffset};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// One of the ways to write an instant.
pub(crate) fn spelled(instant: i128, style: u8) -> String {
    let (second, nanosecond) = (instant.div_euclid(SECOND), instant.rem_euclid(SECOND));
    let utc = DateTime::from_timestamp(second as i64, nanosecond as u32).expect("the year has four digits");
    let minutes = [0, 0, 120, -330, 0, 0, 60, -60][usize::from(style % 8)];
    let local = utc.with_timezone(&FixedOffset::east_opt(minutes * 60).expect("less than a day"));
    let fraction = match (nanosecond, style / 8 % 3) {
        (0, 0 | 1) => String::new(),
        (0, _) => ".000".to_owned(),
        (_, 0) => format!(".{nanosecond:09}").trim_end_matches('0').to_owned(),
        (_, 1) => format!(".{nanosecond:09}"),
        // the tenth digit is cut
        (_, _) => format!(".{nanosecond:09}9"),
    };
    let clock = format!("{}{fraction}", local.format("%Y-%m-%dT%H:%M:%S"));
    match style % 8 {
        1 if instant % DAY == 0 => utc.format("%Y-%m-%d").to_string(),
        4 => format!("{clock}z").replace('T', "t"),
        5 => format!("{clock}+0000"),
        6 => format!("{clock}+0100"),
        2 | 3 | 7 => format!("{clock}{}", local.format("%:z")),
        _ => format!("{clock}Z"),
    }
}

/// A word with letters, separators and case as people write it.
pub(crate) fn spelling(words: Vec<&'static str>) -> BoxedStrategy<Value> {
    let separator = select(vec!["_", "-", " ", "__"]);
    (select(words), 0_u8..4, weighted(0.3, (separator, any::<u8>())))
        .prop_map(|(word, case, separator)| {
            let mut word = word.to_owned();
            if let Some((separator, at)) = separator {
                word.insert_str(usize::from(at) % (word.len() + 1), separator);
            }
            match case {
                0 | 1 => json!(word),
                2 => json!(word.to_uppercase()),
                _ => json!(word[..1].to_uppercase() + &word[1..]),
            }
        })
        .boxed()
}
