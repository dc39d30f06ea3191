//! What a search has found: the law that is looked at, and the front it was picked from.

use crate::components::beside::beside;
use crate::components::copied::Copied;
use crate::components::explained::explained;
use crate::components::formula::typeset;
use crate::components::plot::{Plot, use_drawing};
use crate::components::pointer::{place, use_pointer};
use crate::components::sentence::sentence;
use crate::pages::formula::draw;
use crate::pages::formula::state::{Formula, FormulaAction, Notation};
use crate::session::view::PageGiven;
use crate::words;
use experiments::formula::FormulaSource;
use jobs::protocol::search::{FrontText, LawText};
use language::{fixed, tr};
use std::rc::Rc;
use symbolic::notation::read;
use symbolic::pareto::Finding;
use yew::prelude::*;

/// The law, large.
#[component]
pub fn Law(given: &PageGiven<Formula>) -> Html {
    let state = &given.state;
    let formula = &state.own;
    let copies = [
        (Notation::Plain, "copy-text", tr!("Text")),
        (Notation::Latex, "copy-latex", "LaTeX"),
        (Notation::Rust, "copy-rust", "Rust"),
        (Notation::Python, "copy-python", "Python"),
        (Notation::Sympy, "copy-sympy", "SymPy"),
        (Notation::Spreadsheet, "copy-spreadsheet", tr!("Spreadsheet")),
    ];
    let found = formula.law().zip(formula.islands.front.as_ref());
    let nodes = formula.law().map(|law| law.tree.clone()).unwrap_or_default();
    let trees = use_drawing(nodes.clone(), move |pen| draw::tree(pen, &nodes));
    html! {
        <section class="card law" aria-labelledby="law-title">
            <h2 id="law-title">
                { if formula.islands.busy() { tr!("Best law so far") } else { tr!("The law") } }
                if let Some((law, front)) = found {
                    <small>{ if front.laws.get(front.suggestion) == Some(law) { tr!("suggested") } else { tr!("picked by you") } }</small>
                }
            </h2>
            if let Some((law, front)) = found {
                <div class="scroll equation" tabindex="0" role="region" aria-label={tr!("The law")} data-testid="law" data-plain={law.plain.clone()} data-complexity={law.complexity.to_string()}>
                    { Html::from_html_unchecked(format!("<math display=\"block\">{}</math>", law.mathml).into()) }
                </div>
                <p class="hint" data-testid="finding">{ finding(front, law) }</p>
                { for law.known.iter().map(|known| html! { <p class="hint" data-testid="known">{ known }</p> }) }
                { for law.units.iter().map(|units| html! { <p class="hint" data-testid="constant-units">{ units }</p> }) }
                { for front.remarks.iter().filter(|_| front.laws.get(front.suggestion) == Some(law)).map(|remark| html! {
                    <p class="words note" data-testid="law-remark">{ remark }</p>
                }) }
                if law.tree.len() > 1 {
                    <Plot key="tree" class="plot tree" id="law-tree" label={tr!("The law as a tree of operators, names and numbers: {}", read(&law.plain))} drawing={trees} />
                }
                <p class="copies">
                    { tr!("Copy as") }{ " " }
                    { for copies.into_iter().map(|(notation, id, name)| html! {
                        <button class="small" data-testid={id} onclick={given.tell.reform(move |_| FormulaAction::Copy(notation))}>{ name }</button>
                    }) }
                    <Copied done={formula.copied} refused={tr!("The browser does not allow it")} />
                </p>
            } else {
                <p class="hint">{ tr!("Press Search. The best law so far appears here and gets better while you watch.") }</p>
            }
            if state.workbench.formula.source == FormulaSource::Messages && found.is_some() {
                <p>
                    <button data-testid="obey" disabled={!state.takes_laws} onclick={given.tell.reform(|_: MouseEvent| FormulaAction::Obey)}>{ tr!("Run the world under this law") }</button>
                </p>
            }
            if state.workbench.formula.source == FormulaSource::Energy && state.workbench.field.system.is_planar() {
                <p class="hint" data-testid="truth">
                    { sentence(match state.workbench.field.system.mechanics().reference_factor() {
                        Some(1.0) => tr!("The true energy is {0}. The network learns it only up to a constant: only slopes of H matter for the motion."),
                        Some(_) => tr!("The true energy is {0}. The motion is that of H = 2E, and the network learns this up to a constant: only slopes of H matter."),
                        None => tr!("The true energy is {0}. The network learns a multiple of it, up to a constant: p was measured in units of its own."),
                    }, [typeset(&state.workbench.field.system.mechanics().formula())]) }
                </p>
            }
        </section>
    }
}

