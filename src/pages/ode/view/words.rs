//! Names, classes and sentences of this page.

use crate::pages::ode::draw::GHOST;
use experiments::ode::OdeExperiment;
use jobs::protocol::ode::OdeSnapshot;
use language::{fixed, tr, translated};
use models::ode::stepping::Stepping;
use physics::oscillators::random::Joined;

/// All that is shown beside the truth, in the order of the tables.
pub const MOVERS: [&str; 4] = ["hogn", "ogn", "delta", GHOST];

/// What a visitor reads of a network.
pub fn label(name: &str) -> &'static str {
    match name {
        "hogn" => "HOGN",
        "ogn" => "OGN",
        "delta" => "DeltaGN",
        _ => tr!("true H, same integrator"),
    }
}

/// The class of its numbers.
pub fn class(name: &str) -> &'static str {
    match name {
        "hogn" => "hnn",
        "ogn" => "dissipative",
        "delta" => "baseline",
        _ => "",
    }
}

/// How what is shown is stepped, and who cannot be stepped so.
pub fn stepped(experiment: &OdeExperiment, shown: &[(&'static str, std::rc::Rc<OdeSnapshot>)]) -> String {
    let view = experiment.view;
    let (integrator, time) = (translated(view.stepping.label()), fixed(experiment.shown_dt(), 3));
    let first = tr!("Stepped by {integrator}, {time} units of time each.", integrator = integrator, time = time);
    let mut all = vec![first.as_str()];
    if view.stepping == Stepping::Leapfrog {
        all.push(tr!(
            "Leapfrog needs an H. The true one splits into T(p) + V(q). HOGN’s does not, so its steps are implicit. OGN has none: RK4 steps it."
        ));
    }
    if shown.is_empty() {
        all.push(tr!("Press Train: the networks appear here."));
    } else if view.factor != 1.0 {
        all.push(match view.change {
            Stepping::Scaled => tr!("DeltaGN’s change is multiplied by the factor of the step."),
            _ => tr!("DeltaGN adds the change it has learned, whatever the step: its clock is wrong."),
        });
    }
    all.join(" ")
}

/// What holds at this size, and what does not.
pub fn holds(experiment: &OdeExperiment) -> &'static str {
    match (experiment.joined, experiment.name()) {
        (Joined::Ring, _) => {
            tr!(
                "On a ring a body has about as many springs whatever the number of bodies, so networks that saw five can move ten. The true H by RK4 is still far better than any network."
            )
        }
        (Joined::All, "ode-springs") => {
            tr!(
                "500 steps of training show which network keeps its energy, and little more: places are still wrong. DeltaGN needs a fraction of the arithmetic, and with as much of it as HOGN \
                its places can be better. HOGN’s gain is the energy. Eight bodies all joined pull harder than any four that were seen: there all networks fail."
            )
        }
        (Joined::All, _) => {
            tr!(
                "Over T = 50 HOGN keeps its energy and loses its places, since its frequencies are a little off. Eight bodies all joined pull harder than any four that were seen: \
                there all networks fail. The ring is the place for more bodies."
            )
        }
    }
}
