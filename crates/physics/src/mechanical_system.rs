//! What a system states about itself, besides H and its gradients: all that data, figures of merit, links and pictures need.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::{Picture, Place};
use crate::section::Section;
use rand::{Rng, RngExt};

/// The most informative picture of phase space of a system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Portrait {
    /// Phase space is a plane: the phase portrait.
    Plane,
    /// Paths of bodies through the plane in which they move, see [`MechanicalSystem::traced`].
    Paths,
    /// A Poincaré section.
    Section(Section),
}

/// The times at which rollouts are compared with the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trials {
    /// Time of the last point.
    pub horizon: f64,
    /// Points along each rollout, the start included.
    pub points: usize,
}

/// A system that can be chosen. One file implements it, and one line of [`crate::systems`] registers it.
pub trait MechanicalSystem: Hamiltonian {
    /// Short name without spaces, the same in all versions.
    fn key(&self) -> &'static str;

    /// Name of the system in a sentence or a heading.
    fn label(&self) -> &'static str;

    /// H with its numbers.
    fn formula(&self) -> Formula;

    /// What it looks like in a state, on a stage on which `reach` is the largest displacement to make room for.
    fn picture(&self, at: &PhasePoint, reach: f64) -> Picture;

    /// Its adjustable numbers, in the order in which they are offered.
    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    /// The adjustable number of a key of [`Self::parameters`].
    fn parameter_mut(&mut self, _key: &str) -> Option<&mut f64> {
        None
    }

    /// Degrees of freedom: how many positions, and as many momenta.
    fn dof(&self) -> usize {
        1
    }

    /// The system as H = T(p) + V(q); `None` where T depends on q.
    fn separable(&self) -> Option<&dyn Separable>;

    /// Whether H depends on time. Then the last position is time, and its momentum minus the energy that was put in: the state is one of the
    /// extended phase space, H(q, p, t) is the reference energy, and what is conserved is [`Hamiltonian::energy`].
    fn is_driven(&self) -> bool {
        false
    }

    /// Whether positions are angles, in radians.
    fn turns(&self) -> bool {
        false
    }

    /// The energy that models are measured by, where that is not H itself: a multiple of H in a published scale.
    fn reference_energy(&self, at: &PhasePoint) -> f64 {
        self.energy(at)
    }

    /// What a learned H(q, p) has to be multiplied by, but for a constant, to be the reference energy. The velocities that it is learned
    /// from fix this factor where p is the momentum of q. `None` where p was measured in units of its own: then it stays open.
    fn reference_factor(&self) -> Option<f64> {
        Some(1.0)
    }

    /// A random start. `near` and `far` bound its distance from the middle; `spread` has a meaning where [`Self::spreads`].
    ///
    /// As it is here, for one degree of freedom: a uniform direction of the square [−1, 1]², scaled to a uniform radius.
    fn random_start(&self, rng: &mut dyn Rng, (near, far): (f64, f64), _spread: f64) -> PhasePoint {
        let (q, p): (f64, f64) = (rng.random_range(-1.0..=1.0), rng.random_range(-1.0..=1.0));
        let radius = near + (far - near) * rng.random::<f64>();
        let scale = radius / q.hypot(p).max(f64::MIN_POSITIVE);
        PhasePoint::planar(q * scale, p * scale)
    }

    /// Whether speeds of random starts are spread around those of a circular orbit.
    fn spreads(&self) -> bool {
        false
    }

    /// What else is conserved: total momentum (x, y) and angular momentum.
    fn momenta(&self, _at: &PhasePoint) -> Option<[f64; 3]> {
        None
    }

    /// Whether there are such [`Self::momenta`].
    fn conserves_momenta(&self) -> bool {
        false
    }

    /// When rollouts are compared with the truth.
    fn trials(&self) -> Trials {
        Trials { horizon: 20.0, points: 100 }
    }

    /// The most informative picture of phase space.
    fn portrait(&self) -> Portrait {
        Portrait::Plane
    }

    /// Places in the world whose paths are worth seeing.
    fn traced(&self, _at: &PhasePoint) -> Vec<Place> {
        vec![]
    }

    /// Half the side of the square in which the paths from a start run.
    fn extent(&self, start: &PhasePoint) -> f64 {
        start.q.iter().map(|x| x.abs()).fold(0.1, f64::max)
    }

    /// Starts of equal energy whose crossings fill a Poincaré section; empty where there is none.
    fn section_starts(&self, _energy: f64) -> Vec<PhasePoint> {
        vec![]
    }
}
