//! The text of one block for one report, cut at the limit on the number of shown entities.

use std::io::Write;

/// The text of one block for one report. It is empty for reports that print at the end.
#[derive(Default)]
pub(super) struct BlockText {
    pub(super) bytes: Vec<u8>,
    /// The end of each entity's text, in bytes; empty without a limit.
    pub(super) ends: Vec<usize>,
}

impl BlockText {
    /// Writes the text, up to the limit. `before` is the number of entities already written; if there are any,
    /// the separator comes first.
    pub(super) fn write(
        &self,
        separator: &[u8],
        before: u64,
        limit: Option<usize>,
        sink: &mut (dyn Write + Send),
    ) -> std::io::Result<()> {
        let bytes = match limit {
            None => self.bytes.as_slice(),
            Some(limit) => self.first((limit as u64).saturating_sub(before)),
        };
        if before > 0 && !bytes.is_empty() {
            sink.write_all(separator)?;
        }
        sink.write_all(bytes)
    }

    /// The text of the first `count` entities.
    fn first(&self, count: u64) -> &[u8] {
        let shown = usize::try_from(count).unwrap_or(usize::MAX).min(self.ends.len());
        let end = shown.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        self.bytes.split_at(end).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two entities, `aa` and `bbb`, separated by a comma.
    fn block() -> BlockText {
        BlockText { bytes: b"aa,bbb".to_vec(), ends: vec![2, 6] }
    }

    fn written(text: &BlockText, before: u64, limit: Option<usize>) -> String {
        let mut sink = Vec::new();
        text.write(b",", before, limit, &mut sink).expect("memory can be written");
        String::from_utf8(sink).expect("it is UTF-8")
    }

    #[test]
    fn a_limit_cuts_between_entities() {
        for (before, limit, expected) in [
            (0, None, "aa,bbb"),
            (7, None, ",aa,bbb"),
            (0, Some(0), ""),
            (0, Some(1), "aa"),
            (0, Some(2), "aa,bbb"),
            (0, Some(usize::MAX), "aa,bbb"),
            (1, Some(2), ",aa"),
            (2, Some(2), ""),
            (9, Some(2), ""),
        ] {
            assert_eq!(written(&block(), before, limit), expected, "{before} before, limit {limit:?}");
        }
    }

    #[test]
    fn a_block_without_text_adds_no_separator() {
        assert_eq!(written(&BlockText::default(), 3, None), "");
        assert_eq!(written(&BlockText::default(), 3, Some(9)), "");
    }
}
