//! Claims about graph networks in their worker and on their page.

use autodiff::engine::Engine;
use experiments::graph_view::MessageKind;
use experiments::placed::Placed;
use experiments::view::Page;
use jobs::grapher::law_world::PairFormula;
use jobs::grapher::run::Run;
use jobs::protocol::graph::{GraphCommand, GraphEvent, GraphRunId, Shown};
use models::graph::recipe::{GraphRecipe, Strategy};
use models::graph::zero_shot::{Quartiles, ZeroShot};
use numerics::seed::Seed;
use orrery::pages::graph::state::{GraphDeed, GraphOrder, GraphPhase};
use orrery::shell::action::{Action, Effect};
use orrery::shell::state::State;
use orrery::workers::order::{Heard, Place};
use physics::particles::dataset::{MotionConfig, MotionDataset, Target};
use physics::particles::world::World;
use pollster::block_on;
use std::cell::Cell;

const SHOWN: Shown = Shown { bodies: 4, start: 0, placed: vec![] };

/// A network that is trained within a moment.
fn small(world: World) -> GraphRecipe {
    let quick = GraphRecipe::quick(world);
    let motions = MotionConfig { simulations: 24, ..quick.motions };
    let widths = models::graph::recipe::GraphWidths { hidden: 8, ..quick.widths };
    GraphRecipe { motions, widths, steps: 30, batch: 8, ..quick }
}

fn begun(recipe: GraphRecipe) -> Run {
    Run::begin(GraphRunId(1), recipe, Seed(3), SHOWN, Engine::Cpu).expect("a run")
}

/// Works until nothing is left to do, by a clock that moves 5 ms each time it is asked.
fn finished(run: &mut Run) -> Vec<GraphEvent> {
    let clock = Cell::new(0.0);
    let mut events = vec![];
    while run.busy() {
        events.extend(block_on(run.work(|| clock.replace(clock.get() + 5.0))).expect("no device to lose"));
    }
    events
}

fn losses(events: &[GraphEvent]) -> Vec<(u64, f64)> {
    let recorded = |event: &GraphEvent| match event {
        GraphEvent::Recorded { step, losses, .. } => Some((*step, losses.test)),
        _ => None,
    };
    events.iter().filter_map(recorded).collect()
}

#[test]
fn a_run_tells_losses_messages_and_motions_and_ends_at_its_last_step() {
    let events = finished(&mut begun(small(World::Spring)));
    assert_eq!(losses(&events).last().map(|(step, _)| *step), Some(30));
    assert!(losses(&events).iter().all(|(_, loss)| loss.is_finite() && *loss > 0.0));
    assert_eq!(events.last(), Some(&GraphEvent::Settled(GraphRunId(1), true)));
    let moved = events.iter().rev().find_map(|event| match event {
        GraphEvent::Moved(_, motion) => Some(motion),
        _ => None,
    });
    let motion = moved.expect("a motion");
    assert_eq!(motion.truth.len() % 8, 0);
    // Springs without drag keep their energy; the network has hardly learned.
    let [truth, learned] = &motion.energies;
    assert!(truth.iter().all(|e| (e - truth[0]).abs() < 1e-4 * truth[0].abs().max(1.0)), "{truth:?}");
    assert!((truth[0] - learned[0]).abs() < 1e-6);
    let last = events.iter().rev().find_map(|event| match event {
        GraphEvent::Messages(_, report) => Some(report),
        _ => None,
    });
    let report = last.expect("messages");
    assert_eq!((report.step, report.spreads.len(), report.scatter.len()), (30, 2, 2));
}

#[test]
fn holding_and_going_on_changes_no_number() {
    let whole = losses(&finished(&mut begun(small(World::Spring))));
    let mut run = begun(small(World::Spring));
    let clock = Cell::new(0.0);
    let mut events = vec![];
    for slice in 0.. {
        if !run.busy() {
            break;
        }
        events.extend(block_on(run.work(|| clock.replace(clock.get() + 5.0))).expect("no device to lose"));
        if slice % 3 == 1 {
            assert!(matches!(run.hold().last(), Some(GraphEvent::Settled(_, false | true))));
            assert!(!run.busy());
            run.go_on();
        }
    }
    assert_eq!(losses(&events), whole);
}

#[test]
fn a_recipe_that_cannot_be_followed_is_refused_in_a_sentence() {
    let mut recipe = small(World::Spring);
    recipe.motions.world.bodies = 1;
    let refused = Run::begin(GraphRunId(1), recipe, Seed(0), SHOWN, Engine::Cpu).err().expect("a refusal");
    assert!(refused.starts_with("This world takes from 2 to 12 bodies"), "{refused}");
}

