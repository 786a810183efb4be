//! Embeds the crate: counts, for each team, how many of its services are at each level of one scorecard, and says
//! what the first service below the top needs.
//!
//! `cargo run --example embed --no-default-features`

use dora_score::{Grader, Instant, Scorecards, explain::explain, for_each_entity, load_definitions};
use std::collections::BTreeMap;
use std::fs::File;
use std::ops::ControlFlow;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let definitions = load_definitions(&["examples/scorecards/service_2_lead_time.json"], "service")?;
    let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
    let scorecards = Scorecards::new(definitions, as_of, "service");
    let mut grader = Grader::new(&scorecards);
    let mut counts: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut advice = None;
    let file = File::open("examples/entities/services.json")?;
    for_each_entity(file, scorecards.wanted(), |entity| {
        for outcome in grader.grade(entity).outcomes() {
            let Some(level) = outcome.level() else { continue };
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
    println!("{}", advice.unwrap_or_default());
    Ok(())
}
