//! Checks the architecture: imports point from the command line down to the leaves, and no files import each
//! other in a circle.
//!
//! Every `use` and every qualified path (`crate::…`, `super::…`) in `src` is resolved to the file with the
//! definition. Re-exports are followed. Those of the same room do not count as imports, because a room lists its
//! public items in `mod.rs`. Unit tests are ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms, from the top down. A room is a top-level module. A file may import from its own room, and from the
/// rooms of lower lines.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["what_if"],
    &["evaluate"],
    &["page"],
    &["badge", "docs", "explain", "lint", "metrics", "notify", "show", "sql"],
    &["history"],
    &["report"],
    &["result"],
    &["grade"],
    &["load"],
    &["waiver"],
    &["scorecard"],
    &["entity"],
    &["diagnostic"],
    &["markup"],
    &["terminal"],
    &["json"],
    &["color", "dora", "schema", "value"],
    &["hazard", "quoting", "words"],
];

/// The maximum number of lines in a file. A longer file contains more than one idea.
const LONGEST_FILE: usize = 400;

#[test]
fn imports_point_down() {
    let tree = Tree::read();
    let mut wrong = Vec::new();
    for (from, imports) in tree.imports() {
        for (to, path) in imports {
            let (above, below) = (room(&from), room(&to));
            if above != below && layer(above) >= layer(below) {
                wrong.push(format!("{from} imports {path}, defined in {to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point up or sideways:\n{}", wrong.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = Tree::read().imports();
    let graph: BTreeMap<&str, BTreeSet<&str>> = imports
        .iter()
        .map(|(from, to)| (from.as_str(), to.keys().map(String::as_str).filter(|to| to != from).collect()))
        .collect();
    let circles: Vec<String> =
        graph.keys().filter_map(|start| circle(&graph, start)).map(|circle| circle.join(" -> ")).collect();
    assert!(circles.is_empty(), "circles of files:\n{}", circles.join("\n"));
}

#[test]
fn every_file_is_short() {
    let tree = Tree::read();
    let long: Vec<String> = tree
        .files
        .iter()
        .map(|(name, file)| (name, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(name, lines)| format!("{name}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "files of more than {LONGEST_FILE} lines:\n{}", long.join("\n"));
}

#[test]
fn every_room_has_a_layer() {
    let unknown: BTreeSet<String> = Tree::read()
        .files
        .keys()
        .map(|name| room(name).to_owned())
        .filter(|room| room != "lib" && !LAYERS.iter().any(|layer| layer.contains(&room.as_str())))
        .collect();
    assert!(unknown.is_empty(), "rooms without a layer: {unknown:?}");
}

#[test]
fn paths_are_resolved_to_the_files_that_define_them() {
    let tree = Tree::read();
    for (path, file) in [
        ("crate::value::Instant", "value/instant.rs"),
        ("crate::scorecard::read_definitions", "scorecard/read/files.rs"),
        ("crate::terminal::Screen", "terminal/screen.rs"),
        ("crate::diagnostic::Code", "diagnostic/code.rs"),
    ] {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        assert_eq!(tree.definition(&path).as_deref(), Some(file), "{path:?}");
    }
}

#[test]
fn a_re_export_of_another_room_is_an_import() {
    let file = |name: &str, text: &str| (name.to_owned(), File::parse(name, text.to_owned()));
    let files = BTreeMap::from([
        file("lib.rs", "mod low;\nmod high;\npub use high::Top;"),
        file("low/mod.rs", "mod item;\npub(crate) use item::Item;\npub(crate) use crate::high::Top;"),
        file("low/item.rs", "pub struct Item;"),
        file("high.rs", "pub struct Top;"),
    ]);
    let imports = Tree { files }.imports();
    let of = |name: &str| imports[name].keys().cloned().collect::<Vec<_>>();
    assert_eq!(of("low/mod.rs"), ["high.rs"]);
    assert!(of("lib.rs").is_empty());
}

#[test]
fn a_circle_is_found() {
    let graph = BTreeMap::from([
        ("a", BTreeSet::from(["b"])),
        ("b", BTreeSet::from(["c"])),
        ("c", BTreeSet::from(["b", "d"])),
        ("d", BTreeSet::new()),
    ]);
    assert_eq!(circle(&graph, "a"), None);
    assert_eq!(circle(&graph, "b"), Some(vec!["b", "c", "b"]));
    assert_eq!(circle(&graph, "c"), None);
}

/// The top-level module that a file belongs to.
fn room(name: &str) -> &str {
    name.split('/').next().unwrap_or(name).trim_end_matches(".rs")
}

fn layer(room: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&room)).unwrap_or(LAYERS.len())
}

/// A path of imports from a file back to itself. A circle is found only from its first file in alphabetical
/// order, so that it is reported once.
fn circle<'g>(graph: &BTreeMap<&'g str, BTreeSet<&'g str>>, start: &'g str) -> Option<Vec<&'g str>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in graph.get(way.last()?).into_iter().flatten() {
            if *next == start {
                return Some(way.into_iter().chain([start]).collect());
            }
            if *next > start && seen.insert(*next) {
                ways.push(way.iter().copied().chain([*next]).collect());
            }
        }
    }
    None
}

/// The source files by name, relative to `src`.
struct Tree {
    files: BTreeMap<String, File>,
}

struct File {
    text: String,
    /// Its module path, without `crate`.
    module: Vec<String>,
    /// Names of the items that it defines.
    items: BTreeSet<String>,
    /// Re-exported names, each with its absolute path.
    exports: BTreeMap<String, Vec<String>>,
    /// Absolute paths that it imports or names.
    paths: Vec<Vec<String>>,
}

impl Tree {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        for path in rust_files(&root) {
            let name = path.strip_prefix(&root).expect("it is in src").to_str().expect("UTF-8").to_owned();
            let text = std::fs::read_to_string(&path).expect("it can be read");
            files.insert(name.clone(), File::parse(&name, text));
        }
        Self { files }
    }

    /// For each file, the files that it imports from, each with one of the imported paths.
    fn imports(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let of = |name: &String, file: &File| {
            let resolved = |path: &Vec<String>| Some((self.definition(path)?, path.join("::")));
            let imported = file.paths.iter().filter_map(resolved);
            let foreign = |(to, _): &(String, String)| room(to) != room(name) && name != "lib.rs";
            let exported = file.exports.values().filter_map(resolved).filter(foreign);
            imported.chain(exported).filter(|(to, _)| to != name && to != "lib.rs").collect()
        };
        self.files.iter().map(|(name, file)| (name.clone(), of(name, file))).collect()
    }

    /// The file with the definition of an absolute path.
    fn definition(&self, path: &[String]) -> Option<String> {
        let path = path.strip_prefix(&["crate".to_owned()]).unwrap_or(path);
        let is_module = |length: usize| path.get(..length).and_then(|module| self.module(module));
        let (length, name) = (0..=path.len()).rev().find_map(|length| Some((length, is_module(length)?)))?;
        let Some(item) = path.get(length) else { return Some(name.to_owned()) };
        let file = self.files.get(name)?;
        if file.items.contains(item) {
            return Some(name.to_owned());
        }
        match file.exports.get(item) {
            Some(target) if target.as_slice() != path => self.definition(target),
            _ => Some(name.to_owned()),
        }
    }

    fn module(&self, module: &[String]) -> Option<&str> {
        self.files.iter().find(|(_, file)| file.module == module).map(|(name, _)| name.as_str())
    }
}

impl File {
    fn parse(name: &str, text: String) -> Self {
        let mut module: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod" || last == "lib" || last == "main") {
            module.pop();
        }
        let code = code(&text);
        let mut file =
            Self { text, module, items: BTreeSet::new(), exports: BTreeMap::new(), paths: Vec::new() };
        file.items = items(&code);
        let children: BTreeSet<String> = declared_modules(&code);
        for statement in uses(&code) {
            let (visibility, tree) = statement;
            for (path, alias) in flatten(&tree) {
                let Some(absolute) = file.absolute(&path, &children) else { continue };
                match visibility {
                    true => drop(file.exports.insert(alias, absolute)),
                    false => file.paths.push(absolute),
                }
            }
        }
        for path in qualified(&without_uses(&code), &children) {
            file.paths.extend(file.absolute(&path, &children));
        }
        file
    }

    /// The path from the root of the crate; `None` if the path leads out of the crate.
    fn absolute(&self, path: &[String], children: &BTreeSet<String>) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut base = self.module.clone();
        match first.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                base.pop();
                let ups = rest.iter().take_while(|part| *part == "super").count();
                base.truncate(base.len().saturating_sub(ups));
                return Some(base.into_iter().chain(rest.iter().skip(ups).cloned()).collect());
            }
            child if children.contains(child) => base.push(child.to_owned()),
            _ => return None,
        }
        Some(base.into_iter().chain(rest.iter().cloned()).collect())
    }
}

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The text without comments and without the unit tests at its end.
fn code(text: &str) -> String {
    let without_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let uncommented = |line: &str| {
        let start = line.trim_start();
        if start.starts_with("//") { String::new() } else { line.to_owned() }
    };
    without_tests.lines().map(uncommented).collect::<Vec<_>>().join("\n")
}

