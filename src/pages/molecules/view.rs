//! The page of molecules: what moves, averages over time against averages over an ensemble, and what never shares out.

use crate::components::canvas::{Drawing, paint, use_redraw};
use crate::components::cell::cell;
use crate::components::explained::explained;
use crate::components::failure::Failure;
use crate::components::formula::written;
use crate::components::frames::use_frames;
use crate::components::sentence::sentence;
use crate::components::settings::rows as setting_rows;
use crate::pages::molecules::draw;
use crate::pages::molecules::figures::{Row, rows, status, verdict};
use crate::pages::molecules::gas_box::GasBox;
use crate::pages::molecules::state::{Kept, Molecules, MoleculesAction, Shared};
use crate::session::action::Action;
use crate::session::view::{Frame, PageGiven};
use crate::words;
use experiments::fields::Group;
use experiments::molecules::{EnsembleKind, MatterKind};
use language::{fixed, tr, translated};
use physics::molecules::average::Estimate;
use physics::molecules::world::Matter;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// How many frames pass between two updates of the numbers.
const FRAMES_PER_UPDATE: u32 = 15;

/// The whole page.
#[component]
pub fn View(given: &PageGiven<Molecules>) -> Html {
    let state = given.state.clone();
    let again = use_state(|| 0u32);
    let settings = (state.workbench.molecules, state.workbench.field.seed, *again);
    let kept = state.own.kept.clone();
    let shared: Rc<Shared> = use_memo(settings, |&(view, seed, again)| match kept {
        Some(kept) if again == 0 && kept.of == (view, seed) => kept.world,
        _ => Rc::new(RefCell::new(GasBox::new(&view, seed).map_err(|unfit| unfit.to_string()))),
    });
    {
        let (tell, world) = (given.tell.clone(), Shared::clone(&shared));
        use_effect_with(settings, move |&(view, seed, _)| {
            tell.emit(MoleculesAction::Keep(Kept { of: (view, seed), world }));
        });
    }
    let canvases: [NodeRef; 4] = [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let tick = use_force_update();
    let draw = {
        let (shared, canvases) = (shared.clone(), canvases.clone());
        use_callback(settings, move |(), _| draw(&shared, &canvases))
    };
    use_redraw(&canvases[0], draw.clone());
    use_redraw(&canvases[1], draw.clone());
    use_redraw(&canvases[2], draw.clone());
    use_redraw(&canvases[3], draw.clone());
    let frame = {
        let (shared, draw, frames) = (shared.clone(), draw.clone(), use_mut_ref(|| 0u32));
        let tell = given.tell.clone();
        use_callback(settings, move |_: f64, _| {
            let melted = shared.borrow_mut().as_mut().ok().and_then(|gas| {
                let before = gas.starts;
                gas.advance();
                gas.starts.filter(|_| before.is_none())
            });
            if let Some(starts) = melted {
                tell.emit(MoleculesAction::Measure(starts));
            }
            draw.emit(());
            let mut frames = frames.borrow_mut();
            *frames += 1;
            if frames.is_multiple_of(FRAMES_PER_UPDATE) {
                tick.force_update();
            }
        })
    };
    use_frames(state.moving, frame);
    if let Ok(gas) = &mut *shared.borrow_mut() {
        gas.compare(state.own.starts.as_ref(), &state.own.measured);
    }
    let retry = given.tell.reform(|_: MouseEvent| MoleculesAction::Again);
    let restart = Callback::from(move |_: MouseEvent| again.set(*again + 1));
    let reverse = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            if let Ok(gas) = &mut *shared.borrow_mut() {
                gas.reverse();
            }
        })
    };
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let chain = state.workbench.molecules.matter == MatterKind::Chain;
    let canonical = state.workbench.molecules.ensemble == EnsembleKind::Canonical;
    let said = shared.borrow().as_ref().map(status).unwrap_or_else(Clone::clone);
    html! {
        <Frame given={given.shared()}>
        <main class="molecules">
            <div class="column">
                <section class="card" aria-labelledby="molecules-title">
                    <h2 id="molecules-title">{ tr!("Molecules") }</h2>
                    { setting_rows(&state.workbench, &given.shared().set(), |field| field.group == Group::Molecules && !(chain && !canonical && field.key == "temperature")) }
                    <p>
                        <button data-testid="molecules-hold" onclick={hold}>{ if state.moving { tr!("Pause") } else { tr!("Play") } }</button>{ " " }
                        <button data-testid="molecules-restart" onclick={restart}>{ tr!("Start again") }</button>{ " " }
                        <button data-testid="molecules-reverse" disabled={canonical} onclick={reverse}
                            title={if canonical { tr!("A heat bath pushes at random: its motion does not run back") } else { tr!("Turn every velocity round: the motion and the clock run back to the start") }}>{ tr!("Reverse time") }</button>
                    </p>
                    <p class="hint" data-testid="molecules-status" role="status">{ said }</p>
                    if let Some(failure) = &state.own.failure {
                        <Failure id="starts" sentence={failure.clone()} again={retry} />
                    }
                </section>
                if let Ok(gas) = &*shared.borrow() {
                    <Averages rows={rows(gas)} drift={gas.world.observables().drift().filter(|_| !canonical)} verdict={verdict(gas)} />
                }
                { why(chain, canonical) }
            </div>
            <figure class="card portrait" aria-labelledby="box-title">
                <h2 id="box-title">{ if chain { tr!("The chain") } else { tr!("The box") } }<small>{ if chain { tr!("displacement of each mass") } else { tr!("fast ones orange, slow ones blue") } }</small></h2>
                <div key="plot" class="plot still" role="img" aria-label={if chain { tr!("A chain of masses") } else { tr!("Particles in a periodic box") }}>
                    <canvas key="box" ref={canvases[0].clone()} class="fill" aria-hidden="true" />
                </div>
            </figure>
            <div class="column">
                <figure class="card chart" aria-labelledby="averages-title">
                    <h2 id="averages-title">{ tr!("Averages over time") }<small>{ if canonical || chain { tr!("dashed: exactly known") } else { tr!("dashed: over many independent starts") } }</small></h2>
                    <div key="plot" class="plot" role="img" aria-label={tr!("Running averages of kinetic and potential energy")}><canvas key="averages" ref={canvases[1].clone()} class="fill" aria-hidden="true" /></div>
                    <figcaption class="legend"><span class="key baseline">{ tr!("kinetic") }</span><span class="key hnn">{ tr!("potential") }</span></figcaption>
                </figure>
                <figure class="card chart" aria-labelledby="share-title">
                    <h2 id="share-title">{ if chain { tr!("Energy of each mode") } else { tr!("Speeds") } }<small>{ if chain { tr!("mean so far, in equal shares") } else { tr!("line: Maxwell and Boltzmann") } }</small></h2>
                    <div key="plot" class="plot" role="img" aria-label={if chain { tr!("Mean energy of each mode") } else { tr!("Histogram of the speeds") }}><canvas key="share" ref={canvases[2].clone()} class="fill" aria-hidden="true" /></div>
                </figure>
                <figure class="card chart" hidden={chain} aria-labelledby="radial-title">
                    <h2 id="radial-title">{ tr!("Neighbours: g(r)") }<small>{ tr!("dashed: of a thin gas, exp(−u/T)") }</small></h2>
                    <div key="plot" class="plot" role="img" aria-label={tr!("Radial distribution: neighbours at each distance, over those of particles that do not see one another")}><canvas key="radial" ref={canvases[3].clone()} class="fill" aria-hidden="true" /></div>
                </figure>
            </div>
        </main>
        </Frame>
    }
}

