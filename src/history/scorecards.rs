//! The scorecards of two sides, in order, with what both sides say about them.

use super::catalog::{Card, Catalog};
use super::compare::{DefinitionState, Presence, ScorecardChanges};
use super::interned::Id;
use super::order::{OrderFinder, Used, names, summary_of};
use super::side::Side;
use crate::diagnostic::Diagnostic;
use crate::result::Summary;
use crate::scorecard::Definition;

/// Lists the scorecards of two sides: in the order of the side after, as its summary or else its results have it, then
/// those that only the side before has.
///
/// # Errors
/// Returns a problem if nothing tells the order of the levels of a scorecard.
pub(crate) fn scorecards(
    before: &Side,
    after: &Side,
    catalog: &mut Catalog,
    definitions: &[Definition],
    selects: impl Fn(&str) -> bool,
) -> Result<Vec<ScorecardChanges>, Diagnostic> {
    let summaries: Vec<&Summary> =
        [after, before].into_iter().filter_map(|side| side.document.summary.as_ref()).collect();
    for card in
        summaries.iter().flat_map(|summary| &summary.scorecards).filter(|card| selects(&card.identifier))
    {
        let blueprint = catalog.blueprint(&card.blueprint);
        catalog.card(blueprint, &card.identifier);
    }
    let used = [after, before].map(|side| Used::of(side, catalog));
    let [later, earlier] =
        [(after, &used[0]), (before, &used[1])].map(|(side, used)| known(side, used, catalog, &selects));
    let mut all = later.clone();
    all.extend(earlier.iter().filter(|card| !later.contains(card)));
    let mut finder = OrderFinder { catalog, summaries, used: used.iter().collect(), definitions };
    let mut listed = Vec::new();
    for card in all {
        let is_compared = finder.sides_with_levels(card) > 1;
        let order = finder.order(card, is_compared)?;
        let told = |side: &Side| {
            let summary = side.document.summary.as_ref()?;
            let card = summary_of(finder.catalog, summary, card)?;
            Some((card.title.clone(), card.digest.clone()))
        };
        let (new, old) = (told(after), told(before));
        let digests = [&new, &old].map(|told| told.as_ref().and_then(|(_, digest)| digest.clone()));
        let title = new.or(old).map(|(title, _)| title);
        let definition = match digests {
            [Some(new), Some(old)] if new == old => Some(DefinitionState::Same),
            [Some(_), Some(_)] => Some(DefinitionState::Changed),
            _ => None,
        };
        let presence = match (earlier.contains(&card), later.contains(&card)) {
            (true, true) => Presence::Both,
            (true, false) => Presence::Before,
            (false, _) => Presence::After,
        };
        let title = title.unwrap_or_else(|| names(finder.catalog, card).1.to_owned());
        listed.push(ScorecardChanges::new(card, title, presence, definition, order));
    }
    Ok(listed)
}

/// The scorecards of a side: those of its summary, then the others in the order of the first results.
fn known(side: &Side, used: &Used, catalog: &Catalog, selects: impl Fn(&str) -> bool) -> Vec<Id<Card>> {
    let summary = side.document.summary.iter().flat_map(|summary| &summary.scorecards);
    let told = summary
        .filter(|card| selects(&card.identifier))
        .filter_map(|card| catalog.find_card(&card.blueprint, &card.identifier));
    let mut cards: Vec<Id<Card>> = Vec::new();
    for card in told.chain(used.cards.iter().copied()) {
        if !cards.contains(&card) {
            cards.push(card);
        }
    }
    cards
}
