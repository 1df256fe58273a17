//! The colours of drawings that stand outside of pages: files, pictures,
//! cards. In a page the style sheet has them.

use std::collections::BTreeMap;

use super::palette::{PALETTE, Role, ink_on, outline_of};

/// The colours of a theme, over the built-in ones.
#[derive(Debug, Clone, Default)]
pub struct Colours {
    own: BTreeMap<Role, String>,
}

/// Two colours of which one cannot be told from the other well enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Faint {
    /// The mark or the text.
    pub above: Role,
    /// What it stands on.
    pub below: Role,
    /// Their contrast, 1–21.
    pub contrast: f64,
    /// The contrast that WCAG 2.2 asks for.
    pub least: f64,
}

/// What theme files call a colour: the variable of the style sheet without its
/// dashes, `series-1`.
pub fn colour_name(role: Role) -> &'static str {
    let listed = PALETTE.iter().find(|(listed, ..)| *listed == role);
    listed.map_or("", |(_, variable, _)| variable.trim_start_matches('-'))
}

impl Colours {
    /// Sets the colour of a name, `#rrggbb`; false if it is none.
    pub fn set(&mut self, name: &str, colour: &str) -> bool {
        let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6);
        let is_colour =
            digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let role = PALETTE.iter().map(|(role, ..)| *role).find(|role| colour_name(*role) == name);
        match role.filter(|_| is_colour) {
            Some(role) => self.own.insert(role, colour.to_ascii_lowercase()),
            None => return false,
        };
        true
    }

    /// The colour of a role, as `#rrggbb`.
    pub fn of(&self, role: Role) -> &str {
        let listed = || PALETTE.iter().find(|(listed, ..)| *listed == role);
        match self.own.get(&role) {
            Some(colour) => colour,
            None => listed().map_or("#1b1e24", |(_, _, colour)| colour),
        }
    }

    /// A drawing in these colours, in place of the built-in ones: each of those
    /// is that of one role, and quotation marks in texts are escaped.
    pub fn paint(&self, drawing: String) -> String {
        if self.own.is_empty() {
            return drawing;
        }
        let mut painted = String::with_capacity(drawing.len());
        let mut rest = drawing.as_str();
        while let Some(at) = rest.find("=\"#") {
            let (before, colour) = rest.split_at(at + 2);
            painted.push_str(before);
            let role = PALETTE.iter().find(|(_, _, listed)| colour.starts_with(listed));
            let own = role.and_then(|(role, _, listed)| Some((self.own.get(role)?, listed.len())));
            let (instead, length) = own.map_or(("#", 1), |(own, length)| (own.as_str(), length));
            painted.push_str(instead);
            rest = &colour[length..];
        }
        painted.push_str(rest);
        painted
    }

    /// Texts and marks that do not stand out from what is behind them.
    pub fn faint(&self) -> Vec<Faint> {
        let contrasts = needs().map(|(above, below, least)| {
            let contrast = contrast(self.of(above), self.of(below));
            Faint { above, below, contrast, least }
        });
        contrasts.filter(|pair| pair.contrast < pair.least).collect()
    }
}

/// What must stand out from what, and by how much: texts on paper and on marks,
/// marks or the outlines of pale ones on paper.
pub(super) fn needs() -> impl Iterator<Item = (Role, Role, f64)> {
    let texts = [Role::Ink, Role::Muted].map(|text| (text, Role::Paper, 4.5));
    let on_fills = fills().map(|fill| (ink_on(fill), fill, 4.5));
    let seen = |mark| (outline_of(mark).unwrap_or(mark), Role::Paper, 3.0);
    texts.into_iter().chain(on_fills).chain(fills().chain([Role::Interval]).map(seen))
}

/// The roles that marks are filled with.
pub(super) fn fills() -> impl Iterator<Item = Role> {
    PALETTE.iter().map(|(role, ..)| *role).filter(|role| {
        use Role::{Background, Diverging, Ordered, Series};
        matches!(role, Series(_) | Ordered(_) | Diverging(_) | Background)
    })
}

/// A colour `#rrggbb` in linear light, 0–1.
pub(super) fn linear(colour: &str) -> [f64; 3] {
    [1, 3, 5].map(|at| {
        let digits = colour.get(at..at + 2).unwrap_or_default();
        let channel = f64::from(u8::from_str_radix(digits, 16).unwrap_or_default()) / 255.0;
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            libm::pow((channel + 0.055) / 1.055, 2.4)
        }
    })
}

/// Contrast of two colours by WCAG 2.2, 1–21.
pub(super) fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour| {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_gets_the_colours_that_are_set_and_keeps_its_texts() {
        let mut colours = Colours::default();
        assert!(colours.set("series-1", "#ABCDEF"));
        let drawing = "<rect fill=\"#0a6da5\" stroke=\"#1b1e24\"/><text>fill=&quot;#0a6da5</text>";

        let painted = colours.paint(drawing.to_owned());

        assert_eq!(
            painted,
            "<rect fill=\"#abcdef\" stroke=\"#1b1e24\"/><text>fill=&quot;#0a6da5</text>"
        );
        assert_eq!(Colours::default().paint(drawing.to_owned()), drawing);
    }

    #[test]
    fn only_colours_of_known_names_are_set() {
        let mut colours = Colours::default();
        for (name, colour) in
            [("series-9", "#000000"), ("ink", "black"), ("ink", "#000"), ("ink", "#00000g")]
        {
            assert!(!colours.set(name, colour), "{name} {colour}");
        }
        assert_eq!(colours.of(Role::Ink), "#1b1e24");
    }

    #[test]
    fn what_is_too_faint_is_named() {
        let mut colours = Colours::default();
        assert_eq!(colours.faint(), []);
        colours.set("series-2", "#ffe9a8");

        let faint = colours.faint();

        let pairs: Vec<_> = faint.iter().map(|faint| (faint.above, faint.below)).collect();
        assert_eq!(pairs, [(Role::Series(2), Role::Paper)]);
    }
}
