//! Tests of pairs of conditions joined by `and`, with values at the ends of ranges.

use super::{Budget, Builder, Premises, Scope};
use crate::diagnostic::Source;
use crate::scorecard::read_definitions;

/// The scope in which no entity of blueprint `service` passes all conditions, each written `property operator value`.
/// `None` if some entity may pass them.
fn excluded(conditions: &[&str]) -> Option<Scope> {
    let conditions: Vec<String> = conditions
        .iter()
        .map(|condition| {
            let mut parts = condition.splitn(3, ' ');
            let (name, operator) = (parts.next().unwrap(), parts.next().unwrap());
            let value = parts.next().unwrap_or("null");
            let (key, name) = name.strip_prefix('@').map_or(("property", name), |name| ("relation", name));
            format!(r#"{{"{key}": "{name}", "operator": "{operator}", "value": {value}}}"#)
        })
        .collect();
    let query = format!(r#"{{"combinator": "and", "conditions": [{}]}}"#, conditions.join(","));
    let text = format!(r#"{{"identifier": "x", "filter": {query}, "rules": []}}"#);
    let definitions = read_definitions(vec![Source::new("x", text)], "service").unwrap();
    let mut builder = Builder::default();
    let proposition = builder.query(definitions[0].filter.as_ref().unwrap());
    builder.space("service", Budget::new(1_000_000)).excludes(&Premises::default(), &[&proposition])
}

#[test]
fn no_value_passes_contradictory_conditions() {
    for conditions in [
        ["n > 5", "n isEmpty"].as_slice(),
        &["s = \"a\"", "s notIn [\"a\", \"b\"]"],
        &["s beginsWith \"ab\"", "s doesNotBeginsWith \"a\""],
        &["n in []"],
        &["l = []", "l isNotEmpty"],
        &["l contains [\"a\", \"b\"]", "l doesNotContains \"a\""],
        &["l = [\"a\"]", "l containsAny [\"b\"]"],
        &["$identifier isEmpty"],
        &["$blueprint != \"service\""],
        &["$title > 5"],
        &["$title = \"a\"", "$title = \"b\""],
        &["d between {\"preset\": \"yesterday\"}", "d notBetween {\"preset\": \"lastWeek\"}"],
    ] {
        assert_eq!(excluded(conditions), Some(Scope::Every), "{conditions:?}");
    }
}

#[test]
fn only_arrays_pass_conditions_that_exclude_each_other_for_single_values() {
    for conditions in [
        ["n >= 5", "n <= 3"],
        ["n > 5", "n < 5"],
        ["n > 5", "n = 5"],
        ["s = \"a\"", "s = \"b\""],
        ["s beginsWith \"a\"", "s beginsWith \"b\""],
        ["d > \"2026-01-01T00:00:00Z\"", "d < \"2026-01-01T01:00:00+01:00\""],
        ["d between {\"from\": \"2026-01-01\", \"to\": \"2026-01-02\"}", "d >= \"2026-01-03T00:00:00Z\""],
    ] {
        assert_eq!(excluded(&conditions), Some(Scope::WithoutArrays), "{conditions:?}");
    }
}

#[test]
fn some_value_passes_conditions_that_touch_or_overlap() {
    for conditions in [
        // ranges with one value in common
        ["n >= 5", "n <= 5"],
        ["n >= 5", "n = 5"],
        ["d >= \"2026-01-01T00:00:00Z\"", "d <= \"2026-01-01T01:00:00+01:00\""],
        ["d between {\"from\": \"2026-01-01\", \"to\": \"2026-01-02\"}", "d <= \"2026-01-01T00:00:00Z\""],
        ["d between {\"from\": \"2026-01-01\", \"to\": \"2026-01-02\"}", "d > \"2026-01-02T23:59:59Z\""],
        ["d between {\"preset\": \"lastDay\"}", "d between {\"preset\": \"nextDay\"}"],
        ["d between {\"preset\": \"today\"}", "d between {\"preset\": \"lastDay\"}"],
        // the time of evaluation is not known, so a preset never contradicts a fixed date
        ["d between {\"preset\": \"today\"}", "d < \"1990-01-01T00:00:00Z\""],
        ["d = \"2026-01-01T00:00:00Z\"", "d between {\"preset\": \"tomorrow\"}"],
        // negative operators hold for missing values
        ["n != 1", "n isEmpty"],
        ["n notIn [1]", "n != 2"],
        // operators for arrays; relations, which can be arrays
        ["l containsAny [\"a\"]", "l containsAny [\"b\"]"],
        ["l = [\"a\", \"b\"]", "l containsAny [\"b\"]"],
        ["@r = \"a\"", "@r = \"b\""],
        // numbers are also tested as text
        ["n contains \"1\"", "n > 5"],
        ["s contains \"b\"", "s doesNotBeginsWith \"b\""],
        ["s beginsWith \"2026\"", "s between {\"from\": \"2026-01-01\", \"to\": \"2026-01-02\"}"],
        // different properties
        ["n > 5", "m < 3"],
    ] {
        assert_eq!(excluded(&conditions), None, "{conditions:?}");
    }
}
