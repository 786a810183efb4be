//! Decodes entities with their results: one more kind of element of the streams that entities come in. It keeps the
//! names and the numbers of the results, and skips everything else.

use super::card_places::CardPlaces;
use super::catalog::{Blueprint, Card, Grade, Held, SharedCatalog, Teams};
use super::document::DocumentKey;
use super::interned::Id;
use super::recent::RecentGrades;
use super::record::{Within, read_grade};
use super::selection::Selection;
use super::text_cache::TextCache;
use crate::diagnostic::{Code, quoted};
use crate::entity::{
    Decoded, Elements, KeyOrder, Rejection, identifier_at, kind, name_at, read_teams, skip, skip_if,
};
use crate::json::{Key, Scanner};
use crate::schema::DocumentKind;
use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// The results of one side.
pub(super) struct Results<'h> {
    pub(super) catalog: &'h SharedCatalog,
    pub(super) selection: &'h Selection,
    /// The blueprint of entities that do not name one.
    pub(super) default_blueprint: &'h str,
    /// The caches that no decoder uses at the moment. There are as many as threads.
    caches: Mutex<Vec<Cache>>,
}

impl<'h> Results<'h> {
    pub(super) fn new(
        catalog: &'h SharedCatalog,
        selection: &'h Selection,
        default_blueprint: &'h str,
    ) -> Self {
        Self { catalog, selection, default_blueprint, caches: Mutex::new(Vec::new()) }
    }
}

/// An entity with its results, or another member of the document that contains it.
#[derive(Default)]
pub(super) struct ResultElement<'a> {
    pub(super) identifier: Cow<'a, str>,
    /// The title, if it differs from the identifier.
    pub(super) title: Option<Cow<'a, str>>,
    pub(super) blueprint: Option<Id<Blueprint>>,
    pub(super) teams: Option<Id<Teams>>,
    /// Whether `--entity` selects it.
    pub(super) is_selected: bool,
    pub(super) results: Vec<(Id<Card>, Held)>,
    /// The members of `scorecards`.
    written: Vec<(Key<'a>, Written<'a>)>,
    /// A member of the document, instead of an entity.
    pub(super) member: Option<(DocumentKey, &'a str)>,
}

/// The value of a member of `scorecards`.
#[derive(Clone, Copy)]
enum Written<'a> {
    /// A result that was read before.
    Known(Id<Grade>),
    /// The text of another value, and its place.
    Text(&'a str, usize),
}

/// What earlier elements taught, to decode the next ones faster.
#[derive(Default)]
struct Cache {
    keys: KeyOrder<EntityKey>,
    blueprints: TextCache<Id<Blueprint>>,
    teams: TextCache<Id<Teams>>,
    /// The scorecards by the index of the blueprint and by key; `None` for one that is not selected.
    cards: Vec<TextCache<Option<Id<Card>>>>,
    grades: TextCache<Id<Grade>>,
    recent: Vec<RecentGrades>,
    /// The places of the results of the current entity.
    places: CardPlaces,
}

#[derive(Clone, Copy)]
enum EntityKey {
    Identifier,
    Title,
    Blueprint,
    Team,
    Scorecards,
    Entities,
    Entity,
    Other,
}

impl EntityKey {
    fn named(name: &[u8]) -> Self {
        match name {
            b"identifier" => Self::Identifier,
            b"title" => Self::Title,
            b"blueprint" => Self::Blueprint,
            b"team" => Self::Team,
            b"scorecards" => Self::Scorecards,
            b"entities" => Self::Entities,
            b"entity" => Self::Entity,
            _ => Self::Other,
        }
    }
}

/// Decodes results one after another.
pub(super) struct ResultDecoder<'s> {
    results: &'s Results<'s>,
    /// Taken from [`Results`], and given back at the end.
    cache: Cache,
}

impl Drop for ResultDecoder<'_> {
    fn drop(&mut self) {
        let cache = std::mem::take(&mut self.cache);
        self.results.caches.lock().unwrap_or_else(PoisonError::into_inner).push(cache);
    }
}

impl Elements for Results<'_> {
    type Element<'a> = ResultElement<'a>;
    type Decoder<'s>
        = ResultDecoder<'s>
    where
        Self: 's;

    const NOUN: &'static str = "entity";
    const HAS_PAGES: bool = true;
    const HAS_MEMBERS: bool = true;

    fn decoder(&self) -> ResultDecoder<'_> {
        let cache = self.caches.lock().unwrap_or_else(PoisonError::into_inner).pop();
        ResultDecoder { results: self, cache: cache.unwrap_or_default() }
    }

    fn blank<'a>(&self, _: &Scanner<'a>) -> ResultElement<'a> {
        ResultElement::default()
    }

    fn decode<'a>(
        decoder: &mut ResultDecoder<'_>,
        scanner: &mut Scanner<'a>,
        element: &mut ResultElement<'a>,
    ) -> Result<Decoded, Rejection> {
        decoder.decode(scanner, element)
    }

    fn member<'a>(element: &mut ResultElement<'a>, name: &[u8], value: &'a str) -> bool {
        element.member = DocumentKey::named(name).map(|key| (key, value));
        element.member.is_some()
    }

    fn identifier<'e>(element: &'e ResultElement<'_>) -> Option<&'e str> {
        Some(&element.identifier)
    }
}

