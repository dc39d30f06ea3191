//! Claims about the search for formulas as the page drives it: islands, and the page's reducer.

use experiments::formula::FormulaSource;
use experiments::formula::operators;
use experiments::link;
use experiments::page::Page;
use jobs::job::message::{Pace, Report, Saved};
use jobs::pool::{News, To, Wish};
use jobs::protocol::graph::{GraphQuestion, GraphSnapshot};
use jobs::protocol::motion_snapshot::{ENERGIES, MotionSnapshot, arrows, lattice, window};
use jobs::protocol::search::{
    Contents, Example, FrontText, Heading, LawText, Migrants, Progress, ReadTable, Request, Sample, Search, Sheet,
    Source,
};
use models::field::model::ModelKind;
use numerics::seed::{Purpose, Seed};
use orrery::pages::PageAction;
use orrery::pages::formula::islands::{Islands, Phase, Rest};
use orrery::pages::formula::source::learned;
use orrery::pages::formula::state::{FormulaAction, Notation};
use orrery::pages::graph::state::GraphAction;
use orrery::session::action::{Action, Effect, Notice};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::shell::state::State;
use physics::integrator::Scheme;
use physics::phase_space::{PhasePoint, PhaseVelocity};
use physics::trajectory::Trajectory;
use std::rc::Rc;
use symbolic::evaluate::Objective;
use symbolic::operators::Operator;
use symbolic::pareto::Finding;

fn newton() -> Request {
    Request {
        island: 0,
        source: Source::Example(Example::Newton),
        target: 3,
        inputs: vec![0, 1, 2],
        operators: Operator::ALL[..4].to_vec(),
        errors: None,
        units: vec!["kg".into(), "kg".into(), "m".into(), "kg^2/m^2".into()],
        fit_units: false,
        seed: Seed(0),
        max_complexity: 30,
        objective: Objective::MeanSquared,
        seconds: 60.0,
    }
}

// The islands behind the page.

fn front(error: f64, plain: &str) -> FrontText {
    let law = |complexity, error, plain: &str| LawText {
        complexity,
        error,
        score: 0.0,
        plain: plain.into(),
        exact: plain.into(),
        mathml: "<mn>1</mn>".into(),
        latex: format!("F = {plain}"),
        rust: plain.into(),
        python: plain.into(),
        ..LawText::default()
    };
    FrontText {
        laws: vec![law(1, 1.0, "1"), law(7, error, plain)],
        suggestion: 1,
        finding: Finding::Approximate,
        remarks: vec![],
        sample: Sample::default(),
    }
}

fn progress(island: usize, evaluations: u64, front: Option<FrontText>) -> News<Search> {
    let progress = Progress { generation: 3, evaluations, per_second: 1000.0, seconds: 1.0, front };
    News::Said(island, Report::Progress(progress))
}

/// A search that has begun on two islands.
fn two_islands() -> Islands {
    let mut islands = Islands::default();
    assert_eq!(islands.begin(newton()), Wish::Start(Box::new(newton()), Pace::Run));
    assert_eq!(islands.phase, Phase::Starting);
    islands
}

#[test]
fn islands_share_their_laws_and_their_best_front_is_shown() {
    let mut islands = two_islands();
    islands.hear(News::Loading(1_200_000));
    assert_eq!((islands.phase, islands.fetched), (Phase::Starting, 1_200_000));
    islands.hear(progress(0, 500, Some(front(0.5, "r"))));
    assert_eq!(islands.phase, Phase::Searching);
    islands.hear(progress(1, 700, Some(front(0.2, "m1*m2/r^2"))));
    islands.hear(progress(0, 900, Some(front(0.4, "m1/r"))));
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "m1*m2/r^2");
    assert_eq!((islands.tally.evaluations, islands.tally.islands), (1600, 2));
    assert_eq!(islands.tally.per_second, 2000.0);
    let laws = Migrants(vec![1, 2]);
    let (wish, _) = islands.hear(News::Said(0, Report::Snapshot(Box::new(laws.clone()))));
    assert_eq!(wish, Some(Wish::Ask(To::AllBut(0), laws)));
}