#[test]
fn the_true_law_as_a_formula_accounts_for_every_acceleration() {
    // Force on the receiver along x: the slope of the potential at r + 0.01, times dx/r.
    let springs = "2 * (r - 0.99) * dx / r";
    // The same of 1/r² gravity per mass of the receiver.
    let gravity = "m2 * dx / (r * (r + 0.01) * (r + 0.01))";
    for (world, law, per_mass) in [(World::Spring, springs, false), (World::InverseSquare, gravity, true)] {
        let motions = MotionDataset::generate(&small(world).motions, Seed(1)).expect("motions").test;
        let formula = PairFormula::fit(law, &motions).expect("a formula");
        assert_eq!(formula.per_mass, per_mass, "{world:?}");
        assert!((formula.factor - 1.0).abs() < 1e-6 && formula.r_squared > 1.0 - 1e-9, "{formula:?}");
        // A law of another shape leaves much of it unexplained, whatever its factor.
        let wrong = PairFormula::fit("dx * r * r", &motions).expect("a formula");
        assert!(wrong.r_squared < 0.9, "{wrong:?}");
        assert!(PairFormula::fit("dx * mass", &motions).is_err());
    }
}

/// What the page asks of its workers.
fn orders(effects: Vec<Effect>) -> Vec<GraphOrder> {
    effects
        .into_iter()
        .filter_map(|effect| if let Effect::Graph(order) = effect { Some(order) } else { None })
        .collect()
}

fn heard(state: &mut State, worker: u32, event: GraphEvent) -> Vec<GraphOrder> {
    orders(state.reduce(Action::Graph(GraphDeed::Heard(Heard::Said(worker, event)))))
}

/// A page on which both networks have begun.
fn training() -> State {
    let mut state = State::open("#v=1&preset=spring&page=graph&graph-steps=50");
    let spawned = orders(state.reduce(Action::Graph(GraphDeed::Train)));
    assert_eq!(spawned, [1, 2].map(|worker| GraphOrder::Spawn(worker, Place::Processor)));
    for worker in [1, 2] {
        let told = heard(&mut state, worker, GraphEvent::Ready);
        let [GraphOrder::Post(to, GraphCommand::Begin { recipe, .. })] = &told[..] else { panic!("{told:?}") };
        assert_eq!((*to, recipe.steps), (worker, 50));
        let expected = if worker == 1 { Strategy::Bottleneck(2) } else { Strategy::STANDARD };
        assert_eq!(recipe.strategy, expected);
        heard(&mut state, worker, GraphEvent::Progress { run: GraphRunId(1), step: 1, steps_per_second: 9.0 });
    }
    assert_eq!(state.graphs.phase, GraphPhase::Training);
    state
}

#[test]
fn two_networks_train_side_by_side_and_finish_together() {
    let mut state = training();
    heard(&mut state, 1, GraphEvent::Settled(GraphRunId(1), true));
    assert_eq!(state.graphs.phase, GraphPhase::Training);
    heard(&mut state, 2, GraphEvent::Settled(GraphRunId(1), true));
    assert_eq!(state.graphs.phase, GraphPhase::Finished);
    // What an earlier run still says is dropped.
    orders(state.reduce(Action::Graph(GraphDeed::Train)));
    heard(&mut state, 3, GraphEvent::Progress { run: GraphRunId(1), step: 44, steps_per_second: 1.0 });
    assert_eq!(state.graphs.step(), 0);
}

#[test]
fn networks_train_on_the_card_where_that_is_asked_for_and_on_the_processor_once_it_fails() {
    let mut state = State::open("#v=1&preset=spring&page=graph&graph-steps=50&device=gpu");
    let spawned = orders(state.reduce(Action::Graph(GraphDeed::Train)));
    assert_eq!(spawned, [1, 2].map(|worker| GraphOrder::Spawn(worker, Place::Card)));
    let told = heard(&mut state, 1, GraphEvent::Unusable("did not start (no adapter)".into()));
    assert_eq!(told, [GraphOrder::Dismiss(1), GraphOrder::Spawn(3, Place::Processor)]);
    let notice = state.graphs.notice.clone().expect("a notice");
    assert!(notice.contains("no adapter") && notice.contains("on the processor"), "{notice}");
    // What would take a slow core a day is left to a card, and not to the core.
    let on = |device: &str| State::open(&format!("#v=1&preset=gn-spring-paper&device={device}"));
    let begins = |mut state: State| !state.reduce(Action::Graph(GraphDeed::Train)).is_empty();
    assert!(begins(on("gpu")) && !begins(on("cpu")) && !begins(on("auto")));
}

