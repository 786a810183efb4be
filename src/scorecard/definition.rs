//! Definitions: scorecards with their levels, rules, queries and conditions, validated but not yet compiled.
//!
//! Each part keeps the byte span in its file, so that messages can point at it.

use crate::color::Color;
use crate::diagnostic::{Place, Source};
use crate::entity::{Meta, Slot, Wanted};
use crate::value::{DateRange, Scalar};
use crate::words::words;
use serde::Serialize;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A valid scorecard. It cannot be changed, so levels and rules always fit together.
///
/// [`load_definitions`](crate::load_definitions) and [`read_definitions`](crate::read_definitions) return definitions,
/// and [`Scorecards::new`](crate::Scorecards::new) compiles them for grading.
///
/// ```
/// use dora_score::load_definitions;
///
/// let definitions = load_definitions(&["examples/filtered/production-readiness.json"], "service")?;
/// let card = &definitions[0];
/// assert_eq!((card.identifier(), card.title()), ("production_readiness", "Production Readiness"));
/// assert_eq!(card.blueprint(), "service");
/// assert!(card.description().is_some_and(|text| text.ends_with("Deprecated services are left out.")));
/// assert_eq!(card.filter_in_words().as_deref(), Some("lifecycle is not \"Deprecated\""));
///
/// let (level, rule) = (&card.levels()[1], &card.rules()[0]);
/// assert_eq!((level.title.as_str(), level.color.as_deref()), ("Ready", Some("turquoise")));
/// assert_eq!((rule.identifier.as_str(), rule.level, rule.in_words().as_str()), ("owned", 1, "$team is not empty"));
/// // upper and lower case matter only if two levels differ in nothing else
/// assert_eq!(card.level_named("ready"), Some(1));
/// # Ok::<(), dora_score::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Definition {
    /// Unique among the scorecards of a blueprint.
    pub(crate) identifier: String,
    /// The title, or the identifier if the definition has no title.
    pub(crate) title: String,
    /// The description, if there is one.
    pub(crate) description: Option<String>,
    /// The kind of entity that the scorecard grades.
    pub(crate) blueprint: String,
    /// The levels from the lowest (the base level) to the highest; never empty.
    pub(crate) levels: Vec<Level>,
    /// Only entities of the blueprint that pass this query are graded. `None`: all of them.
    pub(crate) filter: Option<Query>,
    /// The rules, in the order of the definition.
    pub(crate) rules: Vec<Rule>,
    pub(crate) origin: Origin,
    /// Whether the definition has a title.
    pub(crate) titled: bool,
    /// Whether the definition has `levels`. Otherwise the scorecard has the default levels.
    pub(crate) own_levels: bool,
}

/// A level of a scorecard. Comes from a [`Definition`], whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Level {
    /// Unique in the scorecard.
    pub title: String,
    /// The name of a Port colour, as written in the definition; other names are possible too.
    pub color: Option<String>,
    /// The place of the title; `None` for a default level.
    pub(crate) span: Option<Range<usize>>,
}

impl Level {
    /// The colour; `None` without one, or for a name that Port does not know.
    pub(crate) fn known_color(&self) -> Option<Color> {
        Color::named(self.color.as_deref()?)
    }
}

/// A rule: a query that an entity must pass to hold a level. Comes from a [`Definition`], whose example shows it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// Unique in the scorecard.
    pub identifier: String,
    /// The title, or the identifier if the definition has no title.
    pub title: String,
    /// The description, if there is one.
    pub description: Option<String>,
    /// The index of the rule's level in [`Definition::levels`]; never 0, because the base level has no rules.
    pub level: usize,
    pub(crate) query: Query,
    pub(crate) span: Range<usize>,
    /// Whether the definition of the rule has a title.
    pub(crate) titled: bool,
}

/// Conditions and groups of conditions, joined by one combinator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    pub(crate) combinator: Combinator,
    pub(crate) members: Vec<Member>,
    pub(crate) span: Range<usize>,
    /// Whether the definition has the members under `rules` instead of `conditions`.
    pub(crate) as_rules: bool,
}

/// How the members of a query combine. Comes from a [`GroupFact`](crate::explain::GroupFact) of
/// [`explain`](crate::explain::explain), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Combinator {
    /// All members must pass.
    And,
    /// At least one member must pass.
    Or,
}

/// A member of a query.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Member {
    Condition(Condition),
    Group(Query),
}

/// A condition: an operator that tests one property or relation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    pub(crate) subject: Subject,
    pub(crate) operator: Operator,
    /// `"not": true`, which only `isEmpty` and `isNotEmpty` support.
    pub(crate) not: bool,
    pub(crate) operand: Operand,
    pub(crate) span: Range<usize>,
}

/// The property, relation or meta-property whose value is tested.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Subject {
    Property(String),
    Relation(String),
    Meta(Meta),
}

impl Subject {
    /// The slot of its value; `None` if `wanted` does not include it.
    pub(crate) fn slot(&self, wanted: &Wanted) -> Option<Slot> {
        match self {
            Self::Property(name) => wanted.property_slot(name.as_bytes()),
            Self::Relation(name) => wanted.relation_slot(name.as_bytes()),
            Self::Meta(meta) => wanted.meta_slot(*meta),
        }
    }

    /// Adds it to the fields that are decoded.
    pub(crate) fn include(&self, wanted: &mut Wanted) -> Slot {
        match self {
            Self::Property(name) => wanted.include_own_property(name),
            Self::Relation(name) => wanted.include_relation(name),
            Self::Meta(meta) => wanted.include_meta(*meta),
        }
    }
}

