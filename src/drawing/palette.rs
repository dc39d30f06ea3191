//! The colours, the same everywhere: truth neutral, baseline vermilion, HNN blue, with friction green (after Okabe and Ito, told
//! apart without colour vision; truth is dashed as well).
//!
//! The style sheet has the same values; tests compare them, and look for colours that are written anywhere else.

use models::field::model::ModelKind;
use physics::integrator::Scheme;
use plotters::style::RGBColor;

/// One scheme of colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub card: RGBColor,
    /// Words and outlines.
    pub ink: RGBColor,
    /// Lesser words.
    pub soft: RGBColor,
    /// Rules and axes.
    pub line: RGBColor,
    /// What is true.
    pub truth: RGBColor,
    /// The baseline.
    pub baseline: RGBColor,
    /// The Hamiltonian network.
    pub hnn: RGBColor,
    /// The Hamiltonian network with friction.
    pub dissipative: RGBColor,
}

impl Palette {
    /// By day.
    pub const LIGHT: Self = Self {
        card: RGBColor(0xff, 0xff, 0xff),
        ink: RGBColor(0x1d, 0x1d, 0x1f),
        soft: RGBColor(0x5f, 0x63, 0x68),
        line: RGBColor(0xe4, 0xe1, 0xda),
        truth: RGBColor(0x3c, 0x40, 0x43),
        baseline: RGBColor(0xc6, 0x51, 0x00),
        hnn: RGBColor(0x00, 0x72, 0xb2),
        dissipative: RGBColor(0x00, 0x7d, 0x5a),
    };
    /// By night.
    pub const DARK: Self = Self {
        card: RGBColor(0x1d, 0x20, 0x24),
        ink: RGBColor(0xe8, 0xe6, 0xe1),
        soft: RGBColor(0x9a, 0xa0, 0xa6),
        line: RGBColor(0x3a, 0x3f, 0x46),
        truth: RGBColor(0xc9, 0xcd, 0xd2),
        baseline: RGBColor(0xff, 0x8a, 0x3d),
        hnn: RGBColor(0x5b, 0xb8, 0xf0),
        dissipative: RGBColor(0x3f, 0xc9, 0x9b),
    };

    /// The colour of a model, or of the truth where none is named.
    pub fn of(&self, kind: Option<ModelKind>) -> RGBColor {
        kind.map_or(self.truth, |kind| self.model(kind))
    }

    /// The colour of a model.
    pub fn model(&self, kind: ModelKind) -> RGBColor {
        match kind {
            ModelKind::Baseline => self.baseline,
            ModelKind::Hnn => self.hnn,
            ModelKind::Dissipative => self.dissipative,
        }
    }

    /// The colour of a scheme, readable by day and by night.
    pub fn scheme(scheme: Scheme) -> RGBColor {
        match scheme {
            Scheme::Rk4 => RGBColor(0xc6, 0x51, 0x00),
            Scheme::Euler => RGBColor(0x80, 0x80, 0x80),
            Scheme::ImplicitMidpoint => RGBColor(0x00, 0x8f, 0x6a),
            Scheme::GeneralisedLeapfrog => RGBColor(0xb0, 0x5a, 0x8f),
            Scheme::SymplecticEuler => RGBColor(0xb8, 0x86, 0x00),
            Scheme::Leapfrog => RGBColor(0x2a, 0x8c, 0xc8),
            Scheme::Yoshida4 => RGBColor(0x6a, 0x6a, 0xd8),
        }
    }

    /// The number of the colour of a run, as the style sheet counts them.
    pub fn run_number(run: u32) -> usize {
        run as usize % Scheme::ALL.len()
    }

    /// The colour of a run, by its number.
    pub fn run(run: u32) -> RGBColor {
        Self::scheme(Scheme::ALL[Self::run_number(run)])
    }

    /// The colour of an angle between the full swings to the left (−1, purple) and to the right (1, ochre), by day and by night;
    /// hardly any in the middle.
    pub fn angle(&self, part: f64) -> RGBColor {
        let full = if part < 0.0 { RGBColor(0x8e, 0x44, 0xad) } else { RGBColor(0xb7, 0x7a, 0x10) };
        mix(self.line, full, part.abs())
    }
}

/// A shade of grey, as a film has it.
pub fn grey(light: u8) -> RGBColor {
    RGBColor(light, light, light)
}

/// A colour between two: the first where `part` is 0, the second where it is 1 or more.
pub fn mix(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    let part = part.clamp(0.0, 1.0);
    let between = |from: u8, to: u8| (f64::from(from) + part * (f64::from(to) - f64::from(from))) as u8;
    RGBColor(between(from.0, to.0), between(from.1, to.1), between(from.2, to.2))
}

#[cfg(test)]
mod tests {
    use super::{Palette, grey, mix};

    #[test]
    fn a_mixed_colour_lies_between_its_two() {
        assert_eq!(mix(grey(10), grey(20), 0.5), grey(15));
        assert_eq!((mix(grey(10), grey(20), -1.0), mix(grey(10), grey(20), 9.0)), (grey(10), grey(20)));
        assert_eq!(Palette::LIGHT.angle(0.0), Palette::LIGHT.line);
        assert_ne!(Palette::LIGHT.angle(-1.0), Palette::LIGHT.angle(1.0));
    }
}
