//! Words that the glossary (`static/glossary.json`) explains where they stand, by hover, focus or tap: `www/aids/words.js` shows it.

use yew::prelude::*;

/// A word of the glossary.
pub fn term(word: &str) -> Html {
    html! { <button type="button" class="term" data-term={word.to_owned()}>{ word }</button> }
}

/// Text in which words of the glossary stand in brackets: `"[Loss] of the test data"`.
pub fn explained(text: &str) -> Html {
    let parts = text.split(['[', ']']).enumerate();
    // One element: the parts of a heading are set apart from one another.
    html! { <span>{ for parts.map(|(i, part)| if i % 2 == 1 { term(part) } else { part.to_owned().into() }) }</span> }
}
