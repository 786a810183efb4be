//! Decodes the values that are wanted; what is nested in them is only looked at as far as any operator can.

use crate::json::{Fault, FaultKind, Scanner};
use crate::value::Value;

/// Any value, whole but for what is nested in arrays and objects.
pub(super) fn value<'a>(scanner: &mut Scanner<'a>) -> Result<Value<'a>, Fault> {
    let mut value = Value::Missing;
    read_value(scanner, &mut value)?;
    Ok(value)
}

/// Reads a value into its place: the usual ones go there without a detour through memory.
#[inline]
pub(super) fn read_value<'a>(scanner: &mut Scanner<'a>, place: &mut Value<'a>) -> Result<(), Fault> {
    match scanner.peek() {
        Some(b'-' | b'0'..=b'9') => *place = Value::Number(scanner.number()?),
        Some(b'"') => *place = Value::Text(scanner.string()?),
        Some(b'n') => {
            scanner.literal("null")?;
            *place = Value::Null;
        }
        _ => *place = rare_value(scanner)?,
    }
    Ok(())
}

fn rare_value<'a>(scanner: &mut Scanner<'a>) -> Result<Value<'a>, Fault> {
    Ok(match scanner.peek() {
        Some(b't') => scanner.literal("true").map(|()| Value::Bool(true))?,
        Some(b'f') => scanner.literal("false").map(|()| Value::Bool(false))?,
        Some(b'[') => {
            scanner.open()?;
            let (mut items, mut first) = (Vec::new(), true);
            while scanner.element(&mut first)? {
                items.push(match scanner.peek() {
                    Some(b'[' | b'{') => {
                        strict_skip(scanner)?;
                        Value::Object { empty: false }
                    }
                    _ => value(scanner)?,
                });
            }
            Value::List(items)
        }
        Some(b'{') => {
            let from = scanner.pos();
            strict_skip(scanner)?;
            let inside = scanner.since(from).trim_start_matches('{');
            Value::Object { empty: inside.trim_start().starts_with('}') }
        }
        _ => return Err(scanner.unexpected(FaultKind::Value)),
    })
}

/// Skips an array or object inside a wanted value, where numbers and strings must be sound as well.
fn strict_skip(scanner: &mut Scanner<'_>) -> Result<(), Fault> {
    let next = scanner.peek();
    let mut first = true;
    match next {
        Some(b'[') => {
            scanner.open()?;
            while scanner.element(&mut first)? {
                strict_skip(scanner)?;
            }
        }
        Some(b'{') => {
            scanner.open()?;
            while let Some(key) = scanner.member(&mut first)? {
                key.decoded()?;
                strict_skip(scanner)?;
            }
        }
        _ => {
            value(scanner)?;
        }
    }
    Ok(())
}
