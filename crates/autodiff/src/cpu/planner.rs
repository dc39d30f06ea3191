//! From a function to its plan: sparse inputs, what depends on the batch, fused sums, shared memory, and the order of a block.

use crate::cpu::layout::{LANES, Layout, panels};
use crate::cpu::plan::{Instruction, Place, Plan, PlanError, stride};
use crate::program::{Function, Node, Op, Over, Shape};

/// Rows that go through the program at a time: often enough that a weight that is near is used often, few enough that a block's
/// values stay near too.
const ROWS: usize = 96;
/// Bytes of the widest value of a block.
const BYTES: usize = 160 << 10;

impl Plan {
    /// The plan of a function, or why this executor cannot carry it out.
    pub(crate) fn new(function: &Function) -> Result<Self, PlanError> {
        let mut planner = Planner::new(function);
        planner.find_sparse()?;
        planner.find_late()?;
        planner.fuse();
        planner.place_shared();
        planner.schedule()?;
        Ok(planner.plan)
    }
}

/// Whether an operation is a sum over the batch.
fn reduces(op: &Op) -> bool {
    matches!(op, Op::Outer(..) | Op::ColumnSum(_) | Op::BatchMean(_))
}

/// Whether an operation may write its result over its operand.
fn is_pointwise(op: &Op) -> bool {
    matches!(op, Op::Unary(..) | Op::Add(..) | Op::Subtract(..) | Op::Multiply(..) | Op::Affine(..))
}

struct Planner {
    plan: Plan,
    /// How many operations read each node; outputs count as one more.
    uses: Vec<usize>,
    /// Whether a shared value depends on the batch.
    late: Vec<bool>,
    /// For each fused sum: its product and its row.
    fused: Vec<Option<(usize, usize)>>,
}

impl Planner {
    fn new(function: &Function) -> Self {
        let count = function.nodes.len();
        let mut uses = vec![0; count];
        for node in &function.nodes {
            node.op.for_operands(|operand| uses[operand as usize] += 1);
        }
        function.outputs.iter().for_each(|output| uses[*output] += 1);
        let rows = |node: &&Node| node.shape.over == Over::Items && !matches!(node.op, Op::Input(_));
        let tallest = function.nodes.iter().filter(rows).map(|node| node.shape.rows).max().unwrap_or(1).max(1);
        let bytes = |node: &Node| panels(node.shape.columns) * LANES * 4 * node.shape.rows;
        let widest = function.nodes.iter().filter(rows).map(bytes).max().unwrap_or(1).max(1);
        let items = (ROWS / tallest).min(BYTES / widest).max(1);
        // Rows are multiplied eight at a time: whole eights of items, so that none are for nothing.
        let items = if items > LANES { items / LANES * LANES } else { items };
        let plan = Plan {
            nodes: function.nodes.clone(),
            inputs: function.inputs.clone(),
            outputs: function.outputs.clone(),
            places: vec![Place::Nowhere; count],
            before: vec![],
            transposes: vec![],
            block: vec![],
            normalized: vec![],
            after: vec![],
            items,
            slots: vec![],
            shared: vec![],
            layouts: vec![Layout::Panels; function.parameters.len()],
        };
        Self { plan, uses, late: vec![false; count], fused: vec![None; count] }
    }

    fn op(&self, node: usize) -> &Op {
        &self.plan.nodes[node].op
    }

    fn is_item(&self, node: usize) -> bool {
        self.plan.nodes[node].shape.over == Over::Items
    }

