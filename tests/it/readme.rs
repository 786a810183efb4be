//! Runs the commands of every `console` block of the README and of the guides, and compares their output with the
//! block.
//!
//! `.github/CONTRIBUTING.md` has the command that writes the output of this build to the files. It runs one test after
//! the other, because two write the same file.

use crate::program::shell;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The fence that opens a block of commands.
const CONSOLE: &str = "```console\n";
/// The fence that opens a block of commands that need jq.
const CONSOLE_WITH_JQ: &str = "```console jq\n";

/// The fences that open the blocks of the guide to warehouses that need an engine: `tests/sql/recipes.py` runs them.
const CONSOLE_WITH_ENGINE: [&str; 4] =
    ["```console duckdb\n", "```console postgres\n", "```console dbt\n", "```console spark\n"];

/// A new directory with the examples, in which the commands of one file run one after the other, as in a clone.
struct Session {
    directory: tempfile::TempDir,
}

impl Session {
    fn new() -> Self {
        let session = Self { directory: tempfile::tempdir().expect("there is room for a directory") };
        assert_eq!(session.shown("cp -r \"$ROOT/examples\" ."), "");
        session
    }

    /// Runs a shell command with the built program on its path. Returns its output at 100 columns, and then the exit
    /// code if it is not 0.
    fn shown(&self, shell_command: &str) -> String {
        let script = format!("{{ {shell_command}\n}} 2>&1");
        let output = shell(&script, self.directory.path(), None)
            .env("ROOT", env!("CARGO_MANIFEST_DIR"))
            .env("COLUMNS", "100")
            .output()
            .expect("there is a shell");
        let mut text = String::from_utf8(output.stdout).expect("the output is UTF-8").replace("\r\n", "\n");
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        match output.status.code() {
            Some(0) => text,
            code => {
                writeln!(text, "[exit code {}]", code.expect("it is not killed"))
                    .expect("memory can be written");
                text
            }
        }
    }
}

/// The commands of a block, each after a `$`. A command goes on in the next line within quotes, and after a
/// backslash or a pipe.
fn commands(block: &str) -> Vec<String> {
    let mut lines = block.lines();
    let mut commands = Vec::new();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("$ ") else { continue };
        let mut command = first.to_owned();
        while command.matches('\'').count() % 2 == 1 || command.ends_with(['\\', '|']) {
            command.push('\n');
            command.push_str(lines.next().expect("a command ends in its block"));
        }
        commands.push(command);
    }
    commands
}

/// The README with the output of this build, and the number of commands that were run.
fn renewed(readme: &str, opening: &str) -> (String, usize) {
    let mut renewed = String::new();
    let session = Session::new();
    let mut count = 0;
    let mut rest = readme;
    while let Some((before, after)) = rest.split_once(opening) {
        let (block, after) = after.split_once("```\n").expect("a block is closed");
        renewed.push_str(before);
        renewed.push_str(opening);
        for command in commands(block) {
            count += 1;
            write!(renewed, "$ {command}\n{}", session.shown(&command)).expect("memory can be written");
        }
        renewed.push_str("```\n");
        rest = after;
    }
    renewed.push_str(rest);
    (renewed, count)
}

/// Compares a file with what this build prints, or writes it. Returns the number of commands that were run.
fn check(name: &str, opening: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let readme = std::fs::read_to_string(&path).expect(name);
    let (renewed, commands) = renewed(&readme, opening);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, renewed).expect("the file is written");
    } else {
        for (line, (actual, expected)) in readme.lines().zip(renewed.lines()).enumerate() {
            assert_eq!(actual, expected, "line {} of {name}", line + 1);
        }
        assert_eq!(readme.lines().count(), renewed.lines().count());
    }
    commands
}

/// The README of each directory of examples that has one.
fn guides() -> Vec<String> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let directories = std::fs::read_dir(examples).expect("there are examples");
    let mut guides: Vec<String> = directories
        .map(|entry| entry.expect("it can be read").file_name().into_string().expect("UTF-8"))
        .map(|name| format!("examples/{name}/README.md"))
        .filter(|guide| Path::new(env!("CARGO_MANIFEST_DIR")).join(guide).is_file())
        .collect();
    guides.sort();
    guides
}

