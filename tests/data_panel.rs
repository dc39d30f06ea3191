//! Claims about files that a visitor brings: what the reducer does between page and worker, with the worker's own answers.

use data::Opened;
use data::columns::Role;
use data::dropped::Outliers;
use experiments::link;
use experiments::page::Page;
use experiments::preset::Preset;
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, Wish};
use jobs::protocol::recording::ReadRecording;
use jobs::reading::Reading;
use orrery::session::action::{Action, Effect, Notice};
use orrery::session::files::FileAction;
use orrery::session::loaded::Correction;
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::status::Status;
use orrery::session::words::{few_rows, lost};
use orrery::shell::state::State;
use physics::system::System;
use physics::systems::recorded::Recorded;
use std::rc::Rc;

/// A page with a worker that answers at once.
struct Visit {
    state: State,
    opened: Option<Opened>,
}

impl Visit {
    fn open(fragment: &str) -> Self {
        Self { state: State::open(fragment), opened: None }
    }

    /// Does something, and lets the worker answer; returns what else is to be done.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        let effects = self.state.reduce(action);
        let (wishes, rest): (Vec<_>, Vec<_>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::Pool(PoolWish::Recording(_))));
        for wish in wishes {
            if let Effect::Pool(PoolWish::Recording(wish)) = wish
                && let Some(news) = self.worker(wish)
            {
                self.state.reduce(PoolNews::Recording(news));
            }
        }
        rest
    }

    fn worker(&mut self, wish: Wish<ReadRecording>) -> Option<News<ReadRecording>> {
        let options = match wish {
            Wish::Start(spec, _) => {
                match data::open(&spec.content) {
                    Ok(opened) => self.opened = Some(opened),
                    Err(error) => return Some(News::Refused(error.to_string())),
                }
                spec.options
            }
            Wish::Ask(_, options) => options,
            Wish::Release => {
                self.opened = None;
                return None;
            }
            _ => return None,
        };
        let seen = Reading::seen(self.opened.as_ref().expect("the worker is asked about a file that it has"), &options);
        Some(News::Said(0, Report::Snapshot(Box::new(seen))))
    }

    fn load(&mut self, name: &str, text: &str) -> Vec<Effect> {
        self.act(Action::Load(name.into(), text.as_bytes().into()))
    }

    fn correct(&mut self, correction: Correction) {
        self.act(Action::File(FileAction::Correct(correction)));
    }

    fn trials(&self) -> Vec<usize> {
        let loaded = self.state.loaded.as_ref().expect("a file");
        let understood = loaded.understood().expect("understood");
        understood.recording.trials.iter().map(|trial| trial.times.len()).collect()
    }

    fn roles(&self) -> Vec<Role> {
        let loaded = self.state.loaded.as_ref().expect("a file");
        (0..loaded.seen.columns.len()).map(|column| loaded.role(column)).collect()
    }
}

fn swing() -> String {
    let rows = (0..200).map(|i| f64::from(i) / 20.0).map(|t| format!("{t},{},{}\n", t.cos(), -t.sin()));
    format!("t,theta,omega\n{}", rows.collect::<String>())
}

/// Two trials of a swing, told apart by a column.
fn two_trials() -> String {
    let row = |trial: u32, i: u32| {
        let t = f64::from(i) / 20.0;
        format!("{t},{},{},{trial}\n", t.cos() * f64::from(trial), -t.sin() * f64::from(trial))
    };
    let rows = (1..=2).flat_map(|trial| (0..100).map(move |i| row(trial, i)));
    format!("t,theta,omega,trial\n{}", rows.collect::<String>())
}

