//! Claims about graph networks on their page.

use experiments::graph::MessageKind;
use experiments::page::Page;
use experiments::placed::Placed;
use experiments::schedule::DeviceChoice;
use jobs::job::EngineKind;
use jobs::job::message::{Pace, Report};
use jobs::pool::{Choice, News, To, Why, Wish};
use jobs::protocol::graph::{GraphProgress, GraphQuestion, GraphRecord, GraphSnapshot, GraphSpec, Shown, TrainGraphs};
use models::graph::recipe::MessageRegulariser;
use models::graph::zero_shot::{Quartiles, ZeroShot};
use models::losses::Losses;
use orrery::pages::PageAction;
use orrery::pages::graph::state::{GraphAction, GraphPhase, GraphWish};
use orrery::session::action::{Action, Effect, Notice};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::shell::state::State;
use physics::particles::dataset::Target;
use physics::particles::world::World;

const SHOWN: Shown = Shown { bodies: 4, start: 0, placed: vec![] };

/// What the page wants of its workers.
fn wishes(effects: Vec<Effect>) -> Vec<GraphWish> {
    effects
        .into_iter()
        .filter_map(|effect| if let Effect::Pool(PoolWish::Graphs(wish)) = effect { Some(wish) } else { None })
        .collect()
}

fn hear(state: &mut State, news: News<TrainGraphs>) -> Vec<GraphWish> {
    wishes(state.reduce(Notice::Pool(PoolNews::Graphs(news))))
}

fn begun(state: &mut State, action: GraphAction) -> GraphSpec {
    let wishes = wishes(state.reduce(PageAction::Graph(action)));
    let [Wish::Start(spec, Pace::Run)] = &wishes[..] else { panic!("{wishes:?}") };
    GraphSpec::clone(spec)
}

fn progress(network: usize, step: u64) -> News<TrainGraphs> {
    News::Said(network, Report::Progress(GraphProgress::Training { step, steps_per_second: 9.0, shared: false }))
}

fn snapshot(network: usize, snapshot: GraphSnapshot) -> News<TrainGraphs> {
    News::Said(network, Report::Snapshot(Box::new(snapshot)))
}

/// A page on which both networks have begun.
fn training() -> State {
    let mut state = State::open("#v=1&preset=spring&page=graph&graph-steps=50");
    let spec = begun(&mut state, GraphAction::Train);
    assert_eq!((spec.recipe.steps, spec.device), (50, DeviceChoice::Auto));
    assert_eq!(spec.regularisers, [MessageRegulariser::Bottleneck(2), MessageRegulariser::STANDARD]);
    for network in [0, 1] {
        hear(&mut state, News::Said(network, Report::Progress(GraphProgress::Preparing(7))));
        assert_eq!(state.pages.graph.phase, GraphPhase::Preparing);
        hear(&mut state, progress(network, 1));
    }
    assert_eq!(state.pages.graph.phase, GraphPhase::Training);
    state
}

#[test]
fn two_networks_train_side_by_side_and_finish_together() {
    let mut state = training();
    hear(&mut state, News::Said(0, Report::Finished));
    assert_eq!(state.pages.graph.phase, GraphPhase::Training);
    hear(&mut state, News::Said(1, Report::Finished));
    hear(&mut state, News::Finished);
    assert_eq!(state.pages.graph.phase, GraphPhase::Finished);
    begun(&mut state, GraphAction::Train);
    assert_eq!((state.pages.graph.step(), state.pages.graph.phase), (0, GraphPhase::Preparing));
}

#[test]
fn a_pause_holds_and_goes_on() {
    let mut state = training();
    let pause = |state: &mut State| wishes(state.reduce(PageAction::Graph(GraphAction::Pause)));
    assert_eq!(pause(&mut state), [Wish::Pace(Pace::Hold)]);
    assert_eq!(state.pages.graph.phase, GraphPhase::Paused);
    hear(&mut state, News::Held);
    assert_eq!(pause(&mut state), [Wish::Pace(Pace::Run)]);
    assert!(state.pages.graph.busy());
    hear(&mut state, News::Finished);
    assert_eq!(pause(&mut state), []);
}

