//! The explanation as text for a terminal.

use super::events::OUTSIDE;
use super::fact::{EventFact, FeedFact};
use super::formula::decimal;
use super::model::{ExplainedService, MetricsExplanation};
use crate::metrics::kind::EventKind;
use crate::terminal::{
    BAD, Column, DIM, GOOD, Grid, Line, Overflow, PLAIN, Printer, STRONG, Screen, Span, counted,
    print_to_string, thousands,
};

/// The number of events to list for each feed.
const MOST_LISTED: usize = 20;

impl MetricsExplanation {
    /// The explanation as text for a screen.
    pub(crate) fn text(&self, screen: Screen) -> String {
        print_to_string(screen, |printer| {
            for (index, service) in self.services.iter().enumerate() {
                if index > 0 {
                    printer.gap();
                }
                self.print_service(service, printer);
            }
        })
    }

    fn print_service(&self, service: &ExplainedService, printer: &mut Printer<'_>) {
        let window = &self.window;
        printer.paragraph(0, &Span::default(), &[Span::new(service.identifier.as_str(), STRONG)]);
        let days = counted(window.days.into(), "day", "days");
        let period = format!("window: {days}, from {} until before {}", window.from, window.to);
        printer.paragraph(2, &Span::default(), &[Span::new(period, DIM)]);
        let environments = format!("environments: {}", self.environments.join(", "));
        printer.paragraph(2, &Span::default(), &[Span::new(environments, DIM)]);
        printer.gap();
        self.print_figures(service, printer);
        for (kind, feed) in [
            (EventKind::Deployment, &service.deployments),
            (EventKind::Change, &service.changes),
            (EventKind::Incident, &service.incidents),
        ] {
            if let Some(feed) = feed {
                printer.gap();
                print_feed(kind, feed, printer);
            }
        }
    }

    fn print_figures(&self, service: &ExplainedService, printer: &mut Printer<'_>) {
        let lines = service.figures.iter().map(|figure| {
            let value = figure.value.map_or_else(|| "null".to_owned(), decimal);
            let unit = if figure.value.is_some() { figure.unit } else { "" };
            Line::Cells(vec![
                vec![Span::plain(format!("  {}", figure.property))],
                vec![Span::new(value, STRONG)],
                vec![Span::plain(unit)],
                vec![Span::new(format!("= {}", figure.formula), DIM)],
            ])
        });
        let columns = vec![
            Column::new("", Overflow::Keep),
            Column { is_right_aligned: true, ..Column::new("", Overflow::Keep) },
            Column::new("", Overflow::Keep),
            Column::new("", Overflow::Wrap(20)),
        ];
        Grid::new(columns, lines).print(printer);
    }
}

/// What the columns of events are, where that is not plain.
fn columns(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Deployment => "",
        EventKind::Change => " (end, lead time)",
        EventKind::Incident => " (start, time to recover)",
    }
}

fn print_feed(kind: EventKind, feed: &FeedFact, printer: &mut Printer<'_>) {
    let total = feed.events.len() as u64;
    let mut heading = vec![
        Span::new(kind.plural(), STRONG),
        Span::plain(format!("{}: {} of {} used", columns(kind), thousands(feed.used), thousands(total))),
    ];
    if !feed.ignored.is_empty() {
        let reasons: Vec<String> =
            feed.ignored.iter().map(|(reason, count)| format!("{} {reason}", thousands(*count))).collect();
        heading.push(Span::new(format!("; ignored: {}", reasons.join(", ")), DIM));
    }
    printer.paragraph(2, &Span::default(), &heading);
    let has_more = feed.used > feed.slowest.len() as u64;
    if kind != EventKind::Deployment && has_more {
        let slowest: Vec<&EventFact> =
            feed.slowest.iter().filter_map(|index| feed.events.get(*index)).collect();
        printer.paragraph(4, &Span::default(), &[Span::new("slowest:", DIM)]);
        print_events(kind, &slowest, printer);
        printer.paragraph(4, &Span::default(), &[Span::new("all:", DIM)]);
    }
    // an unusual reason why an event does not count matters most, an event of another time least
    let mut listed: Vec<&EventFact> = feed.events.iter().collect();
    listed.sort_by_key(|event| match event.reason {
        Some(OUTSIDE) => 2,
        _ if event.used => 1,
        _ => 0,
    });
    listed.truncate(MOST_LISTED);
    print_events(kind, &listed, printer);
    let more = feed.events.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        let text = format!("… and {} more; `-f json` has all", thousands(more as u64));
        printer.paragraph(4, &Span::default(), &[Span::new(text, DIM)]);
    }
}

fn print_events(kind: EventKind, events: &[&EventFact], printer: &mut Printer<'_>) {
    let unit = if kind == EventKind::Change { "hours" } else { "minutes" };
    let lines = events.iter().map(|event| {
        let (mark, style) = if event.used { ("    ✔ ", GOOD) } else { ("    ✘ ", BAD) };
        let duration =
            event.duration.map_or_else(String::new, |duration| format!("{} {unit}", decimal(duration)));
        let mut words: Vec<&str> =
            [&event.status, &event.environment].into_iter().flatten().map(String::as_str).collect();
        if event.linked == Some(true) {
            words.push("linked to an incident");
        }
        let reason = event.reason.map_or(String::new(), str::to_owned);
        Line::Cells(vec![
            vec![Span::new(mark, style), Span::plain(event.id.as_deref().unwrap_or("(no id)"))],
            vec![Span::plain(event.time.as_deref().unwrap_or("no time"))],
            vec![Span::plain(duration)],
            vec![Span::new(words.join(", "), PLAIN)],
            vec![Span::new(reason, DIM)],
        ])
    });
    let columns = vec![
        Column::new("", Overflow::Cut(16)),
        Column::new("", Overflow::Keep),
        Column { is_right_aligned: true, ..Column::new("", Overflow::Keep) },
        Column::new("", Overflow::Cut(8)),
        Column::new("", Overflow::Wrap(10)),
    ];
    Grid::new(columns, lines).print(printer);
}
