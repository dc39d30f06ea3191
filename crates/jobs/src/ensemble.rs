//! Independent starts of a gas, measured one after another.

use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome, sentence};
use crate::job::message::Report;
use crate::protocol::ensemble::{MeasureStarts, StartsSpec};
use physics::molecules::ensemble::Start;

/// Steps between two looks at the clock: a millisecond or two on a slow core.
const PIECE: usize = 32;

/// Starts under way.
pub struct StartsSession {
    spec: StartsSpec,
    /// How many are measured.
    done: usize,
    current: Option<Start>,
}

impl StartsSession {
    /// The start at work, begun where there is none.
    fn current(&mut self) -> Result<Option<&mut Start>, String> {
        if self.current.is_none()
            && let Some(number) = self.spec.numbers.get(self.done)
        {
            self.current = Some(self.spec.starts.begin(*number).map_err(sentence)?);
        }
        Ok(self.current.as_mut())
    }
}

impl Execution for StartsSession {
    type Job = MeasureStarts;
    type Engine = ();
    /// How many are measured: one that was under way begins again.
    type Checkpoint = usize;

    fn begin(spec: StartsSpec, checkpoint: Option<usize>, (): &()) -> Result<Self, String> {
        let mut session = Self { spec, done: checkpoint.unwrap_or(0), current: None };
        session.current()?;
        Ok(session)
    }

    async fn step(&mut self, budget: Budget, clock: Clock<'_>) -> Result<(Vec<Report<MeasureStarts>>, Outcome), Lost> {
        let until = match budget {
            Budget::Milliseconds(budget) => clock() + budget,
            Budget::Step => f64::NEG_INFINITY,
        };
        let mut reports = vec![];
        loop {
            let measured = match self.current() {
                Ok(Some(start)) => start.step(PIECE),
                Ok(None) => return Ok((reports, Outcome::Finished)),
                Err(sentence) => return Ok((reports, Outcome::Refused(sentence))),
            };
            if let Some(measured) = measured {
                (self.done, self.current) = (self.done + 1, None);
                reports.extend([Report::Recorded(measured), Report::Progress(self.done)]);
            }
            if clock() >= until {
                return Ok((reports, Outcome::Continues));
            }
        }
    }

    fn ask(&mut self, (): ()) {}

    fn is_asked(&self) -> bool {
        false
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Vec<Report<MeasureStarts>>, Lost> {
        Ok(vec![])
    }

    async fn settle(&mut self, _finished: bool, _clock: Clock<'_>) -> Result<Vec<Report<MeasureStarts>>, Lost> {
        Ok(vec![Report::Progress(self.done)])
    }

    async fn checkpoint(&mut self, _clock: Clock<'_>) -> Result<(u64, usize), Lost> {
        Ok((self.done as u64, self.done))
    }

    /// Starts know one engine only.
    async fn measure(_spec: StartsSpec, (): &(), _clock: Clock<'_>) -> Result<f64, Lost> {
        Ok(0.0)
    }
}