#[test]
fn the_engine_is_asked_for_told_and_a_card_pays_for_what_a_core_cannot() {
    let mut state = State::open("#v=1&preset=spring&page=graph&graph-steps=50&device=gpu");
    assert_eq!(begun(&mut state, GraphAction::Train).device, DeviceChoice::Gpu);
    let choice = Choice { engine: EngineKind::Cpu, why: Why::GpuLost };
    hear(&mut state, News::Chosen(choice));
    hear(&mut state, News::Notice("The card did not start; the processor (CPU) takes over.".into()));
    assert_eq!(state.pages.graph.choice, Some(choice));
    assert!(state.pages.graph.notice.as_ref().is_some_and(|notice| notice.contains("takes over")));
    // What would take a slow core a day is left to a card, and not to the core.
    let on = |device: &str| State::open(&format!("#v=1&preset=gn-spring-paper&device={device}"));
    let begins = |mut state: State| !state.reduce(PageAction::Graph(GraphAction::Train)).is_empty();
    assert!(begins(on("gpu")) && !begins(on("cpu")) && !begins(on("auto")));
}

#[test]
fn workers_that_fail_leave_a_sentence_and_another_try_goes_on() {
    let mut state = training();
    let recorded =
        |step| News::Said(0, Report::Recorded(GraphRecord { step, losses: Losses { train: 1.0, test: 1.0 } }));
    for step in [10, 20, 30] {
        hear(&mut state, recorded(step));
    }
    hear(&mut state, News::Failed("The network with standard messages could not be fetched.".into()));
    assert_eq!(state.pages.graph.phase, GraphPhase::Failed);
    assert!(state.pages.graph.failure.as_ref().is_some_and(|failure| failure.contains("standard")));
    assert_eq!(wishes(state.reduce(PageAction::Graph(GraphAction::Again))), [Wish::Retry]);
    assert_eq!((state.pages.graph.phase, &state.pages.graph.failure), (GraphPhase::Preparing, &None));
    // From the checkpoint some losses are reported again, and replace those that were there.
    hear(&mut state, recorded(20));
    let steps: Vec<u64> = state.pages.graph.networks[0].losses.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, [10, 20]);
    assert_eq!(wishes(state.reduce(PageAction::Graph(GraphAction::Again))), []);
    hear(&mut state, News::Refused("The network diverged at step 21.".into()));
    assert_eq!((state.pages.graph.phase, &state.pages.graph.failure), (GraphPhase::Failed, &None));
    assert!(state.remarks.iter().any(|remark| remark.contains("diverged")), "{:?}", state.remarks);
}

#[test]
fn more_bodies_are_shown_by_the_networks_that_are_there() {
    let mut state = training();
    let show = |bodies| Wish::Ask(To::All, GraphQuestion::Show(Shown { bodies, ..SHOWN }));
    assert_eq!(wishes(state.reduce(Action::Set("shown", "7".into()))), [show(7)]);
    assert_eq!(state.pages.graph.phase, GraphPhase::Training);
    // The world takes twelve; more are not asked for.
    assert_eq!(wishes(state.reduce(Action::Set("shown", "30".into()))), [show(12)]);
    // Another world is for the next training.
    assert!(wishes(state.reduce(Action::Set("world", "r2".into()))).is_empty());
    assert_eq!(state.workbench.graph.world, World::InverseSquare);
    assert_eq!(state.workbench.graph.against, Some(MessageKind::Standard));
}

#[test]
fn a_law_travels_in_the_link_and_moves_the_world_once_something_is_learned() {
    let link = "#v=1&preset=spring&page=graph&law=dx+*+%281+-+1%2Fr%29";
    let mut state = State::open(link);
    assert!(state.remarks.is_empty(), "{:?}", state.remarks);
    assert_eq!(state.workbench.graph.view.law.as_deref(), Some("dx * (1 - 1/r)"));
    assert_eq!(format!("#{}", experiments::link::encode(&state.workbench)), link);
    begun(&mut state, GraphAction::Train);
    assert_eq!(hear(&mut state, progress(0, 1)), []);
    let obey = GraphQuestion::Obey("dx * (1 - 1/r)".into());
    assert_eq!(hear(&mut state, progress(1, 1)), [Wish::Ask(To::Part(0), obey)]);
    // It is asked for once.
    assert_eq!(hear(&mut state, progress(0, 2)), []);
    let effects = state.reduce(PageAction::Graph(GraphAction::ForgetLaw));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Address(link) if !link.contains("law="))),
        "{effects:?}"
    );
    assert_eq!(wishes(effects), [Wish::Ask(To::All, GraphQuestion::Obey(String::new()))]);
    // What is no law is left aside with a remark.
    let empty = State::open("#v=1&preset=spring&law=%00");
    assert!(empty.workbench.graph.view.law.is_none() && empty.remarks.len() == 1, "{:?}", empty.remarks);
}

