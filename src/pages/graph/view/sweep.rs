//! The sweep of message sizes as a chart, and a link to each of its networks.

use crate::components::plot::{Plot, use_drawing};
use crate::components::select::Select;
use crate::pages::graph::sweep::{Shown, Spread, TABLE, draw, rows, sizes};
use language::{fixed, text, tr, translated};
use yew::prelude::*;

/// The card.
#[component]
pub fn Sweep() -> Html {
    let shown = use_state(Shown::default);
    let all = use_memo((), |()| rows(TABLE));
    let now = *shown;
    let drawing = use_drawing(now, {
        let all = all.clone();
        move |pen| draw(pen, &all, now)
    });
    let choose = |change: fn(Shown, bool) -> Shown| {
        let shown = shown.clone();
        Callback::from(move |number: usize| shown.set(change(*shown, number == 1)))
    };
    let options = |words: [&'static str; 2]| words.map(|words| (words.into(), translated(words).into())).to_vec();
    let of = now.of(&all);
    let seeds = of.iter().map(|row| row.seeds).min().unwrap_or(0);
    let most = of.iter().map(|row| row.bodies).max().unwrap_or(0);
    let trained = now.trained();
    html! {
        <figure class="card chart" aria-labelledby="sweep-title" data-testid="sweep">
            <h2 id="sweep-title">
                { tr!("Numbers in a message, 1 to 100") }
                <small>
                    <Select id="sweep-trained" label={tr!("Trained on")} options={options([text!("trained on 4"), text!("trained on 6")])} chosen={usize::from(now.six)}
                        set={choose(|shown, six| Shown { six, ..shown })} />{ " " }
                    <Select id="sweep-moved" label={tr!("Constant part of messages")} options={options([text!("as trained"), text!("constant moved")])} chosen={usize::from(now.moved)}
                        set={choose(|shown, moved| Shown { moved, ..shown })} />
                </small>
            </h2>
            <Plot key="plot" label={tr!("Relative error against the number of bodies, a line for each size of messages")} drawing={drawing} />
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Errors by size of messages")}>
                <table>
                    <thead><tr><th scope="col">{ tr!("of a message" => "numbers") }</th><th scope="col">{ tr!("{n} body" | "{n} bodies" % trained) }</th><th scope="col">{ tr!("{n} body" | "{n} bodies" % most) }</th><td></td></tr></thead>
                    <tbody>
                        { for sizes(&of).into_iter().enumerate().map(|(i, size)| {
                            let figure = |bodies: usize| {
                                let row = of.iter().find(|row| (row.message, row.bodies) == (size, bodies));
                                let Some(Spread { mean, error }) = row.map(|row| now.error(row)) else { return "—".to_owned() };
                                format!("{} ± {}", fixed(mean, 3), fixed(error, 3))
                            };
                            let link = format!("#v=1&preset=gn-r2&bodies={trained}&dims=3&strategy=standard&message_dim={size}&against=nothing&graph-steps=3000&shown={most}");
                            html! {
                                <tr key={size}>
                                    <th scope="row"><span class={format!("swatch run-{i}")} />{ format!(" {size}") }</th>
                                    <td>{ figure(trained) }</td><td>{ figure(most) }</td>
                                    <td><a href={link} data-testid={format!("sweep-{size}")}>{ tr!("run it") }</a></td>
                                </tr>
                            }
                        }) }
                    </tbody>
                </table>
            </div>
            <p class="hint">
                { tr!("With one or two numbers a force in space cannot be told, whatever was seen. From three on, the error on as many bodies as in training is the same. On more \
                    bodies it grows for all, and no less for three numbers than for a hundred. With the constant moved it hardly grows, least for three: from 6 to 12 bodies 0.073 to \
                    0.074, for a hundred 0.072 to 0.078. The slides’ figure, where three do best, is found only so, and within two standard errors.") }
            </p>
            <p class="hint">
                { tr!("Measured beforehand: 1/r² in space by the quick recipe with 3000 steps, Σ|â − a|/Σ|a| in 200 fresh worlds of each size (median), mean and standard error of {seeds} seeds. \
                    Varied were the numbers of a message and the bodies in training, nothing else. “Constant moved”: the constant part of messages is taken into the second network.", seeds = seeds) }
            </p>
        </figure>
    }
}
