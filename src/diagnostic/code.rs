//! The codes of diagnostics: stable names that scripts, `--deny` and the documentation use.

use std::fmt;

macro_rules! codes {
    ($($variant:ident = $name:literal,)*) => {
        /// The code of a diagnostic: what kind of problem it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "each code has a meaning of its own")]
        pub enum Code { $($variant,)* }

        impl Code {
            /// All codes, in alphabetical order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that is printed, in kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

codes! {
    BadGlob = "bad-glob",
    BaseLevelRule = "base-level-rule",
    BlueprintWithoutEntities = "blueprint-without-entities",
    ConditionSubject = "condition-subject",
    ConditionsAndRules = "conditions-and-rules",
    ContradictoryConditions = "contradictory-conditions",
    CrowdedThreshold = "crowded-threshold",
    DateObject = "date-object",
    DateRangeReversed = "date-range-reversed",
    DuplicateKey = "duplicate-key",
    DuplicateLevel = "duplicate-level",
    DuplicateQuery = "duplicate-query",
    DuplicateRule = "duplicate-rule",
    DuplicateScorecard = "duplicate-scorecard",
    EmptyConditions = "empty-conditions",
    EmptyFile = "empty-file",
    EntityTooLarge = "entity-too-large",
    EveryEntityFails = "every-entity-fails",
    EveryEntityPasses = "every-entity-passes",
    Failed = "failed",
    FileExists = "file-exists",
    FilterAlwaysMatches = "filter-always-matches",
    FilterMatchesNothing = "filter-matches-nothing",
    FilterNeverMatches = "filter-never-matches",
    FormatOfComparison = "format-of-comparison",
    ImpliedLevel = "implied-level",
    ImpliedRule = "implied-rule",
    InvalidUtf8 = "invalid-utf8",
    LateKey = "late-key",
    LevelOrder = "level-order",
    LevelWithoutRules = "level-without-rules",
    LoneSurrogate = "lone-surrogate",
    MalformedJson = "malformed-json",
    MisplacedNot = "misplaced-not",
    MissingCombinator = "missing-combinator",
    MissingConditions = "missing-conditions",
    MissingIdentifier = "missing-identifier",
    MissingLevel = "missing-level",
    MissingLevelTitle = "missing-level-title",
    MissingOperator = "missing-operator",
    MissingQuery = "missing-query",
    MissingRules = "missing-rules",
    MissingTitle = "missing-title",
    MissingValue = "missing-value",
    MisspelledKey = "misspelled-key",
    NestedTooDeep = "nested-too-deep",
    NestedWrapper = "nested-wrapper",
    NoDefinitionFiles = "no-definition-files",
    NoEntities = "no-entities",
    NoScorecards = "no-scorecards",
    NoThreshold = "no-threshold",
    NotADate = "not-a-date",
    NotAScorecard = "not-a-scorecard",
    NumberOutOfRange = "number-out-of-range",
    PassesOnZero = "passes-on-zero",
    PassesWithoutData = "passes-without-data",
    PortabilityIdentifier = "portability-identifier",
    PortabilityNestedGroup = "portability-nested-group",
    PortabilityPreset = "portability-preset",
    PortabilityRulesKey = "portability-rules-key",
    QueryAndCondition = "query-and-condition",
    ReportClusters = "report-clusters",
    RuleNeverFails = "rule-never-fails",
    RuleNeverPasses = "rule-never-passes",
    SameOutputTwice = "same-output-twice",
    ScorecardWithoutEntities = "scorecard-without-entities",
    StandardInputTwice = "standard-input-twice",
    TruncatedJson = "truncated-json",
    TypeNeverFits = "type-never-fits",
    UngradedEntities = "ungraded-entities",
    UnknownColor = "unknown-color",
    UnknownCombinator = "unknown-combinator",
    UnknownEntity = "unknown-entity",
    UnknownKey = "unknown-key",
    UnknownLevel = "unknown-level",
    UnknownLint = "unknown-lint",
    UnknownMetaProperty = "unknown-meta-property",
    UnknownMinimum = "unknown-minimum",
    UnknownOperator = "unknown-operator",
    UnknownPreset = "unknown-preset",
    UnknownProperty = "unknown-property",
    UnknownRelation = "unknown-relation",
    UnknownRule = "unknown-rule",
    UnknownScorecard = "unknown-scorecard",
    UnknownSort = "unknown-sort",
    UnreachableLevel = "unreachable-level",
    UnreadableFile = "unreadable-file",
    UnreadableInput = "unreadable-input",
    WrongType = "wrong-type",
    WrongValueType = "wrong-value-type",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
