//! The command line, nothing else.

use cece::commands::Cli;
use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;

/// A turn is some hundred small allocations, many of them freed on another thread; the system's
/// allocator spends a tenth of a turn's time on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Threads that wait for the disk. With tokio's 512, each of a crowd of conversations that begin together has one made
/// for it, with a heap of its own, and clearing those pages was up to a third of the processor's time then.
const WAITING_THREADS_MAX: usize = 16;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(WAITING_THREADS_MAX)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    match runtime.block_on(cli.run()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    // Standard error may be closed; the exit code still tells.
    let _ = writeln!(std::io::stderr(), "cece: {error:#}");
    ExitCode::FAILURE
}
