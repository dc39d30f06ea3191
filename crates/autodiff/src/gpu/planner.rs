//! From a function to its plan: which values are kept in memory, and in which phase each is computed.
//!
//! A value that others read at another place (an operand of a product, of a sum, of a scatter) is stored; what is cheap is
//! computed again wherever it is needed, since arithmetic costs a card less than memory does.

use crate::cpu::PlanError;
use crate::gpu::code::Emitter;
use crate::gpu::memory;
use crate::gpu::plan::{Adapter, Plan, Segment, Stored, Tile, Weight, node};
use crate::gpu::reductions;
use crate::program::{Function, Op, Over, Shape};
use crate::unary::Unary;
use std::collections::{BTreeMap, BTreeSet};

/// Workgroups that keep a card busy.
const GROUPS: usize = 48;
/// Rows of a workgroup, at most.
const ROWS: usize = 16;
/// Lines of a kernel, at most, more or less: compilers of drivers take long over long ones.
const SEGMENT: usize = 1500;
/// Operations that are rather computed again than stored.
const CHEAP: usize = 8;

/// The parameters of these functions as they lie among the weights, and how many numbers they are with their transposes.
pub(super) fn weights(functions: &[&Function]) -> (Vec<Weight>, usize) {
    let shapes = functions.first().map(|function| function.parameters.as_slice()).unwrap_or_default();
    let mut turned = vec![false; shapes.len()];
    for function in functions {
        for other in &function.nodes {
            if let Op::ProductTransposed(_, w) = other.op
                && let Op::Parameter(number) = function.nodes[node(w)].op
            {
                let Shape { rows, columns, .. } = shapes[number as usize];
                turned[number as usize] |= rows > 1 && columns > 1;
            }
        }
    }
    let mut end = shapes.iter().map(|shape| shape.size()).sum();
    let mut offset = 0;
    let mut place = |(shape, turned): (&Shape, bool)| {
        let weight = Weight { offset, rows: shape.rows, columns: shape.columns, transposed: turned.then_some(end) };
        offset += shape.size();
        end += if turned { shape.size() } else { 0 };
        weight
    };
    let weights = shapes.iter().zip(turned).map(&mut place).collect();
    (weights, end)
}

/// Where a value is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Home {
    pub level: usize,
    pub rows: usize,
    pub columns: usize,
}

/// What is known about the nodes of a function.
pub(super) struct Analysis<'a> {
    pub function: &'a Function,
    pub weights: &'a [Weight],
    /// The first phase in which a node can be computed.
    pub levels: Vec<usize>,
    /// Whether a node needs only inputs and weights, and little work.
    pure: Vec<bool>,
    /// Whether a node is rather stored than computed twice.
    dear: Vec<bool>,
    /// Values in memory, by the tile that computes them.
    pub stored: BTreeMap<Home, BTreeSet<usize>>,
}

impl Plan {
    /// The plan of a function whose parameters lie like this.
    pub fn new(function: &Function, weights: &[Weight]) -> Result<Self, PlanError> {
        let reduced = reductions::find(function)?;
        let mut analysis = Analysis::new(function, weights);
        for pair in reduced.reductions.iter().flat_map(|reduction| &reduction.pairs) {
            pair.0.into_iter().chain([pair.1]).for_each(|operand| analysis.keep(operand));
        }
        analysis.find_stored();
        let mut emitter = Emitter::new(&analysis);
        let mut phases: Vec<Vec<Tile>> = vec![];
        let last = analysis.stored.keys().map(|home| home.level).max().unwrap_or(0);
        for level in 0..=last {
            let homes = analysis
                .stored
                .range(Home { level, rows: 0, columns: 0 }..Home { level: level + 1, rows: 0, columns: 0 });
            phases.push(homes.map(|(home, nodes)| emitter.tile(*home, nodes)).collect::<Result<_, _>>()?);
        }
        let table = emitter.table;
        let kept: BTreeSet<usize> = reduced.operands().collect();
        let (slots, places) = memory::place(&analysis, &mut phases, &kept);
        let shape = |node: usize| function.nodes[node].shape;
        let operands =
            kept.iter().map(|node| (*node, Stored::Slot(places[node]), shape(*node).rows, shape(*node).columns));
        Ok(Self {
            tallest: analysis.stored.keys().map(|home| home.rows).max().unwrap_or(1),
            record: function.inputs.iter().map(|input| input.shape.size()).sum(),
            inputs: function.inputs.iter().map(|input| input.shape.size()).collect(),
            operands: operands.collect(),
            phases,
            slots,
            table,
            terms: function.outputs.iter().map(|output| reduced.terms(function, *output)).collect(),
            reductions: reduced.reductions,
            sums: reduced.sums,
        })
    }
}

impl Plan {
    /// The dispatches of a pass over so many items.
    pub fn segments(&self, items: usize, adapter: Adapter) -> Vec<Segment> {
        // Enough workgroups for a card, and enough rows in each that a weight that is near is used often.
        let (groups, rows) = match adapter {
            Adapter::Card => (GROUPS, ROWS),
            // Some cores, and parts of eight rows that should be full.
            Adapter::Software => (GROUPS / 3, 4 * ROWS),
        };
        let items = items.div_ceil(groups).clamp(1, (rows / self.tallest).max(1));
        let work = |phase: &[Tile]| phase.iter().map(Tile::work).sum::<usize>();
        let new = || Segment { phases: vec![], items, record: self.record, adapter };
        let mut segments = vec![new()];
        let mut left = SEGMENT;
        for phase in &self.phases {
            let next = work(phase);
            if next > left && left < SEGMENT {
                segments.push(new());
                left = SEGMENT;
            }
            left = left.saturating_sub(next);
            segments.last_mut().into_iter().for_each(|segment| segment.phases.push(phase.clone()));
        }
        segments
    }
}

