//! The loss of an expression on all rows of a data set: the inner loop of a search.
//!
//! An expression is interpreted once for each block of rows, with one loop over the block for each operator, so that the
//! interpreting costs little and the loops become SIMD instructions. Leaves are not copied; intermediate results stay in a
//! stack of blocks that is reused. Everything is `f64`; every loss is over every row.

use crate::data::{BLOCK, Block, Dataset, Rows};
use crate::expr::{Expr, Token};
use crate::operators::{Operator, conditional};
use crate::trigonometry::{cosines, sines};
use serde::{Deserialize, Serialize};

/// What a law is judged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Objective {
    /// Mean of the squared errors; in units of the measured errors, if there are any.
    #[default]
    MeanSquared,
    /// Mean of |error|/(|y| + the median of |y|), for data with outliers or of many sizes, such as the messages of a graph network:
    /// a few bodies that nearly meet, where forces are hundreds of times as large and a network is worst, do not decide.
    MeanRelative,
    /// Mean of |error|; in units of the measured errors, if there are any. A row that is far off counts by its distance, not by
    /// its square, so that a few of them do not decide.
    MeanAbsolute,
}

/// An argument on the stack.
#[derive(Clone, Copy)]
enum Operand {
    /// The next block of results, counted from below.
    Result,
    Column(usize),
    Scalar(f64),
}

/// Evaluates expressions; keeps its memory between them.
#[derive(Default)]
pub struct Evaluator {
    operands: Vec<Operand>,
    results: Vec<Block>,
    /// Results on the stack now.
    top: usize,
}

impl Objective {
    /// The loss that is only rounding: a root mean square error of 64 roundings of the target's size. A law of thirty
    /// operators rounds about that often.
    pub fn floor(self, data: &Dataset) -> f64 {
        let error = 64.0 * f64::EPSILON;
        match self {
            Objective::MeanSquared => error * error * data.mean_square(),
            Objective::MeanRelative => error,
            Objective::MeanAbsolute => error * data.mean_square().sqrt(),
        }
    }

    /// The loss as an error, in the target's unit for squared errors: what may be called so many per cent of another one.
    pub fn error(self, loss: f64) -> f64 {
        match self {
            Objective::MeanSquared => loss.sqrt(),
            Objective::MeanRelative | Objective::MeanAbsolute => loss,
        }
    }

    /// The best constant.
    pub fn constant(self, data: &Dataset) -> f64 {
        match self {
            Objective::MeanSquared => data.mean(),
            Objective::MeanRelative => data.weighted_median(),
            Objective::MeanAbsolute => data.median(),
        }
    }

    /// What an error on these rows is multiplied by; `None` where that is 1.
    pub fn weights<'a>(self, rows: &'a Rows, data: &Dataset) -> Option<&'a Block> {
        match self {
            Objective::MeanRelative => Some(&rows.weights),
            Objective::MeanSquared | Objective::MeanAbsolute => data.is_measured().then_some(&rows.precision),
        }
    }

    /// What a weighted error adds to the loss.
    pub fn part(self, error: f64) -> f64 {
        match self {
            Objective::MeanSquared => error * error,
            Objective::MeanRelative | Objective::MeanAbsolute => error.abs(),
        }
    }

    /// The loss of a law that errs by Gaussian noise of standard deviation 1.
    pub fn of_unit_noise(self) -> f64 {
        match self {
            Objective::MeanSquared => 1.0,
            Objective::MeanRelative | Objective::MeanAbsolute => (2.0 / std::f64::consts::PI).sqrt(),
        }
    }

    /// What the logarithm of the loss counts, against that of a sum of squares: the size of an error counts twice.
    pub fn exponent(self) -> f64 {
        match self {
            Objective::MeanSquared => 1.0,
            Objective::MeanRelative | Objective::MeanAbsolute => 2.0,
        }
    }
}

impl Evaluator {
    /// The loss over all rows: infinite if the expression has no finite value somewhere, or asks for a column that the data
    /// does not have.
    pub fn loss(&mut self, expr: &Expr, data: &Dataset, objective: Objective) -> f64 {
        if !expr.fits(data.columns()) {
            return f64::INFINITY;
        }
        // Eight sums at once: additions in one chain would wait for one another.
        let mut sums = [0.0; 8];
        let mut errors = [0.0; BLOCK];
        for rows in data.blocks() {
            self.block(expr, &rows.columns, &mut errors);
            errors.iter_mut().zip(&rows.target).for_each(|(e, y)| *e -= y);
            if let Some(weights) = objective.weights(rows, data) {
                errors.iter_mut().zip(weights).for_each(|(e, w)| *e *= w);
            }
            errors[rows.len..].fill(0.0);
            for chunk in errors.chunks_exact(8) {
                match objective {
                    Objective::MeanSquared => sums.iter_mut().zip(chunk).for_each(|(s, e)| *s += e * e),
                    _ => sums.iter_mut().zip(chunk).for_each(|(s, e)| *s += e.abs()),
                }
            }
        }
        let loss = sums.iter().sum::<f64>() / data.rows() as f64;
        if loss.is_finite() { loss } else { f64::INFINITY }
    }

    /// What every row adds to the loss, before the mean is taken.
    pub fn parts(&mut self, expr: &Expr, data: &Dataset, objective: Objective) -> Vec<f64> {
        let values = self.values(expr, data);
        let mut parts = Vec::with_capacity(values.len());
        for (rows, values) in data.blocks().iter().zip(values.chunks(BLOCK)) {
            let weights = objective.weights(rows, data);
            let part = |i: usize| objective.part((values[i] - rows.target[i]) * weights.map_or(1.0, |w| w[i]));
            parts.extend((0..rows.len).map(part));
        }
        parts
    }

