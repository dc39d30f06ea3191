//! Names, classes and sentences of this page.

use crate::pages::recurrent::draw::GHOST;
use experiments::recurrent::{RecurrentExperiment, Start};
use language::{fixed, tr, written};
use models::recurrent::recipe::Coarse;

/// All that is shown beside the truth, in the order of the tables.
pub const MOVERS: [&str; 4] = ["multi", "single", "euler", GHOST];

/// What a visitor reads of a network.
pub fn label(name: &str) -> &'static str {
    match name {
        "multi" => tr!("SRNN, several steps in the loss"),
        "single" => tr!("single-step"),
        "euler" => tr!("Euler in loss and test"),
        _ => tr!("true H by leapfrog"),
    }
}

/// The class of its numbers.
pub fn class(name: &str) -> &'static str {
    match name {
        "multi" => "hnn",
        "single" => "dissipative",
        "euler" => "baseline",
        _ => "",
    }
}

/// How what is shown is stepped and where it starts.
pub fn stepped(experiment: &RecurrentExperiment, dt: f64, trained: bool) -> String {
    let view = experiment.view;
    let mut all = vec![match experiment.world {
        Coarse::Chain => {
            let (time, turn) = (fixed(dt, 3), written(experiment.omega_dt.to_string()));
            tr!("A step is {time} units of time, {turn} over the fastest frequency.", time = time, turn = turn)
        }
        Coarse::ThreeBodies => {
            tr!("A step is {time} unit of time, about an eighth of a turn.", time = fixed(dt, 0))
        }
    }];
    if view.refine > 1 {
        all.push(tr!(
            "Each is now made of {count} finer ones: the true H gets better. Networks get worse, since what they have learned is right for the coarse step alone.",
            count = view.refine
        ));
    }
    if !trained {
        all.push(tr!("Press Train: the networks appear here.").into());
    }
    match view.from {
        Start::Clean => {}
        Start::Noisy => all.push(
            tr!("Networks start from an observation with noise of a tenth; the true H starts from the truth.").into(),
        ),
        Start::Optimised => all.push(
            tr!("Networks start where they fit eleven noisy observations best; the true H starts from the truth.")
                .into(),
        ),
    }
    all.join(" ")
}

/// What holds at this size, and what does not.
pub fn holds(experiment: &RecurrentExperiment) -> &'static str {
    match (experiment.world, experiment.noise > 0.0) {
        (Coarse::Chain, false) => {
            tr!(
                "Both leapfrog networks beat the true H at this step more than tenfold. Several steps in the loss make the error after 100 steps a fifth smaller on clean data; with noise they help more."
            )
        }
        (Coarse::Chain, true) => {
            tr!(
                "With noise several steps in the loss are what helps: after 100 steps the error is about a third of that of single-step training, which learns the noise. Optimising starts while the network learns, as the paper does, is not done here."
            )
        }
        (Coarse::ThreeBodies, _) => {
            tr!(
                "After ten steps the SRNN errs half as much as the true H at this step, 0.38 against 0.69, as in the paper, 0.26 against 0.47; one step in the loss does no better than the true H here, 0.71 (medians of seeds 0 to 2), while in the paper it does, 0.35. Bodies that come close turn faster than any coarse step can follow: energy is kept by none."
            )
        }
    }
}
