//! Property tests of the result document, with random records.

use super::record::{
    BaselineRecord, EntityRecord, GateStatus, GateSummary, LevelCount, MinimumRecord, RuleCount, RuleRecord,
    RuleStatus, ScorecardRecord, ScorecardSummary, Summary, TeamLevelCount, TeamScorecardSummary,
    TeamSummary, WaivedRecord, Was,
};
use super::{ResultDocument, ShownValue, read_entities, write_entities};
use crate::grade::NoDataReason;
use crate::schema::Schema;
use crate::value::{Instant, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::borrow::Cow;

/// Random text, including all characters that JSON escapes.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_]{1,8}", "\\PC{1,6}", "[\u{0}-\u{1f}\"\\\\/\u{7f}\u{2028}é💳]{1,6}"]
}

fn cow() -> impl Strategy<Value = Cow<'static, str>> {
    text().prop_map(Cow::Owned)
}

fn rule() -> impl Strategy<Value = RuleRecord<'static>> {
    let status = prop_oneof![Just(RuleStatus::Success), Just(RuleStatus::Failure)];
    (cow(), cow(), status).prop_map(|(identifier, level, status)| RuleRecord { identifier, level, status })
}

fn result() -> impl Strategy<Value = ScorecardRecord<'static>> {
    let reason = option::of(prop::sample::select(vec![NoDataReason::Inactive, NoDataReason::Missing]));
    let statuses = vec![GateStatus::Passed, GateStatus::Failed, GateStatus::NoData, GateStatus::Waived];
    let gate = option::of((prop::sample::select(statuses), cow()));
    let was = option::of(prop_oneof![cow().prop_map(Was::Level), Just(Was::NotApplicable)]);
    ((cow(), was), 0..9_usize, reason, 0..200_usize, any::<u32>(), gate, vec(rule(), 0..4)).prop_map(
        |((level, was), rank, no_data_reason, passed, total, gate, rules)| {
            let (total, no_data) = (total as usize, no_data_reason.is_some());
            let (gate, minimum) = gate.unzip();
            let waived = gate.filter(|gate| *gate == GateStatus::Waived).map(|_| WaivedRecord {
                reason: Cow::Owned(format!("{level}x")),
                expires: Cow::Borrowed("2026-12-31"),
            });
            ScorecardRecord {
                level,
                was,
                rank,
                no_data,
                no_data_reason,
                passed,
                total,
                gate,
                minimum,
                waived,
                rules,
            }
        },
    )
}

fn shown() -> impl Strategy<Value = Vec<(Cow<'static, str>, ShownValue)>> {
    let json = prop::sample::select(vec!["{}", "[ ]", "{\"b\" : 1.50, \"a\" : [1E+30, \"\u{9b} x\"]}"]);
    let leaf = prop_oneof![
        Just(Value::Missing),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-1e300..1e300_f64).prop_map(Value::Number),
        (-9_i8..9).prop_map(|number| Value::Number(number.into())),
        cow().prop_map(Value::Text),
        json.prop_map(|json| Value::Object { json: json.into() }),
    ];
    let value = prop_oneof![leaf.clone(), vec(leaf, 0..3).prop_map(Value::List)];
    vec((cow(), value.prop_map(|value| ShownValue::new(&value))), 0..3)
}

fn entity() -> impl Strategy<Value = EntityRecord<'static>> {
    let names = (cow(), cow(), cow(), vec(cow(), 0..3), shown());
    (names, vec((cow(), option::of(result())), 0..4)).prop_map(
        |((identifier, title, blueprint, team, shown), mut scorecards)| {
            scorecards.sort_by(|one, other| one.0.cmp(&other.0));
            scorecards.dedup_by(|one, other| one.0 == other.0);
            EntityRecord { identifier, title, blueprint, team, shown, scorecards }
        },
    )
}

