//! A batch on its way through a function, block by block.

use crate::cpu::layout::{LANES, Pack, Sparse, ZERO, fill, panels, read, transpose};
use crate::cpu::packs::Packs;
use crate::cpu::plan::{Instruction, Place, Plan, PlanError};
use crate::cpu::products::{Block, column_sum, outer, product, sparse_outer, sparse_product};
use crate::cpu::run::{Operand, Out, compute, total};
use crate::cpu::simd::vectorized;
use crate::cpu::trained::Trained;
use crate::program::{Function, Op, Over, Shape};

/// A function, its memory, and what it left behind when it ran.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) plan: Plan,
    pub(super) slots: Vec<Packs>,
    pub(super) shared: Vec<Packs>,
    /// Means over the batch and what is computed of them alone, in double precision; for other nodes NaN.
    pub(super) precise: Vec<f64>,
    pub(super) sparse: Vec<Sparse>,
    /// For what a product lays out differently.
    pub(super) room: Packs,
    /// Outputs of items.
    pub(super) rows: Vec<Vec<f32>>,
    /// Items of the latest batch.
    pub(super) items: usize,
}

impl Run {
    pub(super) fn new(function: &Function) -> Result<Self, PlanError> {
        let plan = Plan::new(function)?;
        let memory = |sizes: &[usize]| sizes.iter().map(|size| Packs::zeros(*size)).collect();
        Ok(Self {
            slots: memory(&plan.slots),
            shared: memory(&plan.shared),
            precise: vec![f64::NAN; plan.nodes.len()],
            sparse: vec![Sparse::default(); plan.inputs.len()],
            room: Packs::default(),
            rows: vec![vec![]; plan.outputs.len()],
            items: 1,
            plan,
        })
    }

    /// What a shared value has to be multiplied with: sums over the batch become means here.
    pub(super) fn scale(&self, node: usize) -> f32 {
        if self.plan.is_raw_sum(node) { 1.0 / self.items as f32 } else { 1.0 }
    }

    /// Whether a value lies row by row: the gradient by a parameter that does.
    pub(super) fn is_by_rows(&self, node: usize) -> bool {
        match self.plan.nodes[node].op {
            Op::Outer(x, _) => matches!(self.plan.places[x as usize], Place::Sparse(_)),
            Op::Add(a, _) => self.plan.places[a as usize] == self.plan.places[node] && self.is_by_rows(a as usize),
            _ => false,
        }
    }

    pub(super) fn run(&mut self, parameters: &[Trained], inputs: &[&[f32]], items: usize) {
        self.items = items.max(1);
        self.rows.iter_mut().for_each(Vec::clear);
        for index in 0..self.plan.before.len() {
            self.compute_shared(parameters, self.plan.before[index]);
        }
        self.transpose_all(parameters);
        for instruction in &self.plan.block {
            if let (Place::Shared(place), Over::Shared) =
                (self.plan.places[instruction.node], self.plan.nodes[instruction.node].shape.over)
            {
                self.shared[place].fill(ZERO);
                self.precise[instruction.node] = 0.0;
            }
        }
        let mut first = 0;
        while first < items {
            let count = self.plan.items.min(items - first);
            for index in 0..self.plan.block.len() {
                self.step(parameters, self.plan.block[index], inputs, (first, count));
            }
            self.keep_rows(count);
            first += count;
        }
        self.finish(parameters);
    }

    /// Transposes of matrices, as they are now.
    fn transpose_all(&mut self, parameters: &[Trained]) {
        for index in 0..self.plan.transposes.len() {
            let (node, place) = self.plan.transposes[index];
            let mut out = std::mem::take(&mut self.shared[place]);
            let Shape { rows, columns, .. } = self.plan.nodes[node].shape;
            let from = self.shared_packs(parameters, node);
            vectorized(
                #[inline(always)]
                |_| transpose((rows, columns), rows, from, &mut out),
            );
            self.shared[place] = out;
        }
    }

