//! Text of users in events and services is never obeyed by a terminal or a CI system.

use crate::program::{directory, run_with};

/// A name with an escape sequence, a line that GitHub would run, and a mark that reverses text.
const HOSTILE: &str = "\\u001b[2Ja\\n::error::x\\u202e##[error]";

#[test]
fn no_output_has_a_character_that_a_terminal_obeys() {
    let deployments = format!(
        r#"{{"id": "{HOSTILE}", "service": "{HOSTILE}", "deployedAt": "2026-02-20", "status": "{HOSTILE}", "environment": "prod"}}
           {{"id": "b", "service": "{HOSTILE}", "deployedAt": "2026-02-21", "environment": "{HOSTILE}"}}"#
    );
    let services = format!(
        r#"{{"identifier": "s", "team": "{HOSTILE}", "properties": {{"{HOSTILE}": "{HOSTILE}"}}, "relations": {{"r": "{HOSTILE}"}}}}"#
    );
    let place = directory(&[("d.json", deployments.as_bytes()), ("s.json", services.as_bytes())]);
    let path = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    let (deployments, services) = (path("d.json"), path("s.json"));
    let name: String = serde_json::from_str(&format!("\"{HOSTILE}\"")).expect("a string");
    let explain = ["--explain", &name];
    for more in
        [&[][..], &["-f", "json"], &explain, &[&explain[..], &["-f", "json"]].concat(), &["--explain", "x"]]
    {
        let arguments =
            [&["metrics", "-d", &deployments, "--services", &services, "--as-of", "2026-03-01"][..], more];
        let run = run_with(&arguments.concat(), b"");
        let printed = format!("{}{}", run.stdout, run.stderr);
        let is_obeyed =
            |character: char| character != '\n' && (character.is_control() || character == '\u{202e}');
        assert!(!printed.contains(is_obeyed), "{more:?}: {printed:?}");
        assert!(!printed.contains("\n::") && !printed.contains("##["), "{more:?}: {printed}");
    }
}
