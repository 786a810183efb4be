//! Nothing from outside, nothing that runs but the one script, and every text as a text.

use super::{AS_OF, Case, EXAMPLES, Element, page_of, pie, rows, table};
use crate::program::run;
use base64::Engine;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Attributes that make a browser load, open or run something.
const LOADING: [&str; 16] = [
    "src",
    "srcset",
    "href",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "manifest",
    "srcdoc",
    "style",
    "cite",
    "longdesc",
    "usemap",
];

/// Names of namespaces, which are no addresses.
const NAMESPACES: [&str; 2] = ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"];

fn hash_of(text: &str) -> String {
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}

/// Checks what holds for every page. Addresses that markdown widgets may lead to begin with `outside`.
fn check_inert(page: &Element, outside: Option<&str>) {
    let all = page.all();
    for element in &all {
        if element.name == "link" {
            // without content, so that browsers do not ask for one
            assert_eq!((element.value("rel"), element.value("href")), ("icon", "data:,"));
            continue;
        }
        assert!(
            !["img", "iframe", "object", "embed", "base", "form", "video", "audio", "foreignobject", "frame"]
                .contains(&element.name.as_str()),
            "{}",
            element.name
        );
        for (name, value) in element.attributes() {
            assert!(!name.starts_with("on"), "{name}={value}");
            let is_namespace = name.starts_with("xmlns") && NAMESPACES.contains(&value);
            if name.starts_with("data-")
                || name.starts_with("aria-")
                || ["value", "title", "content"].contains(&name)
            {
                continue;
            }
            assert!(is_namespace || !value.contains("url("), "{name}={value}");
            if LOADING.contains(&name) {
                let is_outside = outside.is_some_and(|start| element.name == "a" && value.starts_with(start));
                assert!(name == "href" && (value.starts_with('#') || is_outside), "{name}={value}");
            }
        }
    }
    let styles = page.named("style");
    assert_eq!(styles.len(), 1, "one style sheet");
    let style = styles[0].raw_text();
    for word in ["http", "//", "@import", "src(", "image("] {
        assert!(!style.contains(word), "`{word}` in the style sheet");
    }
    // a pattern of the page itself
    assert!(
        style.split("url(").skip(1).all(|address| address.starts_with('#')),
        "an address in the style sheet"
    );
    let (scripts, data): (Vec<_>, Vec<_>) = page
        .named("script")
        .into_iter()
        .partition(|script| script.get("type").is_none_or(|kind| kind == "module"));
    assert_eq!(scripts.len(), 1, "one script");
    assert!(data.iter().all(|data| data.value("type") == "application/json"));
    let script = scripts[0].raw_text();
    for word in [
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "eval(",
        "new Function",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "WebSocket",
        "sendBeacon",
        "localStorage",
    ] {
        assert!(!script.contains(word), "`{word}` in the script");
    }
    for address in script.split("http").skip(1) {
        let name = format!("http{address}");
        assert!(NAMESPACES.iter().any(|known| name.starts_with(known)), "an address in the script");
    }
    check_policy(page, &script, &style);
}

fn check_policy(page: &Element, script: &str, style: &str) {
    let metas = page.named("meta");
    let policies: Vec<_> = metas
        .iter()
        .filter(|meta| {
            meta.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"))
        })
        .collect();
    assert_eq!(policies.len(), 1, "one policy");
    assert_eq!(metas.iter().filter(|meta| meta.has("http-equiv")).count(), 1);
    let policy = policies[0].value("content");
    let directive = |name: &str| {
        let parts = policy.split(';').map(|part| part.split_whitespace().collect::<Vec<_>>());
        parts.into_iter().find(|words| words.first() == Some(&name)).map(|words| words[1..].join(" "))
    };
    assert_eq!(directive("default-src").as_deref(), Some("'none'"), "{policy}");
    assert_eq!(directive("script-src"), Some(hash_of(script)), "{policy}");
    assert_eq!(directive("style-src"), Some(hash_of(style)), "{policy}");
    for name in ["base-uri", "form-action"] {
        assert_eq!(
            directive(name).as_deref(),
            Some("'none'"),
            "default-src does not stand in for {name}: {policy}"
        );
    }
    for word in ["unsafe", "http", "*", "blob:"] {
        assert!(!policy.contains(word), "{policy}");
    }
    // a policy holds only for what follows it
    let places: Vec<usize> =
        ["http-equiv", "<style", "<script"].iter().map(|word| all_text_position(page, word)).collect();
    assert!(places[0] < places[1] && places[0] < places[2]);
}

/// The place of the first element that has an attribute of this name or is of this kind.
fn all_text_position(page: &Element, word: &str) -> usize {
    let name = word.trim_start_matches('<');
    page.all().iter().position(|element| element.name == name || element.has(name)).expect("it is there")
}

#[test]
fn the_pages_of_the_examples_hold_nothing_from_outside() {
    for more in [&[][..], &["-s", "examples/filtered"], &["-m", "Bronze", "--exit-zero"]] {
        let always = ["evaluate", "-q", "--as-of", AS_OF, "-f", "html"];
        let printed = run(&[&always, &EXAMPLES[..], more].concat());
        check_inert(&Element::parse(&printed.stdout), None);
    }
}

