//! A learned H beside the reference energy: the one place that says which constant and which factor lie between them.
//!
//! The zero of an energy is arbitrary for every system. A factor is not where time is known: velocities are the slopes of H. There it
//! is that of the system ([`physics::mechanical_system::MechanicalSystem::reference_factor`]), and a network whose best factor is
//! another has learned a clock that runs slow or fast. Only where p was measured in units of its own is the factor fitted.

/// reference energy ≈ scale · learned H + offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Factor of the learned energy: the system's, or the one that fits best where that stays open.
    pub scale: f64,
    /// What has to be added.
    pub offset: f64,
    /// How fast the learned clock runs: 1 where it is right, or where nobody can tell.
    pub clock: f64,
    /// The share of the variance of the reference energy that the matched one accounts for.
    pub r_squared: f64,
}

impl Match {
    /// The match where the reference energy is at most `most`: where data may be. `factor` is that of the system.
    pub fn of(learned: &[f64], truth: &[f64], most: f64, factor: Option<f64>) -> Option<Self> {
        let pairs: Vec<(f64, f64)> =
            learned.iter().copied().zip(truth.iter().copied()).filter(|(_, t)| *t <= most).collect();
        let count = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
        let (l, t) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let moment = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - l, b - t)).sum::<f64>();
        let (square, cross, total) = (moment(&|a, _| a * a), moment(&|a, b| a * b), moment(&|_, b| b * b));
        let best = cross / square;
        let scale = factor.unwrap_or(best);
        let missed = moment(&|a, b| (b - scale * a).powi(2));
        let found = Self { scale, offset: t - scale * l, clock: scale / best, r_squared: 1.0 - missed / total };
        (found.clock.is_finite() && found.r_squared.is_finite()).then_some(found)
    }

    /// A learned energy on the scale of the reference energy.
    pub fn matched(&self, learned: f64) -> f64 {
        self.scale * learned + self.offset
    }

    /// The learned energy that stands for a reference energy.
    pub fn learned(&self, reference: f64) -> f64 {
        (reference - self.offset) / self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::Match;
    use physics::phase_space::PhasePoint;
    use physics::system::System;
    use physics::systems::filmed::Filmed;
    use physics::systems::pendulum::Pendulum;
    use physics::systems::recorded::Recorded;

    #[test]
    fn an_affine_match_is_found_where_data_are_and_ignores_the_rest() {
        let learned: Vec<f64> = (0..50).map(|i| f64::from(i) * 0.1).collect();
        let truth: Vec<f64> = learned.iter().map(|x| if *x < 3.0 { 2.0 * x - 1.0 } else { 99.0 }).collect();
        let found = Match::of(&learned, &truth, 10.0, None).expect("a match");
        assert!((found.scale - 2.0).abs() < 1e-9 && (found.offset + 1.0).abs() < 1e-9, "{found:?}");
        assert!((found.r_squared - 1.0).abs() < 1e-9 && found.clock == 1.0, "{found:?}");
        assert_eq!(Match::of(&[1.0; 9], &[1.0; 9], 10.0, None), None);
    }

    #[test]
    fn a_perfect_network_has_a_right_clock_in_every_system() {
        // What the velocities of a system determine is its H but for a constant: here H + 7, from the gradients themselves.
        let systems =
            [System::Pendulum(Pendulum::default()), System::Filmed(Filmed), System::Recorded(Recorded { weight: 2.4 })];
        for system in systems {
            let places: Vec<PhasePoint> = (0..400)
                .map(|i| PhasePoint::planar(f64::from(i % 20) * 0.1 - 1.0, f64::from(i / 20) * 0.1 - 1.0))
                .collect();
            let learned: Vec<f64> = places.iter().map(|at| system.hamiltonian().energy(at) + 7.0).collect();
            let truth: Vec<f64> = places.iter().map(|at| system.energy(at)).collect();
            let factor = system.mechanics().reference_factor();
            let found = Match::of(&learned, &truth, f64::INFINITY, factor).expect("a match");
            assert!((found.clock - 1.0).abs() < 1e-9 && found.r_squared > 1.0 - 1e-9, "{system:?} {found:?}");
            let (at, reference) = (learned[33], truth[33]);
            assert!((found.matched(at) - reference).abs() < 1e-9 && (found.learned(reference) - at).abs() < 1e-9);
            // A clock that runs 10 % fast shows, but where a factor stays open.
            let fast: Vec<f64> = learned.iter().map(|h| 1.1 * h).collect();
            let found = Match::of(&fast, &truth, f64::INFINITY, factor).expect("a match");
            let clock = if factor.is_some() { 1.1 } else { 1.0 };
            assert!((found.clock - clock).abs() < 1e-9, "{system:?} {found:?}");
        }
    }
}
