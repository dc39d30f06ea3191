//! Which products of a library make up a target.

use super::library::{Library, Product};

/// What is left of a product without those chosen, as a part of its square, below which it says nothing new.
const NEW: f64 = 1e-9;
/// Rounds of exchanges after each addition.
const ROUNDS: usize = 3;
/// An exchange that helps by less is none.
const HELPS: f64 = 1e-6;

/// Products of a library that are chosen, one after the other.
pub(super) struct Choice<'a> {
    library: &'a Library,
    /// Values in units of their size, weighted.
    values: Vec<Vec<f64>>,
    sizes: Vec<f64>,
    target: Vec<f64>,
    chosen: Vec<usize>,
    basis: Basis,
    pub(super) dots: u64,
}

/// What is chosen, made orthogonal, and what of the target is left.
#[derive(Clone)]
struct Basis {
    vectors: Vec<Vec<f64>>,
    rest: Vec<f64>,
    square: f64,
}

impl<'a> Choice<'a> {
    /// Nothing chosen yet.
    pub(super) fn new(library: &'a Library, target: &[f64], weights: &[f64]) -> Self {
        let weighted = |values: &[f64]| values.iter().zip(weights).map(|(x, weight)| x * weight).collect::<Vec<f64>>();
        let mut sizes = vec![];
        let mut unit = |values: &Vec<f64>| {
            let mut values = weighted(values);
            let size = dot(&values, &values).sqrt();
            sizes.push(size);
            values.iter_mut().for_each(|x| *x /= size);
            values
        };
        let values = library.values.iter().map(&mut unit).collect();
        let target = weighted(target);
        let basis = Basis::of(&[], &target);
        Self { library, values, sizes, target, chosen: vec![], basis, dots: 0 }
    }

    /// The squares that are missed, as a part of those of the target.
    pub(super) fn missed(&self) -> f64 {
        self.basis.square / dot(&self.target, &self.target)
    }

    /// Chooses one more, and exchanges others; whether that was worth it.
    pub(super) fn grows(&mut self, most: usize) -> bool {
        if self.chosen.len() >= most {
            return false;
        }
        let before = self.basis.square;
        let Some(next) = self.best(&self.chosen.clone(), &self.basis.clone()) else { return false };
        self.chosen.push(next);
        self.basis = self.basis_of(&self.chosen);
        for _ in 0..ROUNDS {
            if !self.exchanged() {
                break;
            }
        }
        let rows = self.target.len() as f64;
        let saved = rows * (before / self.basis.square.max(f64::MIN_POSITIVE)).ln();
        saved > rows.ln() + 2.0 * (self.library.len() as f64).ln()
    }

    /// Chooses all of a library that is small enough; whether it was.
    pub(super) fn takes_all(&mut self, most: usize) -> bool {
        if self.library.len() > most {
            return false;
        }
        // What the others say already is not chosen.
        for at in 0..self.library.len() {
            let beside = self.basis.vectors.iter().map(|vector| dot(vector, &self.values[at]).powi(2)).sum::<f64>();
            if 1.0 - beside > NEW {
                self.chosen.push(at);
                self.basis = self.basis_of(&self.chosen);
            }
        }
        true
    }

    /// Gives up the one that is missed least; whether there is one.
    pub(super) fn shrinks(&mut self) -> bool {
        if self.chosen.len() < 2 {
            return false;
        }
        let without = |place: usize| {
            let mut others = self.chosen.clone();
            others.remove(place);
            let basis = self.basis_of(&others);
            (others, basis)
        };
        let least = (0..self.chosen.len()).map(without).min_by(|a, b| a.1.square.total_cmp(&b.1.square));
        self.dots += self.chosen.len().pow(3) as u64;
        if let Some((chosen, basis)) = least {
            (self.chosen, self.basis) = (chosen, basis);
        }
        true
    }

    /// Exchanges each of the chosen for what is better in its place; whether there was any.
    fn exchanged(&mut self) -> bool {
        let mut helped = false;
        for place in 0..self.chosen.len().saturating_sub(1) {
            let mut others = self.chosen.clone();
            others.remove(place);
            let without = self.basis_of(&others);
            let Some(best) = self.best(&others, &without) else { continue };
            let mut exchanged = self.chosen.clone();
            exchanged[place] = best;
            let basis = self.basis_of(&exchanged);
            if basis.square < self.basis.square * (1.0 - HELPS) {
                (self.chosen, self.basis, helped) = (exchanged, basis, true);
            }
        }
        helped
    }

    fn basis_of(&self, chosen: &[usize]) -> Basis {
        let columns: Vec<&Vec<f64>> = chosen.iter().map(|at| &self.values[*at]).collect();
        Basis::of(&columns, &self.target)
    }

    /// The product that explains most of what is left beside others.
    fn best(&mut self, others: &[usize], basis: &Basis) -> Option<usize> {
        self.dots += (self.values.len() * (basis.vectors.len() + 1)) as u64;
        let gain = |values: &Vec<f64>| {
            let new = 1.0 - basis.vectors.iter().map(|vector| dot(vector, values).powi(2)).sum::<f64>();
            if new > NEW { dot(&basis.rest, values).powi(2) / new } else { 0.0 }
        };
        let gains = self.values.iter().enumerate().filter(|(at, _)| !others.contains(at));
        let gains = gains.map(|(at, values)| (at, gain(values))).filter(|(_, gain)| *gain > 0.0);
        gains.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }

    /// The chosen products with their coefficients.
    pub(super) fn coefficients(&self) -> Vec<(f64, Product)> {
        let mut rest = self.target.clone();
        let mut coefficients = vec![0.0; self.chosen.len()];
        // From the last vector of the basis to the first: what it needs is the coefficient of its product.
        for last in (0..self.basis.vectors.len().min(self.chosen.len())).rev() {
            let (vector, values) = (&self.basis.vectors[last], &self.values[self.chosen[last]]);
            let coefficient = dot(vector, &rest) / dot(vector, values);
            rest.iter_mut().zip(values).for_each(|(rest, x)| *rest -= coefficient * x);
            coefficients[last] = coefficient;
        }
        let product =
            |(coefficient, at): (f64, &usize)| (coefficient / self.sizes[*at], self.library.products[*at].clone());
        coefficients.into_iter().zip(&self.chosen).map(product).collect()
    }
}

impl Basis {
    /// By Gram and Schmidt, twice: once is not enough where columns are nearly parallel.
    fn of(columns: &[&Vec<f64>], target: &[f64]) -> Self {
        let mut vectors: Vec<Vec<f64>> = vec![];
        for column in columns {
            let mut vector = (*column).clone();
            for _ in 0..2 {
                vectors.iter().for_each(|other| remove(&mut vector, other));
            }
            let size = dot(&vector, &vector).sqrt();
            vector.iter_mut().for_each(|x| *x /= size);
            vectors.push(vector);
        }
        let mut rest = target.to_vec();
        for _ in 0..2 {
            vectors.iter().for_each(|vector| remove(&mut rest, vector));
        }
        let square = dot(&rest, &rest);
        Self { vectors, rest, square }
    }
}

/// Takes the part along a unit vector away.
fn remove(from: &mut [f64], along: &[f64]) {
    let part = dot(from, along);
    from.iter_mut().zip(along).for_each(|(x, y)| *x -= part * y);
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    rest + sums.iter().sum::<f64>()
}
