//! Writes conditions and formulas as SQL.

use super::dialect::{Dialect, member_of_element, number};
use super::layer::joined;
use super::model::{Many, Moment, Part, Predicate};
use super::names::Names;
use crate::scorecard::{Formula, Order};
use crate::value::Instant;
use std::collections::BTreeSet;

const NANOS: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * NANOS;

/// A predicate over parts with these names.
pub(super) fn predicate(
    dialect: &dyn Dialect,
    predicate: &Predicate,
    name: &dyn Fn(Part) -> String,
) -> String {
    let all = |members: &[Predicate]| {
        let members: Vec<String> =
            members.iter().map(|member| self::predicate(dialect, member, name)).collect();
        if members.len() > 1 { members.into_iter().map(|one| format!("({one})")).collect() } else { members }
    };
    match predicate {
        Predicate::Instant(order, bound) => {
            format!("{} {} {}", name(Part::Instant), symbol(*order), nanos(*bound))
        }
        Predicate::Between(from, to) => {
            let (instant, day) = (name(Part::Instant), name(Part::Day));
            format!(
                "COALESCE({instant}, {day}) BETWEEN {} AND {}",
                moment(dialect, *from),
                moment(dialect, *to)
            )
        }
        Predicate::NumberIn(numbers) => {
            one_of(&name(Part::Number), numbers.iter().map(|one| number(dialect, *one)))
        }
        Predicate::TextIn(texts) => one_of(&name(Part::Text), texts.iter().map(|text| dialect.literal(text))),
        Predicate::InstantIn(instants) => {
            one_of(&name(Part::Instant), instants.iter().map(|instant| nanos(*instant).to_string()))
        }
        Predicate::BooleanIn(values) => {
            let part = name(Part::Boolean);
            match (values.contains(&true), values.contains(&false)) {
                (true, true) => format!("{part} IS NOT NULL"),
                (true, false) => part,
                _ => format!("NOT {part}"),
            }
        }
        Predicate::Affix(part, affix, text) => dialect.affix(*affix, &name(*part), text),
        Predicate::HasText => {
            format!("{} IS NOT NULL OR {} IS NOT NULL", name(Part::Text), name(Part::Number))
        }
        Predicate::All(members) => joined(&all(members), "AND", "TRUE"),
        Predicate::Any(members) => joined(&all(members), "OR", "FALSE"),
    }
}

/// A test of an array.
pub(super) fn array_test(
    dialect: &dyn Dialect,
    many: &Many,
    parts: &BTreeSet<Part>,
    names: &Names,
) -> String {
    match many {
        Many::Some(one) => dialect.some(&predicate(dialect, one, &member_of_element), parts, names),
        Many::Every(one) => dialect.every(&predicate(dialect, one, &member_of_element), parts, names),
        Many::All(members) => {
            let members: Vec<String> =
                members.iter().map(|member| array_test(dialect, member, parts, names)).collect();
            joined(&members, "AND", "TRUE")
        }
    }
}

fn one_of(part: &str, values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    match values.as_slice() {
        [one] => format!("{part} = {one}"),
        several => format!("{part} IN ({})", several.join(", ")),
    }
}

/// The operator of a comparison.
pub(super) fn symbol(order: Order) -> &'static str {
    match order {
        Order::AtLeast => ">=",
        Order::Above => ">",
        Order::AtMost => "<=",
        Order::Below => "<",
    }
}

/// The nanoseconds since the epoch. They do not fit into 64 bits for all years that RFC 3339 has.
fn nanos(instant: Instant) -> i128 {
    let (seconds, nanos) = instant.to_parts();
    i128::from(seconds) * NANOS + i128::from(nanos)
}

fn moment(dialect: &dyn Dialect, moment: Moment) -> String {
    let plus = |base: String, nanos: i128| match nanos {
        0 => base,
        nanos if nanos < 0 => format!("{base} - {}", -nanos),
        nanos => format!("{base} + {nanos}"),
    };
    let midnight = || {
        let wide = dialect.types().wide;
        format!("CAST({} AS {wide}) * {DAY}", dialect.quotient(&dialect.now(), &DAY.to_string()))
    };
    match moment {
        Moment::Fixed(instant) => nanos(instant).to_string(),
        Moment::Now(days) => plus(dialect.now(), i128::from(days) * DAY),
        Moment::Midnight(days) => plus(midnight(), i128::from(days) * DAY),
        Moment::EndOfDay(days) => plus(midnight(), i128::from(days + 1) * DAY - 1),
    }
}

/// Whether a rule holds. `holds` names the column of a condition.
pub(super) fn holds(formula: &Formula, holds: &dyn Fn(usize) -> String) -> String {
    let all = |members: &[Formula], operator: &str| {
        let members: Vec<String> = members
            .iter()
            .map(|member| match self::holds(member, holds) {
                // a member is in parentheses if it is a group
                text if is_group(member) => format!("({text})"),
                text => text,
            })
            .collect();
        joined(&members, operator, "TRUE")
    };
    match formula {
        Formula::Condition(condition) => holds(*condition),
        Formula::All(members) => all(members, "AND"),
        Formula::Any(members) => all(members, "OR"),
    }
}