#[test]
fn bodies_that_were_placed_are_shown_travel_in_the_link_and_go_with_their_world() {
    let mut state = training();
    let bodies = vec![Placed { mass: 2.0, velocity: [0.5, -1.25, 0.0], ..Placed::resting([1.0 / 3.0, -2.0, 0.0]) }; 5];
    let told = wishes(state.reduce(PageAction::Graph(GraphAction::Place(bodies.clone()))));
    let placed: Vec<_> = bodies.iter().map(Placed::rounded).collect();
    let shown = Shown { bodies: 5, start: 0, placed: placed.clone() };
    assert_eq!(told, [Wish::Ask(To::All, GraphQuestion::Show(shown))]);
    assert_eq!(state.workbench.graph.view.bodies, 5);
    // What is asked for is what the next change starts from, though no worker has answered yet.
    assert_eq!(state.pages.graph.bodies_at(&state.workbench.graph, 0), placed);
    let link = experiments::link::encode(&state.workbench);
    let opened = State::open(&link);
    assert!(opened.remarks.is_empty(), "{:?}", opened.remarks);
    assert_eq!(opened.workbench.graph.view.placed, placed);
    // More than the world takes are not placed.
    state.reduce(PageAction::Graph(GraphAction::Place(vec![Placed::resting([0.0; 3]); 40])));
    assert_eq!(state.workbench.graph.view.placed.len(), 12);
    state.reduce(Action::Set("graph-start", "3".into()));
    assert!(state.workbench.graph.view.placed.is_empty());
    for bad in ["", "1,2,3", "0,1,0,0,0,0,0,0", "1,1,0,0,0,0,0,NaN", "1,1,0,0,0,0,0,1e9", "a;b"] {
        let opened = State::open(&format!("#v=1&preset=spring&page=graph&placed={bad}"));
        assert!(
            opened.workbench.graph.view.placed.is_empty() && opened.remarks.len() == 1,
            "{bad}: {:?}",
            opened.remarks
        );
    }
}

#[test]
fn gravity_and_what_is_predicted_are_settings_of_the_recipe() {
    let state = State::open("#v=1&preset=gn-spring&gravity=0.5&predicts=velocity-change");
    assert!(state.remarks.is_empty(), "{:?}", state.remarks);
    let recipe = state.workbench.graph.recipe();
    assert_eq!((recipe.motions.world.gravity, recipe.motions.target), (0.5, Target::VelocityChange));
    // A string falls by itself.
    assert_eq!(State::open("#v=1&preset=gn-string").workbench.graph.recipe().motions.world.gravity, 1.0);
}

#[test]
fn a_network_too_large_for_a_tab_is_refused_with_what_it_would_take() {
    let mut state = State::open("#v=1&preset=gn-r2-paper");
    // It opens as it is, with a sentence for how long it would take.
    assert!(state.remarks.len() == 1 && state.remarks[0].contains("hours on one slow core"), "{:?}", state.remarks);
    assert!(state.workbench.graph.paper && state.workbench.graph.steps == 1_000_000);
    assert!(wishes(state.reduce(PageAction::Graph(GraphAction::Train))).is_empty());
    assert!(state.remarks[0].contains("minutes on a slow core, and the limit is 60"), "{:?}", state.remarks);
    assert!(state.remarks[0].contains("lab run gn-r2-paper"), "{:?}", state.remarks);
    state.reduce(Action::Set("graph-steps", "2000".into()));
    assert_eq!(wishes(state.reduce(PageAction::Graph(GraphAction::Train))).len(), 1);
}

