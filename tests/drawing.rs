//! Claims about the pictures, drawn as SVG.

use experiments::{FieldExperiment, preset::Preset, task::Task};
use jobs::protocol::motion_snapshot::{MotionSnapshot, NEARBY, window};
use jobs::protocol::search::{FrontText, LawText, Sample};
use models::field::model::ModelKind;
use models::losses::Losses;
use numerics::seed::Purpose;
use orrery::drawing::frame::Frame;
use orrery::drawing::loss;
use orrery::drawing::palette::Palette;
use orrery::drawing::pen::Pen;
use orrery::pages::formula::draw;
use orrery::pages::formula::fit;
use orrery::pages::learning::draw::conserved;
use orrery::pages::learning::draw::nearby;
use orrery::pages::learning::draw::orbits;
use orrery::pages::learning::draw::portrait;
use orrery::pages::learning::draw::section;
use orrery::pages::learning::layers::Layers;
use orrery::pages::learning::quantity::Quantity;
use orrery::session::draw::world::{self, Panel};
use orrery::session::scene::Scene;
use physics::mechanical_system::Portrait;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use plotters::style::RGBColor;
use symbolic::pareto::Finding;

fn svg(draw: impl FnOnce(&Pen<'_, SVGBackend<'_>>)) -> String {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (1000, 1000)).into_drawing_area();
        draw(&Pen::new(&area, Palette::LIGHT, 2.0));
    }
    text
}

fn hex(color: RGBColor) -> String {
    format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2)
}

fn has(svg: &str, color: RGBColor) -> bool {
    svg.to_lowercase().contains(&hex(color))
}

fn snapshot(experiment: &FieldExperiment, kind: ModelKind) -> MotionSnapshot {
    let mut rng = experiment.seed.stream(Purpose::Weights);
    let parameters = experiment.field_network(kind).initial(&mut rng);
    MotionSnapshot::of(experiment, &Task::of(experiment), kind, 0, &parameters, false)
}

#[test]
fn the_portrait_shows_every_motion_in_its_colour_and_data_only_when_asked() {
    let experiment = Preset::Pendulum.experiment();
    let scene = Scene::of(&experiment.clone().into());
    let snapshots = ModelKind::ALL.map(|kind| snapshot(&experiment, kind));
    let draw = |data| {
        svg(|pen| {
            let layers = Layers { data, field: true, learned_energy: true, true_energy: true };
            portrait::draw(pen, &experiment, &scene, &snapshots.each_ref(), layers).expect("SVG can be written");
        })
    };
    let (with, without) = (draw(true), draw(false));
    for color in [Palette::LIGHT.truth, Palette::LIGHT.baseline, Palette::LIGHT.hnn, Palette::LIGHT.dissipative] {
        assert!(has(&with, color), "{}", hex(color));
    }
    let dots = |svg: &str| svg.matches("<circle").count();
    assert_eq!(dots(&with) - dots(&without), scene.task.dataset.train.len());
}

#[test]
fn the_true_energy_is_a_level_line_and_a_runaway_is_cut_off_at_the_frame() {
    let experiment = Preset::Spring.experiment();
    let scene = Scene::of(&experiment.clone().into());
    let mut runaway = scene.truth.motion.clone();
    runaway.states.iter_mut().enumerate().for_each(|(i, state)| state.q[0] *= 1.0 + i as f64);
    let curve = |kind, motion| Quantity::Energy.curve(&experiment.system, kind, motion, &scene.truth.motion);
    let curves = [curve(None, &scene.truth.motion), curve(Some(ModelKind::Baseline), &runaway)];
    let frame = conserved::frame((500.0, 500.0), 20.0, Quantity::Energy, &curves);
    let start = experiment.system.energy(&experiment.start());
    assert!(frame.y.1 <= 3.3 * start);
    let picture = svg(|pen| conserved::draw(pen, 20.0, Quantity::Energy, &curves).expect("SVG can be written"));
    assert!(has(&picture, Palette::LIGHT.truth) && has(&picture, Palette::LIGHT.baseline));
}