/// What is to be thought of a law, in a sentence.
fn finding(front: &FrontText, law: &LawText) -> String {
    match front.finding {
        Finding::NothingBetterThanAConstant => {
            tr!("Nothing better than a constant was found: with these operators these columns do not explain it, or not yet.").into()
        }
        Finding::Exact if law.error < 1e-7 => tr!("Right to rounding in every row.").into(),
        _ if law.held_out.is_finite() => tr!(
            "Remaining error {error} (the best constant has 100 %), and {unseen} on rows that its numbers were not fitted to.",
            error = percent(law.error),
            unseen = percent(law.held_out)
        ),
        _ => tr!("Remaining error {} (the best constant has 100 %).", percent(law.error)),
    }
}

fn percent(part: f64) -> String {
    format!("{} %", words::number(100.0 * part))
}

/// The front as a chart, and as a list to pick from.
#[component]
pub fn Front(given: &PageGiven<Formula>) -> Html {
    let formula = &given.state.own;
    let shown = formula.islands.front.clone();
    let chosen = formula.law().map(|law| law.complexity);
    let (pointed, moved, left) = use_pointer();
    let drawing = use_drawing((shown.as_ref().map(Rc::as_ptr), chosen), {
        let shown = shown.clone();
        move |pen| draw::draw(pen, shown.as_deref(), chosen)
    });
    let said = shown.as_ref().zip(pointed).and_then(|(shown, ((across, down), size))| {
        let law = shown.laws.get(draw::nearest(size, shown, across, down)?)?;
        Some(format!("{}: {}", law.complexity, read(&law.plain)))
    });
    let pick = given.tell.reform(FormulaAction::Pick);
    let clicked = {
        let (pick, shown) = (pick.clone(), shown.clone());
        Callback::from(move |event: MouseEvent| {
            let law = shown
                .as_ref()
                .zip(place(&event))
                .and_then(|(shown, ((across, down), size))| shown.laws.get(draw::nearest(size, shown, across, down)?));
            if let Some(law) = law {
                pick.emit(law.complexity);
            }
        })
    };
    let laws = shown.as_ref().map_or(&[][..], |front| &front.laws);
    html! {
        <figure class="card chart front" data-testid="front" aria-labelledby="front-title">
            <h2 id="front-title">{ explained(tr!("The [front]")) }{ beside(said, tr!("error against complexity (length); choose a dot or a line of the table")) }</h2>
            <div class="pair">
                <Plot key="plot" onmousemove={moved} onmouseleave={left} onclick={clicked} drawing={drawing} />
                <div key="list" class="scroll" tabindex="0" role="region" aria-label={tr!("Laws of the front")}>
                    <table data-testid="front-laws" hidden={laws.is_empty()}>
                        <thead><tr><th scope="col">{ tr!("complexity") }</th><th scope="col">{ tr!("error") }</th><th scope="col">{ tr!("score") }</th><th scope="col">{ tr!("law") }</th></tr></thead>
                        <tbody>
                            { for laws.iter().map(|law| {
                                let complexity = law.complexity;
                                let onclick = pick.reform(move |_: MouseEvent| complexity);
                                html! {
                                    <tr key={complexity}>
                                        <td>{ complexity }</td>
                                        <td>{ percent(law.error) }</td>
                                        <td>{ fixed(law.score, 1) }</td>
                                        <td><button class="pick" aria-pressed={(chosen == Some(complexity)).to_string()} {onclick}>{ read(&law.plain) }</button></td>
                                    </tr>
                                }
                            }) }
                        </tbody>
                    </table>
                </div>
            </div>
        </figure>
    }
}
