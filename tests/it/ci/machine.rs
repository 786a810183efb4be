//! Runs the commands of workflows as GitHub and GitLab do, with the built program and without their own actions.
//!
//! It understands the expressions that the workflows of this repository use, and fails on all others.

use super::expression::{Condition, resolve};
use crate::program::{directory, shell};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A `cargo` that installs nothing, and writes its arguments to `cargo.log`.
const CARGO: &str = "#!/bin/sh\necho \"$@\" >> ../cargo.log\n";
/// What the recipes expect in the directory of the sources of this program.
const SOURCES: &str = "./tools/dora-score/";

/// A directory with a checkout and fake programs, and the values of expressions.
pub(crate) struct Machine {
    place: tempfile::TempDir,
    /// The values of names in expressions, such as `github.ref`.
    pub(crate) values: BTreeMap<String, String>,
    /// Variables of the environment of each command.
    pub(crate) variables: Vec<(String, String)>,
}

/// What a step did: its exit code, if it ran, and its output.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) code: Option<i32>,
    pub(crate) text: String,
}

/// The steps of a job that ran with one entry of its matrix.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) steps: Vec<Step>,
}

impl Job {
    /// The names of the steps that failed.
    pub(crate) fn failed(&self) -> Vec<&str> {
        let failed = self.steps.iter().filter(|step| step.code.is_some_and(|code| code != 0));
        failed.map(|step| step.name.as_str()).collect()
    }

    pub(crate) fn step(&self, name: &str) -> &Step {
        self.steps.iter().find(|step| step.name == name).expect(name)
    }
}

/// The workflow, action or pipeline in a file of this repository.
pub(crate) fn document(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).expect(file);
    serde_yaml_ng::from_str(&text).expect(file)
}

