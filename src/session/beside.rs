//! Series beside the run that is shown: five seeds, or five amounts of data. They share their workers, so one ends another that runs.

use crate::session::action::Effect;
use crate::session::series::Series;
use crate::session::state::{Session, run_all};
use std::rc::Rc;

impl Session {
    /// Five seeds of what is set.
    pub(super) fn run_series(&mut self) -> Vec<Effect> {
        let series = Series::new(&self.workbench);
        let run = run_all(series.spec());
        self.sizes = self.sizes.take().filter(|sizes| !sizes.is_running());
        self.series = Some(Rc::new(series));
        vec![run]
    }

    /// Five amounts of data.
    pub(super) fn run_sizes(&mut self) -> Vec<Effect> {
        let sizes = Series::of_sizes(&self.workbench);
        let run = run_all(sizes.spec());
        self.series = self.series.take().filter(|series| !series.is_running());
        self.sizes = Some(Rc::new(sizes));
        vec![run]
    }
}