impl Tile {
    /// How long the code of a tile is, more or less in lines.
    fn work(&self) -> usize {
        self.products.len() * 40 + self.code.len() + self.stores.len()
    }
}

impl<'a> Analysis<'a> {
    fn new(function: &'a Function, weights: &'a [Weight]) -> Self {
        let count = function.nodes.len();
        let mut analysis = Self {
            function,
            weights,
            levels: vec![0; count],
            pure: vec![false; count],
            dear: vec![false; count],
            stored: BTreeMap::new(),
        };
        let mut work = vec![0; count];
        for number in 0..count {
            let op = &function.nodes[number].op;
            let mut level = 0;
            let mut pure = true;
            op.for_operands(|operand| {
                let operand = node(operand);
                pure &= analysis.pure[operand];
                work[number] += if analysis.dear[operand] { 0 } else { work[operand] };
                let there = match function.nodes[operand].op {
                    // In memory from the beginning.
                    Op::Input(_) => true,
                    _ if sums(op) => !analysis.is_item(operand),
                    _ => analysis.pure[operand] || !moves(op),
                };
                level = level.max(analysis.levels[operand] + usize::from(!there));
            });
            work[number] += 1;
            analysis.levels[number] = level;
            analysis.dear[number] = is_dear(op) || work[number] > CHEAP && !matches!(op, Op::Input(_));
            analysis.pure[number] = !analysis.is_item(number) || pure && !analysis.dear[number];
        }
        analysis
    }

    pub fn op(&self, node: usize) -> &'a Op {
        &self.function.nodes[node].op
    }

    pub fn shape(&self, node: usize) -> Shape {
        self.function.nodes[node].shape
    }

    pub fn is_item(&self, node: usize) -> bool {
        self.shape(node).over == Over::Items
    }

    pub fn home(&self, node: usize) -> Home {
        let Shape { rows, columns, .. } = self.shape(node);
        Home { level: self.levels[node], rows, columns }
    }

    pub fn is_stored(&self, node: usize) -> bool {
        self.stored.get(&self.home(node)).is_some_and(|nodes| nodes.contains(&node))
    }

    fn keep(&mut self, node: usize) {
        self.stored.entry(self.home(node)).or_default().insert(node);
    }

    /// Keeps an operand that is read at other places than those of who computes it; inputs are in memory anyway.
    fn keep_operand(&mut self, node: usize) {
        if !matches!(self.op(node), Op::Input(_)) {
            self.keep(node);
        }
    }

    /// Later tiles first: what they need from earlier ones is known when it is their turn.
    fn find_stored(&mut self) {
        let mut before = None;
        loop {
            let next = match before {
                None => self.stored.last_key_value(),
                Some(home) => self.stored.range(..home).next_back(),
            };
            let Some((home, nodes)) = next.map(|(home, nodes)| (*home, nodes.clone())) else {
                return;
            };
            let mut seen = BTreeSet::new();
            nodes.into_iter().for_each(|node| self.explore(node, home, &mut seen));
            before = Some(home);
        }
    }

    /// What the tile at `home` needs to compute a node there.
    fn explore(&mut self, number: usize, home: Home, seen: &mut BTreeSet<usize>) {
        if !seen.insert(number) || !self.is_item(number) {
            return;
        }
        let op = self.op(number);
        match op {
            Op::Product(x, _) | Op::ProductTransposed(x, _) | Op::Scatter(x, _) | Op::SumColumns(x) => {
                self.keep_operand(node(*x));
            }
            _ if moves(op) => op.for_operands(|operand| self.explore_elsewhere(node(operand))),
            _ => op.for_operands(|operand| {
                let operand = node(operand);
                if !self.is_item(operand) || self.is_stored(operand) {
                    return;
                }
                if self.dear[operand] && self.levels[operand] < home.level {
                    self.keep(operand);
                } else {
                    self.explore(operand, home, seen);
                }
            }),
        }
    }

    /// What is needed to compute a node at another place than that of who computes it first.
    fn explore_elsewhere(&mut self, number: usize) {
        if !self.is_item(number) || self.is_stored(number) {
            return;
        }
        if self.dear[number] {
            self.keep(number);
        } else {
            self.op(number).for_operands(|operand| self.explore_elsewhere(node(operand)));
        }
    }
}

/// Whether an operation reads its operand at other places.
pub(super) fn moves(op: &Op) -> bool {
    sums(op) || matches!(op, Op::Gather(..) | Op::Concatenate(_) | Op::Slice(..) | Op::Pad(..) | Op::SpreadColumns(_))
}

/// Whether an operation reads all of a row, or several rows: its operand is in memory.
fn sums(op: &Op) -> bool {
    matches!(op, Op::Product(..) | Op::ProductTransposed(..) | Op::Scatter(..) | Op::SumColumns(_))
}

/// Whether an operation is much work for each number.
fn is_dear(op: &Op) -> bool {
    match op {
        _ if sums(op) => true,
        Op::Unary(function, _) => {
            !matches!(function, Unary::Relu | Unary::Step | Unary::Abs | Unary::Sign | Unary::Reciprocal | Unary::Sqrt)
        }
        _ => false,
    }
}
