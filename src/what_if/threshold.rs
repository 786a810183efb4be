//! Replaces thresholds of rules, for `--set`.
//!
//! A rule has a threshold if, apart from guards such as `total_deployments > 0`, it compares one property with one
//! number. Guards do not change.

use crate::diagnostic::{Code, Diagnostic, Problems, quoted, suggest};
use crate::quoting::split_name;
use crate::scorecard::{Condition, Definition, Member, Operand, Query, Rule, unknown_scorecard};
use crate::value::Scalar;
use std::collections::BTreeMap;
use std::str::FromStr;

/// A new threshold for one rule, written `SCORECARD/RULE=VALUE`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Threshold {
    target: Target,
    value: f64,
}

/// The rule to change.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    /// `SCORECARD/RULE` without quotes. Both identifiers may contain slashes, so the definitions are needed to split it.
    Written(String),
    /// Two identifiers, at least one of them in quotes.
    Quoted { scorecard: String, rule: String },
}

const EXAMPLE: &str = "write SCORECARD/RULE=VALUE, such as dora_deploy_freq/svc_df_elite=5";

impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (target, value) = target(text)?;
        let value = serde_json::from_str(value.trim())
            .map_err(|_| format!("`{}` is not a number; {EXAMPLE}", value.trim()))?;
        Ok(Self { target, value })
    }
}

/// The target and the text after its `=`.
fn target(text: &str) -> Result<(Target, &str), String> {
    if !text.trim_start().starts_with('"') && !text.contains("/\"") {
        let (target, value) = text.rsplit_once('=').ok_or(EXAMPLE)?;
        let has_both = target.contains('/');
        return if has_both {
            Ok((Target::Written(target.to_owned()), value))
        } else {
            Err(EXAMPLE.to_owned())
        };
    }
    let (scorecard, rest) = split_name(text, |c| c == '/')?;
    let rest = rest.trim_start().strip_prefix('/').ok_or(EXAMPLE)?;
    let (rule, rest) = match rest.trim_start().starts_with('"') {
        true => split_name(rest, |_| false)?,
        false => {
            let (rule, _) = rest.rsplit_once('=').ok_or(EXAMPLE)?;
            (rule.trim().to_owned(), rest.strip_prefix(rule).unwrap_or_default())
        }
    };
    let value = rest.trim_start().strip_prefix('=').ok_or(EXAMPLE)?;
    Ok((Target::Quoted { scorecard, rule }, value))
}

impl Target {
    /// The rule that it names in this scorecard; `None` if it names another scorecard.
    fn rule_of(&self, definition: &Definition) -> Option<&str> {
        match self {
            Self::Written(text) => text.strip_prefix(definition.identifier.as_str())?.strip_prefix('/'),
            Self::Quoted { scorecard, rule } => {
                (*scorecard == definition.identifier).then_some(rule.as_str())
            }
        }
    }

    /// The scorecard that it seems to name, for the error about an unknown one.
    fn scorecard(&self) -> &str {
        match self {
            Self::Written(text) => text.split_once('/').map_or(text.as_str(), |(scorecard, _)| scorecard),
            Self::Quoted { scorecard, .. } => scorecard,
        }
    }

    /// The places of the rule: indices of a definition and of a rule in it.
    fn places(&self, definitions: &[Definition]) -> Vec<(usize, usize)> {
        let places = definitions.iter().enumerate().filter_map(|(index, definition)| {
            let name = self.rule_of(definition)?;
            Some((index, definition.rules.iter().position(|rule| rule.identifier == name)?))
        });
        places.collect()
    }

    /// The error for an unknown scorecard, or for an unknown rule of a known scorecard.
    fn unknown(&self, definitions: &[Definition]) -> Diagnostic {
        let known = definitions.iter().find_map(|definition| Some((definition, self.rule_of(definition)?)));
        let Some((definition, name)) = known else {
            return unknown_scorecard(self.scorecard(), definitions);
        };
        let known = definition.rules.iter().map(|rule| rule.identifier.as_str());
        let message = format!("scorecard {} has no rule {}", quoted(&definition.identifier), quoted(name));
        Diagnostic::error(Code::UnknownRule, message).help(suggest("rule", name, known))
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
    // an earlier value must not be set at all: 0 can make a condition look like a guard, which has no threshold
    let mut values = BTreeMap::new();
    for threshold in thresholds {
        let places = threshold.target.places(definitions);
        if places.is_empty() {
            problems.push(threshold.target.unknown(definitions));
        }
        values.extend(places.into_iter().map(|place| (place, threshold.value)));
    }
    for (card, definition) in definitions.iter_mut().enumerate() {
        for (index, rule) in definition.rules.iter_mut().enumerate() {
            let Some(value) = values.get(&(card, index)) else { continue };
            match threshold_of(rule) {
                Ok(condition) => condition.operand = Operand::Scalar(Scalar::Number(*value)),
                Err(more) => problems.extend(more.0),
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
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
