//! The program: parse, run, map to an exit code.

mod cli;

use cli::exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) => exit::failed(&error),
    }
}
