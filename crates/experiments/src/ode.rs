//! Graph networks trained through an integrator: settings, view, and the names of their recipes.

use language::{text, translated};
use models::descent::Course;
use models::ode::recipe::OdeRecipe;
use models::ode::score::SHORT;
use models::ode::stepping::Stepping;
use physics::oscillators::random::Joined;
use serde::{Deserialize, Serialize};

/// DeltaGN, OGN and HOGN on masses joined by springs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OdeExperiment {
    /// Which bodies springs join.
    pub joined: Joined,
    /// Bodies of the systems that are learned from.
    pub bodies: usize,
    /// Trajectories to learn from.
    pub trajectories: usize,
    /// Step of time of the data and of the integrator in the loss.
    pub dt: f64,
    /// Steps of training.
    pub steps: u64,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Transitions in a step of training.
    pub batch: usize,
    /// The highest learning rate.
    pub lr: f64,
    /// What every random draw descends from.
    pub seed: u32,
    /// The system that is shown; changing it restarts nothing.
    pub view: OdeView,
}

/// What is shown: a system, and how it is stepped.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OdeView {
    /// Its bodies.
    pub bodies: usize,
    /// Which of the random systems.
    pub start: u32,
    /// For how long it moves.
    pub time: f64,
    /// Step of time, as a factor of that of training.
    pub factor: f64,
    /// The integrator.
    pub stepping: Stepping,
    /// What a DeltaGN does with another step of time.
    pub change: Stepping,
    /// Whether the table of steps and integrators is wanted.
    pub table: bool,
}

/// A named recipe.
struct Named {
    name: &'static str,
    label: &'static str,
    joined: Joined,
    steps: u64,
}

/// The recipes, the first of which the page opens with.
const NAMED: [Named; 3] = [
    Named { name: "ode-ring", label: text!("A ring of five"), joined: Joined::Ring, steps: 3000 },
    Named { name: "ode-springs", label: text!("Four bodies, quick"), joined: Joined::All, steps: 500 },
    Named { name: "ode-springs-long", label: text!("Four bodies, long"), joined: Joined::All, steps: 4000 },
];

impl Default for OdeExperiment {
    fn default() -> Self {
        Self::of(&NAMED[0])
    }
}

impl OdeExperiment {
    fn of(named: &Named) -> Self {
        Self { steps: named.steps, ..Self::joined_by(named.joined) }
    }

    fn joined_by(joined: Joined) -> Self {
        let OdeRecipe { bodies, trajectories, dt, hidden, batch, course, .. } = usual(joined);
        let view = OdeView {
            bodies,
            start: 0,
            time: SHORT,
            factor: 1.0,
            stepping: Stepping::Rk4,
            change: Stepping::AsItIs,
            table: false,
        };
        Self { joined, bodies, trajectories, dt, steps: course.steps, hidden, batch, lr: course.highest, seed: 0, view }
    }

    /// Other systems, with their recipe; the seed and how they are stepped stay.
    pub fn turned_to(&self, joined: Joined) -> Self {
        let usual = Self::joined_by(joined);
        let view = OdeView { bodies: usual.bodies, ..self.view };
        Self { seed: self.seed, view, ..usual }
    }

    /// Names of all recipes, and what a visitor reads of them.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        NAMED.iter().map(|named| (named.name, translated(named.label)))
    }

    /// The recipe of this name.
    pub fn named(name: &str) -> Option<Self> {
        NAMED.iter().find(|named| named.name == name).map(Self::of)
    }

    /// The name of its recipe; that of the nearest where something was changed.
    pub fn name(&self) -> &'static str {
        let of_its_kind = NAMED.iter().filter(|named| named.joined == self.joined);
        of_its_kind.min_by_key(|named| named.steps.abs_diff(self.steps)).map_or(NAMED[0].name, |named| named.name)
    }

    /// How its three networks are trained.
    pub fn recipe(&self) -> OdeRecipe {
        let Self { joined, bodies, trajectories, dt, steps, hidden, batch, lr, .. } = *self;
        let usual = usual(joined);
        let course = Course { steps, highest: lr, ..usual.course };
        OdeRecipe { joined, bodies, trajectories, dt, hidden, batch, course, ..usual }
    }

    /// The step of time that is shown.
    pub fn shown_dt(&self) -> f64 {
        self.dt * self.view.factor
    }
}

fn usual(joined: Joined) -> OdeRecipe {
    match joined {
        Joined::All => OdeRecipe::SPRINGS,
        Joined::Ring => OdeRecipe::RING,
    }
}
