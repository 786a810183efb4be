//! A badge as JSON for the endpoint badge of shields.io, which refuses keys that it does not know:
//! <https://shields.io/badges/endpoint-badge>.

use super::model::Badge;
use crate::json::write_compact;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint<'b> {
    schema_version: u8,
    label: &'b str,
    message: String,
    color: String,
}

impl Badge<'_> {
    /// The JSON for shields.io, on one line.
    pub(crate) fn json(&self) -> Vec<u8> {
        let Self { label, fill, .. } = *self;
        let endpoint =
            Endpoint { schema_version: 1, label, message: self.message(), color: fill.to_string() };
        let mut text = Vec::new();
        #[expect(clippy::expect_used, reason = "memory can be written, and every key is a string")]
        write_compact(&endpoint, &mut text).expect("memory can be written");
        text.push(b'\n');
        text
    }
}
