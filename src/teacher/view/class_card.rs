//! The card of what a class handed in: a table, a distribution, laws, answers.

use crate::components::downloads::download;
use crate::components::plot::{Plot, use_drawing};
use crate::components::select::Select;
use crate::teacher::class::{Distribution, csv, laws, questions, scores};
use crate::teacher::draw;
use crate::teacher::hand_in::HandIn;
use crate::teacher::names::figure_name;
use crate::teacher::state::TeacherAction;
use crate::teacher::view::Given;
use crate::teacher::words;
use crate::words::number;
use language::tr;
use web_sys::{Event, File, HtmlInputElement};
use yew::prelude::*;

/// Answers of a question that are listed.
const MOST_ANSWERS: usize = 12;

/// The card.
pub fn class_card(given: &Given) -> Html {
    let state = &given.state;
    let empty = state.class.is_empty();
    let pick = given.bring.reform(|event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return vec![] };
        let files = input.files().map(|files| (0..files.length()).filter_map(|i| files.get(i)).collect::<Vec<File>>());
        // The same files may be picked again. What was picked is a list of its own by now.
        input.set_value("");
        files.unwrap_or_default()
    });
    html! {
        <section class="card" aria-labelledby="class-title">
            <h2 id="class-title">{ tr!("What the class handed in") }<small data-testid="students" data-value={state.class.len().to_string()}>{ students(state.class.len()) }</small></h2>
            <p>{ tr!("Students save a file under “Hand in”. Drop all files anywhere on this page, or pick them. They are read in this browser and sent nowhere; they are gone when this page is closed.") }</p>
            <p class="copies">
                <label class="row wide picking">{ tr!("Files") }<input type="file" multiple=true data-testid="hand-ins" accept=".html,.json,text/html,application/json" onchange={pick} /></label>
                if !empty {
                    { table_as_csv(given) }
                    <button class="small" data-testid="forget" onclick={given.act.reform(|_: MouseEvent| TeacherAction::Forget)}>{ tr!("Forget all") }</button>
                }
            </p>
            <ul class="remarks" data-testid="refused" aria-live="polite">{ for state.refused.iter().map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
            if !empty {
                { compared(given) }
                { found(given) }
                { table(given) }
                { answered(&state.class) }
            }
        </section>
    }
}

fn students(count: usize) -> String {
    if count == 0 { String::new() } else { tr!("{n} student" | "{n} students" % count) }
}

fn table_as_csv(given: &Given) -> Html {
    let state = given.state.clone();
    let save = Callback::from(move |_: MouseEvent| {
        let text = csv(&state.class, state.shown().map(|(group, _)| group));
        download("orrery-class.csv", text.as_bytes());
    });
    html! { <button class="small" data-testid="class-csv" onclick={save}>{ tr!("Save the table (CSV)") }</button> }
}

