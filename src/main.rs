//! The `barometer` command.
fn main() {}
