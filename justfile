# Lists the recipes.
default:
    @just --list

# Everything that CI runs.
check:
    tests/all

# Builds the report of this repository into public/.
site:
    cargo run --release -- build

# The quick checks: format, lints, Rust tests, documentation.
quick:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# Reads changed snapshots one by one (needs cargo-insta).
review:
    cargo insta review

# Measures build times and memory; see docs/performance.md.
bench:
    cargo bench --bench build

# Formats the code.
fix:
    cargo fmt
