//! A formula, typeset.

use crate::words;
use physics::formula::Formula;
use yew::prelude::*;

/// A formula in a line of text.
pub fn typeset(formula: &Formula) -> Html {
    html! { <math>{ part(formula) }</math> }
}

/// A formula in the notation of [`physics::notation`], in a line of text.
pub fn written(text: &'static str) -> Html {
    typeset(&Formula::written(text))
}

fn part(formula: &Formula) -> Html {
    match formula {
        Formula::Number(x) => html! { <mn>{ number(*x) }</mn> },
        Formula::Symbol(name) => html! { <mi>{ *name }</mi> },
        // As high as a letter, whatever stands between them.
        Formula::Operator(sign @ ("(" | ")")) => html! { <mo stretchy="false">{ *sign }</mo> },
        Formula::Operator(sign) => html! { <mo>{ *sign }</mo> },
        Formula::Function(name) => html! { <mi>{ *name }</mi> },
        Formula::Row(parts) => html! { <mrow>{ for parts.iter().map(part) }</mrow> },
        Formula::Fraction(parts) => html! { <mfrac>{ part(&parts[0]) }{ part(&parts[1]) }</mfrac> },
        Formula::Power(parts) => html! { <msup>{ part(&parts[0]) }{ part(&parts[1]) }</msup> },
        Formula::Index(parts) => html! { <msub>{ part(&parts[0]) }{ part(&parts[1]) }</msub> },
        Formula::Sum(over) => html! { <munder><mo>{ "∑" }</mo>{ part(over) }</munder> },
    }
}

/// A number without zeros at its end.
fn number(x: f64) -> String {
    let text = words::number(x);
    let point = ['.', ','];
    if text.contains(point) { text.trim_end_matches('0').trim_end_matches(point).to_owned() } else { text }
}