#[test]
fn losses_of_no_number_leave_a_gap_and_not_a_crash() {
    let history: Vec<(u64, Losses)> = [1.0, 0.1, f64::NAN, 0.0, f64::INFINITY, 0.01, 0.005]
        .into_iter()
        .enumerate()
        .map(|(step, test)| (step as u64, Losses { train: test, test }))
        .collect();
    let picture = svg(|pen| loss::draw(pen, 6, &[(ModelKind::Hnn, &history)]).expect("SVG can be written"));
    assert!(has(&picture, Palette::LIGHT.hnn) && !picture.contains("NaN"));
    let empty = svg(|pen| loss::draw(pen, 0, &[]).expect("SVG can be written"));
    assert!(!empty.contains("NaN"));
}

#[test]
fn the_front_has_a_dot_for_each_law_and_a_place_leads_to_the_nearest() {
    let law = |(complexity, error): (usize, f64)| LawText { complexity, error, ..LawText::default() };
    // The last is exact: its logarithm is infinite.
    let laws: Vec<LawText> = [(1, 1.0), (3, 0.4), (9, 1e-6), (11, 0.0)].map(law).to_vec();
    let front = FrontText { laws, suggestion: 2, finding: Finding::Exact, remarks: vec![], sample: Sample::default() };
    let picture = svg(|pen| draw::draw(pen, Some(&front), Some(9)).expect("SVG can be written"));
    assert!(has(&picture, Palette::LIGHT.hnn) && !picture.contains("NaN") && !picture.contains("inf"));
    // The chosen one has a ring on a filled circle around it.
    assert_eq!(picture.matches("<circle").count(), 4 + 2);
    let frame = draw::frame((500.0, 500.0), Some(&front));
    for (place, law) in front.laws.iter().enumerate() {
        let (across, down) = frame.place(law.complexity as f64, law.error.max(1e-16).log10());
        assert!(frame.value(across, down).is_some(), "a dot lies outside");
        assert_eq!(draw::nearest((500.0, 500.0), &front, across + 3.0, down - 3.0), Some(place));
    }
    let empty = svg(|pen| draw::draw(pen, None, None).expect("SVG can be written"));
    assert!(!empty.contains("NaN") && !empty.contains("<circle"));
}

#[test]
fn a_law_is_drawn_as_a_tree_of_its_tokens() {
    let names: Vec<String> = ["x1", "x2"].map(Into::into).into();
    let expr = symbolic::parse::parse("x1 * x2 + 2.5", &names).expect("a formula");
    let nodes = symbolic::tree::tree(&expr, &names);
    let picture = svg(|pen| draw::tree(pen, &nodes).expect("SVG can be written"));
    for text in ["x1", "x2", "2.5", "×", "+"] {
        assert!(picture.contains(&format!("\n{text}\n")), "{text} is missing in {picture}");
    }
    assert_eq!(picture.matches("<polyline").count(), 4);
    assert!(!svg(|pen| draw::tree(pen, &[]).expect("SVG can be written")).contains("NaN"));
}

#[test]
fn the_world_shows_a_body_for_each_state() {
    for preset in Preset::ALL {
        let experiment = preset.experiment();
        let panel = |kind| Panel { kind, state: experiment.start(), ghost: None };
        let panels = [None, Some(ModelKind::Baseline), Some(ModelKind::Hnn)].map(panel);
        let reach = window(&experiment);
        let picture = svg(|pen| world::draw(pen, &experiment.system, &panels, reach).expect("SVG can be written"));
        for color in [Palette::LIGHT.truth, Palette::LIGHT.baseline, Palette::LIGHT.hnn] {
            assert!(has(&picture, color), "{}", preset.key());
        }
    }
}

