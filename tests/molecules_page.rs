//! Claims about the page of molecules: time runs back to where it began, and what moves is kept while other pages are open.

use experiments::molecules::{MatterKind, MoleculesExperiment};
use numerics::seed::Seed;
use orrery::pages::PageAction;
use orrery::pages::molecules::gas_box::GasBox;
use orrery::pages::molecules::state::{Kept, MoleculesAction};
use orrery::session::action::Action;
use orrery::shell::state::State;
use std::cell::RefCell;
use std::rc::Rc;

fn made(matter: MatterKind) -> GasBox {
    let mut gas =
        GasBox::new(&MoleculesExperiment { matter, particles: 32, ..MoleculesExperiment::default() }, Seed(0))
            .expect("fits");
    while gas.is_melting() {
        gas.advance();
    }
    gas
}

#[test]
fn reversed_time_goes_back_to_the_start_clock_and_averages_with_it_and_then_on() {
    // A gas is chaotic: what rounding does to it grows, so its way back is kept short.
    for (matter, frames, near) in [(MatterKind::Chain, 200, 1e-9), (MatterKind::Fluid, 20, 1e-6)] {
        let mut gas = made(matter);
        assert_eq!(gas.time(), 0.0);
        (0..frames).for_each(|_| gas.advance());
        let (turned, noted) = (gas.time(), gas.history.len());
        assert!(turned > 0.0 && noted > 10 && !gas.is_going_back());
        gas.reverse();
        assert!((gas.time() - turned).abs() < 1e-9 && gas.is_going_back());
        (0..frames / 2).for_each(|_| gas.advance());
        assert!((gas.time() - turned / 2.0).abs() < 1e-6 * turned, "{} after {turned}", gas.time());
        assert!(gas.history.len() < noted && gas.returned.is_none());
        (0..frames / 2).for_each(|_| gas.advance());
        let off = gas.returned.expect("it is back");
        assert!(off < near, "{matter:?} comes back {off} off");
        assert!(gas.time().abs() < 1e-9 && gas.history.is_empty() && !gas.is_going_back());
        gas.advance();
        assert!(gas.time() > 0.0 && gas.history.len() == 1);
    }
}

#[test]
fn a_lattice_that_melts_is_not_turned_round() {
    let view = MoleculesExperiment { matter: MatterKind::Fluid, particles: 32, ..MoleculesExperiment::default() };
    let mut gas = GasBox::new(&view, Seed(0)).expect("fits");
    gas.reverse();
    assert!(gas.is_melting() && !gas.is_going_back());
}

#[test]
fn what_moves_is_kept_while_another_page_is_open() {
    let mut state = State::open("#v=1&page=molecules");
    let of = (state.workbench.molecules, state.workbench.field.seed);
    let kept = Kept { of, world: Rc::new(RefCell::new(Ok(made(MatterKind::Chain)))) };
    assert!(state.reduce(PageAction::Molecules(MoleculesAction::Keep(kept.clone()))).is_empty());
    for page in ["formula", "molecules"] {
        state.reduce(Action::Set("page", page.into()));
    }
    assert_eq!(state.pages.molecules.kept, Some(kept));
}
