//! Warnings about events that do not count, and about feeds that do not fit the options.

use super::calculate::{Owners, WindowTotals};
use super::collect::Collected;
use super::counts::{Counts, Seen};
use super::kind::EventKind;
use super::options::Options;
use super::roster::Roster;
use super::status::{FAILED, MERGED, SUCCESSFUL};
use crate::diagnostic::{Code, Diagnostic, list, quoted};
use crate::terminal::{counted, thousands};
use crate::value::Instant;

/// The number of names in a message.
const MOST_NAMED: usize = 8;

/// All warnings of a calculation.
pub(crate) fn warnings(
    collected: &Collected,
    totals: &WindowTotals<'_>,
    owners: &Owners<'_>,
    roster: &Roster,
    options: &Options,
) -> Vec<Diagnostic> {
    let Collected { deployments, changes, incidents, .. } = collected;
    let feeds = options.feeds;
    let mut warnings = Vec::new();
    let mut usable = 0;
    let sums = &totals.sums;
    for (kind, is_given, counts, seen, replaced) in [
        (EventKind::Deployment, feeds.deployments, sums.deployments, &deployments.seen, deployments.replaced),
        (EventKind::Change, feeds.changes, sums.changes, &changes.seen, changes.replaced),
        (EventKind::Incident, feeds.incidents, sums.incidents, &incidents.seen, incidents.replaced),
    ] {
        if is_given {
            let feed = FeedReport { kind, counts, seen, replaced, options };
            feed.warn(&mut warnings);
            usable += feed.usable();
        }
    }
    let is_inside = collected.newest().is_some_and(|newest| options.window().contains(newest));
    if usable > 0 && !is_inside && !owners.has_events_in(totals) {
        warnings.push(outside_window(collected, options));
    }
    if roster.is_given && roster.is_empty() {
        let message = "the list of services contains no entities";
        warnings.push(Diagnostic::new(Code::NoEntities, message).help("check the file of `--services`"));
    }
    if !roster.services.is_empty() && owners.unlisted() > 0 {
        let services = counted(owners.unlisted() as u64, "service is", "services are");
        let message = format!("{services} only in the events, not in the list of services");
        let names = list(owners.unlisted_names(), MOST_NAMED);
        let help = "add them to the list, or correct the names in the events";
        warnings.push(Diagnostic::new(Code::UnlistedService, message).note(names).help(help));
    }
    if roster.others > 0 {
        let entities = counted(roster.others, "entity is", "entities are");
        let blueprint = quoted(&options.blueprint);
        let message = format!("{entities} left out: neither of blueprint {blueprint} nor of `_team`");
        let help = "name the blueprint of services with `--blueprint`";
        warnings.push(Diagnostic::new(Code::OtherBlueprint, message).help(help));
    }
    warnings
}

/// The facts about one feed.
struct FeedReport<'c> {
    kind: EventKind,
    counts: Counts,
    seen: &'c Seen,
    replaced: u64,
    options: &'c Options,
}

