//! Turns a compiled test into tests of the parts of a value.

use super::model::{Affix, Kind, Many, Moment, Part, Predicate, Test};
use crate::scorecard::{self, Known};
use crate::value::{Instant, Period, Preset, Scalar};

impl Test {
    /// The test, and whether the condition is negated once more. `preset` is the preset of the condition, if it is to
    /// stay relative to the current time of the engine.
    pub(super) fn new(test: &scorecard::Test, preset: Option<Preset>) -> (Self, bool) {
        use scorecard::Test as Compiled;
        let of_one = |one: Predicate| Self::Value { many: Many::Some(one.clone()), one };
        let test = match test {
            Compiled::Empty => Self::Empty,
            Compiled::NotEmpty => return (Self::Empty, true),
            Compiled::Number(order, bound) => Self::Bound(*order, *bound),
            Compiled::Instant(order, bound) => of_one(Predicate::Instant(*order, *bound)),
            Compiled::Between(from, to) => of_one(match preset {
                Some(preset) => range(preset),
                None => Predicate::Between(Moment::Fixed(*from), Moment::Fixed(*to)),
            }),
            Compiled::Equal(known) => of_one(equals_any(std::slice::from_ref(known))),
            Compiled::AnyOf(known) => of_one(equals_any(known)),
            Compiled::BeginsWith(text) => of_one(affix(Affix::Begins, text)),
            Compiled::EndsWith(text) => of_one(affix(Affix::Ends, text)),
            Compiled::SameSet(known) => {
                let each = known.iter().map(|known| equals_any(std::slice::from_ref(known)));
                let found = each.clone().map(Many::Some);
                let is_known = equals_any(known);
                let many = Many::All(std::iter::once(Many::Every(is_known.clone())).chain(found).collect());
                Self::Value { one: Predicate::All(std::iter::once(is_known).chain(each).collect()), many }
            }
            Compiled::ContainsAll(known) => {
                let texts = known.iter().filter_map(|known| known.text.as_deref());
                let contained = texts.map(|text| affix(Affix::Contains, text));
                let found = known.iter().map(|known| Many::Some(equals_any(std::slice::from_ref(known))));
                let one =
                    if known.is_empty() { Predicate::HasText } else { Predicate::All(contained.collect()) };
                Self::Value { one, many: Many::All(found.collect()) }
            }
            Compiled::Like(_) => unreachable!("definitions cannot express a pattern"),
        };
        (test, false)
    }

    /// The type that it suggests; `None` if it fits every type.
    pub(super) fn kind(&self) -> Option<Kind> {
        match self {
            Self::Empty => None,
            Self::Bound(..) => Some(Kind::Number),
            Self::Value { one, many: Many::Some(_) } => one.kind(),
            // a set is looked for, or elements
            Self::Value { .. } => Some(Kind::Any),
        }
    }
}

impl Predicate {
    fn kind(&self) -> Option<Kind> {
        match self {
            Self::NumberIn(_) => Some(Kind::Number),
            Self::Instant(..) | Self::Between(..) | Self::InstantIn(_) => Some(Kind::Time),
            Self::TextIn(_) | Self::Affix(Part::Text, ..) => Some(Kind::Text),
            Self::BooleanIn(_) => Some(Kind::Boolean),
            Self::Affix(..) | Self::HasText => Some(Kind::Any),
            Self::All(members) | Self::Any(members) => {
                members.iter().filter_map(Self::kind).reduce(Kind::with)
            }
        }
    }
}

/// The predicate for a value that equals one of these.
fn equals_any(known: &[Known]) -> Predicate {
    let (mut numbers, mut texts, mut booleans) = (Vec::new(), Vec::new(), Vec::new());
    for known in known {
        match &known.scalar {
            Scalar::Number(number) => numbers.push(*number),
            Scalar::Text(text) => texts.push(text.clone()),
            Scalar::Bool(value) => booleans.push(*value),
        }
    }
    let instants: Vec<Instant> = known.iter().filter_map(|known| known.instant).collect();
    let mut any = Vec::new();
    if !numbers.is_empty() {
        any.push(Predicate::NumberIn(numbers));
    }
    if !texts.is_empty() {
        any.push(Predicate::TextIn(texts));
    }
    if !booleans.is_empty() {
        any.push(Predicate::BooleanIn(booleans));
    }
    if !instants.is_empty() {
        any.push(Predicate::InstantIn(instants));
    }
    Predicate::Any(any)
}

