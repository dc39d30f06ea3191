//! All pools with their workers.

use crate::session::pools::{PoolNews, PoolWish, pools};
use crate::workers::client::Client;
use crate::workers::engine::Heard;
use jobs::pool::{Machine, WorkerId};
use yew::Callback;

macro_rules! clients {
    ($($name:ident: $Pool:ident, $Job:ty, $what:literal, $card:literal;)+) => {
        /// The pools with their workers.
        pub struct Pools {
            $($name: Client<$Job>,)+
        }

        /// A pool by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum PoolName {
            $(#[doc = $what] $Pool,)+
        }

        impl Pools {
            /// No worker yet, on this machine. What workers report has to come back by [`Pools::heard`].
            pub fn new(machine: Machine, report: &Callback<(PoolName, WorkerId, Heard)>) -> Self {
                Self {
                    $($name: Client::new(machine, report.reform(|(id, heard)| (PoolName::$Pool, id, heard))),)+
                }
            }

            /// What is known of the browser, once it is known better.
            pub fn set_machine(&mut self, machine: Machine) {
                $(self.$name.set_machine(machine);)+
            }

            /// Does what the page wants.
            pub fn wish(&mut self, wish: PoolWish) -> Vec<PoolNews> {
                match wish {
                    $(PoolWish::$Pool(wish) => self.$name.wish(wish).into_iter().map(PoolNews::$Pool).collect(),)+
                }
            }

            /// A worker was heard of.
            pub fn heard(&mut self, (pool, id, heard): (PoolName, WorkerId, Heard)) -> Vec<PoolNews> {
                match pool {
                    $(PoolName::$Pool => {
                        self.$name.heard((id, heard)).into_iter().map(PoolNews::$Pool).collect()
                    })+
                }
            }

            /// Time passes; to be called about once a second.
            pub fn tick(&mut self) -> Vec<PoolNews> {
                let mut news = vec![];
                $(news.extend(self.$name.tick().into_iter().map(PoolNews::$Pool));)+
                news
            }
        }
    };
}
pools!(clients);