    /// Sparse inputs, and the parameters that they are multiplied with.
    fn find_sparse(&mut self) -> Result<(), PlanError> {
        for node in 0..self.plan.nodes.len() {
            if let Op::Input(number) = self.op(node)
                && self.plan.inputs[*number as usize].sparse
            {
                self.plan.places[node] = Place::Sparse(*number as usize);
            }
        }
        let is_sparse = |plan: &Plan, node: u32| matches!(plan.places[node as usize], Place::Sparse(_));
        for node in 0..self.plan.nodes.len() {
            let op = self.op(node).clone();
            match op {
                Op::Product(x, w) if is_sparse(&self.plan, x) => match *self.op(w as usize) {
                    Op::Parameter(number) => self.plan.layouts[number as usize] = Layout::Rows,
                    _ => return Err(PlanError::Sparse),
                },
                Op::Outer(x, g) if is_sparse(&self.plan, x) && !is_sparse(&self.plan, g) => {}
                other => {
                    let mut any = false;
                    other.for_operands(|operand| any |= is_sparse(&self.plan, operand));
                    if any {
                        return Err(PlanError::Sparse);
                    }
                }
            }
        }
        // A parameter that lies row by row can't be read by anything else.
        for node in 0..self.plan.nodes.len() {
            let op = self.op(node).clone();
            let mut wrong = false;
            op.for_operands(|operand| {
                if let Op::Parameter(number) = *self.op(operand as usize)
                    && self.plan.layouts[number as usize] == Layout::Rows
                {
                    wrong |= !matches!(op, Op::Product(x, w) if w == operand && is_sparse(&self.plan, x));
                }
            });
            if wrong {
                return Err(PlanError::Sparse);
            }
        }
        Ok(())
    }

    fn find_late(&mut self) -> Result<(), PlanError> {
        for node in 0..self.plan.nodes.len() {
            let mut late = reduces(self.op(node));
            self.op(node).for_operands(|operand| late |= self.late[operand as usize]);
            if self.is_item(node) && late {
                return Err(PlanError::TwoPasses);
            }
            self.late[node] = late;
        }
        Ok(())
    }

    /// A product and a row that is added to it are one operation.
    fn fuse(&mut self) {
        for node in 0..self.plan.nodes.len() {
            let Op::Add(a, b) = *self.op(node) else {
                continue;
            };
            for (product, row) in [(a as usize, b as usize), (b as usize, a as usize)] {
                let Op::Row(of) = *self.op(row) else {
                    continue;
                };
                if self.is_item(node) && self.uses[product] == 1 && matches!(self.op(product), Op::Product(..)) {
                    self.fused[node] = Some((product, of as usize));
                    self.uses[product] = 0;
                    self.uses[row] -= 1;
                    break;
                }
            }
        }
    }

    fn place_shared(&mut self) {
        for node in 0..self.plan.nodes.len() {
            if self.is_item(node) {
                continue;
            }
            if let Op::Parameter(number) = *self.op(node) {
                self.plan.places[node] = Place::Parameter(number as usize);
                continue;
            }
            // Sums over the batch that are only added up lie in the same place, where all of them are added.
            if let Op::Add(a, b) = *self.op(node)
                && self.is_sum(a as usize)
                && self.is_sum(b as usize)
                && [a, b].iter().all(|part| self.uses[*part as usize] == 1)
            {
                let kept = self.plan.places[a as usize];
                let given_up = self.plan.places[b as usize];
                self.plan.places.iter_mut().filter(|place| **place == given_up).for_each(|place| *place = kept);
                self.plan.places[node] = kept;
                continue;
            }
            let Shape { rows, columns, .. } = self.plan.nodes[node].shape;
            self.plan.places[node] = Place::Shared(self.plan.shared.len());
            self.plan.shared.push(panels(columns) * rows);
            if !reduces(self.op(node)) {
                if self.late[node] { &mut self.plan.after } else { &mut self.plan.before }.push(node);
            }
        }
        for node in self.plan.after.clone() {
            let op = self.op(node).clone();
            op.for_operands(|operand| {
                if let Place::Shared(place) = self.plan.places[operand as usize]
                    && self.is_sum(operand as usize)
                    && !self.plan.normalized.contains(&place)
                {
                    self.plan.normalized.push(place);
                }
            });
        }
    }