/// The places of the members of an object, the last of each name.
#[derive(Default)]
struct Seen {
    identifier: Option<Range<usize>>,
    title: Option<Range<usize>>,
    blueprint: Option<Range<usize>>,
    team: Option<Range<usize>>,
    /// The place of `scorecards`, and its first byte.
    scorecards: Option<(usize, Option<u8>)>,
    entities: Option<Range<usize>>,
    entity: Option<Range<usize>>,
}

impl ResultDecoder<'_> {
    fn decode<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
        element: &mut ResultElement<'a>,
    ) -> Result<Decoded, Rejection> {
        if scanner.peek() != Some(b'{') {
            return Err(Rejection::not_an_object(scanner, Results::NOUN));
        }
        let start = scanner.pos();
        scanner.open()?;
        element.member = None;
        let (mut seen, mut first, mut at) = (Seen::default(), true, 0);
        while let Some(key) = self.cache.keys.next(scanner, &mut first, &mut at, EntityKey::named)? {
            match key {
                EntityKey::Identifier => seen.identifier = Some(skip(scanner)?),
                EntityKey::Title => seen.title = Some(skip(scanner)?),
                EntityKey::Blueprint => seen.blueprint = Some(skip(scanner)?),
                EntityKey::Team => seen.team = Some(skip(scanner)?),
                EntityKey::Scorecards => {
                    seen.scorecards = Some((scanner.pos(), scanner.peek()));
                    collect(scanner, &mut self.cache.recent, &mut element.written)?;
                }
                EntityKey::Entities => seen.entities = skip_if(scanner, b'[')?,
                EntityKey::Entity => seen.entity = skip_if(scanner, b'{')?,
                EntityKey::Other => scanner.skip_value()?,
            }
        }
        match &seen {
            Seen { identifier: Some(range), .. } => self.conclude(scanner, &seen, range, start, element),
            Seen { entities: Some(range), .. } => Ok(Decoded::Many(range.clone())),
            Seen { entity: Some(range), .. } => Ok(Decoded::One(range.clone())),
            _ => Err(no_identifier(scanner, start)),
        }
    }

    /// Resolves the names, once all members are known.
    fn conclude<'a>(
        &mut self,
        scanner: &Scanner<'a>,
        seen: &Seen,
        identifier: &Range<usize>,
        start: usize,
        element: &mut ResultElement<'a>,
    ) -> Result<Decoded, Rejection> {
        let Self { results, cache } = self;
        let Seen { title, blueprint, team, scorecards, .. } = seen;
        element.identifier = identifier_at(scanner, identifier)?;
        element.title = name_at(scanner, title.as_ref(), "title", &element.identifier)?
            .filter(|title| *title != element.identifier);
        let blueprint = name_at(scanner, blueprint.as_ref(), "blueprint", &element.identifier)?;
        let name = blueprint.as_deref().unwrap_or(results.default_blueprint);
        let blueprint = cache.blueprint(name, results.catalog);
        element.blueprint = Some(blueprint);
        element.teams = match team {
            Some(range) => Some(cache.teams(scanner, range, results.catalog)?),
            None => None,
        };
        match scorecards {
            Some((_, Some(b'{'))) => {}
            Some((at, other)) => return Err(no_scorecards(*at, kind(*other), &element.identifier)),
            None => return Err(no_scorecards(start, "nothing", &element.identifier)),
        }
        element.is_selected = results.selection.selects_entity(&element.identifier);
        element.results.clear();
        if element.is_selected {
            cache.results(scanner, element, blueprint, results)?;
        }
        Ok(Decoded::Element)
    }
}

impl Cache {
    fn blueprint(&mut self, name: &str, catalog: &SharedCatalog) -> Id<Blueprint> {
        let Ok(id) = self.blueprints.get(name, || Ok::<_, Infallible>(catalog.lock().blueprint(name)));
        id
    }