#[test]
fn a_section_shows_the_crossings_of_truth_and_models_in_their_colours() {
    let experiment = Preset::HenonHeiles.experiment();
    let scene = Scene::of(&experiment.clone().into());
    let snapshots = [ModelKind::Baseline, ModelKind::Hnn].map(|kind| snapshot(&experiment, kind));
    let Portrait::Section(shown) = experiment.system.mechanics().portrait() else { panic!("no section") };
    assert!(scene.truth.section.len() > 400, "{}", scene.truth.section.len());
    // An untrained network need not cross at all; here the truth stands in for it.
    let crossings = [
        (None, scene.truth.section.as_slice()),
        (Some(snapshots[0].kind), &scene.truth.section[..50]),
        (Some(snapshots[1].kind), &scene.truth.section[50..90]),
    ];
    let picture = svg(|pen| section::draw(pen, &shown, &crossings).expect("SVG can be written"));
    for color in [Palette::LIGHT.truth, Palette::LIGHT.baseline, Palette::LIGHT.hnn] {
        assert!(has(&picture, color), "{}", hex(color));
    }
    // The frame is made for the truth: every crossing is in it.
    assert_eq!(picture.matches("<circle").count(), scene.truth.section.len() + 50 + 40);
    let empty = svg(|pen| section::draw(pen, &shown, &[(None, &[])]).expect("SVG can be written"));
    assert!(!empty.contains("NaN") && !empty.contains("<circle"));
}

#[test]
fn two_nearby_starts_begin_as_far_apart_as_they_should_and_come_apart() {
    let experiment = Preset::DoublePendulum.experiment();
    let scene = Scene::of(&experiment.clone().into());
    let nearby = scene.truth.nearby.as_ref().expect("no plane, so a nearby start");
    let distances = nearby::distances(&scene.truth.motion, nearby);
    assert_eq!(distances.len(), scene.truth.motion.states.len());
    assert!((distances[0].1 - NEARBY.log10()).abs() < 1e-9);
    assert!(distances.last().expect("states").1 > NEARBY.log10() + 1.0, "{:?}", distances.last());
    let horizon = experiment.view.horizon;
    let others = [(None, nearby), (Some(ModelKind::Hnn), nearby)];
    let picture = svg(|pen| nearby::draw(pen, horizon, &scene.truth.motion, &others).expect("SVG can be written"));
    assert!(has(&picture, Palette::LIGHT.truth) && has(&picture, Palette::LIGHT.hnn) && !picture.contains("NaN"));
    assert!(Scene::of(&Preset::Pendulum.into()).truth.nearby.is_none());
}

#[test]
fn the_orbits_show_every_body_of_every_motion() {
    let experiment = Preset::ThreeBody.experiment();
    let scene = Scene::of(&experiment.clone().into());
    let snapshots = [ModelKind::Baseline, ModelKind::Hnn].map(|kind| snapshot(&experiment, kind));
    let motions = [
        (None, &scene.truth.motion),
        (Some(snapshots[0].kind), &snapshots[0].motion),
        (Some(snapshots[1].kind), &snapshots[1].motion),
    ];
    let picture = svg(|pen| orbits::draw(pen, &experiment, &motions).expect("SVG can be written"));
    for color in [Palette::LIGHT.truth, Palette::LIGHT.baseline, Palette::LIGHT.hnn] {
        assert!(has(&picture, color), "{}", hex(color));
    }
    // Each start is a ring on a filled circle.
    assert_eq!(picture.matches("<circle").count(), 3 * 2);
    let markers = svg(|pen| orbits::markers(pen, &experiment, &motions, 0.0).expect("SVG can be written"));
    assert_eq!(markers.matches("<circle").count(), 9);
}

#[test]
fn a_quantity_that_starts_at_zero_still_has_a_scale() {
    let experiment = Preset::TwoBody.experiment();
    let scene = Scene::of(&experiment.clone().into());
    for quantity in Quantity::ALL {
        let truth = &scene.truth.motion;
        let curves = [quantity.curve(&experiment.system, None, truth, truth)];
        let frame = conserved::frame((500.0, 500.0), 25.0, quantity, &curves);
        let start = quantity.value(&experiment.system, &experiment.start());
        assert!(frame.y.0 <= start && start < frame.y.1 && frame.y.1 - frame.y.0 > 0.02, "{quantity:?}");
    }
}

