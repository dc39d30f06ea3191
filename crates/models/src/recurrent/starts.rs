//! Initial-state optimisation: the start from which a model's motion fits noisy observations best (Chen et al. 2019, section 4.2).
//!
//! The network stays as it is. Adam moves the start down the gradient of Σ ((predicted − observed)/σ)² over the start and the
//! observed steps, through all of them.

use crate::recurrent::network::RecurrentNetwork;
use autodiff::adam::Adam;
use autodiff::cpu::{Executor, PlanError};
use autodiff::parameters::Parameters;
use physics::phase_space::PhasePoint;

/// Steps of Adam.
pub const ITERATIONS: u64 = 200;
/// Learning rate, in units of the standard deviations of q and p.
pub const RATE: f64 = 0.02;

/// A network with its program of starts.
pub struct Starts {
    executor: Executor,
    scales: Vec<f64>,
    steps: usize,
}

impl Starts {
    /// For observations of so many steps after the start.
    pub fn new(network: &RecurrentNetwork, parameters: &Parameters, steps: usize) -> Result<Self, PlanError> {
        let executor = Executor::new(&[&network.start_gradient(steps)], parameters)?;
        let [q, p] = network.scales().state;
        let scales = [q, p].iter().flat_map(|scale| std::iter::repeat_n(*scale, network.dof())).collect();
        Ok(Self { executor, scales, steps })
    }

    /// The optimised start of each of some observed motions: states at 0, dt, 2 dt, ….
    pub fn optimised(&mut self, observed: &[Vec<PhasePoint>]) -> Vec<PhasePoint> {
        let items = observed.len();
        let flat = |states: &[PhasePoint]| -> Vec<f32> {
            states.iter().flat_map(PhasePoint::coordinates).map(|x| x as f32).collect()
        };
        let first: Vec<f32> = observed.iter().flat_map(|states| flat(&states[..1])).collect();
        let later: Vec<f32> = observed.iter().flat_map(|states| flat(&states[1..=self.steps])).collect();
        let scale = |at: usize| self.scales[at % self.scales.len()] as f32;
        // In units of the scales, so that one learning rate serves q and p.
        let mut starts: Vec<f32> = first.iter().enumerate().map(|(at, x)| x / scale(at)).collect();
        let (mut one, mut two) = (vec![0.0; starts.len()], vec![0.0; starts.len()]);
        let outward = |starts: &[f32]| -> Vec<f32> { starts.iter().enumerate().map(|(at, x)| x * scale(at)).collect() };
        for time in 1..=ITERATIONS {
            self.executor.run(0, &[&outward(&starts), &later, &first], items);
            let gradient = self.executor.rows(0, 0).iter().enumerate().map(|(at, g)| g * scale(at));
            let gradient: Vec<f32> = gradient.collect();
            Adam::new(RATE, time).descend(&mut starts, &gradient, [&mut one, &mut two]);
        }
        let wide: Vec<f64> = outward(&starts).into_iter().map(f64::from).collect();
        wide.chunks_exact(self.scales.len()).map(PhasePoint::from_coordinates).collect()
    }
}
