//! Shares work among threads.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Calls `step` for each number below `count`, on several threads. Each thread begins with its own `start`, and the
/// results of all are returned. Which thread gets which number is not known.
pub(super) fn share<A: Send>(
    threads: NonZero<usize>,
    count: usize,
    start: impl Fn() -> A + Sync,
    step: impl Fn(&mut A, usize) + Sync,
) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let work = || {
        let mut result = start();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            step(&mut result, number);
        }
        results.lock().unwrap_or_else(PoisonError::into_inner).push(result);
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.get().min(count) {
            if std::thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break; // the system allows no more threads; the others do the work
            }
        }
        work();
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_worked_on_once() {
        for (threads, count) in [(1, 5), (4, 0), (4, 1), (3, 1000)] {
            let threads = NonZero::new(threads).unwrap();
            let results = share(threads, count, Vec::new, |numbers, number| numbers.push(number));
            assert!((1..=threads.get()).contains(&results.len()));
            let mut numbers = results.concat();
            numbers.sort_unstable();
            assert_eq!(numbers, (0..count).collect::<Vec<_>>());
        }
    }
}
