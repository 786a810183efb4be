//! The events that are kept until the end: those with an id, because a later event may replace them, and those that a
//! median, a link or an explanation needs.

use super::names::ServiceNumber;

/// The number of a record in its store.
pub(super) type RecordNumber = u32;

/// One event of one service. An event of several services has several records, one after another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<B> {
    /// `None` for an event without a service.
    pub(super) service: Option<ServiceNumber>,
    pub(super) body: B,
    /// Whether it belongs to the same event as the record before.
    pub(super) continues: bool,
    /// Whether the record after it belongs to the same event.
    pub(super) has_more: bool,
    /// Whether its time is that of the ingestion into the portal.
    pub(super) has_time_of_ingestion: bool,
    /// Whether a later event has replaced it.
    pub(super) is_replaced: bool,
}

/// The records of one feed, in the order of the input.
pub(super) struct Store<B> {
    chunks: Vec<Vec<Record<B>>>,
}

/// The number of records in a chunk. One long list would need three times its memory whenever it grows.
const CHUNK: usize = 1 << 14;

impl<B> Store<B> {
    pub(super) fn new() -> Self {
        Self { chunks: Vec::new() }
    }

    /// The number of the next record.
    #[expect(clippy::expect_used, reason = "four billion records do not fit into memory")]
    pub(super) fn next_number(&self) -> RecordNumber {
        u32::try_from(self.len()).expect("there are fewer than four billion records")
    }

    /// Adds records.
    pub(super) fn append(&mut self, records: &mut Vec<Record<B>>) {
        let mut records = records.drain(..).peekable();
        while records.peek().is_some() {
            match self.chunks.last_mut() {
                Some(chunk) if chunk.len() < CHUNK => {
                    let free = CHUNK - chunk.len();
                    chunk.extend(records.by_ref().take(free));
                }
                Some(_) => self.chunks.push(Vec::with_capacity(CHUNK)),
                None => self.chunks.push(Vec::new()),
            }
        }
    }

    /// All records that have not been replaced.
    pub(super) fn records(&self) -> impl Iterator<Item = (RecordNumber, &Record<B>)> {
        (0..).zip(self.chunks.iter().flatten()).filter(|(_, record)| !record.is_replaced)
    }

    /// The number of chunks, each of which can be read by another thread.
    pub(super) fn chunks(&self) -> usize {
        self.chunks.len()
    }

    /// The records of a chunk that have not been replaced.
    pub(super) fn chunk(&self, chunk: usize) -> impl Iterator<Item = &Record<B>> {
        self.chunks.get(chunk).into_iter().flatten().filter(|record| !record.is_replaced)
    }

    /// How many records there are, with those that have been replaced.
    pub(super) fn len(&self) -> usize {
        let full = self.chunks.len().saturating_sub(1) * CHUNK;
        full + self.chunks.last().map_or(0, Vec::len)
    }

    /// The record with this number.
    #[inline(always)]
    pub(super) fn get(&self, number: RecordNumber) -> Option<&Record<B>> {
        self.chunks.get(number as usize / CHUNK)?.get(number as usize % CHUNK)
    }

    /// The records of the event that begins with this one, one for each of its services.
    pub(super) fn event(&self, first: RecordNumber) -> impl Iterator<Item = (RecordNumber, &Record<B>)> {
        let mut next = Some(first);
        std::iter::from_fn(move || {
            let number = next?;
            let record = self.get(number)?;
            next = record.has_more.then_some(number + 1);
            Some((number, record))
        })
    }

    /// Marks all records of the event that begins with this one.
    pub(super) fn mark_as_replaced(&mut self, first: RecordNumber) {
        let mut next = Some(first as usize);
        while let Some(number) = next
            && let Some(record) =
                self.chunks.get_mut(number / CHUNK).and_then(|chunk| chunk.get_mut(number % CHUNK))
        {
            record.is_replaced = true;
            next = record.has_more.then_some(number + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(service: usize, body: u32, continues: bool, has_more: bool) -> Record<u32> {
        Record {
            service: Some(ServiceNumber::at(service)),
            body,
            continues,
            has_more,
            has_time_of_ingestion: false,
            is_replaced: false,
        }
    }

    #[test]
    fn an_event_is_replaced_with_all_its_records() {
        let mut store = Store::new();
        store.append(&mut vec![
            record(1, 10, false, true),
            record(2, 11, true, false),
            record(1, 20, false, false),
        ]);
        store.append(&mut vec![record(3, 40, false, false)]);
        assert_eq!(
            store.event(0).map(|(number, one)| (number, one.body)).collect::<Vec<_>>(),
            [(0, 10), (1, 11)]
        );
        store.mark_as_replaced(0);
        assert_eq!(
            store.records().map(|(number, one)| (number, one.body)).collect::<Vec<_>>(),
            [(2, 20), (3, 40)]
        );
        assert_eq!(store.next_number(), 4);
    }

    #[test]
    fn records_are_found_across_chunks() {
        let mut store = Store::new();
        let count = CHUNK as u32 * 2 + 3;
        for first in (0..count).step_by(1000) {
            let mut records = (first..count.min(first + 1000))
                .map(|body| record(0, body, body % 2 == 1, body % 2 == 0 && body < count - 1))
                .collect();
            store.append(&mut records);
        }
        assert_eq!(store.len(), count as usize);
        for number in [0, CHUNK as u32 - 2, CHUNK as u32, count - 1] {
            let found: Vec<u32> = store.event(number).map(|(_, one)| one.body).collect();
            assert_eq!(found, if number == count - 1 { vec![number] } else { vec![number, number + 1] });
        }
        assert!(store.records().all(|(number, one)| number == one.body));
        let in_chunks: usize = (0..store.chunks()).map(|chunk| store.chunk(chunk).count()).sum();
        assert_eq!((in_chunks, store.chunks()), (count as usize, 3));
    }
}