#[test]
fn a_search_holds_goes_on_ends_and_keeps_what_it_found() {
    let mut islands = two_islands();
    islands.hear(progress(0, 500, Some(front(0.5, "r"))));
    assert_eq!(islands.hold(), Some(Wish::Pace(Pace::Hold)));
    assert_eq!(islands.phase, Phase::Resting(Rest::Asked));
    islands.hear(progress(1, 800, None));
    for news in [News::Said(1, Report::Held), News::Held] {
        assert_eq!(islands.hear(news), (None, None));
    }
    assert_eq!(islands.phase, Phase::Resting(Rest::Asked));
    assert_eq!(islands.go_on(), Some(Wish::Pace(Pace::Run)));
    // A late answer to the pause does not end the search again.
    islands.hear(News::Said(0, Report::Held));
    assert_eq!(islands.phase, Phase::Searching);
    // What is over for one is over for all, and may go on.
    assert_eq!(islands.hear(News::Said(0, Report::Rested)).0, Some(Wish::Pace(Pace::Hold)));
    assert_eq!((islands.phase, islands.go_on()), (Phase::Resting(Rest::TimeUp), Some(Wish::Pace(Pace::Run))));
    // One exact law is enough for all.
    islands.hear(progress(1, 900, Some(front(0.0, "m1"))));
    assert_eq!(islands.hear(News::Said(1, Report::Finished)).0, Some(Wish::Pace(Pace::Hold)));
    assert_eq!((islands.phase, islands.go_on()), (Phase::Resting(Rest::Exact), None));
    // The old laws stay until the next search has found some.
    islands.begin(newton());
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "m1");
    islands.hear(progress(0, 10, Some(front(0.9, "m2"))));
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "m2");
    assert_eq!(islands.stop(), Wish::Release);
    assert_eq!((islands.phase, islands.front.is_some()), (Phase::Idle, true));
}

#[test]
fn workers_that_fail_leave_a_sentence_and_another_try_goes_on() {
    let mut islands = two_islands();
    islands.hear(progress(0, 500, Some(front(0.5, "r"))));
    islands.hear(News::Notice("Island 1 failed (out of memory).".into()));
    assert!(islands.notice.as_ref().is_some_and(|notice| notice.contains("out of memory")));
    assert_eq!(islands.phase, Phase::Searching);
    islands.hear(News::Failed("Island 1 could not be fetched.".into()));
    assert_eq!((islands.phase, islands.failure.as_deref()), (Phase::Failed, Some("Island 1 could not be fetched.")));
    assert_eq!((islands.hold(), islands.go_on()), (None, None));
    assert_eq!(islands.retry(), Some(Wish::Retry));
    assert_eq!((islands.phase, &islands.failure), (Phase::Starting, &None));
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "r");
    assert_eq!(islands.retry(), None);
}

#[test]
fn a_refusal_ends_the_search() {
    let mut islands = two_islands();
    let (wish, sentence) = islands.hear(News::Refused("Nothing to explain.".into()));
    assert_eq!((wish, sentence.as_deref()), (None, Some("Nothing to explain.")));
    assert_eq!(islands.phase, Phase::Idle);
}

// The page.

fn tell(state: &mut State, notice: Notice) -> Vec<Effect> {
    state.reduce(notice)
}

fn act(state: &mut State, action: FormulaAction) -> Vec<Effect> {
    state.reduce(PageAction::Formula(action))
}

#[test]
fn other_numbers_forget_the_laws_of_the_ones_before() {
    let mut state = State::open("#v=1&preset=spring&page=formula");
    begun(&mut state);
    tell(&mut state, Notice::Pool(PoolNews::Search(progress(0, 500, Some(front(0.5, "r"))))));
    assert!(state.pages.formula.law().is_some());
    let effects = act(&mut state, FormulaAction::Source("planets".into()));
    assert!(state.pages.formula.law().is_none());
    assert!(effects.contains(&Effect::Pool(PoolWish::Search(Wish::Release))), "{effects:?}");
}

#[test]
fn a_link_to_other_numbers_forgets_the_law_and_a_visit_elsewhere_does_not() {
    let clock = "#v=1&preset=spring&page=formula&formula=clock";
    let mut state = State::open("#v=1&preset=spring&page=formula&formula=newton");
    act(&mut state, FormulaAction::Input(1));
    begun(&mut state);
    tell(&mut state, Notice::Pool(PoolNews::Search(progress(0, 500, Some(front(0.5, "r"))))));
    // Back in the browser, and forth.
    for link in ["#v=1&preset=spring", "#v=1&preset=spring&page=formula&formula=newton"] {
        let effects = state.reduce(Action::Open(link.into()));
        assert!(
            !effects.iter().any(|effect| matches!(effect, Effect::Pool(PoolWish::Search(_)))),
            "{link}: {effects:?}"
        );
        assert!(state.pages.formula.law().is_some(), "{link}");
    }
    // The next step of a lesson: no law of the step before stands there as found, and no column of it is left out.
    let effects = state.reduce(Action::Open(clock.into()));
    assert!(effects.contains(&Effect::Pool(PoolWish::Search(Wish::Release))), "{effects:?}");
    assert!(state.pages.formula.law().is_none() && !state.outcome().finished);
    let request = begun(&mut state);
    assert_eq!((request.source, request.inputs.len()), (Source::Example(Example::Clock), request.units.len() - 1));
    // The same from the menu, after the browser has gone back to a page whose link says nothing of numbers.
    tell(&mut state, Notice::Pool(PoolNews::Search(progress(0, 500, Some(front(0.5, "r"))))));
    state.reduce(Action::Open("#v=1&preset=spring".into()));
    assert!(state.pages.formula.law().is_some());
    state.reduce(Action::Set("page", "formula".into()));
    assert!(state.pages.formula.law().is_none(), "the numbers are those of Newton again");
}