#[test]
fn a_place_leads_back_to_its_value() {
    let frame = Frame::square(640.0, 480.0, 2.5);
    for (x, y) in [(0.0, 0.0), (-2.5, 2.5), (1.25, -0.3)] {
        let (across, down) = frame.place(x, y);
        let (back_x, back_y) = frame.value(across, down).expect("inside");
        assert!((back_x - x).abs() < 1e-12 && (back_y - y).abs() < 1e-12);
    }
    assert_eq!(frame.value(3.0, 240.0), None);
}

#[test]
fn ticks_are_round_and_within_their_range() {
    assert_eq!(Frame::ticks((0.0, 20.0), 4), [0.0, 5.0, 10.0, 15.0, 20.0]);
    assert_eq!(Frame::ticks((-1.1, 1.1), 5), [-1.0, -0.5, 0.0, 0.5, 1.0]);
    assert_eq!(Frame::ticks((1.0, 1.0), 5), [] as [f64; 0]);
}

#[test]
fn the_style_sheet_has_the_colours_of_the_pictures() {
    let css = include_str!("../www/style.css");
    let (light, dark) = css.split_once("prefers-color-scheme: dark").expect("both schemes");
    for (part, palette) in [(light, Palette::LIGHT), (dark, Palette::DARK)] {
        for (name, color) in [
            ("card", palette.card),
            ("ink", palette.ink),
            ("soft", palette.soft),
            ("line", palette.line),
            ("truth", palette.truth),
            ("baseline", palette.baseline),
            ("hnn", palette.hnn),
            ("dissipative", palette.dissipative),
        ] {
            let first = part.split(&format!("--{name}: ")).nth(1).unwrap_or_default();
            assert!(first.starts_with(&hex(color)), "--{name} is {} in the pictures", hex(color));
        }
    }
}

#[test]
fn a_law_is_drawn_through_its_rows_or_against_what_was_measured() {
    let sample = Sample {
        names: vec!["x".into(), "w".into()],
        columns: vec![vec![1.0, 2.0, 3.0], vec![5.0, 1.0, 2.0]],
        target_name: "y".into(),
        target: vec![2.0, 4.1, 5.8],
    };
    let line = (0..30).map(|i| (1.0 + f64::from(i) / 14.5, 2.0 + f64::from(i) / 7.25)).collect();
    let along = LawText { values: vec![2.0, 4.0, 6.0], curve: Some((0, line)), ..LawText::default() };
    let against = LawText { curve: None, ..along.clone() };
    let missed = fit::residuals(&along, &sample);
    assert!(missed.iter().zip([0.0, 0.1, -0.2]).all(|(found, known)| (found - known).abs() < 1e-12), "{missed:?}");
    assert_eq!(fit::across(&along, &sample), ("x".into(), vec![1.0, 2.0, 3.0]));
    assert_eq!(fit::across(&against, &sample), ("y by the law".into(), vec![2.0, 4.0, 6.0]));
    // Without a value on a row, and of no rows at all.
    let broken = LawText { values: vec![f64::NAN, 4.0, f64::INFINITY], curve: Some((0, vec![])), ..LawText::default() };
    for (law, sample, dots) in [
        (&along, &sample, [3, 3]),
        (&against, &sample, [3, 3]),
        (&broken, &sample, [3, 1]),
        (&LawText::default(), &Sample::default(), [0, 0]),
    ] {
        let pictures = [
            svg(|pen| fit::draw(pen, law, sample).expect("SVG can be written")),
            svg(|pen| fit::draw_residuals(pen, law, sample).expect("SVG can be written")),
        ];
        assert_eq!(pictures.each_ref().map(|picture| picture.matches("<circle").count()), dots);
        assert!(pictures.iter().all(|picture| !picture.contains("NaN") && !picture.contains("inf")));
    }
}