#[test]
fn a_file_is_shown_before_it_is_learned_from() {
    let mut page = Visit::open("#v=1&preset=pendulum");
    let before = page.state.workbench.field.clone();
    assert_eq!(page.load("swing.csv", &swing()), []);
    assert_eq!(page.state.workbench.field, before);
    let loaded = page.state.loaded.clone().expect("a preview");
    let understood = loaded.understood().expect("understood");
    assert!(understood.sentences.iter().any(|sentence| sentence.contains("200 of 200 rows")));
    assert_eq!(page.roles(), [Role::Time, Role::Position, Role::Momentum]);
    assert_eq!(loaded.seen.first[0].1, ["0", "1", "-0"]);
    assert!(loaded.unseen, "the page turns to what was understood");
    page.act(Action::File(FileAction::Turned));
    assert!(!page.state.loaded.as_ref().expect("a preview").unseen, "and does so once");
    let effects = page.act(Action::File(FileAction::Learn));
    // It trains at once.
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Pool(PoolWish::Run(Wish::Start(_, Pace::Run))))));
    assert_eq!((page.state.status, page.state.workbench.field.preset), (Status::Loading, Preset::RealPendulum));
    assert_eq!(page.state.workbench.field.recording.as_ref().map(|recording| recording.rows()), Some(200));
    // Its energy is judged by what fits it: q = cos t moves as by (1 − cos q)·a + p² with an a a little above 2.
    let System::Recorded(Recorded { weight }) = page.state.workbench.field.system else { panic!("no recording") };
    assert!(weight > 2.0 && weight < 2.4, "{weight}");
    // 199 differences, a fifth of them (rounded down) for testing.
    assert_eq!(page.state.workbench.field.training_samples(), 160);
}

#[test]
fn a_short_recording_is_said_to_be_one_and_no_loss_of_energy_is_read_off_it() {
    let mut page = Visit::open("");
    // 200 rows of 6.3 a swing: a fifth of them is a third of a swing.
    page.load("swing.csv", &swing());
    page.act(Action::File(FileAction::Learn));
    assert!(
        lost(&page.state).is_some_and(|said| said.contains("less than two whole swings")),
        "{:?}",
        lost(&page.state)
    );
    let recording = page.state.workbench.field.recording.clone().expect("a recording");
    assert_eq!((recording.testing_rows(), few_rows(&recording)), (39, None));
    page.load("short.csv", &swing().lines().take(61).collect::<Vec<_>>().join("\n"));
    page.act(Action::File(FileAction::Learn));
    let recording = page.state.workbench.field.recording.clone().expect("a recording");
    assert!(
        few_rows(&recording).is_some_and(|said| said.starts_with("Only 11 rows are left")),
        "{:?}",
        few_rows(&recording)
    );
    // The example has three swings to be judged by.
    let example = Visit::open("#v=1&preset=real-pendulum");
    let said = lost(&example.state).expect("a sentence");
    assert!(said.contains("the pendulum loses") && !said.contains('-'), "{said}");
}

#[test]
fn a_bad_file_says_what_is_wrong_and_what_was_loaded_stays_open_to_corrections() {
    let mut page = Visit::open("");
    page.load("swing.csv", &swing());
    page.act(Action::Load("picture.png".into(), vec![0x89, b'P', b'N', b'G', 0, 1, 2, 3].into()));
    let remarks = &page.state.remarks;
    assert!(remarks[0].contains("picture.png") && remarks[0].contains("CSV"), "{remarks:?}");
    assert_eq!(
        (page.state.loaded.as_ref().map(|loaded| loaded.name.as_str()), &page.state.brought),
        (Some("swing.csv"), &None)
    );
    // The worker has lost it meanwhile, and reads it again with what is corrected.
    page.correct(Correction::Role(2, Role::Unused));
    assert_eq!(page.roles(), [Role::Time, Role::Position, Role::Unused]);
}

