//! The workflow for pull requests, and the action.

use super::machine::{Job, Machine};
use super::{CARD, SERVICES, best_services, services_of};
use serde_json::{Value, json};

pub(super) const WORKFLOW: &str = "examples/ci/github.yml";
const ACTION: &str = ".github/actions/gate";

#[test]
fn the_workflow_shows_the_levels_also_if_the_gate_fails() {
    let gate = |services: &str, card: &str| {
        let files = [("services.json", services.as_bytes()), ("scorecards/card.json", card.as_bytes())];
        let mut machine = Machine::new(&files);
        let job = machine.github(WORKFLOW, "gate").remove(0);
        assert_eq!(machine.text("cargo.log"), "install --locked --path tools/dora-score\n");
        (job, machine.text("summary"))
    };
    let (job, summary) = gate(&best_services(), CARD);
    assert_eq!(job.step("gate").code, Some(0), "{job:?}");
    assert!(summary.contains("Booking API"), "{summary}");

    let (job, summary) = gate(SERVICES, CARD);
    assert_eq!(job.failed(), ["gate"]);
    let text = &job.step("gate").text;
    assert!(text.contains("::error title=") && text.contains("Tariff Calculator"), "{text}");
    assert!(summary.contains("Tariff Calculator"), "{summary}");

    let (job, summary) = gate("{", CARD);
    assert_eq!((job.failed(), job.step("gate").code), (vec!["gate"], Some(2)));
    assert!(summary.contains("services.json"), "the summary says why: {summary}");

    let (job, summary) = gate(SERVICES, "{}");
    assert_eq!((job.failed(), summary.as_str()), (vec!["lint"], ""));
    assert_eq!(job.step("gate").code, None);
}

/// What the action does with these inputs: its last step, its summary, and the value of its output.
fn action(inputs: &Value) -> (Job, String, String) {
    let waivers = include_bytes!("../../../examples/waivers/waivers.json");
    let mut machine = Machine::new(&[
        ("services.json", SERVICES.as_bytes()),
        ("a part/booking.json", services_of("booking").as_bytes()),
        ("a part/cards/card.json", CARD.as_bytes()),
        ("waivers.json", waivers),
    ]);
    let job = machine.action(ACTION, inputs);
    assert!(!machine.path("checkout/hacked").exists(), "an input ran a command");
    assert_eq!(machine.text("cargo.log"), "", "the program is on the path");
    (job, machine.text("summary"), machine.text("output"))
}

#[test]
fn the_action_has_the_exit_code_of_the_program() {
    for (inputs, code) in [
        (json!({"entities": "services.json", "min-level": "Basic"}), 2),
        (json!({"entities": "services.json", "min-level": "Bronze"}), 1),
        (json!({"entities": "services.json", "min-level": "Gold", "where": "identifier = booking-api\n"}), 0),
        (json!({"entities": "services.json", "min-level": "Gold", "where": "team = nobody"}), 3),
        (json!({"entities": "missing.json", "min-level": "Gold"}), 2),
        (json!({"entities": "services.json", "min-level": "Bronze", "report-only": "true"}), 0),
        (json!({"entities": "services.json", "min-level": "Bronze", "report-only": "false"}), 1),
        (json!({"entities": "services.json", "min-level": "Bronze", "report-only": ""}), 1),
        (json!({"entities": "missing.json", "min-level": "Gold", "report-only": "true"}), 2),
        // without a minimum, nothing would be judged
        (json!({"entities": "services.json", "min-level": " \n"}), 2),
    ] {
        let (job, summary, output) = action(&inputs);
        let gate = job.step("gate");
        assert_eq!(gate.code, Some(code), "{inputs}: {}", gate.text);
        assert_eq!(output, format!("exit-code={code}\n"));
        assert!(gate.text.contains("::"), "{inputs}: {}", gate.text);
        let has_minimum = inputs["min-level"] != " \n";
        assert_eq!(summary.is_empty(), !has_minimum, "{inputs}: {summary}");
    }
}

/// The program writes no annotation about its options.
#[test]
fn the_action_annotates_an_invalid_input() {
    let long = "x".repeat(70_000);
    for (name, value, message) in [
        ("no-data", "all", "invalid value 'all' for '--no-data <WHAT>'"),
        ("min-level", "", "required"),
        ("min-level", "50%0A::warning::x@y", "50%250A"),
        ("scorecards", "a\u{1b}[2J\n::error::x", "cannot be read"),
        ("report-only", "yes\n::error::x\u{1b}[2J", "the input report-only must be true or false"),
        ("program", "./none", "No such file"),
        ("program", "false", "exit code 1"),
        ("min-level", &long, "xxx"),
    ] {
        let mut inputs = json!({"entities": "services.json", "min-level": "Gold"});
        inputs[name] = json!(value);
        let (job, _, _) = action(&inputs);
        let gate = job.step("gate");
        let commands: Vec<&str> =
            gate.text.lines().filter(|line| line.trim_start().starts_with("::")).collect();
        assert!(!commands.is_empty() && gate.code != Some(0), "{name} = {value:?}: {}", gate.text);
        assert!(commands.iter().all(|line| line.starts_with("::error ")), "{commands:?}");
        assert!(commands[0].contains(message), "{commands:?}");
    }
}

