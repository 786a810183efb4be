//! Signals: no temporary file is left behind when one ends the program.
//!
//! A thread waits for the signals that end the program, removes the temporary files, and lets the signal do its work.
//! It holds the list of files meanwhile. So whoever renames a file or writes one in place holds the list too, and the
//! signal waits until that is done.

use super::temporary::temporary;
use nix::errno::Errno;
use nix::sys::signal::{SigSet, Signal, raise};
use std::sync::Once;

/// Makes a file that reaches the size limit (`ulimit -f`) an error of the write, instead of a signal that ends the
/// program without a message. Call it before other threads are started.
pub(crate) fn report_size_limit_as_error() {
    // if it fails, the signal ends the program, as in any other program
    let _ = set_of([Signal::SIGXFSZ]).thread_block();
}

/// Starts the thread that waits for signals. Call it before other threads are started.
pub(super) fn watch() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let blocked = SigSet::thread_get_mask().unwrap_or_else(|_| SigSet::empty());
        let ends = |signal: &Signal| !blocked.contains(*signal) && !is_ignored(*signal);
        let signals = set_of([Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP].into_iter().filter(ends));
        if signals.thread_block().is_err() {
            return;
        }
        let thread = std::thread::Builder::new().name("signals".to_owned());
        if thread.spawn(move || wait(&signals)).is_err() {
            // without the thread nobody would receive them
            let _ = signals.thread_unblock();
        }
    });
}

/// Waits for a signal, removes the temporary files and ends the program by the same signal.
fn wait(signals: &SigSet) {
    let signal = loop {
        match signals.wait() {
            Ok(signal) => break signal,
            Err(Errno::EINTR) => {}
            Err(_) => return,
        }
    };
    let files = temporary();
    for file in files.iter() {
        drop(std::fs::remove_file(file));
    }
    let _ = set_of([signal]).thread_unblock();
    let _ = raise(signal);
    std::process::exit(128 + signal as i32)
}

fn set_of(signals: impl IntoIterator<Item = Signal>) -> SigSet {
    signals.into_iter().collect()
}

/// Whether the parent ignores the signal, as `nohup` does. Linux hands an ignored signal to a thread that waits for it.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_ignored(signal: Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & (1 << (signal as i32 - 1)) != 0)
}

/// Other systems discard an ignored signal, so no thread receives it.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_ignored(_: Signal) -> bool {
    false
}
