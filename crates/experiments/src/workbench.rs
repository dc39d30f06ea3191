//! One experiment of each kind, side by side.

use crate::assignment::Assignment;
use crate::field::FieldExperiment;
use crate::formula::FormulaExperiment;
use crate::graph::GraphExperiment;
use crate::interaction::InteractionExperiment;
use crate::molecules::MoleculesExperiment;
use crate::ode::OdeExperiment;
use crate::page::Page;
use crate::preset::Preset;
use crate::recurrent::RecurrentExperiment;
use crate::relational::RelationalExperiment;
use crate::schedule::DeviceChoice;

/// What a run does, of whichever kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Experiment {
    /// Networks learn the vector field of a system, from states or from films.
    Field(FieldExperiment),
    /// Integrators step the system of a field experiment.
    Integrators(FieldExperiment),
    /// Graph networks learn how particles act on one another.
    Graph(GraphExperiment),
    /// Graph networks are trained through an integrator.
    Ode(OdeExperiment),
    /// Networks are trained at a coarse step.
    Recurrent(RecurrentExperiment),
    /// A formula is looked for in numbers.
    Formula(FormulaExperiment),
    /// Interaction networks learn a domain, a frame at a time.
    Interactions(InteractionExperiment),
    /// Graphs are inferred from motions.
    Hidden(RelationalExperiment),
    /// Molecules are simulated; nothing learns.
    Molecules(MoleculesExperiment),
}

/// The settings of all kinds, and which of them is open: what a link holds. Visiting one page forgets nothing of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbench {
    /// The page that is open.
    pub page: Page,
    /// Where networks of any kind are trained.
    pub device: DeviceChoice,
    /// Fields of one system.
    pub field: FieldExperiment,
    /// Graph networks.
    pub graph: GraphExperiment,
    /// Interaction networks.
    pub interactions: InteractionExperiment,
    /// Hidden graphs.
    pub hidden: RelationalExperiment,
    /// Graph networks through an integrator.
    pub ode: OdeExperiment,
    /// Networks at a coarse step.
    pub recurrent: RecurrentExperiment,
    /// Formulas.
    pub formula: FormulaExperiment,
    /// Molecules.
    pub molecules: MoleculesExperiment,
    /// How a teacher has set the page up.
    pub assignment: Assignment,
}

impl Default for Workbench {
    fn default() -> Self {
        Preset::Spring.into()
    }
}

impl From<FieldExperiment> for Workbench {
    /// The page of networks with this experiment, and every other page as it is first seen.
    fn from(field: FieldExperiment) -> Self {
        Self {
            page: Page::Learning,
            device: DeviceChoice::Auto,
            field,
            graph: GraphExperiment::default(),
            interactions: InteractionExperiment::default(),
            hidden: RelationalExperiment::default(),
            ode: OdeExperiment::default(),
            recurrent: RecurrentExperiment::default(),
            formula: FormulaExperiment::default(),
            molecules: MoleculesExperiment::default(),
            assignment: Assignment::default(),
        }
    }
}

impl From<Preset> for Workbench {
    fn from(preset: Preset) -> Self {
        preset.experiment().into()
    }
}

impl From<GraphExperiment> for Workbench {
    fn from(graph: GraphExperiment) -> Self {
        Self { page: Page::Graph, graph, ..Self::default() }
    }
}

impl From<InteractionExperiment> for Workbench {
    fn from(interactions: InteractionExperiment) -> Self {
        Self { page: Page::Interactions, interactions, ..Self::default() }
    }
}

impl From<RelationalExperiment> for Workbench {
    fn from(hidden: RelationalExperiment) -> Self {
        Self { page: Page::Hidden, hidden, ..Self::default() }
    }
}

impl From<OdeExperiment> for Workbench {
    fn from(ode: OdeExperiment) -> Self {
        Self { page: Page::Ode, ode, ..Self::default() }
    }
}

impl From<RecurrentExperiment> for Workbench {
    fn from(recurrent: RecurrentExperiment) -> Self {
        Self { page: Page::Recurrent, recurrent, ..Self::default() }
    }
}

impl Workbench {
    /// The experiment of this name: a preset's, or a recipe of another kind.
    pub fn named(name: &str) -> Option<Self> {
        let field = Preset::from_key(name).map(Self::from);
        let graph = || GraphExperiment::named(name).map(Self::from);
        let interactions = || InteractionExperiment::named(name).map(Self::from);
        let hidden = || RelationalExperiment::named(name).map(Self::from);
        let ode = || OdeExperiment::named(name).map(Self::from);
        let recurrent = || RecurrentExperiment::named(name).map(Self::from);
        field.or_else(graph).or_else(interactions).or_else(hidden).or_else(ode).or_else(recurrent)
    }

    /// The experiment of the page that is open.
    pub fn experiment(&self) -> Experiment {
        match self.page {
            Page::Learning => Experiment::Field(self.field.clone()),
            Page::Integrators => Experiment::Integrators(self.field.clone()),
            Page::Graph => Experiment::Graph(self.graph.clone()),
            Page::Interactions => Experiment::Interactions(self.interactions.clone()),
            Page::Hidden => Experiment::Hidden(self.hidden.clone()),
            Page::Ode => Experiment::Ode(self.ode),
            Page::Recurrent => Experiment::Recurrent(self.recurrent),
            Page::Formula => Experiment::Formula(self.formula),
            Page::Molecules => Experiment::Molecules(self.molecules),
        }
    }
}