fn draw(shared: &Shared, canvases: &[NodeRef; 4]) {
    let onto = |i: usize, drawing: Drawing| {
        if let Some(canvas) = canvases[i].cast::<HtmlCanvasElement>() {
            paint(&canvas, &drawing);
        }
    };
    let of = |part: fn(&GasBox) -> Option<Picture>| {
        let shared = shared.clone();
        move || shared.borrow().as_ref().ok().and_then(part)
    };
    let world = shared.clone();
    onto(
        0,
        Drawing::new(move |pen| {
            if let Ok(gas) = &*world.borrow() {
                let _ = draw::world(pen, &gas.world);
            }
        }),
    );
    let averages = shared.clone();
    onto(
        1,
        Drawing::new(move |pen| {
            if let Ok(gas) = &*averages.borrow() {
                let _ = draw::averages(pen, &gas.history, gas.expected());
            }
        }),
    );
    let seen = shared.clone();
    onto(
        3,
        Drawing::new(move |pen| {
            if let Ok(gas) = &*seen.borrow()
                && let Some((radial, temperature)) =
                    gas.world.observables().radial().zip(gas.world.observables().temperature())
            {
                let _ = draw::radial(pen, &radial.values(), temperature.mean);
            }
        }),
    );
    let share = of(picture);
    onto(
        2,
        Drawing::new(move |pen| {
            let _ = match share() {
                Some(Picture::Speeds(seen, temperature)) => draw::speeds(pen, &seen, temperature),
                Some(Picture::Modes(shares, equal)) => draw::modes(pen, &shares, equal),
                None => Ok(()),
            };
        }),
    );
}

/// What the third picture shows.
enum Picture {
    Speeds(Box<physics::molecules::speeds::SpeedHistogram>, f64),
    Modes(Vec<f64>, f64),
}

fn picture(gas: &GasBox) -> Option<Picture> {
    let seen = gas.world.observables();
    match gas.world.matter() {
        Matter::Gas(_) => Some(Picture::Speeds(Box::new(seen.speeds()?.clone()), seen.temperature()?.mean)),
        Matter::Chain(_) => Some(Picture::Modes(seen.shares(), gas.ensemble.as_ref()?.share()?.mean)),
    }
}

