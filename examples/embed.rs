//! The crate in ten lines: grade a file of entities with the built-in scorecards, print where each stands.

use dora_score::{Grader, Instant, Scorecards, builtin, for_each_entity};
use std::fs::File;
use std::ops::ControlFlow;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
    let scorecards = Scorecards::new(builtin(), as_of, "service");
    let mut grader = Grader::new(&scorecards);
    for_each_entity(File::open("examples/entities/services.json")?, scorecards.wanted(), |entity| {
        for outcome in grader.grade(entity).outcomes() {
            let level = outcome.level().map_or("–", |level| &level.title);
            println!("{}\t{}\t{level}", entity.identifier(), outcome.scorecard().identifier);
        }
        ControlFlow::Continue(())
    })?;
    Ok(())
}
