//! Claims about what the page says of a run: no ratio before something was learned, speeds that do not jump, and a link to the same
//! experiment, or Back, that does not end it.

use experiments::link;
use jobs::job::message::Report;
use jobs::pool::{News, To, Wish};
use jobs::protocol::train::ModelRecord;
use models::field::model::ModelKind;
use models::losses::Losses;
use orrery::pages;
use orrery::session::action::{Action, Effect};
use orrery::session::pools::{PoolNews, PoolWish};
use orrery::session::progress::smoothed;
use orrery::session::status::Status;
use orrery::shell::state::State;

fn recorded(state: &mut State, step: u64, test: [f64; 2]) {
    for (kind, test) in [ModelKind::Baseline, ModelKind::Hnn].into_iter().zip(test) {
        let record = ModelRecord { kind, step, losses: Losses { train: test, test }, parts: vec![] };
        state.reduce(PoolNews::Run(News::Said(0, Report::Recorded(record))));
    }
}

fn begun(fragment: &str) -> State {
    let mut state = State::open(fragment);
    state.reduce(Action::Train);
    state.reduce(PoolNews::Run(News::Working));
    state
}

#[test]
fn nothing_is_learned_before_every_loss_has_fallen_to_a_half() {
    let mut state = begun("#v=1&preset=spring");
    assert!(!state.has_learned(), "before the first loss is known");
    recorded(&mut state, 0, [0.6, 0.6]);
    recorded(&mut state, 2, [0.57, 0.56]);
    assert!(!state.has_learned(), "after two steps");
    recorded(&mut state, 50, [0.2, 0.4]);
    assert!(!state.has_learned(), "when one of the two has");
    recorded(&mut state, 100, [0.1, 0.3]);
    assert!(state.has_learned());
}

#[test]
fn a_link_to_another_page_or_view_of_the_same_experiment_keeps_its_run() {
    let mut state = begun("#v=1&preset=spring");
    recorded(&mut state, 0, [0.6, 0.6]);
    state.reduce(PoolNews::Run(News::Finished));
    for fragment in
        ["#v=1&preset=spring&page=integrators", "#v=1&preset=spring&page=formula", "#v=1&preset=spring&start-q=0.5"]
    {
        let effects = state.reduce(Action::Open(fragment.into()));
        assert_eq!((state.status, link::encode(&state.workbench)), (Status::Finished, fragment[1..].to_owned()));
        assert!(state.models.values().all(|model| !model.losses.is_empty()), "{fragment} keeps the losses");
        let asked = |effect: &Effect| matches!(effect, Effect::Pool(PoolWish::Run(Wish::Ask(To::All, _))));
        assert!(effects.iter().any(asked) && !effects.contains(&Effect::Pool(PoolWish::Run(Wish::Stop))), "{fragment}");
    }
    // What a link could not be is said there too.
    state.reduce(Action::Open("#v=1&preset=spring&unheard=1".into()));
    assert!(state.status == Status::Finished && state.remarks.len() == 1, "{:?}", state.remarks);
    // Another experiment ends it.
    state.reduce(Action::Open("#v=1&preset=spring&seed=1".into()));
    assert_eq!(state.status, Status::Idle);
    assert!(state.models.values().all(|model| model.losses.is_empty()));
}

#[test]
fn a_speed_follows_what_is_measured_and_never_doubles_at_once() {
    assert_eq!(smoothed(0.0, 30.0), 30.0);
    assert_eq!(smoothed(30.0, 30.0), 30.0);
    for (before, now) in [(10.0, 1e6), (1e6, 10.0), (10.0, 19.0)] {
        let next = smoothed(before, now);
        assert!(next / before <= 2.0 + 1e-12 && before / next <= 2.0 + 1e-12, "{before} to {next}");
        assert_eq!((next > before, next < now), (now > before, now > before));
    }
    let settled = (0..60).fold(5.0, |speed, _| smoothed(speed, 200.0));
    assert!((settled / 200.0 - 1.0).abs() < 0.01, "{settled}");
}

#[test]
fn every_page_has_a_sentence_of_its_own_and_a_chapter() {
    for (i, tab) in pages::ALL.iter().enumerate() {
        assert!(tab.lead.ends_with('.') && (40..140).contains(&tab.lead.len()), "{}: {}", tab.key, tab.lead);
        assert!(pages::ALL[..i].iter().all(|other| other.lead != tab.lead), "{}", tab.key);
    }
    for chapter in orrery::session::page::Chapter::ALL {
        assert!(pages::ALL.iter().any(|tab| tab.chapter == chapter), "{} is empty", chapter.label());
    }
}