#[test]
fn the_action_passes_each_line_of_an_input_as_one_value() {
    let inputs = json!({
        "entities": "  booking.json  \n\n../services.json\n",
        "scorecards": "cards\n",
        "scorecard": "dora_cfr",
        "where": "title = *API*\nteam = booking",
        "min-level": "Bronze\ndora_cfr=Gold@50%\n",
        "no-data": "skip",
        "waivers": "../waivers.json",
        "junit": "levels report.xml",
        "working-directory": "a part",
    });
    let (job, summary, _) = action(&inputs);
    assert_eq!(job.failed(), Vec::<&str>::new(), "{job:?}");
    assert!(summary.contains("2 of 16 entities, where "), "{summary}");
    assert!(summary.contains("title = \\*API\\* and team = booking"), "{summary}");
}

#[test]
fn no_input_of_the_action_is_a_command_or_an_option() {
    let long = "x".repeat(70_000);
    for hostile in [
        "$(touch hacked)",
        "`touch hacked`",
        "'; touch hacked; '",
        "--exit-zero",
        "-h",
        "\u{1b}[2J",
        "\"\\",
        "*",
        &long,
    ] {
        for name in
            ["entities", "min-level", "scorecards", "scorecard", "where", "waivers", "no-data", "report-only"]
        {
            let mut inputs = json!({"entities": "services.json", "min-level": "Gold"});
            inputs[name] = json!(hostile);
            let (job, _, output) = action(&inputs);
            let gate = job.step("gate");
            assert!(gate.code.is_some_and(|code| code != 0), "{name} = {hostile}: {}", gate.text);
            assert_eq!(output, format!("exit-code={}\n", gate.code.expect("it ran")));
            assert!(!gate.text.contains('\u{1b}'), "{}", gate.text);
        }
    }
}

/// Without the program on the path, it is built from the sources of the action.
#[test]
fn the_action_installs_the_program() {
    let mut machine = Machine::new(&[("services.json", SERVICES.as_bytes())]);
    let program = env!("CARGO_BIN_EXE_dora-score");
    let cargo = format!(
        "#!/bin/sh\necho \"$@\" >> ../cargo.log\nmkdir -p ../temporary/dora-score/bin\nln -s '{program}' ../temporary/dora-score/bin/\n"
    );
    machine.fake("cargo", &cargo);
    let bin = machine.path("bin").to_str().expect("UTF-8").to_owned();
    machine.variables.push(("PATH".to_owned(), format!("{bin}:/usr/bin:/bin")));
    let job = machine.action(ACTION, &json!({"entities": "services.json", "min-level": "Bronze"}));
    assert_eq!(job.step("gate").code, Some(1), "{job:?}");
    let log = machine.text("cargo.log");
    let sources = "install --quiet --locked --path ./tools/dora-score/.github/actions/gate/../../.. --root ";
    assert!(log.starts_with(sources) && log.lines().count() == 1, "{log}");

    let program = json!({"entities": "services.json", "min-level": "Bronze", "program": program});
    assert_eq!(machine.action(ACTION, &program).step("gate").code, Some(1));
    assert_eq!(machine.text("cargo.log"), log, "a program is given");
}

/// The steps in YAML of the guide that contain this text.
fn guide_steps(text: &str) -> String {
    let guide = include_str!("../../../examples/ci/README.md");
    let blocks = guide.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().expect("a block"));
    blocks.into_iter().find(|block| block.contains(text)).expect(text).to_owned()
}

#[test]
fn the_steps_of_the_guide_gate_and_use_the_cache() {
    let mut machine =
        Machine::new(&[("services.json", SERVICES.as_bytes()), ("scorecards/card.json", CARD.as_bytes())]);
    let job = machine.guide(&guide_steps("actions/gate"));
    let step = job.step("./tools/dora-score/.github/actions/gate");
    assert!(step.code == Some(1) && step.text.contains("dora_cfr"), "{job:?}");

    let cache = guide_steps("actions/cache");
    for name in ["runner.os", "runner.arch", "hashFiles('tools/dora-score/**')"] {
        assert!(cache.contains(&format!("${{{{ {name} }}}}")), "{cache}");
    }
    // the step with the action does nothing here, as if there were no cache yet
    let job = machine.guide(&cache);
    assert_eq!(job.step("install").code, Some(0), "{job:?}");
    assert_eq!(machine.text("cargo.log"), "install --locked --path tools/dora-score\n");
    let job =
        machine.guide(&cache.replace(
            "uses: actions/cache@v4",
            "run: echo cache-hit=true >> \"$GITHUB_OUTPUT\"\n  name: cache",
        ));
    assert_eq!(job.step("install").code, None, "{job:?}");
}
