//! Spaces before punctuation, quotation marks, apostrophes.
