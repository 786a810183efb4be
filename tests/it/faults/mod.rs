//! Faults from outside: hostile text, signals, full disks, limits of the system.

mod csv;
mod diagnostics;
#[cfg(unix)]
mod inputs;
mod lint;
#[cfg(target_os = "linux")]
mod mounts;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod shell;
#[cfg(unix)]
mod signals;