    /// From sums over the batch to means, and what depends on those.
    fn finish(&mut self, parameters: &[Trained]) {
        let scale = 1.0 / self.items as f32;
        for place in &self.plan.normalized {
            self.shared[*place].as_flattened_mut().iter_mut().for_each(|x| *x *= scale);
        }
        for instruction in &self.plan.block {
            let node = instruction.node;
            if let (Op::BatchMean(_), Place::Shared(place)) = (&self.plan.nodes[node].op, self.plan.places[node]) {
                self.precise[node] /= self.items as f64;
                self.shared[place][0] = [self.precise[node] as f32; LANES];
            } else if self.plan.nodes[node].shape.over == Over::Shared {
                self.precise[node] = f64::NAN;
            }
        }
        for index in 0..self.plan.after.len() {
            let node = self.plan.after[index];
            self.compute_shared(parameters, node);
            let of = |operand: u32| self.precise[operand as usize];
            self.precise[node] = match self.plan.nodes[node].op {
                Op::Affine(x, factor, offset) => factor.get() * of(x) + offset.get(),
                Op::Add(x, y) => of(x) + of(y),
                Op::Subtract(x, y) => of(x) - of(y),
                Op::Multiply(x, y) => of(x) * of(y),
                Op::Unary(function, x) => function.value(of(x)),
                _ => f64::NAN,
            };
        }
    }

    /// Keeps the outputs of items.
    fn keep_rows(&mut self, count: usize) {
        for (output, rows) in self.plan.outputs.iter().zip(&mut self.rows) {
            let shape = self.plan.nodes[*output].shape;
            if let Place::Slot(slot) = self.plan.places[*output] {
                read(&self.slots[slot], self.plan.stride(*output), shape.columns, shape.rows * count, rows);
            }
        }
    }

    fn shared_packs<'a>(&'a self, parameters: &'a [Trained], node: usize) -> &'a [Pack] {
        match self.plan.places[node] {
            Place::Parameter(number) => &parameters[number].value,
            Place::Shared(place) => &self.shared[place],
            _ => &[],
        }
    }

    /// A value as a block with so many items in use.
    fn block<'a>(&'a self, parameters: &'a [Trained], node: usize, items: usize) -> Block<'a> {
        let Shape { over, rows, columns } = self.plan.nodes[node].shape;
        let stride = self.plan.stride(node);
        let (packs, rows) = match (over, self.plan.places[node]) {
            (Over::Items, Place::Slot(slot)) => (&self.slots[slot][..panels(columns) * stride], rows * items),
            (Over::Items, _) => (&[][..], rows * items),
            (Over::Shared, _) => (self.shared_packs(parameters, node), rows),
        };
        Block { packs, stride, rows, columns }
    }

    fn compute_shared(&mut self, parameters: &[Trained], node: usize) {
        let Place::Shared(place) = self.plan.places[node] else {
            return;
        };
        let mut packs = std::mem::take(&mut self.shared[place]);
        let Shape { rows, columns, .. } = self.plan.nodes[node].shape;
        let operand = |id: u32| Operand::At(self.block(parameters, id as usize, 1));
        let out = Out { packs: &mut packs, stride: rows, rows, columns };
        compute(&self.plan.nodes[node].op, &operand, 1, out);
        self.shared[place] = packs;
    }

