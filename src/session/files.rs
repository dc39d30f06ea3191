//! What a file does to the page: it is read by a worker and shown, until the visitor decides to learn from it.

use crate::session::action::{Action, Effect, Notice};
use crate::session::loaded::{Brought, Correction, Loaded};
use crate::session::pools::PoolWish;
use crate::session::state::Session;
use experiments::page::Page;
use experiments::preset::Preset;
use experiments::{Workbench, limits};
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, To, Wish};
use jobs::protocol::recording::ReadRecording;
use language::tr;
use std::rc::Rc;
use std::sync::Arc;

/// What a visitor does with a file.
#[derive(Clone, Debug, PartialEq)]
pub enum FileAction {
    /// It is understood otherwise.
    Correct(Correction),
    /// A film was brought, with its name.
    Film(String, Rc<Held>),
    /// It is left; with a sentence where it cannot be used.
    LeaveFilm(String),
    /// Try again after its worker failed.
    ReadAgain,
    /// Learn from it.
    Learn,
    /// Look for a formula in its table.
    Search,
    /// Look again at what was learned from.
    Unfold,
    /// The page has turned to what was understood.
    Turned,
    /// Forget it.
    Forget,
}

/// A film that the browser has under an address, which is given up once nobody holds it any more.
#[derive(Debug)]
pub struct Held {
    /// The address.
    pub address: String,
    give_up: fn(&str),
}

impl Held {
    /// Under this address; `give_up` tells the browser that it is not needed any more.
    pub fn new(address: String, give_up: fn(&str)) -> Self {
        Self { address, give_up }
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        (self.give_up)(&self.address);
    }
}

impl Session {
    /// A file was brought: a worker reads it. What was brought before stays until that has gone well.
    pub(super) fn bring(&mut self, name: String, content: Rc<[u8]>) -> Vec<Effect> {
        let brought = Brought::new(name, content);
        let mut effects = vec![reading(Wish::Start(Box::new(brought.spec()), Pace::Run))];
        (self.brought, self.film) = (Some(Rc::new(brought)), None);
        if let Some(loaded) = self.loaded.as_mut() {
            Rc::make_mut(loaded).served = false;
        }
        if self.workbench.page != Page::Learning {
            // There it can be seen.
            effects.extend(self.turn_to("learning"));
        }
        effects
    }

    /// Opens another page.
    pub fn turn_to(&mut self, page: &str) -> Vec<Effect> {
        let mut effects = self.reduce(Action::Set("page", page.into()));
        effects.push(Effect::Tell(Notice::Set("page")));
        effects
    }

    /// A file that could not be read changes nothing but the remarks.
    pub(super) fn refuse(&mut self, sentence: &str) -> Vec<Effect> {
        self.remarks = vec![tr!("{} Nothing was changed.", sentence)];
        vec![]
    }

    /// Does what a visitor wants of the file.
    pub(super) fn reduce_file(&mut self, action: FileAction) -> Vec<Effect> {
        match action {
            FileAction::Correct(correction) => self.correct(correction),
            FileAction::Film(name, film) => {
                self.film = Some((name, film));
                self.turn_to("learning")
            }
            FileAction::LeaveFilm(sentence) => {
                self.film = None;
                if sentence.is_empty() { vec![] } else { self.refuse(&sentence) }
            }
            FileAction::ReadAgain => {
                if let Some(brought) = self.brought.as_mut() {
                    Rc::make_mut(brought).failure = None;
                } else if let Some(loaded) = self.loaded.as_mut() {
                    Rc::make_mut(loaded).failure = None;
                }
                vec![reading(Wish::Retry)]
            }
            FileAction::Learn => match self.loaded.clone() {
                Some(loaded) if !loaded.waits() => self.learn_from(&loaded),
                _ => vec![],
            },
            FileAction::Search => match self.loaded.take() {
                Some(loaded) => {
                    let table = Notice::Table(loaded.name.clone(), loaded.content());
                    let mut effects = self.turn_to("formula");
                    effects.extend([reading(Wish::Release), Effect::Tell(table)]);
                    effects
                }
                None => vec![],
            },
            FileAction::Unfold => {
                if let Some(loaded) = self.loaded.as_mut().map(Rc::make_mut) {
                    (loaded.folded, loaded.unseen) = (false, true);
                }
                vec![]
            }
            FileAction::Turned => {
                if let Some(loaded) = self.loaded.as_mut() {
                    Rc::make_mut(loaded).unseen = false;
                }
                vec![]
            }
            FileAction::Forget => {
                (self.loaded, self.brought) = (None, None);
                vec![reading(Wish::Release)]
            }
        }
    }