    /// The expression's value on every row; NaN everywhere if it asks for a column that the data does not have.
    pub fn values(&mut self, expr: &Expr, data: &Dataset) -> Vec<f64> {
        let mut values = Vec::with_capacity(data.rows());
        for rows in data.blocks() {
            let mut block = [f64::NAN; BLOCK];
            if expr.fits(data.columns()) {
                self.block(expr, &rows.columns, &mut block);
            }
            values.extend_from_slice(&block[..rows.len]);
        }
        values
    }

    /// The expression over one block of rows. Its variables must be among the columns.
    fn block(&mut self, expr: &Expr, columns: &[Block], out: &mut Block) {
        self.operands.clear();
        self.top = 0;
        for token in expr.tokens() {
            let operand = match token {
                Token::Constant(c) => Operand::Scalar(*c),
                Token::Variable(place) => Operand::Column(usize::from(*place)),
                Token::Operator(operator) => self.apply(*operator, columns),
            };
            self.operands.push(operand);
        }
        match self.operands.pop() {
            Some(Operand::Result) => *out = self.results[0],
            Some(Operand::Column(place)) => *out = columns[place],
            Some(Operand::Scalar(c)) => out.fill(c),
            None => out.fill(f64::NAN),
        }
    }

    fn apply(&mut self, operator: Operator, columns: &[Block]) -> Operand {
        match operator.arity() {
            1 => self.unary(operator, columns),
            2 => self.binary(operator, columns),
            _ => self.conditional(columns),
        }
    }

    /// The number of the block that a new result goes into.
    fn push(&mut self) -> usize {
        if self.top == self.results.len() {
            self.results.push([0.0; BLOCK]);
        }
        self.top += 1;
        self.top - 1
    }

    fn pop(&mut self) -> Operand {
        self.operands.pop().unwrap_or(Operand::Scalar(f64::NAN))
    }

    fn unary(&mut self, operator: Operator, columns: &[Block]) -> Operand {
        match self.pop() {
            Operand::Scalar(x) => return Operand::Scalar(operator.unary(x)),
            Operand::Column(place) => {
                let at = self.push();
                self.results[at] = columns[place];
            }
            Operand::Result => {}
        }
        let x = &mut self.results[self.top - 1];
        match operator {
            Operator::Sqrt => x.iter_mut().for_each(|x| *x = x.sqrt()),
            Operator::Exp => x.iter_mut().for_each(|x| *x = x.exp()),
            Operator::Log => x.iter_mut().for_each(|x| *x = x.ln()),
            Operator::Sin => sines(x),
            _ => cosines(x),
        }
        Operand::Result
    }

    fn binary(&mut self, operator: Operator, columns: &[Block]) -> Operand {
        match operator {
            Operator::Add => self.zip(columns, |a, b| a + b),
            Operator::Subtract => self.zip(columns, |a, b| a - b),
            Operator::Multiply => self.zip(columns, |a, b| a * b),
            Operator::Divide => self.zip(columns, |a, b| a / b),
            _ => self.zip(columns, f64::powf),
        }
    }

    #[inline(always)]
    fn zip(&mut self, columns: &[Block], f: impl Fn(f64, f64) -> f64) -> Operand {
        let (b, a) = (self.pop(), self.pop());
        match (a, b) {
            (Operand::Scalar(a), Operand::Scalar(b)) => return Operand::Scalar(f(a, b)),
            (Operand::Result, Operand::Result) => {
                self.top -= 1;
                let (below, above) = self.results.split_at_mut(self.top);
                below[self.top - 1].iter_mut().zip(&above[0]).for_each(|(a, b)| *a = f(*a, *b));
            }
            (Operand::Result, Operand::Column(place)) => {
                self.results[self.top - 1].iter_mut().zip(&columns[place]).for_each(|(a, b)| *a = f(*a, *b));
            }
            (Operand::Column(place), Operand::Result) => {
                self.results[self.top - 1].iter_mut().zip(&columns[place]).for_each(|(b, a)| *b = f(*a, *b));
            }
            (Operand::Result, Operand::Scalar(b)) => {
                self.results[self.top - 1].iter_mut().for_each(|a| *a = f(*a, b));
            }
            (Operand::Scalar(a), Operand::Result) => {
                self.results[self.top - 1].iter_mut().for_each(|b| *b = f(a, *b));
            }
            (Operand::Column(a), Operand::Column(b)) => {
                let at = self.push();
                let pairs = columns[a].iter().zip(&columns[b]);
                self.results[at].iter_mut().zip(pairs).for_each(|(x, (a, b))| *x = f(*a, *b));
            }
            (Operand::Column(a), Operand::Scalar(b)) => {
                let at = self.push();
                self.results[at].iter_mut().zip(&columns[a]).for_each(|(x, a)| *x = f(*a, b));
            }
            (Operand::Scalar(a), Operand::Column(b)) => {
                let at = self.push();
                self.results[at].iter_mut().zip(&columns[b]).for_each(|(x, b)| *x = f(a, *b));
            }
        }
        Operand::Result
    }

    /// Rare and branching: its arguments are copied.
    fn conditional(&mut self, columns: &[Block]) -> Operand {
        let mut arguments = [[0.0; BLOCK]; 4];
        for argument in arguments.iter_mut().rev() {
            match self.pop() {
                Operand::Scalar(c) => argument.fill(c),
                Operand::Column(place) => *argument = columns[place],
                Operand::Result => {
                    self.top -= 1;
                    *argument = self.results[self.top];
                }
            }
        }
        let at = self.push();
        let [a, b, c, d] = &arguments;
        self.results[at].iter_mut().enumerate().for_each(|(i, x)| *x = conditional([a[i], b[i], c[i], d[i]]));
        Operand::Result
    }
}
