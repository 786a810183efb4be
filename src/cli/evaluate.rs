//! `dora-score evaluate`: grades entities, writes reports, and judges the gate.

use super::baseline::Told;
use super::output::{self, Target};
use super::policy::Policy;
use super::say::say;
use super::scorecards::LoadedScorecards;
use super::waivers::{self, NewFile};
use super::{
    baseline, exit, gate, input, page, policy, progress, quiet, scope, scorecards, warnings, what_if,
};
use crate::diagnostic::{Code, Diagnostic, Problems, list, quoted};
use crate::entity::Wanted;
use crate::evaluate::{Checks, Evaluation, Output, PageOptions};
use crate::grade::{Evaluated, Gate, Minimum, NoData, Verdict};
use crate::history::FailRule;
use crate::load::FileKind;
use crate::page::PagePlan;
use crate::report::{Display, DisplayOption, Format, Limit, Sort};
use crate::scorecard::{Definition, Scorecards, meta_properties};
use anyhow::bail;
use clap::{ArgGroup, Args, ValueEnum};
use std::process::ExitCode;

/// Grade entities, show their levels, and fail on levels that are too low
#[derive(Args)]
#[command(after_long_help = EXAMPLES, group = ArgGroup::new("verdict").args(["min_level", "fail_on"]).multiple(true))]
pub(crate) struct EvaluateArguments {
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    #[command(flatten)]
    input: input::EntityArguments,
    #[command(flatten)]
    scope: scope::ScopeArguments,
    /// Output format, to print or to write to a file: table, summary, json, ndjson, csv, rows,
    /// markdown, junit, github, html
    /// (repeatable)
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "table", value_parser = output::parser::<Format>(),
          hide_possible_values = true, help_heading = "Output")]
    format: Vec<Target<Format>>,
    #[command(flatten)]
    quiet: quiet::QuietArgument,
    #[command(flatten)]
    gate: GateArguments,
    #[command(flatten)]
    policy: policy::PolicyArguments,
    #[command(flatten)]
    baseline: baseline::BaselineArguments,
    #[command(flatten)]
    waivers: waivers::WaiverArguments,
    #[command(flatten)]
    what_if: what_if::WhatIfArguments,
    #[command(flatten)]
    display: DisplayArguments,
    #[command(flatten)]
    page: page::PageArguments,
}