fn summary() -> impl Strategy<Value = Summary> {
    let level = (text(), option::of(text()), any::<u64>(), any::<u64>())
        .prop_map(|(title, color, count, no_data)| LevelCount { title, color, count, no_data });
    let rule = (text(), text(), text(), any::<u64>(), any::<u64>()).prop_map(
        |(identifier, title, level, passed, failed)| RuleCount { identifier, title, level, passed, failed },
    );
    let counts = (any::<u64>(), any::<u64>(), any::<u64>());
    let digest = "[0-9a-f]{16}".prop_map(Some);
    let card = (text(), text(), text(), digest, counts, vec(level, 1..4), vec(rule, 0..3)).prop_map(
        |(identifier, title, blueprint, digest, (graded, not_applicable, no_data), levels, rules)| {
            ScorecardSummary {
                identifier,
                title,
                blueprint,
                digest,
                graded,
                not_applicable,
                no_data,
                levels,
                rules,
            }
        },
    );
    (any::<u64>(), vec(card, 0..3), option::of(vec(team(), 0..3)))
        .prop_map(|(entities, scorecards, teams)| Summary { entities, scorecards, teams })
}

fn team() -> impl Strategy<Value = TeamSummary> {
    let level = (text(), any::<u64>(), any::<u64>()).prop_map(|(title, count, no_data)| TeamLevelCount {
        title,
        count,
        no_data,
    });
    let counts = (any::<u64>(), any::<u64>(), any::<u64>());
    let card = (text(), text(), counts, vec(level, 1..4)).prop_map(
        |(identifier, blueprint, (graded, not_applicable, no_data), levels)| TeamScorecardSummary {
            identifier,
            blueprint,
            graded,
            not_applicable,
            no_data,
            levels,
        },
    );
    (option::of(text()), any::<u64>(), vec(card, 0..3)).prop_map(|(team, entities, scorecards)| TeamSummary {
        team,
        entities,
        scorecards,
    })
}

fn gate() -> impl Strategy<Value = GateSummary> {
    let minimum =
        (text(), text(), text(), option::of(1..=100_u8)).prop_map(|(scorecard, blueprint, level, share)| {
            MinimumRecord { scorecard, blueprint, level, share }
        });
    let counts = any::<[u64; 4]>();
    (option::of(any::<bool>()), counts, vec(minimum, 1..4)).prop_map(
        |(passed, [judged, failed, no_data, waived], minimums)| GateSummary {
            passed,
            judged,
            failed,
            no_data,
            waived,
            minimums,
        },
    )
}

fn document() -> impl Strategy<Value = ResultDocument<'static>> {
    let as_of = prop::sample::select(vec![
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "2026-01-31T12:00:00+02:00",
        "9999-12-31T23:59:59.000000001Z",
    ]);
    let baseline = (text(), option::of(as_of.clone())).prop_map(|(file, as_of)| {
        BaselineRecord::new(file, as_of.map(|text| Instant::parse(text).expect("it is a time")))
    });
    (as_of, option::of(baseline), vec(entity(), 0..4), summary(), option::of(gate())).prop_map(
        |(as_of, baseline, entities, summary, gate)| {
            let as_of = Instant::parse(as_of).expect("it is a time");
            ResultDocument::new(as_of, entities, summary, gate).with_baseline(baseline)
        },
    )
}

fn faults(document: &[u8]) -> String {
    let schema = serde_json::from_str(Schema::Result.text()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let document = serde_json::from_slice(document).expect("JSON");
    validator.iter_errors(&document).map(|error| format!("{}: {error}\n", error.instance_path())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_document_is_read_back_equal_and_validates(document in document()) {
        let mut bytes = Vec::new();
        document.write(&mut bytes).expect("memory can be written");
        prop_assert_eq!(faults(&bytes), "");
        prop_assert_eq!(ResultDocument::read(bytes.as_slice()).expect("it is a result"), document);
    }

    #[test]
    fn written_lines_are_read_back_equal(records in vec(entity(), 0..4)) {
        let mut lines = Vec::new();
        write_entities(&records, &mut lines).expect("memory can be written");
        let read: Result<Vec<_>, _> = read_entities(lines.as_slice()).collect();
        prop_assert_eq!(read.expect("lines are entities"), records);
    }
}
