//! The expressions of GitHub Actions that the workflows use.

use std::collections::BTreeMap;

/// The value of a name, which must be known. An output that no step wrote is empty.
fn value(name: &str, values: &BTreeMap<String, String>) -> String {
    if let Some(jobs) = name.strip_prefix("join(needs.*.").and_then(|rest| rest.strip_suffix(", ' ')")) {
        let needed = |name: &str| name.starts_with("needs.") && name.ends_with(&format!(".{jobs}"));
        let results: Vec<&str> =
            values.iter().filter(|(name, _)| needed(name)).map(|(_, value)| value.as_str()).collect();
        return results.join(" ");
    }
    let is_optional = name.contains(".outputs.") || name.starts_with("secrets.");
    match values.get(name) {
        Some(value) => value.clone(),
        None if is_optional => String::new(),
        None => panic!("the expression {name} has no value"),
    }
}

/// A text with the values of its `${{ NAME }}`.
pub(super) fn resolve(text: &str, values: &BTreeMap<String, String>) -> String {
    let (mut resolved, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("${{") {
        let (name, after) = after.split_once("}}").expect("an expression is closed");
        resolved.push_str(before);
        resolved.push_str(&value(name.trim(), values));
        rest = after;
    }
    resolved + rest
}

/// The condition of a step: terms joined by `&&`.
pub(super) struct Condition<'t> {
    terms: Vec<&'t str>,
}

impl<'t> Condition<'t> {
    pub(super) fn new(text: Option<&'t str>) -> Self {
        let Some(text) = text else { return Self { terms: Vec::new() } };
        let inner = text.strip_prefix("${{").and_then(|text| text.strip_suffix("}}"));
        Self { terms: inner.expect("a condition is in ${{ }}").split("&&").map(str::trim).collect() }
    }

    /// Whether the step runs. After a failure, only `!cancelled()` and `always()` let it run.
    pub(super) fn holds(&self, has_failed: bool, values: &BTreeMap<String, String>) -> bool {
        let mut runs_always = false;
        let holds = |term: &&str| {
            if ["!cancelled()", "always()"].contains(term) {
                runs_always = true;
                return true;
            }
            let parts: Vec<&str> = term.split(' ').collect();
            let [name, operator, text] = parts.as_slice() else { panic!("unknown condition {term}") };
            let text = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).expect("a text");
            match *operator {
                "==" => value(name, values) == text,
                "!=" => value(name, values) != text,
                _ => panic!("unknown operator in {term}"),
            }
        };
        self.terms.iter().all(holds) && (runs_always || !has_failed)
    }
}