fn words_after<'c>(code: &'c str, keyword: &'c str) -> impl Iterator<Item = &'c str> {
    code.match_indices(keyword).filter_map(move |(at, _)| {
        let before = code[..at].chars().next_back();
        let is_word = before.is_none_or(|before| !before.is_alphanumeric() && before != '_');
        let name = code[at + keyword.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        (is_word && !name.is_empty()).then_some(name)
    })
}

fn items(code: &str) -> BTreeSet<String> {
    let keywords =
        ["fn ", "struct ", "enum ", "trait ", "const ", "static ", "type ", "macro_rules! ", "union "];
    let named = keywords.iter().flat_map(|keyword| words_after(code, keyword)).map(str::to_owned);
    // a macro that defines an enum has the name on its first line after attributes and comments
    let lists = code.split("! {\n").skip(1).filter_map(|body| {
        let line = body
            .lines()
            .find(|line| !line.trim_start().starts_with(['#', '/']) && !line.trim().is_empty())?;
        Some(line.trim().split(' ').next()?.to_owned())
    });
    named.chain(lists).collect()
}

fn declared_modules(code: &str) -> BTreeSet<String> {
    let declared = |line: &str| {
        let name = line.trim().strip_suffix(';')?.rsplit_once("mod ")?.1;
        name.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| name.to_owned())
    };
    code.lines().filter_map(declared).collect()
}

