//! The scope of a run: `--where` conditions that an entity must meet to be graded.

use super::condition::{Check, Test};
use super::definition::{Condition, Operand, Operator, Subject};
use super::glob::Glob;
use crate::diagnostic::{quoted, suggest};
use crate::entity::{Entity, Meta, Slot, Wanted};
use crate::quoting::{HELP, split_name};
use crate::value::{Instant, Scalar, Value};
use std::fmt;
use std::str::FromStr;

/// One condition of a [`Scope`], whose example shows it: `PROPERTY OP VALUE`, as in `--where`.
///
/// It is parsed from text, and its `Display` is that text. The error of parsing is one line for people that says what
/// to write instead. `OP` is one of `=`, `!=`, `>`, `>=`, `<` and `<=`. `identifier`, `title`, `team` and `blueprint`
/// are the fields of the entity. The value is a number, a boolean, a string in quotes, or else text. With `=` and `!=`,
/// `*` in a text stands for any characters.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeCondition {
    /// The condition as it was written.
    text: String,
    name: String,
    operator: Operator,
    operand: ScopeOperand,
}

#[derive(Debug, Clone, PartialEq)]
enum ScopeOperand {
    Scalar(Scalar),
    Glob(Glob),
}

/// The operators of a scope. An operator follows those that begin with it.
const OPERATORS: [Operator; 6] = [
    Operator::NotEqual,
    Operator::GreaterOrEqual,
    Operator::LessOrEqual,
    Operator::Equal,
    Operator::Greater,
    Operator::Less,
];

/// The fields of an entity that are written without `$`.
pub(crate) const OWN_NAMES: [&str; 4] = ["identifier", "title", "team", "blueprint"];

const EXAMPLE: &str = "write PROPERTY OP VALUE, such as `team = payments` or `tier >= 2`";

impl FromStr for ScopeCondition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ends = |c: char| c.is_whitespace() || "=!<>".contains(c);
        let (name, rest) = split_name(text, ends)?;
        let rest = rest.trim_start();
        let operator = OPERATORS.into_iter().find(|operator| rest.starts_with(operator.name()));
        let Some(operator) = operator else {
            let word = rest.split_whitespace().next().unwrap_or_default();
            let starts_as_operator = word.starts_with(['=', '<', '>', '!']);
            return Err(match word.is_empty() || name.is_empty() {
                true => EXAMPLE.to_owned(),
                // the rest of a name that has spaces
                false if !starts_as_operator && rest.contains(['=', '<', '>', '!']) => {
                    format!("{} is not an operator; {HELP}", quoted(word))
                }
                false => suggest("operator", word, OPERATORS.into_iter().map(Operator::name)),
            });
        };
        let value = rest.get(operator.name().len()..).unwrap_or_default().trim();
        if name.is_empty() && !text.trim_start().starts_with('"') {
            return Err(EXAMPLE.to_owned());
        }
        if name.starts_with('$') && Meta::named(&name).is_none() {
            return Err(suggest("meta-property", &name, Meta::names()));
        }
        let operand = operand(value, operator)?;
        Ok(Self { text: text.trim().to_owned(), name, operator, operand })
    }
}

/// The operand that `value` means: a JSON number, boolean or string, else text, in which `*` stands for any text.
fn operand(value: &str, operator: Operator) -> Result<ScopeOperand, String> {
    let quoted = value.starts_with('"');
    if value.is_empty() {
        return Err(format!("there is no value after `{}`; write `\"\"` for empty text", operator.name()));
    }
    let scalar = if quoted {
        let (text, rest) = split_name(value, |_| false)?;
        if !rest.trim().is_empty() {
            return Err(format!("unexpected text after the quoted value: `{}`", rest.trim()));
        }
        Scalar::Text(text)
    } else {
        refuse_misread(value, operator)?;
        match (serde_json::from_str::<f64>(value), serde_json::from_str::<bool>(value)) {
            (Ok(number), _) => Scalar::Number(number),
            (_, Ok(value)) => Scalar::Bool(value),
            (Err(error), _) if error.to_string().starts_with("number out of range") => {
                return Err(format!("the number `{value}` is out of range"));
            }
            _ => Scalar::Text(value.to_owned()),
        }
    };
    match scalar {
        Scalar::Text(text) if operator.is_order() => bound(&text).map(ScopeOperand::Scalar),
        Scalar::Bool(_) if operator.is_order() => Err(not_a_bound(value)),
        Scalar::Text(text) if !quoted && text.contains('*') => Ok(ScopeOperand::Glob(Glob::new(&text))),
        scalar => Ok(ScopeOperand::Scalar(scalar)),
    }
}

