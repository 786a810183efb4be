//! Checks that the docs of the public API show how to use it: every type and function has an example, or a link to the
//! item whose example shows it, and every method is called in an example.
//!
//! The public API is read from the source: the `pub use` lines of `lib.rs` and of its public modules, except those that
//! are hidden. Methods are compared by name only. That is enough to notice one that was added without an example.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Ends the sentence that gives a link in place of an example.
const REASON: &str = ", whose example shows it";

#[test]
fn every_public_item_has_an_example_or_names_one() {
    let api = Api::read();
    assert!(api.items.len() > 80 && api.methods.len() > 120, "the source is not read as expected");
    let without = api.items.iter().filter(|(_, docs)| !has_example(docs) && !api.names_example(docs));
    let without: Vec<&str> = without.map(|(name, _)| name.as_str()).collect();
    assert!(without.is_empty(), "public items without an example or `[link]{REASON}`: {without:?}");
}

#[test]
fn every_public_method_is_called_in_an_example() {
    let api = Api::read();
    let examples = api.examples();
    let is_called = |name: &str| {
        [format!(".{name}("), format!("::{name}")].iter().any(|call| {
            let ends = |at: usize| !examples[at + call.len()..].starts_with(|next: char| is_of_name(next));
            examples.match_indices(call.as_str()).any(|(at, _)| call.ends_with('(') || ends(at))
        })
    };
    let without = api.methods.iter().filter(|(path, docs)| {
        let name = path.rsplit("::").next().expect("a path has a name");
        !is_called(name) && !api.names_example(docs)
    });
    let without: Vec<&str> = without.map(|(path, _)| path.as_str()).collect();
    assert!(without.is_empty(), "public methods that no example calls: {without:?}");
}

#[test]
fn a_reason_is_a_link_to_an_item_with_an_example() {
    let docs = |text: &str| text.to_owned();
    let items = BTreeMap::from([
        (docs("Grader"), docs("Grades. ```\n x.grade() \n```")),
        (docs("Graded"), docs("Comes from [`Grader`], whose example shows it.")),
    ]);
    let api = Api { root: String::new(), items, methods: BTreeMap::new() };
    for (text, is_reason) in [
        ("Comes from [`Grader`], whose example shows it.", true),
        ("Comes from [`Grader`](crate::Grader), whose example\nshows it.", true),
        ("Comes from [`Graded`], whose example shows it.", false),
        ("Comes from [`Other`], whose example shows it.", false),
        ("Comes from a grader, whose example shows it.", false),
        ("Comes from [`Grader`].", false),
    ] {
        assert_eq!(api.names_example(text), is_reason, "{text}");
    }
    assert_eq!(api.examples().trim(), "x.grade()");
}

fn has_example(docs: &str) -> bool {
    docs.contains("```")
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The docs of the public items.
struct Api {
    /// The docs of the crate.
    root: String,
    /// Types and functions by name.
    items: BTreeMap<String, String>,
    /// Methods and constants of these types, as `Type::method`.
    methods: BTreeMap<String, String>,
}

impl Api {
    fn read() -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let root = read(&source.join("lib.rs"));
        let modules = root.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
        let mut exports = exports(&root, None);
        for module in modules {
            exports.extend(self::exports(&read(&source.join(module).join("mod.rs")), Some(module)));
        }
        let mut rooms: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let (mut items, mut methods) = (BTreeMap::new(), BTreeMap::new());
        for (room, name) in exports {
            let files = rooms.entry(room.clone()).or_insert_with(|| texts_of(&source, &room));
            let mut found = files.iter().flat_map(|text| definitions(text, &name));
            let docs = found.next().unwrap_or_else(|| panic!("`{name}` is not defined in `{room}`"));
            assert_eq!(found.next(), None, "`{name}` is defined twice in `{room}`");
            methods.extend(files.iter().flat_map(|text| methods_of(text, &name)));
            assert_eq!(items.insert(name.clone(), docs), None, "`{name}` is exported twice");
        }
        let inner = root.lines().filter_map(|line| line.strip_prefix("//!"));
        let root = inner.map(|line| format!("{line}\n")).collect();
        Self { root, items, methods }
    }

    /// Whether docs link an item whose example shows the documented one, and that item has an example.
    fn names_example(&self, docs: &str) -> bool {
        let docs = docs.split_whitespace().collect::<Vec<_>>().join(" ");
        docs.match_indices(REASON).any(|(at, _)| {
            let before = docs[..at].rsplit_once('[').map_or("", |(_, link)| link);
            let target = before.strip_prefix('`').and_then(|link| link.split_once('`')).map(|(name, _)| name);
            let target = target.map(|name| name.trim_end_matches("()"));
            let of = |list: &BTreeMap<String, String>| {
                target.and_then(|name| list.get(name)).is_some_and(|docs| has_example(docs))
            };
            of(&self.items) || of(&self.methods)
        })
    }

    /// The code of all examples.
    fn examples(&self) -> String {
        let docs = std::iter::once(&self.root).chain(self.items.values()).chain(self.methods.values());
        docs.flat_map(|docs| docs.split("```").skip(1).step_by(2)).collect()
    }
}