#[test]
fn corrections_survive_one_another() {
    let mut page = Visit::open("");
    page.load("two.csv", &two_trials());
    assert_eq!(page.trials(), [100, 100]);
    page.correct(Correction::Role(2, Role::Unused));
    assert_eq!(
        (page.trials(), page.roles()),
        (vec![100, 100], vec![Role::Time, Role::Position, Role::Unused, Role::Trial])
    );
    page.correct(Correction::LeftOut("2-11".into()));
    page.correct(Correction::Unit(1, "deg".into()));
    page.correct(Correction::Outliers(Outliers::Drop));
    page.correct(Correction::Role(2, Role::Momentum));
    let loaded = page.state.loaded.clone().expect("a file");
    assert_eq!(page.trials(), [90, 100]);
    let recording = &loaded.understood().expect("understood").recording;
    assert!((recording.trials[1].q[0] - 2f64.to_radians()).abs() < 1e-4, "{}", recording.trials[1].q[0]);
    // All rows as one trial: the clock that begins again still tells them apart.
    page.correct(Correction::Role(3, Role::Unused));
    assert_eq!(page.roles()[3], Role::Unused);
    page.correct(Correction::Role(3, Role::Trial));
    assert_eq!((page.trials(), page.roles()[2]), (vec![90, 100], Role::Momentum));
    page.correct(Correction::LeftOut("x".into()));
    assert!(page.state.remarks[0].contains("“x”") && page.trials() == [90, 100]);
}

#[test]
fn where_every_guess_failed_the_columns_are_chosen_by_hand() {
    // Neither name nor order tells the time: it runs backwards, and ends in letters that mean nothing.
    let row = |i: u32| format!("{},{}\n", (2.0 * f64::from(i) / 10.0).cos(), 100.0 - f64::from(i) / 10.0);
    let text = format!("foo,bar\n{}", (0..200).map(row).collect::<String>());
    let mut page = Visit::open("");
    page.load("odd.csv", &text);
    let loaded = page.state.loaded.clone().expect("shown although nothing was understood");
    assert!(loaded.understood().is_none() && loaded.seen.first.len() == 6, "{:?}", loaded.seen.understood);
    assert_eq!(page.act(Action::File(FileAction::Learn)), [], "there is nothing to learn from");
    page.correct(Correction::Role(0, Role::Position));
    assert_eq!(page.roles()[0], Role::Position, "what was chosen is shown, also before it suffices");
    page.correct(Correction::Role(1, Role::Time));
    assert_eq!((page.trials(), page.roles()), (vec![200], vec![Role::Position, Role::Time]));
    page.act(Action::File(FileAction::Learn));
    assert_eq!(page.state.status, Status::Loading);
}

#[test]
fn a_question_keeps_both_readings_after_it_was_answered() {
    let row = |i: u32| format!("{},{}\n", i * 40, 120.0 * (f64::from(i) / 5.0).cos());
    let mut page = Visit::open("");
    page.load("angles.csv", &format!("time,angle\n{}", (0..200).map(row).collect::<String>()));
    let asked = |page: &Visit| {
        let loaded = page.state.loaded.as_ref().expect("a file");
        let mut asked: Vec<_> = loaded.asked.iter().map(|q| (q.column, q.taken.clone().unwrap_or_default())).collect();
        asked.sort_unstable();
        asked
    };
    assert_eq!(asked(&page), [(0, "ms".to_owned()), (1, "deg".to_owned())]);
    page.correct(Correction::Unit(0, "s".into()));
    assert_eq!(asked(&page), [(0, "s".to_owned()), (1, "deg".to_owned())]);
    page.correct(Correction::Unit(1, "rad".into()));
    page.correct(Correction::Unit(0, "ms".into()));
    assert_eq!(asked(&page), [(0, "ms".to_owned()), (1, "rad".to_owned())]);
    let loaded = page.state.loaded.clone().expect("a file");
    assert!((loaded.understood().expect("understood").trials[0].step - 0.04).abs() < 1e-6);
}

#[test]
fn a_file_can_be_understood_otherwise_after_it_was_learned_from() {
    let mut page = Visit::open("");
    page.load("two.csv", &two_trials());
    page.act(Action::File(FileAction::Learn));
    assert!(page.state.loaded.as_ref().is_some_and(|loaded| loaded.folded));
    page.act(Action::File(FileAction::Unfold));
    page.correct(Correction::LeftOut("2-51".into()));
    assert_eq!(page.trials(), [50, 100]);
    page.act(Action::File(FileAction::Learn));
    assert_eq!(page.state.workbench.field.recording.as_ref().map(|recording| recording.rows()), Some(150));
}

