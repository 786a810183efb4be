//! Reads the result of an entity in one scorecard, as `evaluate` or Port writes it.

use super::catalog::{Catalog, Grade, ListedRule, RuleList, RuleName, RuleStates};
use super::interned::Id;
use crate::diagnostic::{Code, quoted};
use crate::entity::{Rejection, kind};
use crate::json::Scanner;
use std::borrow::Cow;

/// A result as it is written.
#[derive(Debug, Default, PartialEq)]
pub(super) struct WrittenGrade<'a> {
    level: Option<Cow<'a, str>>,
    rank: Option<u32>,
    no_data: Option<bool>,
    rules: Option<Vec<WrittenRule<'a>>>,
}

/// The state of a rule as it is written.
#[derive(Debug, Default, PartialEq)]
struct WrittenRule<'a> {
    identifier: Option<Cow<'a, str>>,
    level: Option<Cow<'a, str>>,
    passes: Option<bool>,
}

/// The place of a result in messages.
#[derive(Clone, Copy)]
pub(super) struct Within<'n> {
    pub(super) entity: &'n str,
    pub(super) scorecard: &'n str,
}

/// The way out of a value of the wrong type.
const HELP: &str = "give a result of `dora-score evaluate`, or entities as Port exports them";

impl Within<'_> {
    fn wrong(&self, at: usize, what: &str, help: &'static str) -> Rejection {
        Rejection::Shape {
            code: Code::WrongType,
            message: format!("{what} in scorecard {}", quoted(self.scorecard)),
            help,
            at,
            within: Some(("entity", self.entity.to_owned())),
        }
    }

    fn wrong_type(&self, scanner: &mut Scanner<'_>, key: &str, expected: &str) -> Rejection {
        let kind = kind(scanner.peek());
        let what = format!("`{key}` must be {expected}, not {kind},");
        self.wrong(scanner.pos(), &what, HELP)
    }
}

/// Reads the next value of `scanner`, which is not null.
///
/// # Errors
/// Returns the reason why the value is not a result.
pub(super) fn read_grade<'a>(
    scanner: &mut Scanner<'a>,
    within: Within<'_>,
) -> Result<WrittenGrade<'a>, Rejection> {
    if scanner.peek() != Some(b'{') {
        let kind = kind(scanner.peek());
        let what = format!("a result must be an object or null, not {kind},");
        return Err(within.wrong(scanner.pos(), &what, HELP));
    }
    let start = scanner.pos();
    scanner.open()?;
    let (mut grade, mut first) = (WrittenGrade::default(), true);
    while let Some(key) = scanner.member(&mut first)? {
        let next = scanner.peek();
        match (&*key.name(), next) {
            (b"level", Some(b'"')) => grade.level = Some(scanner.string()?),
            (b"level", _) => return Err(within.wrong_type(scanner, "level", "a string")),
            (b"rank", Some(b'-' | b'0'..=b'9')) => grade.rank = rank(scanner, within)?,
            (b"noData", Some(b't')) => grade.no_data = literal(scanner, "true")?,
            (b"noData", Some(b'f')) => grade.no_data = literal(scanner, "false")?,
            (b"rules", Some(b'[')) => grade.rules = Some(read_rules(scanner, within)?),
            (b"rank" | b"noData" | b"rules", Some(b'n')) => scanner.skip_value()?,
            (b"rank", _) => return Err(within.wrong_type(scanner, "rank", "a whole number")),
            (b"noData", _) => return Err(within.wrong_type(scanner, "noData", "a boolean")),
            (b"rules", _) => return Err(within.wrong_type(scanner, "rules", "an array")),
            _ => scanner.skip_value()?,
        }
    }
    if grade.level.is_none() {
        return Err(within.wrong(start, "the result has no `level`", "add the title of the level"));
    }
    Ok(grade)
}

fn literal(scanner: &mut Scanner<'_>, word: &'static str) -> Result<Option<bool>, Rejection> {
    scanner.literal(word)?;
    Ok(Some(word == "true"))
}

fn rank(scanner: &mut Scanner<'_>, within: Within<'_>) -> Result<Option<u32>, Rejection> {
    let at = scanner.pos();
    let number = scanner.number()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is checked to be a small whole number"
    )]
    let rank =
        (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32);
    match rank {
        Some(rank) => Ok(Some(rank)),
        None => Err(within.wrong(at, "`rank` must be a whole number", "0 is the rank of the base level")),
    }
}

fn read_rules<'a>(scanner: &mut Scanner<'a>, within: Within<'_>) -> Result<Vec<WrittenRule<'a>>, Rejection> {
    let (mut rules, mut first) = (Vec::new(), true);
    scanner.open()?;
    while scanner.element(&mut first)? {
        rules.push(read_rule(scanner, within)?);
    }
    Ok(rules)
}

