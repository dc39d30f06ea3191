//! The chosen law against its data, and what it misses.

use crate::components::plot::{Plot, use_drawing};
use crate::pages::formula::fit;
use crate::pages::formula::state::Formula;
use crate::session::view::PageGiven;
use crate::words;
use language::tr;
use std::rc::Rc;
use yew::prelude::*;

/// Two charts: the law and the rows, and what it misses in each.
#[component]
pub fn Fit(given: &PageGiven<Formula>) -> Html {
    let formula = &given.state.own;
    let front = formula.islands.front.clone();
    let law = formula.law().cloned();
    let shows = (front.as_ref().map(Rc::as_ptr), law.as_ref().map(|law| law.complexity));
    let shown = law.clone().zip(front.clone());
    let curve = use_drawing(shows, {
        let shown = shown.clone();
        move |pen| shown.as_ref().map_or(Ok(()), |(law, front)| fit::draw(pen, law, &front.sample))
    });
    let missed = use_drawing(shows, {
        let shown = shown.clone();
        move |pen| shown.as_ref().map_or(Ok(()), |(law, front)| fit::draw_residuals(pen, law, &front.sample))
    });
    let Some((law, front)) = shown else { return html! {} };
    let sample = &front.sample;
    let rows = sample.target.len();
    let largest = fit::residuals(&law, sample).iter().fold(0.0_f64, |a, x| a.max(x.abs()));
    let (name, _) = fit::across(&law, sample);
    let target = &sample.target_name;
    html! {
        <figure class="card chart fit" data-testid="fit" aria-labelledby="fit-title">
            <h2 id="fit-title">{ tr!("Data and law") }<small>{ tr!("{n} rows as dots, the law as a line" | "{n} rows as dots, the law as a line" % rows) }</small></h2>
            <div class="pair">
                <div>
                    <Plot key="fit" drawing={curve} id="fit-plot" label={tr!("{target} of {n} rows against {name}, and the law" | "{target} of {n} rows against {name}, and the law" % rows, target = target, name = name)} />
                    <p class="hint">{ tr!("{target} against {name}", target = target, name = name) }</p>
                </div>
                <div>
                    <Plot key="residuals" drawing={missed} id="residuals" value={largest.to_string()} label={tr!("What the law misses, against {name}", name = name)} />
                    <p class="hint">{ tr!("What it misses: measured minus law, at most {}", words::number(largest)) }</p>
                </div>
            </div>
        </figure>
    }
}
