//! The letters of levels, for those who do not see colours: the shortest beginning of a title that no other level of
//! the scorecard shares, such as Ba, Br, S and G.

use crate::terminal::clean;

/// The longest letters that fit into a swatch.
const MOST: usize = 3;

/// The letters of all levels, in their order. Levels whose titles differ too late have their position instead.
pub(super) fn letters<'t>(titles: impl Iterator<Item = &'t str>) -> Vec<String> {
    let titles: Vec<Vec<char>> = titles.map(|title| clean(title).as_str().trim().chars().collect()).collect();
    let start = shared_words(&titles);
    let rests: Vec<&[char]> = titles.iter().map(|title| title.get(start..).unwrap_or_default()).collect();
    let letters: Option<Vec<String>> = (0..rests.len()).map(|at| shortest(&rests, at)).collect();
    letters.unwrap_or_else(|| (1..=titles.len()).map(|position| position.to_string()).collect())
}

/// The length of the words that all titles begin with, such as `Level ` of `Level 1` and `Level 2`.
fn shared_words(titles: &[Vec<char>]) -> usize {
    let [first, others @ ..] = titles else { return 0 };
    if others.is_empty() {
        return 0;
    }
    let shared = others
        .iter()
        .map(|title| first.iter().zip(title).take_while(|(one, other)| one == other).count())
        .min()
        .unwrap_or_default();
    let words =
        first.iter().take(shared).rposition(|character| *character == ' ').map_or(0, |blank| blank + 1);
    if titles.iter().all(|title| title.len() > words) { words } else { 0 }
}

/// The shortest beginning that no other text has; the whole text if another begins with it. `None` if it is too long.
fn shortest(texts: &[&[char]], at: usize) -> Option<String> {
    let text = *texts.get(at)?;
    let others = || texts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, text)| *text);
    let is_free = |length: &usize| {
        let beginning = text.get(..*length);
        beginning.is_some() && !others().any(|other| other.get(..*length) == beginning)
    };
    let whole = || (!others().any(|other| other == text)).then_some(text.len());
    let length = (1..=text.len()).find(is_free).or_else(whole)?;
    (1..=MOST).contains(&length).then(|| text.iter().take(length).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_the_shortest_beginnings_that_differ() {
        for (titles, expected) in [
            (&["Basic", "Bronze", "Silver", "Gold"][..], &["Ba", "Br", "S", "G"][..]),
            (&["Level 1", "Level 2", "Level 10"], &["1", "2", "10"]),
            (&["F", "E", "D", "C", "B", "A"], &["F", "E", "D", "C", "B", "A"]),
            (&["Gold", "Go"], &["Gol", "Go"]),
            (&["Only"], &["O"]),
            (&["Excellent", "Exceptional"], &["1", "2"]),
            (&["a\u{7}", "a "], &["a␇", "a"]),
            (&["\u{1b}", "\u{2066}"], &["␛", "�"]),
            (&["\u{2066}", "\u{2067}"], &["1", "2"]),
            (&[], &[]),
        ] {
            assert_eq!(letters(titles.iter().copied()), expected, "{titles:?}");
        }
    }
}
