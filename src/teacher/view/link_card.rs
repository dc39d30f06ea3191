//! The card that builds a link.

use crate::components::copied::Copied;
use crate::components::select::Select;
use crate::teacher::builder::{Control, Rule};
use crate::teacher::names::{beginnings, experiment_name};
use crate::teacher::state::TeacherAction;
use crate::teacher::view::Given;
use experiments::assignment::{LANGUAGES, MAX_QUESTION, Theme};
use language::{text, tr, translated};
use qrcodegen::{QrCode, QrCodeEcc};
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Rules in the order in which they are offered, by the names that tests know them by, for one control and for all.
const RULES: [(Rule, &str, &str, &str); 3] = [
    (Rule::Shown, "shown", text!("shown"), text!("all shown")),
    (Rule::Locked, "locked", text!("locked"), text!("all locked")),
    (Rule::Hidden, "hidden", text!("hidden"), text!("all hidden")),
];
const THEMES: [(Theme, &str); 4] = [
    (Theme::System, text!("as the browser prefers")),
    (Theme::Light, text!("light")),
    (Theme::Dark, text!("dark")),
    (Theme::Projector, text!("projector: light and larger")),
];
/// Modules of white around a code, which readers need.
const QUIET: i32 = 4;

/// The card.
pub fn link_card(given: &Given) -> Html {
    let builder = &given.state.builder;
    let link = builder.link();
    let (address, href) = (format!("{}{link}", given.folder), format!("./{link}"));
    let of_lesson = builder.lesson.is_some();
    html! {
        <section class="card" aria-labelledby="link-title">
            <h2 id="link-title">{ tr!("A link for your class") }</h2>
            <div class="columns">
                <div>
                    { start(given) }
                    if !of_lesson {
                        { question(given) }
                        { controls(given) }
                    }
                </div>
                <div>
                    <h3>{ tr!("The link") }</h3>
                    <textarea readonly=true rows="4" data-testid="class-link" aria-label={tr!("The link")} value={address.clone()} />
                    <p class="copies">
                        { copy(given, "copy-class-link", tr!("Copy link"), address.clone()) }
                        <a class="button" data-testid="try-link" href={href.clone()} target="_blank" rel="noopener">{ tr!("Open it in a tab") }</a>
                        if builder.embed && !of_lesson {
                            { copy(given, "copy-snippet", tr!("Copy the frame for a learning platform"), builder.snippet(&address)) }
                        }
                        <Copied done={given.state.copied} refused={tr!("Copying is not allowed here: select the link and copy it")} />
                    </p>
                    { code(&address) }
                    <details>
                        <summary>{ tr!("Preview") }</summary>
                        <iframe class="preview" title={tr!("Preview of the link")} src={href} loading="lazy"></iframe>
                    </details>
                    <p class="hint">{ tr!("This is no exam lock. Whoever changes the link in the address bar has all controls again, and answers of a lesson are in its file.") }</p>
                </div>
            </div>
        </section>
    }
}

fn copy(given: &Given, id: &'static str, words: &'static str, text: String) -> Html {
    let onclick = given.copy.reform(move |_: MouseEvent| text.clone());
    html! { <button data-testid={id} {onclick}>{ words }</button> }
}

