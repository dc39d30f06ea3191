//! An experiment about a recording of the visitor's own: which energy its models are judged by.

use crate::FieldExperiment;
use crate::preset::Preset;
use data::recording::Recording;
use data::reference_energy;
use language::{tr, written};
use physics::system::System;
use physics::systems::recorded::Recorded;
use std::sync::Arc;

impl FieldExperiment {
    /// The same about this recording, judged by the reference energy that fits it; and a sentence where that can't be done.
    ///
    /// The paper's preset keeps the paper's a = 2.4: its published numbers are errors of that energy, and any other makes them
    /// incomparable.
    pub fn about(self, recording: Arc<Recording>) -> (Self, Option<String>) {
        let (system, remark) = match (self.preset, reference_energy::weight(&recording)) {
            (Preset::RealPendulumPaper, _) => (self.system, None),
            (_, Some(weight)) => (System::Recorded(Recorded { weight }), None),
            (_, None) => {
                let (least, most) = Recorded::WEIGHTS;
                let weight = Recorded::default().weight;
                let number = |x: f64| written(x.to_string());
                let remark = tr!(
                    "No energy a(1 − cos q) + p² with an a from {least} to {most} fits this recording. Models are judged with the paper’s a = {weight}, \
                     which need not say anything about it.",
                    least = number(least),
                    most = number(most),
                    weight = number(weight)
                );
                (System::Recorded(Recorded { weight }), Some(remark))
            }
        };
        (Self { system, recording: Some(recording), ..self }, remark)
    }
}
