//! Decodes the values of wanted fields, to the depth that operators need.

use crate::json::{Fault, FaultKind, Scanner};
use crate::value::Value;

/// Reads any value. Arrays inside an array and members of objects are checked, but kept only as text.
pub(crate) fn read_value<'a>(scanner: &mut Scanner<'a>) -> Result<Value<'a>, Fault> {
    Ok(match scanner.peek() {
        Some(b'-' | b'0'..=b'9') => Value::Number(scanner.number()?),
        Some(b'"') => Value::Text(scanner.string()?),
        Some(b'n') => scanner.literal("null").map(|()| Value::Null)?,
        Some(b't') => scanner.literal("true").map(|()| Value::Bool(true))?,
        Some(b'f') => scanner.literal("false").map(|()| Value::Bool(false))?,
        Some(b'[') => {
            scanner.open()?;
            let (mut items, mut first) = (Vec::new(), true);
            while scanner.element(&mut first)? {
                items.push(match scanner.peek() {
                    Some(b'[' | b'{') => read_unopened(scanner)?,
                    _ => read_value(scanner)?,
                });
            }
            Value::List(items)
        }
        Some(b'{') => read_unopened(scanner)?,
        _ => return Err(scanner.unexpected(FaultKind::Value)),
    })
}

/// Reads an object or an array whose members no operator needs.
fn read_unopened<'a>(scanner: &mut Scanner<'a>) -> Result<Value<'a>, Fault> {
    let from = scanner.pos();
    scanner.check_value()?;
    Ok(Value::Object { json: scanner.since(from).into() })
}