/// The words that join conditions in other languages.
const JOINTS: [&str; 4] = [" and ", " or ", "&&", "||"];

/// Refuses an unquoted value that looks as if more than a value were meant: another operator, quotes or a list of another
/// language, or a second condition. As text, it would hold for no entity, or with `!=` for every one.
fn refuse_misread(value: &str, operator: Operator) -> Result<(), String> {
    let lower = value.to_lowercase();
    let advice = if value.starts_with(['=', '<', '>', '!']) {
        let written = operator.name();
        let operators = OPERATORS.map(|operator| format!("`{}`", operator.name())).join(", ");
        format!("`{written}` is followed by `{value}`; the operators are {operators}")
    } else if value.starts_with('\'') {
        format!("text is quoted in double quotes, not in single quotes: `{value}`")
    } else if value.starts_with('[') {
        format!(
            "`{value}` is not a single value; `{}` tests one, and `*` stands for any text",
            operator.name()
        )
    } else if let Some(joint) = JOINTS.into_iter().find(|joint| lower.contains(joint)) {
        let way = match joint {
            " and " | "&&" => "write `--where` once for each condition",
            _ => "a value may hold `*`, but conditions cannot be alternatives",
        };
        format!("`{}` does not join conditions; {way}", joint.trim())
    } else {
        return Ok(());
    };
    Err(format!("{advice}; to compare with this text, write it in double quotes"))
}

/// The bound of a comparison: a date-time, or a number in quotes.
fn bound(text: &str) -> Result<Scalar, String> {
    if Instant::parse(text).is_some() {
        return Ok(Scalar::Text(text.to_owned()));
    }
    let number = serde_json::from_str::<f64>(text).ok().filter(|number| number.is_finite());
    number.map(Scalar::Number).ok_or_else(|| not_a_bound(text))
}

fn not_a_bound(text: &str) -> String {
    format!("cannot compare with `{text}`: write a number, or a date-time such as 2026-01-31T00:00:00Z")
}

impl ScopeCondition {
    /// The name of the field that it tests, as it was written.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// If it compares with a number or a boolean: the same condition with text.
    pub(crate) fn as_text(&self) -> Option<String> {
        let ScopeOperand::Scalar(scalar @ (Scalar::Number(_) | Scalar::Bool(_))) = &self.operand else {
            return None;
        };
        Some(format!("{} {} \"{}\"", self.name, self.operator.name(), scalar.text()?))
    }

    /// The field that it tests. [`OWN_NAMES`] are the entity's own.
    fn subject(&self) -> Subject {
        let name = self.name.as_str();
        let own = match OWN_NAMES.contains(&name) {
            true => Meta::named(&format!("${name}")),
            false => Meta::named(name),
        };
        own.map_or_else(|| Subject::Property(self.name.clone()), Subject::Meta)
    }

    /// Whether it tests a property, which an entity may not have.
    fn is_of_property(&self) -> bool {
        matches!(self.subject(), Subject::Property(_))
    }

