//! Reading a visitor's file as a job, so that the page neither freezes over it nor carries the readers.

use crate::job::{Data, EngineKind, Job};
use language::{text, tr};
use std::fmt::Debug;
use std::marker::PhantomData;

/// What a file is read as. Its values carry nothing.
pub trait FileKind: Copy + Debug + PartialEq + 'static {
    /// What is in it.
    type Contents: Data;

    /// The role that the reading worker is started in.
    const ROLE: &'static str;
}

/// Reading a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadFile<K>(PhantomData<K>);

impl<K: FileKind> Job for ReadFile<K> {
    /// The bytes of a file.
    type Spec = Vec<u8>;
    type Question = ();
    type Progress = ();
    type Record = ();
    type Snapshot = K::Contents;

    const ROLE: &'static str = K::ROLE;
    const FILE: &'static str = "reader";
    const REMEDY: &'static str = text!("bring fewer rows");

    fn parts(spec: &Vec<u8>, _engine: EngineKind, _cores: usize) -> Vec<Vec<u8>> {
        vec![spec.clone()]
    }

    fn patience(_spec: &Vec<u8>) -> f64 {
        30_000.0
    }

    fn name(_spec: &Vec<u8>, _engine: EngineKind) -> String {
        tr!("The worker that reads it").into()
    }
}
