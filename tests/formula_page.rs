//! Claims about the search for formulas as the page drives it: tables, islands in workers, and the page's reducer.

use experiments::link;
use experiments::trained::TrainedWeights;
use experiments::view::{FormulaSource, operators};
use jobs::protocol::look::{Look, arrows, window};
use jobs::protocol::message;
use jobs::protocol::search::{
    Example, FrontText, Heading, LawText, Progress, Request, Rest, SearchCommand, SearchEvent, SearchId, Sheet, Source,
};
use jobs::searcher::hunt::Hunt;
use jobs::searcher::sheet;
use models::field::initial::orthogonal_mlp;
use models::field::model::ModelKind;
use numerics::seed::{Purpose, Seed};
use orrery::pages::formula::islands::{Islands, Order, Phase};
use orrery::pages::formula::state::{Deed, Formula, Notation};
use orrery::shell::action::{Action, Effect};
use orrery::shell::state::State;
use orrery::workers::order::Heard;
use physics::integrator::Scheme;
use physics::phase_space::{PhasePoint, PhaseVelocity};
use physics::trajectory::Trajectory;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;
use symbolic::dimension;
use symbolic::evaluate::Objective;
use symbolic::operators::Operator;
use symbolic::pareto::Finding;
use symbolic::units::Dimension;

fn request(source: Source, target: usize, inputs: &[usize]) -> Request {
    Request {
        id: SearchId(7),
        island: 0,
        source,
        target,
        inputs: inputs.to_vec(),
        operators: Operator::ALL[..4].to_vec(),
        units: None,
        seed: Seed(0),
        max_complexity: 30,
        objective: Objective::MeanSquared,
        seconds: 60.0,
    }
}

fn newton() -> Request {
    request(Source::Example(Example::Newton), 3, &[0, 1, 2])
}

/// Works until the hunt rests; the last report, the last front and all migrants. A millisecond passes with each look at the clock.
fn to_rest(hunt: &mut Hunt) -> (Progress, FrontText, Vec<Vec<u8>>) {
    let clock = Cell::new(0.0);
    let now = || {
        clock.set(clock.get() + 1.0);
        clock.get()
    };
    let (mut front, mut migrants, mut rested) = (None, vec![], None);
    loop {
        for event in hunt.work(now) {
            match event {
                SearchEvent::Progress(id, mut progress) => {
                    assert_eq!(id, SearchId(7));
                    front = progress.front.take().or(front);
                    rested = progress.rest.map(|_| *progress);
                }
                SearchEvent::Migrants(_, bytes) => migrants.push(bytes),
                other => panic!("{other:?}"),
            }
        }
        if let Some(progress) = rested {
            return (progress, front.expect("a front"), migrants);
        }
    }
}

#[test]
fn a_hunt_finds_newtons_law_and_prints_it_in_every_notation() {
    let mut hunt = Hunt::begin(newton()).expect("a hunt");
    let (progress, front, _) = to_rest(&mut hunt);
    assert_eq!((progress.rest, front.finding), (Some(Rest::Exact), Finding::Exact));
    assert!(progress.generation > 0 && progress.evaluations > 1000 && progress.per_second > 0.0);
    let law = &front.laws[front.suggestion];
    assert_eq!((law.complexity, law.plain.matches("r^2").count()), (7, 1), "{}", law.plain);
    assert!(law.error < 1e-12);
    assert!(law.mathml.starts_with("<mi>F</mi><mo>=</mo>") && law.mathml.contains("<msup>"), "{}", law.mathml);
    assert!(law.latex.starts_with("F = \\frac{") && law.rust.contains("m1") && law.python.contains("m2"));
    assert!(!hunt.busy());
}

