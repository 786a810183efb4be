//! The options for waivers: files of waivers, and a new file for the results that fail now.

use super::output::{Sink, Target};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::evaluate::WaiverOutput;
use crate::grade::{Gate, Verdict};
use crate::load::load_waivers_checked;
use crate::report::Format;
use crate::terminal::{clean, counted, thousands};
use crate::value::Instant;
use crate::waiver::{Expiry, Waiver, Waivers};
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The options for waivers.
#[derive(Args)]
#[command(next_help_heading = "Waivers")]
pub(crate) struct WaiverArguments {
    /// Excuse results below their minimum with the waivers in this JSON file (repeatable)
    #[arg(long, value_name = "FILE", requires = "min_level")]
    waivers: Vec<PathBuf>,
    /// Write to this new file a waiver for each result that fails now; a failed gate then exits with 0
    #[arg(long, value_name = "FILE", requires_all = ["min_level", "expires", "reason"], conflicts_with = "compare")]
    write_waivers: Option<PathBuf>,
    /// Last day of the written waivers, such as 2026-12-31
    #[arg(long, value_name = "DATE", requires = "write_waivers")]
    expires: Option<Expiry>,
    /// Reason of the written waivers
    #[arg(long, value_name = "TEXT", requires = "write_waivers", value_parser = reason)]
    reason: Option<String>,
}

fn reason(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("say why the results are excused") } else { Ok(text.to_owned()) }
}

/// The file of new waivers, before they are known.
pub(crate) struct NewFile<'a> {
    path: &'a PathBuf,
    expires: Expiry,
    reason: &'a str,
    sink: Sink,
}

impl WaiverArguments {
    /// The paths of the files of waivers.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.waivers
    }

    /// The gate with the waivers of the files. Adds the warnings about the files to `warnings`.
    ///
    /// # Errors
    /// All problems of all files.
    pub(crate) fn apply(
        &self,
        gate: Gate,
        as_of: Instant,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Gate, Problems> {
        let (waivers, more) = load_waivers_checked(&self.waivers)?;
        warnings.extend(more);
        Ok(gate.with_waivers(Waivers::new(waivers, as_of)))
    }

    /// Opens the file of new waivers, if there is to be one.
    ///
    /// # Errors
    /// The file exists, cannot be written or is one of the `targets`, or the new waivers have expired.
    pub(crate) fn new_file(
        &self,
        targets: &[Target<Format>],
        as_of: Instant,
    ) -> anyhow::Result<Option<NewFile<'_>>> {
        let (Some(path), Some(expires), Some(reason)) = (&self.write_waivers, self.expires, &self.reason)
        else {
            return Ok(None);
        };
        if expires.is_over(as_of) {
            let message = format!("waivers that expire on {expires} excuse nothing at {as_of}");
            return Err(Problems::from(
                Diagnostic::error(Code::InvalidWaiver, message).help("name a later day with `--expires`"),
            )
            .into());
        }
        Ok(Some(NewFile { path, expires, reason, sink: Sink::create(path, targets)? }))
    }
}

impl NewFile<'_> {
    /// The output of the evaluation.
    pub(crate) fn output(&mut self) -> WaiverOutput<'_> {
        let spool = Box::new(self.sink.spool());
        WaiverOutput { expires: self.expires, reason: self.reason, sink: &mut self.sink, spool }
    }

    /// Adds the open file to `sinks`, and returns the line that tells how many waivers are in it.
    pub(crate) fn finish(self, verdict: &Verdict, sinks: &mut Vec<Sink>) -> String {
        sinks.push(self.sink);
        let count = counted(verdict.counts().failed, "waiver", "waivers");
        let path = clean(self.path.display().to_string());
        format!("wrote {path}: {count} until {}", self.expires)
    }
}

/// The warnings about waivers that were of no use. Those that expired on the same day are one warning, because waivers
/// that were written together expire together.
pub(crate) fn warnings(gate: &Gate, verdict: &Verdict) -> Vec<Diagnostic> {
    let mut expired: BTreeMap<Expiry, (&Waiver, u64)> = BTreeMap::new();
    let mut unused = Vec::new();
    for (waiver, one) in gate.waivers().list().iter().zip(verdict.waiver_uses()) {
        if one.is_missed {
            expired.entry(waiver.expires()).or_insert((waiver, 0)).1 += 1;
        } else if !one.matches {
            let message = format!("no result matches the waiver of {}", waiver.subject());
            let warning = Diagnostic::warning(Code::UnusedWaiver, message);
            unused.push(warning.help("correct its identifiers, or remove it").at(waiver.place().clone()));
        }
    }
    let expired = expired.into_iter().map(|(day, (waiver, count))| {
        let message = format!("the waiver of {} expired on {day}, and its result fails", waiver.subject());
        let warning = Diagnostic::warning(Code::ExpiredWaiver, message).at(waiver.place().clone());
        let warning = warning.help("give it a later `expires`, or remove it");
        match count - 1 {
            0 => warning,
            1 => warning.note("this also applies to 1 more waiver of that day"),
            more => {
                warning.note(format!("this also applies to {} more waivers of that day", thousands(more)))
            }
        }
    });
    expired.chain(unused).collect()
}
