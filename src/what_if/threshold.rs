//! What-if: other thresholds in the place of those that are defined.
//!
//! Only a rule that compares one thing with one number has a threshold; guards beside it stay.

use crate::diagnostic::{Code, Diagnostic, Problems, quoted, suggest};
use crate::scorecard::{Condition, Definition, Member, Operand, Operator, Query, Rule, unknown_scorecard};
use crate::value::Scalar;
use std::str::FromStr;

/// Another threshold for one rule, written `SCORECARD/RULE=VALUE`.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// `SCORECARD/RULE`; where it is divided is known only with the definitions, for both may have a slash.
    target: String,
    value: f64,
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let example = "write SCORECARD/RULE=VALUE, such as dora_deploy_freq/svc_df_elite=5";
        let (target, value) = text.rsplit_once('=').ok_or(example)?;
        if !target.contains('/') {
            return Err(example.to_owned());
        }
        let value =
            serde_json::from_str(value.trim()).map_err(|_| format!("`{value}` is no number; {example}"))?;
        Ok(Self { target: target.to_owned(), value })
    }
}

/// Replaces thresholds; of several for the same rule the last counts. Scorecards of several blueprints that
/// share an identifier are all meant, where they have the rule.
///
/// # Errors
/// Scorecards and rules that are unknown, and rules that have no one threshold.
pub fn set_thresholds(definitions: &mut [Definition], thresholds: &[Threshold]) -> Result<(), Problems> {
    let mut problems = Vec::new();
    for threshold in thresholds {
        if let Err(found) = threshold.set(definitions) {
            problems.extend(found.0);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

impl Threshold {
    fn set(&self, definitions: &mut [Definition]) -> Result<(), Problems> {
        let mut met = false;
        for definition in definitions.iter_mut() {
            let rules = self
                .target
                .strip_prefix(definition.identifier.as_str())
                .and_then(|rest| rest.strip_prefix('/'));
            let Some(name) = rules else { continue };
            if let Some(rule) = definition.rules.iter_mut().find(|rule| rule.identifier == name) {
                met = true;
                threshold_of(rule)?.operand = Operand::Scalar(Scalar::Number(self.value));
            }
        }
        if met { Ok(()) } else { Err(self.unknown(definitions).into()) }
    }

    /// The scorecard is unknown, or its rule is.
    fn unknown(&self, definitions: &[Definition]) -> Diagnostic {
        let divided = definitions.iter().find_map(|definition| {
            let rest = self.target.strip_prefix(definition.identifier.as_str())?;
            Some((definition, rest.strip_prefix('/')?))
        });
        let Some((definition, name)) = divided else {
            let name = self.target.split_once('/').map_or(self.target.as_str(), |(scorecard, _)| scorecard);
            return unknown_scorecard(name, definitions);
        };
        let known = definition.rules.iter().map(|rule| rule.identifier.as_str());
        let message = format!("scorecard {} has no rule {}", quoted(&definition.identifier), quoted(name));
        Diagnostic::error(Code::UnknownRule, message).help(suggest("rule", name, known))
    }
}

/// The one condition of a rule that compares with a number.
fn threshold_of(rule: &mut Rule) -> Result<&mut Condition, Problems> {
    let conditions = rule.query.conditions();
    let others: Vec<&Condition> =
        conditions.iter().copied().filter(|condition| !condition.is_zero_guard()).collect();
    let sole = match (others.as_slice(), conditions.as_slice()) {
        ([one], _) => Some(*one),
        // a rule that only asks for activity: then this is its threshold
        ([], [guard]) => Some(*guard),
        _ => None,
    };
    let span = match sole.filter(|condition| is_threshold(condition)) {
        Some(condition) => condition.span.clone(),
        None => return Err(no_threshold(&rule.identifier, &conditions)),
    };
    let identifier = rule.identifier.clone();
    condition_at(&mut rule.query, &span).ok_or_else(|| no_threshold(&identifier, &[]))
}

fn is_threshold(condition: &Condition) -> bool {
    let compares = matches!(
        condition.operator,
        Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual
    );
    compares && matches!(condition.operand, Operand::Scalar(Scalar::Number(_)))
}

fn condition_at<'q>(query: &'q mut Query, span: &std::ops::Range<usize>) -> Option<&'q mut Condition> {
    query.members.iter_mut().find_map(|member| match member {
        Member::Condition(condition) => (condition.span == *span).then_some(condition),
        Member::Group(group) => condition_at(group, span),
    })
}

fn no_threshold(rule: &str, conditions: &[&Condition]) -> Problems {
    let asks: Vec<String> = conditions.iter().take(5).map(|condition| format!("`{condition}`")).collect();
    let more = if conditions.len() > 5 { ", …" } else { "" };
    let message = format!("rule {} has no single threshold to set", quoted(rule));
    let note = format!("it asks for {}{more}", asks.join(", "));
    Diagnostic::error(Code::NoThreshold, message)
        .note(note)
        .help("`--set` is for rules that compare one thing with one number by `>`, `>=`, `<` or `<=`; change a copy of the definition and use `--compare`")
        .into()
}
