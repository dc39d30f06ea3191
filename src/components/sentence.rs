//! Sentences with something else than text in them: a translation may put it in another place.

use yew::prelude::*;

/// A sentence, translated already, with its gaps `{0}`, `{1}` and so on filled by elements: `sentence(tr!("Error of {0}"), [choice])`.
pub fn sentence<const N: usize>(text: &str, parts: [Html; N]) -> Html {
    let mut pieces: Vec<Html> = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((gap, after)) = behind.split_once('}') else { break };
        pieces.push(before.to_owned().into());
        pieces.push(gap.parse::<usize>().ok().and_then(|at| parts.get(at)).cloned().unwrap_or_default());
        rest = after;
    }
    pieces.push(rest.to_owned().into());
    pieces.into_iter().collect()
}
