//! What differs between the engines that a query is written for.

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// DuckDB.
    #[default]
    DuckDb,
    /// PostgreSQL, from version 12.
    Postgres,
    /// Apache Spark SQL, from version 3.
    Spark,
}

/// What `-12`, `3.64` and `1e-7` look like.
const NUMBER: &str = "'^[-+]?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?$'";

impl Dialect {
    /// A name.
    pub(super) fn name(self, name: &str) -> String {
        match self {
            Self::Spark => format!("`{}`", name.replace('`', "``")),
            Self::DuckDb | Self::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A text.
    pub(super) fn text(self, text: &str) -> String {
        let text = text.replace('\'', "''");
        match self {
            // Spark reads backslashes, and a quotation mark after one.
            Self::Spark => {
                format!("'{}'", text.replace('\\', "\\\\").replace("''", "\\'"))
            }
            Self::DuckDb | Self::Postgres => format!("'{text}'"),
        }
    }

    pub(super) fn text_type(self) -> &'static str {
        match self {
            Self::DuckDb => "VARCHAR",
            Self::Postgres => "TEXT",
            Self::Spark => "STRING",
        }
    }

    pub(super) fn number_type(self) -> &'static str {
        match self {
            Self::DuckDb | Self::Spark => "DOUBLE",
            Self::Postgres => "DOUBLE PRECISION",
        }
    }

    /// A condition: the text is that of a number.
    pub(super) fn is_number(self, text: &str) -> String {
        match self {
            Self::DuckDb => format!("regexp_matches({text}, {NUMBER})"),
            Self::Postgres => format!("{text} ~ {NUMBER}"),
            Self::Spark => format!("{text} RLIKE {NUMBER}"),
        }
    }

    /// Between `AS` and a common table: whether it is made once, and kept.
    /// Spark takes no such word; it shares what two parts of a plan have alike.
    pub(super) fn kept(self, is_kept: bool) -> &'static str {
        match (self, is_kept) {
            (Self::Spark, _) => "",
            (_, true) => "MATERIALIZED ",
            (_, false) => "NOT MATERIALIZED ",
        }
    }
}
