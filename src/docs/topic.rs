//! The topics of `docs`, in the order of the list.

use crate::words::words;

words! {
    /// A topic of `docs`.
    Topic {
        Scorecards = "scorecards",
        Entities = "entities",
        Conditions = "conditions",
        Operators = "operators",
        Levels = "levels",
        NoData = "no-data",
        Gate = "gate",
        ExitCodes = "exit-codes",
        Codes = "codes",
    }
}

impl Topic {
    /// The heading of the page.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Scorecards => "Scorecards",
            Self::Entities => "Entities",
            Self::Conditions => "Conditions",
            Self::Operators => "Operators",
            Self::Levels => "Levels",
            Self::NoData => "No data",
            Self::Gate => "Gate",
            Self::ExitCodes => "Exit codes",
            Self::Codes => "Codes",
        }
    }

    /// The line in the list of topics.
    pub(super) fn summary(self) -> &'static str {
        match self {
            Self::Scorecards => "files of scorecards, and their keys",
            Self::Entities => "the input: the shapes that are read, and the keys of an entity",
            Self::Conditions => "properties, relations and groups; missing values, types and arrays",
            Self::Operators => "every operator, date preset and meta-property",
            Self::Levels => "how an entity reaches a level",
            Self::NoData => "when a result is marked as having no data",
            Self::Gate => "how to fail a pipeline",
            Self::ExitCodes => "the meaning of 0, 1, 2 and 3",
            Self::Codes => "the codes of all messages",
        }
    }

    /// The Markdown below the heading, as far as it is written by hand.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Scorecards => include_str!("topics/scorecards.md"),
            Self::Entities => include_str!("topics/entities.md"),
            Self::Conditions => include_str!("topics/conditions.md"),
            Self::Operators => include_str!("topics/operators.md"),
            Self::Levels => include_str!("topics/levels.md"),
            Self::NoData => include_str!("topics/no-data.md"),
            Self::Gate => include_str!("topics/gate.md"),
            Self::ExitCodes => include_str!("topics/exit-codes.md"),
            Self::Codes => include_str!("topics/codes.md"),
        }
    }
}