impl FeedReport<'_> {
    fn warn(&self, warnings: &mut Vec<Diagnostic>) {
        let Self { kind, counts, replaced, .. } = *self;
        let plural = kind.plural();
        if counts.events == 0 {
            let message = format!("the input contains no {plural}");
            let help = format!("check the export; what these {plural} would tell counts as 0");
            warnings.push(Diagnostic::new(Code::NoEvents, message).help(help));
            return;
        }
        if self.usable() == 0 {
            warnings.push(self.nothing_usable());
        } else if counts.without_service > 0 {
            let skipped = self.of_all(counts.without_service, "has", "have");
            let message = format!("{skipped} no `service` and {} skipped", were(counts.without_service));
            warnings.push(self.without_service(message));
        }
        let ignored = |count: u64, code: Code, what: &str, help: &str| {
            let message = format!("{} {what}", self.of_all(count, "has", "have"));
            (count > 0).then(|| Diagnostic::new(code, message).help(help))
        };
        warnings.extend(ignored(
            counts.not_deployed,
            Code::ChangeWithoutTime,
            "no time of deployment, so the lead time is unknown",
            "add `deployedAt`, a `deployment` that is among the deployments, or `mergedAt`",
        ));
        warnings.extend(ignored(
            counts.without_start,
            Code::ChangeWithoutTime,
            "no time of the first commit, so the lead time is unknown",
            "add `firstCommitAt`, `createdAt` or `leadTimeHours`",
        ));
        warnings.extend(ignored(
            counts.implausible,
            Code::ImplausibleDuration,
            "a duration that is negative or above 10,000,000 hours; the duration is ignored",
            "compare the beginning and the end, and the units: `leadTimeHours` is in hours, `recoveryTime` in minutes",
        ));
        warnings.extend(ignored(
            counts.unresolved_with_duration,
            Code::UnresolvedIncident,
            "a `recoveryTime` but no `resolvedAt`, and does not count as resolved",
            "add `resolvedAt`: only it tells whether the recovery is inside the window",
        ));
        warnings.extend(ignored(
            counts.time_of_ingestion,
            Code::TimeOfIngestion,
            "no time of its own; the entity's `createdAt` is used, which is when the portal first saw it",
            "map the time of the event to a property of the blueprint, and export again",
        ));
        if replaced > 0 {
            let (has, replaces) = if replaced == 1 { ("has", "replaces") } else { ("have", "replace") };
            let events = counted(replaced, kind.noun(), plural);
            let message = format!("{events} {has} the id of an earlier one, and {replaces} it");
            let help = "give each event its own id, such as one that begins with the service";
            warnings.push(Diagnostic::new(Code::DuplicateEvent, message).help(help));
        }
    }

    /// How many events count, if their times do.
    fn usable(&self) -> u64 {
        let Counts { events, without_service, ignored_status, elsewhere, .. } = self.counts;
        events - without_service - ignored_status - elsewhere
    }

    /// How many events, as the subject of a sentence: `3 of 12 deployments have`.
    fn of_all(&self, count: u64, has: &str, have: &str) -> String {
        let Self { kind, counts, .. } = self;
        let verb = if count == 1 { has } else { have };
        format!("{} of {} {verb}", thousands(count), counted(counts.events, kind.noun(), kind.plural()))
    }

    /// The warning about a feed of which no event counts.
    fn nothing_usable(&self) -> Diagnostic {
        let Self { kind, counts, seen, options, .. } = self;
        let plural = kind.plural();
        if counts.without_service == counts.events {
            return self.without_service(match counts.events {
                1 => format!("the only {} has no `service`, so it is skipped", kind.noun()),
                events => {
                    format!("none of {} {plural} has a `service`, so all are skipped", thousands(events))
                }
            });
        }
        let mut notes = Vec::new();
        let mut help = Vec::new();
        if counts.ignored_status > 0 {
            notes.push(format!("status: {}", list(seen.statuses.iter(), MOST_NAMED)));
            help.push(match kind {
                EventKind::Change => format!("a status that counts is {}", list(MERGED, MERGED.len())),
                EventKind::Deployment | EventKind::Incident => format!(
                    "a status that counts is {}, or of a failure {}",
                    list(SUCCESSFUL, SUCCESSFUL.len()),
                    list(FAILED, FAILED.len())
                ),
            });
        }
        if counts.elsewhere > 0 {
            notes.push(format!("environment: {}", list(seen.environments.iter(), MOST_NAMED)));
            help.push("choose the environments that count with `--environment NAME`".to_owned());
        }
        if counts.without_service > 0 {
            notes.push(format!("without a `service`: {}", thousands(counts.without_service)));
        }
        let wanted = list(options.environments().iter().map(String::as_str), MOST_NAMED);
        let message = match counts.elsewhere == counts.events {
            true => format!("no deployment goes to an environment that counts: {wanted}"),
            false if counts.events == 1 => format!("the only {} does not count", kind.noun()),
            false => format!("none of the {} {plural} counts", thousands(counts.events)),
        };
        Diagnostic::new(Code::NoUsableEvents, message).note(notes.join("; ")).help(help.join("; "))
    }

    fn without_service(&self, message: String) -> Diagnostic {
        let keys = list(self.seen.keys.iter().map(String::as_str), MOST_NAMED);
        let warning = Diagnostic::new(Code::EventWithoutService, message)
            .help("name the service in the key, property or relation `service`; the guide `examples/metrics` has recipes with jq");
        if keys.is_empty() { warning } else { warning.note(format!("one of them has {keys}")) }
    }
}

fn were(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// The warning about events that are all outside the window.
fn outside_window(collected: &Collected, options: &Options) -> Diagnostic {
    let window = options.window();
    let message = format!("no event that counts is inside the window from {} to {}", window.from, window.to);
    let warning = Diagnostic::new(Code::NoEventsInWindow, message);
    match collected.newest() {
        Some(newest) => warning
            .note(format!("the newest event is of {newest}"))
            .help("set the end of the window with `--as-of`, or its length with `--window`"),
        None => warning,
    }
}

impl Collected {
    /// The time of the newest event.
    fn newest(&self) -> Option<Instant> {
        let Self { deployments, changes, incidents, .. } = self;
        deployments.seen.newest.max(changes.seen.newest).max(incidents.seen.newest)
    }
}
