//! Claims about formulas: evaluating, differentiating, simplifying, printing, reading, units, tables.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use symbolic::constants::rounded;
use symbolic::data::{BLOCK, Block, DataError, Dataset, Table};
use symbolic::evaluate::{Evaluator, Objective};
use symbolic::expr::{Expr, Token};
use symbolic::gradient::Tape;
use symbolic::mutate::Mutator;
use symbolic::operators::{Alphabet, AlphabetError, Operator};
use symbolic::parse::{ParseError, parse};
use symbolic::print::{Notation, print};
use symbolic::simplify::simplified;
use symbolic::trigonometry::{cosines, sines};
use symbolic::units::{Dimension, Units};

fn names() -> Vec<String> {
    ["x", "y", "z"].map(String::from).to_vec()
}

fn law(text: &str) -> Expr {
    parse(text, &names()).expect("a law")
}

/// A random law over x, y, z, as a search might meet it.
fn random(seed: u64, operators: impl IntoIterator<Item = Operator>) -> (Expr, ChaCha8Rng) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mutator = Mutator::new(Alphabet::new(operators).expect("operators"), 3, 40);
    let size = rng.random_range(0..12);
    let mut expr = mutator.random(size, &mut rng);
    for _ in 0..3 {
        expr = mutator.mutated(&expr, 1.0, &mut rng).unwrap_or(expr);
    }
    (expr, rng)
}

fn table(columns: Vec<Vec<f64>>, target: Vec<f64>) -> Table {
    Table { names: names()[..columns.len()].to_vec(), columns, target_name: "t".into(), target }
}

/// Bounds on the true value of a law at one point, whatever rounding did.
#[derive(Clone, Copy, Debug)]
struct Bounds(f64, f64);

impl Bounds {
    const ALL: Bounds = Bounds(f64::NEG_INFINITY, f64::INFINITY);

    /// Widened by a few roundings: those of an operation, of a constant that was folded, of a library function.
    fn around(values: &[f64]) -> Self {
        if values.iter().any(|x| x.is_nan()) {
            return Self::ALL;
        }
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let rounding = |x: f64| x.abs() * 32.0 * f64::EPSILON + f64::MIN_POSITIVE;
        Bounds(low - rounding(low), high + rounding(high))
    }

    fn meets(self, other: Self) -> bool {
        self.0 <= other.1 && other.0 <= self.1
    }

    fn of(expr: &Expr, row: &[f64]) -> Self {
        let mut stack: Vec<Bounds> = Vec::new();
        for token in expr.tokens() {
            let next = match token {
                Token::Constant(c) => Bounds::around(&[*c]),
                Token::Variable(place) => Bounds(row[usize::from(*place)], row[usize::from(*place)]),
                Token::Operator(operator) => {
                    let a = stack.split_off(stack.len() - operator.arity());
                    Bounds::applied(*operator, &a)
                }
            };
            stack.push(next);
        }
        stack[0]
    }

    fn applied(operator: Operator, a: &[Bounds]) -> Self {
        let ends = |i: usize| [a[i].0, a[i].1];
        let corners = || ends(0).into_iter().flat_map(|x| ends(1).map(|y| operator.binary(x, y))).collect::<Vec<_>>();
        match operator {
            Operator::Add | Operator::Subtract | Operator::Multiply => Bounds::around(&corners()),
            Operator::Divide if a[1].0 > 0.0 || a[1].1 < 0.0 => Bounds::around(&corners()),
            Operator::Power if a[0].0 > 0.0 => Bounds::around(&corners()),
            Operator::Power => match a[1].0.round() {
                // A whole power of what may be negative, as the printer writes squares.
                n if a[1].0 <= n && n <= a[1].1 && a[1].1 - a[1].0 < 1e-9 && (1.0..=20.0).contains(&n) => {
                    (1..n as usize).fold(a[0], |product, _| Bounds::applied(Operator::Multiply, &[product, a[0]]))
                }
                _ => Bounds::ALL,
            },
            Operator::Sqrt | Operator::Log if a[0].0 > 0.0 => Bounds::around(&ends(0).map(|x| operator.unary(x))),
            Operator::Exp => Bounds::around(&ends(0).map(|x| operator.unary(x))),
            Operator::Sin | Operator::Cos if a[0].1 - a[0].0 < 1e-3 => {
                // The slope is at most 1.
                let (middle, reach) = (operator.unary(a[0].0), a[0].1 - a[0].0);
                Bounds::around(&[middle - reach, middle + reach])
            }
            Operator::Conditional if a[0].0 > a[1].1 => a[2],
            Operator::Conditional if a[0].1 <= a[1].0 => a[3],
            _ => Bounds::ALL,
        }
    }
}

