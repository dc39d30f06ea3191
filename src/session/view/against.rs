//! The published numbers beside the visitor's own, from one seed or from a series of five.

use crate::components::cell::cell;
use crate::session::action::Action;
use crate::session::series::{Mean, Outcome, RUNS, Series};
use crate::session::state::Session;
use crate::session::view::Given;
use crate::words;
use experiments::published::{Published, PublishedModel, published};
use language::{fixed, tr};
use models::field::model::ModelKind;
use yew::prelude::*;

/// A number with its standard error, where it has one.
fn with_error(value: f64, error: Option<f64>) -> String {
    match error {
        Some(error) => format!("{} ± {}", words::number(value), words::number(error)),
        None => words::number(value),
    }
}

/// The visitor's own figure: the mean of the series, or the one run that is shown.
fn own(state: &Session, kind: ModelKind, figure: fn(&Outcome) -> Option<f64>) -> Option<Mean> {
    if let Some(mean) = state.series.as_ref().and_then(|series| series.mean(kind, figure)) {
        return Some(mean);
    }
    let model = state.models.get(&kind)?;
    let shown = Outcome {
        test_loss: model.losses.last().map(|(_, losses)| losses.test),
        energy_mse: model.score.map(|score| score.energy_mse),
        energy_inside: model.score.map(|score| score.energy_inside()),
        path_inside: model.score.map(|score| score.rollout_inside()),
    };
    figure(&shown).map(|value| Mean { value, error: None })
}

/// The table, and the button that fills it.
#[component]
pub fn Against(given: &Given) -> Html {
    let state = &given.state;
    let known = published(&state.workbench.field.system);
    let paper = |figure: fn(&PublishedModel) -> String, of: fn(&Published) -> PublishedModel| {
        known.as_ref().map_or("—".to_owned(), |known| figure(&of(known)))
    };
    type Row = (ModelKind, fn(&Published) -> PublishedModel);
    let rows: [Row; 2] = [(ModelKind::Baseline, |known| known.baseline), (ModelKind::Hnn, |known| known.hnn)];
    let own_cell = |kind: ModelKind, id: &str, figure: fn(&Outcome) -> Option<f64>| {
        let mean = own(state, kind, figure);
        let error = mean.and_then(|mean| mean.error);
        cell(format!("own-{id}-{}", kind.key()), "", mean.map(|mean| mean.value), |value| with_error(value, error))
    };
    let running = state.series.as_ref().is_some_and(|series| series.is_running());
    let press = given.act.reform(move |_: MouseEvent| if running { Action::StopSeries } else { Action::RunSeries });
    html! {
        <>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Your result and the paper’s")}>
                <table data-testid="against">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{ tr!("test loss, paper") }</th><th scope="col">{ tr!("yours") }</th>
                            <th scope="col">{ tr!("energy error, paper") }</th><th scope="col">{ tr!("yours") }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.iter().map(|(kind, of)| html! {
                            <tr>
                                <th scope="row">{ kind.label() }</th>
                                <td>{ paper(|model| with_error(model.test_loss.0, model.test_loss.1), *of) }</td>
                                { own_cell(*kind, "test-loss", |outcome| outcome.test_loss) }
                                <td>{ paper(|model| with_error(model.energy_mse.0, Some(model.energy_mse.1)), *of) }</td>
                                { own_cell(*kind, "energy", |outcome| outcome.energy_mse) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            <p>
                <button data-testid="run-series" onclick={press}>
                    { if running { tr!("Stop").to_owned() } else { tr!("Run it {} times", RUNS) } }
                </button>
                { " " }
                <span data-testid="series" role="status" data-value={state.series.as_ref().map_or(0, |series| series.done.len()).to_string()}>
                    { said(state.series.as_deref()) }
                </span>
            </p>
            <p>{ known.as_ref().map_or(tr!("The paper has no figures for this system."), |known| known.difference) }</p>
        </>
    }
}

/// How far the series is, and what it came to.
fn said(series: Option<&Series>) -> String {
    let Some(series) = series else {
        return tr!("Yours is the run above, one seed. {} seeds run in the background, from this one on.", RUNS);
    };
    let seeds: Vec<String> = series.done.iter().map(|(seed, _)| seed.to_string()).collect();
    let ratio = series.median_ratio(|outcome| outcome.energy_mse).map(words::factor);
    let so_far = match (seeds.join(", "), ratio) {
        (seeds, _) if seeds.is_empty() => String::new(),
        (seeds, None) => tr!("Yours: mean ± standard error of the seeds {}.", seeds),
        (seeds, Some(ratio)) => tr!(
            "Yours: mean ± standard error of the seeds {seeds}. Here the energy errors are from the paper’s starts; their median ratio is \
             {ratio}.",
            seeds = seeds,
            ratio = ratio
        ),
    };
    match (&series.failure, &series.late) {
        (Some(why), _) => tr!("{so_far} It ended early: {why}", so_far = so_far, why = why),
        (None, Some(late)) if series.is_running() => late.clone(),
        _ if series.is_running() => tr!(
            "Seed {seed} runs in the background, {percent} % of all. {so_far}",
            seed = series.experiment.seed.0,
            percent = fixed(100.0 * series.progress(), 0),
            so_far = so_far
        ),
        _ => so_far,
    }
}
