//! A page: looked up by its name, and returned as Markdown or as text for a terminal.

use super::generated;
use super::show::styled;
use super::topic::Topic;
use crate::diagnostic::{Code, Diagnostic, Problems, did_you_mean, expected, quoted, similar};
use crate::terminal::Screen;

/// A page of the documentation.
///
/// ```
/// let page = dora_score::program::Page::named("exit-codes")?;
/// assert!(page.markdown().starts_with("# Exit codes\n"));
/// # Ok::<(), dora_score::Problems>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Index,
    Topic(Topic),
    Code(Code),
}

impl Page {
    /// The list of topics.
    pub fn index() -> Self {
        Self(Kind::Index)
    }

    /// The page of a topic, or of the code of a diagnostic.
    ///
    /// # Errors
    /// No page has this name. The help suggests similar names, or lists the topics.
    pub fn named(name: &str) -> Result<Self, Problems> {
        let topic = Topic::named(name).map(Kind::Topic);
        let kind = topic.or_else(|| Code::named(name).map(Kind::Code));
        kind.map(Self).ok_or_else(|| unknown(name).into())
    }

    /// The names of all topics.
    pub fn topics() -> impl Iterator<Item = &'static str> {
        Topic::names()
    }

    /// The page as Markdown.
    pub fn markdown(self) -> String {
        match self.0 {
            Kind::Index => format!("# Documentation\n\n{}", generated::index()),
            Kind::Topic(topic) => {
                let generated = match topic {
                    Topic::Operators => format!("\n{}", generated::operator_lists()),
                    Topic::Codes => format!("\n{}", generated::codes()),
                    _ => String::new(),
                };
                format!("# {}\n\n{}{generated}", topic.title(), topic.text())
            }
            Kind::Code(code) => {
                let (severity, meaning) = (code.severity(), code.meaning());
                format!("# {code}\n\n{severity}: {meaning}\n\n{}", code.page())
            }
        }
    }

    /// The names of all pages.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Topic::names().chain(Code::ALL.iter().map(|code| code.name()))
    }

    /// The page for a terminal: headings are bold, text is wrapped to at most 80 columns, and blocks of code are
    /// indented.
    pub fn styled(self, screen: Screen) -> String {
        styled(&self.markdown(), screen)
    }
}

fn unknown(name: &str) -> Diagnostic {
    let similar = similar(name, Page::names());
    let help = match similar.is_empty() {
        true => expected("topic", Topic::names()),
        false => did_you_mean(similar),
    };
    Diagnostic::new(Code::UnknownTopic, format!("unknown topic {}", quoted(name))).help(help)
}
