//! The name of a law, by its form: Hooke's, Kepler's third, an inverse square.
//!
//! A form is recognised in the law's values, not in how it is written, so that r·r and r^2 are the same: a power law has the same
//! elasticity ∂ ln f / ∂ ln x everywhere, a straight line no second difference, and so on. What the columns are called is not
//! read: two columns in a straight proportion may be force and stretch, or anything else, so the sentence names where the form
//! is known from.

use crate::data::Dataset;
use crate::expr::Expr;
use language::{fixed, text, tr, translated};

/// Values that should be equal may differ by this part: a law's values are rounded, and differences of them are taken.
const EQUAL: f64 = 1e-5;
/// How far from a known number a fitted one may be, as a part of it.
const NEAR: f64 = 0.02;
/// Relative step of an elasticity.
const STEP: f64 = 1e-4;
/// Places between the least and the largest value of a column.
const PLACES: usize = 9;

/// What a law's form is known as, in a sentence; `None` if it has no name here.
pub fn known(law: &Expr, data: &Dataset) -> Option<String> {
    let used: Vec<usize> = (0..data.columns()).filter(|at| uses(law, *at)).collect();
    let columns: Vec<Vec<f64>> = (0..data.columns()).map(|at| data.column(at)).collect();
    let form = Form { law, columns: &columns };
    if used.is_empty() {
        return None;
    }
    if let Some(powers) = form.powers(&used) {
        let names: Vec<&str> = used.iter().map(|at| data.names()[*at].as_str()).collect();
        return Some(power_law(&powers, &names));
    }
    match used[..] {
        [only] => form.curve(only).map(str::to_owned),
        _ => form.surface(&used).map(str::to_owned),
    }
}

fn uses(law: &Expr, column: usize) -> bool {
    law.tokens().iter().any(|token| matches!(token, crate::expr::Token::Variable(at) if usize::from(*at) == column))
}

/// Whether a fitted number is a known one.
fn is(x: f64, known: f64) -> bool {
    (x - known).abs() <= NEAR * known.abs()
}

fn power_law(powers: &[f64], names: &[&str]) -> String {
    let mut sorted = powers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let has = |known: &[f64]| sorted.len() == known.len() && sorted.iter().zip(known).all(|(a, b)| is(*a, *b));
    let named = [
        (
            &[1.0][..],
            text!(
                "A direct proportion, the form of Hooke’s law (force and stretch) and of Ohm’s law (voltage and current)."
            ),
        ),
        (&[-1.0], text!("An inverse proportion, the form of Boyle’s law (pressure and volume).")),
        (
            &[-2.0],
            text!("An inverse square, as of the force of gravity and of the brightness of a lamp with distance."),
        ),
        (&[-3.0], text!("An inverse cube, as of the field of a dipole with distance.")),
        (&[1.5], text!("The form of Kepler’s third law: the period grows with the power 3/2 of the distance.")),
        (&[2.0 / 3.0], text!("The form of Kepler’s third law: the distance grows with the power 2/3 of the period.")),
        (&[2.0], text!("A square, the form of free fall (way and time) and of kinetic energy (energy and speed).")),
        (
            &[0.5],
            text!(
                "A square root, the form of the period of a pendulum (with its length) and of the time of a fall (with its height)."
            ),
        ),
        (&[-0.5], text!("An inverse square root, as of the frequency of a pendulum with its length.")),
        (&[3.0], text!("A cube, as of volume and length.")),
        (&[4.0], text!("A fourth power, the form of the law of Stefan and Boltzmann (radiation and temperature).")),
        (
            &[-0.5, 0.5],
            text!("The form of the period of a pendulum, √(length/gravity), and of a spring, √(mass/stiffness)."),
        ),
        (&[-2.0, 1.0, 1.0], text!("An inverse square, the form of Newton’s law of gravitation and of Coulomb’s law.")),
        (
            &[-2.0, 1.0],
            text!(
                "An inverse square of one column, in proportion to the other, as of a field around a mass or a charge."
            ),
        ),
        (
            &[1.0, 1.0],
            text!("A product of two, the form of Newton’s second law (mass and acceleration) and of Ohm’s law."),
        ),
        (&[-1.0, 1.0], text!("A ratio of two, as of density, speed or resistance.")),
        (
            &[1.0, 2.0],
            text!("The form of kinetic energy (mass and speed) and of the energy of a spring (stiffness and stretch)."),
        ),
        (&[-1.0, 2.0], text!("The form of a centripetal acceleration (speed and radius).")),
        (&[-1.0, 1.0, 2.0], text!("The form of a centripetal force (mass, speed and radius).")),
        (&[1.0, 1.0, 1.0], text!("A product of three, as of potential energy (mass, gravity, height).")),
        (&[-1.0, 1.0, 1.0], text!("The form of the law of an ideal gas (amount, temperature, volume).")),
    ];
    match (named.iter().find(|(known, _)| has(known)), powers) {
        (Some((_, sentence)), _) => translated(sentence).to_owned(),
        (None, [power]) => tr!("A power law with exponent {exponent}.", exponent = fixed(*power, 3)),
        _ => {
            let rounded = |power: f64| (1000.0 * power).round() / 1000.0;
            let factors: Vec<String> =
                names.iter().zip(powers).map(|(name, power)| format!("{name}^{}", rounded(*power))).collect();
            tr!("A product of powers: {powers}.", powers = factors.join(" · "))
        }
    }
}

