//! What the phase portrait shows besides motions, as far as a visitor can switch it off.

/// Parts of the phase portrait that can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    /// The observed states.
    pub data: bool,
    /// The learned velocity.
    pub field: bool,
    /// Contours of the learned H.
    pub learned_energy: bool,
    /// Contours of the true H.
    pub true_energy: bool,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// [`Layers::data`]
    Data,
    /// [`Layers::field`]
    Field,
    /// [`Layers::learned_energy`]
    LearnedEnergy,
    /// [`Layers::true_energy`]
    TrueEnergy,
}

/// As they are at first.
impl Default for Layers {
    fn default() -> Self {
        Self { data: true, field: true, learned_energy: true, true_energy: false }
    }
}

impl Layers {
    /// Switches one.
    pub fn toggle(&mut self, layer: Layer) {
        let shown = match layer {
            Layer::Data => &mut self.data,
            Layer::Field => &mut self.field,
            Layer::LearnedEnergy => &mut self.learned_energy,
            Layer::TrueEnergy => &mut self.true_energy,
        };
        *shown = !*shown;
    }
}
