//! Claims about the pictures of networks through an integrator and at a coarse step, drawn as SVG.

use experiments::ode::OdeExperiment;
use experiments::recurrent::RecurrentExperiment;
use jobs::protocol::ode::{OdeMotion, OdeScene};
use jobs::protocol::recurrent::{CoarseMotion, CoarseScene, FRAMES};
use orrery::drawing::palette::Palette;
use orrery::drawing::pen::Pen;
use orrery::pages::ode::draw as ode;
use orrery::pages::recurrent::draw as coarse;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use plotters::style::RGBColor;

fn svg(draw: impl FnOnce(&Pen<'_, SVGBackend<'_>>)) -> String {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (1000, 1000)).into_drawing_area();
        draw(&Pen::new(&area, Palette::LIGHT, 2.0));
    }
    text
}

fn dots(svg: &str, color: RGBColor) -> usize {
    let color = format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2);
    svg.split("<circle").skip(1).filter(|rest| rest.split('>').next().is_some_and(|tag| tag.contains(&color))).count()
}

#[test]
fn a_system_shows_a_dot_of_each_motion_for_each_body_and_none_for_what_has_run_away() {
    let experiment = OdeExperiment::named("ode-ring").expect("a recipe");
    let scene = OdeScene::of(&experiment);
    let away = OdeMotion { places: scene.truth.places.iter().map(|x| 100.0 * x).collect(), ..scene.truth.clone() };
    let motions = [(ode::GHOST, &scene.ghost), ("hogn", &scene.truth), ("delta", &away)];
    for frame in [0, 30, 10_000] {
        let picture = svg(|pen| ode::scene(pen, &scene, &motions, frame).expect("SVG can be written"));
        let palette = Palette::LIGHT;
        let found = [palette.soft, palette.hnn, palette.baseline].map(|color| dots(&picture, color));
        assert_eq!(found, [5, 5, 0], "frame {frame}");
    }
}

#[test]
fn errors_and_energies_of_motions_that_end_early_are_drawn() {
    let experiment = OdeExperiment::named("ode-springs").expect("a recipe");
    let scene = OdeScene::of(&experiment);
    let width = 2 * scene.system.bodies();
    let short =
        OdeMotion { places: scene.truth.places[..5 * width].to_vec(), energies: scene.truth.energies[..5].to_vec() };
    let empty = OdeMotion::default();
    let motions = [("hogn", &scene.ghost), ("ogn", &short), ("delta", &empty)];
    let lines = |picture: &str| picture.matches("<polyline").count();
    let bare = svg(|pen| ode::distances(pen, &scene, &[]).expect("SVG can be written"));
    let distances = svg(|pen| ode::distances(pen, &scene, &motions).expect("SVG can be written"));
    let energies = svg(|pen| ode::energies(pen, &scene, &motions).expect("SVG can be written"));
    assert_eq!([&distances, &energies].map(|picture| lines(picture) - lines(&bare)), [2, 2]);
}

#[test]
fn a_chain_is_drawn_for_the_truth_and_below_it_for_each_motion() {
    let experiment = RecurrentExperiment::named("srnn-chain").expect("a recipe");
    let scene = CoarseScene::of(&experiment);
    let motions = [(coarse::GHOST, "true H", &scene.ghost), ("multi", "SRNN", &scene.truth)];
    let picture = svg(|pen| coarse::scene(pen, &scene, &motions, 3 * FRAMES + 2).expect("SVG can be written"));
    let palette = Palette::LIGHT;
    assert_eq!([palette.truth, palette.soft, palette.hnn].map(|color| dots(&picture, color)), [6, 6, 6]);
}

#[test]
fn three_bodies_are_drawn_in_their_plane() {
    let experiment = RecurrentExperiment::named("srnn-three-body").expect("a recipe");
    let scene = CoarseScene::of(&experiment);
    let empty = CoarseMotion::default();
    let motions = [("multi", "SRNN", &scene.truth), ("euler", "Euler", &empty)];
    let picture = svg(|pen| coarse::scene(pen, &scene, &motions, 2 * FRAMES).expect("SVG can be written"));
    assert_eq!([Palette::LIGHT.hnn, Palette::LIGHT.baseline].map(|color| dots(&picture, color)), [3, 0]);
    // What moves as the truth does passes through it at every step: as many dots as steps.
    let chart = svg(|pen| coarse::coordinate(pen, &scene, &motions, 0).expect("SVG can be written"));
    assert_eq!(dots(&chart, Palette::LIGHT.hnn), scene.truth.states());
    let distances = svg(|pen| coarse::distances(pen, &scene, &motions).expect("SVG can be written"));
    let energies = svg(|pen| coarse::energies(pen, &scene, &motions).expect("SVG can be written"));
    assert!([distances, energies].iter().all(|picture| picture.contains("<polyline")));
}
