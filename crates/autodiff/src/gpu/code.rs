//! Code of tiles: expressions at a place, each computed once.

use crate::cpu::PlanError;
use crate::gpu::plan::{Code, Place, Product, Source, Stored, Tile, node};
use crate::gpu::planner::{Analysis, Home};
use crate::program::{Index, Number, Op};
use std::collections::{BTreeSet, HashMap};

/// The place of an invocation itself.
const HERE: At = At { row: 0, column: 1 };

/// A row and a column at which a value is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct At {
    row: Place,
    column: Place,
}

/// Writes the tiles of a function.
pub(super) struct Emitter<'a> {
    analysis: &'a Analysis<'a>,
    /// Where each input begins in an item's record.
    inputs: Vec<usize>,
    /// Indices, and lists of the rows that a scatter adds up.
    pub table: Vec<u32>,
    indices: HashMap<Index, usize>,
    lists: HashMap<(Index, usize), usize>,
}

/// A tile being written.
struct Writer<'e, 'a> {
    emitter: &'e mut Emitter<'a>,
    home: Home,
    tile: Tile,
    known: HashMap<(usize, At), usize>,
    places: Vec<Code>,
}

impl<'a> Emitter<'a> {
    pub fn new(analysis: &'a Analysis<'a>) -> Self {
        let mut end = 0;
        let inputs = analysis.function.inputs.iter().map(|input| {
            end += input.shape.size();
            end - input.shape.size()
        });
        Self { inputs: inputs.collect(), analysis, table: vec![], indices: HashMap::new(), lists: HashMap::new() }
    }

    /// The tile that computes these nodes.
    pub fn tile(&mut self, home: Home, nodes: &BTreeSet<usize>) -> Result<Tile, PlanError> {
        let Home { rows, columns, .. } = home;
        let tile = Tile { rows, columns, products: vec![], code: vec![], stores: vec![] };
        let mut writer = Writer { emitter: self, home, tile, known: HashMap::new(), places: vec![] };
        for number in nodes {
            let result = writer.compute(*number, HERE)?;
            writer.tile.stores.push((result, Stored::Node(*number)));
        }
        Ok(writer.tile)
    }

    fn index(&mut self, index: &Index) -> usize {
        let table = &mut self.table;
        *self.indices.entry(index.clone()).or_insert_with(|| {
            table.extend_from_slice(index);
            table.len() - index.len()
        })
    }

    /// For each of `rows` rows, from where to where in the table the rows are that are added to it.
    fn lists(&mut self, index: &Index, rows: usize) -> usize {
        let table = &mut self.table;
        *self.lists.entry((index.clone(), rows)).or_insert_with(|| {
            let begin = table.len();
            let mut end = begin + rows + 1;
            let mut entries = vec![];
            for row in 0..rows {
                table.push(end as u32);
                let sources = (0..index.len()).filter(|source| index[*source] as usize == row);
                entries.extend(sources.map(|source| source as u32));
                end = begin + rows + 1 + entries.len();
            }
            table.push(end as u32);
            table.extend(entries);
            begin
        })
    }
}

impl Writer<'_, '_> {
    fn push(&mut self, code: Code) -> usize {
        self.tile.code.push(code);
        self.tile.code.len() - 1
    }

    /// A further row or column; equal ones are one.
    fn place(&mut self, code: Code) -> Place {
        if let Some(known) = self.places.iter().position(|other| *other == code) {
            return known + 2;
        }
        self.push(code.clone());
        self.places.push(code);
        self.places.len() + 1
    }

    fn source(&self, number: usize) -> (Source, usize) {
        let shape = self.emitter.analysis.shape(number);
        let source = match self.emitter.analysis.op(number) {
            Op::Input(input) => Source::Input(self.emitter.inputs[*input as usize]),
            _ => Source::Value(Stored::Node(number)),
        };
        (source, shape.columns)
    }

    fn load(&mut self, number: usize, at: At) -> usize {
        let (from, columns) = self.source(number);
        self.push(Code::Load { from, columns, row: at.row, column: at.column })
    }

    /// The result of a node at a row and a column.
    fn value(&mut self, number: usize, at: At) -> Result<usize, PlanError> {
        if let Some(known) = self.known.get(&(number, at)) {
            return Ok(*known);
        }
        let analysis = self.emitter.analysis;
        // What this phase computes is not in memory yet.
        if analysis.is_item(number) && analysis.levels[number] < self.home.level && analysis.is_stored(number) {
            let result = self.load(number, at);
            self.known.insert((number, at), result);
            return Ok(result);
        }
        self.compute(number, at)
    }

