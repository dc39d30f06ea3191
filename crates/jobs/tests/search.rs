//! Claims about the search for formulas as a job: tables in, laws out, and on from a checkpoint.

use jobs::job::execution::Execution;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use jobs::job::server::Server;
use jobs::job::{EngineKind, Job};
use jobs::protocol::search::{
    Contents, Example, FrontText, Heading, Migrants, Progress, ReadTable, Request, Search, Sheet, Source, Tables,
};
use jobs::symbolic_regression::session::SearchSession;
use jobs::symbolic_regression::sheet;
use jobs::symbolic_regression::table::FileReading;
use numerics::seed::Seed;
use std::cell::Cell;
use std::time::Instant;
use symbolic::dimension;
use symbolic::evaluate::Objective;
use symbolic::operators::Operator;
use symbolic::pareto::Finding;
use symbolic::units::Dimension;

fn request(source: Source, target: usize, inputs: &[usize]) -> Request {
    Request {
        island: 0,
        source,
        target,
        inputs: inputs.to_vec(),
        operators: Operator::ALL[..4].to_vec(),
        errors: None,
        units: vec![],
        fit_units: false,
        seed: Seed(0),
        max_complexity: 30,
        objective: Objective::MeanSquared,
        seconds: 60.0,
    }
}

fn newton() -> Request {
    request(Source::Example(Example::Newton), 3, &[0, 1, 2])
}

fn clock_table() -> Request {
    request(Source::Example(Example::Clock), 3, &[0, 1, 2])
}

/// A worker with a search, and a clock that advances by a millisecond with every look.
struct Worker {
    server: Server<SearchSession>,
    time: Cell<f64>,
}

/// What a search reported until it rested.
struct Rested {
    progress: Progress,
    front: Option<FrontText>,
    migrants: Vec<Migrants>,
    saved: Saved,
    finished: bool,
    /// Whether it was told to hold.
    held: bool,
}

impl Rested {
    fn front(&self) -> &FrontText {
        self.front.as_ref().expect("a front")
    }
}

impl Worker {
    fn begin(request: Request, saved: Option<Saved>, pace: Pace) -> Self {
        let mut worker = Self { server: Server::new(()), time: Cell::new(0.0) };
        let refused = worker.take(Command::Start { run: RunId(7), spec: Box::new(request), saved, pace });
        assert_eq!(refused, []);
        worker
    }

    fn take(&mut self, command: Command<Search>) -> Vec<Event<Search>> {
        let mut events = vec![];
        let command = decode(&encode(&command)).expect("a command survives the journey");
        let clock = || self.time.replace(self.time.get() + 1.0);
        pollster::block_on(self.server.take(command, &clock, &mut |event| events.push(event))).expect("no loss");
        events
    }

    fn until_rest(&mut self) -> Rested {
        let clock = || self.time.replace(self.time.get() + 1.0);
        let (mut front, mut migrants, mut last, mut saved) = (None::<FrontText>, vec![], None, None);
        let (mut finished, mut held) = (None, false);
        let mut post = |event: Event<Search>| match decode::<Event<Search>>(&encode(&event)) {
            Some(Event::Of(RunId(7), Report::Progress(mut progress))) => {
                front = progress.front.take().or(front.take());
                last = Some(progress);
            }
            Some(Event::Of(RunId(7), Report::Snapshot(laws))) => migrants.push(*laws),
            Some(Event::Of(RunId(7), Report::Saved(checkpoint))) => saved = Some(checkpoint),
            Some(Event::Of(RunId(7), Report::Finished)) => finished = Some(true),
            Some(Event::Of(RunId(7), Report::Held)) => (finished, held) = (Some(false), true),
            Some(Event::Of(RunId(7), Report::Rested)) => finished = Some(false),
            other => panic!("{other:?}"),
        };
        while pollster::block_on(self.server.work(&clock, &mut post)).expect("no loss") {}
        Rested {
            progress: last.expect("progress"),
            front,
            migrants,
            saved: saved.expect("a checkpoint"),
            finished: finished.expect("it rests"),
            held,
        }
    }
}

/// A search from its beginning until it rests.
fn searched(request: Request) -> Rested {
    Worker::begin(request, None, Pace::Run).until_rest()
}

#[test]
fn a_search_finds_newtons_law_and_prints_it_in_every_notation() {
    let found = searched(newton());
    assert_eq!((found.finished, found.front().finding), (true, Finding::Exact));
    let progress = &found.progress;
    assert!(progress.generation > 0 && progress.evaluations > 1000 && progress.per_second > 0.0);
    let law = &found.front().laws[found.front().suggestion];
    assert_eq!((law.complexity, law.plain.matches("r^2").count()), (7, 1), "{}", law.plain);
    assert!(law.error < 1e-12);
    assert!(law.mathml.starts_with("<mi>F</mi><mo>=</mo>") && law.mathml.contains("<msup>"), "{}", law.mathml);
    assert!(law.latex.starts_with("F = \\frac{") && law.rust.contains("m1") && law.python.contains("m2"));
}

