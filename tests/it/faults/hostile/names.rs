//! Hostile names of files and directories.

use super::{FEW_WIDTHS, Kind, LINT_FORMATS, Printed, run, short};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

/// Runs the program with paths as arguments.
fn run_with_paths(width: usize, kind: Kind, arguments: &[&dyn AsRef<OsStr>]) -> Printed {
    let arguments: Vec<OsString> = arguments.iter().map(|argument| argument.as_ref().to_owned()).collect();
    run(width, kind, &arguments, "")
}

/// The names, each followed by a byte that is not UTF-8.
fn names(width: usize) -> impl Iterator<Item = OsString> {
    let paddings = [0, width - 9];
    paddings.into_iter().map(|padding| {
        let mut name = short(padding).into_bytes();
        name.push(0xff);
        OsString::from_vec(name)
    })
}

/// Runs every command that reads or writes files in a directory with a hostile name.
fn use_directory(width: usize, directory: &Path, name: &OsStr) {
    let mut file = name.to_owned();
    file.push(".json");
    let file = directory.join(file);
    let run = |kind, arguments: &[&dyn AsRef<OsStr>]| run_with_paths(width, kind, arguments);
    for text in ["", "{", "[]", "{\"identifier\": 7}", "\u{0}"] {
        std::fs::write(&file, text).expect("the file is written");
        for path in [&file, &directory.to_owned(), &directory.join("none")] {
            run(Kind::People, &[&"evaluate", &"-e", path]);
            run(Kind::People, &[&"evaluate", &"-e", &"-", &"-s", path]);
            run(Kind::People, &[&"evaluate", &"-e", &"-", &"--compare", path]);
            run(Kind::People, &[&"explain", &"-e", path]);
            run(Kind::People, &[&"show", &"-s", path]);
            run(Kind::People, &[&"lint", &"-s", path, &"-e", path]);
        }
    }
    let card = r#"{"identifier": "a b", "rules": [{"identifier": "r", "level": "Gold", "query": {"combinator": "and",
        "conditions": [{"property": "p", "operator": "=", "value": [], "x": 1}]}}]}"#;
    std::fs::write(&file, card).expect("the file is written");
    for (format, kind) in LINT_FORMATS {
        let printed = run(kind, &[&"lint", &"--portable", &"-s", &file, &"-f", &format]);
        assert!(printed.stdout.lines().count() > 1, "{}", printed.stdout);
    }
}

/// Runs every command that writes files to a directory with a hostile name.
fn write_directory(width: usize, directory: &Path) {
    let run = |arguments: &[&dyn AsRef<OsStr>]| run_with_paths(width, Kind::People, arguments);
    let target = directory.join("new");
    for (arguments, code) in [
        (vec![&"init" as &dyn AsRef<OsStr>, &target], 0),
        (vec![&"init", &target], 2),
        (vec![&"man", &target], 0),
        (vec![&"init", &"/dev/null/none"], 2),
    ] {
        let printed = run(&arguments);
        assert_eq!(printed.code, code, "{}", printed.stderr);
    }
    std::fs::write(directory.join("file"), "").expect("the file is written");
    for path in [directory.join("file/new"), directory.join("file")] {
        assert_eq!(run(&[&"init", &path]).code, 2);
        assert_eq!(run(&[&"man", &path]).code, 2);
    }
    for path in [directory.join("none/out"), directory.to_owned(), directory.join("out")] {
        let mut output = OsString::from("csv=");
        output.push(&path);
        let entities = "examples/entities/services.json";
        run(&[&"evaluate", &"-e", &entities, &"-f", &output]);
        run(&[&"evaluate", &"-e", &entities, &"-f", &output, &"-f", &output]);
    }
}

#[test]
fn names_of_files_and_directories_are_safe() {
    for width in FEW_WIDTHS {
        for name in names(width) {
            let directory = tempfile::tempdir().expect("there is room for a directory");
            let hostile = directory.path().join(&name);
            std::fs::create_dir(&hostile).expect("the directory is made");
            use_directory(width, &hostile, &name);
            write_directory(width, &hostile);
        }
    }
}

#[test]
fn the_next_command_of_init_is_shown_only_if_it_can_be_run() {
    let directory = tempfile::tempdir().expect("there is room for a directory");
    for (name, shown) in
        [("set", "/set --entities"), ("a\u{1b}b", " DIR --entities"), ("it's", "it'\\''s' --entities")]
    {
        let printed = run_with_paths(80, Kind::People, &[&"init", &directory.path().join(name)]);
        let last = printed.stdout.lines().last().unwrap_or_default();
        assert!(
            last.starts_with("next: dora-score evaluate --scorecards ") && last.contains(shown),
            "{last}"
        );
    }
}