/// What the link opens.
fn start(given: &Given) -> Html {
    let builder = &given.state.builder;
    let names = beginnings();
    let options: Vec<(AttrValue, AttrValue)> = std::iter::once((AttrValue::from(""), AttrValue::from(tr!("choose …"))))
        .chain(names.iter().map(|(key, words)| (key.clone().into(), words.clone().into())))
        .collect();
    let begin = {
        let keys: Vec<String> = names.into_iter().map(|(key, _)| key).collect();
        given.act.reform(move |number: usize| {
            TeacherAction::Begin(number.checked_sub(1).and_then(|place| keys.get(place)).cloned().unwrap_or_default())
        })
    };
    let paste = given.act.reform(|event: Event| {
        TeacherAction::Paste(
            event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
        )
    });
    html! {
        <>
            <h3>{ tr!("What it opens") }</h3>
            if !given.lessons.is_empty() {
                { lesson(given) }
            }
            if builder.lesson.is_none() {
                <label class="row wide">{ tr!("Experiment") }<Select id="begin" {options} chosen={Some(0)} set={begin} /></label>
                <label class="pasting">
                    { tr!("or the link to an experiment that you have set up") }
                    <textarea rows="2" data-testid="paste-link" placeholder="https://…#v=1&preset=spring" spellcheck="false" onchange={paste} />
                </label>
                <p class="hint" data-testid="opens">{ tr!("Now: {}.", opens(given)) }</p>
            }
            <ul class="remarks" data-testid="link-remarks" aria-live="polite">{ for given.state.remarks.iter().map(|remark| html! { <li>{ remark }</li> }) }</ul>
        </>
    }
}

fn opens(given: &Given) -> String {
    let workbench = &given.state.builder.workbench;
    let name = experiment_name(workbench);
    let changed = experiments::link::encode(workbench);
    let settings = changed.split('&').skip(2).filter(|pair| !pair.starts_with("page=")).count();
    match settings {
        0 => name,
        many => {
            tr!("{name}, with one setting of your own" | "{name}, with {n} settings of your own" % many, name = name)
        }
    }
}

/// A step of a lesson in place of an experiment.
fn lesson(given: &Given) -> Html {
    let chosen = given.state.builder.lesson.clone();
    let lessons = given.lessons.clone();
    let options: Vec<(AttrValue, AttrValue)> =
        std::iter::once((AttrValue::from(""), AttrValue::from(tr!("no lesson: an experiment"))))
            .chain(lessons.iter().map(|name| (name.clone().into(), name.clone().into())))
            .collect();
    let place = chosen.as_ref().and_then(|(name, _)| lessons.iter().position(|known| known == name));
    let step = chosen.as_ref().map_or(1, |(_, step)| *step);
    let choose = given.act.reform(move |number: usize| {
        TeacherAction::Lesson(number.checked_sub(1).and_then(|place| lessons.get(place)).map(|name| (name.clone(), 1)))
    });
    let turn = {
        let chosen = chosen.clone();
        given.act.reform(move |event: Event| {
            let value = event.target_dyn_into::<HtmlInputElement>().and_then(|input| input.value().parse().ok());
            TeacherAction::Lesson(chosen.clone().map(|(name, step)| (name, value.unwrap_or(step))))
        })
    };
    html! {
        <>
            <label class="row wide">{ tr!("Lesson") }<Select id="lesson" {options} chosen={Some(place.map_or(0, |place| place + 1))} set={choose} /></label>
            if chosen.is_some() {
                <label class="row wide">{ tr!("of a lesson" => "Step") }<input type="number" min="1" max="99" data-testid="lesson-step" value={step.to_string()} onchange={turn} /></label>
            }
        </>
    }
}

