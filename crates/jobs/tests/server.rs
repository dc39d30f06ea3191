//! Claims about the loop around an execution, with one that only counts.

use jobs::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use jobs::job::server::Server;
use jobs::job::{EngineKind, Job};
use std::cell::Cell;

/// Counts to its specification.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Count;

impl Job for Count {
    type Spec = u64;
    type Question = u32;
    type Progress = u64;
    type Record = ();
    type Snapshot = String;
    const ROLE: &'static str = "count";
    const FILE: &'static str = "counter";
    const REMEDY: &'static str = "count less";

    fn parts(spec: &u64, _engine: EngineKind, _cores: usize) -> Vec<u64> {
        vec![*spec]
    }

    fn patience(_spec: &u64) -> f64 {
        1000.0
    }

    fn name(_spec: &u64, _engine: EngineKind) -> String {
        "The counter".into()
    }
}

struct Counter {
    at: u64,
    to: u64,
    asked: Vec<u32>,
}

/// A number at which the device is lost.
const CURSED: u64 = 77_777;

impl Execution for Counter {
    type Job = Count;
    type Engine = ();
    type Checkpoint = u64;

    fn begin(to: u64, checkpoint: Option<u64>, (): &()) -> Result<Self, String> {
        if to == 0 {
            return Err("There is nothing to count.".into());
        }
        Ok(Self { at: checkpoint.unwrap_or(0), to, asked: vec![] })
    }

    async fn step(&mut self, budget: Budget, clock: Clock<'_>) -> Result<(Vec<Report<Count>>, Outcome), Lost> {
        let begun = clock();
        while self.at < self.to {
            self.at += 1;
            if self.at == CURSED {
                return Err(Lost("lost its fingers".into()));
            }
            match budget {
                Budget::Milliseconds(budget) if clock() - begun < budget => {}
                _ => break,
            }
        }
        let outcome = if self.at == self.to { Outcome::Finished } else { Outcome::Continues };
        Ok((vec![Report::Progress(self.at)], outcome))
    }

    fn ask(&mut self, question: u32) {
        self.asked.push(question);
    }

    fn is_asked(&self) -> bool {
        !self.asked.is_empty()
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Vec<Report<Count>>, Lost> {
        let answer = |question: u32| Report::Snapshot(Box::new(format!("{question} at {}", self.at)));
        Ok(std::mem::take(&mut self.asked).into_iter().map(answer).collect())
    }

    async fn settle(&mut self, finished: bool, _clock: Clock<'_>) -> Result<Vec<Report<Count>>, Lost> {
        Ok(vec![Report::Snapshot(Box::new(format!("{} {finished}", self.at)))])
    }

    async fn checkpoint(&mut self, _clock: Clock<'_>) -> Result<(u64, u64), Lost> {
        Ok((self.at, self.at))
    }

    async fn measure(_to: u64, (): &(), _clock: Clock<'_>) -> Result<f64, Lost> {
        Ok(9.0)
    }
}

/// A worker, and a clock that advances by a millisecond with every look.
struct Worker {
    server: Server<Counter>,
    time: Cell<f64>,
}

impl Worker {
    fn new() -> Self {
        Self { server: Server::new(()), time: Cell::new(0.0) }
    }

    fn take(&mut self, command: Command<Count>) -> Vec<Event<Count>> {
        let mut events = vec![];
        // As the page sends it.
        let command = decode(&encode(&command)).expect("a command");
        let clock = || self.time.replace(self.time.get() + 1.0);
        pollster::block_on(self.server.take(command, &clock, &mut |event| events.push(event))).expect("no loss");
        events
    }

    /// Works until there is nothing more to do; all reports of this run.
    fn work(&mut self, id: u32) -> Result<Vec<Report<Count>>, Lost> {
        let mut reports = vec![];
        let clock = || self.time.replace(self.time.get() + 1.0);
        let mut post = |event: Event<Count>| match decode(&encode(&event)) {
            Some(Event::Of(RunId(run), report)) if run == id => reports.push(report),
            other => panic!("{other:?}"),
        };
        while pollster::block_on(self.server.work(&clock, &mut post))? {}
        Ok(reports)
    }

