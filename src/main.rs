//! The program `dora-score`.

use std::process::ExitCode;

fn main() -> ExitCode {
    dora_score::program::main()
}
