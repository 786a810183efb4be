//! `dora-score badges`: an image and a JSON document for each result.

use super::output::Tree;
use super::say::say;
use super::scorecards::LoadedScorecards;
use super::{exit, input, progress, quiet, scope, scorecards, warnings};
use crate::badge::{BadgeFiles, Badges, EntityBadges, IGNORES_CASE, LONGEST, differ_in_case, file_name};
use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use crate::scorecard::{Definition, Scorecards};
use crate::terminal::{clean, counted, thousands};
use clap::Args;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write badges: the level of each entity in each scorecard, as SVG and as JSON for shields.io
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct BadgesArguments {
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    #[command(flatten)]
    input: input::EntityArguments,
    #[command(flatten)]
    scope: scope::ScopeArguments,
    /// Directory to write to, as BLUEPRINT/ENTITY/SCORECARD.svg and .json; created if it does not exist. Badges that are
    /// there are replaced if they have changed
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: PathBuf,
    #[command(flatten)]
    quiet: quiet::QuietArgument,
}

const EXAMPLES: &str = "\
Examples:
  dora-score badges -e services.json --out badges
  dora-score badges -e services.json --scorecard dora_cfr --where 'team = payments' --out badges

Exit codes: 0 success, 2 invalid usage or input";

/// Runs the command. Everything that can be known is checked before the first file is written.
pub(crate) fn run(arguments: &BadgesArguments) -> anyhow::Result<ExitCode> {
    let LoadedScorecards { definitions, mut warnings, .. } = arguments.scorecards.load_checked()?;
    let tree = Tree::at(&arguments.out, "--out")?;
    let as_of = arguments.input.as_of();
    let scorecards = Scorecards::new(definitions, as_of, &arguments.scorecards.blueprint.blueprint);
    let mut wanted = scorecards.wanted().clone();
    let scope = arguments.scope.scope(as_of, &mut wanted);
    let input::Inputs { inputs, size, warnings: more } = input::open(&arguments.input.entities)?;
    warnings.extend(more);
    let quiet = arguments.quiet.quiet;
    let mut line = progress::Line::new(quiet, size);
    let settings = arguments.input.settings();
    let badges =
        Badges::read(inputs, &scorecards, &scope, &wanted, settings, |progress| line.update(progress));
    line.clear();
    let badges = badges.map_err(Problems::from)?;
    check(&badges)?;
    if IGNORES_CASE {
        check_case(&badges, scorecards.definitions())?;
    }
    let Written { badges: count, unchanged } = write(&badges, &tree)?;
    if !quiet {
        let built_in = arguments.scorecards.are_built_in(scorecards.definitions());
        warnings.extend(warnings::of(&scorecards, &scope, &badges.tally, built_in));
        exit::show(&warnings);
        let directory = clean(arguments.out.display().to_string());
        let written = counted(count - unchanged, "badge", "badges");
        let unchanged = match unchanged {
            0 => String::new(),
            _ => format!("; {} unchanged", thousands(unchanged)),
        };
        say(format_args!("wrote {written} to {directory}{unchanged}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses entities that come twice, because one badge would replace the other, and identifiers that are too long for
/// the name of a file.
fn check(badges: &Badges<'_>) -> Result<(), Problems> {
    let duplicates = badges.tally.duplicates.as_ref().and_then(warnings::duplicates);
    let help = "export each entity once, or choose one of the two with `--where`";
    let mut problems: Vec<Diagnostic> = duplicates.into_iter().map(|problem| problem.help(help)).collect();
    let mut seen = BTreeSet::new();
    for EntityBadges { blueprint, identifier, badges } in badges.entities() {
        if file_name(identifier).len() > LONGEST {
            problems.push(long_name("an entity", identifier));
        }
        if seen.insert((blueprint, "")) && file_name(blueprint).len() > LONGEST {
            problems.push(long_name("a blueprint", blueprint));
        }
        for (scorecard, _) in badges {
            if seen.insert((blueprint, scorecard)) && !BadgeFiles::new(scorecard).fit() {
                problems.push(long_name("a scorecard", scorecard));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

/// Refuses identifiers that differ only in case, where one badge would replace the other.
fn check_case(badges: &Badges<'_>, definitions: &[Definition]) -> Result<(), Problems> {
    let entities = differ_in_case(badges.entities().map(|entity| [entity.blueprint, entity.identifier]));
    let cards = definitions.iter().map(|card| [card.blueprint.as_str(), card.identifier.as_str()]);
    let Some((first, second)) = entities.or_else(|| differ_in_case(cards)) else { return Ok(()) };
    let [first, second] = [first, second].map(|path| quoted(&path.join("/")));
    let message =
        format!("the badges of {first} and {second} cannot both be written: the names differ only in case");
    let help = "leave one of them out with `--where` or `--scorecard`, or write the badges on Linux";
    Err(Diagnostic::error(Code::SameOutputTwice, message).help(help).into())
}

/// The error for an identifier that is too long; `owner` has it.
fn long_name(owner: &str, identifier: &str) -> Diagnostic {
    let message =
        format!("the identifier of {owner} is too long for the name of a file: {}", quoted(identifier));
    Diagnostic::error(Code::LongName, message).note(format!(
        "a name has at most {LONGEST} bytes, with `.json`; characters other than ASCII letters, digits, `.`, `_` and `-` \
         take 3 for each of their bytes"
    ))
}

/// How many badges there are, and how many of them were there already, so that they were not written.
#[derive(Default)]
struct Written {
    badges: u64,
    unchanged: u64,
}

/// Writes the files, after a check of all paths. The two files of a badge are replaced together.
fn write(badges: &Badges<'_>, tree: &Tree<'_>) -> anyhow::Result<Written> {
    for EntityBadges { blueprint, identifier, badges } in badges.entities() {
        let (blueprint, identifier) = (file_name(blueprint), file_name(identifier));
        for (scorecard, _) in badges {
            let BadgeFiles { svg, json } = BadgeFiles::new(scorecard);
            tree.check([&blueprint, &identifier], &svg)?;
            tree.check([&blueprint, &identifier], &json)?;
        }
    }
    let mut written = Written::default();
    for EntityBadges { blueprint, identifier, badges } in badges.entities() {
        let (blueprint, identifier) = (file_name(blueprint), file_name(identifier));
        for (scorecard, badge) in badges {
            let names = BadgeFiles::new(scorecard);
            let (svg, json) = (badge.svg(), badge.json());
            let files = [(names.svg.as_str(), svg.as_bytes()), (names.json.as_str(), json.as_slice())];
            let is_changed = tree.write([&blueprint, &identifier], files)?;
            written.badges += 1;
            written.unchanged += u64::from(!is_changed);
        }
    }
    Ok(written)
}
