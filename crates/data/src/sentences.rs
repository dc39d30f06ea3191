//! A preview in plain sentences.

use crate::columns::Role;
use crate::damping::Damping;
use crate::differences::{CENTRAL_STEPS, bias};
use crate::layout::Separator;
use crate::names::shown;
use crate::preview::{Derivation, Preview, Question, TrialSeen};
use crate::recording::Quantity;
use language::{fixed, tr};

/// Lines that a sentence lists; more are counted.
const LISTED: usize = 5;
/// Differences that leave less of the frequency than this are said to do so.
const COARSE: f64 = 0.99;
/// A middle nearer to 0 than this part of the amplitude is 0.
const ZERO: f64 = 1e-6;
/// Steps that differ by less than this are called equal.
const EQUAL_STEPS: f64 = 0.01;

impl Preview {
    /// What was understood, left out, converted and computed, each a sentence.
    pub fn sentences(&self) -> Vec<String> {
        let mut said = vec![tr!("{used} of {all} rows are used.", used = self.rows_used, all = self.rows_read)];
        said.extend(self.dropped_said());
        said.extend(self.passed.iter().take(LISTED).map(|(line, what)| what.said(*line)));
        if self.passed.len() > LISTED {
            let more = self.passed.len() - LISTED;
            said.push(tr!("{more} more lines between the rows are passed over.", more = more));
        }
        said.push(self.columns_said());
        said.extend(self.unused_said());
        said.extend(self.trials_said());
        said.push(self.steps_said());
        if let Some(longest) = self.gaps.iter().map(|gap| gap.length).reduce(f64::max) {
            let places = lines(self.gaps.iter().map(|gap| gap.row));
            said.push(tr!(
                "{count} steps are longer than one and a half usual ones, the longest {longest} (before {places}); differences across \
                 them are kept and divided by their real length.",
                count = self.gaps.len(),
                longest = self.quantity(longest, 0),
                places = places
            ));
        }
        if !self.out_of_order.is_empty() {
            let places = lines(self.out_of_order.iter().copied());
            said.push(tr!(
                "Some rows were not in the order of time and have been put in order ({places}).",
                places = places
            ));
        }
        if !self.outliers.is_empty() {
            let places = lines(self.outliers.iter().copied());
            said.push(tr!(
                "Some values are far from their neighbours and may be mistakes of the sensor ({places}).",
                places = places
            ));
        }
        said.extend(self.derivation_said());
        said.extend(self.damping_said());
        said.extend(self.coarse_said());
        said.extend(self.questions.iter().map(Question::said));
        said.extend(self.notes.iter().cloned());
        said
    }

    /// Rows left out; neighbours for the same reason in one sentence.
    fn dropped_said(&self) -> Vec<String> {
        let mut stretches: Vec<(usize, usize, String, usize)> = Vec::new();
        for dropped in &self.dropped {
            let reason = dropped.reason.to_string();
            match stretches.last_mut().filter(|(_, last, before, _)| *before == reason && dropped.row <= last + 1) {
                Some((_, last, _, count)) => (*last, *count) = (dropped.row, *count + 1),
                None => stretches.push((dropped.row, dropped.row, reason, 1)),
            }
        }
        let mut said: Vec<String> = Vec::new();
        for (first, last, reason, _) in stretches.iter().take(LISTED) {
            said.push(match first == last {
                true => tr!("Line {line} is left out: {reason}.", line = first, reason = reason),
                false => {
                    tr!("Lines {first} to {last} are left out: {reason}.", first = first, last = last, reason = reason)
                }
            });
        }
        let more: usize = stretches.iter().skip(LISTED).map(|(_, _, _, count)| count).sum();
        said.extend((more > 0).then(|| tr!("{more} more rows are left out.", more = more)));
        said
    }

    /// The unit of time, q or p, with a space before it.
    fn unit(&self, which: usize) -> String {
        self.quantities[which].unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"))
    }

