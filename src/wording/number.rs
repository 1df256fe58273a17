//! Numbers, dates and lists in a language, by ICU.
