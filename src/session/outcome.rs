//! What came of a page's work, in a form that leaves the page: for a page around it, and for a file that a student hands in.

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Whether all steps were taken, or the search is over.
    pub finished: bool,
    /// Steps that were taken.
    pub steps: u64,
    /// Figures of merit: name, as elements of the page that show them are called (`data-testid`; docs/lessons.md), and
    /// value, a finite number.
    pub figures: Vec<(String, f64)>,
    /// The law that was found, as text.
    pub law: Option<String>,
}

impl Outcome {
    /// Adds a figure where there is one, and it is a number.
    pub fn add(&mut self, name: impl Into<String>, value: Option<f64>) {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            self.figures.push((name.into(), value));
        }
    }
}