    /// A time, q or p with its unit.
    fn quantity(&self, value: f64, which: usize) -> String {
        format!("{}{}", brief(value), self.unit(which))
    }

    fn columns_said(&self) -> String {
        let named = |role: Role, what: &str| {
            let column = self.columns.iter().find(|column| column.role == role)?;
            let Quantity { name, unit } = &column.quantity;
            Some(match unit {
                Some(unit) => tr!("“{name}” in {unit} is {what}", name = shown(name), unit = unit, what = what),
                None => tr!("“{name}” is {what}", name = shown(name), what = what),
            })
        };
        let roles = [
            (Role::Time, tr!("the time")),
            (Role::Position, "q"),
            (Role::Momentum, "p"),
            (Role::Acceleration, tr!("the acceleration")),
            (Role::Trial, tr!("the trial")),
        ];
        let parts: Vec<String> = roles.into_iter().filter_map(|(role, what)| named(role, what)).collect();
        let roles = parts.join(", ");
        match self.layout.separator {
            Separator::Tab => tr!("{roles}; cells are separated by tabs.", roles = roles),
            Separator::Semicolon => tr!("{roles}; cells are separated by semicolons.", roles = roles),
            Separator::Comma => tr!("{roles}; cells are separated by commas.", roles = roles),
            Separator::Spaces => tr!("{roles}; cells are separated by spaces.", roles = roles),
        }
    }

    /// Columns with numbers that nothing is made of.
    fn unused_said(&self) -> Option<String> {
        let mut unused: Vec<String> = Vec::new();
        for column in self.columns.iter().filter(|column| column.role == Role::Unused && column.has_numbers) {
            let name = format!("“{}”", shown(&column.quantity.name));
            if !unused.contains(&name) {
                unused.push(name);
            }
        }
        let more = unused.len().saturating_sub(LISTED);
        unused.truncate(LISTED);
        (!unused.is_empty()).then(|| tr!("Not used: {columns}.", columns = and_more(unused.join(", "), more)))
    }

    fn trials_said(&self) -> Option<String> {
        let [_, _, ..] = &self.trials[..] else { return None };
        let named = |trial: &TrialSeen| tr!("{trial} ({rows} rows)", trial = trial.name, rows = trial.rows);
        let listed: Vec<String> = self.trials.iter().take(LISTED).map(named).collect();
        Some(tr!(
            "There are {count} trials: {trials}; no difference is taken from one to the next.",
            count = self.trials.len(),
            trials = and_more(listed.join(", "), self.trials.len().saturating_sub(LISTED))
        ))
    }

    /// What finite differences do to a motion with few rows a period.
    fn coarse_said(&self) -> Option<String> {
        let phase = self.phase()?;
        let factor = bias(1, phase);
        (factor < COARSE).then(|| {
            tr!(
                "There are only {rows} rows a period, h apart: forward differences, and central ones over three rows, turn with \
                 sin(ωh)/ωh = {factor} of the frequency. Central differences are taken over five rows here and turn with {central} of it.",
                rows = fixed(std::f64::consts::TAU / phase, 1),
                factor = fixed(factor, 3),
                central = fixed(bias(CENTRAL_STEPS, phase), 3)
            )
        })
    }

    /// The angle of the swing that a step is.
    fn phase(&self) -> Option<f64> {
        let damping = self.damping?;
        Some(std::f64::consts::TAU * self.median_step / damping.period).filter(|phase| *phase > 0.0)
    }

    fn steps_said(&self) -> String {
        let ((shortest, longest), usual) = (self.step_range, self.median_step);
        if longest - shortest <= EQUAL_STEPS * usual {
            tr!("The steps of time are equal: {step}.", step = self.quantity(usual, 0))
        } else {
            tr!(
                "The steps of time are uneven: {shortest} to {longest}, usually {usual}.",
                shortest = brief(shortest),
                longest = self.quantity(longest, 0),
                usual = self.quantity(usual, 0)
            )
        }
    }

