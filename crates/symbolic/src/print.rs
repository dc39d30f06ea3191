//! A law in writing: plain text, LaTeX, MathML, Rust, Python, SymPy, a spreadsheet's formula. One walk over the [`Phrase`].
//!
//! Constants are written with every digit they have, so that all notations give the same values; see
//! [`crate::constants::shortened`] for a law with as few digits as its loss allows. Code keeps the order of operations.

use crate::expr::Expr;
use crate::notation::{code_names, latex_name, mathml_name, plain_name, written};
use crate::operators::Operator;
use crate::phrase::{Phrase, Wording};

/// In which language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `m1*m2/r^2`, as [`crate::parse`] reads it.
    Plain,
    /// For a paper.
    Latex,
    /// For a page: the inside of a `math` element.
    MathMl,
    /// A Rust expression of `f64` variables.
    Rust,
    /// A Python expression; needs `import numpy as np`, whose functions give infinities and NaN where the search saw them: Python's own
    /// division by zero and logarithm of a negative number are errors, and its power of one is complex.
    Python,
    /// A SymPy expression in Python; needs `import sympy`, and symbols of the columns' names.
    Sympy,
    /// What stands in a cell of a spreadsheet after the `=`; names are those of cells, see [`crate::notation::cell`].
    Spreadsheet,
}

/// How tightly a piece of text holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Power,
    Atom,
}

/// Text, and what must happen before it can stand inside something else.
struct Piece {
    text: String,
    binding: Binding,
}

/// The law in writing; `names` are those of the columns.
pub fn print(expr: &Expr, names: &[String], notation: Notation) -> String {
    let code = matches!(notation, Notation::Rust | Notation::Python | Notation::Sympy | Notation::Spreadsheet);
    let wording = if code { Wording::Faithful } else { Wording::Gathered };
    let names = match notation {
        Notation::Plain => names.iter().map(|name| plain_name(name)).collect(),
        Notation::Latex => names.iter().map(|name| latex_name(name)).collect(),
        Notation::MathMl => names.iter().map(|name| mathml_name(name)).collect(),
        Notation::Rust | Notation::Python | Notation::Sympy => code_names(names),
        Notation::Spreadsheet => names.to_vec(),
    };
    Printer { names, notation }.piece(&Phrase::of(expr, wording)).text
}

struct Printer {
    names: Vec<String>,
    notation: Notation,
}

impl Printer {
    fn piece(&self, phrase: &Phrase) -> Piece {
        let atom = |text: String| Piece { text, binding: Binding::Atom };
        match phrase {
            Phrase::Number(c) => self.number(*c),
            Phrase::Name(place) => {
                atom(self.names.get(usize::from(*place)).cloned().unwrap_or_else(|| format!("x{place}")))
            }
            Phrase::Negative(inner) => {
                let text = format!("{}{}", self.sign("-"), self.inside(inner, Binding::Product));
                Piece { text: self.row(text), binding: Binding::Sum }
            }
            Phrase::Sum(terms) => self.sum(terms),
            Phrase::Product(factors) => {
                let dot = match self.notation {
                    Notation::Plain | Notation::Spreadsheet => "*",
                    Notation::Latex => " \\, ",
                    Notation::MathMl => "<mo>&#8290;</mo>",
                    Notation::Rust | Notation::Python | Notation::Sympy => " * ",
                };
                // The first factor may be a product itself; a later one stands in brackets.
                let bound = |i: usize| if i == 0 { Binding::Product } else { Binding::Power };
                let parts: Vec<String> = factors.iter().enumerate().map(|(i, f)| self.inside(f, bound(i))).collect();
                Piece { text: self.row(parts.join(dot)), binding: Binding::Product }
            }
            Phrase::Fraction(top, bottom) => match self.notation {
                Notation::Latex => {
                    let text = format!("\\frac{{{}}}{{{}}}", self.piece(top).text, self.piece(bottom).text);
                    Piece { text, binding: Binding::Product }
                }
                Notation::MathMl => {
                    let text = format!("<mfrac>{}{}</mfrac>", self.piece(top).text, self.piece(bottom).text);
                    Piece { text, binding: Binding::Product }
                }
                Notation::Python => {
                    let text = format!("np.divide({}, {})", self.piece(top).text, self.piece(bottom).text);
                    Piece { text, binding: Binding::Atom }
                }
                _ => {
                    let space =
                        if matches!(self.notation, Notation::Plain | Notation::Spreadsheet) { "/" } else { " / " };
                    let text =
                        format!("{}{space}{}", self.inside(top, Binding::Product), self.inside(bottom, Binding::Power));
                    Piece { text, binding: Binding::Product }
                }
            },
            Phrase::Power(base, exponent) => self.power(base, exponent),
            Phrase::Call(function, argument) => self.call(*function, argument),
            Phrase::Choice(parts) => self.choice(parts),
        }
    }