/// What is searched for.
fn begun(state: &mut State) -> Request {
    let effects = act(state, FormulaAction::Search);
    let [Effect::Pool(PoolWish::Search(Wish::Start(request, Pace::Run)))] = &effects[..] else { panic!("{effects:?}") };
    Request::clone(request)
}

#[test]
fn alphabet_seed_and_source_travel_in_the_link_and_restart_nothing() {
    let mut state = State::open("#v=1&preset=pendulum&page=formula");
    state.reduce(Action::Train);
    let status = state.status;
    let effects = act(&mut state, FormulaAction::Source("clock".into()));
    assert!(effects.iter().all(|effect| matches!(effect, Effect::Address(_))), "{effects:?}");
    state.reduce(Action::Set("search-seed", "5".into()));
    state.reduce(Action::Set("operators", "add,multiply,cos".into()));
    assert_eq!(state.status, status);
    let text = link::encode(&state.workbench);
    assert!(text.contains("formula=clock") && text.contains("operators=add,multiply,cos"), "{text}");
    let (read, remarks) = link::decode(&text);
    assert_eq!((read, remarks.len()), (state.workbench.clone(), 0));
    let (none, _) = link::decode("v=1&operators=none");
    assert_eq!(operators(none.formula.operators).count(), 0);
    let (moved, remarks) = link::decode("v=1&operators=add,telepathy");
    assert_eq!((operators(moved.formula.operators).collect::<Vec<_>>(), remarks.len()), (vec![Operator::Add], 1));
}

#[test]
fn a_source_suggests_its_operators_and_its_last_column() {
    let mut state = State::open("#v=1&preset=pendulum&page=formula");
    act(&mut state, FormulaAction::Source("planets".into()));
    let asked = begun(&mut state);
    assert_eq!((asked.target, asked.inputs.clone(), asked.fit_units), (1, vec![0], false));
    assert!(asked.operators.contains(&Operator::Sqrt));
    act(&mut state, FormulaAction::Stop);
    act(&mut state, FormulaAction::Source("newton".into()));
    act(&mut state, FormulaAction::Target(0));
    act(&mut state, FormulaAction::Input(2));
    act(&mut state, FormulaAction::Unit(1, "g".into()));
    state.reduce(Action::Set("units", "fit".into()));
    let asked = begun(&mut state);
    assert_eq!((asked.target, asked.inputs), (0, vec![1, 3]));
    assert_eq!((asked.fit_units, &asked.units[1][..]), (true, "g"));
    assert!(!asked.operators.contains(&Operator::Sqrt));
}

#[test]
fn a_learned_energy_is_a_table_of_the_states_that_were_learned_from() {
    let mut state = State::open("#v=1&preset=pendulum&page=formula&formula=energy");
    let effects = act(&mut state, FormulaAction::Search);
    assert!(effects.is_empty() && state.remarks[0].contains("train"), "{:?}", state.remarks);
    let experiment = state.workbench.field.clone();
    let mut rng = experiment.seed.stream(Purpose::Weights);
    let parameters = experiment.field_network(ModelKind::Hnn).initial(&mut rng);
    let snapshot = MotionSnapshot::of(&experiment, &state.scene.task, ModelKind::Hnn, 0, &parameters, false);
    let energies = snapshot.energies.clone();
    Rc::make_mut(&mut state.session).models.get_mut(&ModelKind::Hnn).expect("an HNN").snapshot =
        Some(Rc::new(snapshot));
    let Source::Sheet(sheet) = begun(&mut state).source else { panic!("a sheet") };
    let [q, p, h] = &sheet.columns[..] else { panic!("three columns") };
    assert!(q.len() > 200 && q.len() < energies.len(), "{}", q.len());
    // Data of the pendulum start at a radius of 1.3 and more: nothing is said of a pendulum that hardly swings, which nobody showed.
    let seen = &state.scene.task.dataset.train.states;
    let nearest = |q: f64, p: f64| seen.iter().map(|at| (at.q[0] - q).hypot(at.p[0] - p)).fold(f64::INFINITY, f64::min);
    let cell = 2.0 * window(&experiment) / (ENERGIES - 1) as f64;
    assert!(q.iter().zip(p).all(|(q, p)| nearest(*q, *p) <= 1.5 * cell));
    assert!(q.iter().zip(p).all(|(q, p)| q.hypot(*p) > 0.5), "the middle was not seen");
    // Each row has the energy of its place.
    let places: Vec<_> = lattice(window(&experiment), ENERGIES).collect();
    for ((q, p), h) in q.iter().zip(p).zip(h) {
        let place = places.iter().position(|at| (at.q[0], at.p[0]) == (*q, *p)).expect("a place of the lattice");
        assert_eq!(*h, energies[place]);
    }
}

