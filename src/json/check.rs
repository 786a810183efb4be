//! Checks values completely, without keeping them.

use super::fault::{Fault, FaultKind};
use super::scan::Scanner;

impl Scanner<'_> {
    /// Moves past one value of any type. Unlike in [`Scanner::skip_value`], the strings in it must be characters, and
    /// the numbers must not be too large for a double.
    pub(crate) fn check_value(&mut self) -> Result<(), Fault> {
        let mut first = true;
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            Some(b'[') => {
                self.open()?;
                while self.element(&mut first)? {
                    self.check_value()?;
                }
                Ok(())
            }
            Some(b'{') => {
                self.open()?;
                while let Some(key) = self.member(&mut first)? {
                    key.decoded()?;
                    self.check_value()?;
                }
                Ok(())
            }
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null"),
            _ => Err(self.unexpected(FaultKind::Value)),
        }
    }
}