    /// One instruction on the items `first..first + count`.
    fn step(
        &mut self,
        parameters: &[Trained],
        instruction: Instruction,
        inputs: &[&[f32]],
        (first, count): (usize, usize),
    ) {
        let node = instruction.node;
        let Shape { over, rows, columns } = self.plan.nodes[node].shape;
        if over == Over::Shared {
            return self.reduce(parameters, node, count);
        }
        let Place::Slot(slot) = self.plan.places[node] else {
            return;
        };
        let stride = self.plan.stride(node);
        let mut memory = std::mem::take(&mut self.slots[slot]);
        let packs = &mut memory[..panels(columns) * stride];
        if let Some((of, row)) = instruction.product {
            self.multiply(parameters, of, row, inputs, (first, count), packs);
        } else {
            match &self.plan.nodes[node].op {
                Op::Input(number) => {
                    let size = rows * columns;
                    fill(packs, stride, columns, &inputs[*number as usize][first * size..][..count * size]);
                }
                Op::ProductTransposed(x, w) => {
                    let mut room = std::mem::take(&mut self.room);
                    let x = self.block(parameters, *x as usize, count);
                    let transposed = &self.shared[self.plan.transpose(*w as usize)];
                    let space = &mut room;
                    vectorized(
                        #[inline(always)]
                        move |vectors| product(vectors, x, transposed, None, space, packs),
                    );
                    self.room = room;
                }
                op => {
                    let operand = |id: u32| match self.plan.places[id as usize] {
                        Place::Slot(at) if at == slot => Operand::InPlace,
                        _ => Operand::At(self.block(parameters, id as usize, count)),
                    };
                    compute(op, &operand, count, Out { packs, stride, rows: rows * count, columns });
                }
            }
        }
        self.slots[slot] = memory;
    }

    /// x W, and a shared row added to it.
    fn multiply(
        &mut self,
        parameters: &[Trained],
        of: usize,
        row: Option<usize>,
        inputs: &[&[f32]],
        (first, count): (usize, usize),
        packs: &mut [Pack],
    ) {
        let Op::Product(x, w) = self.plan.nodes[of].op else {
            return;
        };
        let (x, w) = (x as usize, w as usize);
        if let Place::Sparse(number) = self.plan.places[x] {
            let size = self.plan.nodes[x].shape.size();
            let numbers = &inputs[number][first * size..][..count * size];
            self.sparse[number].find(self.plan.nodes[x].shape.columns, numbers);
            let (stride, columns) = (self.plan.stride(of), self.plan.nodes[of].shape.columns);
            let bias = row.map(|row| self.shared_packs(parameters, row));
            let (sparse, w) = (&self.sparse[number], self.shared_packs(parameters, w));
            vectorized(
                #[inline(always)]
                move |vectors| sparse_product(vectors, sparse, w, bias, (stride, columns), packs),
            );
            return;
        }
        let mut room = std::mem::take(&mut self.room);
        let x = self.block(parameters, x, count);
        let bias = row.map(|row| self.shared_packs(parameters, row));
        let (w, space) = (self.shared_packs(parameters, w), &mut room);
        vectorized(
            #[inline(always)]
            move |vectors| product(vectors, x, w, bias, space, packs),
        );
        self.room = room;
    }

    /// Adds what a block contributes to a sum over the batch.
    fn reduce(&mut self, parameters: &[Trained], node: usize, count: usize) {
        let Place::Shared(place) = self.plan.places[node] else {
            return;
        };
        match self.plan.nodes[node].op {
            Op::BatchMean(x) => self.precise[node] += total(self.block(parameters, x as usize, count)),
            Op::ColumnSum(x) => {
                let mut sums = std::mem::take(&mut self.shared[place]);
                let x = self.block(parameters, x as usize, count);
                let out = &mut sums;
                vectorized(
                    #[inline(always)]
                    move |_| column_sum(x, out),
                );
                self.shared[place] = sums;
            }
            Op::Outer(x, g) => {
                let mut sums = std::mem::take(&mut self.shared[place]);
                let mut room = std::mem::take(&mut self.room);
                let g = self.block(parameters, g as usize, count);
                let (out, space) = (&mut sums, &mut room);
                if let Place::Sparse(number) = self.plan.places[x as usize] {
                    let x = &self.sparse[number];
                    vectorized(
                        #[inline(always)]
                        move |vectors| sparse_outer(vectors, x, g, space, out),
                    );
                } else {
                    let x = self.block(parameters, x as usize, count);
                    vectorized(
                        #[inline(always)]
                        move |vectors| outer(vectors, x, g, out),
                    );
                }
                self.room = room;
                self.shared[place] = sums;
            }
            _ => {}
        }
    }
}
