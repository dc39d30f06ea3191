//! Claims about pages that a teacher has set up: what is locked holds however one would change it, and stays set up from run to run.

use experiments::link;
use experiments::preset::Preset;
use orrery::session::action::{Action, Effect};
use orrery::session::page::PageState;
use orrery::session::state::Session;
use orrery::shell::state::State;

fn mass(session: &Session) -> Option<f64> {
    session.workbench.field.system.parameter("m")
}

#[test]
fn a_locked_setting_holds_its_value_and_others_do_not() {
    let mut session = Session::open("#v=1&preset=pendulum&m=2&lock=m,start-q,seed");
    assert!(session.remarks.is_empty(), "{:?}", session.remarks);
    assert_eq!(session.reduce(Action::Set("m", "3".into())), []);
    assert_eq!(mass(&session), Some(2.0));
    session.reduce(Action::Set("l", "2".into()));
    assert_eq!(session.workbench.field.system.parameter("l"), Some(2.0));
    let (seed, start) = (session.workbench.field.seed, session.workbench.field.view.start_q);
    session.reduce(Action::NewSeed);
    session.reduce(Action::PickStart(0.12, 0.45));
    assert_eq!(session.workbench.field.seed, seed);
    let view = session.workbench.field.view;
    assert_eq!((view.start_q, view.start_p), (start, 0.45), "only what is locked holds");
}

#[test]
fn with_everything_locked_a_page_can_be_visited_and_nothing_can_be_set() {
    let mut session = Session::open("#v=1&preset=spring&lock=all");
    session.reduce(Action::Choose(Preset::Pendulum));
    assert_eq!(session.workbench.field.preset, Preset::Spring);
    session.reduce(Action::Set("steps", "5".into()));
    assert_ne!(session.workbench.field.schedule.steps, 5);
    session.set_aside("bodies", "3");
    assert_eq!(session.workbench.graph, Session::open("").workbench.graph);
    session.reduce(Action::Set("page", "molecules".into()));
    assert_eq!(session.workbench.page, experiments::page::Page::Molecules);
}

#[test]
fn a_page_stays_set_up_when_something_is_changed_and_the_link_says_so() {
    let mut session = Session::open("#v=1&preset=spring&show=m,preset&question=Why%3F");
    let assignment = session.workbench.assignment.clone();
    assert!(assignment.shows("m") && !assignment.shows("k") && !assignment.shows("pages"));
    session.reduce(Action::Choose(Preset::Pendulum));
    session.reduce(Action::Set("m", "2".into()));
    session.reduce(Action::Rewind);
    assert_eq!(session.workbench.assignment, assignment);
    let [Effect::Copy(fragment)] = &session.reduce(Action::CopyLink)[..] else { panic!("a link is copied") };
    assert!(fragment.ends_with("&show=m,preset&question=Why%3F"), "{fragment}");
    assert_eq!(link::decode(fragment), (session.workbench.clone(), vec![]));
}

#[test]
fn a_page_that_has_done_nothing_has_no_outcome() {
    for page in
        ["learning", "integrators", "molecules", "graph", "interactions", "hidden", "ode", "recurrent", "formula"]
    {
        let state = State::open(&format!("#v=1&preset=spring&page={page}"));
        assert_eq!(state.page_key(), page);
        let outcome = state.outcome();
        assert!(!outcome.finished && outcome.figures.is_empty() && outcome.law.is_none(), "{page}: {outcome:?}");
    }
    let session = Session::open("");
    assert!(!orrery::pages::learning::state::Learning::default().outcome(&session).finished);
}