impl Machine {
    /// A machine with these files in its checkout.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let machine = Self { place: directory(&[]), values: BTreeMap::new(), variables: Vec::new() };
        for name in ["checkout", "bin", "temporary"] {
            std::fs::create_dir(machine.place.path().join(name)).expect("directories are made");
        }
        for (name, bytes) in files {
            machine.write(name, bytes);
        }
        machine.fake("cargo", CARGO);
        machine
    }

    /// The path of a file beside the checkout.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn path_text(&self, name: &str) -> String {
        self.path(name).to_str().expect("UTF-8").to_owned()
    }

    /// The text of a file beside the checkout, or none if there is no such file.
    pub(crate) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Writes a file of the checkout.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path("checkout").join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the checkout")).expect("directories are made");
        std::fs::write(path, bytes).expect("it is written");
    }

    /// Puts a script on the path, before all other programs.
    pub(crate) fn fake(&self, name: &str, script: &str) {
        std::fs::write(self.path("bin").join(name), script).expect("it is written");
        assert_eq!(self.run(&format!("chmod +x ../bin/{name}"), "-e", ".", &[]), (0, String::new()));
    }

    /// Runs a script in a directory of the checkout with bash and these options. Returns its exit code and its output.
    fn run(&self, script: &str, options: &str, place: &str, variables: &[(String, String)]) -> (i32, String) {
        std::fs::write(self.path("script"), script).expect("it is written");
        let command = format!("bash {options} '{}' 2>&1", self.path_text("script"));
        let place = self.path("checkout").join(place);
        let mut command = shell(&command, &place, Some(&self.path("bin")));
        for (name, value) in self.variables.iter().chain(variables) {
            command.env(name, value);
        }
        let output = command.output().expect("there is a shell");
        let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
        (output.status.code().expect("it is not killed"), text)
    }

    /// Runs a script in the checkout, which must succeed. Returns its output.
    pub(crate) fn succeed(&self, script: &str) -> String {
        let (code, text) = self.run(script, "-e", ".", &[]);
        assert_eq!(code, 0, "{script}: {text}");
        text
    }

    /// Runs the job of a workflow, once for each entry of its matrix.
    pub(crate) fn github(&mut self, file: &str, job: &str) -> Vec<Job> {
        let document = document(file);
        self.variables.extend(variables(&document["env"]));
        let job = &document["jobs"][job];
        let entries = match job["strategy"]["matrix"]["include"].as_array() {
            Some(entries) => entries.clone(),
            None => vec![Value::Object(Map::new())],
        };
        // a name that an entry does not have is empty
        let names = entries.iter().flat_map(|entry| entry.as_object().expect("an entry is an object").keys());
        let none: Vec<String> = names.map(|name| format!("matrix.{name}")).collect();
        let run = |entry: &Value| {
            self.values.extend(none.iter().map(|name| (name.clone(), String::new())));
            for (name, value) in entry.as_object().expect("an entry is an object") {
                self.values.insert(format!("matrix.{name}"), plain(value));
            }
            Job { steps: self.steps(&job["steps"], None) }
        };
        entries.iter().map(run).collect()
    }

    /// Runs an action of this repository with these inputs. Returns its steps.
    pub(crate) fn action(&mut self, path: &str, inputs: &Value) -> Job {
        let action = document(&format!("{path}/action.yml"));
        let declared = action["inputs"].as_object().expect("an action has inputs");
        let inputs = inputs.as_object().expect("inputs have names");
        for name in inputs.keys() {
            assert!(declared.contains_key(name), "the action has no input {name}");
        }
        let outside = self.values.clone();
        self.values.retain(|name, _| !name.starts_with("steps."));
        for (name, input) in declared {
            let given = inputs.get(name).map(|value| resolve(&plain(value), &outside));
            assert!(given.is_some() || input["required"] != true, "the input {name} is missing");
            let value = given.unwrap_or_else(|| plain(&input["default"]));
            self.values.insert(format!("inputs.{name}"), value);
        }
        let steps = self.steps(&action["runs"]["steps"], Some(path));
        self.values = outside;
        Job { steps }
    }

    /// Runs steps one after the other, of a workflow or of an action. A step without a name is called by its action.
    fn steps(&mut self, steps: &Value, action: Option<&str>) -> Vec<Step> {
        let (mut done, mut has_failed) = (Vec::new(), false);
        for step in steps.as_array().expect("there are steps") {
            let uses = step["uses"].as_str();
            let name = step["name"].as_str().or(uses).expect("a step has a name").to_owned();
            let runs = Condition::new(step["if"].as_str()).holds(has_failed, &self.values);
            let (code, text) = match (runs, uses) {
                (false, _) => (None, String::new()),
                (true, None) => self.command(step, action),
                (true, Some(uses)) => self.uses(uses, &step["with"]),
            };
            if let Some(id) = step["id"].as_str() {
                let outcome = match code {
                    None => "skipped",
                    Some(0) => "success",
                    Some(_) => "failure",
                };
                self.values.insert(format!("steps.{id}.outcome"), outcome.to_owned());
                self.values.retain(|name, _| !name.starts_with(&format!("steps.{id}.outputs.")));
                for line in self.text("output").lines() {
                    let (output, value) = line.split_once('=').expect("an output has a name");
                    self.values.insert(format!("steps.{id}.outputs.{output}"), value.to_owned());
                }
            }
            has_failed |= code.is_some_and(|code| code != 0);
            done.push(Step { name, code, text });
        }
        done
    }

    /// Runs the command of a step.
    fn command(&self, step: &Value, action: Option<&str>) -> (Option<i32>, String) {
        let script = step["run"].as_str().expect("a step has a command or an action");
        assert!(!script.contains("${{"), "a value could become a command: {script}");
        let options = match step["shell"].as_str() {
            None => "-e",
            Some("bash") => "--noprofile --norc -eo pipefail",
            Some(other) => panic!("unknown shell {other}"),
        };
        let mut variables: Vec<(String, String)> = [
            ("GITHUB_STEP_SUMMARY", "summary"),
            ("GITHUB_OUTPUT", "output"),
            ("GITHUB_PATH", "paths"),
            ("RUNNER_TEMP", "temporary"),
        ]
        .map(|(name, file)| (name.to_owned(), self.path_text(file)))
        .into();
        std::fs::write(self.path("output"), "").expect("it is written");
        if let Some(action) = action {
            variables.push(("GITHUB_ACTION_PATH".to_owned(), format!("{SOURCES}{action}")));
        }
        if let Some(values) = step["env"].as_object() {
            let resolved =
                values.iter().map(|(name, value)| (name.clone(), resolve(&plain(value), &self.values)));
            variables.extend(resolved);
        }
        let place =
            step["working-directory"].as_str().map_or(".".to_owned(), |place| resolve(place, &self.values));
        // directories that steps before this one put on the path
        let script = self
            .text("paths")
            .lines()
            .fold(script.to_owned(), |script, path| format!("PATH='{path}':$PATH\n{script}"));
        let (code, text) = self.run(&script, options, &place, &variables);
        (Some(code), text)
    }

    /// Runs an action of this repository. All others only prepare the machine, and do nothing here.
    fn uses(&mut self, uses: &str, inputs: &Value) -> (Option<i32>, String) {
        std::fs::write(self.path("output"), "").expect("it is written");
        let Some(path) = uses.strip_prefix(SOURCES) else {
            let (name, version) = uses.split_once('@').expect("an action has a version");
            assert!(name.starts_with("actions/"), "{uses} is not by GitHub");
            let number = version.strip_prefix('v').expect("a major version");
            assert!(number.parse::<u8>().is_ok(), "{uses} is not pinned to a major version");
            return (Some(0), String::new());
        };
        let job = self.action(path, inputs);
        let code = job.steps.iter().filter_map(|step| step.code).find(|code| *code != 0).unwrap_or(0);
        (Some(code), job.steps.into_iter().map(|step| step.text).collect())
    }

    /// Runs the steps of a guide, which is a list in YAML.
    pub(crate) fn guide(&mut self, steps: &str) -> Job {
        let steps = serde_yaml_ng::from_str(steps).expect("steps");
        Job { steps: self.steps(&steps, None) }
    }

    /// Runs the script of a job of GitLab, after the one of all jobs, and the one that runs also after a failure and
    /// does not change the exit code. Returns the exit code and the output.
    pub(crate) fn gitlab(&self, file: &str, job: &str) -> (i32, String) {
        let document = document(file);
        let job = gitlab_job(&document, job);
        let variables = variables(&job["variables"]);
        let lines = [&document["default"]["before_script"], &job["script"]];
        let lines = lines.map(|lines| lines.as_array().expect("a script has lines"));
        let lines = lines.into_iter().flatten().map(|line| line.as_str().expect("a line is text"));
        let script: Vec<&str> = lines.collect();
        let (code, mut text) = self.run(&script.join("\n"), "-eo pipefail", ".", &variables);
        if let Some(lines) = job["after_script"].as_array() {
            let lines: Vec<&str> = lines.iter().map(|line| line.as_str().expect("a line is text")).collect();
            text += &self.run(&lines.join("\n"), "-eo pipefail", ".", &variables).1;
        }
        (code, text)
    }
}

