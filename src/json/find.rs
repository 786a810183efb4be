//! Finds where the plain part of a string ends: the one inner loop that decides how fast files are read.
//!
//! Sixteen bytes at a time, compared with the obvious loop in a test.

use wide::u8x16;

/// Index of the first byte at or after `from` that is a quote, a backslash or a control character.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut from: usize) -> Option<usize> {
    while let Some(chunk) = bytes.get(from..).and_then(|rest| rest.first_chunk::<WIDTH>()) {
        if let Some(offset) = first_special(*chunk) {
            return Some(from + offset);
        }
        from += WIDTH;
    }
    let rest = bytes.get(from..)?;
    rest.iter().position(|&byte| is_special(byte)).map(|offset| from + offset)
}

#[inline]
fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

const WIDTH: usize = 16;

#[inline]
fn first_special(chunk: [u8; WIDTH]) -> Option<usize> {
    let data = u8x16::new(chunk);
    let quote = data.simd_eq(u8x16::splat(b'"'));
    let backslash = data.simd_eq(u8x16::splat(b'\\'));
    let control = data.min(u8x16::splat(0x1f)).simd_eq(data);
    let mask = (quote | backslash | control).to_bitmask();
    if mask == 0 { None } else { Some(mask.trailing_zeros() as usize) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_obvious_loop() {
        for length in 0..50 {
            for at in 0..=length {
                for special in [b'"', b'\\', 0, 0x1f, 0x20, 0x7f, 0x80, 0xff, b'!'] {
                    let mut bytes = vec![b'x'; length];
                    if let Some(slot) = bytes.get_mut(at) {
                        *slot = special;
                    }
                    for from in 0..=length {
                        let obvious = (from..length).find(|&i| is_special(bytes[i]));
                        assert_eq!(plain_end(&bytes, from), obvious, "{bytes:?} from {from}");
                    }
                }
            }
        }
    }
}
