//! The colours, the same everywhere: truth neutral, baseline vermilion, HNN blue, with friction green (after Okabe and Ito, told
//! apart without colour vision; truth is dashed as well).
//!
//! The style sheet has the same values; a test compares them.

use models::field::model::ModelKind;
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
}