#[test]
fn a_hunt_holds_when_asked_goes_on_and_stops_when_its_time_is_up() {
    let mut hunt = Hunt::begin(Request { seconds: 2.0, ..request(Source::Example(Example::Clock), 3, &[0, 1, 2]) })
        .expect("a hunt");
    hunt.hold();
    let (held, ..) = to_rest(&mut hunt);
    assert_eq!((held.rest, held.seconds), (Some(Rest::Asked), 0.0));
    assert!(!hunt.busy());
    hunt.go_on();
    let (up, ..) = to_rest(&mut hunt);
    assert_eq!(up.rest, Some(Rest::TimeUp));
    assert!((2.0..3.0).contains(&up.seconds), "{}", up.seconds);
    hunt.go_on();
    let (again, ..) = to_rest(&mut hunt);
    assert!((4.0..5.0).contains(&again.seconds) && again.evaluations > up.evaluations, "{}", again.seconds);
}

#[test]
fn laws_travel_from_one_hunt_to_another() {
    let (_, front, migrants) = to_rest(&mut Hunt::begin(newton()).expect("a hunt"));
    let mut other = Hunt::begin(Request { island: 1, ..newton() }).expect("a hunt");
    other.receive(b"no laws at all");
    other.receive(migrants.last().expect("a solved hunt sends its laws"));
    let (progress, received, _) = to_rest(&mut other);
    assert_eq!(received.laws.last().map(|law| &law.plain), front.laws.last().map(|law| &law.plain));
    // What was received is only confirmed, not found again.
    assert!(progress.evaluations < 15_000, "{}", progress.evaluations);
}

#[test]
fn eight_planets_show_keplers_law_and_no_law_learns_them_by_heart() {
    let operators = [&Operator::ALL[..4], &[Operator::Sqrt]].concat();
    let asked = Request { operators, seconds: 10.0, ..request(Source::Example(Example::Planets), 1, &[0]) };
    let (progress, front, _) = to_rest(&mut Hunt::begin(asked).expect("a hunt"));
    assert_eq!((progress.rest, front.finding), (Some(Rest::TimeUp), Finding::Approximate));
    let law = &front.laws[front.suggestion];
    assert!(law.error < 0.002 && law.complexity <= 6, "{}: {}", law.plain, law.error);
    assert!(front.laws.iter().all(|law| law.complexity <= 8));
}

#[test]
fn with_units_the_period_of_a_pendulum_has_no_mass_in_it() {
    let operators = [&Operator::ALL[..4], &[Operator::Sqrt]].concat();
    let units = Example::Clock.headings().into_iter().map(|heading| heading.unit).collect();
    let source = Source::Example(Example::Clock);
    let asked = Request { operators, units: Some(units), seconds: 20.0, ..request(source, 3, &[0, 1, 2]) };
    let (_, front, _) = to_rest(&mut Hunt::begin(asked).expect("a hunt"));
    let law = &front.laws[front.suggestion];
    assert!(law.plain.contains("sqrt") && !law.plain.contains('m'), "{}", law.plain);
    assert!(law.error < 0.05, "{}: {}", law.plain, law.error);
}