    /// In brackets, unless it holds together at least this tightly.
    fn inside(&self, phrase: &Phrase, least: Binding) -> String {
        let piece = self.piece(phrase);
        if piece.binding >= least {
            return piece.text;
        }
        match self.notation {
            Notation::Latex => format!("\\left({}\\right)", piece.text),
            Notation::MathMl => format!("<mrow><mo>(</mo>{}<mo>)</mo></mrow>", piece.text),
            _ => format!("({})", piece.text),
        }
    }

    /// One element, where the notation is made of elements.
    fn row(&self, text: String) -> String {
        if self.notation == Notation::MathMl { format!("<mrow>{text}</mrow>") } else { text }
    }

    fn sign(&self, sign: &str) -> String {
        match (self.notation, sign) {
            (Notation::MathMl, "-") => "<mo>&#8722;</mo>".into(),
            (Notation::MathMl, ">") => "<mo>&gt;</mo>".into(),
            (Notation::MathMl, sign) => format!("<mo>{sign}</mo>"),
            (_, sign) => sign.into(),
        }
    }

    fn number(&self, c: f64) -> Piece {
        let minus = c.is_sign_negative() && c != 0.0;
        let digits = match self.notation {
            Notation::Rust | Notation::Python => format!("{:?}", c.abs()),
            // Whole numbers stay whole, so that x² is a square to SymPy.
            Notation::Sympy | Notation::Plain | Notation::Latex | Notation::MathMl => written(c.abs()),
            Notation::Spreadsheet => written(c.abs()).to_uppercase(),
        };
        let (mantissa, exponent) = digits.split_once('e').map_or((&digits[..], None), |(m, e)| (m, Some(e)));
        let text = match (self.notation, exponent) {
            (Notation::Latex, Some(e)) => format!("{mantissa} \\times 10^{{{e}}}"),
            (Notation::MathMl, Some(e)) => {
                format!("<mrow><mn>{mantissa}</mn><mo>&#215;</mo><msup><mn>10</mn><mn>{e}</mn></msup></mrow>")
            }
            (Notation::MathMl, None) => format!("<mn>{mantissa}</mn>"),
            _ => digits.clone(),
        };
        let scientific = exponent.is_some() && matches!(self.notation, Notation::Latex | Notation::MathMl);
        match (minus, scientific) {
            // A sign in front of a number holds together like a product: -2 * x, but (-2)^x.
            (true, _) => Piece { text: self.row(format!("{}{text}", self.sign("-"))), binding: Binding::Product },
            (false, true) => Piece { text, binding: Binding::Product },
            (false, false) => Piece { text, binding: Binding::Atom },
        }
    }

    fn sum(&self, terms: &[(bool, Phrase)]) -> Piece {
        let mut text = String::new();
        for (i, (minus, term)) in terms.iter().enumerate() {
            let sign = self.sign(if *minus { "-" } else { "+" });
            match (i, minus, self.notation) {
                (0, false, _) => {}
                (0, true, _) | (_, _, Notation::MathMl) => text += &sign,
                _ => text += &format!(" {sign} "),
            }
            let first = i == 0 && !minus;
            text += &self.inside(term, if first { Binding::Sum } else { Binding::Product });
        }
        Piece { text: self.row(text), binding: Binding::Sum }
    }

