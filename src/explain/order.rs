//! Computes results on several threads, and hands them over in order.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{Builder, scope};

/// Calls `result` for each index below `count`, on several threads, and `commit` with the results in order. Each thread
/// keeps at most two results that `commit` has not taken, so the memory does not grow with their number.
///
/// Thread `n` of `t` computes the results `n`, `n + t`, `n + 2t` and so on. If the system allows no more threads, they are
/// computed on the current one.
#[expect(
    clippy::expect_used,
    reason = "a thread ends early only if it panics, and then its panic has been reported"
)]
pub(crate) fn in_order<S, T: Send, E>(
    count: usize,
    threads: usize,
    start: impl Fn() -> S + Sync,
    result: impl Fn(&mut S, usize) -> T + Sync,
    mut commit: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.min(count);
    scope(|scope| {
        let spawn = |thread: usize| -> Option<Receiver<T>> {
            let (sender, receiver) = sync_channel(1);
            let (start, result) = (&start, &result);
            let work = move || {
                let mut state = start();
                for index in (thread..count).step_by(threads) {
                    // the receiver is gone if committing has failed
                    if sender.send(result(&mut state, index)).is_err() {
                        break;
                    }
                }
            };
            Builder::new().spawn_scoped(scope, work).is_ok().then_some(receiver)
        };
        let mut receivers: Vec<Option<Receiver<T>>> = Vec::new();
        if threads > 1 {
            receivers.extend((0..threads).map(spawn));
        }
        let mut own: Option<S> = None;
        for index in 0..count {
            let receiver = receivers.get(index % threads).and_then(Option::as_ref);
            commit(match receiver {
                Some(receiver) => receiver.recv().expect("the thread sends all its results"),
                None => result(own.get_or_insert_with(&start), index),
            })?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        for threads in 1..6 {
            for count in [0, 1, 4, 50] {
                let mut got = Vec::new();
                let started = AtomicUsize::new(0);
                let start = || started.fetch_add(1, Ordering::Relaxed);
                let done: Result<(), ()> = in_order(
                    count,
                    threads,
                    start,
                    |_, index| index * 2,
                    |result| {
                        got.push(result);
                        Ok(())
                    },
                );
                assert_eq!(done, Ok(()));
                assert_eq!(got, (0..count).map(|index| index * 2).collect::<Vec<_>>());
                assert!(started.load(Ordering::Relaxed) <= threads.min(count));
            }
        }
    }

    #[test]
    fn an_error_ends_all_threads() {
        let computed = AtomicUsize::new(0);
        let result = |_: &mut (), index: usize| {
            computed.fetch_add(1, Ordering::Relaxed);
            index
        };
        let failed =
            in_order(1_000_000, 3, || (), result, |index| if index < 5 { Ok(()) } else { Err(index) });
        assert_eq!(failed, Err(5));
        assert!(computed.load(Ordering::Relaxed) < 30);
    }
}
