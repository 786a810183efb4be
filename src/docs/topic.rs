//! The topics of `docs`, in the order in which they are listed.

use crate::words::words;

words! {
    /// A topic of `docs`.
    Topic {
        Scorecards = "scorecards",
        Entities = "entities",
        Metrics = "metrics",
        Conditions = "conditions",
        Operators = "operators",
        Levels = "levels",
        Scope = "scope",
        NoData = "no-data",
        Gate = "gate",
        Changes = "changes",
        Formats = "formats",
        Json = "json",
        Sql = "sql",
        ExitCodes = "exit-codes",
        Warnings = "warnings",
        Codes = "codes",
    }
}

impl Topic {
    /// The heading of the page.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Scorecards => "Scorecards",
            Self::Entities => "Entities",
            Self::Metrics => "Metrics",
            Self::Conditions => "Conditions",
            Self::Operators => "Operators",
            Self::Levels => "Levels",
            Self::Scope => "Scope",
            Self::NoData => "No data",
            Self::Gate => "Gate",
            Self::Changes => "Changes",
            Self::Formats => "Formats",
            Self::Json => "JSON",
            Self::Sql => "SQL",
            Self::ExitCodes => "Exit codes",
            Self::Warnings => "Warnings",
            Self::Codes => "Codes",
        }
    }

    /// The text in the list of topics, after the name.
    pub(super) fn summary(self) -> &'static str {
        match self {
            Self::Scorecards => "how to write a scorecard, and which files are loaded",
            Self::Entities => "which JSON is accepted as input, and the keys of an entity",
            Self::Metrics => "how events become metrics: fields, formulas, windows and teams",
            Self::Conditions => "how a rule tests an entity; missing values, types and arrays",
            Self::Operators => "every operator, date preset and meta-property",
            Self::Levels => "how an entity reaches a level",
            Self::Scope => "which entities and scorecards are used: `--where`, `--scorecard`, `--alias`",
            Self::NoData => "when a result is marked as having no data",
            Self::Gate => "how to fail a pipeline if levels are too low",
            Self::Changes => "how results are compared: kinds of change, `diff` and `trend`",
            Self::Formats => "the formats of `evaluate`, files, streams, colour and memory",
            Self::Json => "the fields of JSON documents: results, gates and explanations",
            Self::Sql => "the same levels on an engine: `sql`, its layouts and limits",
            Self::ExitCodes => "the meaning of 0, 1, 2 and 3",
            Self::Warnings => "mistakes that are reported, and how to make them errors",
            Self::Codes => "the list of all codes of messages",
        }
    }

    /// The Markdown below the heading, without the generated part.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Scorecards => include_str!("topics/scorecards.md"),
            Self::Entities => include_str!("topics/entities.md"),
            Self::Metrics => include_str!("topics/metrics.md"),
            Self::Conditions => include_str!("topics/conditions.md"),
            Self::Operators => include_str!("topics/operators.md"),
            Self::Levels => include_str!("topics/levels.md"),
            Self::Scope => include_str!("topics/scope.md"),
            Self::NoData => include_str!("topics/no-data.md"),
            Self::Gate => include_str!("topics/gate.md"),
            Self::Changes => include_str!("topics/changes.md"),
            Self::Formats => include_str!("topics/formats.md"),
            Self::Json => include_str!("topics/json.md"),
            Self::Sql => include_str!("topics/sql.md"),
            Self::ExitCodes => include_str!("topics/exit-codes.md"),
            Self::Warnings => include_str!("topics/warnings.md"),
            Self::Codes => include_str!("topics/codes.md"),
        }
    }
}
