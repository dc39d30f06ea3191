//! Partners on threads of this program, where there are threads.

use crate::job::crew::{Crew, Recruit, assist};
use autodiff::parameters::Checkpoint;
use models::learner::{Learner, Trainable};
use models::team::{Later, Partner};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Threads that work on the same model.
pub struct Threads<S, M> {
    /// How many cores there are.
    pub cores: usize,
    /// The part of the job.
    pub spec: S,
    /// Makes their learners of it.
    pub make: fn(&S) -> Option<Learner<M>>,
}

impl<S: Clone + Send + 'static, M: Trainable + 'static> Crew for Threads<S, M> {
    fn has_room(&self, side_by_side: usize) -> bool {
        self.cores >= 2 * side_by_side
    }

    fn hire(&self) -> Option<Box<dyn Recruit>> {
        let (make, spec) = (self.make, self.spec.clone());
        let (ready, is_ready) = channel();
        let (begin, begun) = channel::<Checkpoint>();
        let ([mine, theirs], [to_me, to_them]) = pair();
        let work = move || {
            let learner = make(&spec);
            // Nobody may be waiting any more.
            let _ = ready.send(learner.is_some());
            if let (Some(learner), Ok(checkpoint)) = (learner, begun.recv()) {
                pollster::block_on(assist(learner, &checkpoint, Box::new(Channels { to: theirs, from: to_them })));
            }
        };
        thread::Builder::new().spawn(work).ok()?;
        Some(Box::new(Thread { is_ready, begin, partner: Channels { to: mine, from: to_me } }))
    }
}

/// Both ends of two channels.
type Ends = ([Sender<Vec<f32>>; 2], [Receiver<Vec<f32>>; 2]);

/// Two channels: what is sent by one end arrives at the other.
fn pair() -> Ends {
    let ((to_them, from_me), (to_me, from_them)) = (channel(), channel());
    ([to_them, to_me], [from_them, from_me])
}

struct Thread {
    is_ready: Receiver<bool>,
    begin: Sender<Checkpoint>,
    partner: Channels,
}

impl Recruit for Thread {
    fn is_ready(&self) -> Option<bool> {
        match self.is_ready.try_recv() {
            Ok(true) => Some(true),
            Ok(false) | Err(std::sync::mpsc::TryRecvError::Disconnected) => None,
            Err(std::sync::mpsc::TryRecvError::Empty) => Some(false),
        }
    }

    fn begin(self: Box<Self>, checkpoint: &Checkpoint) -> Box<dyn Partner> {
        // A thread that has ended is noticed by the first receipt.
        let _ = self.begin.send(checkpoint.clone());
        Box::new(self.partner)
    }
}

struct Channels {
    to: Sender<Vec<f32>>,
    from: Receiver<Vec<f32>>,
}

impl Partner for Channels {
    fn send(&mut self, gradient: &[f32]) {
        let _ = self.to.send(gradient.to_vec());
    }

    fn receive(&mut self) -> Later<'_, Option<Vec<f32>>> {
        Box::pin(std::future::ready(self.from.recv().ok()))
    }
}
