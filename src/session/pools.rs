//! The pools of workers: each carries out one job. A pool is a line of the list below.

use jobs::pool::{News, Wish};

/// Passes the list of pools on to a macro: variant, job, what it does, and whether it may use the graphics card. Those that
/// only panels of the first page need, and those that only other pages need, are made when these are there.
macro_rules! pools {
    ($then:ident) => {
        $then! {
            first {
                Run: jobs::protocol::train::TrainModels, "The run that is shown.", true;
                Series: jobs::protocol::train::TrainModels, "The same experiment with other seeds, beside it.", true;
                Files: jobs::protocol::write::WriteFiles, "The writer of files that are taken away.", false;
            }
            panels {
                Recording: jobs::protocol::recording::ReadRecording, "The reader of recordings.", false;
            }
            later {
                Graphs: jobs::protocol::graph::TrainGraphs, "Graph networks.", true;
                Starts: jobs::protocol::ensemble::MeasureStarts, "Independent starts of a gas.", false;
                Interactions: jobs::protocol::networks::TrainNetworks<jobs::protocol::interactions::Interactions>, "Interaction networks.", true;
                Hidden: jobs::protocol::networks::TrainNetworks<jobs::protocol::relations::Relations>, "Inference of hidden graphs.", true;
                Ode: jobs::protocol::networks::TrainNetworks<jobs::protocol::ode::OdeNetworks>, "Graph networks through an integrator.", true;
                Recurrent: jobs::protocol::networks::TrainNetworks<jobs::protocol::recurrent::RecurrentNetworks>, "Networks at a coarse step.", true;
                Search: jobs::protocol::search::Search, "The search for formulas.", false;
                Table: jobs::protocol::search::ReadTable, "The reader of tables.", false;
                Bodies: jobs::protocol::relations::ReadTrajectories, "The reader of motions of several bodies.", false;
            }
        }
    };
}
#[cfg(feature = "page")]
pub(crate) use pools;

macro_rules! messages {
    (first { $($first:tt)+ } panels { $($panels:tt)+ } later { $($later:tt)+ }) => {
        messages! { $($first)+ $($panels)+ $($later)+ }
    };
    ($($Pool:ident: $Job:ty, $what:literal, $card:literal;)+) => {
        /// A pool by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum PoolName {
            $(#[doc = $what] $Pool,)+
        }

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
            /// Of which pool it is wanted.
            pub fn pool(&self) -> PoolName {
                match self {
                    $(Self::$Pool(_) => PoolName::$Pool,)+
                }
            }

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
