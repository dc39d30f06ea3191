//! What a class handed in, in sentences.

use crate::teacher::class::Distribution;
use crate::teacher::names::figure_name;
use crate::words::number;
use language::tr;

/// Values that are listed one by one; of more, the middle half is told.
const LISTED: usize = 4;

/// A figure over the class.
pub fn distribution(of: &Distribution, figure: &str) -> String {
    let quantile = |part| of.quantile(part).map(number).unwrap_or_default();
    let (count, name) = (of.values.len(), figure_name(figure));
    let mut said = match count {
        0 => return tr!("Nobody has this figure.").into(),
        1 => tr!("One value of “{figure}”: {median}.", figure = name, median = quantile(0.5)),
        2..=LISTED => tr!(
            "{count} values of “{figure}”: {values}; the median, the line, is {median}.",
            count = count,
            figure = name,
            values = of.values.iter().map(|(_, value)| number(*value)).collect::<Vec<_>>().join("; "),
            median = quantile(0.5)
        ),
        _ => tr!(
            "{count} values of “{figure}”: from {least} to {most}, half of them from {lower} to {upper}; the median, the line, is {median}.",
            count = count,
            figure = name,
            least = quantile(0.0),
            most = quantile(1.0),
            lower = quantile(0.25),
            upper = quantile(0.75),
            median = quantile(0.5)
        ),
    };
    if figure == "ratio" && count > 1 {
        let worse = of.values.iter().filter(|(_, ratio)| *ratio < 1.0).count();
        said.push(' ');
        said.push_str(&match of.shows_one() {
            true => tr!(
                "In {worse} of {count} the Hamiltonian network was the worse one (left of the dashes at 1). One seed proves nothing.",
                worse = worse,
                count = count
            ),
            false => tr!(
                "In {worse} of {count} the Hamiltonian network was the worse one. One seed proves nothing.",
                worse = worse,
                count = count
            ),
        });
    }
    said
}
