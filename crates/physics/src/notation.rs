//! Formulas from a short notation, for those that stand on a page as they are.
//!
//! | written | means |
//! |---|---|
//! | `x`, `z′`, `2.5`, `+` | a variable, one with a prime, a number, an operator |
//! | `'cos'` | a named function, set upright |
//! | `{…}` | parts that belong together |
//! | `a/b` | a above b |
//! | `a^b`, `a_b`, `a_b^c` | an exponent, an index, both |
//! | `∑_b` | a sum over b |
//!
//! Blanks separate and mean nothing: `L = {∂H}/{∂p}^2`.

use crate::formula::Formula;

impl Formula {
    /// The formula of a text in this notation. A mark without a neighbour stands for itself or is left out: nothing here fails.
    pub fn written(text: &'static str) -> Self {
        row(&mut Reader { text, at: 0 })
    }
}

struct Reader {
    text: &'static str,
    at: usize,
}

impl Reader {
    /// The next character that is no blank, and where it stands.
    fn next(&mut self) -> Option<(usize, char)> {
        let rest = &self.text[self.at..];
        let (skipped, found) = rest.char_indices().find(|(_, c)| *c != ' ')?;
        let at = self.at + skipped;
        self.at = at + found.len_utf8();
        Some((at, found))
    }

    /// The text from `from` as far as it has characters of a kind.
    fn run(&mut self, from: usize, kind: fn(char) -> bool) -> &'static str {
        let rest = &self.text[from..];
        let length = rest.find(|c| !kind(c)).unwrap_or(rest.len());
        self.at = from + length;
        &self.text[from..self.at]
    }

    /// One part; `None` at the end of a group.
    fn part(&mut self) -> Option<Formula> {
        let (at, found) = self.next()?;
        Some(match found {
            '}' => return None,
            '{' => row(self),
            '\'' => {
                let name = self.run(at + 1, |c| c != '\'');
                self.at = (self.at + 1).min(self.text.len());
                Formula::Function(name)
            }
            c if c.is_ascii_digit() => {
                let digits = self.run(at, |c| c.is_ascii_digit() || c == '.');
                digits.parse().map_or(Formula::Operator(digits), Formula::Number)
            }
            c => {
                // With the accents and primes on it.
                self.run(self.at, |c| ('\u{300}'..'\u{370}').contains(&c) || c == '′');
                let one = &self.text[at..self.at];
                if c.is_alphabetic() { Formula::Symbol(one) } else { Formula::Operator(one) }
            }
        })
    }
}

/// Parts up to the end of a group or of the text.
fn row(reader: &mut Reader) -> Formula {
    let mut parts: Vec<Formula> = vec![];
    while let Some(part) = reader.part() {
        let mark = match part {
            Formula::Operator(mark @ ("/" | "^" | "_")) if !parts.is_empty() => mark,
            part => {
                parts.push(part);
                continue;
            }
        };
        let Some((before, after)) = parts.pop().zip(reader.part()) else { break };
        parts.push(match (mark, before) {
            ("/", before) => Formula::fraction(before, after),
            ("^", before) => Formula::Power(Box::new([before, after])),
            (_, Formula::Operator("∑")) => Formula::Sum(Box::new(after)),
            (_, before) => Formula::Index(Box::new([before, after])),
        });
    }
    // One part needs no row around it.
    if parts.len() == 1 { parts.remove(0) } else { Formula::Row(parts) }
}

#[cfg(test)]
mod tests {
    use crate::formula::Formula;

    #[test]
    fn a_written_formula_is_the_one_that_is_built() {
        use Formula::{Function, Number, Operator, Row, Sum, Symbol};
        let fraction = Formula::fraction(Row(vec![Operator("∂"), Symbol("H")]), Row(vec![Operator("∂"), Symbol("p")]));
        let q = Formula::indexed("q", "i").squared();
        let built =
            Row(vec![Symbol("L"), Operator("="), fraction, Operator("+"), q, Operator("−"), Symbol("v\u{302}")]);
        assert_eq!(Formula::written("L = {∂H}/{∂p} + q_i^2 − v\u{302}"), built);
        assert_eq!(Formula::written("z′_q"), Formula::indexed("z′", "q"));
        let over = Row(vec![Symbol("i"), Operator("<"), Symbol("j")]);
        let built = Row(vec![Sum(Box::new(over)), Number(0.5), Function("cos"), Symbol("q")]);
        assert_eq!(Formula::written("∑_{i<j} 0.5 'cos' q"), built);
    }

    #[test]
    fn no_text_makes_it_fail() {
        for text in ["", "}", "{", "a/", "/a", "^", "a_", "'open", "{{a}/", "1.2.3", "∑_", "é'"] {
            let _ = Formula::written(text).to_string();
        }
    }
}