/// The exported names, each with the room that defines it.
fn exports(text: &str, module: Option<&str>) -> Vec<(String, String)> {
    let mut exports = Vec::new();
    for (at, _) in text.match_indices("\npub use ") {
        let is_hidden = text[..at].ends_with("#[doc(hidden)]");
        let statement = text[at..].trim_start_matches("\npub use ");
        let (path, _) = statement.split_once(';').expect("a statement ends");
        let path = path.trim_start_matches("crate::");
        let room = match (module, text[at..].starts_with("\npub use crate::")) {
            (Some(module), false) => module,
            _ => path.split("::").next().expect("a path has a first part"),
        };
        let names = path.rsplit("::").next().expect("a path has a last part").trim_matches(['{', '}']);
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty() && !is_hidden);
        exports.extend(names.map(|name| (room.to_owned(), name.to_owned())));
    }
    exports
}

/// The docs of the types and functions with this name.
fn definitions(text: &str, name: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    let is_definition = |line: &str| {
        let kinds = ["pub struct ", "pub enum ", "pub fn "];
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind)?.strip_prefix(name));
        rest.is_some_and(|rest| !rest.starts_with(is_of_name))
    };
    let at = (0..lines.len()).filter(|&at| is_definition(lines[at]));
    at.map(|at| docs_above(&lines[..at]).0).collect()
}

/// The docs of the public methods and constants of a type, without those that are hidden.
fn methods_of(text: &str, name: &str) -> Vec<(String, String)> {
    let mut methods = Vec::new();
    let indents = text.lines().map(|line| line.len() - line.trim_start().len());
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    let (mut is_of_type, mut outer) = (false, 0);
    for (at, (line, indent)) in lines.iter().zip(indents).enumerate() {
        if let Some(header) = line.strip_prefix("impl").filter(|rest| rest.starts_with([' ', '<'])) {
            // after the parameters, as in `impl<'g> Outcome<'g> {`
            let named =
                header.strip_prefix('<').map_or(header, |rest| rest.split_once("> ").map_or("", |it| it.1));
            let named = named.trim_start().strip_prefix(name);
            is_of_type = named.is_some_and(|rest| !rest.starts_with(is_of_name)) && !header.contains(" for ");
            outer = indent;
        }
        let kinds = ["pub fn ", "pub const fn ", "pub const "];
        let is_method = is_of_type && indent > outer;
        let Some(rest) = kinds.iter().find_map(|kind| line.strip_prefix(kind)).filter(|_| is_method) else {
            continue;
        };
        let method: String = rest.chars().take_while(|&next| is_of_name(next)).collect();
        let (docs, attributes) = docs_above(&lines[..at]);
        if !attributes.contains("#[doc(hidden)]") {
            methods.push((format!("{name}::{method}"), docs));
        }
    }
    methods
}

/// The docs and the attributes above an item, which begin after an empty line, a block, or the beginning of a block.
fn docs_above(lines: &[&str]) -> (String, String) {
    let is_outside =
        |line: &&str| line.is_empty() || (!line.starts_with("///") && line.ends_with(['{', '}', ';']));
    let start = lines.iter().rposition(is_outside).map_or(0, |at| at + 1);
    let (docs, attributes): (Vec<&str>, Vec<&str>) =
        lines[start..].iter().partition(|line| line.starts_with("///"));
    let docs = docs.iter().map(|line| format!("{}\n", line.trim_start_matches("///"))).collect();
    (docs, attributes.join("\n"))
}

/// The texts of the files of a room.
fn texts_of(source: &Path, room: &str) -> Vec<String> {
    let file = source.join(room).with_extension("rs");
    let mut paths: Vec<PathBuf> = if file.exists() { vec![file] } else { Vec::new() };
    let mut directories = vec![source.join(room)];
    while let Some(directory) = directories.pop().filter(|directory| directory.exists()) {
        for entry in std::fs::read_dir(directory).expect("a directory of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { directories.push(path) } else { paths.push(path) }
        }
    }
    let sources =
        paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    sources.map(|path| read(&path)).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
