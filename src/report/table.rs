//! `table`: a table of entities for each blueprint, followed by the distribution of levels.

use super::badge::badge;
use super::comparison::{Mark, Move};
use super::distribution::ScorecardCounts;
use super::distribution_text::{distribution, group_heading, heading, print_heading};
use super::entity_list::{EntityList, LEGEND_GAP, entity_lists, legend};
use super::row::{HeldLevel, Row};
use super::{Collected, Context, Report, Totals};
use crate::terminal::{
    BAD, Cell, Column, DIM, GOOD, Grid, Line, Overflow, Printer, Span, clean, counted, width,
};
use std::io::{Result, Write};

pub(super) struct Table<'c> {
    pub(super) context: Context<'c>,
}

/// The minimum widths of columns.
const LEAST_TITLE: usize = 20;
const LEAST_OTHER: usize = 8;

impl Report for Table<'_> {
    fn lists_entities(&self) -> bool {
        true
    }

    fn finish(&self, totals: &Totals<'_>, _: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let lists = entity_lists(self.context, totals);
        let mut printer = Printer::new(self.context.screen, out);
        print_heading(self.context, totals, lists.is_empty(), &mut printer);
        for (index, list) in lists.iter().enumerate() {
            if index > 0 {
                printer.gap();
            }
            self.blueprint(list, &mut printer);
        }
        let legend = legend(&lists);
        if !legend.is_empty() {
            printer.gap();
            print_legend(&legend, &mut printer);
        }
        printer.finish()
    }
}

/// Prints the meanings of marks, as many on a line as fit.
fn print_legend(meanings: &[String], printer: &mut Printer<'_>) {
    let mut line = String::new();
    for meaning in meanings {
        let longer = if line.is_empty() { meaning.clone() } else { format!("{line}{LEGEND_GAP}{meaning}") };
        if !line.is_empty() && printer.screen.columns().is_some_and(|columns| width(&longer) > columns) {
            printer.line(&[Span::new(std::mem::replace(&mut line, meaning.clone()), DIM)]);
        } else {
            line = longer;
        }
    }
    printer.line(&[Span::new(line, DIM)]);
}

impl Table<'_> {
    fn blueprint(&self, list: &EntityList<'_>, printer: &mut Printer<'_>) {
        heading(list.section.blueprint, &list.count(), printer);
        printer.gap();
        if list.listed > 0 {
            self.grid(list, printer);
        }
        if let Some(more) = &list.more {
            printer.line(&[Span::new(more.as_str(), DIM)]);
        }
        if list.listed > 0 || list.more.is_some() {
            printer.gap();
        }
        if list.listed as u64 != list.section.entities {
            let all = counted(list.section.entities, "entity", "entities");
            printer.line(&[Span::new(format!("all {all}"), DIM)]);
        }
        distribution(&list.section, printer);
    }

    fn grid(&self, list: &EntityList<'_>, printer: &mut Printer<'_>) {
        let badges: Vec<Badges> = list.section.cards.iter().map(Badges::new).collect();
        let badges = badges.as_slice();
        let lines = |has_words| {
            list.groups.iter().flat_map(move |group| {
                let heading =
                    group.heading.map(|name| Line::Heading(group_heading(name, list.count_of(group))));
                let indent = if group.heading.is_some() { "  " } else { "" };
                let rows = group.rows.iter();
                let rows = rows.map(move |row| Line::Cells(cells(list, badges, row, indent, has_words)));
                heading.into_iter().chain(rows)
            })
        };
        let grid = Grid::new(self.columns(list), lines(true));
        if self.context.baseline.is_none() || grid.fits_uncut(printer.screen.columns()) {
            return grid.print(printer);
        }
        Grid::new(self.columns(list), lines(false)).print(printer);
    }

    fn columns(&self, list: &EntityList<'_>) -> Vec<Column> {
        let text = |header: &str, least: usize| {
            let header = clean(header).into_owned();
            let least = least.max(width(&header).min(2 * LEAST_OTHER));
            Column::new(header, Overflow::Cut(least))
        };
        let mut columns = vec![text("Title", LEAST_TITLE)];
        if list.shows_team {
            columns.push(text("Team", LEAST_OTHER));
        }
        columns.extend(self.context.display.shown.iter().map(|(name, _)| text(name, LEAST_OTHER)));
        columns.extend(list.headers().map(Column::badges));
        columns
    }
}

/// The badges of a scorecard. They are made once, because a list of all entities has millions of them.
struct Badges {
    /// The badges of each level: with data and without, and each of them not waived and waived.
    levels: Vec<[[Span<'static>; 2]; 2]>,
    not_applicable: Span<'static>,
}

impl Badges {
    fn new(card: &ScorecardCounts<'_>) -> Self {
        let of_level = |level| {
            [false, true].map(|no_data| {
                [false, true].map(|waived| badge(card.definition, Some(HeldLevel { level, no_data, waived })))
            })
        };
        Self {
            levels: (0..card.definition.levels.len()).map(of_level).collect(),
            not_applicable: badge(card.definition, None),
        }
    }

    #[expect(clippy::expect_used, reason = "all indices of levels come from this scorecard")]
    fn of(&self, held: Option<HeldLevel>) -> Span<'_> {
        let Some(held) = held else { return self.not_applicable.borrow() };
        let [with_data, without] = self.levels.get(held.level).expect("the scorecard has this level");
        let [plain, waived] = if held.no_data { without } else { with_data };
        if held.waived { waived.borrow() } else { plain.borrow() }
    }
}

/// The cells of a row. `has_words` is whether there is room for words after the marks of changes.
fn cells<'t>(
    list: &EntityList<'_>,
    badges: &'t [Badges],
    row: &'t Row,
    indent: &'static str,
    has_words: bool,
) -> Vec<Cell<'t>> {
    let mut cells = Vec::with_capacity(2 + row.shown.len() + badges.len());
    let mut name = vec![Span::plain(indent), Span::plain(row.title())];
    if *row.identifier != *row.title() {
        name.push(Span::new(format!("  {}", row.identifier), DIM));
    }
    cells.push(name);
    if list.shows_team {
        cells.push(vec![match &*row.team {
            [one] => Span::plain(&**one),
            several => Span::plain(several.join(", ")),
        }]);
    }
    cells.extend(row.shown.iter().map(|text| vec![Span::plain(&**text)]));
    let mut moves = list.moves(row).into_iter();
    cells.extend(badges.iter().zip(&row.results).map(|(badges, held)| {
        let mut cell = vec![badges.of(*held)];
        if let Some(one) = moves.next().flatten() {
            cell.extend(spans(one, has_words));
        }
        cell
    }));
    cells
}

/// A change since the baseline, after the badge of the level.
fn spans(Move { mark, words }: Move, has_words: bool) -> Vec<Span<'static>> {
    let style = match mark {
        Mark::Up => GOOD,
        Mark::Down => BAD,
        Mark::New | Mark::Gone | Mark::Data | Mark::Rules => DIM,
    };
    let words = (has_words && !words.is_empty()).then(|| Span::new(format!(" {words}"), DIM));
    [Span::new(mark.symbol(), style)].into_iter().chain(words).collect()
}