/// A law over the columns of its table.
struct Form<'a> {
    law: &'a Expr,
    columns: &'a [Vec<f64>],
}

impl Form<'_> {
    fn row(&self, at: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column[at]).collect()
    }

    fn value(&self, row: &[f64], column: usize, x: f64) -> f64 {
        let mut row = row.to_vec();
        row[column] = x;
        self.law.value(&row)
    }

    /// The exponents of a product of powers, if it is one: elasticities that are the same on rows all over the table.
    fn powers(&self, used: &[usize]) -> Option<Vec<f64>> {
        let rows = self.columns[0].len();
        let mut powers: Vec<Vec<f64>> = vec![vec![]; used.len()];
        for at in (0..rows).step_by(rows.div_ceil(20)) {
            let row = self.row(at);
            if used.iter().any(|column| row[*column] == 0.0) {
                continue;
            }
            for (column, powers) in used.iter().zip(&mut powers) {
                let x = row[*column];
                let [less, more] = [1.0 - STEP, 1.0 + STEP].map(|by| self.value(&row, *column, x * by));
                if less.signum() != more.signum() {
                    return None;
                }
                powers.push((more / less).ln() / ((1.0 + STEP) / (1.0 - STEP)).ln());
            }
        }
        let one = |found: &Vec<f64>| -> Option<f64> {
            let first = *found.first()?;
            let same = found.len() > 1 && found.iter().all(|p| (p - first).abs() <= EQUAL * (1.0 + first.abs()));
            same.then_some(first)
        };
        powers.iter().map(one).collect()
    }

    /// Places along a column, evenly from the least to the largest, and the law there; the other columns as in a row in the middle.
    fn along(&self, column: usize) -> Option<[(f64, f64); PLACES]> {
        let row = self.row(self.columns[0].len() / 2);
        let values = &self.columns[column];
        let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
        let place = |i: usize| low + (high - low) * (i as f64 + 0.5) / PLACES as f64;
        let points: [(f64, f64); PLACES] = std::array::from_fn(|i| (place(i), self.value(&row, column, place(i))));
        points.iter().all(|(_, y)| y.is_finite()).then_some(points)
    }

    /// A law of one column.
    fn curve(&self, column: usize) -> Option<&'static str> {
        let points = self.along(column)?;
        let ys = points.map(|(_, y)| y);
        if flat(&differences(&differences(&ys)), &ys) {
            return Some(tr!("A straight line, as Hooke’s law with a load to begin with."));
        }
        if flat(&differences(&differences(&differences(&ys))), &ys) {
            return Some(tr!("A parabola, the form of a throw and of free fall with a push to begin with."));
        }
        if let Some(growth) = geometric(&differences(&ys)) {
            let step = points[1].0 - points[0].0;
            let is_pure = geometric(&ys).is_some();
            return Some(match growth.powf(step.recip()) {
                base if !is_pure && is(base, 2.0) => {
                    tr!("A constant and a power of two, the form of the law of Titius and Bode (distances of planets).")
                }
                base if is_pure && base < 1.0 => tr!("An exponential decay, as of radioactivity."),
                _ if is_pure => tr!("An exponential growth."),
                base if base < 1.0 => tr!("An exponential approach, the form of Newton’s law of cooling."),
                _ => tr!("A constant and an exponential growth."),
            });
        }
        if let Some((a, b)) = line(points.map(|(x, y)| (1.0 / (x * x), 1.0 / y)))
            && a * b < 0.0
        {
            let series = (-b / a).sqrt();
            return Some(if is(series, 2.0) {
                tr!("The form of Balmer’s formula (wavelengths of hydrogen): n²/(n² − 4).")
            } else {
                tr!("The form of Rydberg’s formula (wavelengths of hydrogen).")
            });
        }
        if line(points.map(|(x, y)| (1.0 / x, 1.0 / y))).is_some() {
            return Some(tr!(
                "Reciprocals on a line, the form of the thin lens equation and of two resistors in parallel."
            ));
        }
        let curvature: Vec<(f64, f64)> = ys.windows(3).map(|y| (y[1], y[0] - 2.0 * y[1] + y[2])).collect();
        let swings = line::<7>(std::array::from_fn(|i| curvature[i])).is_some_and(|(_, slope)| slope < 0.0);
        swings.then_some(tr!("A sine wave, the form of a harmonic oscillation."))
    }

    /// A law of several columns.
    fn surface(&self, used: &[usize]) -> Option<&'static str> {
        let curves: Vec<[(f64, f64); PLACES]> = used.iter().map(|column| self.along(*column)).collect::<Option<_>>()?;
        let lines = |curve: &[(f64, f64); PLACES]| line(curve.map(|(x, y)| (1.0 / x, 1.0 / y))).is_some();
        if curves.iter().all(lines) && self.adds_up(used, f64::recip) {
            return Some(tr!("Reciprocals add, the form of the thin lens equation and of resistors in parallel."));
        }
        if !self.adds_up(used, |y| y) {
            return None;
        }
        let straight = |curve: &[(f64, f64); PLACES]| line(*curve).is_some();
        let square = |curve: &[(f64, f64); PLACES]| line(curve.map(|(x, y)| (x * x, y))).is_some();
        let cosine = |curve: &[(f64, f64); PLACES]| line(curve.map(|(x, y)| (x.cos(), y))).is_some();
        if curves.iter().all(straight) {
            return Some(tr!("A weighted sum."));
        }
        if curves.iter().all(square) {
            return Some(tr!("A sum of squares, the form of the energy of a spring: ½ k q² + p²/(2 m)."));
        }
        let (squares, cosines) =
            (curves.iter().filter(|c| square(c)).count(), curves.iter().filter(|c| cosine(c)).count());
        (used.len() == 2 && squares == 1 && cosines == 1)
            .then_some(tr!("A cosine and a square, the form of the energy of a pendulum."))
    }

    /// Whether a function of the law is a sum of functions of one column each: moving one column changes it equally wherever the
    /// others are.
    fn adds_up(&self, used: &[usize], of: fn(f64) -> f64) -> bool {
        let rows = self.columns[0].len();
        let (here, there) = (self.row(0), self.row(rows - 1));
        let (mut one, mut other) = (self.row(rows / 3), self.row(2 * rows / 3));
        used.iter().all(|column| {
            let change = |row: &[f64]| {
                let [a, b] = [here[*column], there[*column]].map(|x| of(self.value(row, *column, x)));
                (a - b, a.abs() + b.abs())
            };
            let ((a, size), (b, _)) = (change(&one), change(&other));
            (one[*column], other[*column]) = (here[*column], here[*column]);
            (a - b).abs() <= EQUAL * size
        })
    }
}