#[test]
fn commands_print_what_the_readme_shows() {
    assert!(check("README.md", CONSOLE) >= 5);
}

#[test]
fn commands_print_what_the_guides_show() {
    let guides = guides();
    assert!(guides.len() >= 12, "{guides:?}");
    // the program of this guide is compiled and compared by a test of its own
    for guide in guides.into_iter().filter(|guide| guide != "examples/embed/README.md") {
        assert!(check(&guide, CONSOLE) >= 3, "{guide} has few commands");
    }
}

#[test]
#[ignore = "needs jq; .ci/run installs it and runs this"]
fn jq_recipes_print_what_the_readme_and_the_guides_show() {
    check("README.md", CONSOLE_WITH_JQ);
    let commands: usize = guides().iter().map(|guide| check(guide, CONSOLE_WITH_JQ)).sum();
    assert!(commands >= 12, "the guides have {commands} commands with jq");
}

/// A command with its output that no test runs would get out of date.
#[test]
fn every_command_with_output_is_run() {
    let readme = std::iter::once("README.md".to_owned());
    for name in readme.chain(guides()) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
        let text = std::fs::read_to_string(path).expect("a guide");
        let mut fence = None;
        for line in text.split_inclusive('\n') {
            match (line.starts_with("```"), fence) {
                (true, None) => fence = Some(line),
                (true, Some(_)) => fence = None,
                (false, Some(opening)) if line.starts_with("$ ") => {
                    let on_engine =
                        name == "examples/warehouse/README.md" && CONSOLE_WITH_ENGINE.contains(&opening);
                    let run = on_engine || [CONSOLE, CONSOLE_WITH_JQ].contains(&opening);
                    assert!(run, "{name} has a command in a block that opens with {opening}: {line}");
                }
                _ => {}
            }
        }
    }
}

/// The code in the guide is that of the example, which is compiled.
#[test]
fn the_embedding_program_is_the_example() {
    let code =
        include_str!("../../examples/embed/main.rs").split_once("\n\n").expect("comments come first").1;
    let guide = include_str!("../../examples/embed/README.md");
    assert!(guide.contains(code), "the guide does not show examples/embed/main.rs as it is");
}

/// A reader of the README should reach the end of it; everything else is in the guides.
#[test]
fn the_readme_is_short_and_links_every_guide() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(path).expect("a README");
    assert!(readme.lines().count() <= 250);
    for guide in guides() {
        assert!(readme.contains(&format!("]({guide})")), "the README does not link {guide}");
    }
}

/// Relative links of the README and of the guides, without those in blocks of code, lead to files of the package, and
/// their fragments to headings.
#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packaged = packaged();
    for name in std::iter::once("README.md".to_owned()).chain(guides()) {
        let path = root.join(&name);
        let text = std::fs::read_to_string(&path).expect("a guide");
        let prose: String = text.split("```").step_by(2).collect();
        for link in prose.split("](").skip(1).map(|rest| rest.split(')').next().expect("a link ends")) {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            if file.contains("://") {
                continue;
            }
            let target = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            let target = target.canonicalize().unwrap_or_else(|error| panic!("{name} links {link}: {error}"));
            assert!(
                packaged.iter().any(|path| target.starts_with(path)),
                "{name} links {link}, which is not in the package"
            );
            if !fragment.is_empty() {
                let linked = std::fs::read_to_string(&target).expect("a text");
                let found =
                    linked.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == fragment);
                assert!(found, "{name} links {link}");
            }
        }
    }
}

/// The files and directories of the package.
fn packaged() -> Vec<PathBuf> {
    let manifest = include_str!("../../Cargo.toml");
    let include = manifest.lines().find_map(|line| line.strip_prefix("include = ")).expect("a list");
    let include: Vec<String> = serde_json::from_str(include).expect("a list in one line");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().expect("it is there");
    include.iter().map(|path| root.join(path.trim_start_matches('/'))).collect()
}

/// The fragment that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
