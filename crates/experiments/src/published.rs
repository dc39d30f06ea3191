//! What the paper published for each system, to stand beside the visitor's own numbers.
//!
//! Greydanus, Dzamba and Yosinski, *Hamiltonian Neural Networks* (2019), tables 1 and 2, with the digits of their repository.

use language::tr;
use models::recurrent::recipe::Coarse;
use physics::coupled::system::Coupling;
use physics::interactions::domain::Domain;
use physics::system::System;
use physics::systems::gravity::Gravity;

/// Mean squared errors of one model: on test samples, and of the energy in rollouts, each with its standard error where
/// one is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedModel {
    /// Test loss.
    pub test_loss: (f64, Option<f64>),
    /// Energy error.
    pub energy_mse: (f64, f64),
}

/// The published numbers of a system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Published {
    /// Of the baseline.
    pub baseline: PublishedModel,
    /// Of the Hamiltonian network.
    pub hnn: PublishedModel,
    /// Where what was measured there is not what is measured here.
    pub difference: &'static str,
}

/// What was published about a system, if anything.
pub fn published(system: &System) -> Option<Published> {
    let model =
        |test_loss, error: Option<f64>, energy_mse| PublishedModel { test_loss: (test_loss, error), energy_mse };
    let known = match system {
        System::MassSpring(_) => Published {
            baseline: model(3.6656e-2, None, (1.7077e-1, 2.06e-2)),
            hnn: model(3.5928e-2, Some(1.8e-3), (3.8416e-4, 6.5e-5)),
            difference: tr!(
                "There the time of each rollout grew from call to call, from about 22 to 73, because a list was changed in place; here it is 20 every \
                time, and no clock is stretched. A longer time makes the baseline worse and the HNN hardly."
            ),
        },
        System::Pendulum(_) => Published {
            baseline: model(3.5273e-2, None, (4.1519e-2, 9.6e-3)),
            hnn: model(3.5586e-2, Some(1.8e-3), (2.4852e-2, 5.4e-3)),
            difference: tr!(
                "There the “energy” of the pendulum was q² + p², which is the spring's and not conserved; here it is 3(1 − cos q) + p². So the \
                published ratio of 1.7 and the one here measure different things."
            ),
        },
        System::Recorded(_) => Published {
            baseline: model(2.1864e-3, Some(3.3e-4), (3.8564e-1, 6.9e-2)),
            hnn: model(5.9584e-3, Some(6.2e-4), (1.4477e-2, 4.7e-3)),
            difference: tr!(
                "The file is that of Schmidt and Lipson (2009), which cannot be given away: bring it yourself, or take the generated one, whose numbers \
                are near but not the same."
            ),
        },
        System::Filmed(_) => Published {
            baseline: model(1.7306e-4, None, (9.2748e-3, 1.1e-3)),
            hnn: model(1.8451e-4, Some(3.3e-6), (1.5315e-4, 8.4e-6)),
            difference: tr!(
                "There the frames were crops of a simulator's pictures and the energy was taken along one film; here this page draws the frames, \
                and 15 held-out films are followed. Losses depend on how much of a frame is black: compare the ratio, not the loss."
            ),
        },
        System::Gravity(Gravity::Two) => Published {
            baseline: model(2.9575e-5, Some(8.9e-7), (6.3276e-2, 3.4e-2)),
            hnn: model(2.8218e-6, Some(4.2e-8), (3.8751e-5, 5.0e-6)),
            difference: tr!(
                "Same recipe and same measure; the quick preset has a third of the width and a fifth of the orbits and steps."
            ),
        },
        System::Gravity(Gravity::Three) => Published {
            baseline: model(3.8000e-1, Some(4.2e-1), (1.0906e2, 7.7e1)),
            hnn: model(4.8809e-1, Some(4.8e-1), (4.1926e-2, 3.4e-2)),
            difference: tr!(
                "Same recipe and same measure. Close encounters decide both numbers, so their error bars are nearly as large as they are."
            ),
        },
        _ => return None,
    };
    Some(known)
}

/// Mean squared errors of the velocity one frame later, and of the potential energy.
///
/// Battaglia, Pascanu, Lai, Rezende and Kavukcuoglu, *Interaction Networks for Learning about Objects, Relations and Physics*
/// (2016, arXiv 1612.00222v1), table 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InteractionErrors {
    /// Of velocities that stay as they are.
    pub constant_velocity: f64,
    /// Of a perceptron of the whole state.
    pub perceptron: f64,
    /// Of a network of single objects.
    pub no_relations: f64,
    /// Of the interaction network.
    pub interaction: f64,
    /// Of the potential energy, where there is one: by the interaction network and by the perceptron.
    pub energy: Option<[f64; 2]>,
}

/// What was published about a domain.
pub fn interactions(domain: Domain) -> InteractionErrors {
    let of = |[constant_velocity, perceptron, no_relations, interaction]: [f64; 4], energy| InteractionErrors {
        constant_velocity,
        perceptron,
        no_relations,
        interaction,
        energy,
    };
    match domain {
        Domain::NBody => of([82.0, 79.0, 76.0, 0.25], Some([1.4, 19.0])),
        Domain::Balls => of([0.074, 0.072, 0.074, 0.0020], None),
        Domain::String => of([0.018, 0.016, 0.017, 0.0011], Some([1.1, 425.0])),
    }
}

/// Fraction of edges inferred correctly, five bodies: Kipf, Fetaya, Wang, Welling and Zemel, *Neural Relational Inference
/// for Interacting Systems* (2018, arXiv 1802.04687).
pub fn edge_accuracy(coupling: Coupling) -> f64 {
    match coupling {
        Coupling::Springs => 0.999,
        Coupling::Charges => 0.821,
    }
}

/// Errors that a paper gives for the two worlds with a coarse step, each in its own measure.
///
/// Chen, Zhang, Arjovsky and Bottou, *Symplectic Recurrent Neural Networks* (2019, arXiv 1909.13334).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoarseErrors {
    /// Single-step, leapfrog.
    pub single: f64,
    /// Several steps in the loss, leapfrog: the SRNN.
    pub multi: f64,
    /// Single-step, Euler: the HNN.
    pub euler: f64,
    /// The true equations by leapfrog with the same step, where they are given.
    pub truth: Option<f64>,
}

/// What was published: of a chain with noise table 1, of three bodies table 3.
pub fn coarse(world: Coarse) -> CoarseErrors {
    match world {
        Coarse::Chain => CoarseErrors { single: 3.36, multi: 2.37, euler: 7.24, truth: None },
        Coarse::ThreeBodies => CoarseErrors { single: 0.35, multi: 0.26, euler: 1.64, truth: Some(0.47) },
    }
}

/// Table 2: the error of the SRNN on the noisy chain, with initial-state optimisation.
pub const COARSE_OPTIMISED: f64 = 1.45;
