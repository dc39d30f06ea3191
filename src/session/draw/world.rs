//! The moving system itself, as truth and each model have it, drawn from the system's own picture.

use crate::drawing::notes::number;
use crate::drawing::pen::{Drawn, Pen, Place};
use language::tr;
use models::field::model::ModelKind;
use physics::phase_space::PhasePoint;
use physics::picture::{Part, Picture};
use physics::system::System;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// Turns of a drawn spring.
const TURNS: usize = 9;
/// The room a label takes.
const LABEL: f64 = 18.0;
/// The room around a picture: a mass may touch its edge.
const MARGIN: f64 = 12.0;

/// One panel: whose, in which state, and another state drawn faintly behind it.
#[derive(Clone, Debug)]
pub struct Panel {
    /// `None` names the truth.
    pub kind: Option<ModelKind>,
    /// The state.
    pub state: PhasePoint,
    /// The other state.
    pub ghost: Option<PhasePoint>,
}

/// Draws states side by side. `reach` is the largest displacement to make room for.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, system: &System, panels: &[Panel], reach: f64) -> Drawn<DB> {
    let (width, height) = pen.size();
    let room = width / panels.len().max(1) as f64;
    for (i, Panel { kind, state, ghost }) in panels.iter().enumerate() {
        let middle = (i as f64 + 0.5) * room;
        if let Some(ghost) = ghost {
            let picture = system.mechanics().picture(ghost, reach);
            Stage::of(&picture, middle, (room, height)).draw(pen, &picture, pen.palette.soft, 0.5)?;
        }
        let picture = system.mechanics().picture(state, reach);
        let stage = Stage::of(&picture, middle, (room, height));
        stage.draw(pen, &picture, pen.palette.of(*kind), 1.0)?;
        for part in &picture.parts {
            if let Part::Bob(at) | Part::Block(at) = part {
                pen.says(stage.place(*at), pen.palette.of(*kind), || coordinates(state));
            }
        }
        let name = kind.map_or(tr!("truth"), ModelKind::label);
        pen.words(name, (middle, height - 2.0), (HPos::Center, VPos::Bottom), pen.palette.soft)?;
    }
    Ok(())
}

/// A state in numbers.
fn coordinates(state: &PhasePoint) -> String {
    let numbers = |of: &[f64]| of.iter().map(|x| number(*x)).collect::<Vec<_>>().join(" ");
    format!("q {}, p {}", numbers(&state.q), numbers(&state.p))
}

/// From world coordinates to a panel.
struct Stage {
    scale: f64,
    /// Where the middle of what is in sight is, in the world…
    center: Place,
    /// … and in the panel.
    middle: Place,
}

impl Stage {
    fn of(picture: &Picture, middle: f64, (room, height): (f64, f64)) -> Self {
        let (across, up) = (picture.across, picture.up);
        let fit = |room: f64, (from, to): (f64, f64)| (room - 2.0 * MARGIN).max(4.0) / (to - from).max(1e-6);
        let scale = fit(room, across).min(fit(height - LABEL, up));
        let center = ((across.0 + across.1) / 2.0, (up.0 + up.1) / 2.0);
        Self { scale, center, middle: (middle, (height - LABEL) / 2.0) }
    }

    fn place(&self, (x, y): Place) -> Place {
        (self.middle.0 + self.scale * (x - self.center.0), self.middle.1 - self.scale * (y - self.center.1))
    }

    /// Draws the parts, masses in a colour; what is out of sight is left out.
    fn draw<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        picture: &Picture,
        color: RGBColor,
        opacity: f64,
    ) -> Drawn<DB> {
        let soft = pen.palette.soft;
        let within = |x: f64, (from, to): (f64, f64)| x >= from - 1e-9 && x <= to + 1e-9;
        let visible = |(x, y): Place| within(x, picture.across) && within(y, picture.up);
        for part in &picture.parts {
            match part {
                Part::Rod(from, to) => pen.path([self.place(*from), self.place(*to)], soft, opacity, 2.5)?,
                Part::Spring(from, to) => pen.path(coil(self.place(*from), self.place(*to)), soft, opacity, 1.5)?,
                Part::Support(from, to) => pen.path([self.place(*from), self.place(*to)], soft, opacity, 3.0)?,
                Part::Line(places) => {
                    pen.path(places.iter().map(|at| self.place(*at)), pen.palette.line, opacity, 1.5)?;
                }
                Part::Pivot(at) => pen.dot(self.place(*at), 3.0, soft, opacity)?,
                Part::Bob(at) if visible(*at) => pen.dot(self.place(*at), 7.0, color, opacity)?,
                Part::Bob(_) => {}
                Part::Block(at) => {
                    let (x, y) = self.place(*at);
                    pen.block((x - 11.0, y - 9.0), (x + 11.0, y + 9.0), color)?;
                }
            }
        }
        Ok(())
    }
}

/// A zigzag between two places.
fn coil(from: Place, to: Place) -> Vec<Place> {
    let ends = 2 * TURNS + 1;
    let length = (to.0 - from.0).hypot(to.1 - from.1).max(1e-6);
    let aside = ((to.1 - from.1) / length, (from.0 - to.0) / length);
    let turn = |i: usize| {
        let part = i as f64 / ends as f64;
        let far = if i == 0 || i == ends { 0.0 } else { 7.0 * if i.is_multiple_of(2) { 1.0 } else { -1.0 } };
        (from.0 + part * (to.0 - from.0) + far * aside.0, from.1 + part * (to.1 - from.1) + far * aside.1)
    };
    (0..=ends).map(turn).collect()
}