#[test]
fn a_table_replaces_the_one_before_only_if_it_can_be_read() {
    let mut state = State::open("#v=1&page=formula");
    let bytes = b"x,y\n1,2\n3,5\n";
    let bring = |state: &mut State, name: &str, answer: News<ReadTable>| {
        let effects = state.reduce(Action::Load(name.into(), Rc::from(&bytes[..])));
        let start = Wish::Start(Box::new(bytes.to_vec()), Pace::Run);
        assert_eq!(effects, [Effect::Pool(PoolWish::Table(start))]);
        assert!(state.pages.formula.reading.reads());
        for before in [News::Loading(9), News::Working, News::Said(0, Report::Saved(Saved { step: 0, bytes: vec![] }))]
        {
            assert_eq!(tell(state, Notice::Pool(PoolNews::Table(before))), []);
        }
        tell(state, Notice::Pool(PoolNews::Table(answer)))
    };
    let headings = ["x", "y"].map(|name| Heading { name: name.into(), unit: String::new() }).to_vec();
    let read = News::Said(
        0,
        Report::Snapshot(Box::new(Contents { headings, rows: 2, remarks: vec![], uncertainties: vec![] })),
    );
    bring(&mut state, "good.csv", read.clone());
    assert_eq!(state.workbench.formula.source, FormulaSource::File);
    let effects = bring(&mut state, "bad.csv", News::Refused("Line 3 is wrong.".into()));
    assert_eq!(effects, [Effect::Pool(PoolWish::Table(Wish::Release))]);
    assert_eq!(state.remarks, ["bad.csv: Line 3 is wrong. Nothing was changed."]);
    assert_eq!(state.pages.formula.file.as_ref().expect("the good one").name, "good.csv");
    state.reduce(Action::Refuse("film.mp4: The file has 700.0 MB.".into()));
    assert_eq!(state.pages.formula.file.as_ref().expect("the good one").name, "good.csv");
    assert_eq!(begun(&mut state).source, Source::File(bytes.to_vec()));
    // A worker that does not start leaves the table for another try.
    bring(&mut state, "next.csv", News::Failed("The worker could not be fetched.".into()));
    assert!(
        state.pages.formula.reading.is_unread() && state.remarks[0].contains("could not be fetched"),
        "{:?}",
        state.remarks
    );
    assert!(matches!(act(&mut state, FormulaAction::ReadAgain)[..], [Effect::Pool(PoolWish::Table(Wish::Start(..)))]));
    tell(&mut state, Notice::Pool(PoolNews::Table(read)));
    assert_eq!(state.pages.formula.file.as_ref().expect("the next one").name, "next.csv");
    // A link cannot hold it, and says so by asking for it.
    let mut there = State::open(&format!("#{}", link::encode(&state.workbench)));
    act(&mut there, FormulaAction::Search);
    assert!(there.remarks[0].contains("no table yet"), "{:?}", there.remarks);
}

#[test]
fn any_law_of_the_front_can_be_picked_and_copied() {
    let mut state = State::open("#v=1&page=formula");
    begun(&mut state);
    tell(&mut state, Notice::Pool(PoolNews::Search(progress(0, 5, Some(front(0.5, "m1/r"))))));
    assert_eq!(state.pages.formula.law().expect("the suggested one").complexity, 7);
    act(&mut state, FormulaAction::Pick(1));
    assert_eq!(state.pages.formula.law().expect("the picked one").complexity, 1);
    assert_eq!(act(&mut state, FormulaAction::Copy(Notation::Latex)), [Effect::CopyText("F = 1".into())]);
    act(&mut state, FormulaAction::Pick(30));
    assert_eq!(act(&mut state, FormulaAction::Copy(Notation::Plain)), [Effect::CopyText("m1/r".into())]);
    // Another experiment leaves the search alone.
    state.reduce(Action::NewSeed);
    assert!(state.pages.formula.law().is_some() && state.pages.formula.islands.busy());
}