#[test]
fn simplifying_preserves_the_value_and_never_makes_a_law_longer() {
    let (mut shorter, mut telling) = (0, 0);
    for seed in 0..20_000 {
        let (expr, mut rng) = random(seed, Operator::ALL);
        let short = simplified(&expr, &Alphabet::new(Operator::ALL).expect("operators"));
        assert!(short.complexity() <= expr.complexity(), "{expr:?}");
        shorter += usize::from(short.complexity() < expr.complexity());
        for _ in 0..5 {
            let row: [f64; 3] = std::array::from_fn(|_| rng.random_range(-3.0..3.0));
            // Only where the original has a value.
            if expr.value(&row).is_finite() {
                let (before, after) = (Bounds::of(&expr, &row), Bounds::of(&short, &row));
                assert!(before.meets(after), "{before:?} {after:?} at {row:?}: {expr:?} became {short:?}");
                telling += usize::from(before.1 - before.0 < 1e-9 && after.1 - after.0 < 1e-9);
            }
        }
    }
    // The claim is about something: thousands were shortened, and most bounds are narrow.
    assert!(shorter > 5_000 && telling > 40_000, "{shorter} {telling}");
}

#[test]
fn like_terms_meet_and_neutral_elements_go() {
    for (long, short) in [
        ("x + 0", "x"),
        ("1 * x / 1", "x"),
        ("x - x", "0"),
        ("x / x", "1"),
        ("2 * 3 + 4", "10"),
        ("x + y + x - y", "2*x"),
        ("y * x / (x * y)", "1"),
        ("x + x * (y - 1)", "x*y"),
        ("1.5 - 0.5 * (3 - 4 * x / y)", "2*x/y"),
        ("(3 * x - 3 * y) * 2", "6*(x - y)"),
        ("sqrt(x) * sqrt(x)", "x"),
        ("log(exp(x * y))", "x*y"),
        ("if(2 > 1, x, y)", "x"),
        ("x ^ 1 + 0 * y", "x"),
    ] {
        let short_law = simplified(&law(long), &Alphabet::new(Operator::ALL).expect("operators"));
        assert_eq!(print(&short_law, &names(), Notation::Plain), short, "{long}");
    }
}

#[test]
fn simplifying_keeps_to_the_alphabet() {
    // x + x is 2·x only where there is a multiplication.
    let sums = Alphabet::parse("+").expect("operators");
    assert_eq!(simplified(&law("x + x"), &sums), law("x + x"));
}