#[test]
fn a_table_without_a_motion_goes_to_the_search_for_formulas() {
    let mut page = Visit::open("");
    page.load("periods.csv", "L (m),T (s)\n0.2,0.9\n0.4,1.27\n0.6,1.55\n0.8,1.79\n");
    let effects = page.act(Action::File(FileAction::Search));
    assert_eq!((page.state.workbench.page, &page.state.loaded), (Page::Formula, &None));
    assert!(page.state.pages.formula.reading.reads());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Pool(PoolWish::Table(Wish::Start(..))))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Tell(Notice::Table(..)))), "it was told");
}

#[test]
fn a_file_that_is_dropped_on_another_page_is_shown_where_it_can_be_learned_from() {
    let mut page = Visit::open("#v=1&page=molecules");
    page.load("swing.csv", &swing());
    assert!(page.state.workbench.page == Page::Learning && page.state.loaded.is_some());
}

#[test]
fn a_worker_that_fails_loses_nothing() {
    let mut state = State::open("");
    state.reduce(Action::Load("swing.csv".into(), swing().into_bytes().into()));
    state.reduce(PoolNews::Recording(News::Failed("The worker that reads it could not be fetched.".into())));
    let brought = state.brought.clone().expect("still there");
    assert!(brought.failure.as_ref().is_some_and(|failure| failure.contains("could not be fetched")));
    let again = state.reduce(Action::File(FileAction::ReadAgain));
    assert_eq!(again, [Effect::Pool(PoolWish::Recording(Wish::Retry))]);
    assert!(state.brought.as_ref().is_some_and(|brought| brought.failure.is_none()));
    // An answer to what has been changed since is none.
    let seen = Reading::seen(&data::open(swing().as_bytes()).expect("a table"), &Default::default());
    state.reduce(PoolNews::Recording(News::Said(0, Report::Snapshot(Box::new(seen)))));
    let loaded = state.loaded.clone().expect("read");
    assert!(!loaded.waits());
    state.reduce(Action::File(FileAction::Correct(Correction::Role(2, Role::Unused))));
    assert!(state.loaded.as_ref().is_some_and(|loaded| loaded.waits()));
    assert_eq!(state.reduce(Action::File(FileAction::Learn)), [], "what is not read yet is not learned from");
}

#[test]
fn a_small_recording_travels_in_the_link_and_a_large_one_is_asked_for() {
    let mut page = Visit::open("");
    page.load("swing.csv", &swing());
    page.act(Action::File(FileAction::Learn));
    let (again, remarks) = link::decode(&link::encode(&page.state.workbench));
    assert_eq!((again, remarks), (page.state.workbench.clone(), vec![]));

    let rows = (0..20_000).map(|i| (f64::from(i) / 20.0, f64::from(i * 7919 % 1000) / 1000.0));
    let noisy: String = rows.map(|(t, noise)| format!("{t},{},{}\n", t.cos() + noise, noise - t.sin())).collect();
    page.load("long.csv", &format!("t,theta,omega\n{noisy}"));
    page.act(Action::File(FileAction::Learn));
    let text = link::encode(&page.state.workbench);
    assert!(text.len() < 200, "{}", text.len());
    let (again, remarks) = link::decode(&text);
    assert!(remarks[0].to_string().contains("long.csv"), "{remarks:?}");
    assert_eq!(again.field.recording, Preset::RealPendulum.experiment().recording);
}

#[test]
fn the_content_of_a_file_is_shared_and_not_copied() {
    let mut state = State::open("");
    let content: Rc<[u8]> = swing().into_bytes().into();
    let effects = state.reduce(Action::Load("swing.csv".into(), content.clone()));
    let [Effect::Pool(PoolWish::Recording(Wish::Start(spec, Pace::Run)))] = &effects[..] else { panic!("{effects:?}") };
    assert!(Rc::ptr_eq(&spec.content.0, &content));
    let bytes = jobs::job::message::encode(&**spec);
    assert_eq!(jobs::job::message::decode(&bytes), Some((**spec).clone()), "it travels to the worker");
    assert!(bytes.len() < content.len() + 60, "at one byte a byte");
}