    fn compute(&mut self, number: usize, at: At) -> Result<usize, PlanError> {
        if let Some(known) = self.known.get(&(number, at)) {
            return Ok(*known);
        }
        let analysis = self.emitter.analysis;
        let shape = analysis.shape(number);
        let result = match analysis.op(number) {
            Op::Input(_) => self.load(number, at),
            Op::Parameter(parameter) => {
                let weight = analysis.weights[*parameter as usize];
                let Place2 { row, column } = self.shared_place(at, shape.rows, shape.columns);
                self.push(Code::Weight { offset: weight.offset, stride: weight.columns, row, column })
            }
            Op::Fill(number) => self.push(Code::Fill(bits(*number))),
            Op::Product(x, w) => self.product(*x, *w, false)?,
            Op::ProductTransposed(x, w) => self.product(*x, *w, true)?,
            Op::Row(x) => {
                let row = self.place(Code::First);
                self.value(node(*x), At { row, ..at })?
            }
            Op::Spread(x) => {
                let first = self.place(Code::First);
                self.value(node(*x), At { row: first, column: first })?
            }
            Op::Transpose(x) => self.value(node(*x), At { row: at.column, column: at.row })?,
            Op::Unary(function, x) => {
                let x = self.value(node(*x), at)?;
                self.push(Code::Unary(*function, x))
            }
            Op::Add(x, y) => self.pairwise(*x, *y, at, Code::Add)?,
            Op::Subtract(x, y) => self.pairwise(*x, *y, at, Code::Subtract)?,
            Op::Multiply(x, y) => self.pairwise(*x, *y, at, Code::Multiply)?,
            Op::Affine(x, factor, offset) => {
                let x = self.value(node(*x), at)?;
                self.push(Code::Affine(x, bits(*factor), bits(*offset)))
            }
            Op::Gather(x, index) => {
                let index = self.emitter.index(index);
                let row = self.place(Code::Gathered { index, row: at.row });
                self.value(node(*x), At { row, ..at })?
            }
            Op::Scatter(x, index) => {
                let (from, columns) = self.source(node(*x));
                let lists = self.emitter.lists(index, shape.rows);
                self.push(Code::Scatter { from, columns, lists, row: at.row, column: at.column })
            }
            Op::Concatenate(parts) => {
                let (mut from, mut sum) = (0, None);
                for part in parts {
                    let width = analysis.shape(node(*part)).columns;
                    let column = self.shifted(at.column, -(from as isize), width);
                    let value = self.value(node(*part), At { column, ..at })?;
                    let (column, to) = (at.column, from + width);
                    sum = Some(self.push(Code::Within { value, otherwise: sum, column, from, to }));
                    from = to;
                }
                sum.unwrap_or_else(|| self.push(Code::Fill(0)))
            }
            Op::Slice(x, from) => {
                let column = self.shifted(at.column, *from as isize, analysis.shape(node(*x)).columns);
                self.value(node(*x), At { column, ..at })?
            }
            Op::Pad(x, before) => {
                let (from, width) = (*before as usize, analysis.shape(node(*x)).columns);
                let column = self.shifted(at.column, -(from as isize), width);
                let value = self.value(node(*x), At { column, ..at })?;
                self.push(Code::Within { value, otherwise: None, column: at.column, from, to: from + width })
            }
            Op::SumColumns(x) if analysis.is_item(node(*x)) => {
                let (from, columns) = self.source(node(*x));
                self.push(Code::SumColumns { from, columns, row: at.row })
            }
            Op::SpreadColumns(x) => {
                let column = self.place(Code::First);
                self.value(node(*x), At { column, ..at })?
            }
            Op::SumColumns(_) | Op::Outer(..) | Op::ColumnSum(_) | Op::BatchMean(_) => {
                return Err(PlanError::TwoPasses);
            }
        };
        self.known.insert((number, at), result);
        Ok(result)
    }

    /// A row of an array that all items share is the only one, or the item's own.
    fn shared_place(&mut self, at: At, rows: usize, columns: usize) -> Place2 {
        let row = if rows == 1 { self.place(Code::First) } else { at.row };
        let column = if columns == 1 { self.place(Code::First) } else { at.column };
        Place2 { row, column }
    }

    fn shifted(&mut self, column: Place, by: isize, columns: usize) -> Place {
        self.place(Code::Shifted { column, by, columns })
    }

    fn pairwise(&mut self, x: u32, y: u32, at: At, code: fn(usize, usize) -> Code) -> Result<usize, PlanError> {
        let x = self.value(node(x), at)?;
        let y = self.value(node(y), at)?;
        Ok(self.push(code(x, y)))
    }

    fn product(&mut self, x: u32, w: u32, transposed: bool) -> Result<usize, PlanError> {
        let analysis = self.emitter.analysis;
        let Op::Parameter(parameter) = analysis.op(node(w)) else {
            return Err(PlanError::Weight);
        };
        let weight = analysis.weights[*parameter as usize];
        // A single row or column lies like its transpose.
        let begin = if transposed { weight.transposed.unwrap_or(weight.offset) } else { weight.offset };
        let (x, inner) = self.source(node(x));
        self.tile.products.push(Product { x, inner, weight: begin });
        Ok(self.push(Code::Product(self.tile.products.len() - 1)))
    }
}

/// A row and a column among the weights.
struct Place2 {
    row: Place,
    column: Place,
}

fn bits(number: Number) -> u32 {
    (number.get() as f32).to_bits()
}