#[test]
fn a_search_holds_when_asked_goes_on_and_rests_when_its_time_is_up() {
    let mut worker = Worker::begin(Request { seconds: 2.0, ..clock_table() }, None, Pace::Hold);
    let held = worker.until_rest();
    assert_eq!((held.finished, held.held, held.progress.seconds), (false, true, 0.0));
    worker.take(Command::Pace(Pace::Run));
    let up = worker.until_rest();
    assert!(!up.finished && !up.held && (2.0..3.0).contains(&up.progress.seconds), "{}", up.progress.seconds);
    worker.take(Command::Pace(Pace::Run));
    let again = worker.until_rest().progress;
    assert!((4.0..5.0).contains(&again.seconds) && again.evaluations > up.progress.evaluations, "{}", again.seconds);
}

#[test]
fn laws_travel_from_one_island_to_another() {
    let found = searched(newton());
    let mut other = Worker::begin(Request { island: 1, ..newton() }, None, Pace::Run);
    other.take(Command::Ask(Migrants(b"no laws at all".to_vec())));
    other.take(Command::Ask(found.migrants.last().expect("a solved search sends its laws").clone()));
    let received = other.until_rest();
    let last = |rested: &Rested| rested.front().laws.last().map(|law| law.plain.clone());
    assert_eq!(last(&received), last(&found));
    // What was received is only confirmed, not found again.
    assert!(received.progress.evaluations < 15_000, "{}", received.progress.evaluations);
}

#[test]
fn a_worker_that_takes_over_goes_on_with_laws_time_and_count() {
    let before = searched(Request { seconds: 2.0, ..clock_table() });
    // Of another number, as the pool does it: the same random numbers would come to the same end.
    let mut heir = Request { seconds: 2.0, ..clock_table() };
    Search::vary(&mut heir, 2);
    assert_eq!(heir.island, 2);
    let mut worker = Worker::begin(heir, Some(before.saved.clone()), Pace::Hold);
    let taken = worker.until_rest();
    assert_eq!(taken.front, before.front);
    assert_eq!(taken.progress.evaluations, before.progress.evaluations);
    assert_eq!(taken.progress.seconds, before.progress.seconds);
    worker.take(Command::Pace(Pace::Run));
    let after = worker.until_rest();
    assert!(after.progress.evaluations > before.progress.evaluations);
    // The front is printed again only if it has changed; then it is no worse.
    let error = |front: &FrontText| front.laws.last().map_or(1.0, |law| law.error);
    assert!(after.front.as_ref().is_none_or(|front| error(front) <= error(before.front())));
}

#[test]
fn each_core_gets_an_island_up_to_four() {
    let islands = |cores| Search::parts(&newton(), EngineKind::Cpu, cores).iter().map(|part| part.island).collect();
    let (one, many): (Vec<u32>, Vec<u32>) = (islands(0), islands(16));
    assert_eq!((one, many), (vec![0], vec![0, 1, 2, 3]));
}

#[test]
fn eight_planets_show_keplers_law_and_no_law_learns_them_by_heart() {
    let operators = [&Operator::ALL[..4], &[Operator::Sqrt]].concat();
    let found = searched(Request { operators, seconds: 10.0, ..request(Source::Example(Example::Planets), 1, &[0]) });
    assert_eq!((found.finished, found.front().finding), (false, Finding::Approximate));
    let law = &found.front().laws[found.front().suggestion];
    assert!(law.error < 0.002 && law.complexity <= 6, "{}: {}", law.plain, law.error);
    assert!(law.known.as_deref().is_some_and(|known| known.contains("Kepler")), "{law:?}");
}

