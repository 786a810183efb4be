//! Section 15 of the specification: badges.

use crate::program::{Run, directory, run, run_with};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const SERVICES: &str = "examples/entities/services.json";
const AS_OF: &str = "2026-08-22";

fn text_of(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The files below a directory, relative to it.
fn files(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(text_of(path.strip_prefix(root).expect("it is below")).to_owned());
            }
        }
    }
    found
}

fn scorecard(identifier: &str, title: &str, blueprint: &str) -> Value {
    json!({"identifier": identifier, "title": title, "blueprint": blueprint,
        "levels": [{"title": "Basic", "color": "paleBlue"}, {"title": "Gold", "color": "gold"}],
        "rules": [{"identifier": "r", "level": "Gold", "query": {"combinator": "and",
            "conditions": [{"property": "p", "operator": ">", "value": 1}]}}]})
}

/// Writes the badges of entities to the directory `out` of a new directory.
fn badges(scorecards: &Value, entities: &[u8], more: &[&str]) -> (tempfile::TempDir, PathBuf, Run) {
    let place = directory(&[("cards.json", scorecards.to_string().as_bytes())]);
    let (cards, out) = (place.path().join("cards.json"), place.path().join("out"));
    let fixed = ["badges", "-s", text_of(&cards), "-e", "-", "--out", text_of(&out)];
    let run = run_with(&[&fixed, more].concat(), entities);
    (place, out, run)
}

fn json_at(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a badge")).expect("JSON")
}

fn attribute<'d>(node: Node<'d, '_>, name: &str) -> &'d str {
    node.attribute(name).expect(name)
}

/// Checks what every image must be. Returns its title, the fill of the level and the texts in it.
fn check_svg(text: &str) -> (String, String, Vec<String>) {
    let document = Document::parse(text).expect("it is well-formed");
    let root = document.root_element();
    assert_eq!(
        (root.tag_name().name(), attribute(root, "role"), attribute(root, "height")),
        ("svg", "img", "20")
    );
    let of = |name: &'static str| {
        root.descendants().filter(move |node| node.has_tag_name(("http://www.w3.org/2000/svg", name)))
    };
    let names: BTreeSet<&str> =
        root.descendants().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
    assert_eq!(names, BTreeSet::from(["svg", "title", "rect", "g", "text"]), "{text}");
    for attribute in root.descendants().flat_map(|node| node.attributes()) {
        assert!(
            !attribute.name().starts_with("on")
                && !["href", "style", "id", "class"].contains(&attribute.name())
        );
        assert!(attribute.name() == "aria-label" || !attribute.value().contains("url("), "{text}");
    }
    let title = of("title").next().and_then(|title| title.text()).expect("a title").to_owned();
    assert_eq!(attribute(root, "aria-label"), title);
    let parts: Vec<Node<'_, '_>> = of("rect").collect();
    let fills = [parts[0], parts[1]].map(|part| attribute(part, "fill"));
    let texts: Vec<Node<'_, '_>> = of("text").collect();
    for (text, fill) in texts.iter().zip(fills) {
        assert!(contrast(attribute(*text, "fill"), fill) >= 4.5, "{fill}");
        let length: u32 = attribute(*text, "textLength").parse().expect("a number");
        assert!(length <= 10 * attribute(root, "width").parse::<u32>().expect("a number"));
    }
    let shown = texts.iter().map(|text| text.text().unwrap_or_default().to_owned()).collect();
    (title, fills[1].to_owned(), shown)
}