    fn correct(&mut self, correction: Correction) -> Vec<Effect> {
        let Some(loaded) = self.loaded.as_mut().map(Rc::make_mut) else { return vec![] };
        if let Err(sentence) = loaded.correct(correction) {
            self.remarks = vec![sentence];
            return vec![];
        }
        self.remarks.clear();
        if loaded.served {
            return vec![reading(Wish::Ask(To::All, loaded.options.clone()))];
        }
        loaded.failure = None;
        // Another file that is still being read gives way.
        self.brought = None;
        vec![reading(Wish::Start(Box::new(loaded.spec()), Pace::Run))]
    }

    /// Takes up what the worker that reads tells.
    pub(super) fn hear_reader(&mut self, news: &News<ReadRecording>) -> Vec<Effect> {
        match (news, self.brought.as_mut(), self.loaded.as_mut()) {
            (News::Said(_, Report::Snapshot(seen)), Some(_), _) => {
                if let Some(brought) = self.brought.take() {
                    self.loaded = Some(Rc::new(Rc::unwrap_or_clone(brought).read((**seen).clone())));
                    self.remarks.clear();
                }
            }
            (News::Said(_, Report::Snapshot(seen)), None, Some(loaded)) => {
                Rc::make_mut(loaded).take((**seen).clone());
            }
            (News::Refused(sentence), Some(brought), _) => {
                let sentence = format!("{}: {sentence}", brought.name);
                self.brought = None;
                return self.refuse(&sentence);
            }
            (News::Failed(sentence) | News::Late(sentence), Some(brought), _) => {
                Rc::make_mut(brought).failure = Some(sentence.clone())
            }
            (News::Arrived, Some(brought), _) => Rc::make_mut(brought).failure = None,
            (News::Arrived, None, Some(loaded)) => Rc::make_mut(loaded).failure = None,
            (News::Failed(sentence) | News::Late(sentence) | News::Refused(sentence), None, Some(loaded)) => {
                Rc::make_mut(loaded).failure = Some(sentence.clone());
            }
            _ => {}
        }
        vec![]
    }

    /// Trains the experiment about a file: the present one, if it is about a recording already.
    fn learn_from(&mut self, loaded: &Loaded) -> Vec<Effect> {
        let Some(understood) = loaded.understood() else { return vec![] };
        let base = match &self.workbench.field.recording {
            Some(_) => self.workbench.field.clone(),
            None => Preset::RealPendulum.experiment(),
        };
        let (field, remark) = base.about(Arc::new(understood.recording.clone()));
        let changed = Workbench { field, ..self.workbench.clone() };
        if let Err(too_large) = limits::check(&changed) {
            return self.refuse(&tr!(
                "{file}: learning from it would need {what}.",
                file = loaded.name,
                what = too_large
            ));
        }
        let mut effects = self.anew(changed);
        effects.extend(self.reduce(Action::Train));
        if let Some(loaded) = self.loaded.as_mut().map(Rc::make_mut) {
            (loaded.folded, loaded.served) = (true, false);
        }
        effects.push(reading(Wish::Release));
        self.remarks.extend(remark);
        effects
    }
}

fn reading(wish: Wish<ReadRecording>) -> Effect {
    Effect::Pool(PoolWish::Recording(wish))
}