#[test]
fn with_units_the_period_of_a_pendulum_has_no_mass_in_it() {
    let operators = [&Operator::ALL[..4], &[Operator::Sqrt]].concat();
    let units = Example::Clock.headings().into_iter().map(|heading| heading.unit).collect();
    let found = searched(Request { operators, units, fit_units: true, seconds: 20.0, ..clock_table() });
    let law = &found.front().laws[found.front().suggestion];
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
    let units = vec!["furlong".to_owned(), String::new()];
    for (asked, said) in [
        (request(table(vec![rows(|x| x), rows(|_| 3.0)]), 1, &[0]), "same in every row"),
        (request(short, 3, &[0, 1, 2]), "at least as many rows"),
        (request(two(), 1, &[]), "no column"),
        (request(two(), 5, &[0]), "not in this table"),
        (Request { operators: vec![], ..request(two(), 1, &[0]) }, "at least one operator"),
        (Request { units, fit_units: true, ..request(two(), 1, &[0]) }, "furlong"),
        (Request { max_complexity: 1, ..request(two(), 1, &[0]) }, "complexity"),
        (request(Source::File(b"PK\x03\x04".to_vec()), 1, &[0]), "not text"),
    ] {
        let sentence = SearchSession::begin(asked, None, &()).err().expect("a refusal");
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
    let found = searched(Request { seconds: 3.0, ..request(Source::Sheet(Sheet { headings, columns }), 2, &[0, 1]) });
    assert_eq!((found.front().finding, found.front().suggestion), (Finding::NothingBetterThanAConstant, 0));
}

#[test]
fn a_table_is_read_by_a_job_of_its_own() {
    let read = |text: &str| {
        let mut server = Server::<FileReading<Tables>>::new(());
        let mut events = vec![];
        let mut post = |event: Event<ReadTable>| events.push(event);
        let spec = Box::new(text.as_bytes().to_vec());
        let start = Command::Start { run: RunId(1), spec, saved: None, pace: Pace::Run };
        pollster::block_on(server.take(start, &|| 0.0, &mut post)).expect("no loss");
        while pollster::block_on(server.work(&|| 0.0, &mut post)).expect("no loss") {}
        events
    };
    let headings = ["a", "b"].map(|name| Heading { name: name.into(), unit: String::new() }).to_vec();
    let contents = Contents {
        headings,
        rows: 2,
        remarks: vec!["Passed over, because they hold words: planet.".into()],
        uncertainties: vec![],
    };
    let events = read("planet;a;b\nMercury;1;2\nVenus;3;4\n");
    assert_eq!(events.first(), Some(&Event::Of(RunId(1), Report::Snapshot(Box::new(contents)))));
    assert_eq!(events.last(), Some(&Event::Of(RunId(1), Report::Finished)));
    let refused = read("");
    assert!(matches!(&refused[..], [Event::Of(_, Report::Refused(why))] if why.contains("empty")), "{refused:?}");
}

#[test]
fn files_are_read_or_refused_in_one_sentence_that_names_the_place() {
    let (sheet, remarks, _) =
        sheet::read("planet;a [m];T (s)\nMercury;0,387;0,241\nVenus;0,723;0,615\n".as_bytes()).expect("a table");
    assert_eq!(remarks, ["Passed over, because they hold words: planet."]);
    assert_eq!(sheet.headings[0], Heading { name: "a".into(), unit: "m".into() });
    assert_eq!(sheet.columns, [[0.387, 0.723], [0.241, 0.615]]);
    // A cell that cannot be used costs its row, where its column is used.
    let (sheet, remarks, _) =
        sheet::read(b"x,y,z\n1,2,3\n3,,6\n4,5,\n6,four,9\n7,8,1\n8,NaN,2\n9,1,4\n8,2,1\n1,1\n").expect("a table");
    assert!(remarks.iter().any(|said| said.contains("gap")), "{remarks:?}");
    let used = |inputs: &[usize]| {
        let table = sheet::table_of(&sheet, &request(Source::Sheet(sheet.clone()), 0, inputs)).expect("a table");
        table.target
    };
    assert_eq!(used(&[1]), [1.0, 4.0, 7.0, 9.0, 8.0]);
    assert_eq!(used(&[2]), [1.0, 3.0, 6.0, 7.0, 8.0, 9.0, 8.0]);
    assert_eq!(used(&[1, 2]), [1.0, 7.0, 9.0, 8.0]);
    // Two columns of one name are told apart.
    let (twice, remarks, _) = sheet::read(b"x,x\n1,2\n3,4\n").expect("a table");
    assert_eq!(twice.headings.iter().map(|heading| heading.name.as_str()).collect::<Vec<_>>(), ["x", "x 2"]);
    assert!(remarks[0].contains("called “x”"), "{remarks:?}");
    for (text, said) in [
        ("", "empty"),
        ("x,y\n", "no row of numbers"),
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

#[test]
#[ignore = "a measurement: run in release with --nocapture"]
fn speed_of_one_island() {
    let rate = |seed| {
        let begun = Instant::now();
        let clock = || begun.elapsed().as_secs_f64() * 1000.0;
        let spec = Box::new(Request { seed: Seed(seed), seconds: 3.0, ..clock_table() });
        let mut server = Server::<SearchSession>::new(());
        let mut rate = 0.0;
        let mut post = |event: Event<Search>| {
            if let Event::Of(_, Report::Progress(progress)) = event {
                rate = progress.per_second;
            }
        };
        let start = Command::Start { run: RunId(1), spec, saved: None, pace: Pace::Run };
        pollster::block_on(server.take(start, &clock, &mut post)).expect("no loss");
        while pollster::block_on(server.work(&clock, &mut post)).expect("no loss") {}
        rate
    };
    let mut rates: Vec<f64> = (0..5).map(rate).collect();
    rates.sort_by(f64::total_cmp);
    println!("evaluations a second: {rates:.0?}");
    assert!(rates[2] > 20_000.0);
}
