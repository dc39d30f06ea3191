//! Words that the glossary (`static/glossary.json`) explains where they stand, by hover, focus or tap: `www/aids/words.js` shows it.

use yew::prelude::*;

/// A word of the glossary by its English name, with the text that is shown for it.
pub fn term(word: &str, shown: &str) -> Html {
    html! { <button type="button" class="term" data-term={word.to_owned()}>{ shown }</button> }
}

/// Text in which words of the glossary stand in brackets: `"[Loss] of the test data"`; a translation has the English word before a
/// bar, `"[Loss|Fehler] an den Testdaten"`.
pub fn explained(text: &str) -> Html {
    let parts = text.split(['[', ']']).enumerate();
    let marked = |part: &str| part.split_once('|').map_or_else(|| term(part, part), |(word, shown)| term(word, shown));
    // One element: the parts of a heading are set apart from one another.
    html! { <span>{ for parts.map(|(i, part)| if i % 2 == 1 { marked(part) } else { part.to_owned().into() }) }</span> }
}
