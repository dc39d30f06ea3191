//! The loop around an execution, without the browser: commands in, events out, checkpoints in between.
//!
//! A worker calls [`Server::take`] for each command that has arrived and [`Server::work`] between two turns of its event loop.

use crate::job::crew::Crew;
use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use crate::job::message::{Command, Event, Pace, Report, RunId, Saved, decode, encode};
use std::rc::Rc;

/// Work between two turns of the event loop, in milliseconds.
pub const SLICE: f64 = 12.0;
/// The page never has the core for longer without work in between, in milliseconds: a key that is held down ends no training, and a worker
/// that rests is not taken for one that hangs.
const LONGEST_REST: f64 = 400.0;
/// Checkpoints at most this often, in milliseconds.
const SAVE_EVERY: f64 = 1500.0;
/// A checkpoint that took long is not repeated before this many times as long has passed.
const SAVE_SHARE: f64 = 30.0;

/// An engine and the run that it carries out.
pub struct Server<X: Execution> {
    engine: X::Engine,
    crew: Option<Rc<dyn Crew>>,
    current: Option<Current<X>>,
    /// Until then the page has the core, …
    gives_way_until: f64,
    /// … but by then there is work again: at once after a command, soon after a first wish of the page, however often it repeats that.
    works_by: f64,
}

struct Current<X> {
    run: RunId,
    execution: X,
    pace: Pace,
    /// Whether the page knows that this run holds or has finished.
    settled: bool,
    finished: bool,
    /// When the last checkpoint was sent, and how long it took.
    saved: (f64, f64),
}

impl<X: Execution> Server<X> {
    /// With nothing to do.
    pub fn new(engine: X::Engine) -> Self {
        Self { engine, crew: None, current: None, gives_way_until: f64::NEG_INFINITY, works_by: f64::INFINITY }
    }

    /// The same, with other cores that may help.
    pub fn with_crew(engine: X::Engine, crew: Rc<dyn Crew>) -> Self {
        Self { crew: Some(crew), ..Self::new(engine) }
    }

    /// Carries out a command as far as that takes no work.
    ///
    /// # Errors
    /// [`Lost`] where the engine can be used no more.
    pub async fn take(
        &mut self,
        command: Command<X::Job>,
        clock: Clock<'_>,
        post: &mut impl FnMut(Event<X::Job>),
    ) -> Result<(), Lost> {
        if !matches!(command, Command::GiveWay(_)) {
            self.works_by = f64::NEG_INFINITY;
        }
        match (command, &mut self.current) {
            (Command::GiveWay(milliseconds), _) => {
                let now = clock();
                self.gives_way_until = self.gives_way_until.max(now + f64::from(milliseconds));
                self.works_by = self.works_by.min(now + LONGEST_REST);
            }
            (Command::Start { run, spec, saved, pace }, _) => {
                // What ran before gives its memory back first.
                self.current = None;
                let checkpoint = saved.and_then(|saved| decode(&saved.bytes));
                match X::begin(*spec, checkpoint, &self.engine) {
                    Ok(mut execution) => {
                        if let Some(crew) = &self.crew {
                            execution.offer(crew);
                        }
                        let saved = (clock(), 0.0);
                        self.current = Some(Current { run, execution, pace, settled: false, finished: false, saved });
                    }
                    Err(sentence) => post(Event::Of(run, Report::Refused(sentence))),
                }
            }
            (Command::Measure { run, spec }, _) => {
                self.current = None;
                let speed = X::measure(*spec, &self.engine, clock).await?;
                post(Event::Of(run, Report::Measured(speed)));
            }
            (Command::Pace(pace), Some(current)) => {
                (current.pace, current.settled) = (pace, false);
                current.execution.paced();
            }
            (Command::Ask(question), Some(current)) => current.execution.ask(question),
            (Command::Stop, _) => self.current = None,
            (Command::Pace(_) | Command::Ask(_), None) => {}
        }
        Ok(())
    }

    /// For so many milliseconds the core is the page's; zero where there is something to do first.
    pub fn gives_way(&self, clock: Clock<'_>) -> f64 {
        (self.gives_way_until.min(self.works_by) - clock()).max(0.0)
    }

    /// Works for a few milliseconds; whether there is more to do before the next command.
    ///
    /// # Errors
    /// [`Lost`] where the engine can be used no more.
    pub async fn work(&mut self, clock: Clock<'_>, post: &mut impl FnMut(Event<X::Job>)) -> Result<bool, Lost> {
        self.works_by = f64::INFINITY;
        let Some(current) = &mut self.current else { return Ok(false) };
        let run = current.run;
        let mut report = |report| post(Event::Of(run, report));
        if current.execution.is_asked() {
            current.execution.answers(clock).await?.into_iter().for_each(&mut report);
        }
        if current.settled {
            return Ok(current.execution.is_asked());
        }
        let outcome = current.advance(clock, &mut report).await?;
        match outcome {
            Outcome::Continues => current.save_if_due(clock, &mut report).await?,
            Outcome::Diverged(sentence) => {
                report(Report::Diverged(sentence));
                self.current = None;
                return Ok(false);
            }
            Outcome::Refused(sentence) => {
                report(Report::Refused(sentence));
                self.current = None;
                return Ok(false);
            }
            Outcome::Rests | Outcome::Finished => {
                let (again, paused) = (current.finished, current.pace != Pace::Run);
                current.finished |= outcome == Outcome::Finished;
                (current.settled, current.pace) = (true, Pace::Hold);
                if !again {
                    current.execution.settle(current.finished, clock).await?.into_iter().for_each(&mut report);
                    current.save(clock, &mut report).await?;
                }
                report(match current.finished {
                    true => Report::Finished,
                    false if paused => Report::Held,
                    false => Report::Rested,
                });
            }
        }
        Ok(!current.settled || current.execution.is_asked())
    }
}

impl<X: Execution> Current<X> {
    /// Works as the pace allows.
    async fn advance(&mut self, clock: Clock<'_>, report: &mut impl FnMut(Report<X::Job>)) -> Result<Outcome, Lost> {
        if self.finished {
            return Ok(Outcome::Finished);
        }
        let budget = match self.pace {
            Pace::Hold | Pace::Steps(0) => return Ok(Outcome::Rests),
            Pace::Steps(_) => Budget::Step,
            Pace::Run => Budget::Milliseconds(SLICE),
        };
        let (reports, outcome) = self.execution.step(budget, clock).await?;
        reports.into_iter().for_each(report);
        if let Pace::Steps(left) = &mut self.pace {
            *left -= 1;
        }
        Ok(outcome)
    }

    async fn save_if_due(&mut self, clock: Clock<'_>, report: &mut impl FnMut(Report<X::Job>)) -> Result<(), Lost> {
        let (last, cost) = self.saved;
        if clock() - last > SAVE_EVERY.max(SAVE_SHARE * cost) { self.save(clock, report).await } else { Ok(()) }
    }

    async fn save(&mut self, clock: Clock<'_>, report: &mut impl FnMut(Report<X::Job>)) -> Result<(), Lost> {
        let begun = clock();
        let (step, checkpoint) = self.execution.checkpoint(clock).await?;
        report(Report::Saved(Saved { step, bytes: encode(&checkpoint) }));
        self.saved = (clock(), clock() - begun);
        Ok(())
    }
}
