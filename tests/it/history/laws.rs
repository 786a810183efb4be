//! Laws that hold for every pair, whatever the documents look like otherwise.

use super::cards::Fate;
use super::compare::{check, normal_diff, parsed};
use super::naive_diff::{KINDS, Options};
use super::pairs::{Compared, Pair, Plan, plans};
use super::results::{Bend, Form};
use super::side::{Refusal, list, text};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Plans without mistakes, choices and levels in another order, so that most pairs can be compared.
fn plain_plans() -> BoxedStrategy<Plan> {
    plans()
        .prop_map(|mut plan| {
            let is_fine =
                |bend: &Bend| !matches!(bend, Bend::Twice | Bend::Count | Bend::Kind | Bend::Version);
            for bends in &mut plan.bends {
                bends.retain(|(_, _, bend)| is_fine(bend));
            }
            for fate in plan.fates.iter_mut().flatten() {
                if matches!(fate, Fate::Reversed | Fate::Extended) {
                    *fate = Fate::Same;
                }
            }
            plan.options = Options { blueprint: plan.options.blueprint, ..Options::default() };
            plan
        })
        .boxed()
}

/// The document of a run of `diff`; none where the sides cannot be compared.
fn compared(before: &str, after: &str, options: &Options) -> Option<Value> {
    let pair = Pair { texts: [before.to_owned(), after.to_owned()], options: options.clone() };
    let Compared { run, expected } = pair.compared();
    // a law that no pair reaches says nothing
    let may_be_compared = !matches!(expected, Err(Refusal::Error(_)));
    let may_be_refused = expected.is_err();
    assert!(if run.code == 0 { may_be_compared } else { may_be_refused }, "{}: {expected:?}", run.stderr);
    (run.code == 0).then(|| normal_diff(parsed(&run.stdout)))
}

#[test]
fn between_a_result_and_itself_there_is_no_change() {
    check(25, plain_plans(), |plan| {
        let Pair { texts: [text, _], mut options } = plan.pair();
        options.fail_on = vec![super::verdict::FailOn::Any];
        let run = Pair { texts: [text.clone(), text], options }.compared().run;
        if run.code == 2 {
            prop_assert!(run.stderr.contains("--scorecards"), "{}", run.stderr);
            return Ok(());
        }
        prop_assert!([0, 3].contains(&run.code), "{}: {}", run.code, run.stderr);
        let document = parsed(&run.stdout);
        prop_assert_eq!((&document["moved"], &document["moves"]), (&json!(0), &json!([])));
        for card in list(&document["scorecards"]) {
            prop_assert!(KINDS.iter().all(|kind| card[*kind] == 0), "{}", card);
            prop_assert!(card["definition"] != "changed" && card["in"] == "both", "{}", card);
            prop_assert!(list(&card["pairs"]).iter().all(|pair| pair["from"] == pair["to"]), "{}", card);
        }
        Ok(())
    });
}

/// The kind of a change that goes the other way.
fn mirrored(kind: &str) -> &str {
    match kind {
        "up" => "down",
        "down" => "up",
        "entered" => "left",
        "left" => "entered",
        "appeared" => "disappeared",
        "disappeared" => "appeared",
        "gainedData" => "lostData",
        "lostData" => "gainedData",
        other => other,
    }
}

/// All changes of a document, or those that the other way round would have: as texts, in no order.
fn changes(document: &Value, is_mirrored: bool) -> BTreeSet<String> {
    let turned = |kind: &Value| if is_mirrored { mirrored(&text(kind)).to_owned() } else { text(kind) };
    let ends = |value: &Value| match is_mirrored {
        true => format!("{}>{}", value["to"], value["from"]),
        false => format!("{}>{}", value["from"], value["to"]),
    };
    let mut changes = BTreeSet::new();
    for entity in list(&document["moves"]) {
        for change in list(&entity["moves"]) {
            let mut rules: Vec<String> = list(&change["rules"])
                .iter()
                .map(|rule| format!("{} {}", rule["identifier"], ends(rule)))
                .collect();
            rules.sort();
            let subject = format!("{} {} {}", entity["blueprint"], entity["identifier"], change["scorecard"]);
            changes.insert(format!("{subject} {} {} {rules:?}", turned(&change["direction"]), ends(change)));
        }
    }
    changes
}

