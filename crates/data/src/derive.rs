//! q and p of every trial, from what was measured of it.

use crate::cleaning::{CleanTrial, Cleaned};
use crate::columns::Motion;
use crate::damping;
use crate::dropped::Reason;
use crate::error::ReadError;
use crate::integral::{from_acceleration, integrated};
use crate::preview::Derivation;
use crate::recording::Trial;
use crate::slope::{self, Method};
use numerics::statistics::median;

/// The trials with q and p, and where these come from.
pub struct Derived {
    /// One for each clean trial.
    pub trials: Vec<Trial>,
    /// Where q and p come from, by the first run.
    pub derivation: Derivation,
}

/// q and p of every trial. `motions`: what was measured in each run. From accelerations, rows at the ends of trials are lost.
pub fn derived(cleaned: &mut Cleaned, motions: &[Motion]) -> Result<Derived, ReadError> {
    let (method, phase, step) = method(cleaned, motions);
    let mut derivation = match motions.first() {
        Some(Motion::Position(_)) => Derivation::slope(method, step, phase),
        Some(Motion::Momentum(_)) => Derivation::IntegralOfVelocity { drifts: Vec::new() },
        Some(Motion::Acceleration(_)) => Derivation::IntegralOfAcceleration { agreement: 1.0 },
        _ => Derivation::Measured,
    };
    let mut trials = Vec::with_capacity(cleaned.trials.len());
    let mut kept = Vec::with_capacity(cleaned.trials.len());
    let mut refused = None;
    for trial in &cleaned.trials {
        let (times, first) = (times(trial), column(trial, 0));
        kept.push((0, times.len()));
        match motions[trial.source] {
            Motion::Both { .. } => trials.push(Trial { times, q: first, p: column(trial, 1) }),
            Motion::Position(_) => {
                let p = slope::estimated(&times, &first, method);
                trials.push(Trial { times, q: first, p });
            }
            Motion::Momentum(_) => {
                let (q, p, drift) = integrated(&times, &first);
                if let Derivation::IntegralOfVelocity { drifts } = &mut derivation {
                    drifts.push(drift);
                }
                trials.push(Trial { times, q, p });
            }
            Motion::Acceleration(_) => match from_acceleration(&times, &first, damping::period(&times, &first)) {
                Ok(swing) => {
                    if let Derivation::IntegralOfAcceleration { agreement } = &mut derivation {
                        *agreement = agreement.min(swing.agreement);
                    }
                    kept.pop();
                    kept.push(swing.rows);
                    trials.push(Trial { times: times[swing.rows.0..swing.rows.1].to_vec(), q: swing.q, p: swing.p });
                }
                Err(why) => {
                    refused = refused.or(Some(why));
                    kept.pop();
                    kept.push((0, 0));
                    trials.push(Trial::default());
                }
            },
        }
    }
    if let Some(why) = refused.filter(|_| trials.iter().all(|trial| trial.times.is_empty())) {
        return Err(ReadError::Acceleration { why });
    }
    cleaned.refuse(|t, i| (!(kept[t].0..kept[t].1).contains(&i)).then_some(Reason::Edge));
    trials.retain(|trial| trial.times.len() >= crate::limits::MIN_TRIAL_ROWS);
    Ok(Derived { trials, derivation })
}

/// The estimate of slopes for all trials, the angle of the swing that a step is, and the usual step, all by the longest trial.
fn method(cleaned: &Cleaned, motions: &[Motion]) -> (Method, Option<f64>, f64) {
    let positions = cleaned.trials.iter().filter(|trial| matches!(motions[trial.source], Motion::Position(_)));
    let Some(longest) = positions.max_by_key(|trial| trial.readings.len()) else { return (Method::PLAIN, None, 1.0) };
    let times = times(longest);
    let step = median(times.windows(2).map(|pair| pair[1] - pair[0]).collect()).unwrap_or_default();
    let period = damping::period(&times, &column(longest, 0)).filter(|period| *period > 0.0);
    let method = Method::of(period.map(|period| period / step));
    (method, period.map(|period| std::f64::consts::TAU * step / period), step)
}

fn times(trial: &CleanTrial) -> Vec<f64> {
    trial.readings.iter().map(|reading| reading.time).collect()
}

fn column(trial: &CleanTrial, i: usize) -> Vec<f64> {
    trial.readings.iter().map(|reading| reading.values[i]).collect()
}
