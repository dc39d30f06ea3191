//! A cell of a table with a measured number.

use yew::prelude::*;

/// The cell: its test id, its class, the number to full precision for whoever reads it there, and as it is shown.
pub fn cell(id: String, class: &'static str, value: Option<f64>, shown: impl FnOnce(f64) -> String) -> Html {
    html! {
        <td class={(!class.is_empty()).then_some(class)} data-testid={id} data-value={exact(value)}>{ value.map_or("—".into(), shown) }</td>
    }
}

/// A number to full precision; nothing where there is none.
pub fn exact(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