#[test]
fn slopes_of_a_learned_energy_are_hamiltons_equations_and_do_not_explain_each_other() {
    // A network of no width at all but H = q·p by its field: dq/dt = ∂H/∂p = q, dp/dt = −∂H/∂q = −p.
    let mut state = State::open("#v=1&preset=spring&page=formula&formula=slopes");
    let experiment = state.workbench.field.clone();
    let field = |at: PhasePoint| PhaseVelocity { dq: vec![at.q[0]], dp: vec![-at.p[0]] };
    let snapshot = MotionSnapshot {
        kind: ModelKind::Hnn,
        step: 1,
        from: experiment.start(),
        motion: Trajectory::through(&[0.0], &[experiment.start()], 0.1, 0.0),
        scheme: Scheme::Rk4,
        field: arrows(window(&experiment)).map(field).collect(),
        along: vec![],
        energies: vec![],
        section: vec![],
        score: None,
        wiring: Default::default(),
        film: None,
    };
    Rc::make_mut(&mut state.session).models.get_mut(&ModelKind::Hnn).expect("an HNN").snapshot =
        Some(Rc::new(snapshot));
    let sheet = learned(&state, FormulaSource::Slopes).expect("slopes");
    let [q, p, by_q, by_p] = &sheet.columns[..] else { panic!("{}", sheet.columns.len()) };
    assert!(q.len() > 50 && q == by_p && p == by_q);
    assert_eq!(
        (state.pages.formula.target(&state), [0, 1, 2].map(|column| state.pages.formula.uses(column, &state))),
        (3, [true, true, false])
    );
    state.reduce(PageAction::Formula(FormulaAction::Input(2)));
    assert!(state.pages.formula.uses(2, &state));
}

#[test]
fn messages_of_a_graph_network_open_this_page_and_the_law_in_them_moves_its_world() {
    let mut state = State::open("#v=1&preset=gn-spring");
    state.reduce(PageAction::Graph(GraphAction::Train));
    let headings = ["r", "message"].map(|name| Heading { name: name.into(), unit: String::new() }).to_vec();
    let table = Sheet { headings, columns: vec![vec![1.0, 2.0, 3.0], vec![0.0, 1.0, 2.0]] };
    let told = GraphSnapshot::Table(Ok((table.clone(), None)));
    state.reduce(PoolNews::Graphs(News::Said(0, Report::Snapshot(Box::new(told)))));
    assert_eq!((state.workbench.page, state.workbench.formula.source), (Page::Formula, FormulaSource::Messages));
    assert_eq!(begun(&mut state).source, Source::Sheet(table));
    tell(&mut state, Notice::Pool(PoolNews::Search(progress(0, 9, Some(front(0.1, "r - 1"))))));
    let effects = act(&mut state, FormulaAction::Obey);
    let asked = Wish::Ask(To::Part(0), GraphQuestion::Obey("r - 1".into()));
    assert!(effects.contains(&Effect::Pool(PoolWish::Graphs(asked))), "{effects:?}");
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Tell(_))), "{effects:?}");
    assert_eq!((state.workbench.page, state.workbench.graph.view.law.as_deref()), (Page::Graph, Some("r - 1")));
    // The next training is of other messages.
    state.reduce(PageAction::Graph(GraphAction::Train));
    assert!(state.messages.is_none());
}

#[test]
fn a_column_of_errors_is_no_cause_and_robust_errors_are_a_setting() {
    let mut state = State::open("#v=1&preset=pendulum&page=formula");
    act(&mut state, FormulaAction::Source("clock".into()));
    act(&mut state, FormulaAction::Errors(Some(0)));
    let asked = begun(&mut state);
    assert_eq!((asked.inputs, asked.errors, asked.objective), (vec![1, 2], Some(0), Objective::MeanSquared));
    act(&mut state, FormulaAction::Stop);
    // What is explained has no errors of its own in its own column.
    act(&mut state, FormulaAction::Target(0));
    assert_eq!(begun(&mut state).errors, None);
    act(&mut state, FormulaAction::Stop);
    act(&mut state, FormulaAction::Errors(None));
    state.reduce(Action::Set("errors", "robust".into()));
    assert_eq!(begun(&mut state).objective, Objective::MeanAbsolute);
    let link = link::encode(&state.workbench);
    assert!(link.contains("errors=robust"), "{link}");
}
