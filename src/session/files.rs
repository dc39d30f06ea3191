//! What a file does to the page: nothing but a preview, until the visitor decides to learn from it.

use crate::session::action::Effect;
use crate::session::loaded::Loaded;
use crate::session::state::Session;
use experiments::preset::Preset;
use experiments::{Workbench, limits};
use std::rc::Rc;

impl Session {
    /// A file that could not be read changes nothing but the remarks.
    pub(super) fn take_file(&mut self, read: Result<Loaded, String>) -> Vec<Effect> {
        match read {
            Ok(loaded) => {
                self.loaded = Some(Rc::new(loaded));
                self.remarks.clear();
            }
            Err(sentence) => self.remarks = vec![format!("{sentence} Nothing was changed.")],
        }
        vec![]
    }

    /// The experiment about a file: the present one, if it is about a recording already.
    pub(super) fn learn_from(&mut self, loaded: &Loaded) -> Vec<Effect> {
        let base = match &self.workbench.field.recording {
            Some(_) => self.workbench.field.clone(),
            None => Preset::RealPendulum.experiment(),
        };
        let (field, remark) = base.about(loaded.recording.clone());
        let changed = Workbench { field, ..self.workbench.clone() };
        if let Err(too_large) = limits::check(&changed) {
            self.remarks =
                vec![format!("{}: learning from it would need {too_large}. Nothing was changed.", loaded.name)];
            return vec![];
        }
        let effects = self.anew(changed);
        self.remarks.extend(remark);
        effects
    }
}
