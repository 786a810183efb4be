//! Faults from outside: hostile text, signals, full disks, limits of the system.

mod csv;
mod diagnostics;
mod explain;
#[cfg(unix)]
mod hostile;
#[cfg(unix)]
mod inputs;
mod lint;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod mounts;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod reading;
#[cfg(unix)]
mod shell;
#[cfg(unix)]
mod signals;