#[derive(Args)]
#[command(next_help_heading = "Gate")]
struct GateArguments {
    /// Fail (exit 1) if a result is below this level; with SHARE, as in `Silver@80%`, if too few results hold it;
    /// without SCORECARD, in every scorecard (repeatable)
    #[arg(short, long, value_name = "[SCORECARD=]LEVEL[@SHARE]")]
    min_level: Vec<Minimum>,
    /// How to judge results without data
    #[arg(long, value_enum, value_name = "WHAT", default_value_t, requires = "min_level")]
    no_data: NoDataArgument,
    /// Report the verdict but exit 0 when the gate or `--fail-on` fails
    #[arg(long, requires = "verdict")]
    exit_zero: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum NoDataArgument {
    /// Judge them by their level, like all other results
    #[default]
    #[value(alias = "fail")]
    Judge,
    /// Do not judge those for which nothing happened
    SkipInactive,
    /// Do not judge any of them, not even where `isNotEmpty` finds nothing
    #[value(alias = "pass")]
    Skip,
}

#[derive(Args)]
#[command(next_help_heading = "Display (does not change the verdict)")]
struct DisplayArguments {
    /// Show this property beside the levels (formats table, markdown, json, ndjson, csv, rows and html) (repeatable)
    #[arg(long, value_name = "PROPERTY")]
    show: Vec<String>,
    /// Group the entities (formats table, summary, markdown, json and html)
    #[arg(long, value_enum, value_name = "WHAT")]
    group_by: Option<GroupBy>,
    /// Sort the rows (formats table, markdown and html): by title, or by the level in a scorecard, lowest first
    #[arg(long, value_name = "title|SCORECARD")]
    sort: Option<String>,
    /// List at most N entities (formats table, markdown and html), 0 for all [default: 500; 2000 in each table of html]
    #[arg(long, value_name = "N", value_parser = super::number::whole, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// List only entities with a result below its minimum (formats table, markdown and html)
    #[arg(long)]
    failing: bool,
    /// Write text as it is (formats csv and rows), also text that a spreadsheet would run as a formula
    #[arg(long)]
    csv_raw: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum GroupBy {
    /// By team
    Team,
}

const EXAMPLES: &str = "\
Examples:
  dora-score evaluate -e services.json
  dora-score evaluate -s scorecards/ -e services.json --min-level Bronze --no-data skip-inactive
  curl … | dora-score evaluate -e - -f json | jq '.entities[].scorecards'
  dora-score evaluate -e services.json -f table -f junit=report.xml -m dora_cfr=Silver

Exit codes: 0 success, 1 the gate or --fail-on failed, 2 invalid usage or input, 3 there was nothing to judge";

/// Runs the command. If an error stops it, the outputs that a CI system shows tell the error.
pub(crate) fn run(arguments: &EvaluateArguments) -> anyhow::Result<ExitCode> {
    output::or_tell(evaluate(arguments), &arguments.format, &arguments.inputs())
}

fn evaluate(arguments: &EvaluateArguments) -> anyhow::Result<ExitCode> {
    let policy = arguments.policy.policy()?;
    let LoadedScorecards { definitions, mut warnings, left_out } = arguments.scorecards.load_checked()?;
    arguments.gate.check(&left_out)?;
    let definitions = arguments.what_if.first(definitions)?;
    let as_of = arguments.input.as_of();
    let scorecards = Scorecards::new(definitions, as_of, &arguments.scorecards.blueprint.blueprint);
    let gate = arguments.waivers.apply(arguments.gate.gate(&scorecards)?, as_of, &mut warnings)?;
    let second = arguments.what_if.second(&arguments.scorecards, &scorecards)?;
    let mut wanted = second.as_ref().unwrap_or(&scorecards).wanted().clone();
    let scope = arguments.scope.scope(as_of, &mut wanted);
    let display = arguments.display.resolve(&scorecards, &mut wanted)?;
    output::check_targets(&arguments.format, &arguments.inputs())?;
    arguments.display.check(&arguments.format, &gate, arguments.page.has_own_widgets())?;
    arguments.page.check(&arguments.format)?;
    let page = arguments.page.definition(&arguments.format, &scorecards, &display)?;
    let page = page.as_ref().map(|(page, read)| {
        let (plan, found) = PagePlan::new(page, &scorecards, &display, &mut wanted);
        warnings.extend(read.iter().cloned().chain(found));
        plan
    });
    let settings = arguments.input.settings();
    let evaluation = Evaluation {
        scorecards: &scorecards,
        scope: &scope,
        wanted: &wanted,
        gate: &gate,
        display: &display,
        settings,
    };
    let built_in = arguments.scorecards.are_built_in(scorecards.definitions());
    if let Some(second) = &second {
        let options = what_if::OtherOptions {
            entities: &arguments.input.entities,
            policy: &policy,
            warnings,
            targets: &arguments.format,
            built_in,
            exit_zero: arguments.gate.exit_zero,
            quiet: arguments.quiet.quiet,
        };
        return what_if::run(&evaluation, second, options);
    }
    let Reported { verdict, told, written } =
        arguments.report(&evaluation, page.as_ref(), &policy, warnings, built_in)?;
    let quiet = arguments.quiet.quiet;
    let judged = (!gate.is_open()).then(|| gate::conclude(&scorecards, &verdict, quiet));
    let compared = told.and_then(|told| told.conclude(quiet));
    let exit_zero = arguments.gate.exit_zero || written.is_some();
    if let Some(line) = written.filter(|_| !quiet) {
        say(format_args!("{line}"));
    }
    Ok(exit::code(judged.into_iter().chain(compared), exit_zero))
}

/// The verdicts of a run, after the reports are written.
struct Reported {
    verdict: Verdict,
    /// The comparison with the baseline, if there is one.
    told: Option<Told>,
    /// The line about the waivers that were written.
    written: Option<String>,
}

impl GateArguments {
    /// Refuses a minimum of a scorecard that `--scorecard` leaves out.
    fn check(&self, left_out: &[Definition]) -> Result<(), Problems> {
        let named = self.min_level.iter().filter_map(|minimum| minimum.scorecard.as_deref());
        let is_left_out = |name: &&str| left_out.iter().any(|card| card.identifier == *name);
        let problem = |name: &str| {
            let message = format!("`--scorecard` leaves out {}, which has a minimum", quoted(name));
            let help = format!("add {}, or leave out its minimum", quoted(&format!("--scorecard {name}")));
            Diagnostic::error(Code::UnknownScorecard, message).help(help)
        };
        let problems: Vec<Diagnostic> = named.filter(is_left_out).map(problem).collect();
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }

