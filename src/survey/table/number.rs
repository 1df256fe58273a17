//! The text of a cell → a number.

#![expect(clippy::cast_precision_loss, reason = "so many digits are exact")]

/// A number as a cell writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::survey) struct Number {
    /// Its value.
    pub(in crate::survey) value: f64,
    /// The decimals that were written.
    pub(in crate::survey) digits: u8,
}

/// Numbers of up to so many digits, and powers of ten up to this one, are exact:
/// one divided by the other is the nearest number to what was written.
const EXACT: usize = 15;
const POWERS: [f64; EXACT + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Reads `-12`, `3.64`, `3,64`: no blanks, no exponents, no separators of
/// thousands.
pub(super) fn number(text: &str, decimals: &[char]) -> Option<Number> {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mut whole, mut sign) = (0_u64, None);
    for (at, byte) in bare.bytes().enumerate() {
        if byte.is_ascii_digit() {
            whole = whole.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
        } else if sign.is_none() && decimals.contains(&char::from(byte)) {
            sign = Some(at);
        } else {
            return None;
        }
    }
    let digits = sign.map_or(0, |at| bare.len() - at - 1);
    let count = bare.len() - usize::from(sign.is_some());
    if count == digits || sign.is_some() && digits == 0 {
        return None;
    }
    let value = if count <= EXACT {
        whole as f64 / POWERS[digits]
    } else {
        bare.replacen(',', ".", 1).parse().ok()?
    };
    let value = if text.starts_with('-') { -value } else { value };
    Some(Number { value, digits: u8::try_from(digits).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_decimals_that_were_written() {
        let read = |text| number(text, &['.']).map(|number| (number.value, number.digits));

        assert_eq!(read("4.80"), Some((4.8, 2)));
        assert_eq!(read("-0.5"), Some((-0.5, 1)));
        assert_eq!(read("44"), Some((44.0, 0)));
        assert_eq!(read("+7.25"), Some((7.25, 2)));
        for text in
            ["", "-", ".", "4.", ".5", "1e3", "inf", "NaN", "1,000", "1 000", "--1", "4.8.0"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_those_nearest_to_their_texts() {
        let texts = ["0.1", "-0.3", "1234567.890123", "99999999999999.9", "0.000000000000001"];
        // Of too many digits to be exact.
        let long = ["0.1234567890123456789", "-98765432109876543210", "4.788617886178862"];
        for text in texts.into_iter().chain(long) {
            let value = number(text, &['.']).unwrap().value;
            assert_eq!(value.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
            let comma = number(&text.replace('.', ","), &['.', ',']).unwrap().value;
            assert_eq!(comma.to_bits(), value.to_bits(), "{text}");
        }
    }
}
