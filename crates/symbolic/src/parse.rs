//! A formula from plain text, as [`crate::print`] writes it and as people type it.
//!
//! ```text
//! sum     = product (("+" | "-") product)*
//! product = factor (("*" | "/") factor)*
//! factor  = "-" factor | atom ("^" factor)?
//! atom    = number | name | "(" sum ")" | function "(" sum ")" | "if" "(" sum ">" sum "," sum "," sum ")"
//! ```
//!
//! A name that is not a plain word stands between backticks.

use crate::expr::{Expr, ExprError, Token};
use crate::operators::Operator;
use language::{text, tr, translated};
use std::iter::Peekable;
use std::str::Chars;

/// Text that is not a formula.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A word that names no column and no function.
    #[error("{}", tr!("\"{name}\" is neither a column nor a function.", name = .0))]
    UnknownName(String),
    /// Something other than what must come next.
    #[error("{}", missing(translated(expected), rest))]
    Missing {
        /// What must come.
        expected: &'static str,
        /// The text from there.
        rest: String,
    },
    /// A number that none is.
    #[error("{}", tr!("\"{text}\" is not a number.", text = .0))]
    NotANumber(String),
    /// Brackets in brackets in brackets.
    #[error("{}", tr!("This formula is nested too deeply."))]
    TooDeep,
    /// What came out is no expression.
    #[error(transparent)]
    Expr(#[from] ExprError),
}

fn missing(expected: &str, rest: &str) -> String {
    match rest {
        "" => tr!("A {expected} is missing at the end.", expected = expected),
        _ => tr!("A {expected} is missing before \"{rest}\".", expected = expected, rest = rest),
    }
}

/// Brackets, signs and powers inside one another that are followed.
const DEEPEST: usize = 200;

/// Reads a formula whose variables are columns of these names.
pub fn parse(text: &str, names: &[String]) -> Result<Expr, ParseError> {
    let mut parser = Parser { rest: text.chars().peekable(), names, tokens: Vec::new(), depth: 0 };
    parser.sum()?;
    match parser.peek() {
        None => Ok(Expr::new(parser.tokens)?),
        Some(_) => Err(parser.missing(text!("operator"))),
    }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    names: &'a [String],
    tokens: Vec<Token>,
    depth: usize,
}

impl Parser<'_> {
    /// The next character that is not a space.
    fn peek(&mut self) -> Option<char> {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {}
        self.rest.peek().copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.rest.next();
        }
        found
    }

    fn expect(&mut self, wanted: char, expected: &'static str) -> Result<(), ParseError> {
        if self.take(wanted) { Ok(()) } else { Err(self.missing(expected)) }
    }

    fn missing(&self, expected: &'static str) -> ParseError {
        let rest: String = self.rest.clone().take(20).collect();
        ParseError::Missing { expected, rest }
    }

    fn push(&mut self, operator: Operator) {
        self.tokens.push(Token::Operator(operator));
    }

    fn sum(&mut self) -> Result<(), ParseError> {
        self.product()?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-' | '−') => Operator::Subtract,
                _ => return Ok(()),
            };
            self.rest.next();
            self.product()?;
            self.push(operator);
        }
    }

    fn product(&mut self) -> Result<(), ParseError> {
        self.factor()?;
        loop {
            let operator = match self.peek() {
                Some('*' | '×' | '·') => Operator::Multiply,
                Some('/') => Operator::Divide,
                _ => return Ok(()),
            };
            self.rest.next();
            self.factor()?;
            self.push(operator);
        }
    }

    fn factor(&mut self) -> Result<(), ParseError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ParseError::TooDeep);
        }
        if self.take('-') || self.take('−') {
            let sign = self.tokens.len();
            self.factor()?;
            // A negative number is a number; anything else is multiplied by -1.
            match &mut self.tokens[sign..] {
                [Token::Constant(c)] => *c = -*c,
                _ => {
                    self.tokens.insert(sign, Token::Constant(-1.0));
                    self.push(Operator::Multiply);
                }
            }
        } else {
            self.atom()?;
            if self.take('^') {
                self.factor()?;
                self.push(Operator::Power);
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn atom(&mut self) -> Result<(), ParseError> {
        match self.peek() {
            Some('(') => {
                self.rest.next();
                self.sum()?;
                self.expect(')', text!("closing bracket"))
            }
            Some('`') => {
                self.rest.next();
                let mut name = String::new();
                while let Some(c) = self.rest.next_if(|c| *c != '`') {
                    name.push(c);
                }
                self.expect('`', text!("closing backtick"))?;
                self.variable(&name)
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if is_word(c) => {
                let mut word = String::new();
                while let Some(c) = self.rest.next_if(|c| is_word(*c)) {
                    word.push(c);
                }
                if self.peek() == Some('(') { self.call(&word) } else { self.variable(&word) }
            }
            _ => Err(self.missing(text!("number, column or bracket"))),
        }
    }

    fn number(&mut self) -> Result<(), ParseError> {
        let mut text = String::new();
        while let Some(c) = self.rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '.') {
            text.push(c);
            // The sign of an exponent belongs to the number.
            if matches!(c, 'e' | 'E')
                && let Some(sign) = self.rest.next_if(|c| matches!(c, '+' | '-'))
            {
                text.push(sign);
            }
        }
        let value = text.parse().map_err(|_| ParseError::NotANumber(text))?;
        self.tokens.push(Token::Constant(value));
        Ok(())
    }

    fn variable(&mut self, name: &str) -> Result<(), ParseError> {
        let place = self.names.iter().position(|known| known == name).and_then(|place| u16::try_from(place).ok());
        let place = place.ok_or_else(|| ParseError::UnknownName(name.into()))?;
        self.tokens.push(Token::Variable(place));
        Ok(())
    }

    fn call(&mut self, word: &str) -> Result<(), ParseError> {
        let named = |operator: &Operator| operator.arity() != 2 && operator.symbol() == word;
        let operator = Operator::ALL.into_iter().find(named).ok_or_else(|| ParseError::UnknownName(word.into()))?;
        self.expect('(', text!("bracket"))?;
        self.sum()?;
        if operator == Operator::Conditional {
            self.expect('>', text!("comparison >"))?;
            self.sum()?;
            self.expect(',', text!("comma"))?;
            self.sum()?;
            self.expect(',', text!("comma"))?;
            self.sum()?;
        }
        self.expect(')', text!("closing bracket"))?;
        self.push(operator);
        Ok(())
    }
}

/// Whether a character can be part of a name that needs no backticks.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