#[test]
fn what_cannot_be_searched_is_refused_in_one_sentence() {
    let table = |columns: Vec<Vec<f64>>| {
        let headings = (0..columns.len()).map(|i| Heading { name: format!("x{i}"), unit: String::new() }).collect();
        Source::Sheet(Sheet { headings, columns })
    };
    let rows = |f: fn(f64) -> f64| (0..20).map(|i| f(f64::from(i))).collect::<Vec<f64>>();
    let two = || table(vec![rows(|x| x), rows(|x| x * x)]);
    let short = table(vec![vec![1.0, 2.0], vec![2.0, 3.0], vec![1.0, 5.0], vec![1.0, 4.0]]);
    let units = Some(vec!["furlong".to_owned(), String::new()]);
    for (asked, said) in [
        (request(table(vec![rows(|x| x), rows(|_| 3.0)]), 1, &[0]), "same in every row"),
        (request(short, 3, &[0, 1, 2]), "at least as many rows"),
        (request(two(), 1, &[]), "no column"),
        (request(two(), 5, &[0]), "not in this table"),
        (Request { operators: vec![], ..request(two(), 1, &[0]) }, "at least one operator"),
        (Request { units, ..request(two(), 1, &[0]) }, "furlong"),
        (Request { max_complexity: 1, ..request(two(), 1, &[0]) }, "complexity"),
        (request(Source::File(b"PK\x03\x04".to_vec()), 1, &[0]), "not text"),
    ] {
        let sentence = Hunt::begin(asked).err().expect("a refusal");
        assert!(sentence.contains(said) && sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn noise_is_no_law_and_the_front_says_so() {
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f64 / 2f64.powi(24)
    };
    let columns = (0..3).map(|_| (0..100).map(|_| noise()).collect()).collect();
    let headings = ["a", "b", "y"].map(|name| Heading { name: name.into(), unit: String::new() }).to_vec();
    let asked = Request { seconds: 3.0, ..request(Source::Sheet(Sheet { headings, columns }), 2, &[0, 1]) };
    let (_, front, _) = to_rest(&mut Hunt::begin(asked).expect("a hunt"));
    assert_eq!((front.finding, front.suggestion), (Finding::NothingBetterThanAConstant, 0));
}

#[test]
fn files_are_read_or_refused_in_one_sentence_that_names_the_place() {
    let (sheet, words) =
        sheet::read("planet;a [m];T (s)\nMercury;0,387;0,241\nVenus;0,723;0,615\n".as_bytes()).expect("a table");
    assert_eq!(words, ["planet"]);
    assert_eq!(sheet.headings[0], Heading { name: "a".into(), unit: "m".into() });
    assert_eq!(sheet.columns, [[0.387, 0.723], [0.241, 0.615]]);
    for (text, said) in [
        ("", "empty"),
        ("x,y\n", "no rows"),
        ("x,y\n1,2\n3\n4,5\n", "Line 3"),
        ("x,y\n1,2\n3\n", "Line 3"),
        ("x,y\n1,2\n3,inf\n", "finite"),
        ("x,y\n1,2\n3,NaN\n", "Line 3"),
        ("x,y\n1,2\n3,\n", "no number"),
        ("x,y\n1,2\n3,four\n", "four"),
        ("x,x\n1,2\n3,4\n", "called “x”"),
        ("x\n1\n2\n", "only one column"),
        ("once upon a time\nthere was no table\n", "."),
        ("\u{1}\u{2}\u{3}", "not text"),
    ] {
        let sentence = sheet::read(text.as_bytes()).expect_err(text);
        assert!(sentence.contains(said) && sentence.ends_with('.'), "{text:?}: {sentence}");
    }
}

#[test]
fn units_are_read_by_their_dimension() {
    let [mass, length, time] = [Dimension::MASS, Dimension::LENGTH, Dimension::TIME];
    let force = mass.times(length, 1.0).times(time, -2.0);
    for (text, expected) in [
        ("", Dimension::NONE),
        ("rad", Dimension::NONE),
        ("kg", mass),
        ("mm", length),
        ("min", time),
        ("m/s^2", length.times(time, -2.0)),
        ("m s-2", length.times(time, -2.0)),
        ("kg·m·s⁻²", force),
        ("kN", force),
        ("N m^2/kg^2", force.times(length, 2.0).times(mass, -2.0)),
        ("m^0.5", Dimension::NONE.times(length, 0.5)),
    ] {
        let read = Dimension::parse(text).unwrap_or_else(|error| panic!("{error}"));
        assert!(read.agrees(expected), "{text}: {read:?}");
    }
    for text in ["furlong", "m/", "m^", "kkg", "m^x", "^2", "2"] {
        let error: dimension::UnitError = Dimension::parse(text).expect_err(text);
        assert!(error.to_string().contains(text));
    }
}

// The islands behind the page.

fn front(error: f64, plain: &str) -> FrontText {
    let law = |complexity, error, plain: &str| LawText {
        complexity,
        error,
        score: 0.0,
        plain: plain.into(),
        mathml: "<mn>1</mn>".into(),
        latex: format!("F = {plain}"),
        rust: plain.into(),
        python: plain.into(),
    };
    FrontText { laws: vec![law(1, 1.0, "1"), law(7, error, plain)], suggestion: 1, finding: Finding::Approximate }
}

fn progress(id: u32, evaluations: u64, front: Option<FrontText>, rest: Option<Rest>) -> SearchEvent {
    let progress = Progress { generation: 3, evaluations, per_second: 1000.0, seconds: 1.0, front, rest };
    SearchEvent::Progress(SearchId(id), Box::new(progress))
}

/// A search on two islands, both ready; the workers' numbers.
fn two_islands() -> (Islands, [u32; 2]) {
    let mut islands = Islands::default();
    let orders = islands.begin(newton(), 2);
    let [Order::Spawn(a, _), Order::Spawn(b, _)] = orders[..] else { panic!("{orders:?}") };
    assert_eq!(islands.phase, Phase::Starting);
    for (worker, number) in [(a, 0), (b, 1)] {
        let (orders, _) = islands.heard(worker, SearchEvent::Ready);
        let [Order::Post(to, SearchCommand::Begin(request))] = &orders[..] else { panic!("{orders:?}") };
        assert_eq!((*to, request.island, request.id), (worker, number, SearchId(1)));
    }
    (islands, [a, b])
}

#[test]
fn islands_share_their_laws_and_their_best_front_is_shown() {
    let (mut islands, [a, b]) = two_islands();
    islands.heard(a, progress(1, 500, Some(front(0.5, "r")), None));
    assert_eq!(islands.phase, Phase::Searching);
    islands.heard(b, progress(1, 700, Some(front(0.2, "m1*m2/r^2")), None));
    islands.heard(a, progress(1, 900, Some(front(0.4, "m1/r")), None));
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "m1*m2/r^2");
    assert_eq!((islands.tally.evaluations, islands.tally.islands), (1600, 2));
    assert_eq!(islands.tally.per_second, 2000.0);
    let (orders, _) = islands.heard(a, SearchEvent::Migrants(SearchId(1), vec![1, 2]));
    assert_eq!(orders, [Order::Post(b, SearchCommand::Receive(vec![1, 2]))]);
    // What another search still says is dropped.
    islands.heard(a, progress(9, 1, Some(front(0.0, "stale")), None));
    assert_eq!(islands.tally.evaluations, 1600);
}

#[test]
fn a_search_holds_goes_on_ends_and_keeps_what_it_found() {
    let (mut islands, [a, b]) = two_islands();
    islands.heard(a, progress(1, 500, Some(front(0.5, "r")), None));
    assert_eq!(islands.hold(), [Order::Post(a, SearchCommand::Hold), Order::Post(b, SearchCommand::Hold)]);
    assert_eq!(islands.phase, Phase::Resting(Rest::Asked));
    islands.heard(b, progress(1, 800, None, Some(Rest::Asked)));
    assert_eq!(islands.phase, Phase::Resting(Rest::Asked));
    assert_eq!(islands.go_on(), [Order::Post(a, SearchCommand::GoOn), Order::Post(b, SearchCommand::GoOn)]);
    // One exact law is enough for all.
    let (orders, _) = islands.heard(b, progress(1, 900, Some(front(0.0, "m1")), Some(Rest::Exact)));
    assert_eq!(orders, [Order::Post(a, SearchCommand::Hold)]);
    assert_eq!((islands.phase, islands.go_on()), (Phase::Resting(Rest::Exact), vec![]));
    // Workers serve the next search too, and the old laws stay until it has found some.
    let orders = islands.begin(newton(), 2);
    assert!(matches!(&orders[..], [Order::Post(_, SearchCommand::Begin(_)), Order::Post(_, SearchCommand::Begin(_))]));
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "m1");
    islands.heard(a, progress(2, 10, Some(front(0.9, "m2")), None));
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "m2");
    assert_eq!(islands.stop(), [Order::Dismiss(a), Order::Dismiss(b)]);
    assert_eq!((islands.phase, islands.front.is_some()), (Phase::Idle, true));
}

