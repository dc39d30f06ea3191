//! Units of motion as people write them: what they measure, and how much of it in SI.
//!
//! `m/s²`, `m/s^2`, `m s-2`, `ms^-2` and `m·s⁻²` are the same unit; so are `deg/s`, `°/s` and `Grad/s`. Words are known in English,
//! German, French, Spanish, Italian, Portuguese, Japanese, Korean and Chinese. What is not known stays a text.

use std::f64::consts::PI;

/// What a unit measures, as far as motions are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Seconds and their like.
    Time,
    /// Metres and their like.
    Length,
    /// Radians, degrees, turns.
    Angle,
    /// Length over time.
    Velocity,
    /// Angle over time.
    AngularVelocity,
    /// Length over time squared.
    Acceleration,
    /// Angle over time squared.
    AngularAcceleration,
    /// Mass times length over time.
    Momentum,
    /// Anything else: force, voltage, temperature, a frequency.
    Other,
}

/// A unit that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// What it measures.
    pub kind: Kind,
    /// How many of the SI unit (radians for angles) it is; 1 where the kind is [`Kind::Other`].
    pub factor: f64,
}

/// Powers of kilogram, metre, second and radian, and a factor: what a product of units comes to.
#[derive(Clone, Copy)]
struct Product {
    powers: [i32; 4],
    factor: f64,
}

const DEGREE: f64 = PI / 180.0;

/// Spellings in small letters, by base unit (place in [`Product::powers`]) and factor.
const ATOMS: &[(usize, f64, &str)] = &[
    (2, 1.0, "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo secondi 秒 초"),
    (
        2,
        1e-3,
        "ms msec msecs millis milli millisecond milliseconds millisekunden millisecondes milisegundos 毫秒 ミリ秒 밀리초",
    ),
    (2, 1e-6, "us usec microsecond microseconds micros 微秒"),
    (2, 1e-9, "ns nsec"),
    (2, 60.0, "min mins minute minutes minuten minutos minuti 分 분"),
    (2, 3600.0, "h hr hrs hour hours std stunden heures horas ore"),
    (2, 86_400.0, "d day days tage"),
    (1, 1.0, "m meter meters metre metres mètre mètres metro metros metri 米 メートル 미터"),
    (
        1,
        1e-2,
        "cm centimeter centimeters centimetre centimetres zentimeter centimètres centímetros centimetri 厘米 センチ 센티미터",
    ),
    (1, 1e-3, "mm millimeter millimeters millimetre millimetres 毫米 ミリ 밀리미터"),
    (1, 1e-1, "dm"),
    (1, 1e-6, "um"),
    (1, 1e3, "km kilometer kilometers kilometre"),
    (1, 0.0254, "in inch inches zoll"),
    (1, 0.3048, "ft foot feet"),
    (3, 1.0, "rad rads radian radians radiant radiants radianes radianti radianos 弧度 ラジアン 라디안"),
    (3, 1e-3, "mrad"),
    (3, DEGREE, "deg degs degree degrees grad degré degrés grado grados gradi grau graus 度 도"),
    (3, 2.0 * PI, "rev revs revolution revolutions turn turns"),
    (0, 1.0, "kg"),
    (0, 1e-3, "gram grams"),
];

/// Units of other things, as they are written.
const OTHERS: &str = "N mN kN V mV kV A mA K °C degC C °F Pa hPa kPa bar T mT uT µT μT Hz kHz J mJ kJ W mW lx lux dB % Ohm Ω mol g Nm N·m N/m";

impl Unit {
    /// The unit of a text such as `ms`, `rad s-1` or `[°/s]`, if it is known.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(['(', ')', '[', ']', '{', '}', '<', '>', '"']).trim();
        if text.is_empty() || text.len() > 40 {
            return None;
        }
        if OTHERS.split(' ').any(|other| other == text) {
            return Some(Self { kind: Kind::Other, factor: 1.0 });
        }
        let plain = plain(text);
        let product = match plain.as_str() {
            "rpm" => Product { powers: [0, 0, -1, 1], factor: PI / 30.0 },
            "dps" => Product { powers: [0, 0, -1, 1], factor: DEGREE },
            "mph" => Product { powers: [0, 1, -1, 0], factor: 0.447_04 },
            "kph" | "kmh" => Product { powers: [0, 1, -1, 0], factor: 1.0 / 3.6 },
            _ => product(&plain)?,
        };
        let kind = match product.powers {
            [0, 0, 1, 0] => Kind::Time,
            [0, 1, 0, 0] => Kind::Length,
            [0, 0, 0, 1] => Kind::Angle,
            [0, 1, -1, 0] => Kind::Velocity,
            [0, 0, -1, 1] => Kind::AngularVelocity,
            [0, 1, -2, 0] => Kind::Acceleration,
            [0, 0, -2, 1] => Kind::AngularAcceleration,
            [1, 1, -1, 0] => Kind::Momentum,
            _ => Kind::Other,
        };
        Some(Self { kind, factor: if kind == Kind::Other { 1.0 } else { product.factor } })
    }

    /// How the SI unit of its kind is written; nothing for [`Kind::Other`].
    pub fn si(self) -> Option<&'static str> {
        Some(match self.kind {
            Kind::Time => "s",
            Kind::Length => "m",
            Kind::Angle => "rad",
            Kind::Velocity => "m/s",
            Kind::AngularVelocity => "rad/s",
            Kind::Acceleration => "m/s²",
            Kind::AngularAcceleration => "rad/s²",
            Kind::Momentum => "kg m/s",
            Kind::Other => return None,
        })
    }
}