    fn check(&self, as_of: Instant) -> Check {
        match &self.operand {
            ScopeOperand::Glob(glob) => {
                Check { test: Test::Like(glob.clone()), negated: self.operator == Operator::NotEqual }
            }
            ScopeOperand::Scalar(scalar) => {
                let operand = Operand::Scalar(scalar.clone());
                let condition = Condition {
                    subject: self.subject(),
                    operator: self.operator,
                    not: false,
                    operand,
                    span: 0..0,
                };
                Check::new(&condition, as_of)
            }
        }
    }
}

impl fmt::Display for ScopeCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The conditions that an entity must meet to be graded. Without conditions, every entity is in scope.
///
/// ```
/// use dora_score::{Entity, Instant, Scope, ScopeCondition, Wanted};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let mut wanted = Wanted::new("service");
/// let scope = Scope::new(&["team = pay*".parse()?], as_of, &mut wanted);
/// let value = serde_json::json!({"identifier": "checkout", "team": ["payments", "web"]});
/// assert!(scope.holds(&Entity::from_value(&value, &wanted)?));
/// assert!(!scope.holds(&Entity::from_value(&serde_json::json!({"identifier": "search"}), &wanted)?));
///
/// assert_eq!(scope.conditions().map(|one| one.to_string()).collect::<Vec<_>>(), ["team = pay*"]);
/// assert!(Scope::default().is_open() && !scope.is_open());
/// let error = "team is payments".parse::<ScopeCondition>().unwrap_err();
/// assert_eq!(error, "the operators are `!=`, `>=`, `<=`, `=`, `>`, `<`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Scope {
    conditions: Vec<CompiledCondition>,
}

#[derive(Debug)]
struct CompiledCondition {
    condition: ScopeCondition,
    slot: Slot,
    check: Check,
}

impl Scope {
    /// Compiles conditions, and adds their fields to `wanted`. Read the entities with `wanted` afterwards.
    pub fn new(conditions: &[ScopeCondition], as_of: Instant, wanted: &mut Wanted) -> Self {
        let compiled = |condition: &ScopeCondition| {
            let slot = condition.subject().include(wanted);
            CompiledCondition { condition: condition.clone(), slot, check: condition.check(as_of) }
        };
        Self { conditions: conditions.iter().map(compiled).collect() }
    }

    /// Whether the entity meets all conditions.
    ///
    /// # Panics
    /// If the entity was read with fewer fields than the set that [`Self::new`] added to.
    #[inline]
    pub fn holds(&self, entity: &Entity<'_>) -> bool {
        self.conditions.iter().all(|one| one.check.holds(entity.value_at(one.slot)))
    }

    /// Whether there are no conditions, so that every entity is in scope.
    pub fn is_open(&self) -> bool {
        self.conditions.is_empty()
    }

    /// The conditions, in the order in which they were given.
    pub fn conditions(&self) -> impl Iterator<Item = &ScopeCondition> {
        self.conditions.iter().map(|one| &one.condition)
    }

    /// The slots of the properties that the conditions name, in ascending order.
    pub(crate) fn property_slots(&self) -> Vec<Slot> {
        let properties = self.conditions.iter().filter(|one| one.condition.is_of_property());
        let mut slots: Vec<Slot> = properties.map(|one| one.slot).collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// The conditions on these slots, each with whether it holds for an entity without the field.
    pub(crate) fn conditions_on(&self, slots: &[Slot]) -> impl Iterator<Item = (&ScopeCondition, bool)> {
        let conditions = self.conditions.iter().filter(|one| slots.contains(&one.slot));
        conditions.map(|one| (&one.condition, one.check.holds(&Value::Missing)))
    }

    /// The value that the entity has for each condition.
    pub(crate) fn values<'s>(&'s self, entity: &'s Entity<'_>) -> impl Iterator<Item = &'s Value<'s>> {
        self.conditions.iter().map(|one| entity.value_at(one.slot))
    }
}

/// Writes the conditions as they were written, joined by `and`.
impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, one) in self.conditions.iter().enumerate() {
            if index > 0 {
                f.write_str(" and ")?;
            }
            write!(f, "{}", one.condition)?;
        }
        Ok(())
    }
}