/// Question, look, frame.
fn question(given: &Given) -> Html {
    let builder = &given.state.builder;
    let ask = given.act.reform(|event: InputEvent| {
        TeacherAction::Ask(event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default())
    });
    let themes: Vec<(AttrValue, AttrValue)> =
        THEMES.map(|(theme, words)| (theme.key().unwrap_or_default().into(), translated(words).into())).to_vec();
    let dress = given
        .act
        .reform(|number: usize| TeacherAction::Dress(THEMES.get(number).map_or(Theme::System, |(theme, _)| *theme)));
    let mut languages: Vec<(AttrValue, AttrValue)> = vec![("".into(), tr!("the visitor’s own").into())];
    languages.extend(LANGUAGES.map(|(code, name)| (code.into(), name.into())));
    let spoken = builder
        .language
        .map_or(Some(0), |language| LANGUAGES.iter().position(|(code, _)| *code == language).map(|at| at + 1));
    let speak = given.act.reform(|number: usize| {
        TeacherAction::Speak(number.checked_sub(1).and_then(|at| LANGUAGES.get(at)).map(|(code, _)| *code))
    });
    html! {
        <>
            <h3>{ tr!("What stands above it") }</h3>
            <label class="pasting">
                { tr!("A question, or what is to be done") }
                <textarea rows="2" data-testid="ask" maxlength={MAX_QUESTION.to_string()} value={builder.question.clone()} oninput={ask} />
            </label>
            <label class="row wide">{ tr!("Look") }<Select id="theme" options={themes} chosen={THEMES.iter().position(|(theme, _)| *theme == builder.theme)} set={dress} /></label>
            <label class="row wide">{ tr!("Language") }<Select id="link-language" options={languages} chosen={spoken} set={speak} /></label>
            <label class="switch"><input type="checkbox" data-testid="embed" checked={builder.embed} onchange={given.act.reform(|_: Event| TeacherAction::Embed)} />{ tr!("for a frame in a learning platform: without the line at the top") }</label>
        </>
    }
}

/// A rule for each control.
fn controls(given: &Given) -> Html {
    let builder = &given.state.builder;
    let controls = builder.controls();
    let all = |(rule, id, _, words): (Rule, &'static str, &'static str, &'static str)| {
        let decide = given.act.reform(move |_: MouseEvent| TeacherAction::DecideAll(rule));
        html! { <button class="small" data-testid={format!("all-{id}")} onclick={decide}>{ translated(words) }</button> }
    };
    let others = builder.rule("pages") != Rule::Hidden && builder.assignment().show.is_some();
    let row = |control: &Control| {
        let key = control.key;
        let cell = |(rule, id, words, _): (Rule, &'static str, &'static str, &'static str)| {
            let act = given.act.reform(move |_: Event| TeacherAction::Decide(key, rule));
            if rule == Rule::Locked && !control.locks {
                return html! { <td></td> };
            }
            html! {
                <td><label class="pick-rule"><input type="radio" name={format!("rule-{key}")} data-testid={format!("{id}-{key}")} aria-label={format!("{}: {}", control.label, translated(words))}
                    checked={builder.rule(key) == rule} onchange={act} /></label></td>
            }
        };
        html! {
            <tr key={key}>
                <th scope="row">{ &control.label }{ control.value.as_ref().map(|value| html! { <small>{ format!(" {value}") }</small> }) }</th>
                { for RULES.into_iter().map(cell) }
            </tr>
        }
    };
    html! {
        <>
            <h3>{ tr!("Controls") }</h3>
            <p class="copies">{ for RULES.into_iter().map(all) }</p>
            <div class="scroll rules" tabindex="0" role="region" aria-label={tr!("Controls")}>
                <table>
                    <thead><tr><td></td>{ for RULES.map(|(_, _, words, _)| html! { <th scope="col">{ translated(words) }</th> }) }</tr></thead>
                    <tbody>{ for controls.iter().map(row) }</tbody>
                </table>
            </div>
            <p class="hint">{ tr!("Locked: it is there and cannot be changed. Train, Pause and the pictures are always there.") }
                if others {
                    { format!(" {}", tr!("The other pages can be visited, and show none of their settings then; hide “the other pages” if they would confuse.")) }
                }
            </p>
        </>
    }
}

/// The link as a code to be read by a phone's camera.
fn code(address: &str) -> Html {
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Low) else {
        return html! { <p class="hint" data-testid="no-code">{ tr!("The link is too long for a QR code: send it, or put it on a page.") }</p> };
    };
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    html! {
        <figure class="code">
            <svg viewBox={format!("0 0 {side} {side}")} role="img" aria-label={tr!("The link as a QR code")} data-testid="qr">
                <rect width={side.to_string()} height={side.to_string()} class="blank" />
                <path d={path} class="modules" />
            </svg>
        </figure>
    }
}