    fn teams(
        &mut self,
        scanner: &Scanner<'_>,
        range: &Range<usize>,
        catalog: &SharedCatalog,
    ) -> Result<Id<Teams>, Rejection> {
        let text = scanner.at(range.end, 0).since(range.start);
        self.teams.get(text, || {
            let mut names = Vec::new();
            read_teams(&mut scanner.at(range.start, 0), &mut names)?;
            let names = names.iter().map(|name| Box::from(name.as_ref())).collect();
            Ok(catalog.lock().teams.intern(Teams(names)))
        })
    }

    /// Finds the numbers of the results that are written.
    #[expect(clippy::expect_used, reason = "the list of caches is long enough")]
    fn results<'a>(
        &mut self,
        scanner: &Scanner<'a>,
        element: &mut ResultElement<'a>,
        blueprint: Id<Blueprint>,
        results: &Results<'_>,
    ) -> Result<(), Rejection> {
        if self.cards.len() <= blueprint.index() {
            self.cards.resize_with(blueprint.index() + 1, TextCache::default);
        }
        let cards = self.cards.get_mut(blueprint.index()).expect("there is a cache for the blueprint");
        self.places.clear();
        for (place, (key, value)) in element.written.iter().enumerate() {
            let name = || key.decoded().map_err(Rejection::Json);
            let card = cards.get(key.written(), || {
                let name = name()?;
                let is_selected = results.selection.selects_scorecard(&name);
                Ok::<_, Rejection>(is_selected.then(|| results.catalog.lock().card(blueprint, &name)))
            })?;
            let Some(card) = card else { continue };
            let held = match value {
                Written::Known(grade) => Some(*grade),
                Written::Text(text, _) if text.starts_with('n') => None,
                Written::Text(text, at) => {
                    let grade = self.grades.get(text, || {
                        let scorecard = name()?;
                        let within = Within { entity: &element.identifier, scorecard: &scorecard };
                        let grade = read_grade(&mut scanner.at(*at, 0), within)?;
                        Ok::<_, Rejection>(grade.intern(&mut results.catalog.lock()))
                    })?;
                    if let Some(recent) = self.recent.get_mut(place) {
                        recent.add(text, grade);
                    }
                    Some(grade)
                }
            };
            // the last of duplicate keys counts
            match self.places.get(card).and_then(|place| element.results.get_mut(place)) {
                Some((_, known)) => *known = held,
                None => {
                    self.places.insert(card, element.results.len());
                    element.results.push((card, held));
                }
            }
        }
        Ok(())
    }
}

/// The number of places of `scorecards` that have recent results.
const MOST_PLACES: usize = 64;

/// Collects the members of an object.
fn collect<'a>(
    scanner: &mut Scanner<'a>,
    recent: &mut Vec<RecentGrades>,
    members: &mut Vec<(Key<'a>, Written<'a>)>,
) -> Result<(), Rejection> {
    members.clear();
    if scanner.peek() != Some(b'{') {
        return Ok(scanner.skip_value()?);
    }
    scanner.open()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first)? {
        scanner.peek();
        if recent.len() == members.len() && recent.len() < MOST_PLACES {
            recent.push(RecentGrades::default());
        }
        let known = recent.get_mut(members.len()).and_then(|recent| recent.take(scanner));
        let value = match known {
            Some(grade) => Written::Known(grade),
            None => {
                let from = scanner.pos();
                scanner.skip_value()?;
                Written::Text(scanner.since(from), from)
            }
        };
        members.push((key, value));
    }
    Ok(())
}

/// For an object that is neither an entity nor a wrapper. It may be a document of another kind.
fn no_identifier(scanner: &Scanner<'_>, at: usize) -> Rejection {
    let document: Option<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(scanner.at(scanner.pos(), 0).since(at)).ok();
    let kind = document.and_then(|members| members.get("kind")?.as_str().map(str::to_owned));
    let (code, message) = match kind {
        Some(kind) if kind == DocumentKind::Result.name() => {
            (Code::NotAResult, "the result has no array `entities`".to_owned())
        }
        Some(kind) => (Code::NotAResult, format!("the document is of kind {}, not `result`", quoted(&kind))),
        None => (Code::MissingIdentifier, "the entity has no `identifier`".to_owned()),
    };
    let help = "give a result of `dora-score evaluate`, or entities as Port exports them";
    Rejection::Shape { code, message, help, at, within: None }
}

/// For an entity without results.
fn no_scorecards(at: usize, kind: &str, entity: &str) -> Rejection {
    let message = match kind {
        "nothing" => "the entity has no `scorecards`, so it has no results to compare".to_owned(),
        kind => format!("`scorecards` must be an object, not {kind}"),
    };
    Rejection::Shape {
        code: Code::NotAResult,
        message,
        help: "grade entities first: `dora-score evaluate -e FILE -f json`",
        at,
        within: Some(("entity", entity.to_owned())),
    }
}
