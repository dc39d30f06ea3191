//! Claims about the page of slides: every slide of the deck in its order, with a sentence and a link that opens an experiment.

use experiments::link;

const PAGE: &str = include_str!("../www/slides.html");

/// The headings of the deck, slide by slide, and how many slides each of them has in a row.
const DECK: [(&str, usize); 5] = [
    ("Hamiltonian Neural Networks", 1),
    ("Preliminaries on Physics Principles", 4),
    ("Hamiltonian Neural Networks", 15),
    ("Learning Symbolic Physics with Graph Networks", 9),
    ("Thank you!", 1),
];

/// The slides that carry a formula, by number.
const WITH_FORMULAS: [usize; 17] = [3, 4, 5, 7, 9, 10, 11, 12, 13, 15, 19, 22, 23, 24, 25, 26, 27];

fn slides() -> Vec<&'static str> {
    PAGE.split("<section ").skip(1).collect()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split_once(to).map(|(inside, _)| inside)).collect()
}

#[test]
fn every_slide_of_the_deck_is_there_in_its_order() {
    let expected: Vec<&str> = DECK.iter().flat_map(|(heading, count)| std::iter::repeat_n(*heading, *count)).collect();
    let found: Vec<&str> = slides().into_iter().flat_map(|slide| between(slide, "data-deck=\"", "\"")).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_slide_has_a_sentence_and_links_that_open_without_a_remark() {
    for (i, slide) in slides().into_iter().enumerate() {
        let number = i + 1;
        assert!(between(slide, "<p>", "</p>")[0].ends_with(['.', '?']), "slide {number}");
        let links = between(slide, "href=\"./", "\"");
        assert!(!links.is_empty(), "slide {number} has no experiment");
        for href in links {
            let fragment = href.replace("&amp;", "&");
            let (_, remarks) = link::decode(&fragment);
            assert!(fragment.starts_with("#v=1&") && remarks.is_empty(), "slide {number}: {fragment}: {remarks:?}");
        }
    }
}

#[test]
fn every_formula_of_the_deck_is_there() {
    for (i, slide) in slides().into_iter().enumerate() {
        let expected = WITH_FORMULAS.contains(&(i + 1));
        assert_eq!(slide.contains("<math>"), expected, "slide {}", i + 1);
        assert_eq!(slide.matches("<mrow>").count(), slide.matches("</mrow>").count(), "slide {}", i + 1);
    }
}