#[derive(PartialEq, Properties)]
struct AveragesGiven {
    rows: Vec<Row>,
    drift: Option<f64>,
    verdict: String,
}

#[component]
fn Averages(given: &AveragesGiven) -> Html {
    let estimated = |id: String, estimate: &Option<Estimate>| {
        let error = estimate.map_or(0.0, |estimate| estimate.error);
        cell(id, "", estimate.map(|estimate| estimate.mean), |mean| {
            if error > 0.0 { format!("{} ± {}", fixed(mean, 3), fixed(error, 3)) } else { fixed(mean, 3) }
        })
    };
    html! {
        <section class="card" aria-labelledby="means-title">
            <h2 id="means-title">{ tr!("Energy per particle") }</h2>
            <table>
                <thead><tr><td></td><th scope="col">{ tr!("over time") }</th><th scope="col">{ tr!("over states") }</th></tr></thead>
                <tbody>
                    { for given.rows.iter().map(|(name, time, ensemble)| html! {
                        <tr>
                            <th scope="row">{ translated(name) }</th>
                            { estimated(format!("time-{name}"), time) }
                            { estimated(format!("ensemble-{name}"), ensemble) }
                        </tr>
                    }) }
                </tbody>
            </table>
            <p class="hint" data-testid="settled">{ given.verdict.clone() }</p>
            <p class="hint">{ tr!("Drift of the total energy, as a fraction of the mean kinetic energy: {}.", given.drift.map_or("—".into(), words::number)) }</p>
        </section>
    }
}

/// What there is to understand.
fn why(chain: bool, canonical: bool) -> Html {
    let title = match (chain, canonical) {
        (_, true) => explained(tr!("In a heat bath")),
        (true, false) => explained(tr!("Not [ergodic]")),
        (false, false) => explained(tr!("Is it [ergodic]?")),
    };
    html! {
        <section class="card idea" aria-labelledby="why-title">
            <h2 id="why-title">{ title }</h2>
            { averages(chain, canonical) }
            if canonical {
                <p>{ tr!("Friction takes energy out of every velocity and random pushes bring it back (Langevin), so that a state of energy H has a probability in proportion to exp(−H/T): \
                    the canonical ensemble. The temperature is given and the energy wavers; alone it is the other way round.") }{ " " }
                    { if chain {
                        tr!("Every component of a momentum has the energy T/2 on average, and every mode T, half of it in the springs: the chain that never shared out its energy does so in a bath.")
                    } else {
                        tr!("Every component of a momentum has the energy T/2 on average, those of the total momentum too, which a gas alone keeps.")
                    } }</p>
            } else if chain {
                <p>{ tr!("All energy starts in the third mode and stays there: each mode of a harmonic chain is an oscillator of its own, so there are as many conserved \
                    energies as masses, and one motion never visits all states of its total energy. The total kinetic energy still averages to half of E, \
                    because in every oscillator it does (virial theorem): an average that looks right proves nothing. In a heat bath it does share out.") }</p>
            } else {
                <p>{ sentence(tr!("If one long motion visits all states of its energy, what is averaged over time comes to what is averaged over many independent starts of the same \
                    energy. That is why a simulation of one box can measure a temperature. The force is minus the slope of the potential, {0}."), [written("F = − {∂V}/{∂q}")]) }</p>
            }
            if !chain {
                <p>{ sentence(tr!("Pressure, by the virial of the forces in the box of side L: {0}. g(r) counts neighbours at the distance r, as a multiple of what it would be if \
                    particles did not see one another."), [written("P = 1/{2 L^2} ( 2K + ∑_{i<j} r_{i j} · F_{i j} )")]) }</p>
                <p>{ tr!("± is one standard error; moments close to one another count as one. A cold gas condenses into drops, and a cold, crowded fluid crystallises: both can take thousands of units of time, \
                    more than anybody watches, and until then no average is that of all states. Whether this one has settled is read off the motion: the mean \
                    of its second half against that of its first.") }</p>
            }
        </section>
    }
}

/// The two averages as formulas.
fn averages(chain: bool, canonical: bool) -> Html {
    let over_states = if canonical {
        "⟨A⟩ = {∫ A e^{−H/T} dq dp}/{∫ e^{−H/T} dq dp}"
    } else {
        "⟨A⟩ = {∫ A δ(H − E) dq dp}/{∫ δ(H − E) dq dp}"
    };
    let text = if chain || canonical {
        tr!("Over time: {0}; over states: {1}.")
    } else {
        tr!("Over time: {0}; over states: {1}, among states without total momentum.")
    };
    html! { <p>{ sentence(text, [written("⟨A⟩_t = 1/t ∫_0^t A dt"), written(over_states)]) }</p> }
}