fn differences(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// Whether differences vanish beside the spread of the values that they are differences of.
fn flat(differences: &[f64], of: &[f64]) -> bool {
    let spread = of.iter().fold(f64::MIN, |a, b| a.max(*b)) - of.iter().fold(f64::MAX, |a, b| a.min(*b));
    differences.iter().all(|d| d.abs() <= 1e-7 * spread)
}

/// The ratio of a number to the one before, if it is always the same.
fn geometric(values: &[f64]) -> Option<f64> {
    let ratios: Vec<f64> = values.windows(2).map(|pair| pair[1] / pair[0]).collect();
    let first = ratios[0];
    (first > 0.0 && ratios.iter().all(|ratio| (ratio - first).abs() <= EQUAL * first)).then_some(first)
}

/// Intercept and slope of a line that all points lie on.
fn line<const N: usize>(points: [(f64, f64); N]) -> Option<(f64, f64)> {
    let ((x0, y0), (x1, y1)) = (points[0], points[N - 1]);
    let slope = (y1 - y0) / (x1 - x0);
    let size = points.iter().map(|(_, y)| y.abs()).fold(0.0, f64::max);
    let reach = (y1 - y0).abs().max(1e-3 * size);
    let on_it = |(x, y): &(f64, f64)| (y0 + slope * (x - x0) - y).abs() <= EQUAL * reach;
    (slope.is_finite() && points.iter().all(on_it)).then_some((y0 - slope * x0, slope))
}
