//! The tools whose exports are known.

/// What wrote an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// LimeSurvey: answers as codes or as full texts.
    Limesurvey,
    /// Qualtrics: three or two header rows.
    Qualtrics,
    /// SurveyMonkey: two header rows, or one.
    Surveymonkey,
    /// KoboToolbox.
    Kobo,
    /// ODK Central or Briefcase.
    Odk,
    /// Google Forms or its spreadsheet.
    Google,
    /// Microsoft Forms.
    Microsoft,
    /// Alchemer, once SurveyGizmo.
    Alchemer,
    /// Framaforms and other Webforms of Drupal.
    Framaforms,
    /// Typeform.
    Typeform,
    /// `EUSurvey`, of the European Commission.
    Eusurvey,
    /// `SoSci` Survey.
    Sosci,
    /// SPSS: a data file, or a table of values or labels that it saved.
    Spss,
    /// Any other table with a header.
    Plain,
}

impl Tool {
    /// Every tool with the name that `--format` takes.
    pub const ALL: [(Self, &str); 14] = [
        (Self::Limesurvey, "limesurvey"),
        (Self::Qualtrics, "qualtrics"),
        (Self::Surveymonkey, "surveymonkey"),
        (Self::Kobo, "kobo"),
        (Self::Odk, "odk"),
        (Self::Google, "google"),
        (Self::Microsoft, "microsoft"),
        (Self::Alchemer, "alchemer"),
        (Self::Framaforms, "framaforms"),
        (Self::Typeform, "typeform"),
        (Self::Eusurvey, "eusurvey"),
        (Self::Sosci, "sosci"),
        (Self::Spss, "spss"),
        (Self::Plain, "plain"),
    ];

    /// The name that `--format` takes.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(tool, _)| *tool == self).map_or("plain", |(_, name)| name)
    }
}
