//! The pools of workers: each carries out one job. A pool is a line of the list below.

use jobs::pool::{News, Wish};

/// Passes the list of pools on to a macro: name, variant, job, what it does, and whether it may use the graphics card.
macro_rules! pools {
    ($then:ident) => {
        $then! {
            run: Run, jobs::protocol::train::TrainModels, "The run that is shown.", true;
            series: Series, jobs::protocol::train::TrainModels, "The same experiment with other seeds, beside it.", true;
            graphs: Graphs, jobs::protocol::graph::TrainGraphs, "Graph networks.", true;
            starts: Starts, jobs::protocol::ensemble::MeasureStarts, "Independent starts of a gas.", false;
            interactions: Interactions, jobs::protocol::networks::TrainNetworks<jobs::protocol::interactions::Interactions>, "Interaction networks.", true;
            hidden: Hidden, jobs::protocol::networks::TrainNetworks<jobs::protocol::relations::Relations>, "Inference of hidden graphs.", true;
            ode: Ode, jobs::protocol::networks::TrainNetworks<jobs::protocol::ode::OdeNetworks>, "Graph networks through an integrator.", true;
            recurrent: Recurrent, jobs::protocol::networks::TrainNetworks<jobs::protocol::recurrent::RecurrentNetworks>, "Networks at a coarse step.", true;
            search: Search, jobs::protocol::search::Search, "The search for formulas.", false;
            files: Files, jobs::protocol::write::WriteFiles, "The writer of files that are taken away.", false;
            recording: Recording, jobs::protocol::recording::ReadRecording, "The reader of recordings.", false;
            table: Table, jobs::protocol::search::ReadTable, "The reader of tables.", false;
            bodies: Bodies, jobs::protocol::relations::ReadTrajectories, "The reader of motions of several bodies.", false;
        }
    };
}
#[cfg(feature = "page")]
pub(crate) use pools;

macro_rules! messages {
    ($($name:ident: $Pool:ident, $Job:ty, $what:literal, $card:literal;)+) => {
        /// What is wanted of a pool.
        #[derive(Clone, Debug, PartialEq)]
        pub enum PoolWish {
            $(#[doc = $what] $Pool(Wish<$Job>),)+
        }

        /// What a pool tells.
        #[derive(Clone, Debug, PartialEq)]
        pub enum PoolNews {
            $(#[doc = $what] $Pool(News<$Job>),)+
        }

        impl PoolWish {
            /// Whether it may be carried out on the graphics card, and has to wait until that is known.
            pub fn asks_for_the_card(&self) -> bool {
                match self {
                    $(Self::$Pool(_) => $card,)+
                }
            }
        }
    };
}
pools!(messages);