    fn derivation_said(&self) -> Vec<String> {
        match &self.derivation {
            Derivation::Measured => vec![tr!("q and p are both measured.").to_owned()],
            Derivation::SlopeOfPosition { window, degree, noise_gain, response } => {
                let bias = if (1.0 - response).abs() < 0.0005 {
                    tr!("less than a thousandth").to_owned()
                } else {
                    format!("{} %", fixed(100.0 * (1.0 - response).abs(), 1))
                };
                vec![
                    tr!(
                        "p was not measured: it is the slope of a polynomial of degree {degree} through {window} points of q around each \
                         row, which takes {bias} from the velocity of this swing.",
                        degree = degree,
                        window = window,
                        bias = bias
                    ),
                    tr!(
                        "A random error of q comes back {gain} times as large in p, so p is less certain than q.",
                        gain = brief(*noise_gain)
                    ),
                ]
            }
            Derivation::IntegralOfVelocity { drifts } => {
                let largest = drifts.iter().fold(0.0, |most: f64, drift| most.max(drift.abs()));
                vec![
                    tr!("q was not measured: it is the sum of p over time, and its zero is the middle of the motion.")
                        .to_owned(),
                    tr!(
                        "A steady drift was taken away from p and q so that q does not run off (at most {drift} in p).",
                        drift = self.quantity(largest, 2)
                    ),
                ]
            }
            Derivation::IntegralOfAcceleration { agreement } => vec![
                tr!(
                    "Only the acceleration was measured: p is its integral and q that of p, each without its mean over a period, which \
                     takes offset and drift away. A period at each end is lost, and the zero of q is the middle of the motion."
                )
                .to_owned(),
                tr!(
                    "How sound that is: q and the acceleration agree as those of a spring do to {agreement} (1 is best). It holds where the \
                     sensor keeps its direction; on a swinging phone gravity turns into its axes, and the gyroscope is better.",
                    agreement = fixed(*agreement, 3)
                ),
            ],
        }
    }

    fn damping_said(&self) -> Option<String> {
        let Damping { rate, period, first, last, half_swings } = self.damping?;
        let middle = if self.middle.abs() < ZERO * first.abs() { 0.0 } else { self.middle };
        let (middle, period) = (self.quantity(middle, 1), self.quantity(period, 0));
        let (first, last) = (brief(first), brief(last));
        let unit = self.quantities[0].unit.as_deref().unwrap_or(tr!("unit of time"));
        Some(if rate > 0.0 {
            tr!(
                "The motion swings around {middle} with a period of about {period}; its amplitude falls from {first} to {last} in \
                 {half_swings} half swings, at a rate of {rate} per {unit}.",
                middle = middle,
                period = period,
                first = first,
                last = last,
                half_swings = half_swings,
                rate = brief(rate),
                unit = unit
            )
        } else {
            tr!(
                "The motion swings around {middle} with a period of about {period}; its amplitude does not fall ({first} at first, {last} \
                 at last).",
                middle = middle,
                period = period,
                first = first,
                last = last
            )
        })
    }
}

/// Four digits that count.
pub fn brief(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let decimals = 3.0 - number.abs().max(1e-12).log10().floor();
    fixed(number, decimals.clamp(0.0, 15.0) as usize)
}

/// “lines 3, 4 and 7 more”.
fn lines(mut rows: impl ExactSizeIterator<Item = usize>) -> String {
    let count = rows.len();
    let listed: Vec<String> = rows.by_ref().take(LISTED).map(|row| row.to_string()).collect();
    tr!("line {list}" | "lines {list}" % count, list = and_more(listed.join(", "), rows.len()))
}

/// A list of which more is not shown.
pub(crate) fn and_more(list: String, more: usize) -> String {
    if more > 0 { tr!("{list} and {more} more", list = list, more = more) } else { list }
}
