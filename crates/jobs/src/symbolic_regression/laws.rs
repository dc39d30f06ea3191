//! Laws as the page shows them: printed, with values on some rows and along a column, so that they can be drawn.

use crate::protocol::search::{FrontText, LawText, Request, Sample};
use symbolic::data::Dataset;
use symbolic::evaluate::Objective;
use symbolic::expr::{Expr, Token};
use symbolic::island::Snapshot;
use symbolic::pareto::{Finding, Law};
use symbolic::print::{Notation, print};
use symbolic::tree::tree;
use symbolic::writing::{UnitTexts, Writing, far_off, far_off_said, power_said};

/// Rows that are drawn; of more, an even selection.
const ROWS: usize = 200;
/// Places of a curve.
const PLACES: usize = 120;

/// Prints laws of one table.
pub struct Laws {
    data: Dataset,
    objective: Objective,
    units: UnitTexts,
    sample: Sample,
    /// The least and largest value of each column.
    ranges: Vec<(f64, f64)>,
}

impl Laws {
    /// For the laws that a request wants of these data.
    pub fn new(data: &Dataset, request: &Request) -> Self {
        let unit = |at: usize| request.units.get(at).cloned().unwrap_or_default();
        let inputs = request.inputs.iter().filter(|at| Some(**at) != request.errors);
        let units = UnitTexts { columns: inputs.map(|at| unit(*at)).collect(), target: unit(request.target) };
        let columns: Vec<Vec<f64>> = (0..data.columns()).map(|at| data.column(at)).collect();
        let range = |column: &Vec<f64>| column.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
        let ranges = columns.iter().map(range).collect();
        let every = data.rows().div_ceil(ROWS).max(1);
        let some = |column: &Vec<f64>| column.iter().step_by(every).copied().collect();
        let sample = Sample {
            names: data.names().to_vec(),
            columns: columns.iter().map(some).collect(),
            target_name: data.target_name().to_owned(),
            target: some(&data.target()),
        };
        Self { data: data.clone(), objective: request.objective, units, sample, ranges }
    }

    /// A front, printed.
    pub fn front(&self, snapshot: &Snapshot) -> FrontText {
        let front = &snapshot.front;
        let robust = self.objective != Objective::MeanSquared;
        let nothing = front.finding == Finding::NothingBetterThanAConstant;
        let far = front.suggested().filter(|_| !nothing).map(|law| far_off(&law.expr, &self.data));
        let power = front.power.as_ref().map(|law| {
            power_said(&Writing::of(&law.expr, &self.data, self.objective, &self.units).plain, self.data.target_name())
        });
        FrontText {
            laws: front.laws.iter().map(|law| self.law(law, snapshot.constant)).collect(),
            suggestion: front.suggestion,
            finding: front.finding,
            remarks: far.and_then(|rows| far_off_said(&rows, robust)).into_iter().chain(power).collect(),
            sample: self.sample.clone(),
        }
    }

    fn law(&self, law: &Law, constant: f64) -> LawText {
        let part = |loss| self.objective.error(loss) / self.objective.error(constant);
        let writing = Writing::of(&law.expr, &self.data, self.objective, &self.units);
        let row = |at: usize| self.sample.columns.iter().map(|column| column[at]).collect::<Vec<f64>>();
        LawText {
            complexity: law.complexity,
            error: part(writing.loss),
            held_out: part(law.held_out),
            score: law.score,
            values: (0..self.sample.target.len()).map(|at| writing.law.value(&row(at))).collect(),
            curve: self.curve(&writing.law),
            tree: tree(&writing.law, self.data.names()),
            units: writing.units_said(),
            exact: print(&law.expr, self.data.names(), Notation::Plain),
            plain: writing.plain,
            mathml: writing.mathml,
            latex: writing.latex,
            rust: writing.rust,
            python: writing.python,
            sympy: writing.sympy,
            spreadsheet: writing.spreadsheet,
            known: writing.known,
        }
    }

    /// The one column that matters to a law, and the law along it.
    fn curve(&self, law: &Expr) -> Option<(usize, Vec<(f64, f64)>)> {
        let mut used: Vec<usize> = law.tokens().iter().filter_map(column).collect();
        used.sort_unstable();
        used.dedup();
        let only = match (&used[..], self.ranges.len()) {
            ([only], _) => *only,
            // A constant, in a table with one column to explain it by.
            ([], 1) => 0,
            _ => return None,
        };
        let (low, high) = self.ranges[only];
        let mut row = vec![0.0; self.ranges.len()];
        let mut point = |i: usize| {
            row[only] = low + (high - low) * i as f64 / (PLACES - 1) as f64;
            (row[only], law.value(&row))
        };
        Some((only, (0..PLACES).map(&mut point).filter(|(_, y)| y.is_finite()).collect()))
    }
}

fn column(token: &Token) -> Option<usize> {
    match token {
        Token::Variable(at) => Some(usize::from(*at)),
        _ => None,
    }
}
