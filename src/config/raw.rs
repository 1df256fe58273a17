//! The file as spelled.