/// Writes the name as it is written in a condition.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(name) | Self::Relation(name) => f.write_str(name),
            Self::Meta(meta) => f.write_str(meta.name()),
        }
    }
}

words! {
    /// The operators of conditions.
    Operator {
        Equal = "=",
        NotEqual = "!=",
        Greater = ">",
        GreaterOrEqual = ">=",
        Less = "<",
        LessOrEqual = "<=",
        Contains = "contains",
        DoesNotContains = "doesNotContains",
        ContainsAny = "containsAny",
        In = "in",
        NotIn = "notIn",
        BeginsWith = "beginsWith",
        DoesNotBeginsWith = "doesNotBeginsWith",
        EndsWith = "endsWith",
        DoesNotEndsWith = "doesNotEndsWith",
        Between = "between",
        NotBetween = "notBetween",
        IsEmpty = "isEmpty",
        IsNotEmpty = "isNotEmpty",
    }
}

impl Operator {
    /// The positive operator that a negative operator negates: exactly one of the two holds. `None` for a positive
    /// operator.
    pub(crate) fn positive(self) -> Option<Self> {
        Some(match self {
            Self::NotEqual => Self::Equal,
            Self::DoesNotContains => Self::Contains,
            Self::NotIn => Self::In,
            Self::DoesNotBeginsWith => Self::BeginsWith,
            Self::DoesNotEndsWith => Self::EndsWith,
            Self::NotBetween => Self::Between,
            _ => return None,
        })
    }

    /// Whether it is `=` or `!=`.
    pub(crate) fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }

    /// Whether the operator only tests for the presence of a value.
    pub(crate) fn is_emptiness(self) -> bool {
        matches!(self, Self::IsEmpty | Self::IsNotEmpty)
    }
}

/// The value that a condition compares with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Nothing,
    Scalar(Scalar),
    List(Vec<Scalar>),
    Dates(DateRange, String),
}

/// Writes the value for messages, with strings in double quotes.
impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Scalar(scalar) => write!(f, "{scalar}"),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Self::Dates(_, text) => f.write_str(text),
        }
    }
}

/// Writes the condition on one line, for example `change_failure_rate <= 30`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.subject, self.comparison())
    }
}

impl Condition {
    /// The operator with `not` applied: `isEmpty` with `not` becomes `isNotEmpty`, and vice versa.
    pub(crate) fn effective_operator(&self) -> Operator {
        match (self.operator, self.not) {
            (Operator::IsEmpty, true) => Operator::IsNotEmpty,
            (Operator::IsNotEmpty, true) => Operator::IsEmpty,
            (operator, _) => operator,
        }
    }

    /// The operator and the value, for example `<= 30`.
    pub(crate) fn comparison(&self) -> String {
        match &self.operand {
            Operand::Nothing => self.effective_operator().name().to_owned(),
            operand => format!("{} {operand}", self.effective_operator().name()),
        }
    }

    /// Whether it is a guard: a condition that only requires activity, such as `total_deployments > 0`.
    pub(crate) fn is_zero_guard(&self) -> bool {
        self.operator == Operator::Greater && self.operand == Operand::Scalar(Scalar::Number(0.0))
    }
}

impl Query {
    /// All conditions in the order of the definition, including those in nested groups.
    pub(crate) fn conditions(&self) -> Vec<&Condition> {
        self.members
            .iter()
            .flat_map(|member| match member {
                Member::Condition(condition) => vec![condition],
                Member::Group(group) => group.conditions(),
            })
            .collect()
    }
}

/// The place that a definition was read from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) source: Arc<Source>,
    pub(crate) span: Range<usize>,
    /// The span of its identifier.
    pub(crate) identifier: Range<usize>,
}

/// All origins are equal, because the place does not matter when definitions are compared.
impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Definition {
    /// The identifier, unique among the scorecards of a blueprint.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The title, or the identifier if the definition has no title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The description, if there is one.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The kind of entity that the scorecard grades.
    pub fn blueprint(&self) -> &str {
        &self.blueprint
    }

    /// The levels from the lowest (the base level) to the highest; never empty.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The rules, in the order of the definition.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The place of a span in its file.
    pub(crate) fn place(&self, span: &Range<usize>) -> Place {
        Place::Span { source: Arc::clone(&self.origin.source), span: span.clone() }
    }

    /// The rules of one level, in the order of the definition.
    pub(crate) fn rules_of(&self, level: usize) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.level == level)
    }

    /// The level with this index.
    #[expect(clippy::expect_used, reason = "all indices of levels come from this scorecard")]
    pub(crate) fn level(&self, level: usize) -> &Level {
        self.levels.get(level).expect("the scorecard has this level")
    }

    /// The title of the level with this index.
    pub(crate) fn level_title(&self, level: usize) -> &str {
        &self.level(level).title
    }

    /// The index of the level with this title. If no title is equal, upper and lower case are ignored.
    pub fn level_named(&self, name: &str) -> Option<usize> {
        let position =
            |matches: &dyn Fn(&str) -> bool| self.levels.iter().position(|level| matches(&level.title));
        position(&|title| title == name)
            .or_else(|| position(&|title| title.to_lowercase() == name.to_lowercase()))
    }
}

/// The levels of a scorecard without `levels`.
pub(crate) fn default_levels() -> Vec<Level> {
    [("Basic", "paleBlue"), ("Bronze", "bronze"), ("Silver", "silver"), ("Gold", "gold")]
        .into_iter()
        .map(|(title, color)| Level { title: title.to_owned(), color: Some(color.to_owned()), span: None })
        .collect()
}
