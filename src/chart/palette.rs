//! Colours by role. Every role has a colour of its own, so that a style sheet
//! can map each to a variable and a saved drawing keeps real colours.

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Behind everything; the fill of hollow marks.
    Paper,
    /// Labels and values.
    Ink,
    /// Ticks, notes.
    Muted,
    /// Grid and axis lines.
    Rule,
    /// The whisker of an interval.
    Interval,
    /// Text on a mark that is dark in light and pale in dark.
    InkOnDark,
    /// Text on a mark that is pale in light and dark in dark.
    InkOnPale,
    /// Text on a mark of middle lightness: dark in light and in dark.
    InkOnMid,
    /// Text on a mark that is dark in light and in dark.
    InkOnDeep,
    /// Marks in the background when another is set off.
    Background,
    /// Series 1–4.
    Series(u8),
    /// Ordered steps 1–5, pale to dark.
    Ordered(u8),
    /// Diverging steps 1–5, negative to positive.
    Diverging(u8),
}

/// Every role with the name of its CSS variable and its colour in light.
pub const PALETTE: &[(Role, &str, &str)] = &[
    (Role::Paper, "--paper", "#fdfcf9"),
    (Role::Ink, "--ink", "#1b1e24"),
    (Role::Muted, "--muted", "#565c66"),
    (Role::Rule, "--rule", "#d8d5cc"),
    (Role::Interval, "--interval", "#5e6066"),
    (Role::InkOnDark, "--ink-on-dark", "#fefefe"),
    (Role::InkOnPale, "--ink-on-pale", "#16181d"),
    (Role::InkOnMid, "--ink-on-mid", "#121418"),
    (Role::InkOnDeep, "--ink-on-deep", "#fdfdfe"),
    (Role::Background, "--background-mark", "#83878e"),
    (Role::Series(1), "--series-1", "#0a6da5"),
    (Role::Series(2), "--series-2", "#c67f32"),
    (Role::Series(3), "--series-3", "#025803"),
    (Role::Series(4), "--series-4", "#4f025a"),
    (Role::Ordered(1), "--ordered-1", "#c8dbe6"),
    (Role::Ordered(2), "--ordered-2", "#93b9cf"),
    (Role::Ordered(3), "--ordered-3", "#5a94b4"),
    (Role::Ordered(4), "--ordered-4", "#2b6d95"),
    (Role::Ordered(5), "--ordered-5", "#0c4466"),
    (Role::Diverging(1), "--diverging-1", "#9a4a00"),
    (Role::Diverging(2), "--diverging-2", "#d98e3f"),
    (Role::Diverging(3), "--diverging-3", "#cfccc5"),
    (Role::Diverging(4), "--diverging-4", "#4d93b8"),
    (Role::Diverging(5), "--diverging-5", "#0f567f"),
];

/// The colour of one of so many classes in order, counted from nothing, pale
/// to dark. From the sixth on classes share the darkest.
pub(crate) fn ordered(class: usize, classes: usize) -> Role {
    const STEPS: [&[u8]; 5] = [&[4], &[2, 5], &[1, 3, 5], &[1, 2, 4, 5], &[1, 2, 3, 4, 5]];
    let steps = STEPS[classes.clamp(1, 5) - 1];
    Role::Ordered(steps[class.min(steps.len() - 1)])
}

/// The ink that a text on a mark of some colour is set in.
pub(crate) fn ink_on(fill: Role) -> Role {
    match fill {
        Role::Series(1 | 3) | Role::Ordered(4 | 5) | Role::Diverging(1 | 5) => Role::InkOnDark,
        Role::Series(2) | Role::Ordered(3) | Role::Diverging(_) | Role::Background => {
            Role::InkOnMid
        }
        Role::Series(_) => Role::InkOnDeep,
        Role::Ordered(_) => Role::InkOnPale,
        _ => Role::Ink,
    }
}

/// The colour around fills that are too pale to stand on paper by themselves.
pub(crate) fn outline_of(fill: Role) -> Option<Role> {
    match fill {
        Role::Ordered(1 | 2) => Some(Role::Ordered(4)),
        Role::Diverging(2) => Some(Role::Diverging(1)),
        Role::Diverging(3) => Some(Role::Background),
        _ => None,
    }
}

/// The colour of a role in light, as `#rrggbb`.
pub fn role_colour(role: Role) -> &'static str {
    PALETTE.iter().find(|(listed, ..)| *listed == role).map_or("#1b1e24", |(_, _, colour)| colour)
}
