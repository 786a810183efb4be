//! The options of the format `jira`.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::notify::JiraOptions;
use clap::Args;

/// The options that all issues of the format `jira` share.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct JiraArguments {
    /// Key of the project of the issues (format jira, which needs it)
    #[arg(long, value_name = "KEY", value_parser = name)]
    jira_project: Option<String>,
    /// Type of the issues (format jira) [default: Task]
    #[arg(long, value_name = "TYPE", value_parser = name)]
    jira_type: Option<String>,
}

/// The type of issues that every new project of Jira has.
const DEFAULT_TYPE: &str = "Task";

impl JiraArguments {
    /// The options of the format, if it is chosen.
    ///
    /// # Errors
    /// Returns a problem if the format is chosen without a project, or if an option is given without the format.
    pub(crate) fn options(&self, is_chosen: bool) -> Result<Option<JiraOptions<'_>>, Problems> {
        if !is_chosen {
            let given =
                [("--jira-project", self.jira_project.is_some()), ("--jira-type", self.jira_type.is_some())];
            let unused = given.into_iter().filter(|(_, is_given)| *is_given);
            let problems: Vec<Diagnostic> = unused.map(|(option, _)| unused_option(option)).collect();
            return if problems.is_empty() { Ok(None) } else { Err(Problems(problems)) };
        }
        let Some(project) = &self.jira_project else {
            let message = "the format `jira` needs the key of a project";
            let help = "add `--jira-project KEY`, such as `--jira-project OPS`";
            return Err(Diagnostic::error(Code::MissingJiraProject, message).help(help).into());
        };
        let issue_type = self.jira_type.as_deref().unwrap_or(DEFAULT_TYPE);
        Ok(Some(JiraOptions { project, issue_type }))
    }
}

fn unused_option(option: &str) -> Diagnostic {
    let message = format!("`{option}` has no effect without the format `jira`");
    Diagnostic::error(Code::UnusedOption, message).help(format!("add `-f jira`, or leave out `{option}`"))
}

/// Parses a name that Jira looks up.
fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("it must not be empty".to_owned()) } else { Ok(text.to_owned()) }
}
