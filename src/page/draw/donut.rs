//! Rings, which show the parts of a whole: each part is a slice, clockwise from the top.

use super::text::Exact;
use crate::report::shares;
use crate::terminal::thousands;
use maud::{Markup, html};

/// How many equal parts the ring is divided into. A slice has at least one, so that it is visible.
const CELLS: usize = 180;
const OUTER: f64 = 48.0;
const INNER: f64 = 29.0;
/// The narrowest slice with letters in it, in degrees.
const NARROWEST: f64 = 26.0;

/// Half the gap between two slices, in degrees. It tells two slices of similar colours apart.
const GAP: f64 = 0.6;

/// A slice of a ring.
pub(super) struct Slice<'s> {
    pub(super) count: u64,
    /// The class with its colours.
    pub(super) class: &'static str,
    pub(super) letters: &'s str,
    /// What a pointer on it shows.
    pub(super) hint: String,
    /// The element in the page that it leads to.
    pub(super) target: Option<&'s str>,
}

/// The ring. It is for those who see: the list beside it has the same numbers as text.
pub(super) fn donut(slices: &[Slice<'_>], total: u64) -> Markup {
    let number = thousands(total);
    let size = match number.len() {
        0..=4 => "d0",
        5..=7 => "d1",
        _ => "d2",
    };
    html! {
        svg.donut viewBox="-50 -50 100 100" aria-hidden="true" {
            @if total == 0 { circle.none r="38.5" {} }
            @for (slice, start, end) in placed(slices) { (drawn(slice, start, end)) }
            text class=(size) y="1" { (number) }
        }
    }
}

fn drawn(slice: &Slice<'_>, start: f64, end: f64) -> Markup {
    let (x, y) = point(f64::midpoint(start, end), f64::midpoint(OUTER, INNER));
    let gap = if end - start < 360.0 { GAP } else { 0.0 };
    let inside = html! {
        path class=(slice.class) d=(path(start + gap, end - gap)) { title { (slice.hint) } }
        @if end - start >= NARROWEST {
            text.l.(slice.class) x=(rounded(x)) y=(rounded(y)) { (slice.letters) }
        }
    };
    html! {
        @match slice.target {
            Some(target) => a href={ "#" (Exact(target)) } tabindex="-1" { (inside) },
            None => (inside),
        }
    }
}

/// The slices that are not empty, each with its first and last angle in degrees.
fn placed<'s, 'c>(slices: &'s [Slice<'c>]) -> impl Iterator<Item = (&'s Slice<'c>, f64, f64)> {
    let counts: Vec<u64> = slices.iter().map(|slice| slice.count).collect();
    let cells = shares(&counts, CELLS);
    let all = cells.iter().sum::<usize>().max(1);
    let mut before = 0;
    slices.iter().zip(cells).filter(|(_, cells)| *cells > 0).map(move |(slice, cells)| {
        let start = before;
        before += cells;
        (slice, angle(start, all), angle(before, all))
    })
}

#[expect(clippy::cast_precision_loss, reason = "there are few cells")]
fn angle(cells: usize, all: usize) -> f64 {
    cells as f64 * 360.0 / all as f64
}

fn point(angle: f64, radius: f64) -> (f64, f64) {
    let (sin, cos) = angle.to_radians().sin_cos();
    (radius * sin, -radius * cos)
}

/// The outline of a slice.
fn path(start: f64, end: f64) -> String {
    if end - start >= 360.0 {
        // an arc cannot end where it begins, so each circle is two halves; the inner one runs the other way
        return format!(
            "M0 -{OUTER}A{OUTER} {OUTER} 0 1 1 0 {OUTER}A{OUTER} {OUTER} 0 1 1 0 -{OUTER}Z\
             M0 -{INNER}A{INNER} {INNER} 0 1 0 0 {INNER}A{INNER} {INNER} 0 1 0 0 -{INNER}Z"
        );
    }
    let at = |angle, radius| {
        let (x, y) = point(angle, radius);
        format!("{} {}", rounded(x), rounded(y))
    };
    let large = u8::from(end - start > 180.0);
    format!(
        "M{}A{OUTER} {OUTER} 0 {large} 1 {}L{}A{INNER} {INNER} 0 {large} 0 {}Z",
        at(start, OUTER),
        at(end, OUTER),
        at(end, INNER),
        at(start, INNER)
    )
}

/// A coordinate with at most two decimals, and never `-0`.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn angles(counts: &[u64]) -> Vec<(f64, f64)> {
        let slice = |&count| Slice { count, class: "c", letters: "", hint: String::new(), target: None };
        let slices: Vec<Slice<'_>> = counts.iter().map(slice).collect();
        placed(&slices).map(|(_, start, end)| (start, end)).collect()
    }

    #[test]
    fn slices_fill_the_ring_and_a_tiny_one_is_visible() {
        assert_eq!(angles(&[]), []);
        assert_eq!(angles(&[0, 0]), []);
        assert_eq!(angles(&[0, 7]), [(0.0, 360.0)]);
        assert_eq!(angles(&[1, 3]), [(0.0, 90.0), (90.0, 360.0)]);
        assert_eq!(angles(&[1, 0, 1_000_000]), [(0.0, 2.0), (2.0, 360.0)]);
        let many = angles(&[1; 400]);
        assert_eq!((many.len(), many[399].1), (400, 360.0));
    }

    #[test]
    fn paths_are_closed_arcs() {
        assert_eq!(path(0.0, 90.0), "M0 -48A48 48 0 0 1 48 0L29 0A29 29 0 0 0 0 -29Z");
        assert!(path(0.0, 270.0).contains("48 48 0 1 1 -48 0"));
        assert_eq!(path(0.0, 360.0).matches('Z').count(), 2);
    }
}