#[test]
fn a_dead_worker_is_replaced_and_begins_again_and_too_many_end_the_run() {
    let mut state = training();
    let told = orders(state.reduce(Action::Graph(GraphDeed::Heard(Heard::Died(2, "failed".into())))));
    assert_eq!(told, [GraphOrder::Dismiss(2), GraphOrder::Spawn(3, Place::Processor)]);
    assert!(state.graphs.notice.as_ref().is_some_and(|notice| notice.contains("standard")));
    assert_eq!(state.graphs.networks.len(), 2);
    for worker in 3..=6 {
        state.reduce(Action::Graph(GraphDeed::Heard(Heard::Died(worker, "failed".into()))));
    }
    assert_eq!(state.graphs.phase, GraphPhase::Failed);
    assert!(state.remarks.iter().any(|remark| remark.contains("workers died")), "{:?}", state.remarks);
}

#[test]
fn more_bodies_are_shown_by_the_networks_that_are_there() {
    let mut state = training();
    let told = orders(state.reduce(Action::Set("shown", "7".into())));
    let shown = Shown { bodies: 7, ..SHOWN };
    assert_eq!(told, [1, 2].map(|worker| GraphOrder::Post(worker, GraphCommand::Show(shown.clone()))));
    assert_eq!(state.graphs.phase, GraphPhase::Training);
    // The world takes twelve; more are not asked for.
    let told = orders(state.reduce(Action::Set("shown", "30".into())));
    let shown = Shown { bodies: 12, ..SHOWN };
    assert_eq!(told, [1, 2].map(|worker| GraphOrder::Post(worker, GraphCommand::Show(shown.clone()))));
    // Another world is for the next training.
    assert!(orders(state.reduce(Action::Set("world", "r2".into()))).is_empty());
    assert_eq!(state.experiment.view.graph.world, World::InverseSquare);
    assert_eq!(state.experiment.view.graph.against, Some(MessageKind::Standard));
}

#[test]
fn a_law_travels_in_the_link_and_moves_the_world_once_something_is_learned() {
    let link = "#v=1&preset=spring&page=graph&law=dx+*+%281+-+1%2Fr%29";
    let mut state = State::open(link);
    assert!(state.remarks.is_empty(), "{:?}", state.remarks);
    assert_eq!(state.experiment.view.law.as_deref(), Some("dx * (1 - 1/r)"));
    assert_eq!(format!("#{}", experiments::link::encode(&state.experiment)), link);
    orders(state.reduce(Action::Graph(GraphDeed::Train)));
    let mut told = vec![];
    for worker in [1, 2] {
        told.extend(heard(
            &mut state,
            worker,
            GraphEvent::Progress { run: GraphRunId(1), step: 1, steps_per_second: 9.0 },
        ));
    }
    assert_eq!(told, [GraphOrder::Post(1, GraphCommand::Obey("dx * (1 - 1/r)".into()))]);
    // It is asked for once.
    assert!(
        heard(&mut state, 1, GraphEvent::Progress { run: GraphRunId(1), step: 2, steps_per_second: 9.0 }).is_empty()
    );
    let effects = state.reduce(Action::Graph(GraphDeed::ForgetLaw));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Address(link) if !link.contains("law="))),
        "{effects:?}"
    );
    // What is no law is left aside with a remark.
    let empty = State::open("#v=1&preset=spring&law=%00");
    assert!(empty.experiment.view.law.is_none() && empty.remarks.len() == 1, "{:?}", empty.remarks);
}

