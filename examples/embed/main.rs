//! Embeds the crate: counts, for each team, how many of its services are at each level of one scorecard, says what the
//! first service below the top needs, and fails if fewer than half of the services reach Bronze.
//!
//! `cargo run --example embed --no-default-features`

use dora_score::explain::explain;
use dora_score::{Gate, GateOutcome, Grader, Instant, NoData, Problems, Scorecards, Screen, Verdict};
use dora_score::{for_each_entity, load_definitions};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::ops::ControlFlow;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(GateOutcome::Passed) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            match error.downcast::<Problems>() {
                // each with the line of the file and how to fix it
                Ok(problems) => problems.0.iter().for_each(|one| eprintln!("{}", one.render(Screen::PLAIN))),
                Err(error) => eprintln!("error: {error}"),
            }
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<GateOutcome, Box<dyn Error>> {
    let definitions = load_definitions(&["examples/scorecards/service_2_lead_time.json"], "service")?;
    let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
    let scorecards = Scorecards::new(definitions, as_of, "service");
    // services whose lead time nobody measured are not judged
    let gate = Gate::new(&["Bronze@50%".parse()?], NoData::Skip, &scorecards)?;
    let (mut grader, mut verdict) = (Grader::new(&scorecards), Verdict::new(&gate));
    let mut counts: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut advice = None;
    let file = File::open("examples/entities/services.json")?;
    for_each_entity(file, scorecards.wanted(), |entity| {
        let graded = grader.grade(entity);
        verdict.count(&gate, &graded);
        for level in graded.outcomes().filter_map(|outcome| outcome.level()) {
            for team in entity.team() {
                *counts.entry((team.to_string(), level.title.clone())).or_default() += 1;
            }
        }
        if advice.is_none() {
            let explained = explain(&scorecards, entity).scorecards;
            let next = explained.into_iter().find_map(|(_, explanation)| explanation.next);
            advice = next.map(|next| format!("{}: {next}", entity.identifier()));
        }
        ControlFlow::Continue(())
    })?;
    for ((team, level), count) in counts {
        println!("{team}\t{level}\t{count}");
    }
    println!("{}", advice.as_deref().unwrap_or("every service is at the top"));
    let judged = verdict.counts();
    println!("{} of {} services are below Bronze", judged.failed, judged.judged);
    Ok(verdict.outcome())
}
