//! Replaces thresholds of rules, for `--set`.
//!
//! A rule has a threshold if, apart from guards such as `total_deployments > 0`, it compares one property with one
//! number. Guards do not change.

use crate::diagnostic::{Code, Diagnostic, Problems, quoted, suggest};
use crate::scorecard::{Condition, Definition, Member, Operand, Query, Rule, unknown_scorecard};
use crate::value::Scalar;
use std::str::FromStr;

/// A new threshold for one rule, written `SCORECARD/RULE=VALUE`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Threshold {
    /// `SCORECARD/RULE`. Both identifiers may contain slashes, so the definitions are needed to split it.
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
        let value = serde_json::from_str(value.trim())
            .map_err(|_| format!("`{value}` is not a number; {example}"))?;
        Ok(Self { target: target.to_owned(), value })
    }
}

/// Replaces thresholds. If several thresholds are given for a rule, the last one is used. If scorecards of several
/// blueprints have the same identifier, the rule is changed in each of them that has it.
///
/// # Errors
/// Returns a problem for each scorecard or rule that does not exist, and for each rule that does not have exactly one
/// threshold.
pub(crate) fn set_thresholds(
    definitions: &mut [Definition],
    thresholds: &[Threshold],
) -> Result<(), Problems> {
    let mut problems = Vec::new();
    for (index, threshold) in thresholds.iter().enumerate() {
        // an earlier value must not be set at all: 0 can make a condition look like a guard, which has no threshold
        let is_replaced = |later: &Threshold| later.target == threshold.target;
        if thresholds.iter().skip(index + 1).any(is_replaced) {
            continue;
        }
        if let Err(more) = threshold.set(definitions) {
            problems.extend(more.0);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

impl Threshold {
    fn set(&self, definitions: &mut [Definition]) -> Result<(), Problems> {
        let mut is_set = false;
        for definition in definitions.iter_mut() {
            let rules = self
                .target
                .strip_prefix(definition.identifier.as_str())
                .and_then(|rest| rest.strip_prefix('/'));
            let Some(name) = rules else { continue };
            if let Some(rule) = definition.rules.iter_mut().find(|rule| rule.identifier == name) {
                is_set = true;
                threshold_of(rule)?.operand = Operand::Scalar(Scalar::Number(self.value));
            }
        }
        if is_set { Ok(()) } else { Err(self.unknown(definitions).into()) }
    }

    /// The error for an unknown scorecard, or for an unknown rule of a known scorecard.
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

/// The only condition of a rule that compares with a number and is not a guard.
#[expect(clippy::expect_used, reason = "the span comes from a condition of this query")]
fn threshold_of(rule: &mut Rule) -> Result<&mut Condition, Problems> {
    let conditions = rule.query.conditions();
    let others: Vec<&Condition> =
        conditions.iter().copied().filter(|condition| !condition.is_zero_guard()).collect();
    let sole = match (others.as_slice(), conditions.as_slice()) {
        ([one], _) => Some(*one),
        // in a rule that only requires activity, the guard is the threshold
        ([], [guard]) => Some(*guard),
        _ => None,
    };
    let span = match sole.filter(|condition| is_threshold(condition)) {
        Some(condition) => condition.span.clone(),
        None => return Err(no_threshold(&rule.identifier, &conditions)),
    };
    Ok(condition_at(&mut rule.query, &span).expect("the condition is in the query"))
}

fn is_threshold(condition: &Condition) -> bool {
    condition.operator.is_order() && matches!(condition.operand, Operand::Scalar(Scalar::Number(_)))
}

fn condition_at<'q>(query: &'q mut Query, span: &std::ops::Range<usize>) -> Option<&'q mut Condition> {
    query.members.iter_mut().find_map(|member| match member {
        Member::Condition(condition) => (condition.span == *span).then_some(condition),
        Member::Group(group) => condition_at(group, span),
    })
}

fn no_threshold(rule: &str, conditions: &[&Condition]) -> Problems {
    let required: Vec<String> = conditions.iter().take(5).map(|condition| format!("`{condition}`")).collect();
    let more = if conditions.len() > 5 { ", …" } else { "" };
    let message = format!("rule {} has no single threshold to set", quoted(rule));
    let note = format!("its conditions are {}{more}", required.join(", "));
    Diagnostic::error(Code::NoThreshold, message)
        .note(note)
        .help("`--set` can change only rules that compare one property with one number by `>`, `>=`, `<` or `<=`; for other rules, edit a copy of the definition and use `--compare`")
        .into()
}
