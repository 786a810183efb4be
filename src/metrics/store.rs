//! The events that are kept until the end: those with an id, because a later event may replace them, and those that a
//! median, a link or an explanation needs. Each takes about 40 bytes.

use super::id::Id;
use super::names::ServiceNumber;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// The number of a record in its store.
pub(super) type RecordNumber = u32;

/// One event of one service. An event of several services has several records, one after another.
#[derive(Debug, Clone)]
pub(super) struct Record<B> {
    id: Option<Id>,
    /// `None` for an event without a service.
    pub(super) service: Option<ServiceNumber>,
    pub(super) body: B,
    /// Whether it belongs to the same event as the record before.
    pub(super) continues: bool,
    /// Whether its time is that of the ingestion into the portal.
    pub(super) has_time_of_ingestion: bool,
    /// Whether a later event has replaced it.
    is_replaced: bool,
}

/// The records of one feed, in the order of the input.
pub(super) struct Store<B> {
    chunks: Vec<Vec<Record<B>>>,
    /// The first record of each id.
    ids: HashTable<RecordNumber>,
}

/// The number of records in a chunk. One long list would need three times its memory whenever it grows.
const CHUNK: usize = 1 << 14;

impl<B> Store<B> {
    pub(super) fn new() -> Self {
        Self { chunks: Vec::new(), ids: HashTable::new() }
    }

    /// Adds an event, with a body for each of its services. Returns the number of its first record, and whether it
    /// replaces an earlier event with the same id.
    pub(super) fn add(
        &mut self,
        id: Option<Id>,
        has_time_of_ingestion: bool,
        bodies: impl IntoIterator<Item = (Option<ServiceNumber>, B)>,
    ) -> (RecordNumber, bool) {
        let first = self.next_number();
        for (index, (service, body)) in bodies.into_iter().enumerate() {
            self.push(Record {
                id,
                service,
                body,
                continues: index > 0,
                has_time_of_ingestion,
                is_replaced: false,
            });
        }
        let Some(id) = id else { return (first, false) };
        let chunks = &self.chunks;
        let hash_of = |number: &RecordNumber| id_of(chunks, *number).short();
        let is_same = |number: &RecordNumber| id_of(chunks, *number) == id;
        let replaced = match self.ids.entry(id.short(), is_same, hash_of) {
            Entry::Occupied(mut entry) => Some(std::mem::replace(entry.get_mut(), first)),
            Entry::Vacant(entry) => {
                entry.insert(first);
                None
            }
        };
        if let Some(replaced) = replaced {
            self.mark_as_replaced(replaced);
        }
        (first, replaced.is_some())
    }

    /// The records of the event with this id, one for each of its services.
    pub(super) fn find(&self, id: Id) -> impl Iterator<Item = (RecordNumber, &Record<B>)> {
        let is_same = |number: &RecordNumber| id_of(&self.chunks, *number) == id;
        self.ids.find(id.short(), is_same).copied().into_iter().flat_map(|first| self.event(first))
    }

    /// All records that have not been replaced.
    pub(super) fn records(&self) -> impl Iterator<Item = (RecordNumber, &Record<B>)> {
        (0..).zip(self.chunks.iter().flatten()).filter(|(_, record)| !record.is_replaced)
    }

    /// How many records there are, with those that have been replaced.
    pub(super) fn len(&self) -> usize {
        let full = self.chunks.len().saturating_sub(1) * CHUNK;
        full + self.chunks.last().map_or(0, Vec::len)
    }

    /// The records of the event that begins with this one.
    fn event(&self, first: RecordNumber) -> impl Iterator<Item = (RecordNumber, &Record<B>)> {
        let numbered = (first..).map_while(|number| Some((number, record(&self.chunks, number)?)));
        numbered
            .enumerate()
            .take_while(|(index, (_, record))| *index == 0 || record.continues)
            .map(|(_, one)| one)
    }

    #[expect(clippy::expect_used, reason = "four billion records do not fit into memory")]
    fn next_number(&self) -> RecordNumber {
        u32::try_from(self.len()).expect("there are fewer than four billion records")
    }

    fn push(&mut self, record: Record<B>) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(record),
            _ => {
                let mut chunk = Vec::with_capacity(if self.chunks.is_empty() { 4 } else { CHUNK });
                chunk.push(record);
                self.chunks.push(chunk);
            }
        }
    }

    fn mark_as_replaced(&mut self, first: RecordNumber) {
        let mut number = first as usize;
        while let Some(record) =
            self.chunks.get_mut(number / CHUNK).and_then(|chunk| chunk.get_mut(number % CHUNK))
        {
            if number > first as usize && !record.continues {
                break;
            }
            record.is_replaced = true;
            number += 1;
        }
    }
}

fn record<B>(chunks: &[Vec<Record<B>>], number: RecordNumber) -> Option<&Record<B>> {
    chunks.get(number as usize / CHUNK)?.get(number as usize % CHUNK)
}

/// The id of a record in the table of ids.
#[expect(clippy::expect_used, reason = "the table has only the numbers of records with an id")]
fn id_of<B>(chunks: &[Vec<Record<B>>], number: RecordNumber) -> Id {
    record(chunks, number).and_then(|record| record.id).expect("the record has an id")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(index: usize) -> ServiceNumber {
        ServiceNumber::at(index)
    }

    fn live(store: &Store<u32>) -> Vec<(Option<ServiceNumber>, u32)> {
        store.records().map(|(_, record)| (record.service, record.body)).collect()
    }

    #[test]
    fn an_event_replaces_all_records_of_the_earlier_event_with_its_id() {
        let mut store = Store::new();
        let [one, two] = ["one", "two"].map(|text| Some(Id::of(text)));
        assert_eq!(store.add(one, false, [(Some(service(1)), 10), (Some(service(2)), 11)]), (0, false));
        assert_eq!(store.add(None, false, [(Some(service(1)), 20)]), (2, false));
        assert_eq!(store.add(two, false, [(None, 30)]), (3, false));
        assert_eq!(store.add(one, false, [(Some(service(3)), 40)]), (4, true));
        assert_eq!(live(&store), [(Some(service(1)), 20), (None, 30), (Some(service(3)), 40)]);
        let found: Vec<u32> = store.find(Id::of("one")).map(|(number, _)| number).collect();
        assert_eq!(found, [4]);
        assert_eq!(store.find(Id::of("three")).count(), 0);
    }

    #[test]
    fn records_are_found_across_chunks() {
        let mut store = Store::new();
        let count = CHUNK as u32 * 2 + 3;
        for number in 0..count {
            let id = Some(Id::of(&number.to_string()));
            assert_eq!(store.add(id, false, [(None, number)]), (number, false));
        }
        for number in [0, CHUNK as u32 - 1, CHUNK as u32, count - 1] {
            let found: Vec<u32> = store.find(Id::of(&number.to_string())).map(|(_, one)| one.body).collect();
            assert_eq!(found, [number]);
        }
        assert_eq!(store.records().count(), store.len());
    }
}