/// The counts and pairs of scorecards, or those that the other way round would have.
fn counts(document: &Value, is_mirrored: bool) -> BTreeMap<String, Value> {
    let mut counts = BTreeMap::new();
    for card in list(&document["scorecards"]) {
        let mut told = json!({"same": card["same"], "definition": card["definition"]});
        for kind in KINDS {
            told[kind] = card[if is_mirrored { mirrored(kind) } else { kind }].clone();
        }
        let on = match (text(&card["in"]).as_str(), is_mirrored) {
            ("before", true) => "after".to_owned(),
            ("after", true) => "before".to_owned(),
            (on, _) => on.to_owned(),
        };
        told["in"] = json!(on);
        let mut pairs: Vec<[String; 3]> = list(&card["pairs"])
            .iter()
            .map(|pair| {
                let [from, to] = if is_mirrored { ["to", "from"] } else { ["from", "to"] };
                [from, to, "count"].map(|key| pair[key].to_string())
            })
            .collect();
        pairs.sort();
        told["pairs"] = json!(pairs);
        counts.insert(format!("{} {}", card["blueprint"], card["identifier"]), told);
    }
    counts
}

#[test]
fn the_other_way_round_all_changes_are_mirrored() {
    check(40, plain_plans(), |plan| {
        let Pair { texts: [before, after], options } = plan.pair();
        let (there, back) = (compared(&before, &after, &options), compared(&after, &before, &options));
        prop_assert_eq!(there.is_some(), back.is_some(), "{}\n{}", before, after);
        if let (Some(there), Some(back)) = (there, back) {
            prop_assert_eq!(changes(&there, true), changes(&back, false));
            prop_assert_eq!(counts(&there, true), counts(&back, false));
            prop_assert_eq!(&there["moved"], &back["moved"]);
        }
        Ok(())
    });
}

/// A result on one side: absent, not applicable or a level.
type State = Option<Value>;

/// The results that are elsewhere afterwards, with both ends; a change of data or rules alone is none.
fn steps(document: &Value) -> BTreeMap<String, (State, State)> {
    let mut steps = BTreeMap::new();
    for entity in list(&document["moves"]) {
        for change in list(&entity["moves"]) {
            let kind = text(&change["direction"]);
            let from = (kind != "appeared").then(|| change["from"].clone());
            let to = (kind != "disappeared").then(|| change["to"].clone());
            let subject = format!("{} {} {}", entity["blueprint"], entity["identifier"], change["scorecard"]);
            if from != to {
                steps.insert(subject, (from, to));
            }
        }
    }
    steps
}

#[test]
fn changes_of_two_steps_follow_from_the_steps() {
    let three = (plain_plans(), plain_plans()).prop_map(|(plan, other)| {
        // the same scorecards and entities, another time
        let mut later = plan.clone();
        later
            .things
            .iter_mut()
            .zip(&other.things)
            .for_each(|(thing, other)| thing.after = other.after.clone());
        later.fates[1] = other.fates[1].clone();
        later.forms[1] = other.forms[1];
        later.bends[1] = other.bends[1].clone();
        (plan, later)
    });
    check(30, three, |(plan, later)| {
        let Pair { texts: [first, second], options } = plan.pair();
        let [_, third] = later.pair().texts;
        let documents = [(&first, &second), (&second, &third), (&first, &third)]
            .map(|(from, to)| compared(from, to, &options));
        let [Some(one), Some(two), Some(both)] = documents else { return Ok(()) };
        let (one, two, both) = (steps(&one), steps(&two), steps(&both));
        let subjects: BTreeSet<&String> = one.keys().chain(two.keys()).chain(both.keys()).collect();
        for subject in subjects {
            let expected = match (one.get(subject), two.get(subject)) {
                (Some((from, middle)), Some((other, to))) => {
                    prop_assert_eq!(middle, other, "{}", subject);
                    Some((from.clone(), to.clone())).filter(|(from, to)| from != to)
                }
                (step, other) => step.or(other).cloned(),
            };
            prop_assert_eq!(both.get(subject).cloned(), expected, "{}", subject);
        }
        Ok(())
    });
}

#[test]
fn the_order_of_entities_matters_neither_to_counts_nor_to_pairs() {
    let shuffled = plain_plans().prop_flat_map(|mut plan| {
        // documents, in which entities can be moved
        plan.forms = [Form::Document; 2];
        let orders = [(); 2].map(|()| Just((0..8).collect::<Vec<usize>>()).prop_shuffle());
        (Just(plan), orders)
    });
    check(25, shuffled, |(plan, orders)| {
        let Pair { texts, options } = plan.pair();
        let moved = |side: usize| {
            let mut document = parsed(&texts[side]);
            let entities = list(&document["entities"]).to_vec();
            document["entities"] =
                orders[side].iter().filter_map(|index| entities.get(*index)).cloned().collect();
            document.to_string()
        };
        let plain = compared(&texts[0], &texts[1], &options);
        let other = compared(&moved(0), &moved(1), &options);
        prop_assert_eq!(plain.is_some(), other.is_some());
        if let (Some(plain), Some(other)) = (plain, other) {
            prop_assert_eq!(counts(&plain, false), counts(&other, false));
            prop_assert_eq!(changes(&plain, false), changes(&other, false));
            prop_assert_eq!(&plain["scorecards"], &other["scorecards"]);
        }
        Ok(())
    });
}