/// The variables of a workflow or a job, if it has any.
fn variables(values: &Value) -> Vec<(String, String)> {
    let values = values.as_object().into_iter().flatten();
    values.map(|(name, value)| (name.clone(), plain(value))).collect()
}

/// A job of GitLab with what it takes from the job that it extends.
fn gitlab_job(document: &Value, name: &str) -> Value {
    let mut job = document[name].clone();
    if let Some(base) = job["extends"].as_str() {
        let Value::Object(inherited) = gitlab_job(document, base) else { panic!("{base} is not a job") };
        let own = job.as_object_mut().expect("there is the job");
        assert!(inherited.keys().all(|key| !own.contains_key(key)), "GitLab would merge them");
        own.extend(inherited);
    }
    job
}

/// Whether the rules of a job of GitLab let it run after a change of this file.
pub(crate) fn gitlab_runs(file: &str, job: &str, changed: &str) -> bool {
    let job = gitlab_job(&document(file), job);
    let Some(rules) = job["rules"].as_array() else { return true };
    let values = variables(&job["variables"]);
    let matches = |pattern: &Value| {
        // a variable that does not exist stays as it is
        let pattern = plain(pattern);
        let pattern =
            values.iter().fold(pattern, |text, (name, value)| text.replace(&format!("${name}"), value));
        match pattern.strip_suffix("/**/*") {
            Some(directory) => changed.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/')),
            None => changed == pattern,
        }
    };
    rules.iter().any(|rule| rule["changes"].as_array().expect("paths").iter().any(matches))
}

/// A scalar as text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => panic!("{value} is not a scalar"),
    }
}
