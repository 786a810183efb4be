//! Measures how fast entities are read, graded and reported. Run it with `cargo bench`.
//!
//! The input is generated: entities of about 1.3 KB with many fields that no scorecard needs.

#![expect(clippy::expect_used, reason = "a benchmark should stop at any error")]

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use dora_score::program::{Display, Evaluation, Format, Output};
use dora_score::{
    Gate, Grader, Input, Instant, Scope, Scorecards, Screen, Settings, builtin, for_each_entity,
};
use std::fmt::Write;
use std::num::NonZero;
use std::ops::ControlFlow;

const ENTITIES: usize = 10_000;

fn main() {
    divan::main();
}

fn scorecards() -> Scorecards {
    let as_of = Instant::parse("2026-01-31T00:00:00Z").expect("it is a time");
    Scorecards::new(builtin(), as_of, "service")
}

/// Appends an entity, whose numbers depend on its index.
fn entity(index: usize, text: &mut String) {
    let figure = |range: usize, scale: f64| (index * 7919 % range) as f64 / scale;
    let readme =
        "service handles inbound requests retries idempotently and \\\"publishes\\\" événements ".repeat(6);
    write!(
        text,
        r#"{{"identifier":"svc-{index:06}","title":"Service {index}","blueprint":"service","team":["team-{}"],"icon":"Service","properties":{{"url":"https://git.example/svc-{index}","language":"Rust","readme":"{readme}","deployment_frequency":{},"lead_time_for_changes":{},"change_failure_rate":{},"total_deployments":{},"mean_time_to_recovery":{},"total_incidents":{},"on_call":"user{}@acme.example","tags":["tier-1","pci"],"slo":{{"target":99.9,"burn":{{"fast":1.25,"slow":null}},"enabled":true,"labels":{{"deployment_frequency":"decoy"}}}}}},"relations":{{"repository":"acme/svc-{index}","domain":null}},"createdAt":"2024-03-01T00:00:11.123Z","updatedAt":"2025-09-01T07:00:42.987Z","createdBy":"someone","updatedBy":"integration"}}"#,
        index % 40,
        figure(900, 100.0),
        figure(100_000, 90.0),
        figure(6_000, 100.0),
        index % 13,
        figure(500_000, 10.0),
        index % 5,
        index % 500,
    )
    .expect("memory can be written");
}

fn lines() -> String {
    (0..ENTITIES).fold(String::new(), |mut text, index| {
        entity(index, &mut text);
        text.push('\n');
        text
    })
}

fn document() -> String {
    format!("{{\"ok\":true,\"entities\":[{}]}}", lines().trim_end().replace('\n', ","))
}

fn evaluate(scorecards: &Scorecards, text: &str, format: Format, threads: usize) {
    let wanted = scorecards.wanted().clone();
    let (gate, display) = (Gate::none(scorecards), Display::default());
    let threads = NonZero::new(threads).expect("it is not zero");
    let settings = Settings { threads, ..Settings::default() };
    let scope = Scope::default();
    let evaluation =
        Evaluation { scorecards, scope: &scope, wanted: &wanted, gate: &gate, display: &display, settings };
    let input = Input::open("bench", text.as_bytes());
    let mut sink = std::io::sink();
    let spool = Box::new(std::io::Cursor::new(Vec::new()));
    let output = Output { format, screen: Screen { color: false, width: None }, sink: &mut sink, spool };
    evaluation.run(vec![input], vec![output], |_| {}).expect("the input is sound");
}

#[divan::bench(args = ["lines", "document"])]
fn read(bencher: Bencher<'_, '_>, form: &str) {
    let scorecards = scorecards();
    let text = if form == "lines" { lines() } else { document() };
    bencher.counter(BytesCount::of_str(&text)).counter(ItemsCount::new(ENTITIES)).bench(|| {
        let mut count = 0_usize;
        for_each_entity(text.as_bytes(), scorecards.wanted(), |_| {
            count += 1;
            ControlFlow::Continue(())
        })
        .expect("the input is valid");
        count
    });
}

#[divan::bench]
fn grade(bencher: Bencher<'_, '_>) {
    let scorecards = scorecards();
    let mut text = String::new();
    entity(1, &mut text);
    bencher.counter(ItemsCount::new(ENTITIES)).bench(|| {
        let mut grader = Grader::new(&scorecards);
        let mut ranks = 0;
        for_each_entity(text.as_bytes(), scorecards.wanted(), |entity| {
            for _ in 0..ENTITIES {
                let graded = grader.grade(divan::black_box(entity));
                ranks += graded
                    .outcomes()
                    .filter_map(|outcome| outcome.standing())
                    .map(|at| at.level)
                    .sum::<usize>();
            }
            ControlFlow::Continue(())
        })
        .expect("the input is sound");
        ranks
    });
}

#[divan::bench(args = Format::ALL.map(Format::name))]
fn report(bencher: Bencher<'_, '_>, format: &str) {
    let scorecards = scorecards();
    let text = lines();
    let format: Format = format.parse().expect("it is a format");
    bencher
        .counter(BytesCount::of_str(&text))
        .counter(ItemsCount::new(ENTITIES))
        .bench(|| evaluate(&scorecards, &text, format, 1));
}

#[divan::bench(args = [1, 2])]
fn threads(bencher: Bencher<'_, '_>, threads: usize) {
    let scorecards = scorecards();
    let text = lines();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| evaluate(&scorecards, &text, Format::Summary, threads));
}