/// The contrast of WCAG 2.1.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |color: &str| -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).expect("hexadecimal")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        assert!(color.len() == 7 && color.starts_with('#'), "{color}");
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_applicable_result_has_an_image_and_a_document() {
    let place = directory(&[]);
    let out = place.path().join("new/badges");
    let arguments =
        ["-e", SERVICES, "-s", "examples/filtered", "-s", "examples/scorecards", "--as-of", AS_OF];
    let run_of = |command: &[&str], more: &[&str]| run(&[command, &arguments, more].concat());
    let written = run_of(&["badges"], &["--out", text_of(&out)]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{}", written.stderr);
    let evaluated = run_of(&["evaluate"], &["-f", "json", "-q"]);
    let results: Value = serde_json::from_str(&evaluated.stdout).expect("JSON");
    let (mut expected, mut absent) = (BTreeSet::new(), 0);
    for entity in results["entities"].as_array().expect("an array") {
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        for (identifier, result) in entity["scorecards"].as_object().expect("an object") {
            let stem = format!("{}/{}/{identifier}", text(&entity["blueprint"]), text(&entity["identifier"]));
            if result["level"].is_null() {
                absent += 1;
                continue;
            }
            let has_no_data = result["noData"].as_bool() == Some(true);
            let message = text(&result["level"]) + if has_no_data { " (no data)" } else { "" };
            let badge = json_at(&out.join(format!("{stem}.json")));
            let keys: Vec<&str> = badge.as_object().expect("an object").keys().map(String::as_str).collect();
            let (mut known, mut keys) = (vec!["schemaVersion", "label", "message", "color"], keys);
            known.sort_unstable();
            keys.sort_unstable();
            assert_eq!(keys, known);
            assert_eq!((&badge["schemaVersion"], &badge["message"]), (&json!(1), &json!(message)), "{stem}");
            let svg = std::fs::read_to_string(out.join(format!("{stem}.svg"))).expect("an image");
            let (title, fill, texts) = check_svg(&svg);
            assert_eq!(badge["color"], json!(fill));
            assert_eq!(texts, [text(&badge["label"]), message.clone()]);
            assert_eq!(title, format!("{}: {message}", texts[0]));
            expected.extend([format!("{stem}.svg"), format!("{stem}.json")]);
        }
    }
    assert!(absent > 0, "a filter excludes an entity");
    assert_eq!(files(&out), expected);
    let line = format!("wrote {} badges to {}\n", expected.len() / 2, text_of(&out));
    assert!(written.stderr.ends_with(&line), "{}", written.stderr);
}

#[test]
fn identifiers_become_safe_names() {
    let cards = json!([
        scorecard("a b/é", "A", "service"),
        scorecard("..", "B", "service"),
        scorecard("x", "C", ".")
    ]);
    let names = ["a/b", "..", ".", "é", "%2E", "../../../etc/x", "-", "\\\u{202e}\n", "CON", " "];
    let mut lines: String = names.iter().map(|name| json!({"identifier": name}).to_string() + "\n").collect();
    lines += r#"{"identifier": "t", "blueprint": "."}"#;
    let (place, out, run) = badges(&cards, lines.as_bytes(), &["-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let directories = [
        "a%2Fb",
        "%2E%2E",
        "%2E",
        "%C3%A9",
        "%252E",
        "..%2F..%2F..%2Fetc%2Fx",
        "-",
        "%5C%E2%80%AE%0A",
        "CON",
        "%20",
    ];
    let mut expected = BTreeSet::from(["%2E/t/x.svg".to_owned(), "%2E/t/x.json".to_owned()]);
    for (directory, name) in
        directories.iter().flat_map(|one| ["a%20b%2F%C3%A9", "%2E%2E"].map(|name| (one, name)))
    {
        expected.extend(["svg", "json"].map(|extension| format!("service/{directory}/{name}.{extension}")));
    }
    assert_eq!(files(&out), expected);
    assert_eq!(files(place.path()).len(), expected.len() + 1, "only the scorecards are outside");
}

#[test]
fn a_name_that_is_too_long_stops_before_anything_is_written() {
    let long = |length: usize| "a".repeat(length);
    let line =
        |blueprint: &str, entity: &str| json!({"identifier": entity, "blueprint": blueprint}).to_string();
    for (card, blueprint, entity, owner) in [
        (long(250), long(255), long(255), None),
        (long(251), long(1), long(1), Some("a scorecard")),
        (long(1), long(256), long(1), Some("a blueprint")),
        (long(1), long(1), long(256), Some("an entity")),
        (long(1), long(1), "é".repeat(43), Some("an entity")),
        (long(1), long(1), "é".repeat(42), None),
        (long(1), long(1), "\u{1b}[31m".repeat(100), Some("an entity")),
    ] {
        let entities = line(&blueprint, "ok") + "\n" + &line(&blueprint, &entity);
        let (_place, out, run) =
            badges(&json!([scorecard(&card, "T", &blueprint)]), entities.as_bytes(), &["-q"]);
        let Some(owner) = owner else {
            assert_eq!((run.code, run.stderr.as_str()), (0, ""));
            assert_eq!(files(&out).len(), 4);
            continue;
        };
        let message =
            format!("error[long-name]: the identifier of {owner} is too long for the name of a file: `");
        assert!(run.code == 2 && run.stderr.contains(&message), "{}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}') && !out.exists(), "{}", run.stderr);
    }
}

#[test]
fn an_entity_that_comes_twice_stops_before_anything_is_written() {
    let cards = json!([scorecard("c", "C", "service"), scorecard("c", "C", "_team")]);
    let twice = "{\"identifier\":\"b\"}\n{\"identifier\":\"a\"}\n{\"identifier\":\"a\",\"blueprint\":\"service\",\"p\":2}";
    let (_place, out, run) = badges(&cards, twice.as_bytes(), &[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    let message =
        "error[duplicate-entity]: 1 entity repeats the blueprint and identifier of an earlier one: `a`\n";
    assert!(run.stderr.starts_with(message), "{}", run.stderr);
    assert!(run.stderr.contains("choose one of the two with `--where`") && !out.exists(), "{}", run.stderr);
    // in scope it comes once; another blueprint is another entity
    let (_place, out, run) = badges(&cards, twice.as_bytes(), &["--where", "p = 2"]);
    assert_eq!((run.code, files(&out).len()), (0, 2), "{}", run.stderr);
    let (_place, out, run) =
        badges(&cards, b"{\"identifier\":\"a\"}\n{\"identifier\":\"a\",\"blueprint\":\"_team\"}", &[]);
    assert_eq!((run.code, files(&out).len()), (0, 4), "{}", run.stderr);
}

#[test]
fn hostile_titles_are_inert() {
    for title in [
        "<script>alert(1)</script>",
        "]]><svg onload=\"x\">",
        "& &amp; &#0; ' \" <!-- -->",
        "a\u{0}\u{1}\u{7}\u{1b}[31m\u{7f}\u{85}\r\n\tb",
        "\u{202e}evil\u{2066}\u{fffe}\u{ffff}\u{10ffff}",
        "## ::error::x",
        "時刻表 💳 e\u{301}",
        &"W".repeat(10_000),
    ] {
        let mut card = scorecard("c", title, "service");
        card["levels"][0]["title"] = json!(title);
        let (_place, out, run) = badges(&json!([card]), b"{\"identifier\":\"a\"}", &["-q"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let svg = std::fs::read_to_string(out.join("service/a/c.svg")).expect("an image");
        let (_, fill, texts) = check_svg(&svg);
        assert!(!svg.contains(['\u{202e}', '\u{1b}', '\u{7f}', '\u{fffe}']), "{svg}");
        assert!(texts.iter().all(|text| text.chars().count() <= 120), "{texts:?}");
        let badge = json_at(&out.join("service/a/c.json"));
        let expected = json!({"schemaVersion": 1, "label": title, "message": format!("{title} (no data)"), "color": fill});
        assert_eq!(badge, expected);
        let raw = std::fs::read_to_string(out.join("service/a/c.json")).expect("a document");
        assert!(!raw.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'), "{raw}");
    }
}

#[test]
fn half_a_surrogate_pair_stops_before_anything_is_written() {
    let (_place, out, run) =
        badges(&json!([scorecard("c", "C", "service")]), br#"{"identifier": "a\ud83d"}"#, &[]);
    assert!(run.code == 2 && run.stderr.contains("error[lone-surrogate]"), "{}", run.stderr);
    assert!(!out.exists());
}

#[test]
fn text_is_readable_on_every_color() {
    let colors = [
        "blue",
        "turquoise",
        "orange",
        "purple",
        "pink",
        "yellow",
        "green",
        "red",
        "gold",
        "silver",
        "paleBlue",
        "darkGray",
        "lightGray",
        "bronze",
        "lime",
        "olive",
        "brown",
        "no such color",
    ];
    let card = |color: &&str| {
        let mut card = scorecard(color, "T", "service");
        card["levels"][0]["color"] = json!(color);
        card
    };
    let mut cards: Vec<Value> = colors.iter().map(card).collect();
    let mut plain = scorecard("plain", "T", "service");
    plain["levels"] = json!([{"title": "Basic"}, {"title": "Gold"}]);
    cards.push(plain);
    let (_place, out, run) = badges(&json!(cards), b"{\"identifier\":\"a\"}", &["-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut fills = BTreeSet::new();
    for file in files(&out).iter().filter(|file| file.ends_with(".svg")) {
        let (_, fill, _) = check_svg(&std::fs::read_to_string(out.join(file)).expect("an image"));
        assert_eq!(json_at(&out.join(file.replace(".svg", ".json")))["color"], json!(fill), "{file}");
        fills.insert(fill);
    }
    assert_eq!(fills.len(), 18, "17 colours, and the one of levels without a colour");
}

#[test]
fn options_choose_scorecards_and_entities() {
    let place = directory(&[]);
    let written = |more: &[&str]| {
        let out = place.path().join("out");
        drop(std::fs::remove_dir_all(&out));
        let arguments = ["badges", "-e", SERVICES, "--as-of", AS_OF, "--out", text_of(&out)];
        let run = run(&[&arguments, more].concat());
        (run.code, if out.exists() { files(&out) } else { BTreeSet::new() }, run.stderr)
    };
    let (code, found, _) = written(&["--scorecard", "dora_cfr", "--where", "team = payments"]);
    let names =
        |entity: &str| ["json", "svg"].map(|extension| format!("service/{entity}/dora_cfr.{extension}"));
    let expected = ["freight-invoice", "payments-gateway", "tariff-calculator"].map(names).concat();
    assert_eq!((code, found), (0, expected.into_iter().collect()));
    let (code, found, error) = written(&["--where", "team = nobody"]);
    assert_eq!((code, found.len()), (0, 0));
    assert!(error.contains("warning[empty-scope]") && error.contains("wrote 0 badges to "), "{error}");
    let (code, found, error) = written(&["--scorecard", "no_such_card"]);
    assert_eq!((code, found.len()), (2, 0), "{error}");
    let (code, _, error) = written(&["-q"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert_eq!(run(&["badges", "-e", SERVICES]).code, 2);
    assert_eq!(run(&["badges", "-e", SERVICES, "--out", ""]).code, 2);
    let (_place, _, run) = badges(&json!([scorecard("c", "C", "service")]), b"", &[]);
    assert!(run.code == 0 && run.stderr.contains("[no-entities]"), "{}", run.stderr);
}

#[test]
fn only_badges_that_changed_are_replaced() {
    let cards = json!([scorecard("c", "C", "service")]);
    let place = directory(&[("cards.json", cards.to_string().as_bytes())]);
    let (cards, out) = (place.path().join("cards.json"), place.path().join("out"));
    let write = |entities: &str| {
        let run = run_with(
            &["badges", "-s", text_of(&cards), "-e", "-", "--out", text_of(&out)],
            entities.as_bytes(),
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stderr
    };
    write("{\"identifier\":\"a\",\"p\":2}\n{\"identifier\":\"b\",\"p\":2}");
    let modified = |name: &str| {
        let path = out.join(format!("service/{name}"));
        path.metadata().and_then(|metadata| metadata.modified()).expect("it is there")
    };
    let (first, svg) = (modified("a/c.svg"), out.join("service/b/c.json"));
    std::fs::write(out.join("service/mine.txt"), "kept").expect("it is written");
    let text = write("{\"identifier\":\"a\",\"p\":2}\n{\"identifier\":\"b\",\"p\":0}");
    assert!(text.contains("wrote 1 badge to ") && text.ends_with("; 1 unchanged\n"), "{text}");
    assert_eq!(modified("a/c.svg"), first);
    assert_eq!(json_at(&svg)["message"], json!("Basic"));
    assert_eq!(files(&out).len(), 5, "other files stay, and no temporary file does");
}

#[test]
fn what_is_in_the_way_stops_before_anything_is_written() {
    let cards = json!([scorecard("c", "C", "service")]).to_string();
    let entities = b"{\"identifier\":\"a\"}\n{\"identifier\":\"z\"}";
    let write = |place: &Path| {
        let paths = [place.join("cards.json"), place.join("out")];
        run_with(&["badges", "-s", text_of(&paths[0]), "-e", "-", "--out", text_of(&paths[1])], entities)
    };
    for (name, message) in [
        ("out", "error[file-exists]: `--out` needs a directory, but this is a file"),
        ("out/service", "it is not a directory"),
        ("out/service/z", "it is not a directory"),
        ("out/service/z/c.svg/x", "it is not a regular file"),
        ("out/service/z/c.json/x", "it is not a regular file"),
    ] {
        let place = directory(&[("cards.json", cards.as_bytes()), (name, b"mine")]);
        let run = write(place.path());
        assert!(run.code == 2 && run.stderr.contains(message), "{name}: {}", run.stderr);
        assert_eq!(files(place.path()), BTreeSet::from(["cards.json".to_owned(), name.to_owned()]));
    }
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_directory_is_written() {
    use std::os::unix::fs::symlink;
    let cards = json!([scorecard("c", "C", "service")]).to_string();
    let write = |place: &Path| {
        let paths = [place.join("cards.json"), place.join("out")];
        let arguments = ["badges", "-s", text_of(&paths[0]), "-e", "-", "--out", text_of(&paths[1])];
        run_with(&arguments, b"{\"identifier\":\"a\"}")
    };
    let other = [("cards.json", cards.as_bytes()), ("other/mine", b"mine".as_slice())];
    for (parent, link, target) in [
        ("out", "service", "../other"),
        ("out/service", "a", "../../other"),
        ("out/service/a", "c.svg", "../../../other/mine"),
        ("out/service/a", "c.json", "../../../other/new"),
    ] {
        let place = directory(&other);
        let parent = place.path().join(parent);
        std::fs::create_dir_all(&parent).expect("directories are made");
        symlink(target, parent.join(link)).expect("links are made");
        let run = write(place.path());
        assert!(run.code == 2 && run.stderr.contains("it is a link"), "{link}: {}", run.stderr);
        assert_eq!(files(&place.path().join("other")), BTreeSet::from(["mine".to_owned()]));
        assert_eq!(std::fs::read(place.path().join("other/mine")).expect("it is there"), b"mine");
    }
    // the other name of a file keeps its content
    let place = directory(&other);
    let svg = place.path().join("out/service/a/c.svg");
    std::fs::create_dir_all(svg.parent().expect("a parent")).expect("directories are made");
    std::fs::hard_link(place.path().join("other/mine"), &svg).expect("links are made");
    assert_eq!(write(place.path()).code, 0);
    assert_eq!(std::fs::read(place.path().join("other/mine")).expect("it is there"), b"mine");
    check_svg(&std::fs::read_to_string(svg).expect("an image"));
    // the directory itself may be a link
    let place = directory(&other);
    symlink("other", place.path().join("out")).expect("links are made");
    assert_eq!(write(place.path()).code, 0);
    assert_eq!(files(&place.path().join("other")).len(), 3);
}

#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_written_to_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let place = directory(&[]);
    std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o555)).expect("the mode is set");
    let is_root = std::fs::write(place.path().join("probe"), "").is_ok();
    // nobody can write to /proc, not even root
    let out = if is_root { PathBuf::from("/proc/badges") } else { place.path().join("out") };
    let run = run(&["badges", "-e", SERVICES, "--out", text_of(&out)]);
    std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o755)).expect("the mode is set");
    let message = format!("error[failed]: cannot write `{}/service/booking-api`: ", text_of(&out));
    assert_eq!(run.code, 2);
    assert!(run.stderr.replace("\n               ", "").contains(&message), "{}", run.stderr);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every text makes a well-formed image, and different identifiers have different files.
    #[test]
    fn every_title_and_identifier_is_possible(titles in prop::collection::vec("\\PC{1,8}|[\\x00-\\x7f]{1,8}|[\u{2028}\u{202e}\u{fffe}<&]{1,3}", 1..4)) {
        let titles: BTreeSet<String> = titles.into_iter().collect();
        let cards: Vec<Value> = titles.iter().map(|title| scorecard(title, title, "service")).collect();
        let lines: String = titles.iter().map(|title| json!({"identifier": title, "p": 2}).to_string() + "\n").collect();
        let (_place, out, run) = badges(&json!(cards), lines.as_bytes(), &["-q"]);
        prop_assert_eq!(run.code, 0, "{}", run.stderr);
        let found = files(&out);
        prop_assert_eq!(found.len(), titles.len() * titles.len() * 2);
        for file in found.iter().filter(|file| file.ends_with(".svg")) {
            check_svg(&std::fs::read_to_string(out.join(file)).expect("an image"));
        }
    }
}
