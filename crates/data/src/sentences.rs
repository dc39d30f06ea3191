//! A preview in plain sentences.

use crate::columns::Role;
use crate::damping::Damping;
use crate::differences::{CENTRAL_STEPS, bias};
use crate::preview::{Derivation, Preview, Question};
use crate::recording::Quantity;

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
        let mut said = vec![format!("{} of {} rows are used.", self.rows_used, self.rows_read)];
        said.extend(self.dropped_said());
        said.extend(
            self.passed.iter().take(LISTED).map(|(line, what)| format!("Line {line} {what} and is passed over.")),
        );
        if self.passed.len() > LISTED {
            said.push(format!("{} more lines between the rows are passed over.", self.passed.len() - LISTED));
        }
        said.push(self.columns_said());
        said.extend(self.unused_said());
        said.extend(self.trials_said());
        said.push(self.steps_said());
        if let Some(longest) = self.gaps.iter().map(|gap| gap.length).reduce(f64::max) {
            let places = lines(self.gaps.iter().map(|gap| gap.row));
            said.push(format!(
                "{} steps are longer than one and a half usual ones, the longest {}{} (before {places}); differences across them are kept and divided by their real length.",
                self.gaps.len(),
                brief(longest),
                self.unit(0)
            ));
        }
        if !self.out_of_order.is_empty() {
            let places = lines(self.out_of_order.iter().copied());
            said.push(format!("Some rows were not in the order of time and have been put in order ({places})."));
        }
        if !self.outliers.is_empty() {
            let places = lines(self.outliers.iter().copied());
            said.push(format!(
                "Some values are far from their neighbours and may be mistakes of the sensor ({places})."
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
                true => format!("Line {first} is left out: {reason}."),
                false => format!("Lines {first} to {last} are left out: {reason}."),
            });
        }
        let more: usize = stretches.iter().skip(LISTED).map(|(_, _, _, count)| count).sum();
        said.extend((more > 0).then(|| format!("{more} more rows are left out.")));
        said
    }

    /// The unit of time, q or p, with a space before it.
    fn unit(&self, which: usize) -> String {
        self.quantities[which].unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"))
    }

    fn columns_said(&self) -> String {
        let named = |role: Role, what: &str| {
            let column = self.columns.iter().find(|column| column.role == role)?;
            let Quantity { name, unit } = &column.quantity;
            Some(match unit {
                Some(unit) => format!("“{name}” in {unit} is {what}"),
                None => format!("“{name}” is {what}"),
            })
        };
        let roles = [
            (Role::Time, "the time"),
            (Role::Position, "q"),
            (Role::Momentum, "p"),
            (Role::Acceleration, "the acceleration"),
            (Role::Trial, "the trial"),
        ];
        let parts: Vec<String> = roles.into_iter().filter_map(|(role, what)| named(role, what)).collect();
        format!("{}; cells are separated by {}.", parts.join(", "), self.layout.separator.name())
    }

    /// Columns with numbers that nothing is made of.
    fn unused_said(&self) -> Option<String> {
        let mut unused: Vec<String> = Vec::new();
        for column in self.columns.iter().filter(|column| column.role == Role::Unused && column.has_numbers) {
            let name = format!("“{}”", column.quantity.name);
            if !unused.contains(&name) {
                unused.push(name);
            }
        }
        let more = unused.len().saturating_sub(LISTED);
        unused.truncate(LISTED);
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!unused.is_empty()).then(|| format!("Not used: {}{tail}.", unused.join(", ")))
    }

    fn trials_said(&self) -> Option<String> {
        let [_, _, ..] = &self.trials[..] else { return None };
        let shown = self.trials.iter().take(LISTED).map(|trial| format!("{} ({} rows)", trial.name, trial.rows));
        let more = self.trials.len().saturating_sub(LISTED);
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        Some(format!(
            "There are {} trials: {}{tail}; no difference is taken from one to the next.",
            self.trials.len(),
            shown.collect::<Vec<_>>().join(", ")
        ))
    }

    /// What finite differences do to a motion with few rows a period.
    fn coarse_said(&self) -> Option<String> {
        let phase = self.phase()?;
        let factor = bias(1, phase);
        (factor < COARSE).then(|| {
            format!(
                "There are only {:.1} rows a period, h apart: forward differences, and central ones over three rows, turn with sin(ωh)/ωh = {factor:.3} \
                 of the frequency. Central differences are taken over five rows here and turn with {:.3} of it.",
                std::f64::consts::TAU / phase,
                bias(CENTRAL_STEPS, phase)
            )
        })
    }

    /// The angle of the swing that a step is.
    fn phase(&self) -> Option<f64> {
        let damping = self.damping?;
        Some(std::f64::consts::TAU * self.median_step / damping.period).filter(|phase| *phase > 0.0)
    }

    fn steps_said(&self) -> String {
        let ((shortest, longest), usual, unit) = (self.step_range, self.median_step, self.unit(0));
        if longest - shortest <= EQUAL_STEPS * usual {
            format!("The steps of time are equal: {}{unit}.", brief(usual))
        } else {
            let [shortest, longest, usual] = [shortest, longest, usual].map(brief);
            format!("The steps of time are uneven: {shortest} to {longest}{unit}, usually {usual}{unit}.")
        }
    }

    fn derivation_said(&self) -> Vec<String> {
        match &self.derivation {
            Derivation::Measured => vec!["q and p are both measured.".to_owned()],
            Derivation::SlopeOfPosition { window, degree, noise_gain, response } => {
                let bias = if (1.0 - response).abs() < 0.0005 {
                    "less than a thousandth".to_owned()
                } else {
                    format!("{:.1} %", 100.0 * (1.0 - response).abs())
                };
                vec![
                    format!(
                        "p was not measured: it is the slope of a polynomial of degree {degree} through {window} points of q around each row, which takes {bias} from the velocity of this swing."
                    ),
                    format!(
                        "A random error of q comes back {} times as large in p, so p is less certain than q.",
                        brief(*noise_gain)
                    ),
                ]
            }
            Derivation::IntegralOfVelocity { drifts } => {
                let largest = drifts.iter().fold(0.0, |most: f64, drift| most.max(drift.abs()));
                let unit = self.unit(2);
                vec![
                    "q was not measured: it is the sum of p over time, and its zero is the middle of the motion."
                        .to_owned(),
                    format!(
                        "A steady drift was taken away from p and q so that q does not run off (at most {}{unit} in p).",
                        brief(largest)
                    ),
                ]
            }
            Derivation::IntegralOfAcceleration { agreement } => vec![
                "Only the acceleration was measured: p is its integral and q that of p, each without its mean over a period, which takes offset and drift away. \
                 A period at each end is lost, and the zero of q is the middle of the motion."
                    .to_owned(),
                format!(
                    "How sound that is: q and the acceleration agree as those of a spring do to {:.3} (1 is best). It holds where the sensor keeps its direction; \
                     on a swinging phone gravity turns into its axes, and the gyroscope is better.",
                    agreement
                ),
            ],
        }
    }

    fn damping_said(&self) -> Option<String> {
        let Damping { rate, period, first, last, half_swings } = self.damping?;
        let (unit, per) = match self.unit(0) {
            none if none.is_empty() => (none, " unit of time".to_owned()),
            unit => (unit.clone(), unit),
        };
        let middle = if self.middle.abs() < ZERO * first.abs() { 0.0 } else { self.middle };
        let middle = format!("{}{}", brief(middle), self.unit(1));
        let swings = format!("The motion swings around {middle} with a period of about {}{unit}", brief(period));
        let (first, last) = (brief(first), brief(last));
        Some(if rate > 0.0 {
            format!(
                "{swings}; its amplitude falls from {first} to {last} in {half_swings} half swings, at a rate of {} per{per}.",
                brief(rate)
            )
        } else {
            format!("{swings}; its amplitude does not fall ({first} at first, {last} at last).")
        })
    }
}

/// Four digits that count.
pub fn brief(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let decimals = 3.0 - number.abs().max(1e-12).log10().floor();
    format!("{number:.*}", decimals.clamp(0.0, 15.0) as usize)
}

/// “lines 3, 4 and 7 more”.
fn lines(mut rows: impl ExactSizeIterator<Item = usize>) -> String {
    let word = if rows.len() == 1 { "line" } else { "lines" };
    let listed: Vec<String> = rows.by_ref().take(LISTED).map(|row| row.to_string()).collect();
    let more = rows.len();
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{word} {}{tail}", listed.join(", "))
}
