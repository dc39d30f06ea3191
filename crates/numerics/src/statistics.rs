//! The middle of some numbers, which a few that are far off do not move.

/// The middle one, or the mean of the middle two; `None` of none.
pub fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let half = numbers.len() / 2;
    match numbers.len() {
        0 => None,
        n if n % 2 == 1 => Some(numbers[half]),
        _ => Some(numbers[half - 1] / 2.0 + numbers[half] / 2.0),
    }
}

/// The smallest number that, with all below it, has half of all weight; `None` of none.
pub fn weighted_median(numbers: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let mut numbers: Vec<(f64, f64)> = numbers.into_iter().collect();
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut left = numbers.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let middle = numbers.iter().find(|(_, weight)| {
        left -= weight;
        left <= 0.0
    });
    middle.or(numbers.last()).map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_lie_on_either_side() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 1e300]), Some(3.0));
        assert_eq!(weighted_median([]), None);
        assert_eq!(weighted_median([(5.0, 1.0), (1.0, 1.0), (2.0, 1.5), (9.0, 0.1)]), Some(2.0));
        assert_eq!(weighted_median([(5.0, 9.0), (1.0, 1.0)]), Some(5.0));
    }
}