/// The predicate for a text at a place of a string or number. Text that no number contains is looked for only in strings.
fn affix(affix: Affix, text: &str) -> Predicate {
    let may_be_of_number = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-'));
    Predicate::Affix(if may_be_of_number { Part::Shown } else { Part::Text }, affix, text.to_owned())
}

fn range(preset: Preset) -> Predicate {
    match preset.period() {
        Period::Day(days) => Predicate::Between(Moment::Midnight(days), Moment::EndOfDay(days)),
        Period::Days(days) => Predicate::Between(Moment::Now(days.min(0)), Moment::Now(days.max(0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::Order;

    fn text(text: &str) -> Known {
        let scalar = Scalar::Text(text.to_owned());
        Known { scalar, instant: Instant::parse(text), text: Some(text.to_owned()) }
    }

    fn number(number: f64) -> Known {
        Known { scalar: Scalar::Number(number), instant: None, text: Some(number.to_string()) }
    }

    fn kind(test: &scorecard::Test) -> Option<Kind> {
        Test::new(test, None).0.kind()
    }

    #[test]
    fn a_test_suggests_the_type_that_an_analyst_would_give_the_column() {
        use scorecard::Test as Compiled;
        let instant = Instant::parse("2026-01-31T00:00:00Z").expect("a date-time");
        for (test, expected) in [
            (Compiled::Empty, None),
            (Compiled::NotEmpty, None),
            (Compiled::Number(Order::AtLeast, 1.0), Some(Kind::Number)),
            (Compiled::Instant(Order::Above, instant), Some(Kind::Time)),
            (Compiled::Between(instant, instant), Some(Kind::Time)),
            (Compiled::Equal(text("gold")), Some(Kind::Text)),
            // it may also be the text of another property
            (Compiled::Equal(text("2026-01-31T00:00:00Z")), Some(Kind::Text)),
            (Compiled::Equal(number(7.0)), Some(Kind::Number)),
            (Compiled::AnyOf(vec![text("a"), text("b")]), Some(Kind::Text)),
            (Compiled::AnyOf(vec![text("a"), number(7.0)]), Some(Kind::Any)),
            (Compiled::BeginsWith("v".to_owned()), Some(Kind::Text)),
            // a number can begin with it, too
            (Compiled::BeginsWith("1.".to_owned()), Some(Kind::Any)),
            (Compiled::SameSet(vec![text("a")]), Some(Kind::Any)),
            (Compiled::ContainsAll(vec![text("a")]), Some(Kind::Any)),
        ] {
            assert_eq!(kind(&test), expected, "{test:?}");
        }
    }

    #[test]
    fn a_test_for_a_value_is_the_opposite_of_the_one_for_none() {
        for (test, inverted) in [(scorecard::Test::Empty, false), (scorecard::Test::NotEmpty, true)] {
            let (test, is_inverted) = Test::new(&test, None);
            assert!(matches!(test, Test::Empty));
            assert_eq!(is_inverted, inverted);
        }
    }

    #[test]
    fn a_preset_stays_relative_and_covers_whole_days_or_spans() {
        let between = |name: &str| {
            let instant = Instant::parse("2026-01-31T00:00:00Z").expect("a date-time");
            let preset = Preset::named(name).expect("a preset");
            match Test::new(&scorecard::Test::Between(instant, instant), Some(preset)).0 {
                Test::Value { one: Predicate::Between(from, to), .. } => (from, to),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(between("today"), (Moment::Midnight(0), Moment::EndOfDay(0)));
        assert_eq!(between("yesterday"), (Moment::Midnight(-1), Moment::EndOfDay(-1)));
        assert_eq!(between("lastWeek"), (Moment::Now(-7), Moment::Now(0)));
        assert_eq!(between("nextWeek"), (Moment::Now(0), Moment::Now(7)));
    }
}