    fn power(&self, base: &Phrase, exponent: &Phrase) -> Piece {
        let text = match self.notation {
            Notation::Rust => {
                let text = self.method("powf", base, &self.piece(exponent).text);
                return Piece { text, binding: Binding::Atom };
            }
            Notation::Python => {
                let text = format!("np.power({}, {})", self.piece(base).text, self.piece(exponent).text);
                return Piece { text, binding: Binding::Atom };
            }
            Notation::Sympy => {
                format!("{}**{}", self.inside(base, Binding::Atom), self.inside(exponent, Binding::Atom))
            }
            // By name: in some spreadsheets a sign binds tighter than ^, and a^b^c is (a^b)^c.
            Notation::Spreadsheet => {
                let text = format!("POWER({},{})", self.piece(base).text, self.piece(exponent).text);
                return Piece { text, binding: Binding::Atom };
            }
            Notation::Plain => {
                format!("{}^{}", self.inside(base, Binding::Atom), self.inside(exponent, Binding::Atom))
            }
            Notation::Latex => format!("{{{}}}^{{{}}}", self.inside(base, Binding::Atom), self.piece(exponent).text),
            Notation::MathMl => {
                format!("<msup>{}{}</msup>", self.inside(base, Binding::Atom), self.piece(exponent).text)
            }
        };
        Piece { text, binding: Binding::Power }
    }

    /// A method of Rust's f64. A bare number needs its type, and so do numbers among themselves.
    fn method(&self, name: &str, on: &Phrase, argument: &str) -> String {
        match on {
            Phrase::Number(c) if c.is_sign_positive() => format!("{}_f64.{name}({argument})", self.piece(on).text),
            Phrase::Number(_) => format!("({}_f64).{name}({argument})", self.piece(on).text),
            on if on.has_type() => format!("{}.{name}({argument})", self.inside(on, Binding::Atom)),
            on if argument.is_empty() => format!("f64::{name}({})", self.piece(on).text),
            on => format!("f64::{name}({}, {argument})", self.piece(on).text),
        }
    }

    fn call(&self, function: Operator, argument: &Phrase) -> Piece {
        let name = function.symbol();
        let inner = || self.piece(argument).text;
        let text = match (self.notation, function) {
            (Notation::Plain, _) => format!("{name}({})", inner()),
            (Notation::Sympy, _) => format!("sympy.{name}({})", inner()),
            (Notation::Spreadsheet, Operator::Log) => format!("LN({})", inner()),
            (Notation::Spreadsheet, _) => format!("{}({})", name.to_uppercase(), inner()),
            (Notation::Latex, Operator::Sqrt) => format!("\\sqrt{{{}}}", inner()),
            (Notation::Latex, _) => format!("\\{name}\\left({}\\right)", inner()),
            (Notation::MathMl, Operator::Sqrt) => format!("<msqrt>{}</msqrt>", inner()),
            (Notation::MathMl, _) => {
                format!("<mrow><mi>{name}</mi><mo>&#8289;</mo><mo>(</mo>{}<mo>)</mo></mrow>", inner())
            }
            (Notation::Rust, Operator::Log) => self.method("ln", argument, ""),
            (Notation::Rust, _) => self.method(name, argument, ""),
            (Notation::Python, _) => format!("np.{name}({})", inner()),
        };
        Piece { text, binding: Binding::Atom }
    }

    fn choice(&self, parts: &[Phrase; 4]) -> Piece {
        let [a, b, c, d] = parts.each_ref().map(|part| self.piece(part).text);
        let atom = |text: String| Piece { text, binding: Binding::Atom };
        match self.notation {
            Notation::Plain => atom(format!("if({a} > {b}, {c}, {d})")),
            Notation::Sympy => atom(format!("sympy.Piecewise(({c}, {a} > {b}), ({d}, True))")),
            Notation::Spreadsheet => atom(format!("IF({a}>{b},{c},{d})")),
            Notation::Latex => {
                atom(format!("\\begin{{cases}} {c} & {a} > {b} \\\\ {d} & \\text{{otherwise}} \\end{{cases}}"))
            }
            Notation::MathMl => atom(format!(
                "<mrow><mo>{{</mo><mtable><mtr><mtd>{c}</mtd><mtd>{a}<mo>&gt;</mo>{b}</mtd></mtr>\
                 <mtr><mtd>{d}</mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>"
            )),
            Notation::Rust => atom(format!("(if {a} > {b} {{ {c} }} else {{ {d} }})")),
            Notation::Python => atom(format!("np.where({a} > {b}, {c}, {d})")),
        }
    }
}