#[test]
fn an_island_that_dies_is_replaced_by_a_fresh_one_but_not_for_ever() {
    let (mut islands, [a, _]) = two_islands();
    islands.heard(a, progress(1, 500, Some(front(0.5, "r")), None));
    let (orders, sentence) = islands.died(a, "failed (out of memory)");
    let [Order::Dismiss(dead), Order::Spawn(fresh, _)] = orders[..] else { panic!("{orders:?}") };
    assert_eq!((dead, sentence), (a, None));
    assert!(islands.notice.as_ref().is_some_and(|notice| notice.contains("out of memory")));
    let (orders, _) = islands.heard(fresh, SearchEvent::Ready);
    let [Order::Post(_, SearchCommand::Begin(request))] = &orders[..] else { panic!("{orders:?}") };
    assert_eq!(request.island, 2, "the same island would come to the same end");
    assert_eq!(islands.front.as_ref().expect("a front").laws[1].plain, "r");
    let mut next = fresh;
    let sentence = (0..10).find_map(|_| {
        let (orders, sentence) = islands.died(next, "failed");
        next =
            orders.iter().find_map(|order| if let Order::Spawn(id, _) = order { Some(*id) } else { None }).unwrap_or(0);
        sentence
    });
    assert!(sentence.expect("it gives up").contains("died"));
    assert_eq!(islands.phase, Phase::Idle);
}

