//! A film in which something is followed. All of that is in `www/film.js` and its program, which are fetched when a film is brought:
//! the page itself only gives it a place and takes the table.

use crate::components::turn::turn_to;
use crate::session::action::Action;
use crate::session::files::{FileAction, Held};
use crate::session::view::Given;
use js_sys::{Function, Promise, Reflect};
use language::tr;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = "import")]
    fn import(address: &str) -> Promise;
}

/// The panel; nothing while there is no film.
pub fn film_panel(given: &Given) -> Html {
    match &given.state.film {
        Some((name, film)) => {
            html! { <Film key={film.address.clone()} name={name.clone()} film={film.clone()} act={given.act.clone()} /> }
        }
        None => html! {},
    }
}

#[derive(PartialEq, Properties)]
struct FilmGiven {
    name: String,
    film: Rc<Held>,
    act: Callback<Action>,
}

/// What ends the script, once it runs, and what it calls.
type Script = Rc<RefCell<Option<(JsValue, [JsValue; 2])>>>;

#[component]
fn Film(given: &FilmGiven) -> Html {
    let host = use_node_ref();
    let FilmGiven { name, film, act } = given;
    {
        let (host, name, act) = (host.clone(), name.clone(), act.clone());
        use_effect_with(film.clone(), move |film| {
            let (script, left) = (Script::default(), Rc::new(Cell::new(false)));
            if let Some(host) = host.cast::<HtmlElement>() {
                turn_to(&host);
                let (film, script, left) = (film.clone(), script.clone(), left.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    match run(&host, &film.address, &name, &act).await {
                        Ok(running) if left.get() => end(&running.0),
                        Ok(running) => *script.borrow_mut() = Some(running),
                        Err(_) => {
                            let why = tr!("{}: what follows films could not be fetched. Try again.", name);
                            act.emit(Action::File(FileAction::LeaveFilm(why)));
                        }
                    }
                });
            }
            move || {
                left.set(true);
                if let Some((ending, _)) = script.borrow_mut().take() {
                    end(&ending);
                }
            }
        });
    }
    // What is in it belongs to the script.
    html! { <section ref={host} tabindex="-1" class="card understood" aria-label={tr!("The film {}", name)} data-testid="film-panel"><p>{ tr!("Opening the film …") }</p></section> }
}

/// Fetches and starts the script.
async fn run(
    host: &HtmlElement,
    address: &str,
    name: &str,
    act: &Callback<Action>,
) -> Result<(JsValue, [JsValue; 2]), JsValue> {
    let script = JsFuture::from(import("./film.js")).await?;
    let open: Function = Reflect::get(&script, &"open".into())?.dyn_into()?;
    let done = {
        let act = act.clone();
        Closure::<dyn Fn(String, String)>::new(move |name, table: String| {
            act.emit(Action::Load(name, table.into_bytes().into()));
        })
        .into_js_value()
    };
    let leave = {
        let act = act.clone();
        Closure::<dyn Fn(String)>::new(move |why| act.emit(Action::File(FileAction::LeaveFilm(why)))).into_js_value()
    };
    let given = js_sys::Array::of5(host, &address.into(), &name.into(), &done, &leave);
    Ok((open.apply(&JsValue::NULL, &given)?, [done, leave]))
}

fn end(ending: &JsValue) {
    if let Some(ending) = ending.dyn_ref::<Function>() {
        let _ = ending.call0(&JsValue::NULL);
    }
}