#[test]
fn bodies_that_were_placed_are_shown_travel_in_the_link_and_go_with_their_world() {
    let mut state = training();
    let bodies = vec![Placed { mass: 2.0, velocity: [0.5, -1.25, 0.0], ..Placed::resting([1.0 / 3.0, -2.0, 0.0]) }; 5];
    let told = orders(state.reduce(Action::Graph(GraphDeed::Place(bodies.clone()))));
    let placed: Vec<_> = bodies.iter().map(Placed::rounded).collect();
    let shown = Shown { bodies: 5, start: 0, placed: placed.clone() };
    assert_eq!(told, [1, 2].map(|worker| GraphOrder::Post(worker, GraphCommand::Show(shown.clone()))));
    assert_eq!(state.experiment.view.graph.shown, 5);
    // What is asked for is what the next change starts from, though no worker has answered yet.
    assert_eq!(state.bodies(), placed);
    let link = experiments::link::encode(&state.experiment);
    let opened = State::open(&link);
    assert!(opened.remarks.is_empty(), "{:?}", opened.remarks);
    assert_eq!(opened.experiment.view.placed, placed);
    // More than the world takes are not placed.
    state.reduce(Action::Graph(GraphDeed::Place(vec![Placed::resting([0.0; 3]); 40])));
    assert_eq!(state.experiment.view.placed.len(), 12);
    state.reduce(Action::Set("graph-start", "3".into()));
    assert!(state.experiment.view.placed.is_empty());
    for bad in ["", "1,2,3", "0,1,0,0,0,0,0,0", "1,1,0,0,0,0,0,NaN", "1,1,0,0,0,0,0,1e9", "a;b"] {
        let opened = State::open(&format!("#v=1&preset=spring&page=graph&placed={bad}"));
        assert!(opened.experiment.view.placed.is_empty() && opened.remarks.len() == 1, "{bad}: {:?}", opened.remarks);
    }
}