/// One figure of one experiment over the class.
fn compared(given: &Given) -> Html {
    let state = &given.state;
    let Some((group, figure)) = state.shown() else {
        return html! { <p class="hint">{ tr!("No results of experiments were handed in.") }</p> };
    };
    let groups = state
        .groups
        .iter()
        .map(|group| (group.link.clone().into(), format!("{} ({})", group.name, students(group.students())).into()));
    let figures = group.figures();
    let chosen = figures.iter().position(|name| *name == figure);
    let options: Vec<(AttrValue, AttrValue)> =
        figures.iter().map(|name| (name.clone().into(), figure_name(name).into_owned().into())).collect();
    let compare =
        given.act.reform(move |place: usize| TeacherAction::Compare(figures.get(place).cloned().unwrap_or_default()));
    let distribution = group.distribution(&figure, &state.class);
    html! {
        <>
            <h3>{ tr!("One experiment, many seeds") }</h3>
            <p class="copies">
                <label class="row wide">{ tr!("Experiment") }<Select id="group" options={groups.collect::<Vec<_>>()} chosen={Some(state.group)} set={given.act.reform(TeacherAction::LookAt)} /></label>
                <label class="row wide">{ tr!("Figure") }<Select id="figure" {options} {chosen} set={compare} /></label>
            </p>
            <Dots {distribution} figure={figure} />
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DotsGiven {
    distribution: Distribution,
    figure: String,
}

/// The distribution as a picture and as a sentence.
#[component]
fn Dots(given: &DotsGiven) -> Html {
    let drawing = use_drawing(given.distribution.clone(), {
        let of = given.distribution.clone();
        move |pen| draw::distribution(pen, &of)
    });
    let said = words::distribution(&given.distribution, &given.figure);
    html! {
        <figure class="chart" data-testid="distribution">
            <Plot key="plot" class={classes!("plot", "dots")} label={AttrValue::from(said.clone())} drawing={drawing} />
            <figcaption class="hint" data-testid="distribution-said">{ said }</figcaption>
        </figure>
    }
}

/// Laws that were found, by their shape.
fn found(given: &Given) -> Html {
    let class = &given.state.class;
    let laws = laws(class);
    if laws.is_empty() {
        return html! {};
    }
    let name = |place: usize| class.get(place).map(|hand_in| hand_in.student.clone()).unwrap_or_default();
    html! {
        <>
            <h3>{ tr!("Laws that were found") }<small>{ format!(" {}", tr!("□ stands for a constant")) }</small></h3>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Laws that were found")}>
                <table class="laws" data-testid="laws">
                    <thead><tr><th scope="col">{ tr!("law") }</th><th scope="col">{ tr!("students") }</th><th scope="col">{ tr!("as found") }</th></tr></thead>
                    <tbody>
                        { for laws.iter().map(|law| html! {
                            <tr>
                                <th scope="row"><code>{ &law.shape }</code></th>
                                <td>{ law.found.len() }</td>
                                <td class="long">
                                    <details><summary>{ tr!("show") }</summary><ul>{ for law.found.iter().map(|(student, text)| html! { <li>{ name(*student) }{ ": " }<code>{ text }</code></li> }) }</ul></details>
                                </td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </>
    }
}

/// A row a student.
fn table(given: &Given) -> Html {
    let state = &given.state;
    let shown = state.shown();
    let figure = shown.as_ref().map(|(_, figure)| figure.clone()).unwrap_or_default();
    let scores = scores(&state.class);
    let row = |(place, hand_in): (usize, &HandIn)| {
        let result = shown.as_ref().and_then(|(group, _)| group.results.iter().find(|(student, _)| *student == place));
        let value = result.and_then(|(_, result)| result.figures.get(&figure));
        let link = result.map(|(_, result)| result.link.clone()).filter(|link| !link.is_empty());
        let (right, judged) = scores[place];
        let law = hand_in.results.iter().find_map(|result| result.law.clone());
        let remove = given.act.reform(move |_: MouseEvent| TeacherAction::Remove(place));
        html! {
            <tr>
                <th scope="row">{ &hand_in.student }</th>
                <td>{ if judged > 0 { tr!("{} of {}", right, judged) } else { "—".into() } }</td>
                <td>{ value.map(|value| number(*value)).unwrap_or_else(|| "—".into()) }</td>
                <td class="long">{ law.map(|law| html! { <code>{ law }</code> }) }</td>
                <td class="long">{ hand_in.notes() }</td>
                <td>{ link.map(|link| html! { <a href={format!("./#{}", link.trim_start_matches('#'))} target="_blank" rel="noopener">{ tr!("button" => "open") }</a> }) }</td>
                <td><button class="small" aria-label={tr!("Leave out {}", hand_in.student)} onclick={remove}>{ tr!("leave out") }</button></td>
            </tr>
        }
    };
    html! {
        <>
            <h3>{ tr!("Students") }</h3>
            if scores.iter().any(|(_, judged)| *judged > 0) {
                <p class="hint" data-testid="scores-said">{ tr!("Right answers are counted of the questions whose answers the lesson states. Predictions do not count: they may be wrong. A question that others of the class answered and a student left out counts as not right.") }</p>
            }
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Students")}>
                <table class="students" data-testid="class">
                    <thead><tr>{ for [tr!("student"), tr!("right answers"), &figure_name(&figure), tr!("law"), tr!("notes"), tr!("experiment")].map(|name| html! { <th scope="col">{ name.to_owned() }</th> }) }<td></td></tr></thead>
                    <tbody>{ for state.class.iter().enumerate().map(row) }</tbody>
                </table>
            </div>
        </>
    }
}

/// Questions of lessons, with how often each answer was given.
fn answered(class: &[HandIn]) -> Html {
    let questions = questions(class);
    if questions.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3>{ tr!("Answers") }</h3>
            { for questions.iter().map(|asked| {
                let given: usize = asked.answers.iter().map(|(_, count)| count).sum();
                let right = (asked.right.1 > 0).then(|| tr!("{} of {} right", asked.right.0, asked.right.1));
                let counts: Vec<String> = [tr!("{n} answers" | "{n} answers" % given)].into_iter().chain(right).collect();
                html! {
                    <details>
                        <summary>{ format!("{} {}: {} ({})", asked.lesson, asked.id, asked.question, counts.join(", ")) }</summary>
                        <ul>
                            { for asked.answers.iter().take(MOST_ANSWERS).map(|(answer, count)| html! { <li>{ format!("{count} × ") }{ answer }</li> }) }
                            if asked.answers.len() > MOST_ANSWERS {
                                <li>{ tr!("… and {n} other answers" | "… and {n} other answers" % asked.answers.len() - MOST_ANSWERS) }</li>
                            }
                        </ul>
                    </details>
                }
            }) }
        </>
    }
}
