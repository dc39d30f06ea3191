//! The figures of the page of molecules, and what they say, in sentences.

use crate::pages::molecules::gas_box::GasBox;
use crate::words;
use physics::molecules::average::Estimate;
use physics::molecules::ensemble::{Ensemble, STARTS};
use physics::molecules::settling::Settled;
use physics::molecules::world::Matter;

/// In a heat bath nothing is concluded before so many times 1/γ.
const FORGOTTEN: f64 = 20.0;

/// What it is at.
pub fn status(gas: &GasBox) -> String {
    if gas.is_melting() {
        return "It takes up its temperature; nothing is measured yet.".into();
    }
    let done = gas.ensemble.as_ref().map_or(0, Ensemble::count);
    let time = match gas.returned {
        _ if gas.is_going_back() => format!("t = {:.1}, going back", gas.time()),
        Some(off) => format!(
            "t = {:.1}; it went back to its start, and its particles were off by {} there",
            gas.time(),
            words::number(off)
        ),
        None => format!("t = {:.1}", gas.time()),
    };
    if let Some(bath) = gas.world.bath() {
        return format!("{time}, in a heat bath of temperature {}.", bath.temperature);
    }
    match gas.world.matter() {
        Matter::Chain(chain) => {
            let masses = chain.config().masses;
            format!("{time}; {masses} masses. The average over all motions of this energy is known exactly.")
        }
        Matter::Gas(_) if done < u64::from(STARTS) => {
            format!("{time}; {done} of {STARTS} independent starts are done.")
        }
        Matter::Gas(_) => format!("{time}; all {STARTS} independent starts are done."),
    }
}

/// Whether the averages have settled and agree, from what was measured.
pub fn verdict(gas: &GasBox) -> String {
    if gas.world.bath().is_none() && matches!(gas.world.matter(), Matter::Chain(_)) {
        return String::new();
    }
    if gas.world.bath().is_some_and(|bath| gas.time() < FORGOTTEN / bath.friction) {
        return "Too little has been measured: a heat bath makes velocities forget themselves within a few units of time, and errors of shorter times are too small."
            .to_owned();
    }
    let (measured, expected) = (gas.measured(), gas.expected());
    // The potential energy where both are known, in a bath of a gas the kinetic one.
    let pairs = [1, 0].map(|i| measured[i].zip(expected[i]));
    let apart = pairs.into_iter().flatten().next();
    let apart = apart.map(|(time, starts)| (time.mean - starts.mean) / time.error.hypot(starts.error));
    let compared = match apart {
        Some(apart) if apart.abs() > 3.0 => format!(" The two averages differ by {:.0} standard errors.", apart.abs()),
        Some(_) => " The two averages agree within 3 standard errors.".to_owned(),
        None => String::new(),
    };
    let settled = match gas.world.observables().settled() {
        Settled::Unknown => "Too little has been measured to say whether it has settled.".to_owned(),
        Settled::No { errors } => {
            format!(
                "It has not settled: the potential energy still {} (second half against first: {:.0} standard errors).",
                if errors > 0.0 { "rises" } else { "falls" },
                errors.abs()
            )
        }
        Settled::Yes if gas.world.bath().is_none() && apart.is_some_and(|apart| apart.abs() > 3.0) => {
            "No drift is seen along the motion, but one of the two has not seen all states of its energy yet."
                .to_owned()
        }
        Settled::Yes => "No drift is seen along the motion.".to_owned(),
    };
    settled + &compared
}

/// A figure: its name, its average over time, and over the ensemble.
pub type Row = (&'static str, Option<Estimate>, Option<Estimate>);

/// The rows of the table.
pub fn rows(gas: &GasBox) -> Vec<Row> {
    let ([kinetic, potential], [kinetic_expected, potential_expected]) = (gas.measured(), gas.expected());
    let mut rows = vec![("kinetic", kinetic, kinetic_expected), ("potential", potential, potential_expected)];
    if let Matter::Gas(_) = gas.world.matter() {
        let given = gas.world.bath().map(|bath| Estimate::exact(bath.temperature));
        rows.push(("temperature", gas.world.observables().temperature(), given));
        rows.push(("pressure", gas.world.observables().pressure(), None));
    }
    rows
}
