//! What the page shows only of some experiments, or once something has happened. Its code is fetched then.

use crate::components::fetching::{Fetch, Fetching};
use crate::components::wiring::Wirings;
use crate::pages::learning::state::Learning;
use crate::pages::learning::view::latents::Latents;
use crate::pages::learning::view::nearby::Nearby;
use crate::pages::learning::view::orbits::Orbits;
use crate::pages::learning::view::parts::Parts;
use crate::pages::learning::view::section::SectionPicture;
use crate::session::progress::Progress;
use crate::session::view::data_panel::data_panel;
use crate::session::view::film::film_panel;
use crate::session::view::runs::RunsCard;
use crate::session::view::{Given, PageGiven};
use language::tr;
use models::field::model::ModelKind;
use std::rc::Rc;
use yew::prelude::*;

/// A panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// A film in which something is followed.
    Film,
    /// What was understood of a file.
    Data,
    /// The runs of this visit and of earlier ones.
    Runs,
    /// Paths of bodies.
    Orbits,
    /// A Poincaré section.
    Section,
    /// Two nearby starts.
    Nearby,
    /// The latent numbers of films.
    Latents,
    /// The parts of the loss of films.
    Parts,
    /// Neurons and weights.
    Wirings,
}

/// Draws a panel.
pub type DrawPanel = fn(Panel, &Given) -> Html;

/// Draws a panel. What calls this holds the code of them all.
pub fn draw(panel: Panel, given: &Given) -> Html {
    let given = given.clone();
    match panel {
        Panel::Film => film_panel(&given),
        Panel::Data => data_panel(&given),
        Panel::Runs => html! { <RunsCard ..given /> },
        Panel::Orbits => html! { <Orbits ..given /> },
        Panel::Section => html! { <SectionPicture ..given /> },
        Panel::Nearby => html! { <Nearby ..given /> },
        Panel::Latents => html! { <Latents ..given /> },
        Panel::Parts => html! { <Parts ..given /> },
        Panel::Wirings => wirings(&given),
    }
}

/// The neurons and weights of the models.
fn wirings(given: &Given) -> Html {
    let films = given.state.workbench.field.film_recipe().is_some();
    let model = |(kind, model): (&ModelKind, &Progress)| {
        let wiring = model.snapshot.as_ref().map(|snapshot| Rc::new(snapshot.wiring.clone()));
        (kind.label().to_owned(), kind.key(), wiring)
    };
    let models: Vec<_> = given.state.models.iter().map(model).collect();
    let parts = if films { vec![tr!("autoencoder"), tr!("motion")] } else { vec!["H", "D"] };
    html! { <Wirings {models} {parts} /> }
}

/// How panels are drawn, and fetched before.
#[derive(Clone, Properties)]
pub struct Panels {
    /// Draws them, once their code is there.
    pub draw: Option<DrawPanel>,
    /// Fetches their code.
    pub fetch: Fetch,
    /// Called when it is there.
    pub fetched: Callback<()>,
}

/// The code is one and the same: what can change is whether it is there.
impl PartialEq for Panels {
    fn eq(&self, other: &Self) -> bool {
        self.draw.is_some() == other.draw.is_some()
    }
}

impl Panels {
    /// A panel, or what fetches it.
    pub fn panel(&self, panel: Panel, given: &Given) -> Html {
        match self.draw {
            Some(draw) => draw(panel, given),
            None => html! { <Fetching fetch={self.fetch} fetched={self.fetched.clone()} part=true /> },
        }
    }
}

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct FirstGiven {
    /// What any page is given.
    pub given: PageGiven<Learning>,
    /// Its panels.
    pub panels: Panels,
}
