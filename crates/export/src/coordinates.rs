//! What the numbers of a state are called, and in which units they are.

use experiments::FieldExperiment;
use physics::system::System;

/// The unit of what has none, in words.
const NONE: &str = "1";

/// Names and units of the coordinates (q…, p…) of an experiment, and of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Coordinates {
    /// Short names, fit for a column or a variable.
    pub names: Vec<String>,
    /// The unit of each; `1` for numbers without one.
    pub units: Vec<String>,
    /// What the names stand for, and the scale of the numbers, in a sentence.
    pub about: String,
    /// The unit of time.
    pub time: String,
}

impl Coordinates {
    /// Those of an experiment.
    pub fn of(experiment: &FieldExperiment) -> Self {
        if let Some(recording) = &experiment.recording {
            let unit = |quantity: &data::recording::Quantity| quantity.unit.clone().unwrap_or_else(|| NONE.into());
            return Self {
                names: vec!["q".into(), "p".into()],
                units: vec![unit(&recording.q), unit(&recording.p)],
                about: format!(
                    "q is “{}” and p is “{}” of the recording “{}”, in its units.",
                    recording.q.name, recording.p.name, recording.name
                ),
                time: unit(&recording.time),
            };
        }
        let system = &experiment.system;
        let (dof, angle) = (system.dof(), system.mechanics().turns());
        let names: Vec<String> = match (system, dof) {
            (_, 1) => vec!["q".into(), "p".into()],
            (System::Gravity(_), _) => {
                let part = |of: &str| (1..=dof / 2).map(|body| format!("{of}{body}")).collect::<Vec<_>>();
                ["x", "y", "px", "py"].into_iter().flat_map(part).collect()
            }
            _ => ["q", "p"].into_iter().flat_map(|of| (1..=dof).map(move |i| format!("{of}{i}"))).collect(),
        };
        let unit = |i: usize| if angle && i < dof { "rad" } else { NONE }.to_owned();
        let about = match angle {
            true => {
                "q are angles from hanging straight down, p their momenta; momenta, energy and time in the scale in which the numbers of H are those given."
            }
            false => {
                "q are positions, p their momenta, without units: in the scale in which the numbers of H are those given."
            }
        };
        Self { units: (0..2 * dof).map(unit).collect(), names, about: about.into(), time: NONE.into() }
    }

    /// Headings of the coordinates: `q (rad)`.
    pub fn headings(&self) -> Vec<String> {
        self.names.iter().zip(&self.units).map(|(name, unit)| heading(name, unit)).collect()
    }

    /// Headings of their rates of change: `dq/dt (rad/s)`.
    pub fn rates(&self) -> Vec<String> {
        let rate = |(name, unit): (&String, &String)| {
            let unit = match (unit.as_str(), self.time.as_str()) {
                (unit, NONE) => unit.to_owned(),
                (unit, time) => format!("{unit}/{time}"),
            };
            heading(&format!("d{name}/dt"), &unit)
        };
        self.names.iter().zip(&self.units).map(rate).collect()
    }

    /// Heading of the time.
    pub fn clock(&self) -> String {
        heading("t", &self.time)
    }
}

fn heading(name: &str, unit: &str) -> String {
    if unit == NONE { name.to_owned() } else { format!("{name} ({unit})") }
}
