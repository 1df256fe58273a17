//! The `barometer` command.

fn main() -> std::process::ExitCode {
    barometer::cli::run().into()
}