#[test]
fn a_world_moves_from_where_its_bodies_were_placed() {
    let mut run = begun(small(World::InverseSquare));
    finished(&mut run);
    let placed = vec![
        Placed { mass: 3.0, velocity: [0.0, 0.25, 0.0], ..Placed::resting([1.0, 2.0, 0.0]) },
        Placed { charge: -1.0, ..Placed::resting([-1.0, 0.5, 0.0]) },
    ];
    let events = run.show(Shown { bodies: 3, start: 4, placed: placed.clone() });
    let [GraphEvent::Moved(_, motion)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(motion.bodies_at(0)[..2], placed);
    assert_eq!(motion.edges.len(), 6);
    // What the edges say is Newton's third law, and 1/r² with the reference's softening.
    let force = |from: u16, to: u16| {
        let edge = motion.edges.iter().find(|edge| (edge.sender, edge.receiver) == (from, to)).expect("an edge");
        assert_eq!(edge.message.len(), 2);
        edge.force.clone()
    };
    let (there, back) = (force(0, 1), force(1, 0));
    assert!(there.iter().zip(&back).all(|(a, b)| (a + b).abs() < 1e-6), "{there:?} {back:?}");
    let r = 2f32.hypot(1.5);
    let size = 3.0 / ((r + 0.01) * (r + 0.01));
    assert!((there[0].hypot(there[1]) - size).abs() < 1e-3 * size, "{there:?} {size}");
}

#[test]
fn gravity_and_what_is_predicted_are_settings_and_both_reach_the_networks() {
    let state = State::open("#v=1&preset=gn-spring&gravity=0.5&predicts=velocity-change");
    assert!(state.remarks.is_empty(), "{:?}", state.remarks);
    let recipe = state.experiment.view.graph.recipe();
    assert_eq!((recipe.motions.world.gravity, recipe.motions.target), (0.5, Target::VelocityChange));
    let mut small = small(World::Spring);
    (small.motions.world.gravity, small.motions.target) = (0.5, Target::VelocityChange);
    let mut run = begun(small);
    let events = finished(&mut run);
    let moved = events.iter().rev().find_map(|event| match event {
        GraphEvent::Moved(_, motion) => Some(motion),
        _ => None,
    });
    assert_eq!(moved.expect("a motion").globals, [0.5, 0.0]);
    // A string falls by itself.
    assert_eq!(State::open("#v=1&preset=gn-string").experiment.view.graph.recipe().motions.world.gravity, 1.0);
}

#[test]
fn a_network_too_large_for_a_tab_is_refused_with_what_it_would_take() {
    let mut state = State::open("#v=1&preset=gn-r2-paper");
    assert!(state.remarks.is_empty(), "{:?}", state.remarks);
    assert!(state.experiment.view.graph.paper && state.experiment.view.graph.steps == 1_000_000);
    assert!(orders(state.reduce(Action::Graph(GraphDeed::Train))).is_empty());
    assert!(state.remarks[0].contains("minutes on a slow core, and the limit is 60"), "{:?}", state.remarks);
    assert!(state.remarks[0].contains("lab run gn-r2-paper"), "{:?}", state.remarks);
    state.reduce(Action::Set("graph-steps", "2000".into()));
    assert_eq!(orders(state.reduce(Action::Graph(GraphDeed::Train))).len(), 2);
}

#[test]
fn several_seeds_are_trained_one_after_another_and_their_errors_become_medians_with_a_range() {
    let mut state = State::open("#v=1&preset=spring&page=graph&graph-steps=50&graph-seed=8");
    let mut told = orders(state.reduce(Action::Graph(GraphDeed::Series)));
    for (run, median) in [(1, 0.3), (2, 0.1), (3, 0.2)] {
        let spawned: Vec<u32> = told
            .iter()
            .filter_map(|order| if let GraphOrder::Spawn(worker, _) = order { Some(*worker) } else { None })
            .collect();
        assert_eq!(spawned.len(), 2, "{told:?}");
        assert_eq!(state.experiment.view.graph.seed, 7 + run);
        let run = GraphRunId(run);
        for worker in &spawned {
            let begun = heard(&mut state, *worker, GraphEvent::Ready);
            let [GraphOrder::Post(_, GraphCommand::Begin { seed, .. })] = &begun[..] else { panic!("{begun:?}") };
            assert_eq!(seed.0, 7 + run.0);
        }
        // What is asked for on the way is shown, but no figure of the series.
        let errors = |median: f64| {
            let relative = Quartiles { q25: 0.0, median, q75: 1.0 };
            [vec![ZeroShot { bodies: 6, error: relative, relative }], vec![]]
        };
        heard(&mut state, spawned[0], GraphEvent::Asked(run, errors(9.0)));
        assert!(heard(&mut state, spawned[0], GraphEvent::Settled(run, true)).is_empty());
        let asks = heard(&mut state, spawned[1], GraphEvent::Settled(run, true));
        assert!(matches!(
            asks[..],
            [GraphOrder::Post(_, GraphCommand::Ask(_)), GraphOrder::Post(_, GraphCommand::Ask(_))]
        ));
        assert!(heard(&mut state, spawned[0], GraphEvent::Asked(run, errors(median))).is_empty());
        let done = GraphDeed::Heard(Heard::Said(spawned[1], GraphEvent::Asked(run, errors(median))));
        let effects = state.reduce(Action::Graph(done));
        let next = format!("graph-seed={}", 8 + run.0);
        let linked = effects.iter().any(|effect| matches!(effect, Effect::Address(link) if link.contains(&next)));
        assert_eq!(linked, run.0 < 3, "the link names the seed at work");
        told = orders(effects);
    }
    assert!(told.is_empty(), "three are enough: {told:?}");
    assert_eq!(state.graphs.phase, GraphPhase::Finished);
    let (seeds, [found, _]) = state.graphs.more(0);
    assert_eq!((seeds, found[0].relative), (3, Quartiles { q25: 0.1, median: 0.2, q75: 0.3 }));
    // Another recipe begins a series of its own.
    state.reduce(Action::Set("graph-steps", "60".into()));
    state.reduce(Action::Graph(GraphDeed::Train));
    assert_eq!(state.graphs.more(0).0, 0);
}

#[test]
fn a_law_that_moves_nothing_is_named_and_leaves_the_link() {
    let mut state = training();
    state.experiment.view.law = Some("foo".into());
    let why = GraphEvent::Obeyed(GraphRunId(1), Err("“foo” is neither a column nor a function.".into()));
    let effects = state.reduce(Action::Graph(GraphDeed::Heard(Heard::Said(1, why))));
    assert!(matches!(&effects[..], [Effect::Address(link)] if !link.contains("law=")), "{effects:?}");
    assert!(state.remarks[0].starts_with("The law “foo” was left aside: "), "{:?}", state.remarks);
}

#[test]
fn networks_of_a_stopped_run_can_still_be_asked_and_bodies_of_another_world_are_not_theirs() {
    let mut state = training();
    let told = orders(state.reduce(Action::Graph(GraphDeed::Stop)));
    assert_eq!(told, [1, 2].map(|worker| GraphOrder::Post(worker, GraphCommand::Hold)));
    assert_eq!(state.graphs.phase, GraphPhase::Stopped);
    assert!(state.graphs.answers(&state.experiment.view.graph) && state.graphs.moves(&state.experiment.view.graph));
    assert_eq!(orders(state.reduce(Action::Graph(GraphDeed::Ask))).len(), 2);
    state.reduce(Action::Set("world", "r1".into()));
    assert!(!state.graphs.moves(&state.experiment.view.graph));
    // Six bodies in a link are six bodies, and what it shows is never less.
    let six = ["1,1,0,0,0,0,0,0"; 6].join(";");
    let opened = State::open(&format!("#v=1&preset=gn-spring&placed={six}"));
    assert_eq!((opened.experiment.view.graph.shown, opened.remarks.len()), (6, 0));
    state = State::open("#v=1&preset=gn-foo");
    assert!(state.experiment.view.page == Page::Graph && state.remarks.len() == 1, "{:?}", state.remarks);
}