    /// The gate, without waivers.
    fn gate(&self, scorecards: &Scorecards) -> Result<Gate, Problems> {
        let no_data = match self.no_data {
            NoDataArgument::Judge => NoData::Judge,
            NoDataArgument::SkipInactive => NoData::SkipInactive,
            NoDataArgument::Skip => NoData::Skip,
        };
        Gate::new(&self.min_level, no_data, scorecards)
    }
}

impl EvaluateArguments {
    /// The files to read. No output may replace them.
    fn inputs(&self) -> output::Inputs<'_> {
        output::Inputs(vec![
            (&self.input.entities, FileKind::Entities),
            (&self.scorecards.scorecards, FileKind::Scorecards),
            (self.what_if.paths(), FileKind::Scorecards),
            (self.waivers.paths(), FileKind::Waivers),
            (self.baseline.paths(), FileKind::Entities),
            (self.page.page_paths(), FileKind::Page),
            (self.page.history_paths(), FileKind::Entities),
        ])
    }

    /// Grades the entities, writes the reports, and shows the warnings after those that are known already.
    fn report(
        &self,
        evaluation: &Evaluation<'_>,
        page: Option<&PagePlan<'_>>,
        policy: &Policy,
        known: Vec<Diagnostic>,
        built_in: bool,
    ) -> anyhow::Result<Reported> {
        let (before, missing) = self.baseline.existing()?;
        let [before, inputs] = input::open_lists([before, &self.input.entities])?;
        let input::Inputs { inputs, size, warnings: more } = inputs;
        let mut warnings = policy.apply([known, more].concat())?;
        let options = self.baseline_options(evaluation);
        let baseline = self.baseline.read(before, &options)?;
        let (history, files) = (self.page.history(&options)?, page::names(&self.input.entities));
        let page = page.map(|plan| PageOptions { plan, files: &files, history: &history });
        let mut new_waivers = self.waivers.new_file(&self.format, evaluation.scorecards.as_of())?;
        let ends_early = evaluation.gate.is_open() && self.baseline.is_open() && self.format.len() == 1;
        let mut sinks = output::open_all(&self.format, ends_early)?;
        let outputs = self.format.iter().zip(&mut sinks).map(|(target, sink)| {
            let (screen, spool) = (sink.screen(), Box::new(sink.spool()));
            Output { format: target.format, screen, sink, spool }
        });
        let mut line = progress::Line::new(self.quiet.quiet, size);
        let accept = |evaluated: &Evaluated| {
            policy.apply(warnings::found(evaluation, evaluated, built_in)).map(|found| warnings.extend(found))
        };
        let mut told = None;
        let mut tell = |rule: &FailRule<'_>| told = Some(Told::new(rule));
        let comparing = baseline
            .as_ref()
            .map(|baseline| self.baseline.comparing(baseline, &self.input.entities, &mut tell));
        let checks = Checks { duplicates: policy.finds_duplicates(), comparing, page, accept };
        let waivers = new_waivers.as_mut().map(NewFile::output);
        let progress = |progress| line.update(progress);
        let evaluated = evaluation.run_checked(inputs, outputs.collect(), waivers, progress, checks);
        line.clear();
        let Evaluated { verdict, .. } = evaluated?;
        let written = new_waivers.map(|file| file.finish(&verdict, &mut sinks));
        output::finish_all(sinks)?;
        if !self.quiet.quiet {
            warnings.extend(missing);
            exit::show(&warnings);
        }
        if let Some(told) = &told {
            told.print_notes(self.quiet.quiet);
        }
        Ok(Reported { verdict, told, written })
    }