const SCRIPT: &str = "<script>alert(1)</script>";
const EVIL: [&str; 25] = [
    SCRIPT,
    "</script><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "\"' onmouseover=\"alert(1)\" x='",
    "</title></style>",
    "]]>",
    "<!--",
    "-->",
    "<!-- <script> --!>",
    "&",
    "&amp;",
    "&lt;",
    "a\rb",
    "a\r\nb",
    "\u{202e}gnp.exe",
    "\u{2066}x\u{2069}",
    "\u{1}\u{7}\u{1b}[31m\u{9b}1m",
    "\u{2028}",
    "__proto__",
    "\u{fffe}",
    "\u{feff}bom",
    "http://example.invalid/x",
    " ",
    "😀e\u{301}",
    "url(//example.invalid)",
];

/// What a browser makes of a text in HTML: it reads NUL as U+FFFD, and the rest as it is.
fn in_html(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn hostile_case(texts: &[String]) -> Case {
    let entities: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let team = texts[(index * 7 + 1) % texts.len()].clone();
            json!({"identifier": text, "title": text, "team": [team], "properties": {"score": index, "text": text, text: text}})
        })
        .collect();
    let at = |index: usize| texts[index % texts.len()].clone();
    let titles = [format!("{} base", at(0)), format!("{} first", at(1)), format!("{} top", at(2))];
    let levels: Vec<Value> =
        titles.iter().zip(3..).map(|(title, index)| json!({"title": title, "color": at(index)})).collect();
    let rule = |index: usize, level: &str, condition: Value| {
        json!({"identifier": format!("{}{index}", at(index)), "title": at(index + 1), "level": level,
            "query": {"combinator": "and", "conditions": [condition]}})
    };
    let card = json!({"identifier": at(4), "title": at(5), "blueprint": "service", "levels": levels, "rules": [
        rule(6, &titles[1], json!({"property": "text", "operator": "!=", "value": at(7)})),
        rule(8, &titles[2], json!({"property": format!("p{}", at(9)), "operator": "contains", "value": at(10)})),
        rule(11, &titles[2], json!({"property": "score", "operator": ">", "value": 3})),
    ]});
    let column = format!("scorecard#{}", at(4));
    let page = page_of(&[
        pie(&at(1), "text"),
        pie("levels", &column),
        table(
            &["$title", "$identifier", "$team", "text", &column],
            &json!({"groupSettings": {"groupBy": ["team"]}}),
        ),
        json!({"id": "text", "type": "markdown", "title": at(2), "markdown": texts.join("\n\n")}),
        json!({"id": "unknown", "type": at(3), "title": at(4)}),
    ]);
    Case::new(&json!(entities)).scorecards(&json!([card])).page(&page)
}

fn check_hostile(texts: &[String]) {
    let case = hostile_case(texts);
    for more in [&[][..], &["--page", &case.file("page.json")]] {
        let printed = case.run(&[&["-q", "-f", "html=/dev/stdout"], more].concat());
        assert_eq!(printed.code, 0, "{}", printed.stderr);
        let page = Element::parse(&printed.stdout);
        check_inert(&page, Some("http"));
        let mut found: Vec<String> =
            page.with("data-total").into_iter().flat_map(rows).map(|(identifier, _)| identifier).collect();
        let mut expected: Vec<String> = texts.iter().map(|text| in_html(text)).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "identifiers stand in the attributes as they are");
        let bare: Vec<char> = page.text().chars().filter(|letter| letter.is_control()).collect();
        assert!(bare.is_empty(), "controls in what people read or copy: {bare:?}");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let mut texts: Vec<String> = EVIL.map(str::to_owned).to_vec();
    texts.push("x".repeat(10_000));
    check_hostile(&texts);
}

#[test]
fn a_nul_in_a_text_is_shown_without_one() {
    check_hostile(&["\0".to_owned(), "a\0b".to_owned(), "b".to_owned(), "c".to_owned(), "d".to_owned()]);
}

#[test]
fn random_texts_stay_texts() {
    let piece = prop_oneof![
        proptest::sample::select(EVIL.to_vec()).prop_map(str::to_owned),
        proptest::string::string_regex("[\\x01-\\x7f]{1,6}").expect("a pattern"),
        any::<char>()
            .prop_filter("NUL has a test of its own", |letter| *letter != '\0')
            .prop_map(String::from),
    ];
    let texts = prop::collection::btree_set(
        prop::collection::vec(piece, 1..4).prop_map(|parts| parts.concat()),
        5..9,
    );
    crate::schema::check(texts, 24, |texts| {
        check_hostile(&texts.into_iter().collect::<Vec<_>>());
        Ok(())
    });
}

#[test]
fn text_that_looks_like_html_is_shown_as_it_is() {
    let page = hostile_case(&EVIL.map(str::to_owned)).html(&[]);
    let said = page.text();
    for text in
        [SCRIPT, "</script><img src=x onerror=alert(1)>", "]]>", "<!--", "&amp;", "javascript:alert(1)"]
    {
        assert!(said.contains(text), "no {text}");
    }
}
