//! Networks trained through integrators: what is printed of them.

use crate::networks::{self, NetworksReport, Trained};
use crate::resources::Resources;
use experiments::ode::OdeExperiment;
use experiments::recurrent::RecurrentExperiment;
use jobs::dynamics::ode::{Effort, OdeLaboratory};
use jobs::dynamics::recurrent::RecurrentLaboratory;
use jobs::protocol::ode::OdeFigures;
use jobs::protocol::recurrent::RecurrentFigures;
use models::ode::score::{Cell, Errors};
use models::recurrent::score::RolloutErrors;
use serde_json::{Map, Value, json};
use std::thread;

/// DeltaGN, OGN and HOGN beside the true H.
pub fn ode(experiment: &OdeExperiment, with: &Resources<'_>) -> Result<NetworksReport, String> {
    networks::seed(experiment.name().into(), experiment.seed, experiment, with, |laboratory, trained| {
        let figures = |number: usize, network: &Trained| {
            OdeLaboratory::figures(laboratory, number, &network.parameters, Effort::FULL, true)
        };
        let all = each(trained, figures);
        let truth = all.first().map(|figures: &OdeFigures| entry(&figures.truth, &figures.true_grid));
        let mut models = named(
            trained,
            all.iter().map(|figures| {
                let mut model = entry(&figures.errors, &figures.grid);
                if let Some((bodies, Errors { rmse, drift })) = figures.more {
                    model["more"] = json!({ "bodies": bodies, "rmse_t10": rmse, "drift_t10": drift });
                }
                model
            }),
        );
        models.extend(truth.map(|truth| ("true_h".into(), truth)));
        json!({ "models": models })
    })
}

fn entry([short, long]: &[Errors; 2], grid: &[Cell]) -> Value {
    let cell = |Cell { dt, stepping, errors: Errors { rmse, drift } }: &Cell| json!({ "dt": dt, "integrator": stepping.key(), "rmse": rmse, "drift": drift });
    json!({
        "rmse_t10": short.rmse,
        "drift_t10": short.drift,
        "rmse_t50": long.rmse,
        "drift_t50": long.drift,
        "grid": grid.iter().map(cell).collect::<Vec<_>>(),
    })
}

/// Single-step, multi-step and Euler networks beside the true H by leapfrog.
pub fn recurrent(experiment: &RecurrentExperiment, with: &Resources<'_>) -> Result<NetworksReport, String> {
    networks::seed(experiment.name().into(), experiment.seed, experiment, with, |laboratory, trained| {
        let figures =
            |number: usize, network: &Trained| RecurrentLaboratory::figures(laboratory, number, &network.parameters);
        let all: Vec<RecurrentFigures> = each(trained, figures);
        let rollouts = |RolloutErrors { rmse_10, rmse_100, drift }: RolloutErrors| json!({ "rmse_10": rmse_10, "rmse_100": rmse_100, "drift": drift });
        let truth = all.first().map(|figures| rollouts(figures.truth));
        let mut models = named(trained, all.iter().map(|figures| rollouts(figures.errors)));
        models.extend(truth.map(|truth| ("true_leapfrog".into(), truth)));
        // Of the multi-step network, the second.
        let multi = all.get(1);
        json!({
            "models": models,
            "refined": { "rmse_10": multi.map(|figures| figures.refined_10), "true_rmse_10": multi.map(|figures| figures.true_refined_10) },
            "noisy": multi.and_then(|figures| figures.noisy).map(|noisy| json!({ "raw_10": noisy.raw_10, "optimised_10": noisy.optimised_10 })),
        })
    })
}

/// The figures of every network, a thread each.
fn each<F: Send>(trained: &[Trained], figures: impl Fn(usize, &Trained) -> F + Sync) -> Vec<F> {
    thread::scope(|scope| {
        let figures = &figures;
        let threads: Vec<_> =
            trained.iter().enumerate().map(|(number, network)| scope.spawn(move || figures(number, network))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}

fn named(trained: &[Trained], entries: impl Iterator<Item = Value>) -> Map<String, Value> {
    trained.iter().map(|network| network.name.to_owned()).zip(entries).collect()
}
