//! Bars and columns whose segments show the parts of a whole.

use crate::report::shares;
use maud::{Markup, html};

/// A part of a bar: how many, and the class with its colours.
pub(super) type Part = (u64, &'static str);

/// A bar, 100 units wide.
pub(super) fn bar(parts: &[Part], name: &str) -> Markup {
    html! {
        svg.bar viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(name) {
            @for (start, length, class) in segments(parts) {
                rect class=(class) x=(start) width=(gapped(length)) height="10" {}
            }
        }
    }
}

/// A column at `x`, 100 units high, that grows from the bottom.
pub(super) fn column(parts: &[Part], x: usize, width: usize, hint: &str) -> Markup {
    html! {
        g {
            title { (hint) }
            @for (start, length, class) in segments(parts) {
                rect class=(class) x=(x) y=(100 - start - length) width=(width) height=(gapped(length)) {}
            }
        }
    }
}

/// The length of a segment without the gap to the next one, which tells two segments of similar colours apart.
#[expect(clippy::cast_precision_loss, reason = "a length is at most 100")]
fn gapped(length: usize) -> f64 {
    if length < 100 { length as f64 - 0.7 } else { length as f64 }
}

/// Where each part begins, and how long it is, in percent.
fn segments(parts: &[Part]) -> impl Iterator<Item = (usize, usize, &'static str)> {
    let counts: Vec<u64> = parts.iter().map(|(count, _)| *count).collect();
    let mut before = 0;
    shares(&counts, 100).into_iter().zip(parts).filter(|(length, _)| *length > 0).filter_map(
        move |(length, (_, class))| {
            let start = before;
            before += length;
            // with more than a hundred parts, the last ones have no room
            (before <= 100).then_some((start, length, *class))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_fill_the_bar() {
        let all = |parts: &[Part]| segments(parts).collect::<Vec<_>>();
        assert_eq!(all(&[]), []);
        assert_eq!(all(&[(0, "a"), (3, "b")]), [(0, 100, "b")]);
        assert_eq!(all(&[(1, "a"), (1, "b"), (2, "c")]), [(0, 25, "a"), (25, 25, "b"), (50, 50, "c")]);
        assert_eq!(all(&[(1, "a"); 300]).len(), 100);
        let html = column(&[(1, "a"), (3, "b")], 20, 8, "x").into_string();
        assert!(html.contains(r#"class="a" x="20" y="75" width="8" height="24.3""#), "{html}");
    }
}
