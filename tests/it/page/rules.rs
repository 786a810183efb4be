//! Each result can be opened to its rules, what was found, what is required and what to do next, as `explain` tells.

use super::{AS_OF, EXAMPLES, Element, list, text};
use crate::program::run;
use serde_json::Value;

/// A number without the marks that group its digits.
fn digits(text: &str) -> String {
    text.replace([',', '\u{2009}', '\u{202f}', '\u{a0}'], "")
}

fn number(value: &Value) -> Option<String> {
    value.is_number().then(|| value.to_string())
}

#[test]
fn an_opened_result_tells_what_explain_tells() {
    let arguments = [&["--as-of", AS_OF, "-q"], &EXAMPLES[..]].concat();
    let explained = run(&[&["explain", "-f", "json", "--limit", "100"], &arguments[..], &[]].concat());
    let explained: Value = serde_json::from_str(&explained.stdout).expect("JSON");
    let page = Element::parse(&run(&[&["evaluate", "-f", "html"], &arguments[..]].concat()).stdout);
    let details = page.named("details");
    let mut compared = 0;
    for entity in list(&explained["entities"]) {
        for (id, card) in entity["scorecards"].as_object().expect("an object") {
            let opened = details
                .iter()
                .find(|one| {
                    one.get("data-entity") == entity["identifier"].as_str()
                        && one.get("data-scorecard") == Some(id)
                })
                .expect("every result can be opened");
            let at = format!("{}, {id}", entity["identifier"]);
            for rule in list(&card["rules"]) {
                let own = opened.with("data-rule");
                let own = own.iter().find(|one| one.get("data-rule") == rule["identifier"].as_str());
                let said =
                    digits(&own.unwrap_or_else(|| panic!("{at}: no rule {}", rule["identifier"])).text());
                assert!(
                    said.contains(text(&rule["title"])),
                    "{at}: no title of {} in {said}",
                    rule["identifier"]
                );
                for condition in list(&rule["query"]["conditions"]) {
                    for value in [&condition["value"], &condition["actual"]] {
                        let is_guard = condition["operator"] == ">" && condition["value"] == 0;
                        if let Some(number) =
                            number(value).filter(|_| !is_guard && condition["passed"] == false)
                        {
                            assert!(
                                said.contains(&number),
                                "{at}, {}: no {number} in {said}",
                                rule["identifier"]
                            );
                            compared += 1;
                        }
                    }
                }
            }
            let said = digits(&opened.text());
            for change in card["next"]["changes"].as_array().into_iter().flatten() {
                if let Some(to) = number(&change["to"]) {
                    assert!(said.contains(&to), "{at}: no {to} in {said}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn a_result_without_data_says_what_is_missing() {
    let printed = run(&[&["evaluate", "-q", "--as-of", AS_OF, "-f", "html"], &EXAMPLES[..]].concat());
    let page = Element::parse(&printed.stdout);
    let mut seen = 0;
    for cell in page.with("data-no-data").iter().filter(|cell| cell.has("data-column")) {
        let said = cell.text().to_lowercase();
        assert!(said.contains("no data") || said.contains('?'), "{said}");
        seen += 1;
    }
    assert!(seen > 5);
}