#[test]
fn a_refusal_ends_the_search_once() {
    let (mut islands, [a, b]) = two_islands();
    let refused = || SearchEvent::Refused(SearchId(1), "Nothing to explain.".into());
    assert_eq!(islands.heard(a, refused()).1.as_deref(), Some("Nothing to explain."));
    assert_eq!(islands.heard(b, refused()).1, None);
    assert_eq!(islands.phase, Phase::Idle);
}

// The page.

fn page(fragment: &str) -> State {
    let mut state = State::open(fragment);
    state.formula = Formula::new(2);
    state
}

fn act(state: &mut State, deed: Deed) -> Vec<Effect> {
    state.reduce(Action::Formula(deed))
}

#[test]
fn other_numbers_forget_the_laws_of_the_ones_before() {
    let mut state = page("#v=1&preset=spring&page=formula");
    for worker in spawned(&act(&mut state, Deed::Search)) {
        act(&mut state, Deed::Heard(Heard::Said(worker, SearchEvent::Ready)));
        let found = progress(1, 500, Some(front(0.5, "r")), None);
        act(&mut state, Deed::Heard(Heard::Said(worker, found)));
    }
    assert!(state.formula.law().is_some());
    let effects = act(&mut state, Deed::Source("planets".into()));
    assert!(state.formula.law().is_none());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Search(Order::Dismiss(_)))), "{effects:?}");
}

fn spawned(effects: &[Effect]) -> Vec<u32> {
    let worker = |effect: &Effect| if let Effect::Search(Order::Spawn(id, _)) = effect { Some(*id) } else { None };
    effects.iter().filter_map(worker).collect()
}

/// The request that the first island gets.
fn begun(state: &mut State) -> Request {
    let workers = spawned(&act(state, Deed::Search));
    let effects = act(state, Deed::Heard(Heard::Said(workers[0], SearchEvent::Ready)));
    let [Effect::Search(Order::Post(_, SearchCommand::Begin(request)))] = &effects[..] else { panic!("{effects:?}") };
    Request::clone(request)
}

#[test]
fn alphabet_seed_and_source_travel_in_the_link_and_restart_nothing() {
    let mut state = page("#v=1&preset=pendulum&page=formula");
    state.reduce(Action::Train);
    let status = state.status;
    let effects = act(&mut state, Deed::Source("clock".into()));
    assert!(effects.iter().all(|effect| matches!(effect, Effect::Address(_))), "{effects:?}");
    state.reduce(Action::Set("search-seed", "5".into()));
    state.reduce(Action::Set("operators", "add,multiply,cos".into()));
    assert_eq!(state.status, status);
    let text = link::encode(&state.experiment);
    assert!(text.contains("formula=clock") && text.contains("operators=add,multiply,cos"), "{text}");
    let (read, remarks) = link::decode(&text);
    assert_eq!((read, remarks.len()), (state.experiment.clone(), 0));
    let (none, _) = link::decode("v=1&operators=none");
    assert_eq!(operators(none.view.formula.operators).count(), 0);
    let (moved, remarks) = link::decode("v=1&operators=add,telepathy");
    assert_eq!((operators(moved.view.formula.operators).collect::<Vec<_>>(), remarks.len()), (vec![Operator::Add], 1));
}

