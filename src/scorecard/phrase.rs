//! Conditions in plain words: `total_deployments is above 0 and change_failure_rate is at most 30`.
//!
//! Names and values stay as they are in the definition, so that a reader finds them there.

use super::definition::{Combinator, Condition, Definition, Member, Operand, Operator, Query, Rule, Subject};
use crate::value::{DateRange, Scalar};

impl Rule {
    /// What it asks for, in plain words.
    pub fn in_words(&self) -> String {
        self.query.in_words()
    }
}

impl Definition {
    /// Which entities of its blueprint it applies to, in plain words; `None` when to all.
    pub fn filter_in_words(&self) -> Option<String> {
        self.filter.as_ref().map(Query::in_words)
    }
}

impl Query {
    /// Its members joined by its combinator; groups inside stand in parentheses.
    fn in_words(&self) -> String {
        let joint = match self.combinator {
            Combinator::And => " and ",
            Combinator::Or => " or ",
        };
        let alone = self.members.len() == 1;
        let members: Vec<String> = self
            .members
            .iter()
            .map(|member| match member {
                Member::Condition(condition) => condition.in_words(),
                Member::Group(group) if alone || group.members.len() == 1 => group.in_words(),
                Member::Group(group) => format!("({})", group.in_words()),
            })
            .collect();
        members.join(joint)
    }
}

impl Condition {
    fn in_words(&self) -> String {
        let subject = match &self.subject {
            Subject::Relation(name) => format!("relation {}", named(name)),
            Subject::Property(name) => named(name),
            Subject::Meta(meta) => meta.name().to_owned(),
        };
        match &self.operand {
            Operand::Nothing => format!("{subject} {}", self.emptiness()),
            Operand::Dates(range, text) => format!("{subject} {}", self.dates(range, text)),
            Operand::Scalar(scalar) => format!("{subject} {} {scalar}", self.verb(is_text(scalar))),
            operand @ Operand::List(_) => format!("{subject} {} {operand}", self.verb_of_list()),
        }
    }

    fn emptiness(&self) -> &'static str {
        if (self.operator == Operator::IsEmpty) == self.not { "is not empty" } else { "is empty" }
    }

    /// `=` and `!=` take date objects as well.
    fn dates(&self, range: &DateRange, text: &str) -> String {
        let not = if self.operator.positive().is_some() { "not " } else { "" };
        match range {
            DateRange::Ends { .. } => format!("is {not}between {text}"),
            DateRange::Preset(preset) => format!("is {not}in {} ({text})", preset.meaning()),
        }
    }

    fn verb_of_list(&self) -> &'static str {
        match self.operator {
            Operator::Equal => "is the set",
            Operator::NotEqual => "is not the set",
            Operator::Contains => "contains all of",
            Operator::DoesNotContains => "does not contain all of",
            _ => self.verb(false),
        }
    }

    fn verb(&self, dated: bool) -> &'static str {
        match self.operator {
            Operator::Equal => "is",
            Operator::NotEqual => "is not",
            Operator::Greater if dated => "is after",
            Operator::GreaterOrEqual if dated => "is at or after",
            Operator::Less if dated => "is before",
            Operator::LessOrEqual if dated => "is at or before",
            Operator::Greater => "is above",
            Operator::GreaterOrEqual => "is at least",
            Operator::Less => "is below",
            Operator::LessOrEqual => "is at most",
            Operator::Contains => "contains",
            Operator::DoesNotContains => "does not contain",
            Operator::ContainsAny => "contains any of",
            Operator::In => "is one of",
            Operator::NotIn => "is none of",
            Operator::BeginsWith => "begins with",
            Operator::DoesNotBeginsWith => "does not begin with",
            Operator::EndsWith => "ends with",
            Operator::DoesNotEndsWith => "does not end with",
            // these take date objects or nothing
            Operator::Between | Operator::NotBetween | Operator::IsEmpty | Operator::IsNotEmpty => "",
        }
    }
}

/// The only text that is ordered is a date-time.
fn is_text(scalar: &Scalar) -> bool {
    matches!(scalar, Scalar::Text(_))
}

/// A name as it is, quoted where the words around it would hide where it ends.
fn named(name: &str) -> String {
    let plain = !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '"');
    if plain { name.to_owned() } else { Scalar::Text(name.to_owned()).to_string() }
}
