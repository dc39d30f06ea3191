//! A figure of merit of all groups as a drawing.

use super::groups::Results;
use models::field::model::ModelKind;
use orrery::drawing::palette::Palette;
use orrery::drawing::pen::Pen;
use orrery::drawing::spread::{Axis, Series, draw};
use plotters::prelude::{IntoDrawingArea as _, SVGBackend};
use plotters::style::RGBColor;

/// Size in CSS pixels.
pub const SIZE: (u32, u32) = (640, 260);
/// Pixels of an SVG to a CSS pixel: plotters has whole pixels only.
const SCALE: u32 = 2;

/// The colour of a model, the same in all pictures of a page.
pub fn color(results: &Results, model: &str) -> RGBColor {
    let kinds = [ModelKind::Baseline, ModelKind::Hnn, ModelKind::Dissipative];
    if let Some(kind) = kinds.into_iter().find(|kind| kind.key() == model) {
        return Palette::LIGHT.model(kind);
    }
    let mut models: Vec<&String> = results.figures.iter().flat_map(|(_, models)| models).collect();
    models.sort();
    models.dedup();
    let number = models.iter().position(|own| *own == model).unwrap_or_default();
    if model.is_empty() { Palette::LIGHT.truth } else { Palette::run(number as u32) }
}

/// What lies across: the one setting that is varied, where it is a number, or the numbers of the groups.
pub fn across(results: &Results) -> (Axis, Vec<f64>) {
    let numbers: Option<Vec<f64>> = match results.varied.as_slice() {
        [one] if one != "preset" => results.groups.iter().map(|group| group.values[0].parse().ok()).collect(),
        _ => None,
    };
    match numbers {
        Some(numbers) if numbers.len() > 1 => (Axis::of(numbers.iter().copied()), numbers),
        _ => (Axis::Numbered, (1..=results.groups.len()).map(|number| number as f64).collect()),
    }
}

/// The picture of a figure as SVG; `None` where it cannot be drawn.
pub fn picture(results: &Results, figure: &str, models: &[String]) -> Option<String> {
    let (axis, places) = across(results);
    let series: Vec<Series> = models
        .iter()
        .map(|model| {
            let groups = results.groups.iter().zip(&places);
            let groups = groups.map(|(group, place)| (*place, group.figure(model, figure).to_vec())).collect();
            Series { color: color(results, model), groups }
        })
        .collect();
    let up = Axis::of(series.iter().flat_map(|series| &series.groups).flat_map(|(_, values)| values.iter().copied()));
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (SIZE.0 * SCALE, SIZE.1 * SCALE)).into_drawing_area();
        let pen = Pen::new(&area, Palette::LIGHT, f64::from(SCALE));
        draw(&pen, axis, up, &series).ok()?;
        area.present().ok()?;
    }
    let from = svg.find("<svg")?;
    Some(svg[from..].to_owned())
}