#[test]
fn a_source_suggests_its_operators_and_its_last_column() {
    let mut state = page("#v=1&preset=pendulum&page=formula");
    act(&mut state, Deed::Source("planets".into()));
    let asked = begun(&mut state);
    assert_eq!((asked.target, asked.inputs.clone(), asked.units.clone()), (1, vec![0], None));
    assert!(asked.operators.contains(&Operator::Sqrt));
    act(&mut state, Deed::Stop);
    act(&mut state, Deed::Source("newton".into()));
    act(&mut state, Deed::Target(0));
    act(&mut state, Deed::Input(2));
    act(&mut state, Deed::Unit(1, "g".into()));
    state.reduce(Action::Set("units", "fit".into()));
    let asked = begun(&mut state);
    assert_eq!((asked.target, asked.inputs), (0, vec![1, 3]));
    assert_eq!(asked.units.expect("units")[1], "g");
    assert!(!asked.operators.contains(&Operator::Sqrt));
}

#[test]
fn a_learned_energy_is_a_table_of_the_states_that_were_learned_from() {
    let mut state = page("#v=1&preset=pendulum&page=formula&formula=energy");
    let effects = act(&mut state, Deed::Search);
    assert!(effects.is_empty() && state.remarks[0].contains("train"), "{:?}", state.remarks);
    let experiment = state.experiment.clone();
    let mut rng = experiment.seed.stream(Purpose::Weights);
    let weights = orthogonal_mlp(&experiment.widths(ModelKind::Hnn), experiment.network.activation, &mut rng);
    let look = Look::of(&experiment, &state.scene.task, ModelKind::Hnn, 0, &TrainedWeights::States(weights), false);
    let energies = look.energies.clone();
    state.models.get_mut(&ModelKind::Hnn).expect("an HNN").look = Some(Rc::new(look));
    let Source::Sheet(sheet) = begun(&mut state).source else { panic!("a sheet") };
    let [q, p, h] = &sheet.columns[..] else { panic!("three columns") };
    assert!(q.len() > 300 && q.len() < energies.len(), "{}", q.len());
    assert!(q.iter().zip(p).all(|(q, p)| q.hypot(*p) <= experiment.data.radius_max));
    // The middle of the lattice is the middle of phase space.
    let middle = q.iter().zip(p).position(|(q, p)| q.abs() + p.abs() < 1e-12).expect("the middle");
    assert_eq!(h[middle], energies[energies.len() / 2]);
}

#[test]
fn a_table_replaces_the_one_before_only_if_it_can_be_read() {
    let mut state = page("#v=1&page=formula");
    let bring = |state: &mut State, name: &str, answer: SearchEvent| {
        let effects = state.reduce(Action::Load(name.into(), Rc::from(&b"x,y\n1,2\n3,5\n"[..])));
        let worker = spawned(&effects)[0];
        let effects = act(state, Deed::Heard(Heard::Said(worker, SearchEvent::Ready)));
        assert!(matches!(&effects[..], [Effect::Search(Order::Post(_, SearchCommand::Read(_)))]), "{effects:?}");
        act(state, Deed::Heard(Heard::Said(worker, answer)))
    };
    let headings = ["x", "y"].map(|name| Heading { name: name.into(), unit: String::new() }).to_vec();
    bring(&mut state, "good.csv", SearchEvent::Understood { headings, rows: 2, words: vec![] });
    assert_eq!(state.experiment.view.formula.source, FormulaSource::File);
    let effects = bring(&mut state, "bad.csv", SearchEvent::Unreadable("Line 3 is wrong.".into()));
    assert!(matches!(effects[..], [Effect::Search(Order::Dismiss(_))]));
    assert_eq!(state.remarks, ["bad.csv: Line 3 is wrong. Nothing was changed."]);
    assert_eq!(state.formula.file.as_ref().expect("the good one").name, "good.csv");
    state.reduce(Action::Refuse("film.mp4: The file has 700.0 MB.".into()));
    assert_eq!(state.formula.file.as_ref().expect("the good one").name, "good.csv");
    assert_eq!(begun(&mut state).source, Source::File(b"x,y\n1,2\n3,5\n".to_vec()));
    // A link cannot hold it, and says so by asking for it.
    let mut there = page(&format!("#{}", link::encode(&state.experiment)));
    act(&mut there, Deed::Search);
    assert!(there.remarks[0].contains("no table yet"), "{:?}", there.remarks);
}

