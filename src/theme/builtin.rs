//! The theme inside the program: the files of `themes/barometer`.

/// Its name.
pub(super) const NAME: &str = "barometer";

/// Its files by path, in path order.
pub(super) const FILES: &[(&str, &[u8])] = &[];