    fn start(&mut self, run: u32, to: u64, saved: Option<Saved>, pace: Pace) -> Vec<Event<Count>> {
        self.take(Command::Start { run: RunId(run), spec: Box::new(to), saved, pace })
    }
}

fn last_saved(reports: &[Report<Count>]) -> Saved {
    let saved = |report: &Report<Count>| if let Report::Saved(saved) = report { Some(saved.clone()) } else { None };
    reports.iter().rev().find_map(saved).expect("a checkpoint")
}

#[test]
fn a_job_runs_to_its_end_and_leaves_its_state_and_a_checkpoint_before_it_says_so() {
    let mut worker = Worker::new();
    worker.start(1, 50_000, None, Pace::Run);
    let reports = worker.work(1).expect("no loss");
    let [.., Report::Snapshot(state), Report::Saved(saved), Report::Finished] = &reports[..] else {
        panic!("{:?}", reports.last());
    };
    assert_eq!((state.as_str(), saved.step), ("50000 true", 50_000));
    // 50 seconds by this clock: checkpoints came on the way, every 1.5 s or so.
    let count = reports.iter().filter(|report| matches!(report, Report::Saved(_))).count();
    assert!((20..40).contains(&count), "{count}");
}

#[test]
fn a_heir_goes_on_from_the_checkpoint() {
    let mut worker = Worker::new();
    worker.start(1, CURSED + 100, None, Pace::Steps(700));
    let saved = last_saved(&worker.work(1).expect("no loss"));
    assert_eq!(saved.step, 700);
    let mut heir = Worker::new();
    heir.start(2, 1000, Some(saved), Pace::Steps(1));
    let reports = heir.work(2).expect("no loss");
    assert_eq!(reports.first(), Some(&Report::Progress(701)));
    // Bytes that are no checkpoint begin the job anew instead of ending it.
    heir.start(3, 5, Some(Saved { step: 3, bytes: vec![] }), Pace::Steps(1));
    assert_eq!(heir.work(3).expect("no loss").first(), Some(&Report::Progress(1)));
}

#[test]
fn it_holds_goes_on_and_answers_in_between() {
    let mut worker = Worker::new();
    worker.start(1, 100_000, None, Pace::Hold);
    let reports = worker.work(1).expect("no loss");
    assert_eq!(reports.last(), Some(&Report::Held));
    worker.take(Command::Ask(5));
    assert_eq!(worker.work(1).expect("no loss"), [Report::Snapshot(Box::new("5 at 0".into()))], "it still holds");
    worker.take(Command::Pace(Pace::Steps(2)));
    let reports = worker.work(1).expect("no loss");
    assert_eq!((reports.first(), reports.last()), (Some(&Report::Progress(1)), Some(&Report::Held)));
    worker.take(Command::Pace(Pace::Run));
    assert_eq!(worker.work(1).expect_err("the cursed number"), Lost("lost its fingers".into()));
}

#[test]
fn it_leaves_the_core_to_the_page_for_a_while_but_for_what_is_commanded_meanwhile() {
    let mut worker = Worker::new();
    worker.start(1, 100, None, Pace::Steps(1));
    worker.work(1).expect("no loss");
    let at = |worker: &Worker, time: f64| worker.server.gives_way(&|| time);
    assert_eq!(at(&worker, 0.0), 0.0, "nobody has asked it to");
    let asked = worker.time.get();
    worker.take(Command::GiveWay(200));
    assert_eq!(at(&worker, asked + 50.0), 150.0);
    worker.take(Command::Pace(Pace::Hold));
    worker.take(Command::Ask(5));
    assert_eq!(at(&worker, asked + 60.0), 0.0, "a command does not wait");
    assert_eq!(worker.work(1).expect("no loss").first(), Some(&Report::Snapshot(Box::new("5 at 1".into()))));
    assert_eq!(at(&worker, asked + 70.0), 130.0, "and is no reason to go on afterwards");
    worker.take(Command::GiveWay(20));
    assert_eq!(at(&worker, asked + 70.0), 130.0, "what is granted is not shortened");
    assert_eq!(at(&worker, asked + 201.0), 0.0);
}

#[test]
fn a_page_that_wants_the_core_all_the_time_does_not_end_the_work() {
    let mut worker = Worker::new();
    worker.start(1, 1_000_000, None, Pace::Run);
    let (mut rested, mut longest, mut worked, mut last) = (0.0, 0.0_f64, 0, None);
    // A key is held down for twenty seconds, and repeats itself thirty times a second.
    while worker.time.get() < 20_000.0 {
        worker.take(Command::GiveWay(200));
        let rest = worker.server.gives_way(&|| worker.time.get());
        if rest > 0.0 {
            let slept = rest.min(33.0);
            worker.time.set(worker.time.get() + slept);
            rested += slept;
            longest = longest.max(rested);
        } else {
            rested = 0.0;
            let clock = || worker.time.replace(worker.time.get() + 1.0);
            let mut heard = |event| last = Some(event);
            pollster::block_on(worker.server.work(&clock, &mut heard)).expect("no loss");
            worked += 1;
        }
    }
    assert!(worked >= 40 && longest <= 420.0, "worked {worked} times, and not for {longest} ms");
    assert!(matches!(last, Some(Event::Of(RunId(1), _))), "{last:?}");
}

#[test]
fn what_is_finished_says_so_again_and_does_nothing() {
    let mut worker = Worker::new();
    worker.start(1, 10, None, Pace::Run);
    worker.work(1).expect("no loss");
    worker.take(Command::Pace(Pace::Hold));
    assert_eq!(worker.work(1).expect("no loss"), [Report::Finished]);
    worker.take(Command::Stop);
    worker.take(Command::Pace(Pace::Run));
    assert_eq!(worker.work(1).expect("no loss"), [], "what was dropped is gone");
}

#[test]
fn refusals_and_measurements_are_events() {
    let mut worker = Worker::new();
    let refused = Report::Refused("There is nothing to count.".into());
    assert_eq!(worker.start(4, 0, None, Pace::Run), [Event::Of(RunId(4), refused)]);
    assert_eq!(
        worker.take(Command::Measure { run: RunId(5), spec: Box::new(3) }),
        [Event::Of(RunId(5), Report::Measured(9.0))]
    );
}