/// Small letters, with `^` before powers, `/` for per, and spaces between factors.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut raised = false;
    for c in text.replace("**", "^").replace(" per ", "/").chars() {
        let power = match c {
            '⁰' => '0',
            '¹' => '1',
            '²' => '2',
            '³' => '3',
            '⁴' => '4',
            '⁻' => '-',
            _ => ' ',
        };
        if power != ' ' {
            if !raised {
                plain.push('^');
            }
            plain.push(power);
        } else {
            match c {
                '°' | 'º' | '˚' => plain.push_str("deg"),
                'µ' | 'μ' => plain.push('u'),
                '·' | '⋅' | '*' | '×' | '.' => plain.push(' '),
                '−' | '–' => plain.push('-'),
                '{' | '}' | '(' | ')' => {}
                '／' => plain.push('/'),
                _ => plain.extend(c.to_lowercase()),
            }
        }
        raised = power != ' ';
    }
    plain
}

/// The product of the factors of a plain text, if all of them are known.
fn product(plain: &str) -> Option<Product> {
    let mut whole = Product { powers: [0; 4], factor: 1.0 };
    let mut any = false;
    for (i, part) in plain.split('/').enumerate() {
        let sign = if i == 0 { 1 } else { -1 };
        let tokens: Vec<&str> = part.split_whitespace().collect();
        // Nothing between two slashes, or after the last, is no unit.
        if tokens.is_empty() {
            return None;
        }
        for token in tokens {
            if token == "1" && i == 0 {
                continue;
            }
            let letters = token.find(['^', '-', '0', '1', '2', '3', '4']).unwrap_or(token.len());
            let (name, power) = token.split_at(letters);
            let power = match power.trim_start_matches('^') {
                "" if power.is_empty() => 1,
                digits => digits.parse::<i32>().ok().filter(|power| power.abs() <= 4)?,
            };
            multiply(&mut whole, name, sign * power, power < 0)?;
            any = true;
        }
    }
    any.then_some(whole)
}

/// Multiplies by a named unit to a power. `joined`: in `ms-2` or `rads^-1` it is the second alone that is raised.
fn multiply(whole: &mut Product, name: &str, power: i32, joined: bool) -> Option<()> {
    let front = name.strip_suffix('s').filter(|front| joined && !front.is_empty());
    if let Some((base, factor)) = front.and_then(atom).filter(|(base, _)| *base != 2) {
        whole.powers[base] += 1;
        whole.powers[2] += power;
        whole.factor *= factor;
        return Some(());
    }
    let (base, factor) = atom(name)?;
    whole.powers[base] += power;
    whole.factor *= factor.powi(power);
    Some(())
}

/// Base unit and factor of a single name.
fn atom(name: &str) -> Option<(usize, f64)> {
    let found = ATOMS.iter().find(|(_, _, names)| names.split(' ').any(|known| known == name))?;
    Some((found.0, found.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Kind, f64) {
        let unit = Unit::parse(text).unwrap_or_else(|| panic!("{text}"));
        (unit.kind, unit.factor)
    }

    #[test]
    fn a_unit_is_the_same_however_it_is_written() {
        for text in
            ["m/s²", "m/s^2", "m s-2", "ms^-2", "ms-2", "m·s⁻²", "m/s/s", "m s^{-2}", "m/s2", "(m/s**2)", "M/S^2"]
        {
            assert_eq!(read(text), (Kind::Acceleration, 1.0), "{text}");
        }
        for text in ["deg/s", "°/s", "º/s", "Grad/s", "deg s-1", "degs^-1", "° s⁻¹", "degrees/second", "dps"] {
            let (kind, factor) = read(text);
            assert_eq!(kind, Kind::AngularVelocity, "{text}");
            assert!((factor * 180.0 - PI).abs() < 1e-12, "{text}: {factor}");
        }
        for text in ["ms", "msec", "[ms]", "Millisekunden", "毫秒", "MS"] {
            assert_eq!(read(text), (Kind::Time, 1e-3), "{text}");
        }
        assert_eq!(read("cm/s"), (Kind::Velocity, 0.01));
        let (kind, factor) = read("km/h");
        assert!(kind == Kind::Velocity && (factor - 1.0 / 3.6).abs() < 1e-12);
        assert_eq!(read("rpm"), (Kind::AngularVelocity, PI / 30.0));
        assert_eq!(read("kg·m/s"), (Kind::Momentum, 1.0));
        for text in ["N", "°C", "1/s", "Hz", "kg", "m²", "kg m/s^2"] {
            assert_eq!(read(text).0, Kind::Other, "{text}");
        }
    }

    #[test]
    fn what_is_no_unit_is_not_taken_for_one() {
        for text in ["", "px", "furlong", "m/", "/s", "m//s", "m^", "m^99", "2", "x", "left", "m^x", "s^99999999999"] {
            assert_eq!(Unit::parse(text), None, "{text}");
        }
    }
}
