//! What runs share: the processor's cores and a line of progress each.

use autodiff::engine::Engine;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use jobs::job::crew::Stepper;
use jobs::job::execution::Lost;
use jobs::job::threads::Threads;
use models::learner::{Learner, Trainable};
use std::io::Write as _;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// Time between two lines of progress for another program.
const BETWEEN_LINES: Duration = Duration::from_millis(200);

/// What a run works with.
pub struct Resources<'a> {
    /// Where networks are trained.
    pub engine: &'a Engine,
    /// Cores, of which each training takes one.
    pub cores: &'a Cores,
    /// Runs carried out at the same time.
    pub at_once: usize,
    /// Steps taken, over all networks of the run.
    pub progress: Progress,
}

/// A number of cores, each taken by one training at a time.
pub struct Cores {
    count: usize,
    free: Mutex<usize>,
    freed: Condvar,
}

/// One core, until it is dropped.
pub struct Core<'a>(&'a Cores);

impl<'a> Resources<'a> {
    /// A training that has all cores to itself and tells nobody how far it is.
    pub fn alone(cores: &'a Cores) -> Self {
        Self { engine: &Engine::Cpu, cores, at_once: 1, progress: Progress::hidden() }
    }

    /// Takes the steps of one of so many networks of this run, on two cores where they would be idle and where that is faster.
    pub fn stepper<S: Clone + Send + 'static, M: Trainable + 'static>(
        &self,
        networks: usize,
        spec: S,
        make: fn(&S) -> Option<Learner<M>>,
    ) -> Stepper {
        if matches!(self.engine, Engine::Cpu) {
            Stepper::with(Rc::new(Threads { cores: self.cores.count, spec, make }), self.at_once * networks)
        } else {
            Stepper::default()
        }
    }
}

/// One step of a learner.
pub fn step<M: Trainable>(stepper: &mut Stepper, learner: &mut Learner<M>, begun: Instant) -> Result<f64, String> {
    let clock = || begun.elapsed().as_secs_f64() * 1e3;
    pollster::block_on(stepper.step(learner, &clock)).map_err(|Lost(why)| why)
}

impl Cores {
    /// So many; at least one.
    pub fn new(count: usize) -> Self {
        Self { count, free: Mutex::new(count.max(1)), freed: Condvar::new() }
    }

    /// Waits until a core is free.
    pub fn take(&self) -> Core<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Core(self)
    }
}

impl Drop for Core<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

/// Cores of this machine.
pub fn all_cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Carries out `count` tasks, `at_once` at a time, and hands over each result in the order of the tasks. No further task begins after `result`
/// returned an error, which is the answer.
pub fn in_order<R: Send>(
    count: usize,
    at_once: usize,
    task: impl Fn(usize) -> R + Sync,
    mut result: impl FnMut(usize, R) -> Result<(), String>,
) -> Result<(), String> {
    let mut waiting: Vec<Option<R>> = (0..count).map(|_| None).collect();
    let mut due = 0;
    as_done(count, at_once, task, |number, found| {
        waiting[number] = Some(found);
        while let Some(found) = waiting.get_mut(due).and_then(Option::take) {
            result(due, found)?;
            due += 1;
        }
        Ok(())
    })
}

/// The same in the order in which the tasks end.
pub fn as_done<R: Send>(
    count: usize,
    at_once: usize,
    task: impl Fn(usize) -> R + Sync,
    mut result: impl FnMut(usize, R) -> Result<(), String>,
) -> Result<(), String> {
    let next = AtomicUsize::new(0);
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..at_once.clamp(1, count.max(1)) {
            let (done, next, task) = (done.clone(), &next, &task);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count || done.send((number, task(number))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        for (number, found) in results {
            result(number, found).inspect_err(|_| next.store(count, Ordering::Relaxed))?;
        }
        Ok(())
    })
}

/// The lines of all runs.
#[derive(Clone)]
pub struct Board {
    bars: MultiProgress,
    /// Whether another program reads how far a run is, instead of a person.
    lines: bool,
}

impl Board {
    /// For a person on a terminal, and for nobody elsewhere; or as lines for another program.
    pub fn new(lines: bool) -> Self {
        Self { bars: MultiProgress::new(), lines }
    }

    /// The line of a run that is about to begin.
    pub fn line(&self, name: String) -> Progress {
        if self.lines {
            return Progress { bar: ProgressBar::hidden(), written: Some(Mutex::new(Instant::now())) };
        }
        let template = "{msg:>28} {bar:30} {pos}/{len} steps, {per_sec}, {eta} left";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = self.bars.add(ProgressBar::new(0)).with_style(style).with_message(name);
        Progress { bar, written: None }
    }

    /// A line that counts runs.
    pub fn runs(&self, count: u64, done: u64) -> ProgressBar {
        let style = ProgressStyle::with_template("{pos:>7}/{len} runs {bar:30} {elapsed}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bars.add(ProgressBar::new(count)).with_style(style).with_position(done)
    }

    /// Prints without tearing the lines.
    pub fn print<R>(&self, print: impl FnOnce() -> R) -> R {
        self.bars.suspend(print)
    }
}

/// How far a run is, over all its networks.
pub struct Progress {
    bar: ProgressBar,
    written: Option<Mutex<Instant>>,
}

impl Progress {
    /// Shown to nobody.
    pub fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), written: None }
    }

    /// So many steps lie ahead.
    pub fn begin(&self, steps: u64) {
        self.bar.set_length(steps);
        self.bar.reset_eta();
    }

    /// So many steps were taken since the last call.
    pub fn advance(&self, steps: u64) {
        self.bar.inc(steps);
        self.write();
    }

    /// So many of so many steps were taken, as another program said.
    pub fn set(&self, taken: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(taken);
    }

    /// A line for the program that reads them. Where nobody reads any more, there is nobody to work for.
    fn write(&self) {
        let Some(written) = &self.written else { return };
        let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.elapsed() < BETWEEN_LINES {
            return;
        }
        *written = Instant::now();
        let (taken, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
        if writeln!(std::io::stderr(), "{STEPS} {taken} {all}").is_err() {
            std::process::exit(3);
        }
    }
}

/// The first word of a line of progress for another program; steps taken and steps to take follow.
pub const STEPS: &str = "steps";

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whoever_ends_first() {
        let mut seen = vec![];
        let slow_first = |number: usize| {
            thread::sleep(Duration::from_millis(if number == 0 { 40 } else { 1 }));
            number * number
        };
        let done = in_order(9, 3, slow_first, |number, square| {
            seen.push((number, square));
            Ok(())
        });
        assert_eq!(done, Ok(()));
        assert_eq!(seen, (0..9).map(|number| (number, number * number)).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_begins_after_an_error() {
        let begun = AtomicUsize::new(0);
        let task = |_| {
            thread::sleep(Duration::from_millis(1));
            begun.fetch_add(1, Ordering::Relaxed)
        };
        let done = as_done(10_000, 1, task, |_, _| Err("enough".into()));
        assert_eq!(done, Err("enough".into()));
        assert!(begun.load(Ordering::Relaxed) < 10_000);
    }

    #[test]
    fn no_more_work_at_once_than_there_are_cores() {
        let (cores, working, most) = (Cores::new(2), AtomicUsize::new(0), AtomicUsize::new(0));
        let task = |_| {
            let _core = cores.take();
            most.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(3));
            working.fetch_sub(1, Ordering::SeqCst);
        };
        assert_eq!(as_done(12, 6, task, |_, ()| Ok(())), Ok(()));
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}