fn is_group(formula: &Formula) -> bool {
    matches!(formula, Formula::All(members) | Formula::Any(members) if members.len() > 1)
}

/// Whether a rule fails because of missing data. `missing` names the column that tells it of a condition.
fn lacks_data(
    formula: &Formula,
    holds: &dyn Fn(usize) -> String,
    missing: &dyn Fn(usize) -> String,
) -> String {
    let all = |members: &[Formula], operator: &str| {
        let members: Vec<String> =
            members.iter().map(|member| format!("({})", lacks_data(member, holds, missing))).collect();
        joined(&members, operator, "TRUE")
    };
    match formula {
        Formula::Condition(condition) => format!("NOT {} AND {}", holds(*condition), missing(*condition)),
        Formula::All(members) => all(members, "OR"),
        Formula::Any(members) => all(members, "AND"),
    }
}

/// Whether a rule holds, or fails because of missing data.
pub(super) fn holds_or_lacks_data(
    formula: &Formula,
    holds: &dyn Fn(usize) -> String,
    missing: &dyn Fn(usize) -> String,
) -> String {
    match formula {
        Formula::Condition(condition) => format!("{} OR {}", holds(*condition), missing(*condition)),
        Formula::All(members) | Formula::Any(members) => {
            if let [only] = members.as_slice() {
                return holds_or_lacks_data(only, holds, missing);
            }
            let (passes, lacks) = (self::holds(formula, holds), lacks_data(formula, holds, missing));
            format!("({passes}) OR {lacks}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::model::Affix;
    use crate::sql::postgres::Postgres;

    fn written(one: &Predicate) -> String {
        predicate(&Postgres, one, &|part| part.letter().to_string())
    }

    #[test]
    fn a_predicate_looks_at_the_parts_of_its_type() {
        let instant = Instant::parse("1970-01-01T00:00:01.5Z").expect("a date-time");
        for (one, expected) in [
            (Predicate::NumberIn(vec![0.25]), "n = 0.25"),
            (Predicate::NumberIn(vec![1.0, 2.0]), "n IN (1, 2)"),
            (Predicate::TextIn(vec!["it's".to_owned()]), "s = 'it''s'"),
            (Predicate::BooleanIn(vec![true]), "b"),
            (Predicate::BooleanIn(vec![false]), "NOT b"),
            (Predicate::BooleanIn(vec![true, false]), "b IS NOT NULL"),
            (Predicate::Instant(Order::Above, instant), "i > 1500000000"),
            (Predicate::InstantIn(vec![instant]), "i = 1500000000"),
            (Predicate::HasText, "s IS NOT NULL OR n IS NOT NULL"),
            (Predicate::Affix(Part::Text, Affix::Begins, "v".to_owned()), "starts_with(s, 'v')"),
            (Predicate::Any(Vec::new()), "FALSE"),
            (Predicate::All(Vec::new()), "TRUE"),
            (
                Predicate::Any(vec![Predicate::NumberIn(vec![1.0]), Predicate::HasText]),
                "(n = 1) OR (s IS NOT NULL OR n IS NOT NULL)",
            ),
        ] {
            assert_eq!(written(&one), expected, "{one:?}");
        }
    }

    #[test]
    fn days_are_exact_to_the_nanosecond_and_counted_from_midnight() {
        let days = Predicate::Between(Moment::Midnight(-1), Moment::EndOfDay(-1));
        let text = written(&days);
        assert!(text.starts_with("COALESCE(i, d) BETWEEN CAST(div("), "{text}");
        assert!(text.ends_with("* 86400000000000 - 1"), "{text}");
        let week = written(&Predicate::Between(Moment::Now(-7), Moment::Now(0)));
        assert!(week.contains(" - 604800000000000 AND ") && week.ends_with("* 1000"), "{week}");
    }

    #[test]
    fn a_rule_is_a_formula_of_conditions() {
        let one = Formula::Condition;
        let several =
            Formula::All(vec![one(1), Formula::Any(vec![one(2), one(3)]), Formula::Any(vec![one(4)])]);
        let name = |condition: usize| format!("c{condition}");
        assert_eq!(holds(&several, &name), "c1 AND (c2 OR c3) AND c4");
        let missing = |condition: usize| format!("m{condition}");
        assert_eq!(holds_or_lacks_data(&Formula::All(vec![one(1)]), &name, &missing), "c1 OR m1");
        // one condition of an `or` that is measured and fails is enough to fail
        assert_eq!(
            holds_or_lacks_data(&Formula::Any(vec![one(1), one(2)]), &name, &missing),
            "(c1 OR c2) OR (NOT c1 AND m1) AND (NOT c2 AND m2)"
        );
    }
}
