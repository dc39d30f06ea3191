//! A network in training, wherever its steps are taken: here, by the kernel, or on an engine's device. What is told of it is told of
//! the numbers here; on a device they are fetched first.

#[cfg(feature = "engine")]
use crate::training::{engine::Engine, graph_session::GraphSession};
use models::kernel::graph::GraphLearner;

/// A network, and the device on which it learns if that is not this core.
pub struct Learning {
    here: GraphLearner,
    #[cfg(feature = "engine")]
    device: Option<GraphSession>,
    /// Whether the device is ahead of the numbers here.
    #[cfg(feature = "engine")]
    ahead: bool,
}

/// A device that can be used no more, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost(pub String);

impl Learning {
    /// Learning on this core.
    pub fn here(here: GraphLearner) -> Self {
        Self {
            here,
            #[cfg(feature = "engine")]
            device: None,
            #[cfg(feature = "engine")]
            ahead: false,
        }
    }

    /// Learning on an engine's device.
    #[cfg(feature = "engine")]
    pub fn on(here: GraphLearner, engine: &Engine) -> Self {
        let device = Some(GraphSession::new(here.recipe(), &here.weights(), engine));
        Self { here, device, ahead: false }
    }

    /// The network as it was when it was last fetched; the number of its step is up to date.
    pub fn learner(&self) -> &GraphLearner {
        &self.here
    }

    /// The same, to measure losses with.
    pub fn learner_mut(&mut self) -> &mut GraphLearner {
        &mut self.here
    }

    /// One step of gradient descent; on a device it is only asked for.
    pub fn step(&mut self) {
        #[cfg(feature = "engine")]
        if let Some(device) = &mut self.device {
            self.ahead = true;
            return device.step(&self.here.draw());
        }
        self.here.step();
    }

    /// Waits for a device that is many steps behind.
    pub async fn keep_up(&mut self) -> Result<(), Lost> {
        #[cfg(feature = "engine")]
        if let Some(device) = &mut self.device {
            device.keep_up().await.map_err(stopped)?;
        }
        Ok(())
    }

    /// Brings the numbers here up to date.
    pub async fn fetch(&mut self) -> Result<(), Lost> {
        #[cfg(feature = "engine")]
        if let Some(device) = self.device.as_mut().filter(|_| self.ahead) {
            let weights = device.weights().await.map_err(stopped)?;
            self.here.adopt(&weights);
            self.ahead = false;
        }
        Ok(())
    }
}

#[cfg(feature = "engine")]
fn stopped(error: burn::tensor::ExecutionError) -> Lost {
    Lost(format!("stopped ({error:?})"))
}