#[test]
fn several_seeds_are_trained_one_after_another_and_their_errors_become_medians_with_a_range() {
    let mut state = State::open("#v=1&preset=spring&page=graph&graph-steps=50&graph-seed=8");
    let mut spec = Some(begun(&mut state, GraphAction::Series));
    for (run, median) in [(1, 0.3), (2, 0.1), (3, 0.2)] {
        assert_eq!(state.workbench.graph.seed, 7 + run);
        assert_eq!(spec.take().expect("the next seed").seed.0, 7 + run);
        // What is asked for on the way is shown, but no figure of the series.
        let errors = |median: f64| {
            let relative = Quartiles { q25: 0.0, median, q75: 1.0 };
            GraphSnapshot::Bodies([vec![ZeroShot { bodies: 6, error: relative, relative }], vec![]])
        };
        hear(&mut state, snapshot(0, errors(9.0)));
        for network in [0, 1] {
            assert_eq!(hear(&mut state, News::Said(network, Report::Finished)), []);
        }
        let asks = hear(&mut state, News::Finished);
        assert!(matches!(asks[..], [Wish::Ask(To::All, GraphQuestion::Bodies(_))]), "{asks:?}");
        assert!(hear(&mut state, snapshot(0, errors(median))).is_empty());
        let effects = state.reduce(Notice::Pool(PoolNews::Graphs(snapshot(1, errors(median)))));
        let next = format!("graph-seed={}", 8 + run);
        let linked = effects.iter().any(|effect| matches!(effect, Effect::Address(link) if link.contains(&next)));
        assert_eq!(linked, run < 3, "the link names the seed at work");
        spec = wishes(effects)
            .into_iter()
            .find_map(|wish| if let Wish::Start(spec, _) = wish { Some(*spec) } else { None });
    }
    assert!(spec.is_none(), "three are enough: {spec:?}");
    assert_eq!(state.pages.graph.phase, GraphPhase::Finished);
    let (seeds, [found, _]) = state.pages.graph.more(0);
    assert_eq!((seeds, found[0].relative), (3, Quartiles { q25: 0.1, median: 0.2, q75: 0.3 }));
    // Another recipe begins a series of its own.
    state.reduce(Action::Set("graph-steps", "60".into()));
    state.reduce(PageAction::Graph(GraphAction::Train));
    assert_eq!(state.pages.graph.more(0).0, 0);
}

#[test]
fn a_law_that_moves_nothing_is_named_and_leaves_the_link() {
    let mut state = training();
    std::rc::Rc::make_mut(&mut state.session).workbench.graph.view.law = Some("foo".into());
    let why = GraphSnapshot::Obeyed(Err("“foo” is neither a column nor a function.".into()));
    let effects = state.reduce(Notice::Pool(PoolNews::Graphs(snapshot(0, why))));
    assert!(matches!(&effects[..], [Effect::Address(link)] if !link.contains("law=")), "{effects:?}");
    assert!(state.remarks[0].starts_with("The law “foo” was left aside: "), "{:?}", state.remarks);
}

#[test]
fn networks_of_a_stopped_run_can_still_be_asked_and_bodies_of_another_world_are_not_theirs() {
    let mut state = training();
    assert_eq!(wishes(state.reduce(PageAction::Graph(GraphAction::Stop))), [Wish::Pace(Pace::Hold)]);
    assert_eq!(state.pages.graph.phase, GraphPhase::Stopped);
    assert!(state.pages.graph.answers(&state.workbench.graph) && state.pages.graph.moves(&state.workbench.graph));
    let ask = wishes(state.reduce(PageAction::Graph(GraphAction::Ask)));
    assert!(matches!(&ask[..], [Wish::Ask(To::All, GraphQuestion::Bodies(sizes))] if sizes.len() > 2), "{ask:?}");
    assert!(state.takes_laws);
    state.reduce(Action::Set("world", "r1".into()));
    assert!(!state.pages.graph.moves(&state.workbench.graph) && !state.takes_laws);
    // Six bodies in a link are six bodies, and what it shows is never less.
    let six = ["1,1,0,0,0,0,0,0"; 6].join(";");
    let opened = State::open(&format!("#v=1&preset=gn-spring&placed={six}"));
    assert_eq!((opened.workbench.graph.view.bodies, opened.remarks.len()), (6, 0));
    state = State::open("#v=1&preset=gn-foo");
    assert!(state.workbench.page == Page::Graph && state.remarks.len() == 1, "{:?}", state.remarks);
}