    fn baseline_options<'o>(&'o self, evaluation: &Evaluation<'o>) -> baseline::Options<'o> {
        baseline::Options {
            scorecards: evaluation.scorecards,
            patterns: self.scorecards.patterns(),
            scope: evaluation.scope,
            default_blueprint: &self.scorecards.blueprint.blueprint,
            settings: evaluation.settings,
            quiet: self.quiet.quiet,
        }
    }
}

impl DisplayArguments {
    /// Refuses options that none of the chosen formats honours, as a page of the user does not, and `--failing` without a gate.
    fn check(&self, chosen: &[Target<Format>], gate: &Gate, has_own_page: bool) -> Result<(), Problems> {
        let given = [
            (DisplayOption::Show, !self.show.is_empty()),
            (DisplayOption::GroupBy, self.group_by.is_some()),
            (DisplayOption::Sort, self.sort.is_some()),
            (DisplayOption::Limit, self.limit.is_some()),
            (DisplayOption::Failing, self.failing),
            (DisplayOption::CsvRaw, self.csv_raw),
        ];
        // of a page of the user, only the limit can be changed
        let is_open = |option: DisplayOption, format: Format| {
            format != Format::Html || !has_own_page || option == DisplayOption::Limit
        };
        let is_honoured = |option: DisplayOption| {
            let mut formats = chosen.iter().map(|target| target.format);
            formats.any(|format| option.formats().contains(&format) && is_open(option, format))
        };
        let unused = given.into_iter().filter(|(option, is_given)| *is_given && !is_honoured(*option));
        let mut problems: Vec<Diagnostic> = unused.map(|(option, _)| unused_option(option)).collect();
        if self.failing && gate.is_open() {
            let message = "`--failing` has no effect without a minimum level";
            let help = "add `--min-level LEVEL`, or leave out `--failing`";
            problems.push(Diagnostic::error(Code::UnusedOption, message).help(help));
        }
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }

    fn resolve(&self, scorecards: &Scorecards, wanted: &mut Wanted) -> anyhow::Result<Display> {
        let mut shown = Vec::new();
        for (index, name) in self.show.iter().enumerate() {
            if self.show.iter().take(index).any(|before| before == name) {
                continue;
            }
            let Some(slot) = wanted.include_property(name) else {
                let unknown =
                    Diagnostic::unknown(Code::UnknownMetaProperty, "meta-property", name, meta_properties());
                bail!(Problems::from(unknown));
            };
            shown.push((name.clone(), slot));
        }
        let sort = match self.sort.as_deref() {
            None => None,
            Some("title") => Some(Sort::Title),
            Some(name) if scorecards.definitions().iter().any(|definition| definition.identifier == name) => {
                Some(Sort::Scorecard(name.to_owned()))
            }
            Some(name) => {
                let scorecards = scorecards.definitions().iter().map(|card| card.identifier.as_str());
                let known = std::iter::once("title").chain(scorecards);
                bail!(Problems::from(Diagnostic::unknown(Code::UnknownSort, "sort key", name, known)));
            }
        };
        Ok(Display {
            shown,
            by_team: self.group_by.is_some(),
            sort,
            limit: Limit::of_option(self.limit),
            failing: self.failing,
            csv_raw: self.csv_raw,
        })
    }
}

fn unused_option(option: DisplayOption) -> Diagnostic {
    let (name, formats) = (quoted(option.name()), option.formats());
    let formats = list(formats.iter().map(|format| format.name()), formats.len());
    let message = format!("{name} has no effect on any of the chosen formats");
    let help = format!("choose a format that uses it ({formats}), or leave out {name}");
    Diagnostic::error(Code::UnusedOption, message).help(help)
}
