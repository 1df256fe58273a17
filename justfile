# Lists the recipes.
default:
    @just --list

# Everything that CI runs.
check:
    tests/all

# Builds the report of this repository into public/.
site:
    cargo run --release -- build

# Builds the gallery of figures into target/gallery/.
gallery:
    cargo run --release -- build docs/gallery --out target/gallery

# Builds the manual into target/docs/.
docs:
    cargo run --release -- build docs --out target/docs

# Takes the four figures of the README from the gallery (after tests/site/setup).
pictures: gallery
    node tests/site/pictures.mjs target/gallery docs/content/en/images scales.html#diverging groups.html#tiles groups.html#multiples waves.html#slope

# Makes a PDF file of the report in each language (after tests/site/setup).
pdf: site
    node tests/site/pdf.mjs public/print.html report-fr.pdf
    node tests/site/pdf.mjs public/nl/print.html report-nl.pdf
    node tests/site/pdf.mjs public/en/print.html report-en.pdf

# The quick checks: format, lints, Rust tests, documentation.
quick:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# Reads changed snapshots one by one (needs cargo-insta).
review:
    cargo insta review

# Measures build times and memory; see docs/content/en/performance.md.
bench:
    cargo bench --bench build

# Formats the code.
fix:
    cargo fmt
