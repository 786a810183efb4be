//! Which formats honour which display options.

use super::format::Format;

/// The options that change what a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DisplayOption {
    Show,
    GroupBy,
    Sort,
    Limit,
    Failing,
    CsvRaw,
}

impl DisplayOption {
    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Show => "--show",
            Self::GroupBy => "--group-by",
            Self::Sort => "--sort",
            Self::Limit => "--limit",
            Self::Failing => "--failing",
            Self::CsvRaw => "--csv-raw",
        }
    }

    /// The formats that honour the option. All others print the same with it as without it.
    pub(crate) fn formats(self) -> &'static [Format] {
        match self {
            Self::Show => &[
                Format::Table,
                Format::Json,
                Format::Ndjson,
                Format::Csv,
                Format::Rows,
                Format::Markdown,
                Format::Html,
            ],
            Self::GroupBy => &[Format::Table, Format::Summary, Format::Json, Format::Markdown, Format::Html],
            Self::Sort | Self::Limit | Self::Failing => &[Format::Table, Format::Markdown, Format::Html],
            Self::CsvRaw => &[Format::Csv, Format::Rows],
        }
    }
}
