//! Tells the verdict of the gate on standard error, and turns it into an exit code.

use super::exit::{GATE_FAILED, NOTHING_TO_JUDGE};
use super::say::{one_line, say};
use anstyle::{AnsiColor, Style};
use dora_score::{MOST_UNMET, Scorecards, Unmet, Verdict};
use std::process::ExitCode;

const RED: Style = AnsiColor::Red.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Tells the verdict; `quiet` keeps back good news.
pub(crate) fn tell(scorecards: &Scorecards, verdict: &Verdict, exit_zero: bool, quiet: bool) -> ExitCode {
    let excused = match verdict.excused {
        0 => String::new(),
        1 => ", 1 without data was not judged".to_owned(),
        count => format!(", {count} without data were not judged"),
    };
    if verdict.judged == 0 {
        say(format_args!(
            "{RED}nothing to judge{RED:#}: a gate was asked for, but no result could be judged{excused}"
        ));
        return ExitCode::from(NOTHING_TO_JUDGE);
    }
    if verdict.missed == 0 {
        if !quiet {
            let results = results(verdict.judged);
            say(format_args!(
                "{GREEN}gate passed{GREEN:#}: {results} judged, none below its minimum{excused}"
            ));
        }
        return ExitCode::SUCCESS;
    }
    for unmet in &verdict.unmet {
        tell_one(scorecards, unmet);
    }
    if verdict.missed > MOST_UNMET as u64 {
        let more = verdict.missed - MOST_UNMET as u64;
        say(format_args!("{DIM}… and {more} more; `-f junit=FILE` or `-f csv=FILE` has them all{DIM:#}"));
    }
    let (missed, judged) = (verdict.missed, verdict.judged);
    let verb = if missed == 1 { "is" } else { "are" };
    say(format_args!(
        "{RED}gate failed{RED:#}: {missed} of {} {verb} below the minimum{excused}",
        results(judged)
    ));
    if exit_zero { ExitCode::SUCCESS } else { ExitCode::from(GATE_FAILED) }
}

fn results(count: u64) -> String {
    if count == 1 { "1 result".to_owned() } else { format!("{count} results") }
}

fn tell_one(scorecards: &Scorecards, unmet: &Unmet) {
    let Some(definition) = scorecards.definitions().get(unmet.scorecard) else {
        return;
    };
    let title =
        |level: usize| definition.levels.get(level).map_or_else(String::new, |level| one_line(&level.title));
    let (entity, scorecard) = (one_line(&unmet.entity), one_line(&definition.identifier));
    let no_data = if unmet.no_data { " (no data)" } else { "" };
    say(format_args!(
        "{RED}✘{RED:#} {BOLD}{entity}{BOLD:#} {scorecard}: {}{no_data}, minimum {}",
        title(unmet.level),
        title(unmet.minimum)
    ));
    for (rule, reason) in &unmet.blocking {
        say(format_args!("    {DIM}{}:{DIM:#} {}", one_line(rule), one_line(reason)));
    }
    if unmet.blocking.is_empty() {
        say(format_args!("    no rule leads to level {}", title(unmet.minimum)));
    }
}