fn read_rule<'a>(scanner: &mut Scanner<'a>, within: Within<'_>) -> Result<WrittenRule<'a>, Rejection> {
    if scanner.peek() != Some(b'{') {
        return Err(within.wrong_type(scanner, "rules", "an array of objects"));
    }
    let start = scanner.pos();
    scanner.open()?;
    let (mut rule, mut first) = (WrittenRule::default(), true);
    while let Some(key) = scanner.member(&mut first)? {
        let next = scanner.peek();
        match (&*key.name(), next) {
            (b"identifier", Some(b'"')) => rule.identifier = Some(scanner.string()?),
            (b"level", Some(b'"')) => rule.level = Some(scanner.string()?),
            (b"status", Some(b'"')) => rule.passes = Some(read_status(scanner, within)?),
            (b"identifier", _) => return Err(within.wrong_type(scanner, "identifier", "a string")),
            (b"status", _) => return Err(within.wrong_type(scanner, "status", "a string")),
            _ => scanner.skip_value()?,
        }
    }
    let missing = [("identifier", rule.identifier.is_none()), ("status", rule.passes.is_none())];
    match missing.into_iter().find(|(_, is_missing)| *is_missing) {
        None => Ok(rule),
        Some((key, _)) => {
            let help = "a rule of a result has an `identifier` and a `status`";
            Err(within.wrong(start, &format!("a rule has no `{key}`"), help))
        }
    }
}

/// Whether a rule passes.
fn read_status(scanner: &mut Scanner<'_>, within: Within<'_>) -> Result<bool, Rejection> {
    let at = scanner.pos();
    match &*scanner.string()? {
        "SUCCESS" => Ok(true),
        "FAILURE" => Ok(false),
        other => {
            let what = format!("unknown status {} of a rule", quoted(other));
            Err(within.wrong(at, &what, "the status of a rule is `SUCCESS` or `FAILURE`"))
        }
    }
}

impl WrittenGrade<'_> {
    /// The number of the grade.
    #[expect(
        clippy::expect_used,
        reason = "`read_grade` refuses a result without a level, and rules without a name or a status"
    )]
    pub(super) fn intern(&self, catalog: &mut Catalog) -> Id<Grade> {
        let level = catalog.title(self.level.as_deref().expect("a result has a level"));
        let rules = self.rules.as_ref().map(|rules| {
            let list = rules.iter().map(|rule| {
                let name = rule.identifier.as_deref().expect("a rule has an identifier");
                let level = rule.level.as_deref().map(|level| catalog.title(level));
                ListedRule { name: catalog.rules.intern(RuleName(name.into())), level }
            });
            let list = RuleList(list.collect());
            let passes = rules.iter().map(|rule| rule.passes.expect("a rule has a status"));
            RuleStates::new(catalog.rule_lists.intern(list), passes)
        });
        catalog.grades.intern(Grade { level, rank: self.rank, no_data: self.no_data, rules })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Specials;

    fn read(text: &str) -> Result<WrittenGrade<'_>, Rejection> {
        let specials = Specials::new(text);
        // the specials live as long as the scanner, not as what it returns
        let mut scanner = Scanner::new(text, Box::leak(Box::new(specials)), true);
        read_grade(&mut scanner, Within { entity: "checkout", scorecard: "dora_cfr" })
    }

    fn problem(text: &str) -> String {
        match read(text).unwrap_err() {
            Rejection::Shape { message, .. } => message,
            Rejection::Json(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn a_result_of_port_tells_less_than_one_of_ours() {
        let grade = read(r#"{"level": "Gold", "other": [1]}"#).unwrap();
        assert_eq!(grade, WrittenGrade { level: Some("Gold".into()), ..WrittenGrade::default() });
        let grade = read(
            r#"{"level": "Gold", "rank": 3, "noData": false, "rules": [{"identifier": "a", "status": "SUCCESS", "level": "Gold"}]}"#,
        );
        let grade = grade.unwrap();
        assert_eq!(
            (grade.rank, grade.no_data, grade.rules.map(|rules| rules.len())),
            (Some(3), Some(false), Some(1))
        );
    }

    #[test]
    fn everything_else_is_refused_with_the_key() {
        for (text, expected) in [
            ("7", "a result must be an object or null, not a number, in scorecard `dora_cfr`"),
            ("{}", "the result has no `level` in scorecard `dora_cfr`"),
            (r#"{"level": null}"#, "`level` must be a string, not null, in scorecard `dora_cfr`"),
            (r#"{"level": "a", "rank": 1.5}"#, "`rank` must be a whole number in scorecard `dora_cfr`"),
            (r#"{"level": "a", "rank": -1}"#, "`rank` must be a whole number in scorecard `dora_cfr`"),
            (
                r#"{"level": "a", "rules": [{"identifier": "r"}]}"#,
                "a rule has no `status` in scorecard `dora_cfr`",
            ),
            (
                r#"{"level": "a", "rules": [{"identifier": "r", "status": "ok"}]}"#,
                "unknown status `ok` of a rule in scorecard `dora_cfr`",
            ),
        ] {
            assert_eq!(problem(text), expected, "{text}");
        }
    }
}
