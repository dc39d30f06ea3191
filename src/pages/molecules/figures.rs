//! The figures of the page of molecules, and what they say, in sentences.

use crate::pages::molecules::gas_box::GasBox;
use crate::words;
use language::{fixed, text, tr, written};
use physics::molecules::average::Estimate;
use physics::molecules::ensemble::{Ensemble, STARTS};
use physics::molecules::settling::Settled;
use physics::molecules::world::Matter;

/// In a heat bath nothing is concluded before so many times 1/γ.
const FORGOTTEN: f64 = 20.0;

/// What it is at.
pub fn status(gas: &GasBox) -> String {
    if gas.is_melting() {
        return tr!("It takes up its temperature; nothing is measured yet.").into();
    }
    let done = gas.ensemble.as_ref().map_or(0, Ensemble::count);
    let time = match gas.returned {
        _ if gas.is_going_back() => tr!("t = {}, going back", fixed(gas.time(), 1)),
        Some(off) => tr!(
            "t = {time}; it went back to its start, and its particles were off by {distance} there",
            time = fixed(gas.time(), 1),
            distance = words::number(off)
        ),
        None => format!("t = {}", fixed(gas.time(), 1)),
    };
    if let Some(bath) = gas.world.bath() {
        return tr!(
            "{time}, in a heat bath of temperature {temperature}.",
            time = time,
            temperature = written(bath.temperature.to_string())
        );
    }
    match gas.world.matter() {
        Matter::Chain(chain) => {
            let masses = chain.config().masses;
            tr!(
                "{time}; {masses} masses. The average over all motions of this energy is known exactly.",
                time = time,
                masses = masses
            )
        }
        Matter::Gas(_) if done < u64::from(STARTS) => {
            tr!("{time}; {done} of {all} independent starts are done.", time = time, done = done, all = STARTS)
        }
        Matter::Gas(_) => tr!("{time}; all {all} independent starts are done.", time = time, all = STARTS),
    }
}

/// Whether the averages have settled and agree, from what was measured.
pub fn verdict(gas: &GasBox) -> String {
    if gas.world.bath().is_none() && matches!(gas.world.matter(), Matter::Chain(_)) {
        return String::new();
    }
    if gas.world.bath().is_some_and(|bath| gas.time() < FORGOTTEN / bath.friction) {
        return tr!("Too little has been measured: a heat bath makes velocities forget themselves within a few units of time, and errors of shorter times are too small.")
            .to_owned();
    }
    let (measured, expected) = (gas.measured(), gas.expected());
    // The potential energy where both are known, in a bath of a gas the kinetic one.
    let pairs = [1, 0].map(|i| measured[i].zip(expected[i]));
    let apart = pairs.into_iter().flatten().next();
    let apart = apart.map(|(time, starts)| (time.mean - starts.mean) / time.error.hypot(starts.error));
    let compared = match apart {
        Some(apart) if apart.abs() > 3.0 => {
            Some(tr!("The two averages differ by {} standard errors.", fixed(apart.abs(), 0)))
        }
        Some(_) => Some(tr!("The two averages agree within 3 standard errors.").to_owned()),
        None => None,
    };
    let settled = match gas.world.observables().settled() {
        Settled::Unknown => tr!("Too little has been measured to say whether it has settled.").to_owned(),
        Settled::No { errors } if errors > 0.0 => tr!(
            "It has not settled: the potential energy still rises (second half against first: {} standard errors).",
            fixed(errors, 0)
        ),
        Settled::No { errors } => tr!(
            "It has not settled: the potential energy still falls (second half against first: {} standard errors).",
            fixed(errors.abs(), 0)
        ),
        Settled::Yes if gas.world.bath().is_none() && apart.is_some_and(|apart| apart.abs() > 3.0) => {
            tr!("No drift is seen along the motion, but one of the two has not seen all states of its energy yet.")
                .to_owned()
        }
        Settled::Yes => tr!("No drift is seen along the motion.").to_owned(),
    };
    match compared {
        Some(compared) => format!("{settled} {compared}"),
        None => settled,
    }
}

/// A figure: its name in English, its average over time, and over the ensemble.
pub type Row = (&'static str, Option<Estimate>, Option<Estimate>);

/// The rows of the table.
pub fn rows(gas: &GasBox) -> Vec<Row> {
    let ([kinetic, potential], [kinetic_expected, potential_expected]) = (gas.measured(), gas.expected());
    let mut rows =
        vec![(text!("kinetic"), kinetic, kinetic_expected), (text!("potential"), potential, potential_expected)];
    if let Matter::Gas(_) = gas.world.matter() {
        let given = gas.world.bath().map(|bath| Estimate::exact(bath.temperature));
        rows.push((text!("temperature"), gas.world.observables().temperature(), given));
        rows.push((text!("pressure"), gas.world.observables().pressure(), None));
    }
    rows
}