#[test]
fn any_law_of_the_front_can_be_picked_and_copied() {
    let mut state = page("#v=1&page=formula");
    let workers = spawned(&act(&mut state, Deed::Search));
    assert_eq!(workers.len(), 2);
    act(&mut state, Deed::Heard(Heard::Said(workers[0], SearchEvent::Ready)));
    act(&mut state, Deed::Heard(Heard::Said(workers[0], progress(1, 5, Some(front(0.5, "m1/r")), None))));
    assert_eq!(state.formula.law().expect("the suggested one").complexity, 7);
    act(&mut state, Deed::Pick(1));
    assert_eq!(state.formula.law().expect("the picked one").complexity, 1);
    assert_eq!(act(&mut state, Deed::Copy(Notation::Latex)), [Effect::CopyLaw("F = 1".into())]);
    act(&mut state, Deed::Pick(30));
    assert_eq!(act(&mut state, Deed::Copy(Notation::Plain)), [Effect::CopyLaw("m1/r".into())]);
    // Another experiment leaves the search alone.
    state.reduce(Action::NewSeed);
    assert!(state.formula.law().is_some() && state.formula.islands.busy());
}

#[test]
fn what_is_said_between_page_and_searcher_survives_the_journey() {
    let command = SearchCommand::Begin(Box::new(newton()));
    assert_eq!(message::decode::<SearchCommand>(&message::encode(&command)), Some(command));
    let event = progress(3, 9, Some(front(0.5, "a")), Some(Rest::TimeUp));
    assert_eq!(message::decode::<SearchEvent>(&message::encode(&event)), Some(event));
}

#[test]
#[ignore = "a measurement: run in release with --nocapture"]
fn speed_of_one_island() {
    let mut rates: Vec<f64> = (0..5)
        .map(|seed| {
            let asked = Request { seed: Seed(seed), ..request(Source::Example(Example::Clock), 3, &[0, 1, 2]) };
            let mut hunt = Hunt::begin(Request { seconds: 3.0, ..asked }).expect("a hunt");
            let begun = Instant::now();
            let now = || begun.elapsed().as_secs_f64() * 1000.0;
            loop {
                for event in hunt.work(now) {
                    if let SearchEvent::Progress(_, progress) = event
                        && progress.rest.is_some()
                    {
                        return progress.per_second;
                    }
                }
            }
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    println!("evaluations a second: {rates:.0?}");
    assert!(rates[2] > 20_000.0);
}

#[test]
fn slopes_of_a_learned_energy_are_hamiltons_equations_and_do_not_explain_each_other() {
    // A network of no width at all but H = q·p by its field: dq/dt = ∂H/∂p = q, dp/dt = −∂H/∂q = −p.
    let mut state = State::open("#v=1&preset=spring&page=formula&formula=slopes");
    let experiment = state.experiment.clone();
    let field = |at: PhasePoint| PhaseVelocity { dq: vec![at.q[0]], dp: vec![-at.p[0]] };
    let look = Look {
        kind: ModelKind::Hnn,
        step: 1,
        from: experiment.start(),
        motion: Trajectory::through(&[0.0], &[experiment.start()], 0.1, 0.0),
        scheme: Scheme::Rk4,
        field: arrows(window(&experiment)).map(field).collect(),
        energies: vec![],
        score: None,
        film: None,
    };
    state.models.get_mut(&ModelKind::Hnn).expect("an HNN").look = Some(Rc::new(look));
    let sheet = state.learned(FormulaSource::Slopes).expect("slopes");
    let [q, p, by_q, by_p] = &sheet.columns[..] else { panic!("{}", sheet.columns.len()) };
    assert!(q.len() > 50 && q == by_p && p == by_q);
    assert_eq!((state.target(), [0, 1, 2].map(|column| state.uses(column))), (3, [true, true, false]));
    state.reduce(Action::Formula(Deed::Input(2)));
    assert!(state.uses(2));
}
