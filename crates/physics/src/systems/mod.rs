//! One file per system, and the registry of all. Each file states H, its symbols, its equations of motion, where they come
//! from, and what [`MechanicalSystem`] asks for; a new system is its file, its `mod` and its line below.

pub mod double_pendulum;
pub mod driven_pendulum;
pub mod filmed;
pub mod gravity;
pub mod henon_heiles;
pub mod mass_spring;
pub mod pendulum;
pub mod recorded;
pub mod two_masses;

use crate::mechanical_system::MechanicalSystem;
use serde::{Deserialize, Serialize};

/// Writes the enum of all systems, and the two matches over it.
macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident in $module:ident),* $(,)?) => {
        /// A physical system with its parameters.
        #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
        pub enum System { $($(#[$doc])* $name($module::$name)),* }

        impl System {
            /// Every system, with its usual parameters.
            pub fn all() -> Vec<System> {
                vec![$(System::$name($module::$name::default())),*]
            }

            /// What the system states about itself.
            pub fn mechanics(&self) -> &dyn MechanicalSystem {
                match self { $(System::$name(system) => system),* }
            }

            pub(crate) fn mechanics_mut(&mut self) -> &mut dyn MechanicalSystem {
                match self { $(System::$name(system) => system),* }
            }
        }
    };
}

// The place in this list is the number in messages between page and workers; links have keys.
registry! {
    /// A mass on a spring.
    MassSpring in mass_spring,
    /// A plane pendulum.
    Pendulum in pendulum,
    /// Bodies that attract one another.
    Gravity in gravity,
    /// Something that was measured.
    Recorded in recorded,
    /// Something that is only seen in films.
    Filmed in filmed,
    /// A pendulum on a pendulum.
    DoublePendulum in double_pendulum,
    /// A ball in a bowl with three ways out.
    HenonHeiles in henon_heiles,
    /// Two bodies of different masses.
    TwoMasses in two_masses,
    /// A pendulum and a force that depends on time.
    DrivenPendulum in driven_pendulum,
}