/// Each `use` statement: whether it is a re-export, and its tree of paths.
fn uses(code: &str) -> Vec<(bool, String)> {
    let mut statements = Vec::new();
    let mut rest = code;
    while let Some(at) = find_use(rest) {
        let line_start = rest[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let is_public = rest[line_start..at].trim_start().starts_with("pub");
        let body = &rest[at + 4..];
        let end = body.find(';').unwrap_or(body.len());
        statements.push((is_public, body[..end].split_whitespace().collect::<Vec<_>>().join(" ")));
        rest = &body[end..];
    }
    statements
}

fn find_use(code: &str) -> Option<usize> {
    code.match_indices("use ").map(|(at, _)| at).find(|&at| {
        let line_start = code[..at].rfind('\n').map_or(0, |newline| newline + 1);
        matches!(code[line_start..at].trim(), "" | "pub" | "pub(crate)" | "pub(super)")
    })
}

fn without_uses(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = find_use(rest) {
        kept.push_str(&rest[..at]);
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end);
        rest = &rest[end..];
    }
    kept + rest
}

/// The paths of a `use` tree, each with the name that it is imported under.
fn flatten(tree: &str) -> Vec<(Vec<String>, String)> {
    let tree = tree.trim();
    if let Some(open) = tree.find('{') {
        let prefix: Vec<String> = tree[..open]
            .trim_end_matches("::")
            .split("::")
            .filter(|part| !part.is_empty())
            .map(|part| part.trim().to_owned())
            .collect();
        let inside = &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())];
        return split_top(inside)
            .into_iter()
            .flat_map(flatten)
            .map(|(path, alias)| (prefix.iter().cloned().chain(path).collect(), alias))
            .collect();
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
    let mut path: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
    let alias =
        alias.map_or_else(|| path.last().cloned().unwrap_or_default(), |alias| alias.trim().to_owned());
    if path.last().is_some_and(|last| (last == "self" && path.len() > 1) || last == "*") {
        path.pop();
    }
    vec![(path, alias)]
}

fn split_top(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The qualified paths in code that begin with `crate`, `super` or a child module.
fn qualified(code: &str, children: &BTreeSet<String>) -> Vec<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.split(|c: char| !is_part(c))
        .filter_map(|text| {
            let parts: Vec<String> = text
                .split("::")
                .take_while(|part| !part.is_empty() && !part.contains(':'))
                .map(str::to_owned)
                .collect();
            let first = parts.first()?;
            let leads_in = first == "crate" || first == "super" || children.contains(first);
            (leads_in && parts.len() > 1).then_some(parts)
        })
        .collect()
}
