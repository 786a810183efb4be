//! The codes of diagnostics: stable names, for scripts, for `lint --allow` and for the pages of `docs`.

use super::severity::Severity;
use std::fmt;

macro_rules! codes {
    ($($variant:ident = $severity:ident $name:literal, $meaning:literal;)*) => {
        /// The code of a diagnostic: the kind of problem. Its name never changes, so that programs can depend on it.
        ///
        /// ```
        /// use dora_score::{Code, Severity};
        ///
        /// let code = Code::named("duplicate-file").ok_or("it is a code")?;
        /// assert_eq!((code, code.name()), (Code::DuplicateFile, "duplicate-file"));
        /// assert_eq!((code.severity().name(), code.meaning()), ("warning", "a file is given twice"));
        /// // the pages of `dora-score docs CODE`
        /// assert!(Code::ALL.iter().all(|code| code.page().contains("```")));
        /// assert!(Code::UnknownLevel.severity() > Severity::Warning);
        /// # Ok::<(), &str>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// All codes, in alphabetical order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that is printed, in kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The severity of its diagnostics.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// The meaning in one line, lower case, without a full stop.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// The page in Markdown, without its heading: an explanation, an example that causes the problem,
            /// and how to fix it.
            pub fn page(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("../docs/codes/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    BadGlob = Error "bad-glob", "the pattern of an option is not a valid glob";
    BaseLevelMinimum = Error "base-level-minimum", "an option names the base level, below which no result can be";
    BaseLevelRule = Error "base-level-rule", "a rule belongs to the base level";
    BlueprintWithoutEntities = Warning "blueprint-without-entities", "a scorecard has a blueprint that no entity has";
    BooleanAsText = Warning "boolean-as-text", "a condition compares with `true` or `false` in quotes";
    ChangeWithoutTime = Warning "change-without-time", "the lead time of a change is unknown, because a time is missing";
    ConditionSubject = Error "condition-subject", "a condition names both a property and a relation, or neither";
    ConditionsAndRules = Error "conditions-and-rules", "a query has both `conditions` and `rules`";
    ContradictoryConditions = Error "contradictory-conditions", "conditions joined by `and` exclude each other";
    CrowdedThreshold = Note "crowded-threshold", "many entities have exactly the number that a rule compares with";
    DateObject = Error "date-object", "a date object has neither a range nor a preset, or parts of both";
    DateRangeReversed = Error "date-range-reversed", "the `from` of a date object is later than its `to`";
    DuplicateDate = Error "duplicate-date", "two files of `trend` have the same date";
    DuplicateEntity = Error "duplicate-entity", "an entity comes twice";
    DuplicateEvent = Warning "duplicate-event", "an event has the same id as an earlier one, and replaces it";
    DuplicateFile = Warning "duplicate-file", "a file is given twice";
    DuplicateKey = Warning "duplicate-key", "an object has the same key twice, and only the last one counts";
    DuplicateLevel = Error "duplicate-level", "two levels of a scorecard have the same title";
    DuplicateQuery = Warning "duplicate-query", "two rules of a scorecard have the same effect";
    DuplicateRule = Error "duplicate-rule", "two rules of a scorecard have the same identifier";
    DuplicateScorecard = Error "duplicate-scorecard", "two scorecards of a blueprint have the same identifier";
    EmptyConditions = Error "empty-conditions", "a query has an empty list of conditions";
    EmptyFile = Error "empty-file", "a scorecard, waiver or page file is empty";
    EmptyScope = Warning "empty-scope", "no entity meets the conditions of `--where`";
    EntityTooLarge = Error "entity-too-large", "an entity is larger than `--max-entity-size` allows";
    EventWithoutService = Warning "event-without-service", "an event names no service, and is skipped";
    EveryEntityFails = Note "every-entity-fails", "a rule fails for every entity";
    EveryEntityPasses = Note "every-entity-passes", "a rule passes for every entity";
    ExpiredWaiver = Warning "expired-waiver", "a waiver has expired, and the result that it excused fails";
    Failed = Error "failed", "the program could not complete an operation, such as writing a file";
    FileExists = Error "file-exists", "a file that the program would create exists";
    FilterAlwaysMatches = Warning "filter-always-matches", "a filter matches every entity";
    FilterMatchesNothing = Warning "filter-matches-nothing", "a filter matches none of the entities";
    FilterNeverMatches = Error "filter-never-matches", "a filter cannot match any entity";
    FormatOfComparison = Error "format-of-comparison", "`--compare` does not support the output format";
    IgnoredPageSetting = Warning "ignored-page-setting", "a setting of a page has no effect";
    ImplausibleDuration = Warning "implausible-duration", "an event ends before it begins, or takes too long";
    ImpliedLevel = Warning "implied-level", "every entity that reaches a level also reaches the next one";
    ImpliedRule = Warning "implied-rule", "a rule changes no result, because other rules imply it";
    InputAsOutput = Error "input-as-output", "an output is a file that the program also reads";
    InvalidUtf8 = Error "invalid-utf8", "a file or a stream is not valid UTF-8";
    InvalidWaiver = Error "invalid-waiver", "a waiver is incomplete, misspelled or contradictory";
    LateKey = Error "late-key", "a key after a long `entities` array would change the meaning of the array";
    LevelOrder = Warning "level-order", "levels with well-known names are in an unusual order";
    LevelWithoutRules = Warning "level-without-rules", "a level has no rules, so no entity can hold it";
    LoneSurrogate = Error "lone-surrogate", "a `\\u` escape is half of a surrogate pair";
    LongName = Error "long-name", "an identifier is too long for the name of a file";
    MalformedJson = Error "malformed-json", "the text is not valid JSON";
    MisplacedNot = Error "misplaced-not", "`not` is used with an operator that does not support it";
    MissingBaseline = Error "missing-baseline", "the result to compare with does not exist";
    MissingCombinator = Error "missing-combinator", "a query has no `combinator`";
    MissingConditions = Error "missing-conditions", "a query has no `conditions`";
    MissingIdentifier = Error "missing-identifier", "an entity, a scorecard or a rule has no `identifier`";
    MissingJiraProject = Error "missing-jira-project", "the format `jira` is used without `--jira-project`";
    MissingLevel = Error "missing-level", "a rule has no `level`";
    MissingLevelTitle = Error "missing-level-title", "a level has no `title`";
    MissingOperator = Error "missing-operator", "a condition has no `operator`";
    MissingQuery = Error "missing-query", "a rule has no `query`";
    MissingRules = Error "missing-rules", "a scorecard has no `rules`";
    MissingTime = Error "missing-time", "a deployment or an incident has no time";
    MissingTitle = Note "missing-title", "a scorecard or a rule has no title";
    MissingValue = Error "missing-value", "a condition has no `value`";
    MisspelledKey = Warning "misspelled-key", "a key has no effect and is similar to a known key";
    NestedTooDeep = Error "nested-too-deep", "arrays and objects are nested more than 128 levels deep";
    NestedWrapper = Error "nested-wrapper", "an array of entities contains an object that wraps entities";
    NoDefinitionFiles = Error "no-definition-files", "a directory of scorecards has no `*.json` or `*.jsonc` file";
    NoEntities = Warning "no-entities", "the input contains no entities";
    NoEntityFiles = Error "no-entity-files", "a directory of entities has no `*.json`, `*.ndjson` or `*.jsonl` file";
    NoEvents = Warning "no-events", "an input of events is empty";
    NoEventsInWindow = Warning "no-events-in-window", "no event is inside the window of the metrics";
    NoMetrics = Warning "no-metrics", "no service has a metric that `teams` can pool";
    NoScorecards = Error "no-scorecards", "the files of scorecards contain no scorecards";
    NoTeams = Warning "no-teams", "no service has a team";
    NoThreshold = Error "no-threshold", "`--set` names a rule that does not compare one property with one number";
    NoUsableEvents = Warning "no-usable-events", "no event of an input counts";
    NotADate = Error "not-a-date", "a value is not a date";
    NotAPage = Error "not-a-page", "a file does not contain a page";
    NotAResult = Error "not-a-result", "the input is not a result that can be compared";
    NotAScorecard = Error "not-a-scorecard", "a file does not contain scorecards";
    NotAnEntity = Error "not-an-entity", "the input contains a scorecard or waivers, not entities or events";
    NumberOutOfRange = Error "number-out-of-range", "a number is too large for a double";
    OtherBlueprint = Warning "other-blueprint", "an entity is neither a service nor a team, and is left out";
    PassesOnZero = Warning "passes-on-zero", "a rule passes for 0, even if 0 means that nothing was measured";
    PassesWithoutData = Warning "passes-without-data", "a rule passes for entities without data";
    PortabilityArray = Warning "portability-array", "an array has a number or a boolean, and Port takes only strings";
    PortabilityColor = Warning "portability-color", "a level has no colour, which Port needs";
    PortabilityDate = Warning "portability-date", "a range has a day, and Port takes only date-times";
    PortabilityIdentifier = Warning "portability-identifier", "an identifier is not valid in Port";
    PortabilityNestedGroup = Warning "portability-nested-group", "a query contains a group, which Port does not support";
    PortabilityOperator = Warning "portability-operator", "an operator is not taken by Port's scorecard API";
    PortabilityPreset = Warning "portability-preset", "a date preset is not taken by Port's scorecard API";
    PortabilityRulesKey = Warning "portability-rules-key", "a query has `rules` instead of `conditions`, which Port expects";
    QueryAndCondition = Error "query-and-condition", "an object is both a query and a condition";
    QuotedNumber = Warning "quoted-number", "a condition compares with a number in quotes";
    ReportClusters = Note "report-clusters", "the scorecards of `init --year` differ from the DORA report in a detail";
    RuleNeverFails = Warning "rule-never-fails", "a rule can never fail";
    RuleNeverPasses = Error "rule-never-passes", "a rule can never pass";
    SameOutputTwice = Error "same-output-twice", "two outputs are written to the same place";
    ScorecardGroup = Error "scorecard-group", "a scorecard has `blueprints` instead of `blueprint`";
    ScorecardWithoutEntities = Warning "scorecard-without-entities", "a scorecard graded nothing, because no entity has its blueprint";
    SnapshotTime = Error "snapshot-time", "the dates of snapshots are not days";
    SqlColumn = Error "sql-column", "a field cannot be a column of its own in the columns layout of `sql`";
    SqlLimit = Error "sql-limit", "there is more to compile than an engine can plan";
    SqlValue = Error "sql-value", "a text or a value cannot be written in a dialect of SQL";
    StandardInputTwice = Error "standard-input-twice", "`-`, for standard input, is given twice";
    TimeOfIngestion = Warning "time-of-ingestion", "an event has no time but that of its entity in the portal";
    TooFewDates = Error "too-few-dates", "`trend` needs files of at least two dates";
    TooManyValues = Error "too-many-values", "a file of scorecards has more than 1,000,000 values";
    TruncatedJson = Error "truncated-json", "the JSON ends in the middle of a value";
    TruncatedResult = Error "truncated-result", "a result has not as many entities as its summary says";
    TypeNeverFits = Warning "type-never-fits", "a condition compares with a type that no entity has";
    UndatedFile = Error "undated-file", "a file of `trend` has no date";
    UngradedEntities = Warning "ungraded-entities", "some entities have a blueprint that no scorecard grades";
    UnknownAlias = Error "unknown-alias", "`--alias` renames a property that no scorecard names";
    UnknownColor = Warning "unknown-color", "the colour of a level is not one of Port's";
    UnknownCombinator = Error "unknown-combinator", "a combinator is neither `and` nor `or`";
    UnknownEntity = Error "unknown-entity", "`explain` names an entity that is not in the input";
    UnknownKey = Warning "unknown-key", "a key of a query, condition or date object has no effect";
    UnknownLevel = Error "unknown-level", "a rule names a level that its scorecard does not have";
    UnknownLevelOrder = Error "unknown-level-order", "nothing tells the order of the levels of a scorecard";
    UnknownLint = Error "unknown-lint", "`--deny` or `--allow` of `lint` names a code that does not exist";
    UnknownMetaProperty = Error "unknown-meta-property", "a `$` name is not a meta-property";
    UnknownMinimum = Error "unknown-minimum", "an option names a level that a scorecard does not have";
    UnknownOperator = Error "unknown-operator", "a condition has an operator that does not exist";
    UnknownPreset = Error "unknown-preset", "a date object has a preset that does not exist";
    UnknownProperty = Warning "unknown-property", "a condition names a property that no entity has";
    UnknownRelation = Warning "unknown-relation", "a condition names a relation that no entity has";
    UnknownRule = Error "unknown-rule", "`--set` names a rule that its scorecard does not have";
    UnknownScorecard = Error "unknown-scorecard", "an option names a scorecard that is not loaded";
    UnknownSort = Error "unknown-sort", "`--sort` names neither `title` nor a loaded scorecard";
    UnknownTopic = Error "unknown-topic", "`docs` names a page that does not exist";
    UnknownWarning = Error "unknown-warning", "`--deny` or `--allow` names a warning that does not exist";
    UnlistedService = Warning "unlisted-service", "events name a service that is not in the list of services";
    UnreachableLevel = Error "unreachable-level", "a level cannot be reached by any entity";
    UnreadableFile = Error "unreadable-file", "a scorecard, waiver or page file cannot be read";
    UnreadableInput = Error "unreadable-input", "a file of entities or events cannot be read";
    UnresolvedIncident = Warning "unresolved-incident", "an incident has a `recoveryTime` but no `resolvedAt`";
    UnsupportedWidget = Warning "unsupported-widget", "a widget of a page cannot be drawn";
    UnusedOption = Error "unused-option", "an option has no effect";
    UnusedWaiver = Warning "unused-waiver", "a waiver matches no result";
    WrongType = Error "wrong-type", "a key has a value of the wrong type";
    WrongValueType = Error "wrong-value-type", "the `value` of a condition has the wrong type for its operator";
}

impl Code {
    /// The code with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
