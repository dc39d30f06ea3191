//! A picture in a chart or a card, drawn again only when what it shows has changed.

use crate::components::canvas::{Drawing, Picture};
use crate::drawing::pen::{Drawn, Pen};
use plotters_canvas::CanvasBackend;
use yew::prelude::*;

/// A drawing that stays the same while what it shows, `shows`, stays the same.
#[hook]
pub fn use_drawing<D, F>(shows: D, draw: F) -> Drawing
where
    D: PartialEq + 'static,
    F: Fn(&Pen<'_, CanvasBackend>) -> Drawn<CanvasBackend> + 'static,
{
    let drawing = use_memo(shows, move |_| {
        Drawing::new(move |pen| {
            let _ = draw(pen);
        })
    });
    (*drawing).clone()
}

/// What a plot is given.
#[derive(PartialEq, Properties)]
pub struct PlotGiven {
    /// What it shows.
    pub drawing: Drawing,
    /// Its classes, for its size.
    #[prop_or(classes!("plot"))]
    pub class: Classes,
    /// Its test id.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The number that it shows, for whoever reads it there.
    #[prop_or_default]
    pub value: Option<AttrValue>,
    /// What it shows, in words, where no caption says so.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// A pointer moves over it.
    #[prop_or_default]
    pub onmousemove: Option<Callback<MouseEvent>>,
    /// A pointer leaves it.
    #[prop_or_default]
    pub onmouseleave: Option<Callback<MouseEvent>>,
    /// It is clicked.
    #[prop_or_default]
    pub onclick: Option<Callback<MouseEvent>>,
}

/// The picture in its frame.
#[component]
pub fn Plot(given: &PlotGiven) -> Html {
    let PlotGiven { drawing, class, id, value, label, onmousemove, onmouseleave, onclick } = given;
    html! {
        <div class={class.clone()} data-read={onmousemove.as_ref().map(|_| "")} data-testid={id.clone()} data-value={value.clone()} role={label.as_ref().map(|_| "img")} aria-label={label.clone()}
            onmousemove={onmousemove.clone()} onmouseleave={onmouseleave.clone()} onclick={onclick.clone()}>
            <Picture class="fill" drawing={drawing.clone()} />
        </div>
    }
}