    /// Whether a shared value is a sum over the batch that was not turned into a mean yet.
    pub(crate) fn is_sum(&self, node: usize) -> bool {
        match *self.op(node) {
            Op::Outer(..) | Op::ColumnSum(_) => true,
            // Added up in place.
            Op::Add(a, _) => self.late[node] && self.plan.places[node] == self.plan.places[a as usize],
            _ => false,
        }
    }

    /// The order of a block's operations, and the slots that they write to.
    fn schedule(&mut self) -> Result<(), PlanError> {
        let count = self.plan.nodes.len();
        for node in 0..count {
            let skipped = matches!(self.plan.places[node], Place::Sparse(_)) || self.uses[node] == 0;
            if (!self.is_item(node) && !reduces(self.op(node))) || skipped {
                continue;
            }
            let product = match (self.fused[node], self.op(node)) {
                (Some((product, row)), _) => Some((product, Some(row))),
                (None, Op::Product(..)) => Some((node, None)),
                _ => None,
            };
            self.plan.block.push(Instruction { node, product });
            if let Op::ProductTransposed(_, w) = *self.op(node)
                && self.plan.transpose(w as usize) == usize::MAX
            {
                let Shape { rows, columns, .. } = self.plan.nodes[w as usize].shape;
                self.plan.transposes.push((w as usize, self.plan.shared.len()));
                self.plan.shared.push(panels(rows) * columns);
            }
        }
        // A value's slot is free for others after the last operation that reads it.
        let mut last = vec![0; count];
        for (place, instruction) in self.plan.block.iter().enumerate() {
            self.reads(instruction, |operand| last[operand] = place);
        }
        self.plan.outputs.iter().for_each(|output| last[*output] = usize::MAX);
        let mut free: Vec<usize> = vec![];
        for (place, instruction) in self.plan.block.clone().into_iter().enumerate() {
            let node = instruction.node;
            let mut dying = vec![];
            self.reads(&instruction, |operand| {
                if last[operand] == place && !dying.contains(&operand) {
                    dying.push(operand);
                }
            });
            let slot_of = |plan: &Plan, node: usize| match plan.places[node] {
                Place::Slot(slot) => Some(slot),
                _ => None,
            };
            if self.is_item(node) {
                let shape = self.plan.nodes[node].shape;
                let size = panels(shape.columns) * stride(shape, self.plan.items);
                let over = dying.iter().position(|operand| {
                    instruction.product.is_none()
                        && is_pointwise(self.op(node))
                        && slot_of(&self.plan, *operand).is_some()
                });
                let slot = match over {
                    Some(operand) => slot_of(&self.plan, dying.remove(operand)).unwrap_or_default(),
                    None => self.take_slot(&mut free, size),
                };
                self.plan.slots[slot] = self.plan.slots[slot].max(size);
                self.plan.places[node] = Place::Slot(slot);
            }
            free.extend(dying.into_iter().filter_map(|operand| slot_of(&self.plan, operand)));
        }
        Ok(())
    }

    /// The free slot that was used last among those of the nearest size.
    fn take_slot(&mut self, free: &mut Vec<usize>, size: usize) -> usize {
        let misfit = |slot: &usize| self.plan.slots[*slot].abs_diff(size);
        let best = free.iter().enumerate().rev().min_by_key(|(_, slot)| misfit(slot)).map(|(place, _)| place);
        best.map(|place| free.remove(place)).unwrap_or_else(|| {
            self.plan.slots.push(0);
            self.plan.slots.len() - 1
        })
    }

    /// Calls `each` with the values of items that an instruction reads.
    fn reads(&self, instruction: &Instruction, mut each: impl FnMut(usize)) {
        let of = instruction.product.map_or(instruction.node, |(product, _)| product);
        self.op(of).for_operands(|operand| {
            if self.is_item(operand as usize) {
                each(operand as usize);
            }
        });
    }
}
