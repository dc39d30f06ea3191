//! One layer of a network whose parameters stay in the kernel: packed, with its gradient and Adam's moments laid out alike.

use crate::field::weights::LayerWeights;
use crate::kernel::adam::Adam;
use crate::kernel::block::{LANES, Pack, add, add_product, add_transposed_product, panels, turn};

/// Numbers that are trained, and what training knows of them.
#[derive(Clone, Debug)]
pub(in crate::kernel) struct Parameter {
    pub(in crate::kernel) value: Vec<Pack>,
    pub(in crate::kernel) gradient: Vec<Pack>,
    first: Vec<Pack>,
    second: Vec<Pack>,
}

/// y = xW + b. Columns and rows beyond the layer's own are zero, and so are their gradients.
#[derive(Clone, Debug)]
pub(in crate::kernel) struct Dense {
    inputs: usize,
    outputs: usize,
    layout: Layout,
    pub(in crate::kernel) weight: Parameter,
    pub(in crate::kernel) bias: Parameter,
}

/// How a weight matrix lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kernel) enum Layout {
    /// `[column / 8][row]`, for products of blocks.
    Panels,
    /// `[row][column / 8]`, for inputs of which most are zero.
    Rows,
}

/// Which of a parameter's numbers are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The numbers themselves.
    Value,
    /// Their latest gradient.
    Gradient,
    /// The running mean of the gradient.
    First,
    /// The running mean of its square.
    Second,
}

impl Parameter {
    fn new(packs: usize) -> Self {
        let zeros = vec![[0.0; LANES]; packs];
        Self { value: zeros.clone(), gradient: zeros.clone(), first: zeros.clone(), second: zeros }
    }

    fn part(&self, part: Part) -> &[Pack] {
        match part {
            Part::Value => &self.value,
            Part::Gradient => &self.gradient,
            Part::First => &self.first,
            Part::Second => &self.second,
        }
    }

    fn part_mut(&mut self, part: Part) -> &mut [Pack] {
        match part {
            Part::Value => &mut self.value,
            Part::Gradient => &mut self.gradient,
            Part::First => &mut self.first,
            Part::Second => &mut self.second,
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn step(&mut self, adam: &Adam) {
        adam.step(
            self.value.as_flattened_mut(),
            self.gradient.as_flattened(),
            self.first.as_flattened_mut(),
            self.second.as_flattened_mut(),
        );
    }
}

impl Dense {
    pub(in crate::kernel) fn new(layer: &LayerWeights, layout: Layout) -> Self {
        let (inputs, outputs) = (layer.inputs, layer.outputs);
        let rows = panels(inputs) * LANES;
        let mut dense = Self {
            inputs,
            outputs,
            layout,
            weight: Parameter::new(panels(outputs) * rows),
            bias: Parameter::new(panels(outputs)),
        };
        dense.put(Part::Value, layer);
        dense
    }

    /// Takes over numbers laid out as weights are.
    pub(in crate::kernel) fn put(&mut self, part: Part, layer: &LayerWeights) {
        let place = self.places();
        let packs = self.weight.part_mut(part);
        for (row, values) in layer.weight.chunks_exact(self.outputs).enumerate() {
            for (panel, values) in values.chunks(LANES).enumerate() {
                packs[place(row, panel)][..values.len()].copy_from_slice(values);
            }
        }
        self.bias.part_mut(part).as_flattened_mut()[..self.outputs].copy_from_slice(&layer.bias);
    }

    /// The same numbers, laid out as weights are.
    pub(in crate::kernel) fn get(&self, part: Part) -> LayerWeights {
        let place = self.places();
        let packs = self.weight.part(part);
        let mut weight = vec![0.0; self.inputs * self.outputs];
        for (row, values) in weight.chunks_exact_mut(self.outputs).enumerate() {
            for (panel, values) in values.chunks_mut(LANES).enumerate() {
                values.copy_from_slice(&packs[place(row, panel)][..values.len()]);
            }
        }
        let bias = self.bias.part(part).as_flattened()[..self.outputs].to_vec();
        LayerWeights { inputs: self.inputs, outputs: self.outputs, weight, bias }
    }

    fn places(&self) -> impl Fn(usize, usize) -> usize + use<> {
        let (layout, columns, rows) = (self.layout, panels(self.outputs), panels(self.inputs) * LANES);
        move |row, panel| match layout {
            Layout::Panels => panel * rows + row,
            Layout::Rows => row * columns + panel,
        }
    }

    /// Columns of the layer's output, in packs.
    pub(in crate::kernel) fn panels(&self) -> usize {
        self.bias.value.len()
    }

    /// A block of as many rows as there are in `out`, each the bias.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(in crate::kernel) fn spread_bias(&self, rows: usize, out: &mut [Pack]) {
        for (panel, bias) in out.chunks_exact_mut(rows).zip(&self.bias.value) {
            panel.fill(*bias);
        }
    }

    /// out = xW + b.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(in crate::kernel) fn forward(&self, rows: usize, x: &[Pack], turned: &mut Vec<Pack>, out: &mut [Pack]) {
        self.spread_bias(rows, out);
        turned.resize(x.len(), [0.0; LANES]);
        turn(rows, x, turned);
        add_product(rows, turned, &self.weight.value, out);
    }

    /// From the adjoint of the output to those of weight and bias, and added to that of the input.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(in crate::kernel) fn backward(
        &mut self,
        rows: usize,
        x: &[Pack],
        by_out: &[Pack],
        room: &mut [Vec<Pack>; 2],
        by_x: &mut [Pack],
    ) {
        self.weight.gradient.fill([0.0; LANES]);
        add_transposed_product(rows, x, by_out, &mut self.weight.gradient);
        self.sum_bias(rows, by_out);
        let [turned, transposed] = room;
        transposed.resize(self.weight.value.len(), [0.0; LANES]);
        turn(panels(self.inputs) * LANES, &self.weight.value, transposed);
        turned.resize(by_out.len(), [0.0; LANES]);
        turn(rows, by_out, turned);
        add_product(rows, turned, transposed, by_x);
    }

    /// The gradient by the bias.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(in crate::kernel) fn sum_bias(&mut self, rows: usize, by_out: &[Pack]) {
        for (sum, panel) in self.bias.gradient.iter_mut().zip(by_out.chunks_exact(rows)) {
            *sum = [0.0; LANES];
            panel.iter().for_each(|row| add(sum, row));
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(in crate::kernel) fn step(&mut self, adam: &Adam) {
        self.weight.step(adam);
        self.bias.step(adam);
    }
}
