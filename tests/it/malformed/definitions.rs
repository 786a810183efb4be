//! Invalid scorecards, each with one problem: all problems that section 2 of the specification lists.

use super::{Marked, assert_rejected};
use crate::program::{directory, run, run_with};

/// Puts a text into a scorecard that is valid otherwise.
type Frame = fn(&str) -> String;

fn file(text: &str) -> String {
    text.to_owned()
}

/// Members of a scorecard besides its identifier.
fn card(text: &str) -> String {
    format!("{{\n  \"identifier\": \"cárd\", {text}\n}}\n")
}

/// Elements of `rules`.
fn rules(text: &str) -> String {
    card(&format!("\"rules\": [\n    {text}\n  ]"))
}

/// A rule's level.
fn level(text: &str) -> String {
    rules(&format!(r#"{{"identifier": "rüle", "level": {text}, "query": {SOUND}}}"#))
}

/// A rule's query.
fn query(text: &str) -> String {
    rules(&format!(r#"{{"identifier": "rüle", "level": "Gold", "query": {text}}}"#))
}

/// Elements of `conditions`.
fn conditions(text: &str) -> String {
    query(&format!("{{\"combinator\": \"and\", \"conditions\": [\n      {text}\n    ]}}"))
}

/// A condition's operator.
fn operator(text: &str) -> String {
    conditions(&format!(r#"{{"property": "é", "operator": {text}, "value": 1}}"#))
}

/// The value of a `between`.
fn dates(text: &str) -> String {
    conditions(&format!(r#"{{"property": "é", "operator": "between", "value": {text}}}"#))
}

/// The text inside the deepest array that is allowed.
fn deep(text: &str) -> String {
    format!("{{\"x\":\n{}{text}", "[".repeat(127))
}

const SOUND: &str = r#"{"combinator": "and", "conditions": [{"property": "x", "operator": "isNotEmpty"}]}"#;

/// The frame, the text inside it, the code, and a part of the message or the help.
#[rustfmt::skip]
const CASES: &[(Frame, &str, &str, &str)] = &[
    // files without a scorecard
    (file, "⟦", "empty-file", "the file is empty"),
    (file, "\u{feff}⟦", "empty-file", "the file is empty"),
    (file, "⟦42⟧", "not-a-scorecard", "must contain an object or an array, not a number"),
    (file, "\n ⟦\"text\"⟧", "not-a-scorecard", "not a string"),
    (file, "⟦{\"ok\": true}", "not-a-scorecard", "neither `identifier` nor `rules`"),
    (file, "{⟦\"scorecrads\"⟧: []}", "not-a-scorecard", "`scorecrads` is not a known key; did you mean `scorecards`?"),
    (file, "{\"scorecards\": ⟦{}⟧}", "wrong-type", "`scorecards` must be an array, not an object"),
    (file, "{\"scorecard\": ⟦[]⟧}", "wrong-type", "`scorecard` must be an object, not an array"),
    (file, "{\"entities\": [⟦null⟧]}", "wrong-type", "a scorecard must be an object, not null"),
    (file, "[⟦7⟧]", "wrong-type", "a scorecard must be an object, not a number"),
    // malformed JSON
    (file, "[1⟦ 2]", "malformed-json", "expected `,`"),
    (file, "{⟦identifier: 1}", "malformed-json", "expected a key in double quotes"),
    (file, "{⟦,}", "malformed-json", "expected a key in double quotes"),
    (file, "{\"identifier\": \"a\",⟦,}", "malformed-json", "expected a key in double quotes"),
    (file, "// é\n{\"identifier\": \"a\"⟦ /* é */\n \"title\": 1, }", "malformed-json", "expected `,`"),
    (file, "{\"identifier\": \"a\"⟦\n \"title\": 1}", "malformed-json", "expected `,`"),
    (file, "{\"identifier\": \"a\" ⟦]", "malformed-json", "expected `,`"),
    (file, "[1, ⟦/* 2]", "malformed-json", "expected a JSON value"),
    (file, "⟦# a\nidentifier: a\nrules: []\n", "malformed-json", "`yq -o=json . "),
    (file, "-⟦ identifier: a\n", "malformed-json", "`yq -o=json . "),
    (file, "{\"identifier\" ⟦\"a\"}", "malformed-json", "expected `:`"),
    (file, "[{},\n⟦,]", "malformed-json", "expected a JSON value"),
    (file, "{\"identifier\": ⟦'a'}", "malformed-json", "expected a JSON value"),
    (file, "{\"identifier\": ⟦é}", "malformed-json", "expected a JSON value"),
    (file, "{\"identifier\": ⟦nul}", "malformed-json", "expected a JSON value"),
    (file, "{\"identifier\": 0⟦1}", "malformed-json", "invalid number"),
    (file, "{\"identifier\": 1.⟦}", "malformed-json", "invalid number"),
    (file, "{\"identifier\": \"a⟦\\x41\"}", "malformed-json", "invalid escape in a string"),
    (file, "{\"identifier\": \"a\"}\n⟦{}", "malformed-json", "more text follows"),
    (file, "{\"identifier\": \"a\"⟦", "truncated-json", "ends in the middle"),
    (file, "{\"identifier\": \"界⟦", "truncated-json", "ends in the middle"),
    (file, "{\"identifier\": tru⟦", "truncated-json", "ends in the middle"),
    (file, "{\"identifier\": \"⟦\\ud800\"}", "lone-surrogate", "half of a surrogate pair"),
    (file, "{\"identifier\": \"⟦\\udc00\\ud800\"}", "lone-surrogate", "half of a surrogate pair"),
    (file, "{\"identifier\": \"⟦\\ud83dx\"}", "lone-surrogate", "half of a surrogate pair"),
    (file, "{\"⟦\\ud83d\": 1}", "lone-surrogate", "half of a surrogate pair"),
    (file, "{\"x\": ⟦1e400}", "number-out-of-range", "too large for a double"),
    (file, "{\"x\": [1, ⟦-1e999]}", "number-out-of-range", "too large for a double"),
    (deep, "⟦[]", "nested-too-deep", "more than 128 levels deep"),
    (deep, "⟦{}", "nested-too-deep", "more than 128 levels deep"),
    // the scorecard
    (file, "[⟦{\"rules\": []}]", "missing-identifier", "a scorecard has no `identifier`"),
    (file, "{\"identifier\": ⟦\"\", \"rules\": []}", "missing-identifier", "is empty"),
    (file, "{\"identifier\": ⟦null, \"rules\": []}", "missing-identifier", "has no `identifier`"),
    (file, "{\"identifier\": ⟦7, \"rules\": []}", "wrong-type", "must be a string, not a number"),
    (file, "⟦{\"identifier\": \"a\"}", "missing-rules", "scorecard `a` has no `rules`"),
    (file, "⟦{\"identifier\": \"a\", \"rules\": null}", "missing-rules", "it may be empty"),
    (card, "\"rules\": ⟦{}⟧", "wrong-type", "`rules` must be an array, not an object"),
    (card, "\"title\": ⟦7⟧, \"rules\": []", "wrong-type", "`title` must be a string, not a number"),
    (card, "\"description\": ⟦{}⟧, \"rules\": []", "wrong-type", "`description` must be a string"),
    (card, "\"blueprint\": ⟦[\"service\"]⟧, \"rules\": []", "wrong-type", "`blueprint` must be a string"),
    (file, r#"[{"identifier": "a", "rules": []}, {"identifier": ⟦"a"⟧, "rules": []}]"#, "duplicate-scorecard", "the first definition is at"),
    (file, r#"{"identifier": "a", "properties": {"levels": ⟦7⟧, "rules": []}}"#, "wrong-type", "`levels` must be an array"),
    (card, r#""blueprints": ⟦["a", "b"], "rules": []"#, "scorecard-group", "write one scorecard for each blueprint"),
    (card, r#""blueprint": "", "blueprints": ⟦["a"], "rules": []"#, "scorecard-group", "instead of `blueprint`"),
    (file, r#"{"identifier": "a", "blueprint": "b", "properties": {"blueprints": ⟦["a"], "rules": []}}"#, "scorecard-group", "instead of `blueprint`"),
    (card, r#""properties": {"rules": []}, "rules": ⟦{}⟧"#, "wrong-type", "`rules` must be an array"),
    // misspelled keys
    (file, "{⟦\"identifer\"⟧: \"a\", \"rules\": []}", "missing-identifier", "did you mean `identifier`?"),
    (file, "{\"title\": \"A\", ⟦\"identifer\"⟧: \"a\", \"rules\": []}", "missing-identifier", "`identifer` is not a known key"),
    (card, "⟦\"rule\"⟧: []", "missing-rules", "did you mean `rules`?"),
    (card, "\"levels\": [{⟦\"titel\"⟧: \"A\"}], \"rules\": []", "missing-level-title", "did you mean `title`?"),
    (rules, "{\"identifier\": \"r\", \"level\": \"Gold\", ⟦\"Query\"⟧: {}}", "missing-query", "did you mean `query`?"),
    (rules, r#"{"identifier": "r", ⟦"levels"⟧: "Gold", "query": {"combinator": "or", "conditions": [{"property": "x", "operator": "isEmpty"}]}}"#, "missing-level", "did you mean `level`?"),
    (query, r#"{⟦"combinater"⟧: "and", "conditions": [{"property": "x", "operator": "isEmpty"}]}"#, "missing-combinator", "did you mean `combinator`?"),
    (query, r#"{"combinator": "and", ⟦"condtions"⟧: []}"#, "missing-conditions", "did you mean `conditions`?"),
    (conditions, r#"{⟦"propery"⟧: "x", "operator": "isEmpty"}"#, "condition-subject", "did you mean `property`?"),
    (conditions, r#"{⟦"relations"⟧: "x", "operator": "isEmpty"}"#, "condition-subject", "did you mean `relation`?"),
    (conditions, r#"{"property": "x", ⟦"operater"⟧: "isEmpty"}"#, "missing-operator", "did you mean `operator`?"),
    (conditions, r#"{"property": "x", "operator": "<", ⟦"valu"⟧: 3}"#, "missing-value", "did you mean `value`?"),
    (conditions, r#"⟦{"property": "x", "operator": "<", "v\u0007\u001b[31m": 3}"#, "missing-value", "use a number"),
    // levels
    (card, "\"levels\": ⟦{}⟧, \"rules\": []", "wrong-type", "`levels` must be an array, not an object"),
    (card, "\"levels\": [⟦\"A\"⟧], \"rules\": []", "wrong-type", "a level must be an object, not a string"),
    (card, "\"levels\": [⟦{\"color\": \"red\"}], \"rules\": []", "missing-level-title", "a level has no `title`"),
    (card, "\"levels\": [{\"title\": ⟦\"\"}], \"rules\": []", "missing-level-title", "is empty"),
    (card, "\"levels\": [{\"title\": \"A\", \"color\": ⟦3⟧}], \"rules\": []", "wrong-type", "`color` must be a string"),
    (card, r#""levels": [{"title": "A"}, {"title": ⟦"A"⟧}], "rules": []"#, "duplicate-level", "duplicate level `A`"),
    // rules
    (rules, "⟦\"r\"⟧", "wrong-type", "a rule must be an object, not a string"),
    (rules, r#"⟦{"level": "Gold", "query": {"combinator": "or", "conditions": [{"property": "x", "operator": "isEmpty"}]}}"#, "missing-identifier", "a rule has no `identifier`"),
    (rules, r#"⟦{"identifier": "r", "level": "Gold"}"#, "missing-query", "rule `r` has no `query`"),
    (rules, r#"⟦{"identifier": "r", "query": {"combinator": "or", "conditions": [{"property": "x", "operator": "isEmpty"}]}}"#, "missing-level", "rule `r` has no `level`"),
    (level, "⟦\"\"", "missing-level", "is empty"),
    (level, "⟦3", "wrong-type", "must be a string, not a number"),
    (level, "⟦\"Glod\"⟧", "unknown-level", "did you mean `Gold`?"),
    (level, "⟦\"sliver\"⟧", "unknown-level", "did you mean `Silver`?"),
    (level, "⟦\"Platinum\"⟧", "unknown-level", "the levels above the base are `Bronze`, `Silver`, `Gold`"),
    (level, "⟦\"Basic\"⟧", "base-level-rule", "`Basic` is the base level"),
    (level, "⟦\"bASIC\"⟧", "base-level-rule", "`bASIC` is the base level"),
    // queries
    (query, "⟦[]⟧", "wrong-type", "the query of rule `rüle` must be an object, not an array"),
    (query, r#"⟦{"conditions": [{"property": "x", "operator": "isEmpty"}]}"#, "missing-combinator", "add `\"combinator\": \"and\"`"),
    (query, r#"{"combinator": ⟦"AND"⟧, "conditions": [{"property": "x", "operator": "isEmpty"}]}"#, "unknown-combinator", "did you mean `and`?"),
    (query, r#"{"combinator": ⟦"nor"⟧, "conditions": [{"property": "x", "operator": "isEmpty"}]}"#, "unknown-combinator", "did you mean `or`?"),
    (query, r#"{"combinator": ⟦true⟧, "conditions": [{"property": "x", "operator": "isEmpty"}]}"#, "wrong-type", "the combinators are"),
    (query, r#"{"combinator": "or", "conditions": ⟦[]⟧}"#, "empty-conditions", "add a condition, or remove the rule, the filter or the group"),
    (query, r#"{"combinator": "or", "conditions": ⟦{}⟧}"#, "wrong-type", "must be an array, not an object"),
    (query, "⟦{\"combinator\": \"or\"}", "missing-conditions", "has no `conditions`"),
    (query, r#"{"combinator": "or", "conditions": [], "rules": ⟦[]⟧}"#, "conditions-and-rules", "keep `conditions`"),
    (query, r#"{"combinator": "or", "conditions": [{"property": "x", "operator": "isEmpty"}], ⟦"property"⟧: "x"}"#, "query-and-condition", "is also a condition"),
    (card, r#""filter": {"combinator": "and", "conditions": ⟦[]⟧}, "rules": []"#, "empty-conditions", "the filter has no conditions"),
    (conditions, r#"{"combinator": "or", "conditions": ⟦[]⟧}"#, "empty-conditions", "the group has no conditions"),
    (conditions, r#"⟦{"rules": [{"property": "x", "operator": "isEmpty"}]}"#, "missing-combinator", "the group has no `combinator`"),
    // conditions
    (conditions, "⟦7⟧", "wrong-type", "a condition must be an object, not a number"),
    (conditions, r#"{"property": "a", "relation": ⟦"b"⟧, "operator": "isEmpty"}"#, "condition-subject", "both `property` and `relation`"),
    (conditions, r#"⟦{"operator": "isEmpty"}"#, "condition-subject", "neither `property` nor `relation`"),
    (conditions, r#"{"property": ⟦7⟧, "operator": "isEmpty"}"#, "wrong-type", "`property` must be a string"),
    (conditions, r#"{"relation": ⟦[]⟧, "operator": "isEmpty"}"#, "wrong-type", "`relation` must be a string"),
    (conditions, r#"{"property": ⟦"$titel"⟧, "operator": "isEmpty"}"#, "unknown-meta-property", "did you mean `$title`?"),
    (conditions, r#"{"property": ⟦"$relation."⟧, "operator": "isEmpty"}"#, "unknown-meta-property", "the meta-properties are"),
    (conditions, r#"{"property": ⟦"$mirror"⟧, "operator": "isEmpty"}"#, "unknown-meta-property", "the meta-properties are"),
    (conditions, r#"{"property": ⟦"$qqqqqqqq"⟧, "operator": "isEmpty"}"#, "unknown-meta-property", "the meta-properties are `$identifier`"),
    (conditions, r#"⟦{"property": "x", "value": 1}"#, "missing-operator", "the operators are `=`"),
    (operator, "⟦7⟧", "wrong-type", "`operator` must be a string"),
    (operator, "⟦\"=<\"⟧", "unknown-operator", "did you mean `<=`?"),
    (operator, "⟦\"==\"⟧", "unknown-operator", "did you mean `=`?"),
    (operator, "⟦\"doesNotContain\"⟧", "unknown-operator", "did you mean `doesNotContains`?"),
    (operator, "⟦\"startsWith\"⟧", "unknown-operator", "did you mean `beginsWith`?"),
    (operator, "⟦\"ISEMPTY\"⟧", "unknown-operator", "did you mean `isEmpty`?"),
    (operator, "⟦\"\"⟧", "unknown-operator", "the operators are `=`"),
    (conditions, r#"{"property": "x", "operator": "=", "value": 1, "not": ⟦true⟧}"#, "misplaced-not", "only `isEmpty` and `isNotEmpty` support it"),
    (conditions, r#"{"property": "x", "operator": "isEmpty", "not": ⟦"true"⟧}"#, "wrong-type", "`not` must be a boolean, not a string"),
    // values
    (conditions, r#"⟦{"property": "x", "operator": "="}"#, "missing-value", "operator `=` needs a `value`"),
    (conditions, r#"{"property": "x", "operator": "=", "value": ⟦null}"#, "missing-value", "operator `=` needs a `value`"),
    (conditions, r#"{"property": "x", "operator": ">", "value": ⟦"+7"⟧}"#, "wrong-value-type", "write +7, not \"+7\""),
    (conditions, r#"{"property": "x", "operator": ">", "value": ⟦"07"⟧}"#, "wrong-value-type", "write 07, not \"07\""),
    (conditions, r#"{"property": "x", "operator": ">", "value": ⟦"1e999"⟧}"#, "wrong-value-type", "write a number without quotes"),
    (conditions, r#"{"property": "x", "operator": ">", "value": ⟦"[7]"⟧}"#, "wrong-value-type", "write a number without quotes"),
    (conditions, r#"{"property": "x", "operator": ">", "value": ⟦"4/**/"⟧}"#, "wrong-value-type", "write a number without quotes"),
    (conditions, r#"{"property": "x", "operator": "<=", "value": ⟦" 2.5 "⟧}"#, "wrong-value-type", "write 2.5, not \" 2.5 \""),
    (conditions, r#"{"property": "x", "operator": ">=", "value": ⟦"2026-01-31"⟧}"#, "wrong-value-type", "\"2026-01-31T00:00:00Z\""),
    (conditions, r#"{"property": "x", "operator": "<", "value": ⟦"2026-01-31T00:00:60Z"⟧}"#, "wrong-value-type", "write a number without quotes"),
    (conditions, r#"{"property": "x", "operator": "<", "value": ⟦true⟧}"#, "wrong-value-type", "not a boolean"),
    (conditions, r#"{"property": "x", "operator": ">", "value": ⟦[1]⟧}"#, "wrong-value-type", "not an array"),
    (conditions, r#"{"property": "x", "operator": "in", "value": ⟦"a"⟧}"#, "wrong-value-type", "put it in square brackets"),
    (conditions, r#"{"property": "x", "operator": "notIn", "value": ⟦{}⟧}"#, "wrong-value-type", "put it in square brackets"),
    (conditions, r#"{"property": "x", "operator": "containsAny", "value": ⟦5⟧}"#, "wrong-value-type", "needs an array, not a number"),
    (conditions, r#"{"property": "x", "operator": "contains", "value": ⟦{}⟧}"#, "wrong-value-type", "not an object"),
    (conditions, r#"{"property": "x", "operator": "doesNotContains", "value": ⟦true⟧}"#, "wrong-value-type", "not a boolean"),
    (conditions, r#"{"property": "x", "operator": "beginsWith", "value": ⟦[]⟧}"#, "wrong-value-type", "a string or a number"),
    (conditions, r#"{"property": "x", "operator": "doesNotEndsWith", "value": ⟦false⟧}"#, "wrong-value-type", "a string or a number"),
    (conditions, r#"{"property": "x", "operator": "contains", "value": ["a", ⟦true⟧]}"#, "wrong-value-type", "use strings and numbers"),
    (conditions, r#"{"property": "x", "operator": "in", "value": [1, ⟦null⟧]}"#, "wrong-value-type", "cannot contain null"),
    (conditions, r#"{"property": "x", "operator": "=", "value": [⟦[1]⟧]}"#, "wrong-value-type", "cannot contain an array"),
    (conditions, r#"{"property": "x", "operator": "containsAny", "value": [⟦{}⟧]}"#, "wrong-value-type", "cannot contain an object"),
    // date objects
    (dates, "⟦\"2026-01-31\"⟧", "wrong-value-type", "needs a date object"),
    (dates, r#"{"from": ⟦"2026-02-01"⟧, "to": "2026-01-31"}"#, "date-range-reversed", "swap the two"),
    (dates, r#"{"from": ⟦"2026-01-31T01:00:00Z"⟧, "to": "2026-01-31T01:30:00+01:00"}"#, "date-range-reversed", "swap the two"),
    (dates, r#"⟦{"from": "2026-02-01"}"#, "date-object", "neither `preset` nor both `from` and `to`"),
    (dates, "⟦{}", "date-object", "neither `preset` nor both `from` and `to`"),
    (dates, r#"{⟦"presett"⟧: "today"}"#, "date-object", "`presett` is not a known key; did you mean `preset`?"),
    (dates, r#"{"from": "2026-02-01", ⟦"To"⟧: "2026-02-02"}"#, "date-object", "`To` is not a known key; did you mean `to`?"),
    (dates, r#"⟦{"preset": "today", "to": "2026-02-01"}"#, "date-object", "has both `preset` and `from` or `to`"),
    (dates, r#"{"preset": ⟦"lastmonth"⟧}"#, "unknown-preset", "did you mean `lastMonth`?"),
    (dates, r#"{"preset": ⟦"lastYear"⟧}"#, "unknown-preset", "did you mean `last12Months`?"),
    (dates, r#"{"preset": ⟦"LastQuarter"⟧}"#, "unknown-preset", "did you mean `last3Months`?"),
    (dates, r#"{"preset": ⟦7⟧}"#, "wrong-type", "the presets are `today`"),
    (dates, r#"{"from": ⟦"soon"⟧, "to": "2026-01-31"}"#, "not-a-date", "`soon` is not a date"),
    (dates, r#"{"from": "2026-01-31", "to": ⟦"2026-02-30"⟧}"#, "not-a-date", "`2026-02-30` is not a date"),
    (dates, r#"{"from": "2026-01-31", "to": ⟦7⟧}"#, "not-a-date", "a number is not a date"),
    (conditions, r#"{"property": "x", "operator": "=", "value": ⟦{"to": "2026-01-31"}}"#, "date-object", "neither `preset` nor both `from` and `to`"),
];

#[test]
fn each_problem_is_reported_at_its_place() {
    assert!(CASES.len() >= 90, "there are {}", CASES.len());
    for (frame, text, code, words) in CASES {
        let marked = Marked::new(&frame(text));
        let files = directory(&[("ä.json", marked.text.as_bytes())]);
        let path = files.path().join("ä.json").display().to_string();
        let run = run_with(&["evaluate", "-s", &path, "-e", "-"], b"{\"identifier\": \"a\"}");
        assert_rejected(&run, code, text);
        assert_eq!(run.stdout, "", "{text}");
        assert_eq!(run.stderr.matches("error[").count(), 1, "{text}: {}", run.stderr);
        let place = format!("--> {}\n", marked.place(&path));
        assert!(run.stderr.contains(&place), "{text}: no `{place}` in {}", run.stderr);
        assert!(run.stderr.contains(words), "{text}: no `{words}` in {}", run.stderr);
        assert_caret(&run.stderr, &marked, text);
    }
}

/// Asserts that the line is shown, with carets below the invalid text.
fn assert_caret(stderr: &str, marked: &Marked, what: &str) {
    let gutter = format!("{} |", marked.line);
    let mut lines = stderr.lines().skip_while(|line| !line.starts_with(&gutter));
    let (Some(shown), Some(carets)) = (lines.next(), lines.next()) else {
        panic!("{what}: no source line in {stderr}");
    };
    let source = marked.text.lines().nth(marked.line - 1).unwrap_or_default().trim_start_matches('\u{feff}');
    if shown.contains('…') {
        let caret = carets.find('^').unwrap_or_else(|| panic!("{what}: no caret in {stderr}"));
        let is_above = |at: &usize| unicode_width::UnicodeWidthStr::width(&shown[..*at]) == caret;
        let above = (0..shown.len()).filter(|at| shown.is_char_boundary(*at)).find(is_above);
        let offending: String = source.chars().skip(marked.column - 1).take(3).collect();
        assert!(above.is_some_and(|at| shown[at..].starts_with(&offending)), "{what}: {stderr}");
        return;
    }
    assert_eq!(shown[gutter.len()..].trim(), source.trim(), "{what}: {stderr}");
    // carets are placed by display width
    let before: String = source.chars().take(marked.column - 1).collect();
    let column = carets.find('^').unwrap_or_else(|| panic!("{what}: no caret in {stderr}"));
    assert_eq!(
        column,
        gutter.len() + 1 + unicode_width::UnicodeWidthStr::width(&*before),
        "{what}: {stderr}"
    );
    if let Some(width) = marked.width {
        assert_eq!(carets.matches('^').count(), width, "{what}: {stderr}");
    }
}

#[test]
fn invalid_utf8_and_control_characters_are_rejected() {
    for (marked, broken, code) in [
        ("{\n \"identifier\": \"ä⟦?\"}", b'\xff', "invalid-utf8"),
        ("⟦?", b'\xc3', "invalid-utf8"),
        ("{\"identifier\": \"ä⟦?\"}", b'\t', "malformed-json"),
        ("{\"identifier\": \"ä⟦?\"}", b'\0', "malformed-json"),
        ("⟦?{\"identifier\": \"ä\"}", b'\x0c', "malformed-json"),
    ] {
        let marked = Marked::new(marked);
        let bytes: Vec<u8> =
            marked.text.bytes().map(|byte| if byte == b'?' { broken } else { byte }).collect();
        let files = directory(&[("a.json", &bytes)]);
        let path = files.path().join("a.json").display().to_string();
        let run = run(&["evaluate", "-s", &path, "-e", "/dev/null"]);
        assert_rejected(&run, code, &marked.text);
        let place = format!("--> {}\n", marked.place(&path));
        assert!(run.stderr.contains(&place), "no `{place}` in {}", run.stderr);
    }
}

#[test]
fn a_definition_that_is_truncated_anywhere_is_rejected() {
    let whole = query(
        r#"{"combinator": "or", "conditions": [{"property": "\u00e9", "operator": "=", "value": -1.5e3}]}"#,
    );
    let whole = whole.trim_end();
    for end in 1..whole.len() {
        let files = directory(&[("a.json", &whole.as_bytes()[..end])]);
        let path = files.path().join("a.json").display().to_string();
        let run = run(&["evaluate", "-s", &path, "-e", "/dev/null"]);
        assert_eq!(run.code, 2, "cut at {end}: {}", run.stderr);
        let code = if whole.is_char_boundary(end) { "truncated-json" } else { "invalid-utf8" };
        assert_rejected(&run, code, &format!("cut at {end}"));
    }
}

#[test]
fn one_run_reports_all_errors_of_all_files() {
    let first = rules(
        r#"{"identifier": "a", "level": "Glod", "query": {"combinator": "nand", "conditions": [{"property": "$x", "operator": "=", "value": 1}]}},
    {"identifier": "a", "level": "Gold", "query": {"combinator": "and", "conditions": [{"property": "x", "operator": "~", "value": 1}, {"property": "x", "operator": ">", "value": "x"}]}}"#,
    );
    let second = r#"[{"rules": []}, {"identifier": "b", "levels": [{"title": "A"}, {"title": "A"}], "rules": []},
 {"identifier": "c", "filter": {}, "rules": [{"identifier": "r"}]}]"#;
    let files = directory(&[
        ("1.json", first.as_bytes()),
        ("2.json", second.as_bytes()),
        ("3.json", b"[1 2]"),
        ("4.json", b"\xff"),
        ("5.json", b"{\"identifier\": \"sound\", \"rules\": []}"),
    ]);
    let path = files.path().display().to_string();
    let run = run(&["evaluate", "-s", &path, "-e", "/dev/null"]);
    assert_eq!(run.code, 2);
    let expected = [
        (
            "1.json",
            vec![
                "unknown-level",
                "unknown-combinator",
                "unknown-meta-property",
                "duplicate-rule",
                "unknown-operator",
                "wrong-value-type",
            ],
        ),
        (
            "2.json",
            vec![
                "missing-identifier",
                "duplicate-level",
                "missing-combinator",
                "missing-conditions",
                "missing-level",
                "missing-query",
            ],
        ),
        ("3.json", vec!["malformed-json"]),
        ("4.json", vec!["invalid-utf8"]),
        ("5.json", vec![]),
    ];
    let blocks: Vec<&str> = run.stderr.split("\n\n").collect();
    for (file, codes) in &expected {
        let mine: Vec<&&str> = blocks.iter().filter(|block| block.contains(&format!("{file}:"))).collect();
        for code in codes {
            let hits = mine.iter().filter(|block| block.starts_with(&format!("error[{code}]"))).count();
            assert_eq!(hits, 1, "{code} of {file}: {}", run.stderr);
        }
        assert_eq!(mine.len(), codes.len(), "{file}: {}", run.stderr);
    }
    assert!(run.stderr.ends_with("14 errors\n"), "{}", run.stderr);
}

/// The message shows the place of the first definition, even in another file.
#[test]
fn a_duplicate_scorecard_in_another_file_is_reported() {
    let sound: &[u8] = b"\n{\"identifier\": \"a\", \"rules\": []}";
    let files = directory(&[("1.json", sound), ("sub/2.json", sound)]);
    let path = files.path().display().to_string();
    let run = run(&["evaluate", "-s", &path, "-e", "/dev/null"]);
    assert_rejected(&run, "duplicate-scorecard", "two files");
    assert!(run.stderr.contains(&format!("the first definition is at {path}/1.json:2:16")), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("--> {path}/sub/2.json:2:16")), "{}", run.stderr);
}

/// A long word is not compared with all known words, and a long line is truncated around the caret.
#[test]
fn a_huge_word_is_reported_quickly_and_briefly() {
    let marked = Marked::new(&operator(&format!("⟦\"{}\"", "界".repeat(1_000_000))));
    let files = directory(&[("a.json", marked.text.as_bytes())]);
    let path = files.path().join("a.json").display().to_string();
    let start = std::time::Instant::now();
    let run = run(&["evaluate", "-s", &path, "-e", "/dev/null"]);
    assert_rejected(&run, "unknown-operator", "a huge word");
    assert!(run.stderr.contains(&marked.place(&path)));
    assert!(run.stderr.len() < 4000, "{} bytes", run.stderr.len());
    assert!(start.elapsed().as_secs() < 20, "it took {:?}", start.elapsed());
}