#[test]
fn slopes_agree_with_finite_differences() {
    let (mut tape, mut compared) = (Tape::default(), 0);
    for seed in 0..3_000 {
        let (expr, mut rng) = random(seed, Operator::ALL);
        let columns: Vec<Block> = (0..3).map(|_| std::array::from_fn(|_| rng.random_range(0.5..2.0))).collect();
        let row = [columns[0][0], columns[1][0], columns[2][0]];
        let constants: Vec<f64> = expr.constants().collect();
        tape.prepare(&expr);
        let value = tape.record(&expr, &columns)[0];
        let slopes: Vec<f64> = tape.slopes(&expr).map(|block| block[0]).collect();
        assert_eq!(slopes.len(), constants.len());
        for (i, slope) in slopes.into_iter().enumerate() {
            let central = |h: f64| {
                let at = |c: f64| {
                    let mut moved = expr.clone();
                    moved.set_constants(&[&constants[..i], &[c]].concat());
                    moved.value(&row)
                };
                (at(constants[i] + h) - at(constants[i] - h)) / (2.0 * h)
            };
            // Two steps, extrapolated: what the halving changes bounds the error of the difference. Where it is not small, as
            // at a condition's edge or a pole, finite differences say nothing.
            let h = 1e-4 * (1.0 + constants[i].abs());
            let (coarse, fine) = (central(h), central(h / 2.0));
            let best = fine + (fine - coarse) / 3.0;
            // Rounding of the values differs by at most the width of their bounds.
            let bounds = Bounds::of(&expr, &row);
            let doubt = (fine - coarse).abs() + 4.0 * (bounds.1 - bounds.0) / h;
            if value.is_finite() && doubt < 1e-4 * (1.0 + best.abs()) {
                assert!((slope - best).abs() <= doubt + 1e-9 * (1.0 + best.abs()), "{slope} for {best}: {expr:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 3_000, "{compared}");
}

#[test]
fn a_batch_gives_what_row_by_row_evaluation_gives() {
    for seed in 0..5_000 {
        let (expr, mut rng) = random(seed, Operator::ALL);
        let rows = rng.random_range(3..2 * BLOCK + 9);
        let mut column = || (0..rows).map(|_| rng.random_range(-3.0..3.0)).collect::<Vec<f64>>();
        let (columns, target) = (vec![column(), column(), column()], column());
        let data = Dataset::new(&table(columns.clone(), target.clone())).expect("data");
        let mut evaluator = Evaluator::default();
        let values = evaluator.values(&expr, &data);
        let mut finite = true;
        for (i, value) in values.iter().enumerate() {
            let row = [columns[0][i], columns[1][i], columns[2][i]];
            let alone = expr.value(&row);
            finite &= alone.is_finite();
            // The block's sine rounds differently from the library's; elsewhere they are equal.
            let trigonometric = expr.operators().any(|o| matches!(o, Operator::Sin | Operator::Cos));
            let same = alone == *value || (alone.is_nan() && value.is_nan());
            assert!(same || trigonometric, "{alone} {value} {expr:?}");
        }
        let loss = evaluator.loss(&expr, &data, Objective::MeanSquared);
        let mean = values.iter().zip(&target).map(|(v, t)| (v - t).powi(2)).sum::<f64>() / rows as f64;
        if finite && mean.is_finite() {
            assert!((loss / mean - 1.0).abs() < 1e-12);
        } else {
            assert_eq!(loss, f64::INFINITY, "a law without a value somewhere is rejected");
        }
    }
}

#[test]
fn sines_by_the_block_are_right_to_four_tenths_of_a_femto() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for reach in [1.0, 10.0, 1e3, 1e6, 1e9] {
        for _ in 0..200 {
            let x: Block = std::array::from_fn(|_| rng.random_range(-reach..reach));
            let (mut sine, mut cosine) = (x, x);
            sines(&mut sine);
            cosines(&mut cosine);
            for i in 0..BLOCK {
                assert!((sine[i] - x[i].sin()).abs() < 4e-16, "sin {} is {}", x[i], sine[i]);
                assert!((cosine[i] - x[i].cos()).abs() < 4e-16, "cos {} is {}", x[i], cosine[i]);
            }
        }
    }
    let mut odd = [0.0; BLOCK];
    odd[..4].copy_from_slice(&[f64::NAN, f64::INFINITY, -0.0, 1e300]);
    sines(&mut odd);
    assert!(odd[0].is_nan() && odd[1].is_nan() && odd[2] == 0.0 && odd[3] == 1e300_f64.sin());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn evaluation_never_panics(seed in any::<u64>(), kinds in prop::collection::vec((0_u8..40, any::<f64>()), 1..12)) {
        let (mut expr, mut rng) = random(seed, Operator::ALL);
        // Any tokens at all: most lists are refused, and what is accepted can be evaluated.
        let tokens = kinds.iter().map(|(kind, c)| match kind {
            0..11 => Token::Operator(Operator::ALL[usize::from(*kind)]),
            11..30 => Token::Variable(u16::from(kind % 4)),
            _ => Token::Constant(*c),
        });
        if let Ok(other) = Expr::new(tokens.collect()) {
            expr = other;
        }
        let nasty = [0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, 5e-324, 1e300, -1e300, f64::MAX, f64::MIN, 1e17];
        let mut column = || (0..4).map(|_| nasty[rng.random_range(0..nasty.len())]).collect::<Vec<f64>>();
        let columns = vec![column(), column(), column()];
        let _ = expr.value(&[f64::NAN, f64::INFINITY]);
        if let Ok(data) = Dataset::new(&table(columns, vec![1.0, 2.0, 3.0, 4.0])) {
            let mut evaluator = Evaluator::default();
            let loss = evaluator.loss(&expr, &data, Objective::MeanSquared);
            prop_assert!(loss >= 0.0, "a loss is a number or infinite: {}", loss);
            prop_assert_eq!(evaluator.values(&expr, &data).len(), 4);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn what_is_printed_can_be_read_and_is_worth_the_same(seed in any::<u64>()) {
        let (expr, mut rng) = random(seed, Operator::ALL);
        let text = print(&expr, &names(), Notation::Plain);
        let read = parse(&text, &names()).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        for _ in 0..5 {
            let row: [f64; 3] = std::array::from_fn(|_| rng.random_range(-3.0..3.0));
            if expr.value(&row).is_finite() {
                let (before, after) = (Bounds::of(&expr, &row), Bounds::of(&read, &row));
                prop_assert!(before.meets(after), "{:?} {:?}: {:?} as {}", before, after, expr, text);
            }
        }
    }

    #[test]
    fn reading_never_panics(text in "[-+*/^()>, .0-9a-z`]{0,40}|\\PC{0,20}") {
        let _ = parse(&text, &names());
    }

    #[test]
    fn messages_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(expr) = postcard::from_bytes::<Expr>(&bytes) {
            prop_assert!(Expr::new(expr.tokens().to_vec()).is_ok());
        }
    }

    #[test]
    fn markup_is_balanced_whatever_columns_are_called(seed in any::<u64>(), name in "\\PC{1,8}") {
        let (expr, _) = random(seed, Operator::ALL);
        let names = [name, "y_1".into(), "theta".into()];
        let latex = print(&expr, &names, Notation::Latex);
        let mut open = 0_i32;
        for piece in latex.replace("\\{", "").replace("\\}", "").chars() {
            open += i32::from(piece == '{') - i32::from(piece == '}');
            prop_assert!(open >= 0, "{}", latex);
        }
        prop_assert_eq!(open, 0, "{}", &latex);
        prop_assert_eq!(latex.matches("\\left").count(), latex.matches("\\right").count());
        let mathml = print(&expr, &names, Notation::MathMl);
        let mut stack = Vec::new();
        for piece in mathml.split('<').skip(1) {
            let tag = piece.split('>').next().unwrap_or_default();
            match tag.strip_prefix('/') {
                Some(closed) => prop_assert_eq!(stack.pop(), Some(closed), "{}", &mathml),
                None => stack.push(tag),
            }
        }
        prop_assert!(stack.is_empty(), "{}", mathml);
    }
}

/// What Rust makes of the text that is printed, beside the text.
macro_rules! as_code {
    (|$x:ident, $y:ident| $code:expr) => {
        (stringify!($code), &|$x: f64, $y: f64| $code)
    };
}

#[test]
#[allow(unused_parens)]
fn rust_code_is_rust_and_gives_the_same_numbers() {
    type Code<'a> = (&'static str, &'a dyn Fn(f64, f64) -> f64);
    let codes: [(&str, Code); 5] = [
        ("x * y / (y * y)", as_code!(|x, y| x * y / (y * y))),
        ("2 * (1 - cos(x)) + y ^ 2", as_code!(|x, y| 2.0 * (1.0 - x.cos()) + y.powf(2.0))),
        ("x - (y - -0.5)", as_code!(|x, y| x - (y - -0.5))),
        ("if(x > y, sqrt(x), log(y + 3))", as_code!(|x, y| (if x > y { x.sqrt() } else { (y + 3.0).ln() }))),
        ("2 ^ x * (-1.5) ^ y", as_code!(|x, y| 2.0_f64.powf(x) * (-1.5_f64).powf(y))),
    ];
    let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (text, (code, function)) in codes {
        let law = law(text);
        let printed = print(&law, &names(), Notation::Rust);
        assert_eq!(tight(&printed), tight(code));
        for (x, y) in [(0.3, 1.7), (2.5, 2.0)] {
            let (printed, searched) = (function(x, y), law.value(&[x, y, 0.0]));
            assert!(printed == searched || (printed.is_nan() && searched.is_nan()), "{printed} {searched}");
        }
    }
}

#[test]
fn a_law_is_written_as_a_person_would() {
    let names: Vec<String> = ["m1", "theta", "q dot"].map(String::from).into();
    let law = parse("-0.5 * m1 * theta / (`q dot` * `q dot`) - 3.00004 * cos(theta) + 1.25e-9", &names).expect("a law");
    let short = rounded(&law, 4);
    let written = |notation| print(if notation == Notation::Python { &law } else { &short }, &names, notation);
    assert_eq!(written(Notation::Plain), "1.25e-9 - 0.5*m1*theta/`q dot`^2 - 3*cos(theta)");
    assert_eq!(
        written(Notation::Latex),
        "1.25 \\times 10^{-9} - \\frac{0.5 \\, m_{1} \\, \\theta}{{\\mathrm{q dot}}^{2}} - 3 \\, \\cos\\left(\\theta\\right)"
    );
    assert_eq!(
        written(Notation::Python),
        "np.divide(-0.5 * m1 * theta, column_2 * column_2) - 3.00004 * np.cos(theta) + 1.25e-9"
    );
    let square = parse("m1 * m1", &names).expect("a law");
    assert_eq!(print(&square, &names, Notation::MathMl), "<msup><msub><mi>m</mi><mi>1</mi></msub><mn>2</mn></msup>");
}

#[test]
fn units_reject_sums_of_unlike_things() {
    let (mass, length, time) = (Dimension::MASS, Dimension::LENGTH, Dimension::TIME);
    let speed = length.times(time, -1.0);
    let units = |target| Units { variables: vec![mass, length, time], target, penalty: 1.0 };
    let breaks = |text: &str, target| units(target).violations(&law(text));
    // x is a mass, y a length, z a time.
    assert_eq!(breaks("y / z", speed), 0);
    assert_eq!(breaks("sqrt(y * y / (z * z))", speed), 0);
    assert_eq!(breaks("9.81 * z", speed), 0, "a constant carries whichever unit it needs");
    assert_eq!(breaks("(y + 2) / z", speed), 0);
    assert_eq!(breaks("y ^ 2 / (y * z)", speed), 0);
    assert_eq!(breaks("sin(2 * y) * y / z", speed), 0, "2 per metre");
    assert_eq!(breaks("y + z", length), 1, "metres and seconds");
    assert_eq!(breaks("x + y / z", speed), 2, "kilograms and a speed, and kilograms for a speed");
    assert_eq!(breaks("cos(y)", Dimension::NONE), 1, "the cosine of a length");
    assert_eq!(breaks("exp(y / z)", Dimension::NONE), 1);
    assert_eq!(breaks("y * z", speed), 1, "not a speed");
    assert_eq!(breaks("if(y > z, y, y)", length), 1, "a length is not longer than a time");
    assert_eq!(breaks("2 ^ y", Dimension::NONE), 1);
}

#[test]
fn what_is_wrong_with_a_table_is_said_in_a_sentence() {
    let good = table(vec![vec![1.0, 2.0, 3.0]], vec![1.0, 4.0, 9.0]);
    assert!(Dataset::new(&good).is_ok());
    let wrong = |change: &dyn Fn(&mut Table)| {
        let mut table = good.clone();
        change(&mut table);
        let error = Dataset::new(&table).expect_err("an error");
        let text = error.to_string();
        assert!(text.ends_with('.') && text.len() < 140 && !text.contains('\n'), "{text}");
        error
    };
    assert_eq!(wrong(&|t| t.target = vec![2.0; 3]), DataError::ConstantTarget("t".into()));
    assert_eq!(wrong(&|t| t.target = vec![0.1 + 0.2, 0.3, 0.1 + 0.2]), DataError::ConstantTarget("t".into()));
    assert_eq!(wrong(&|t| t.columns[0][1] = f64::NAN), DataError::NotFinite { name: "x".into(), row: 2 });
    assert_eq!(wrong(&|t| t.target[2] = f64::INFINITY), DataError::NotFinite { name: "t".into(), row: 3 });
    assert_eq!(wrong(&|t| t.names[0] = "t".into()), DataError::DuplicateName("t".into()));
    assert_eq!(wrong(&|t| t.names[0] = " ".into()), DataError::Unnamed(1));
    assert_eq!(wrong(&|t| t.target = vec![1.0, 2.0]), DataError::Ragged { name: "x".into(), found: 3, expected: 2 });
    assert_eq!(wrong(&|t| *t = table(vec![vec![1.0]], vec![1.0])), DataError::TooFewRows { rows: 1, columns: 1 });
    let wide = |t: &mut Table| *t = table(vec![vec![1.0, 2.0]; 3], vec![1.0, 2.0]);
    assert_eq!(wrong(&wide), DataError::TooFewRows { rows: 2, columns: 3 });
    assert_eq!(wrong(&|t| (t.names, t.columns) = (vec![], vec![])), DataError::NoColumns);
    assert_eq!(wrong(&|t| t.target[0] = 1e200), DataError::OutOfScale("t".into()));
    assert_eq!(Alphabet::parse(" , "), Err(AlphabetError::Empty));
    assert_eq!(Alphabet::parse("+,tan"), Err(AlphabetError::Unknown("tan".into())));
    assert_eq!(
        parse("x +", &names()),
        Err(ParseError::Missing { expected: "number, column or bracket", rest: "".into() })
    );
}
